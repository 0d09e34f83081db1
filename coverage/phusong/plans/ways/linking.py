"""Links where no road is mapped: between parts of the network, and from places to their nearest way."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree
from scipy.spatial import Delaunay, QhullError, cKDTree


def link_parts(xy: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return the shortest links that join the separate parts of a network into one [l, 2].

    The Euclidean minimum spanning tree of points lies within their Delaunay triangulation (Preparata and
    Shamos, Computational Geometry, 1985), so the shortest link between two parts is one of its edges.

    Parameters
    ----------
    xy : vertices [v, 2] [m].
    ends : edges [e, 2].
    """
    count, part = label_parts(len(xy), ends)
    if count < 2:
        return np.empty((0, 2), dtype=np.int64)
    pairs = _list_neighbours(xy)
    pairs = pairs[part[pairs[:, 0]] != part[pairs[:, 1]]]
    length = np.hypot(*(xy[pairs[:, 0]] - xy[pairs[:, 1]]).T)
    between = np.sort(part[pairs], axis=1)
    order = np.lexsort((pairs[:, 1], pairs[:, 0], length, between[:, 1], between[:, 0]))
    first = np.unique(between[order], axis=0, return_index=True)[1]
    best = order[first]
    table = sparse.coo_array(
        (length[best] + 1.0, (between[best, 0], between[best, 1])), shape=(count, count)
    )
    tree = minimum_spanning_tree(table.tocsr()).tocoo()
    chosen = {
        (min(a, b), max(a, b))
        for a, b in zip(tree.coords[0].tolist(), tree.coords[1].tolist(), strict=True)
    }
    kept = [row for row in best if tuple(between[row]) in chosen]
    return np.sort(pairs[kept], axis=1)


def label_parts(vertices: int, ends: np.ndarray) -> tuple[int, np.ndarray]:
    """Return how many parts a network has, and the part of each vertex."""
    ones = np.ones(len(ends), dtype=np.int8)
    graph = sparse.coo_array((ones, (ends[:, 0], ends[:, 1])), shape=(vertices, vertices))
    count, part = connected_components(graph.tocsr(), directed=False)
    return int(count), part


def _list_neighbours(xy: np.ndarray) -> np.ndarray:
    """Return the edges of the Delaunay triangulation; for places on one line, each with the next."""
    try:
        corners = Delaunay(xy).simplices
    except QhullError:
        order = np.lexsort((xy[:, 1], xy[:, 0]))
        return np.sort(np.column_stack([order[:-1], order[1:]]), axis=1)
    pairs = np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]])
    return np.unique(np.sort(pairs, axis=1), axis=0)


def attach_places(xy: np.ndarray, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the vertex nearest to each place, and how far it is.

    Parameters
    ----------
    xy : vertices of the ways [v, 2] [m].
    places : [n, 2] [m].

    Raises
    ------
    ValueError
        If there is no way at all.
    """
    if not len(xy):
        raise ValueError("there is no road and no fibre to attach a place to")
    distance, at = cKDTree(xy).query(places)
    return np.asarray(at, dtype=np.int64), np.asarray(distance, dtype=float)
