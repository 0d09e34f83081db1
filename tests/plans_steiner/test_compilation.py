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


def test_compiled_kernels_are_not_compiled_again(tmp_path, monkeypatch):
    started = []
    monkeypatch.setattr(compilation.subprocess, "Popen", lambda *a, **k: started.append(a))
    monkeypatch.setattr(compilation, "KERNELS", str(tmp_path))
    with compilation.compile_beside():
        assert started == []


def test_a_process_that_compiles_ends_with_the_work_it_ran_beside(tmp_path, monkeypatch):
    started = []
    start = compilation.subprocess.Popen

    def _note(*words, **options):
        started.append(start(*words, **options))
        return started[0]

    monkeypatch.setattr(compilation.subprocess, "Popen", _note)
    monkeypatch.setattr(compilation, "KERNELS", str(tmp_path / "none"))
    with compilation.compile_beside():
        assert started[0].poll() is None
    assert started[0].poll() is not None
