"""How a command ends: each fault as a sentence on the error stream, and its exit code."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from phusong.vocabulary.errors import (
    ParameterFault,
    PhusongError,
    SourceFault,
    describe_os_error,
)

#: Signals 2 and 13, as shells count them.
STOPPED, READER_GONE = 130, 141
FAULT_OF_OURS = 1
#: Set to anything, a fault of the program also shows where it happened.
TRACEBACK_VARIABLE = "PHUSONG_TRACEBACK"
#: A disk with less room is full for our purposes [bytes].
LEAST_ROOM = 1 << 16
#: Complaints of a database about what it was asked, not about disk or file.
_OWN_MISTAKES = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError)
PACKAGE = Path(__file__).parents[1]


def prepare_streams() -> None:
    """Let no sign of a text break a terminal that cannot show it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def check_words(words: Sequence[str]) -> None:
    """Refuse a command line that is not UTF-8: such a name can be kept in no table and no book.

    Raises
    ------
    ParameterFault
        Naming the word.
    """
    for word in words:
        try:
            word.encode("utf-8")
        except UnicodeEncodeError as error:
            shown = os.fsencode(word).decode("utf-8", "backslashreplace")
            raise ParameterFault(f"{shown}: this name is not in UTF-8 → rename it") from error


def end_command(error: BaseException, words: Sequence[str]) -> int:
    """Tell a fault on the error stream, and return the exit code of the command.

    Parameters
    ----------
    error : what stopped it.
    words : of the command line, among which the full disk is looked for.
    """
    if isinstance(error, KeyboardInterrupt):
        return STOPPED
    if isinstance(error, BrokenPipeError):
        _close_output()
        return READER_GONE
    fault = _find_fault(error, words)
    if fault is not None and fault.exit_code != FAULT_OF_OURS:
        code, text = fault.exit_code, str(fault)
    else:
        code, text = FAULT_OF_OURS, _describe_mistake(error)
    if isinstance(error, OSError):
        _close_output()
    print(f"phusong: {text}", file=sys.stderr)
    if code == FAULT_OF_OURS and os.environ.get(TRACEBACK_VARIABLE):
        traceback.print_exception(error)
    return code


def _find_fault(error: BaseException, words: Sequence[str]) -> PhusongError | None:
    """Return the refusal that an error is, itself or told by a library; None for a mistake of the program."""
    if isinstance(error, PhusongError):
        return error
    for cause in _list_causes(error):
        if isinstance(cause, OSError | MemoryError) and not _is_own_file(cause):
            fault = describe_os_error(cause, file=", ".join(find_full_disks(words)))
            if fault is not None:
                return fault
        if isinstance(cause, sqlite3.DatabaseError) and not isinstance(cause, _OWN_MISTAKES):
            cure = "check disk and rights, or put a copy of it back"
            return SourceFault(f"a database cannot be used here ({cause})", cure=cure)
    return None


def _list_causes(error: BaseException) -> list[BaseException]:
    """Return an error and those that a library raised it from, or handed on inside it."""
    found = [error]
    while (last := found[-1]).__cause__ is not None and last.__cause__ not in found:
        found.append(last.__cause__)
    inner = [a for e in found for a in e.args if isinstance(a, OSError)]
    return [*found, *inner]


def _is_own_file(error: BaseException) -> bool:
    """Return whether an error is about a file of the package: then it was installed in part only."""
    named = getattr(error, "filename", None)
    return isinstance(named, str | os.PathLike) and Path(named).is_relative_to(PACKAGE)


def find_full_disks(words: Sequence[str]) -> list[str]:
    """Return the places of a command that lie on a full disk: its own, the folder here, temporary files.

    Parameters
    ----------
    words : of the command line.
    """
    named = [word.partition("=")[2] or word for word in words]
    places = [*(n for n in named if not n.startswith("-")), ".", tempfile.gettempdir()]
    return list(dict.fromkeys(p for p in places if _is_full(Path(p))))


def _is_full(place: Path) -> bool:
    """Return whether a place, or the nearest folder above it that exists, has no room left."""
    for folder in (place, *place.parents):
        try:
            return shutil.disk_usage(folder).free < LEAST_ROOM
        except (OSError, ValueError):
            continue
    return False


def _describe_mistake(error: BaseException) -> str:
    """Return a mistake of the program: its kind and place, but nothing that may name somebody."""
    if isinstance(error, PhusongError):
        what = str(error)
    else:
        last = traceback.extract_tb(error.__traceback__)[-1:]
        where = f" in {Path(last[0].filename).name}, line {last[0].lineno}" if last else ""
        what = f"{type(error).__name__}{where}"
    return (
        f"a fault of the program: {what} → report this line and the command to whoever maintains it; "
        f"{TRACEBACK_VARIABLE}=1 shows where it happened"
    )


def _close_output() -> None:
    """Send what is still to be printed nowhere, so that nothing is told twice when the process ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # no real stream, as under a test
        return
