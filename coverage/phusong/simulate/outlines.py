"""Outlines by nearness: every place owns the ground that is nearer to it than to any other."""

from __future__ import annotations

import numpy as np
import shapely
from scipy.spatial import cKDTree


def divide_ground(seeds_xy: np.ndarray, ground: shapely.Geometry, *, grain_m: float) -> np.ndarray:
    """Return a clean coverage of the ground by nearness: neighbours share every vertex.

    Parameters
    ----------
    seeds_xy : places [n, 2] [m], inside the ground.
    ground : polygon.
    grain_m : edges get a vertex at least this often [m], the same on both sides.

    Returns
    -------
    polygons [n], in the order of the places.
    """
    if len(seeds_xy) == 1:
        return np.array([shapely.segmentize(ground, grain_m)])
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(seeds_xy), extend_to=ground)
    )
    edges = shapely.union_all([*shapely.boundary(cells), shapely.boundary(ground)])
    edges = shapely.segmentize(shapely.line_merge(edges), grain_m)
    pieces = shapely.get_parts(shapely.polygonize(shapely.get_parts(edges)))
    inner = shapely.point_on_surface(pieces)
    pieces, inner = pieces[shapely.contains(ground, inner)], inner[shapely.contains(ground, inner)]
    owner = cKDTree(seeds_xy).query(shapely.get_coordinates(inner))[1]
    return np.array([shapely.union_all(pieces[owner == i]) for i in range(len(seeds_xy))])


def wind_borders(
    shapes: np.ndarray, *, reach_m: float, length_m: float, rng: np.random.Generator
) -> np.ndarray:
    """Return the shapes with their borders winding, the same vertex moving the same way everywhere.

    The plane is shaken by a sum of slow waves. Their slope 2π·reach/length stays under 1, so that no
    two points change places and a clean coverage stays clean.

    Parameters
    ----------
    shapes : polygons [n] [m].
    reach_m, length_m : height and length of the waves [m].
    rng : stream of random numbers.
    """
    count = 4
    angle = rng.uniform(0, 2 * np.pi, (count, 2))
    phase = rng.uniform(0, 2 * np.pi, (count, 2))
    wave = 2 * np.pi / (length_m * rng.uniform(0.9, 1.8, (count, 2)))

    def _shake(xy: np.ndarray) -> np.ndarray:
        along = xy[:, 0, None, None] * np.cos(angle) + xy[:, 1, None, None] * np.sin(angle)
        return xy + reach_m / count * np.sin(along * wave + phase).sum(axis=1)

    return shapely.transform(shapes, _shake)
