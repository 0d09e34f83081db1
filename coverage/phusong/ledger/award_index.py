"""The awards of a book as one table in memory, which reads only what was added since it was last asked for.

Awards and their moves are only ever added and numbered in the order in which they were written, one writer
after another; so whatever has a higher number than the last one known is all that is new.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import numpy as np
import pandas as pd
from sqlalchemy import Connection, select

from phusong.ledger.book import Ledger
from phusong.ledger.chain import Anchor
from phusong.ledger.queries import fetch_frame
from phusong.ledger.tables import AWARD_MOVES, AWARDS, HEAD, JOURNAL
from phusong.vocabulary.book import AwardState

STATES = [str(s) for s in AwardState]
FACTS = ("award", "student_key", "tier", "level", "lot_id", "package_id", "policy", "replaces")
_DAY = "datetime64[D]"
#: Stated, for a column in which nothing stands has no type of its own.
_TYPES = {**dict.fromkeys(FACTS, "str"), "award": "int64", "replaces": "Int64"}


@dataclass(frozen=True, eq=False)
class AwardTable:
    """Hold every award of a book as it stood at a line of the journal.

    Parameters
    ----------
    facts : columns `FACTS`, a row an award, by number.
    state : place of each award's state in `STATES`, (n,).
    days : last day on which each award came into each state; not a time where it never did, (n, states).
    head : last line of the journal that is in it.
    last_move : number of the last move that is in it.
    """

    facts: pd.DataFrame
    state: np.ndarray
    days: np.ndarray
    head: Anchor
    last_move: int = 0

    def find_positions(self, numbers: Sequence[int]) -> np.ndarray:
        """Return the position of each award, −1 for one that is not there [rows]."""
        known, asked = self.facts["award"].to_numpy(), np.asarray(numbers, dtype=np.int64)
        if not len(known):
            return np.full(len(asked), -1)
        at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
        return np.where(known[at] == asked, at, -1)

    def is_in(self, states: Sequence[str]) -> np.ndarray:
        """Return which awards are in one of some states, (n,)."""
        return np.isin(self.state, [STATES.index(str(s)) for s in states])

    def take(self, positions: np.ndarray) -> pd.DataFrame:
        """Return some awards with their states and the days on which they came into each."""
        rows = self.facts.iloc[positions].reset_index(drop=True)
        days = {
            f"{s}_on": self.days[positions, n].astype("datetime64[s]") for n, s in enumerate(STATES)
        }
        return rows.assign(state=[STATES[n] for n in self.state[positions]], **days)


class AwardIndex:
    """Keep the awards of one book in memory, and up to date.

    Parameters
    ----------
    ledger : the book.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger, self._lock = ledger, Lock()
        self._known = _make_empty()

    def read(self) -> AwardTable:
        """Return the awards as they stand now; reads what was added since the last time."""
        with self._lock, self._ledger.read() as connection:  # the lock first: books only grow
            head = Anchor(*connection.execute(select(HEAD.c.number, HEAD.c.hash)).one())
            if head != self._known.head:
                known = self._known if _continues(connection, self._known.head) else _make_empty()
                self._known = _add_news(connection, known, head)
            return self._known


@lru_cache(maxsize=4)
def find_award_index(ledger: Ledger) -> AwardIndex:
    """Return the one index of a book that is open."""
    return AwardIndex(ledger)


def _make_empty() -> AwardTable:
    """Return the awards of a book in which nothing stands."""
    return AwardTable(
        pd.DataFrame(columns=list(FACTS)).astype(_TYPES),
        np.empty(0, dtype=np.int8),
        np.empty((0, len(STATES)), dtype=_DAY),
        Anchor(0, ""),
    )


def _continues(connection: Connection, head: Anchor) -> bool:
    """Return whether the book still has the line that was its last; a copy put in its place may not."""
    seal = connection.execute(select(JOURNAL.c.hash).where(JOURNAL.c.number == head.number))
    return head.number == 0 or seal.scalar_one_or_none() == head.hash


def _add_news(connection: Connection, known: AwardTable, head: Anchor) -> AwardTable:
    """Return the awards with those, and with the moves, that came after the last ones known."""
    last = int(known.facts["award"].iloc[-1]) if len(known.facts) else 0
    asked = select(*(AWARDS.c[n] for n in FACTS)).where(AWARDS.c.award > last)
    fresh = fetch_frame(connection, asked.order_by(AWARDS.c.award)).astype(_TYPES)
    names = ("number", "award", "state", "dated")
    asked = select(*(AWARD_MOVES.c[n] for n in names)).where(AWARD_MOVES.c.number > known.last_move)
    moves = fetch_frame(connection, asked.order_by(AWARD_MOVES.c.number))
    facts = pd.concat([known.facts, fresh], ignore_index=True) if len(known.facts) else fresh
    more = len(facts) - len(known.facts)
    state = np.concatenate([known.state, np.zeros(more, dtype=np.int8)])
    days = np.concatenate([known.days, np.full((more, len(STATES)), np.datetime64("NaT"), _DAY)])
    if moves.empty:
        return AwardTable(facts, state, days, head, known.last_move)
    at = np.searchsorted(facts["award"].to_numpy(), moves["award"].to_numpy())
    into = moves["state"].map(STATES.index).to_numpy(dtype=np.int8)
    state[at] = into  # of an award that moved twice, the last move stays
    dated = moves["dated"].to_numpy(dtype=_DAY)
    np.maximum.at(days.view(np.int64), (at, into), dated.view(np.int64))  # not a time is the least
    return AwardTable(facts, state, days, head, int(moves["number"].iloc[-1]))
