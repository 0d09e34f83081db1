"""Where ways cross rivers: each crossing counts once, wherever the way is cut later."""

from __future__ import annotations

from typing import NamedTuple

import geopandas as gpd
import numpy as np
import shapely

from phusong.plans.ways.noding import TOUCH_M, share_along
from phusong.vocabulary.metres import transform_shapes


class Crossings(NamedTuple):
    """Hold the crossings of straight pieces with water.

    Parameters
    ----------
    piece : which crosses [c].
    share : how far along it, 0..1 [c].
    weight : 1; a half for a bank of a water with area, which has two, and where the piece begins or ends [c].
    """

    piece: np.ndarray
    share: np.ndarray
    weight: np.ndarray


def find_crossings(lines: np.ndarray, waters: gpd.GeoDataFrame | None, *, crs: int) -> Crossings:
    """Return where straight lines cross water.

    Parameters
    ----------
    lines : LineStrings of two points [p].
    waters : lines and polygons; a line within a polygon is the middle of the same river and does not count.
    crs : EPSG code of the province's metric system.
    """
    found = [Crossings(np.empty(0, dtype=np.int64), np.empty(0), np.empty(0))]
    for shape, weight in _split_waters(waters, crs) if waters is not None else []:
        found.append(_cross_water(lines, shape, weight))
    joined = Crossings(*(np.concatenate(column) for column in zip(*found, strict=True)))
    order = np.lexsort((joined.weight, joined.share, joined.piece))
    return Crossings(*(column[order] for column in joined))


def _split_waters(waters: gpd.GeoDataFrame, crs: int) -> list[tuple[np.ndarray, float]]:
    """Return the lines of rivers, and the banks of waters with area, with what a hit on each counts."""
    parts = shapely.get_parts(transform_shapes(waters.geometry, target=crs).to_numpy())
    dimension = shapely.get_dimensions(parts)
    areas = shapely.union_all(parts[dimension == 2])
    lines = shapely.difference(shapely.union_all(parts[dimension == 1]), areas)
    return [
        (shapely.get_parts(lines), 1.0),
        (shapely.get_parts(shapely.boundary(shapely.get_parts(areas))), 1 / 2),
    ]


def _cross_water(lines: np.ndarray, waters: np.ndarray, weight: float) -> Crossings:
    """Return the crossings of lines with lines of water, each place of a line once."""
    line, water = shapely.STRtree(waters).query(lines, predicate="intersects")
    met, pair = shapely.get_parts(
        shapely.intersection(lines[line], waters[water]), return_index=True
    )
    points = shapely.get_type_id(met) == shapely.GeometryType.POINT
    piece = line[pair[points]]
    ends = shapely.get_coordinates(lines).reshape(-1, 2, 2)[piece]
    share = share_along(shapely.get_coordinates(met[points]), ends[:, 0], ends[:, 1])
    margin = TOUCH_M / np.hypot(*(ends[:, 1] - ends[:, 0]).T)
    share = np.where(share < margin, 0.0, np.where(share > 1 - margin, 1.0, share))
    places = np.unique(
        np.column_stack([piece, np.round(share / margin)]), axis=0, return_index=True
    )
    piece, share = piece[places[1]], share[places[1]]
    at_end = (share == 0.0) | (share == 1.0)
    return Crossings(piece, share, np.where(at_end, weight / 2, weight))
