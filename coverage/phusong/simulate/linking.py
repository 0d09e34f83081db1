"""Which places are linked with which: the Gabriel graph, and the tree that holds it together."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial import Delaunay, cKDTree

#: Up to this many places every pair is looked at; beyond, only the pairs of a triangulation.
FEW_PLACES = 300


def link_places(xy: np.ndarray) -> np.ndarray:
    """Return the Gabriel graph: pairs between which, on the circle over them, lies no third place.

    Parameters
    ----------
    xy : places [n, 2] [m], no two alike.

    Returns
    -------
    pairs : row numbers [m, 2], the smaller first, sorted. The graph is connected.

    References
    ----------
    K. R. Gabriel and R. R. Sokal, A new statistical approach to geographic variation analysis,
    Systematic Zoology 18 (1969) 259–278.
    """
    pairs = _candidate_pairs(xy)
    middle = xy[pairs].mean(axis=1)
    reach = np.linalg.norm(xy[pairs[:, 0]] - xy[pairs[:, 1]], axis=1) / 2
    nearest = cKDTree(xy).query(middle)[0] if len(pairs) else np.empty(0)
    return pairs[nearest >= reach * (1.0 - 1e-9)]


def _candidate_pairs(xy: np.ndarray) -> np.ndarray:
    """Return pairs among which the Gabriel graph is found."""
    if len(xy) <= FEW_PLACES:
        return np.column_stack(np.triu_indices(len(xy), k=1))
    corners = Delaunay(xy).simplices
    pairs = np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]])
    return np.unique(np.sort(pairs, axis=1), axis=0)


def find_tree(pairs: np.ndarray, cost: np.ndarray, *, places: int) -> np.ndarray:
    """Return which pairs belong to the cheapest tree that links all places [m].

    Parameters
    ----------
    pairs : row numbers [m, 2], the smaller first, sorted.
    cost : of each pair, above 0 [m].
    places : number of places.
    """
    graph = csr_array((cost, (pairs[:, 0], pairs[:, 1])), shape=(places, places))
    start, end = minimum_spanning_tree(graph).nonzero()
    return np.isin(pairs[:, 0] * places + pairs[:, 1], start * places + end)


def weigh_graph(pairs: np.ndarray, cost: np.ndarray, *, places: int) -> csr_array:
    """Return the graph as a symmetric matrix of costs [places, places]."""
    rows, columns = np.hstack([pairs.T, pairs[:, ::-1].T])
    return csr_array((np.tile(cost, 2), (rows, columns)), shape=(places, places))
