"""Files to which lines are only added: decisions about addresses, deliveries, challenges.

Such a file lies beside the province file, since results can be made again and what persons decided cannot.
One line is one JSON object. Whoever adds holds the file; a line counts once the disk has it. What a kill or a
full disk left of a last line is set aside in a file of its own before the next line is added; another line
that cannot be read costs that line alone. Both are named in the log and by `list_damage`.
"""

from __future__ import annotations

import json
import logging
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from phusong.store.locks import flush_folder, lock_handle
from phusong.vocabulary.errors import SourceFault

OWNER_ONLY = 0o600
#: Ending of the file that keeps what was left of lines that were cut off.
ASIDE = ".cut-off"
#: How long whoever adds waits for others who do [s].
PATIENCE_S = 30.0
LOG = logging.getLogger(__name__)
Entry = TypeVar("Entry")


def read_lines(path: Path, build: Callable[[dict[str, Any]], Entry]) -> list[Entry]:
    """Return what the whole lines of a file hold, in order; none where there is no file.

    Parameters
    ----------
    path : the file.
    build : makes an entry of the fields of a line; raises TypeError or ValueError where it is none.
    """
    entries, damage, _ = _parse_file(path, build)
    for what in damage:
        _warn_once(str(path), what)
    return entries


def list_damage(path: Path, build: Callable[[dict[str, Any]], Entry]) -> list[str]:
    """Return what of a file cannot be read, or was taken out of it, a sentence each.

    Parameters
    ----------
    path, build : see `read_lines`.
    """
    return _parse_file(path, build)[1]


def add_line(
    path: Path,
    build: Callable[[dict[str, Any]], Entry],
    make: Callable[[list[Entry], int], dict[str, Any]],
) -> Entry:
    """Add a line, readable by its owner alone, and return its entry once the disk has it.

    Parameters
    ----------
    path : the file; it is made where there is none.
    build : see `read_lines`.
    make : takes the entries so far and the next free number, both read under the lock, and returns the fields
        of the new line. What it raises leaves the file as it was.

    Raises
    ------
    SourceFault
        If others hold the file for too long.
    """
    with _hold_file(path) as handle:
        _set_aside(path, handle)
        entries, _, number = _parse_file(path, build)
        fields = make(entries, number)
        entry = build(fields)
        end = os.fstat(handle).st_size
        try:
            _write_all(handle, (json.dumps(fields, ensure_ascii=False) + "\n").encode())
            os.fsync(handle)
        except OSError:
            os.ftruncate(handle, end)
            raise
    return entry


def _parse_file(
    path: Path, build: Callable[[dict[str, Any]], Entry]
) -> tuple[list[Entry], list[str], int]:
    """Return the entries of a file, what is wrong with it, and the next free number."""
    *lines, rest = path.read_bytes().split(b"\n") if path.exists() else [b""]
    entries, numbers, damage = [], [], []
    for row, line in enumerate(lines, start=1):
        try:
            fields = json.loads(line)
            numbers.append(int(fields.get("number", 0)))
            entries.append(build(fields))
        except (TypeError, ValueError, AttributeError, RecursionError):
            damage.append(f"row {row} cannot be read")
    highest = max(numbers, default=0)
    counts = Counter(n for n in numbers if n)
    damage += [f"number {n} stands {times} times" for n, times in counts.items() if times > 1]
    if highest > len(lines):
        damage.append(f"{highest - len(lines)} lines were taken out")
    if rest:
        damage.append(f"the last line was cut off after {len(rest)} bytes")
    return entries, damage, max(highest, len(lines)) + 1


@contextmanager
def _hold_file(path: Path) -> Iterator[int]:
    """Give a file to one writer at a time; the one that has the name once the lock is had."""
    fresh = not path.exists()
    handle = _lock_file(path)
    try:
        if fresh:
            flush_folder(path.parent)
        yield handle
    finally:
        os.close(handle)


def _lock_file(path: Path) -> int:
    """Open and lock a file; again where another one was put in its place meanwhile."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, OWNER_ONLY)
        if not lock_handle(handle, patience_s=PATIENCE_S):
            os.close(handle)
            raise SourceFault(
                "somebody else is writing in this file",
                file=str(path),
                cure="try again in a moment",
            )
        try:
            if os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        except FileNotFoundError:
            pass
        os.close(handle)


def _set_aside(path: Path, handle: int) -> None:
    """Take what is left of a last line that was cut off out of the file, and keep it beside it."""
    content = path.read_bytes()
    whole = content.rfind(b"\n") + 1
    if whole == len(content):
        return
    aside = path.with_name(path.name + ASIDE)
    kept = os.open(aside, os.O_WRONLY | os.O_APPEND | os.O_CREAT, OWNER_ONLY)
    try:
        _write_all(kept, content[whole:] + b"\n")
        os.fsync(kept)
    finally:
        os.close(kept)
    flush_folder(path.parent)
    os.ftruncate(handle, whole)
    LOG.warning("%s: the last line was cut off; what is left of it lies in %s", path, aside.name)


def _write_all(handle: int, content: bytes) -> None:
    """Write all of a line, which a signal may part."""
    while content:
        content = content[os.write(handle, content) :]


@lru_cache(maxsize=256)
def _warn_once(path: str, what: str) -> None:
    """Say once a process what is wrong with a file."""
    LOG.warning("%s: %s", path, what)
