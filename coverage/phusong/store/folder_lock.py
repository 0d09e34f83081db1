"""One writer a results folder: who holds it, since when, and for what.

The lock is the operating system's, on a file in the folder. A process that is killed leaves the file and no
lock. Readers take none: see `commit.read_whole`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path

from phusong.store.locks import lock_handle
from phusong.vocabulary.errors import FolderFault

LOCK_NAME = ".writer"
#: How long a writer waits for another one, which may be about to end [s].
PATIENCE_S = 2.0
WAIT = "wait until it has ended, or end it"
#: The folders that this thread of work holds.
_HELD: ContextVar[frozenset[Path]] = ContextVar("held", default=frozenset())


class FolderBusy(FolderFault):
    """Refuse a second writer of a results folder."""


@contextmanager
def hold_folder(folder: Path, work: str, *, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Hold a results folder for writing; whoever holds it already goes on.

    Parameters
    ----------
    folder : results folder; made where there is none.
    work : what is done, in a word that whoever is refused will read.
    patience_s : how long to wait for another writer [s].

    Raises
    ------
    FolderBusy
        If another one writes there, with who and since when.
    FolderFault
        If the folder cannot be written.
    """
    if is_held(folder):
        yield
        return
    handle = _open_lock(folder)
    try:
        if not lock_handle(handle, patience_s=patience_s):
            raise _refuse_second(folder)
        os.ftruncate(handle, 0)
        os.write(handle, _describe_holder(work).encode())
        mark = _HELD.set(_HELD.get() | {folder.resolve()})
        try:
            yield
        finally:
            _HELD.reset(mark)
            os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def is_held(folder: Path) -> bool:
    """Return whether this thread of work holds a folder."""
    return folder.resolve() in _HELD.get()


def _open_lock(folder: Path) -> int:
    """Open the file of the lock."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise FolderFault(
            f"this folder cannot be written ({error.strerror})",
            file=str(folder),
            cure="name another one with --out, or give its owner the right to write",
        ) from error


def _describe_holder(work: str) -> str:
    """Return the line that says who holds the folder."""
    since = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
    return json.dumps({"work": work, "process": os.getpid(), "since": since}, ensure_ascii=False)


def _refuse_second(folder: Path) -> FolderBusy:
    """Return the fault that names the holder of a folder."""
    try:
        holder = json.loads((folder / LOCK_NAME).read_text(encoding="utf-8"))
        work, since, process = (holder[name] for name in ("work", "since", "process"))
    except (OSError, ValueError, LookupError, TypeError):
        return FolderBusy("another process is writing in this folder", file=str(folder), cure=WAIT)
    message = f"“{work}” is writing in this folder since {since}, as process {process}"
    return FolderBusy(message, file=str(folder), cure=WAIT)
