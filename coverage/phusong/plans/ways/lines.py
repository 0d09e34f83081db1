"""Lines of a road layer as vertices and straight edges that meet where the lines cross or nearly touch."""

from __future__ import annotations

import numpy as np
import shapely


def node_lines(
    lines: np.ndarray, *, snap_m: float, longest_m: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the vertices and edges of lines, and which line each edge was.

    Lines meet where they cross, touch, or come to the same square of the snapping grid. The order of lines
    changes nothing: vertices are ordered by their coordinates, edges by their vertices.

    Parameters
    ----------
    lines : LineStrings or MultiLineStrings in metres.
    snap_m : side of the snapping grid [m].
    longest_m : edges are no longer than this [m].

    Returns
    -------
    xy [v, 2] [m]; ends [e, 2], the lower vertex first, no edge twice; line [e]: the nearest line given.
    """
    parts, owner = shapely.get_parts(lines, return_index=True)
    parts = shapely.set_precision(parts, snap_m)
    kept = ~shapely.is_empty(parts) & (
        shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING
    )
    parts, owner = parts[kept], owner[kept]
    if not len(parts):
        return np.empty((0, 2)), np.empty((0, 2), dtype=np.int64), np.empty(0, dtype=np.int64)
    noded = shapely.get_parts(shapely.node(shapely.multilinestrings(parts)))
    fine = shapely.segmentize(noded, longest_m)
    xy, ends = number_vertices(fine, grid_m=snap_m / 100)
    middles = shapely.points((xy[ends[:, 0]] + xy[ends[:, 1]]) / 2)
    nearest = shapely.STRtree(parts).query_nearest(middles, all_matches=True)
    line = np.full(len(ends), len(lines), dtype=np.int64)
    np.minimum.at(line, nearest[0], owner[nearest[1]])
    return xy, ends, line


def number_vertices(lines: np.ndarray, *, grid_m: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the places at which lines bend or end, each once, and the pairs of them that lines join.

    Parameters
    ----------
    lines : LineStrings.
    grid_m : places on one square of this grid are one [m].
    """
    coordinates, line = shapely.get_coordinates(lines, return_index=True)
    whole = np.rint(coordinates / grid_m).astype(np.int64)
    unique, number = np.unique(whole, axis=0, return_inverse=True)
    joined = line[1:] == line[:-1]
    number = number.reshape(-1)
    pairs = np.sort(np.column_stack([number[:-1][joined], number[1:][joined]]), axis=1)
    pairs = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    return unique * grid_m, pairs.reshape(-1, 2)
