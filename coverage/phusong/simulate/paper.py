"""What operators say of themselves: a published coverage map, kinder than the land."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from phusong.reach.terrain import Terrain
from phusong.simulate.prospects import BAND_4G_MHZ, loudest_dbm
from phusong.simulate.recipe import PaperRecipe, RadioRecipe
from phusong.simulate.shelter import Roles
from phusong.vocabulary.metres import transform_shapes
from phusong.vocabulary.terms import NetworkStatus, Technology

AS_OF = (6, 30)


def choose_paper_covered(
    clusters: gpd.GeoDataFrame,
    outlines: gpd.GeoDataFrame,
    cells: pd.DataFrame,
    terrain: Terrain,
    roles: Roles,
    *,
    operator: str,
    recipe: PaperRecipe,
    radio: RadioRecipe,
) -> np.ndarray:
    """Return which hidden hamlets an operator's map takes in all the same [n].

    Of those that are truly dark, homes and nearly all fields, they are the nearest to its 4G masts as
    the crow flies: on paper the next valley is covered.

    Parameters
    ----------
    clusters, outlines : homes and ground of every hamlet [m].
    cells : operator, technology, status, height_m, x_m, y_m.
    terrain : ground.
    roles : who is hidden.
    operator : whose map.
    recipe : how many, and how dark.
    radio : by which signal a place counts as served.
    """
    chosen = np.zeros(len(clusters), dtype=bool)
    operators = sorted(set(cells["operator"]))
    everybody = pd.concat([_live_cells(cells, o, str(Technology.G4)) for o in operators])
    own = everybody[everybody["operator"] == operator]
    if not len(own):
        return chosen
    tree = cKDTree(own[["x_m", "y_m"]].to_numpy())
    rank = {}
    for row in np.flatnonzero(roles.hidden):
        homes = shapely.get_coordinates(clusters.geometry.iloc[row])
        fields = lay_grid(outlines.geometry.iloc[row], recipe.field_step_m)
        spots = np.vstack([homes, fields])
        lit = np.array([_loudest_dbm(s[None], everybody, terrain, radio) for s in spots])
        lit = lit >= radio.edge_1800_dbm
        bright = lit[: len(homes)].any() or lit[len(homes) :].mean() > recipe.field_share
        rank[row] = (bright, tree.query(homes)[0].min())
    chosen[sorted(rank, key=rank.__getitem__)[: recipe.paper_covered]] = True
    return chosen


def lay_grid(ground: shapely.Geometry, step_m: float) -> np.ndarray:
    """Return a grid of points over a polygon, at least one of them [n, 2]."""
    west, south, east, north = ground.bounds
    across = np.arange(west + step_m / 2, east, step_m)
    grid = np.array(np.meshgrid(across, np.arange(south + step_m / 2, north, step_m)))
    points = grid.reshape(2, -1).T
    inside = points[shapely.contains_xy(ground, points)]
    return inside if len(inside) else shapely.get_coordinates(shapely.point_on_surface(ground))


def _loudest_dbm(
    spot_xy: np.ndarray, cells: pd.DataFrame, terrain: Terrain, radio: RadioRecipe
) -> float:
    """Return the loudest 4G signal at one spot [1, 2] [dBm]."""
    signal = loudest_dbm(
        cells[["x_m", "y_m"]].to_numpy(),
        cells["height_m"].to_numpy(),
        spot_xy,
        terrain,
        frequency_mhz=BAND_4G_MHZ,
        eirp_dbm=radio.reference_dbm,
        recipe=radio,
    )
    return float(signal.max(initial=-np.inf))


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
    as_of: pd.Timestamp,
) -> gpd.GeoDataFrame:
    """Return an operator's published coverage: discs around its masts, blind to ridges.

    It stays away from the hidden hamlets, which the operator knows about; but 4G takes in `paper`.

    Parameters
    ----------
    cells : operator, technology, status, x_m, y_m.
    outlines : ground of the hamlets [m].
    roles : who is hidden.
    paper : which hidden hamlets it takes in all the same [n].
    operator : whose map.
    recipe : how far it reaches.
    as_of : day of the map.

    Returns
    -------
    coverage : coverage_id, operator, technology, indoor, as_of; one polygon a row, in EPSG:4326.
    """
    ground = outlines.geometry.to_numpy()
    claimed = shapely.buffer(shapely.union_all(ground[paper]), recipe.paper_margin_m)
    known = shapely.buffer(shapely.union_all(ground[roles.hidden]), recipe.honest_margin_m)
    parts = []
    for technology, reach in (
        (Technology.G4, recipe.claimed_4g_m),
        (Technology.G3, recipe.claimed_3g_m),
    ):
        mine = _live_cells(cells, operator, str(technology))[["x_m", "y_m"]].to_numpy()
        discs = shapely.union_all(shapely.buffer(shapely.points(mine), reach))
        claim = shapely.difference(discs, known)
        if technology == Technology.G4:
            claim = shapely.union(claim, claimed)
        parts.append(_tidy(claim, str(technology), operator, recipe, outlines.crs))
    return pd.concat(parts, ignore_index=True).assign(as_of=as_of)


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
        }
    )
    return gpd.GeoDataFrame(frame, geometry=shapes.to_numpy(), crs=4326)
