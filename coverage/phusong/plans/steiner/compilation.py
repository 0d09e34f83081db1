"""Compile the kernels of the search ahead of their first use, so that a plan need not wait for them."""

from __future__ import annotations

import numpy as np

from phusong.plans.steiner.network import Network, build_network
from phusong.plans.steiner.trees import connect_terminals

#: Side of the grid [vertices], terminals in it and rounds: so many that every rule of the search finds work.
SIDE, TERMINALS, ROUNDS = 24, 40, 4


def compile_kernels() -> None:
    """Compile what `connect_terminals` calls, by searching a small grid with it."""
    places = np.random.default_rng(0).choice(SIDE * SIDE, TERMINALS, replace=False)
    connect_terminals(_draw_grid(), roots=places[:1], terminals=places[1:], seed=0, effort=ROUNDS)


def _draw_grid() -> Network:
    """Return a square grid of edges of unequal cost."""
    at = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)
    tail = np.concatenate([at[:, :-1].ravel(), at[:-1].ravel()])
    head = np.concatenate([at[:, 1:].ravel(), at[1:].ravel()])
    cost = np.random.default_rng(1).uniform(1, 5, len(tail))
    return build_network(tail, head, cost, vertices=SIDE * SIDE)
