"""Kernels that are compiled beside other work are those that a plan calls."""

import sys

import numpy as np
from numba.core.dispatcher import Dispatcher

from phusong.plans import steiner
from phusong.plans.steiner import build_network, compilation, connect_terminals


def count_kernels():
    """How many versions of its kernels the search has loaded or compiled."""
    rooms = [name for name in sys.modules if name.startswith(f"{steiner.__name__}.")]
    kernels = {
        id(kernel): kernel
        for room in rooms
        for kernel in vars(sys.modules[room]).values()
        if isinstance(kernel, Dispatcher)
    }
    return sum(len(kernel.overloads) for kernel in kernels.values())


def test_a_plan_of_trenches_calls_no_kernel_that_the_small_grid_did_not():
    compilation.compile_kernels()
    known = count_kernels()
    rng = np.random.default_rng(7)
    tail, head = rng.integers(0, 900, (2, 4_000))
    ways = build_network(tail, head, rng.uniform(1, 9, 4_000), vertices=900)
    stops = rng.choice(900, 60, replace=False)
    connect_terminals(ways, roots=stops[:5], terminals=stops[5:], seed=3, effort=6)
    assert known > 5 and count_kernels() == known
