"""What operators say of themselves: a published coverage map, kinder than the land."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from phusong.simulate.recipe import PaperRecipe
from phusong.simulate.shelter import Roles
from phusong.vocabulary.metres import transform_shapes
from phusong.vocabulary.terms import NetworkStatus, Technology

AS_OF = pd.Timestamp("2021-06-30")


def choose_paper_covered(
    centres_xy: np.ndarray, cells: pd.DataFrame, roles: Roles, *, operator: str, count: int
) -> np.ndarray:
    """Return which hidden hamlets an operator's map takes in all the same [n].

    They are those nearest to its 4G masts as the crow flies: on paper the next valley is covered.

    Parameters
    ----------
    centres_xy : hamlets [n, 2] [m].
    cells : operator, technology, status, x_m, y_m.
    roles : who is hidden.
    operator : whose map.
    count : how many.
    """
    chosen = np.zeros(len(centres_xy), dtype=bool)
    masts = _live_cells(cells, operator, str(Technology.G4))[["x_m", "y_m"]].to_numpy()
    hidden = np.flatnonzero(roles.hidden)
    if len(masts) and len(hidden):
        away = cKDTree(masts).query(centres_xy[hidden])[0]
        chosen[hidden[np.argsort(away, kind="stable")[:count]]] = True
    return chosen


def _live_cells(cells: pd.DataFrame, operator: str, technology: str) -> pd.DataFrame:
    """Return an operator's cells of one technology that are on the air."""
    mine = (cells["operator"] == operator) & (cells["technology"] == technology)
    return cells[mine & (cells["status"] == NetworkStatus.LIVE)]


def draw_coverage(
    cells: pd.DataFrame,
    outlines: gpd.GeoDataFrame,
    roles: Roles,
    paper: np.ndarray,
    *,
    operator: str,
    recipe: PaperRecipe,
) -> gpd.GeoDataFrame:
    """Return an operator's published coverage: discs around its masts, blind to ridges.

    It stays away from the hidden hamlets, which the operator knows about, but for those of `paper`.

    Parameters
    ----------
    cells : operator, technology, status, x_m, y_m.
    outlines : ground of the hamlets [m].
    roles : who is hidden.
    paper : which hidden hamlets it takes in all the same [n].
    operator : whose map.
    recipe : how far it reaches.

    Returns
    -------
    coverage : coverage_id, operator, technology, indoor, as_of; one polygon a row, in EPSG:4326.
    """
    ground = outlines.geometry.to_numpy()
    kept = shapely.buffer(shapely.union_all(ground[paper]), recipe.paper_margin_m)
    avoided = shapely.buffer(ground[roles.hidden & ~paper], recipe.honest_margin_m)
    avoided = shapely.difference(shapely.union_all(avoided), kept)
    parts = []
    for technology, reach in (
        (Technology.G4, recipe.claimed_4g_m),
        (Technology.G3, recipe.claimed_3g_m),
    ):
        mine = _live_cells(cells, operator, str(technology))
        discs = shapely.union_all(
            shapely.buffer(shapely.points(mine[["x_m", "y_m"]].to_numpy()), reach)
        )
        claim = shapely.difference(discs, avoided)
        if technology == Technology.G4:
            claim = shapely.union(claim, kept)
        parts.append(_tidy(claim, str(technology), operator, recipe, outlines.crs))
    return pd.concat(parts, ignore_index=True)


def _tidy(
    claim: shapely.Geometry, technology: str, operator: str, recipe: PaperRecipe, crs: object
) -> gpd.GeoDataFrame:
    """Return the pieces of a claim as rows, coarsely drawn, largest first."""
    pieces = shapely.get_parts(shapely.simplify(claim, recipe.smooth_m))
    pieces = pieces[np.argsort(-shapely.area(pieces), kind="stable")]
    shapes = transform_shapes(gpd.GeoSeries(pieces, crs=crs), target=4326)
    frame = pd.DataFrame(
        {
            "coverage_id": [f"{operator}-{technology}-{i + 1:02d}" for i in range(len(pieces))],
            "operator": operator,
            "technology": technology,
            "indoor": False,
            "as_of": AS_OF,
        }
    )
    return gpd.GeoDataFrame(frame, geometry=shapes.to_numpy(), crs=4326)
