"""Compile the kernels of trenches while other work goes on.

Compiling takes some 40 seconds of one core, once for each version of the source. Where the other core is
idle, a process of its own does it; what it leaves in the cache is all that counts.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from phusong.plans.steiner import KERNELS
from phusong.plans.steiner.compilation import compile_kernels


@contextmanager
def compile_beside() -> Iterator[None]:
    """Let a process of its own compile the kernels while the block runs, unless they are compiled.

    It says nothing, and its failure harms nothing: a kernel that is not in the cache is compiled when it is
    called.
    """
    if Path(KERNELS).is_dir():
        yield
        return
    name = compile_kernels.__name__
    code = f"from {compile_kernels.__module__} import {name}; {name}()"
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=quiet, stdout=quiet, stderr=quiet
    ) as process:
        try:
            yield
        finally:
            process.kill()
