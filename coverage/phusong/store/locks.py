"""Locks of the operating system: they end with the process that holds them, however that ends."""

from __future__ import annotations

import os
import sys
import time

#: Where Windows locks one byte: far behind every content, since a locked byte cannot be read there.
_FAR_BYTE = 1 << 40
_PAUSE_S = 0.02


def lock_handle(handle: int, *, patience_s: float | None = None) -> bool:
    """Lock an open file for its handle alone; return whether it was to be had.

    Parameters
    ----------
    handle : open for writing.
    patience_s : how long to wait for whoever holds it [s]; None: as long as it takes.
    """
    deadline = None if patience_s is None else time.monotonic() + patience_s
    while not _try_lock(handle):
        if deadline is not None and time.monotonic() >= deadline:
            return False
        time.sleep(_PAUSE_S)
    return True


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        """Lock one byte far behind the content, if nobody has."""
        place = os.lseek(handle, 0, os.SEEK_CUR)
        os.lseek(handle, _FAR_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(handle, place, os.SEEK_SET)
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        """Lock the whole file, if nobody has."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def flush_file(path: os.PathLike[str]) -> None:
    """Wait until the disk holds a file."""
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_folder(path: os.PathLike[str]) -> None:
    """Wait until the disk holds the names in a folder; Windows keeps them by itself."""
    if os.name != "nt":
        flush_file(path)
