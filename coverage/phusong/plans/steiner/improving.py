"""Local search over trees: one move after the other until none helps."""

from __future__ import annotations

import numba
import numpy as np

from phusong.plans.steiner.elimination import eliminate_forks
from phusong.plans.steiner.exchange import exchange_paths
from phusong.plans.steiner.graphs import Graph
from phusong.plans.steiner.growing import settle_tree, tree_cost
from phusong.plans.steiner.insertion import insert_vertices
from phusong.plans.steiner.keypaths import draw_skeleton, survey
from phusong.plans.steiner.moves import make_moves, open_moves
from phusong.plans.steiner.repairs import lay_repair


@numba.njit(cache=True)
def improve_tree(graph: Graph, inside: np.ndarray, root: int) -> np.ndarray:
    """Return the arcs into the vertices of a tree that no move makes cheaper any more.

    Parameters
    ----------
    graph : the graph.
    inside : vertices of a connected tree that holds every terminal; changed in place.
    root : one of them.
    """
    up = settle_tree(graph, inside, root)
    while True:
        cost = tree_cost(graph, up)
        insert_vertices(graph, inside, up)
        up = settle_tree(graph, inside, root)
        other = _move_around(graph, inside, up, root)
        other_up = settle_tree(graph, other, root)
        if tree_cost(graph, other_up) < tree_cost(graph, up):
            inside[:] = other
            up = other_up
        if tree_cost(graph, up) >= cost:
            return up


@numba.njit(cache=True)
def _move_around(graph: Graph, inside: np.ndarray, up: np.ndarray, root: int) -> np.ndarray:
    """Return which vertices the tree holds after exchanges of paths and eliminations of forks."""
    skeleton = draw_skeleton(graph, inside, up, root)
    around = survey(graph, inside)
    repair, moves = lay_repair(around), open_moves()
    exchange_paths(graph, up, skeleton, around, repair, moves)
    eliminate_forks(graph, up, skeleton, around, repair, moves)
    return make_moves(graph, up, moves, root)
