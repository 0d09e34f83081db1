"""Kernels that are compiled beside other work are those that a plan calls."""

import sys

from numba.core.dispatcher import Dispatcher

from phusong.plans import steiner
from phusong.plans.steiner import compilation

#: Rooms of the search whose kernels no plan of trenches calls.
OTHERS = ("choosing", "filling", "pruning")


def list_kernels():
    rooms = [name for name in sys.modules if name.startswith(f"{steiner.__name__}.")]
    return {
        f"{kernel.py_func.__module__}.{kernel.py_func.__name__}": kernel
        for room in rooms
        for kernel in vars(sys.modules[room]).values()
        if isinstance(kernel, Dispatcher)
    }


def test_the_small_grid_calls_every_kernel_that_joins_terminals():
    compilation.compile_kernels()
    called = {name for name, kernel in list_kernels().items() if kernel.overloads}
    rest = [name for name in list_kernels() if name.rpartition(".")[0].split(".")[-1] not in OTHERS]
    assert len(rest) > 60 and set(rest) <= called
