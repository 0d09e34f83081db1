"""Compile the kernels of the search ahead of their first use, so that a plan need not wait for them.

Compiling takes some 40 seconds of one core, once for each version of the source. Where the other core is
idle, a process of its own does it while the sources are read; what it leaves in the cache is all that counts.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from phusong.plans.steiner import KERNELS
from phusong.plans.steiner.network import Network, build_network
from phusong.plans.steiner.trees import connect_terminals

#: Side of the grid [vertices], terminals in it and rounds: so many that every rule of the search finds work.
SIDE, TERMINALS, ROUNDS = 24, 40, 4


@contextmanager
def compile_beside() -> Iterator[None]:
    """Let a process of its own compile the kernels while the block runs, unless they are compiled.

    It says nothing, and its failure harms nothing: a kernel that is not in the cache is compiled when it is
    called.
    """
    if Path(KERNELS).is_dir():
        yield
        return
    code = f"from {__name__} import compile_kernels; compile_kernels()"
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=quiet, stdout=quiet, stderr=quiet
    ) as process:
        try:
            yield
        finally:
            process.kill()


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
