"""Divide a commune's ground among points: each takes what lies nearest to it."""

from __future__ import annotations

import numpy as np
import shapely

#: Dimension of a polygon.
POLYGON = 2


def divide_ground(points: np.ndarray, ground: shapely.Geometry) -> np.ndarray:
    """Return the part of the ground nearest to each point; together they make the ground exactly.

    Points that coincide share one cell, cut into strips of equal width from west to east, so that every
    hamlet keeps some ground. A point whose cell misses the ground gets an empty shape.

    Parameters
    ----------
    points : shapely points [n] [m].
    ground : polygon to divide [m].
    """
    spots, which = np.unique(shapely.get_coordinates(points), axis=0, return_inverse=True)
    which = which.reshape(-1)
    cells = _cells(spots, ground)
    result = np.empty(len(points), dtype=object)
    for number, cell in enumerate(cells):
        sharers = np.flatnonzero(which == number)
        result[sharers] = _cut_strips(cell, len(sharers))
    return keep_polygons(result)


def keep_polygons(shapes: np.ndarray) -> np.ndarray:
    """Return shapes without their points and lines: touching cells leave such behind.

    Parameters
    ----------
    shapes : any shapes [n].
    """
    kept = shapes.copy()
    mixed = shapely.get_dimensions(shapes) < POLYGON
    mixed |= shapely.get_type_id(shapes) == shapely.GeometryType.GEOMETRYCOLLECTION
    for number in np.flatnonzero(mixed):
        parts = shapely.get_parts(shapes[number])
        kept[number] = shapely.union_all(parts[shapely.get_dimensions(parts) == POLYGON])
    return kept


def _cells(spots: np.ndarray, ground: shapely.Geometry) -> np.ndarray:
    """Return the clipped Voronoi cell of each distinct spot, in the order of the spots."""
    if len(spots) == 1:
        return np.array([ground], dtype=object)
    points = shapely.points(spots)
    diagram = shapely.voronoi_polygons(shapely.multipoints(points), extend_to=ground.envelope)
    cells = shapely.get_parts(diagram)
    tree = shapely.STRtree(cells)
    spot, cell = tree.query(points, predicate="within")
    ordered = np.empty(len(spots), dtype=object)
    ordered[spot] = cells[cell]
    return shapely.intersection(ordered, ground)


def _cut_strips(cell: shapely.Geometry, count: int) -> np.ndarray:
    """Return a shape cut into strips of equal width from west to east."""
    if count == 1 or cell.is_empty:
        return np.array([cell] * count, dtype=object)
    west, south, east, north = cell.bounds
    edges = np.linspace(west, east, count + 1)
    return np.array(
        [
            cell.intersection(shapely.box(edges[i], south, edges[i + 1], north))
            for i in range(count)
        ],
        dtype=object,
    )
