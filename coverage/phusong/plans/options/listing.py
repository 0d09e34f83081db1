"""The radio options of a province: candidates, whom they serve, what they cost, the useless left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from phusong.plans.options.candidates import list_candidates
from phusong.plans.options.pricing import CAPEX, needs_backhaul, price_candidates
from phusong.plans.options.serving import (
    Antennas,
    hear_antennas,
    list_live,
    raise_antennas,
    serve_hamlets,
)
from phusong.reach.diffraction import EARTH_RADIUS_M
from phusong.reach.line_of_sight import find_visible_mast
from phusong.reach.terrain import Terrain
from phusong.vocabulary.options import OptionKind
from phusong.vocabulary.parameters import Radio, Rollout
from phusong.vocabulary.terms import Technology

#: Technologies on which a lesson can be followed live.
MODERN = [str(Technology.G4), str(Technology.G5)]


@dataclass(frozen=True)
class Options:
    """Hold the radio options that serve anybody.

    Parameters
    ----------
    options : option_id, kind, operator, site_id, x_m, y_m, height_m, capex_low_vnd, capex_vnd,
        capex_high_vnd.
    serves : option_id, hamlet_id, served_share, probability.
    parts : option_id, part, cost_low_vnd, cost_vnd, cost_high_vnd.
    """

    options: pd.DataFrame
    serves: pd.DataFrame
    parts: pd.DataFrame


def list_options(
    wanting: pd.DataFrame,
    points: pd.DataFrame,
    masts: pd.DataFrame,
    carriers: pd.DataFrame,
    nodes_xy: np.ndarray,
    terrain: Terrain | None,
    roads: shapely.Geometry | None,
    *,
    radio: Radio,
    rollout: Rollout,
    full_share: float,
) -> Options:
    """Return every mast, sector and repeater that would complete a hamlet without full 4G.

    Parameters
    ----------
    wanting : hamlets without full 4G: hamlet_id, x_m, y_m, grid_power.
    points : table `points` of these hamlets, with urban.
    masts : sites with x_m, y_m.
    carriers : table `carriers`.
    nodes_xy : live fibre nodes [k, 2] [m].
    terrain : elevation in the province's metric system, or None.
    roads : all roads as one geometry in metres, or None.
    radio, rollout : parameters.
    full_share : share from which a hamlet counts as covered, 0..1.
    """
    candidates = list_candidates(wanting, masts, carriers, terrain, radio=radio, rollout=rollout)
    live = list_live(masts, carriers, technologies=MODERN)
    candidates = _drop_deaf(candidates, live, terrain, radio=radio)
    visible = find_microwave(candidates, masts, terrain, radio=radio, rollout=rollout)
    if not len(nodes_xy):
        reached = visible | ~needs_backhaul(candidates)
        candidates, visible = candidates[reached].reset_index(drop=True), visible[reached]
    serves = serve_hamlets(candidates, points, live, terrain, radio=radio, full_share=full_share)
    powered = _find_powered(candidates, wanting)
    capex, parts = price_candidates(candidates, nodes_xy, visible, powered, roads, rollout=rollout)
    candidates = candidates.join(capex)
    kept = _drop_useless(candidates, serves)
    return _name_options(candidates.loc[kept], serves, parts)


def _drop_deaf(
    candidates: pd.DataFrame, live: Antennas, terrain: Terrain | None, *, radio: Radio
) -> pd.DataFrame:
    """Return the candidates without repeaters that hear no 4G at their own height."""
    if candidates.empty:
        return candidates
    repeater = (candidates["kind"] == OptionKind.REPEATER).to_numpy()
    spots = raise_antennas(candidates[repeater], radio=radio)
    heard = np.zeros(len(candidates), dtype=bool)
    if repeater.any():
        probability = hear_antennas(
            live,
            np.zeros(len(live.height_m), dtype=np.int32),
            spots.xy,
            terrain,
            layers=1,
            urban=np.zeros(len(spots.xy), dtype=bool),
            receiver_height_m=float(spots.height_m[0]),
            radio=radio,
        )
        heard[repeater] = probability[:, 0] >= radio.number("served_probability")
    return candidates[~repeater | heard].reset_index(drop=True)


def find_microwave(
    candidates: pd.DataFrame,
    masts: pd.DataFrame,
    terrain: Terrain | None,
    *,
    radio: Radio,
    rollout: Rollout,
) -> np.ndarray:
    """Return which candidates see an existing mast over the terrain well enough for a microwave hop [n].

    Parameters
    ----------
    candidates : x_m, y_m, height_m [n].
    masts : sites with x_m, y_m, height_m.
    terrain : elevation, or None: then no path is known to be free.
    radio, rollout : parameters.
    """
    radius = radio.number("effective_earth_radius_m")
    lowest = rollout.number("microwave_worst_k") * EARTH_RADIUS_M
    seen = find_visible_mast(
        terrain,
        candidates[["x_m", "y_m"]].to_numpy(dtype=float),
        candidates["height_m"].to_numpy(dtype=float),
        masts[["x_m", "y_m"]].to_numpy(dtype=float),
        masts["height_m"].to_numpy(dtype=float),
        range_m=rollout.number("microwave_range_m"),
        frequency_mhz=rollout.number("microwave_frequency_mhz"),
        clearance_share=rollout.number("microwave_clearance"),
        earth_radii_m=(radius, lowest),
        step_m=radio.number("profile_step_m"),
    )
    return np.asarray(seen >= 0)


def _find_powered(candidates: pd.DataFrame, wanting: pd.DataFrame) -> np.ndarray:
    """Return whether the nearest wanting hamlet of each candidate has the grid, as most have."""
    if candidates.empty:
        return np.zeros(0, dtype=bool)
    own = wanting[["x_m", "y_m"]].to_numpy(dtype=float)
    xy = candidates[["x_m", "y_m"]].to_numpy(dtype=float)
    nearest = np.argmin(((xy[:, None] - own[None]) ** 2).sum(axis=2), axis=1)
    grid = wanting["grid_power"].astype("boolean").fillna(value=True).to_numpy(dtype=bool)
    return grid[nearest]


def _drop_useless(candidates: pd.DataFrame, serves: pd.DataFrame) -> list[int]:
    """Return the rows of candidates that serve somebody, and not merely whom a cheaper one serves as well."""
    served = {int(c): frozenset(g) for c, g in serves.groupby("candidate")["hamlet_id"]}
    order = candidates.loc[list(served)].sort_values(["capex_vnd", "kind", "x_m", "y_m"]).index
    kept: list[int] = []
    for row in order:
        if not any(served[row] <= served[other] for other in kept):
            kept.append(int(row))
    return sorted(kept)


def _name_options(candidates: pd.DataFrame, serves: pd.DataFrame, parts: pd.DataFrame) -> Options:
    """Return the options under ids that say kind and place."""
    ids = pd.Series(
        [f"{c.kind}-{c.x_m:.0f}-{c.y_m:.0f}" for c in candidates.itertuples()],
        candidates.index,
        dtype="str",
    )
    columns = ["option_id", "kind", "operator", "site_id", "x_m", "y_m", "height_m", *CAPEX]
    options = candidates.assign(option_id=ids)[columns].sort_values("option_id", ignore_index=True)

    def _of_options(table: pd.DataFrame) -> pd.DataFrame:
        mine = table[table["candidate"].isin(ids.index)]
        named = mine.assign(option_id=mine["candidate"].map(ids)).drop(columns="candidate")
        return named.sort_values(["option_id", named.columns[0]], ignore_index=True)

    return Options(options, _of_options(serves), _of_options(parts))
