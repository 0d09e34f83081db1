"""Places for an antenna: existing masts, hilltops near hamlets, and the hamlets themselves."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import ndimage
from scipy.spatial import cKDTree

from phusong.reach.terrain import Terrain
from phusong.vocabulary.options import OptionKind
from phusong.vocabulary.parameters import Radio, Rollout
from phusong.vocabulary.terms import Operator, Technology

#: What every candidate is described by.
COLUMNS = ("kind", "operator", "site_id", "x_m", "y_m", "height_m", "backoff_db")


def list_candidates(
    wanting: pd.DataFrame,
    masts: pd.DataFrame,
    carriers: pd.DataFrame,
    terrain: Terrain | None,
    *,
    radio: Radio,
    rollout: Rollout,
) -> pd.DataFrame:
    """Return the places, ordered by kind and position, each with the operator who would build there.

    Parameters
    ----------
    wanting : hamlets without full 4G: hamlet_id, x_m, y_m.
    masts : sites with x_m, y_m [m].
    carriers : table `carriers`.
    terrain : elevation in the province's metric system, or None: then no hilltop is known.
    radio, rollout : parameters.

    Returns
    -------
    kind, operator, site_id (empty where nothing stands yet), x_m, y_m [m], height_m [m], backoff_db [dB].
    """
    if wanting.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    parts = [
        _list_upgrades(wanting, masts, carriers, rollout=rollout),
        _list_new_sites(wanting, masts, terrain, radio=radio, rollout=rollout),
        _list_small_cells(wanting, masts, terrain, rollout=rollout),
    ]
    found = pd.concat([part for part in parts if len(part)], ignore_index=True)
    return found.sort_values(["kind", "x_m", "y_m", "operator"], ignore_index=True)[list(COLUMNS)]


def _list_upgrades(
    wanting: pd.DataFrame, masts: pd.DataFrame, carriers: pd.DataFrame, *, rollout: Rollout
) -> pd.DataFrame:
    """Return masts in range of a wanting hamlet that carry no 4G, one row for the first operator there."""
    modern = carriers["technology"].isin([str(Technology.G4), str(Technology.G5)])
    has_4g = masts["site_id"].isin(carriers.loc[modern, "site_id"])
    bare = masts[~has_4g]
    if bare.empty:
        return bare.reindex(columns=list(COLUMNS))
    near, _ = cKDTree(wanting[["x_m", "y_m"]].to_numpy()).query(bare[["x_m", "y_m"]].to_numpy())
    bare = bare[near <= rollout.number("upgrade_range_m")]
    first = carriers.groupby("site_id")["operator"].min()
    return bare[["site_id", "x_m", "y_m", "height_m"]].assign(
        kind=str(OptionKind.UPGRADE), operator=bare["site_id"].map(first), backoff_db=0.0
    )


def _list_new_sites(
    wanting: pd.DataFrame,
    masts: pd.DataFrame,
    terrain: Terrain | None,
    *,
    radio: Radio,
    rollout: Rollout,
) -> pd.DataFrame:
    """Return hilltops around wanting hamlets, and the hamlets' own centres, for new masts."""
    centres = wanting[["x_m", "y_m"]].to_numpy()
    reach = rollout.number("search_radius_m")
    rise = rollout.number("hilltop_rise_m")
    tops = find_hilltops(terrain, centres, radius_m=reach, rise_m=rise)
    spots = thin_places(np.vstack([centres, tops]), apart_m=rollout.number("candidate_apart_m"))
    return _describe(spots, masts, OptionKind.NEW_SITE, radio.number("mast_height_m"), 0.0)


def _list_small_cells(
    wanting: pd.DataFrame, masts: pd.DataFrame, terrain: Terrain | None, *, rollout: Rollout
) -> pd.DataFrame:
    """Return, for each wanting hamlet, its centre and the highest ground near it, for cells and repeaters."""
    centres = wanting[["x_m", "y_m"]].to_numpy()
    apart = rollout.number("candidate_apart_m")
    rise = rollout.number("hilltop_rise_m")
    tops = find_hilltops(terrain, centres, radius_m=2 * apart, rise_m=rise)
    spots = thin_places(np.vstack([centres, tops]), apart_m=apart / 2)
    height, back = rollout.number("small_cell_height_m"), rollout.number("small_cell_backoff_db")
    kinds = (OptionKind.SMALL_CELL, OptionKind.REPEATER)
    return pd.concat([_describe(spots, masts, kind, height, back) for kind in kinds])


def _describe(
    spots: np.ndarray, masts: pd.DataFrame, kind: OptionKind, height_m: float, backoff_db: float
) -> pd.DataFrame:
    """Return places as candidates of the operator whose mast stands nearest."""
    return pd.DataFrame(
        {
            "kind": str(kind),
            "operator": name_neighbours(spots, masts),
            "site_id": "",
            "x_m": spots[:, 0],
            "y_m": spots[:, 1],
            "height_m": height_m,
            "backoff_db": backoff_db,
        }
    )


def name_neighbours(spots: np.ndarray, masts: pd.DataFrame) -> np.ndarray:
    """Return for each place the first operator on the nearest mast; `OTHER` where there is no mast at all."""
    if masts.empty:
        return np.full(len(spots), str(Operator.OTHER), dtype=object)
    _, at = cKDTree(masts[["x_m", "y_m"]].to_numpy()).query(spots)
    return masts["operators"].str.split("|").str[0].to_numpy()[at]


def find_hilltops(
    terrain: Terrain | None, centres: np.ndarray, *, radius_m: float, rise_m: float
) -> np.ndarray:
    """Return the places that are the highest within a third of the radius, within the radius of a centre.

    Parameters
    ----------
    terrain : elevation, or None.
    centres : [n, 2] [m].
    radius_m : how far from a centre to look [m].
    rise_m : how far a hilltop stands above the lowest ground around it, at least [m].

    Returns
    -------
    [k, 2] [m]
    """
    if terrain is None:
        return np.empty((0, 2))
    size = max(3, 2 * int(radius_m / 3 / terrain.cell_m) + 1)
    ground = np.where(np.isfinite(terrain.elevation), terrain.elevation, -np.inf)
    peak = (ndimage.maximum_filter(ground, size=size) == ground) & np.isfinite(ground)
    floor = ndimage.minimum_filter(np.where(np.isfinite(ground), ground, np.inf), size=size)
    peak &= ground - floor >= rise_m
    row, column = np.nonzero(peak)
    tops = np.column_stack(
        [
            terrain.west_m + (column + 0.5) * terrain.cell_m,
            terrain.north_m - (row + 0.5) * terrain.cell_m,
        ]
    )
    if not len(tops):
        return tops
    near, _ = cKDTree(centres).query(tops)
    return tops[near <= radius_m]


def thin_places(spots: np.ndarray, *, apart_m: float) -> np.ndarray:
    """Return places of which no two lie in one square of a grid, the first by coordinates in each.

    Parameters
    ----------
    spots : [n, 2] [m].
    apart_m : side of the squares [m].
    """
    ordered = spots[np.lexsort((spots[:, 1], spots[:, 0]))]
    _, first = np.unique(np.floor(ordered / apart_m), axis=0, return_index=True)
    return ordered[np.sort(first)]
