"""Processes of this machine: whether one that was noted still runs, and is not another one of its number."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_BOOT = Path("/proc/sys/kernel/random/boot_id")
#: Fields of /proc/PID/stat behind the name: the state, and the moment of the start, by proc(5).
_STATE, _START = 0, 19


def find_start(process: int) -> str:
    """Return what tells a running process from an earlier or later one of its number; empty where none runs.

    Parameters
    ----------
    process : its number.
    """
    if os.name != "posix":
        return ""
    if not _BOOT.exists():
        return _ask_system(process)
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    boot = _BOOT.read_text(encoding="ascii").strip()
    return "" if fields[_STATE] == "Z" else f"{boot} {fields[_START]}"


def _ask_system(process: int) -> str:
    """Return the moment of a process's start where the system keeps no /proc."""
    asked = subprocess.run(
        ["ps", "-o", "lstart=", "-p", str(process)], capture_output=True, text=True, check=False
    )
    return asked.stdout.strip()
