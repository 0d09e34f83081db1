"""Erase delivered files that do not count: what nobody decided about, what was sent back or taken out again.

The line of the decision stays, with the file's hash, its counts and the reason. What counts is never touched.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from phusong.pipeline.deliveries import BOOK, Delivery, list_counting, read_deliveries
from phusong.vocabulary.tables.accepted import VEILED
from phusong.vocabulary.tables.persons import PERSONAL

#: The names under which `keep_file` keeps files; nothing else in the folder is touched.
_NAME = re.compile(r"[0-9a-f]{16}\.[a-z0-9]{1,8}")
#: Kinds that name pupils, families or donors; a file of another kind that was refused may stay.
NAMING = frozenset({*PERSONAL, *VEILED})


def erase_files(
    place: Path, *, now: datetime, undecided: timedelta, refused: timedelta
) -> list[str]:
    """Erase the files whose time is over, and return their names.

    Parameters
    ----------
    place : from `find_deliveries`.
    now : the time, with its zone.
    undecided : how long a file stays that nobody has decided about.
    refused : how long one stays that was sent back or taken out again and names persons.
    """
    if not place.exists():
        return []
    decisions = {decision.name: decision for decision in read_deliveries(place)}
    counting = {delivery.name for delivery in list_counting(place)}
    files = [p for p in sorted(place.iterdir()) if _NAME.fullmatch(p.name)]
    lines = _read_lines(place)
    erased = []
    for path in files:
        decision = decisions.get(path.name)
        if path.name in counting or (decision is None and path.name in lines):
            continue
        if _is_over(path, decision, now, undecided, refused):
            path.unlink(missing_ok=True)
            erased.append(path.name)
    return erased


def _read_lines(place: Path) -> str:
    """Return every line about deliveries as it stands, of which one may be torn: what it names stays."""
    files = sorted(place.glob(f"{BOOK}*"))
    return "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in files)


def _is_over(
    path: Path, decision: Delivery | None, now: datetime, undecided: timedelta, refused: timedelta
) -> bool:
    """Return whether the time of a file that does not count is over."""
    if decision is None:
        return now - datetime.fromtimestamp(path.stat().st_mtime, UTC) >= undecided
    return decision.kind in NAMING and now - datetime.fromisoformat(decision.at) >= refused


def date_file(path: Path, when: datetime) -> None:
    """Say since when a file is kept.

    Parameters
    ----------
    path : of the file.
    when : the time, with its zone.
    """
    os.utime(path, (when.timestamp(), when.timestamp()))


def erase_undecided(place: Path, name: str) -> bool:
    """Erase one file that nobody has decided about, and return whether there was one.

    Parameters
    ----------
    place : from `find_deliveries`.
    name : of the file as it is kept.
    """
    path = place / name
    if name in _read_lines(place) or not _NAME.fullmatch(name) or not path.exists():
        return False
    path.unlink()
    return True
