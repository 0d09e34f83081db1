"""Homes: the ground of a hamlet, and the clusters in which its people live."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from phusong.simulate.outlines import divide_ground
from phusong.simulate.recipe import GroundRecipe, SettlementRecipe
from phusong.simulate.settlements import Lie


def outline_hamlets(
    hamlets: gpd.GeoDataFrame,
    communes: gpd.GeoDataFrame,
    *,
    ground: GroundRecipe,
    recipe: SettlementRecipe,
) -> gpd.GeoDataFrame:
    """Return the ground of every hamlet: what is nearest to it within its commune, and not too far.

    Parameters
    ----------
    hamlets : hamlet_id, commune_code, x_m, y_m.
    communes : code, geometry [m].
    ground, recipe : how outlines are drawn, and how far a hamlet's land reaches.

    Returns
    -------
    outlines : hamlet_id, geometry, in the order of the hamlets.
    """
    places = dict(zip(communes["code"], communes.geometry, strict=True))
    shapes = np.empty(len(hamlets), dtype=object)
    for code, rows in hamlets.groupby("commune_code", sort=True).indices.items():
        xy = hamlets[["x_m", "y_m"]].to_numpy()[rows]
        shapes[rows] = divide_ground(xy, places[code], grain_m=ground.grain_m)
    reach = shapely.buffer(hamlets.geometry.to_numpy(), recipe.land_reach_m)
    shapes = shapely.intersection(shapes, reach)
    return gpd.GeoDataFrame(hamlets[["hamlet_id"]], geometry=list(shapes), crs=hamlets.crs)


def gather_clusters(
    hamlets: gpd.GeoDataFrame,
    outlines: gpd.GeoDataFrame,
    lie: Lie,
    *,
    recipe: SettlementRecipe,
    rng: np.random.Generator,
) -> gpd.GeoDataFrame:
    """Return the residential clusters of every hamlet, on its own ground, off the steepest of it.

    Parameters
    ----------
    hamlets, outlines : in the same order.
    lie : how the land lies.
    recipe : how many clusters, and how far from the centre.
    rng : stream of random numbers.

    Returns
    -------
    clusters : hamlet_id, count, geometry MultiPoint [m], in the order of the hamlets.
    """
    count = rng.integers(recipe.clusters_low, recipe.clusters_high + 1, len(hamlets))
    centre = hamlets[["x_m", "y_m"]].to_numpy()
    shapes = [
        _gather(centre[i], outlines.geometry.iloc[i], int(count[i]), lie, recipe, rng)
        for i in range(len(hamlets))
    ]
    columns = hamlets[["hamlet_id"]].assign(count=count)
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=hamlets.crs)


def _gather(
    centre: np.ndarray,
    ground: shapely.Geometry,
    count: int,
    lie: Lie,
    recipe: SettlementRecipe,
    rng: np.random.Generator,
) -> shapely.MultiPoint:
    """Return the gentlest of several places around a centre; the first lies at the centre itself."""
    spread = min(recipe.cluster_spread * np.sqrt(ground.area), 0.6 * recipe.cluster_reach_m)
    draw = centre + np.clip(
        rng.normal(0, spread, (8 * count, 2)), -recipe.cluster_reach_m, recipe.cluster_reach_m
    )
    draw = draw[shapely.contains_xy(ground, draw)]
    toil = lie.at(lie.slope, draw) / recipe.steep_slope
    toil += np.maximum(lie.at(lie.above_valley_m, draw), 0) / recipe.high_ground_m
    gentle = draw[np.argsort(toil + rng.exponential(0.5, len(draw)), kind="stable")]
    near = centre + rng.normal(0, 25.0, (count, 2))
    return shapely.multipoints(np.vstack([near[:1], gentle, near[1:]])[:count])
