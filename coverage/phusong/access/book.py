"""The programme's book as the desk reaches it: opened once, read and written in the name of an account."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from functools import lru_cache

import pandas as pd

from phusong.access.desk import Desk
from phusong.access.principals import Principal
from phusong.ledger.acting import Acting
from phusong.ledger.book import Ledger, open_ledger
from phusong.ledger.chain import Anchor
from phusong.ledger.chronology import day_of
from phusong.ledger.faults import Unavailable
from phusong.ledger.queries import find_newest_day
from phusong.vocabulary.book import LEDGER_NAME


def has_book(desk: Desk) -> bool:
    """Return whether there is a book."""
    return bool(desk.book) or (desk.folder / LEDGER_NAME).exists()


def open_book(desk: Desk) -> Ledger:
    """Return the book.

    Parameters
    ----------
    desk : where.

    Raises
    ------
    Unavailable
        If none has been made, or it cannot be read.
    """
    if not has_book(desk):
        cure = f"phusong ledger init --ledger {desk.folder / LEDGER_NAME}"
        raise Unavailable("there is no book of the programme beside these results", cure=cure)
    return _open(desk.book or str(desk.folder / LEDGER_NAME))


@lru_cache(maxsize=4)
def _open(where: str) -> Ledger:
    """Return the book that lies somewhere; a ledger holds its own connections and may be shared."""
    return open_ledger(where)


def find_book_day(desk: Desk) -> date | None:
    """Return the newest day of which anything stands in the book; None without a book, or in an empty one."""
    newest = find_newest_day(open_book(desk)) if has_book(desk) else None
    return None if newest is None else date.fromisoformat(newest)


def read_book(desk: Desk, read: Callable[..., pd.DataFrame], *asked: Hashable) -> pd.DataFrame:
    """Return a table of the book, worked out once for each last line that its journal has.

    Parameters
    ----------
    desk : where.
    read : of `phusong.ledger`, takes the book first; not one about single pupils.
    asked : what else it takes.

    Raises
    ------
    Unavailable
        See `open_book`.
    """
    book = open_book(desk)
    return _read(book, book.head(), read, asked).copy(deep=False)


@lru_cache(maxsize=64)
def _read(
    book: Ledger,
    head: Anchor,  # noqa: ARG001
    read: Callable[..., pd.DataFrame],
    asked: tuple[Hashable, ...],
) -> pd.DataFrame:
    """Return a table of the book; its last line makes the cache forget when something was written."""
    return read(book, *asked)


def act(principal: Principal, desk: Desk, *, why: str, key: str) -> Acting:
    """Return who acts, in the words of the book.

    Parameters
    ----------
    principal, desk : who acts, and where.
    why : the reason, without anybody's number.
    key : of the form that was filled in; the same again is the same deed, done once.
    """
    return Acting(
        role=str(principal.role),
        organisation=principal.organisation,
        why=why,
        at=desk.clock(),
        account=principal.account_id,
        key=key,
    )


def name_day(desk: Desk) -> str:
    """Return the day that it is in Việt Nam, as the book writes it."""
    return day_of(desk.clock())


def choose_day(desk: Desk, dated: str) -> str:
    """Return the day that stands on a record, or today where nobody says.

    Parameters
    ----------
    desk : where.
    dated : ISO day; empty for today. The book refuses one that lies ahead or before the step it follows.
    """
    return dated or name_day(desk)
