"""Confine the process that reads a foreign file: memory, seconds, no network, no other program.

What a library does with a hostile file cannot be known beforehand. So it happens in a process that may take
no more than its share, reaches nothing but the file, and may die without taking anything else with it.
"""

from __future__ import annotations

import ctypes
import os
import sys
from dataclasses import dataclass
from typing import Any

try:
    import resource
except ImportError:  # not a system of the Unix family
    resource = None  # type: ignore[assignment]

MEGABYTE = 1_000_000
#: Of Linux: a network of one's own, in which nothing is connected; a list of users of one's own allows it.
NEW_USERS, NEW_NETWORK = 0x10000000, 0x40000000
#: Seconds between the signal that ends the process and the one that nothing outlives.
LAST_SECONDS = 5
#: What Python is about to do, as its audit events name it, that no reader does.
FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.startfile",
)

#: What of its parent's environment a reader needs to start.
INHERITED = ("PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "SYSTEMROOT", "LANG", "LC_ALL")


@dataclass(frozen=True)
class Confinement:
    """Hold what the reading of one file may take.

    Parameters
    ----------
    memory_mb : private memory [MB].
    cpu_s : seconds of processor time [s].
    wait_s : seconds by the clock [s], however busy the machine is.
    """

    memory_mb: float
    cpu_s: float
    wait_s: float


class ForbiddenError(Exception):
    """Say that a reader was about to open a connection or to start a program."""


def is_confinable() -> bool:
    """Say whether this system keeps a process within memory and processor time: Linux alone does both."""
    return resource is not None and sys.platform == "linux"


def leave_network() -> bool:
    """Leave the machine's network for an empty one; False where the system does not allow it.

    It must come before anything starts a thread.
    """
    if sys.platform != "linux":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    return any(library.unshare(flags) == 0 for flags in (NEW_NETWORK, NEW_USERS | NEW_NETWORK))


def confine_process(confinement: Confinement) -> None:
    """Take on the limits for good: past one the process fails or is ended by the system.

    Parameters
    ----------
    confinement : what the reading may take, beyond the processor time that was taken before.
    """
    sys.addaudithook(_forbid)
    if not is_confinable():
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(usage.ru_utime + usage.ru_stime + confinement.cpu_s) + 1
    memory = int(confinement.memory_mb * MEGABYTE)
    resource.setrlimit(
        resource.RLIMIT_CORE, (0, 0)
    )  # a core would keep what the file says of children
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + LAST_SECONDS))
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def _forbid(event: str, _arguments: tuple[Any, ...]) -> None:
    """Refuse what no reader does.

    Raises
    ------
    ForbiddenError
        Naming the event.
    """
    if event.startswith(FORBIDDEN):
        raise ForbiddenError(event)


def make_environment(folder: str) -> dict[str, str]:
    """Make the environment of a confined process: no secret of its parent's, one thread a library.

    Parameters
    ----------
    folder : for temporary files.
    """
    kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
    memory = {"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2"}
    return kept | threads | memory | {"TMPDIR": folder, "PYTHONDONTWRITEBYTECODE": "1"}
