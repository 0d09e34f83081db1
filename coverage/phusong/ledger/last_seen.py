"""What was last seen of a book in a file: how far it went, and where its newest copy lies.

It stands beside the book, so that a book that has become shorter, or is another one, is noticed when it is
opened, and the way back can be named. It can be lost without harm: then only this is not noticed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from phusong.ledger.chain import GENESIS, Anchor

ENDING = ".seen"
#: How copies are called, and the folders beside a book in which they are looked for.
COPY_PATTERN, COPY_FOLDERS = "phusong-*.ledger", ("*/", "")
OWNER_ONLY = 0o600


@dataclass(frozen=True)
class LastSeen:
    """Say what was last seen of a book.

    Parameters
    ----------
    anchor : its last line and seal.
    copy : path of its newest copy, or empty.
    """

    anchor: Anchor = Anchor(0, GENESIS)
    copy: str = ""


def read_last_seen(book: Path) -> LastSeen:
    """Return what was last seen of a book; nothing where that is not known.

    Parameters
    ----------
    book : its file.
    """
    try:
        kept = json.loads(_place(book).read_text(encoding="utf-8"))
        return LastSeen(Anchor(int(kept["number"]), str(kept["hash"])), str(kept["copy"]))
    except (OSError, ValueError, KeyError, TypeError):
        return LastSeen()


def save_last_seen(book: Path, *, anchor: Anchor | None = None, copy: Path | None = None) -> None:
    """Keep how far a book goes, or where it was copied to; where that cannot be written nothing is kept.

    Parameters
    ----------
    book : its file.
    anchor : its last line and seal.
    copy : its newest copy.
    """
    known = read_last_seen(book)
    new = replace(known, anchor=anchor or known.anchor)
    if copy is not None:
        new = replace(new, copy=str(copy.absolute()))
    if new == known:
        return
    text = json.dumps({"number": new.anchor.number, "hash": new.anchor.hash, "copy": new.copy})
    draft = book.with_name(f".{book.name}{ENDING}.{os.getpid()}")
    with suppress(OSError):
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        draft.replace(_place(book))
    with suppress(OSError):
        draft.unlink(missing_ok=True)


def forget_last_seen(book: Path) -> None:
    """Forget what was last seen: another book takes the place.

    Parameters
    ----------
    book : its file.
    """
    with suppress(OSError):
        _place(book).unlink(missing_ok=True)


def name_restore(book: Path) -> str:
    """Return the command that brings a book back, with its newest copy where one is known.

    Parameters
    ----------
    book : its file.
    """
    return f"restore its newest copy: phusong ledger restore {find_copy(book) or 'COPY'} --ledger {book}"


def find_copy(book: Path) -> Path | None:
    """Return the newest copy of a book that still lies where it was put, or beside the book; None without.

    Parameters
    ----------
    book : its file.
    """
    named = read_last_seen(book).copy
    found = [*_list_copies(book), *([Path(named)] if named and Path(named).is_file() else [])]
    return max(found, key=lambda path: path.name, default=None)


def _list_copies(book: Path) -> Iterator[Path]:
    """Yield the copies in the folder of a book and in the folders below it."""
    with suppress(OSError):
        for folder in COPY_FOLDERS:
            yield from book.parent.glob(f"{folder}{COPY_PATTERN}")


def _place(book: Path) -> Path:
    """Return where it is kept."""
    return book.with_name(book.name + ENDING)
