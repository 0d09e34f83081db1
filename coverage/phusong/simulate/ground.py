"""Communes: real names, codes, populations and rough positions; made-up outlines, never real geometry."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from phusong.simulate.outlines import divide_ground, wind_borders
from phusong.simulate.recipe import GroundRecipe
from phusong.vocabulary.metres import WGS84, transform_xy


def lay_communes(
    units: pd.DataFrame, *, crs: int, recipe: GroundRecipe, rng: np.random.Generator
) -> gpd.GeoDataFrame:
    """Return communes with made-up outlines: a clean coverage of a rounded province.

    Parameters
    ----------
    units : of the register: code, name, kind, district_code, district, population, lon, lat.
    crs : metric system of the outlines.
    recipe : how the ground is made.
    rng : stream of random numbers.

    Returns
    -------
    communes : one row a unit, in the order of codes, with geometry [m] and area_km2.
    """
    units = units.sort_values("code").reset_index(drop=True)
    seeds = draw_apart(place_units(units, crs=crs), recipe.apart_m, rng)
    province = round_outline(seeds, recipe)
    outlines = divide_ground(seeds, province, grain_m=recipe.grain_m)
    outlines = wind_borders(
        outlines, reach_m=recipe.winding_m, length_m=recipe.winding_length_m, rng=rng
    )
    columns = ["code", "name", "kind", "district_code", "district", "population"]
    communes = gpd.GeoDataFrame(units[columns], geometry=list(outlines), crs=crs)
    return communes.assign(area_km2=communes.area / 1e6)


def round_outline(seeds: np.ndarray, recipe: GroundRecipe) -> shapely.Geometry:
    """Return a rounded outline around places: their hull, its bays filled, its corners cut."""
    hull = shapely.concave_hull(shapely.multipoints(seeds), ratio=recipe.hull_ratio)
    return shapely.buffer(shapely.buffer(hull, 2 * recipe.buffer_m), -recipe.buffer_m)


def place_units(units: pd.DataFrame, *, crs: int) -> np.ndarray:
    """Return the rough positions of units in metres [n, 2]."""
    return np.column_stack(transform_xy(units["lon"], units["lat"], source=WGS84, target=crs))


def draw_apart(xy: np.ndarray, apart_m: float, rng: np.random.Generator) -> np.ndarray:
    """Return the points with those that lie on or near each other pushed apart.

    Parameters
    ----------
    xy : points [n, 2] [m].
    apart_m : distance wanted between any two [m].
    rng : stream of random numbers, to part points that coincide.
    """
    moved = xy + rng.uniform(-1, 1, xy.shape)
    for _ in range(20):
        pairs = cKDTree(moved).query_pairs(apart_m, output_type="ndarray")
        if not len(pairs):
            break
        gap = moved[pairs[:, 0]] - moved[pairs[:, 1]]
        length = np.linalg.norm(gap, axis=1, keepdims=True)
        push = gap / length * (apart_m - length) * 0.55
        np.add.at(moved, pairs[:, 0], push)
        np.add.at(moved, pairs[:, 1], -push)
    return moved
