"""One's own pupils' awards, and what the plan gives them, as questions show and actions check them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from phusong.access.book import open_book
from phusong.access.desk import Desk
from phusong.access.plan_index import PLACES, load_plan_index
from phusong.access.principals import Principal
from phusong.access.pupil_index import PupilIndex, load_pupil_index
from phusong.access.scope import check_own, filter_own
from phusong.access.selection import Selection
from phusong.ledger.award_index import AwardTable, find_award_index
from phusong.ledger.book import Ledger
from phusong.ledger.faults import LedgerFault
from phusong.ledger.pupil_changes import list_pupil_changes, list_recorded
from phusong.pipeline.pupil_identity import find_moves


@dataclass(frozen=True, eq=False)
class OwnAwards:
    """Hold the awards that somebody may see.

    Parameters
    ----------
    table : every award of the book.
    places : school, hamlet and commune of each award's pupil, (n,); nothing where the run has no such pupil.
    positions : of one's own, by number [rows].
    """

    table: AwardTable
    places: pd.DataFrame
    positions: np.ndarray

    def narrow(self, *, states: Sequence[str] = (), with_device: bool = False) -> np.ndarray:
        """Return the positions of one's own awards in some states, and with a device if that is wanted."""
        own = self.positions
        if states:
            own = own[self.table.is_in(states)[own]]
        if with_device:
            own = own[self.table.facts["lot_id"].notna().to_numpy()[own]]
        return own

    def match(self, selection: Selection, desk: Desk) -> np.ndarray:
        """Return which awards are wanted, (n,); a text may also be the number of an award or of a lot."""
        facts, text = self.table.facts, selection.text.strip()
        wanted = selection.match(self.places.assign(student_key=facts["student_key"]), desk.folder)
        if not text:
            return wanted
        number = int(text) if text.isdecimal() and len(text) < len(str(2**63)) else -1
        named = ((facts["lot_id"] == text) | (facts["award"] == number)).to_numpy(dtype=bool)
        elsewhere = Selection(selection.commune, selection.hamlet, selection.school)
        return wanted | (named & elsewhere.match(self.places, desk.folder))


def find_own_awards(principal: Principal, desk: Desk, name: str) -> OwnAwards:
    """Return the awards that a question or action lets somebody see.

    Parameters
    ----------
    principal, desk : who asks, and where.
    name : of the question or action.
    """
    table = find_award_index(open_book(desk)).read()
    places = _place_awards(load_pupil_index(desk.folder), table, open_book(desk))
    return OwnAwards(table, places, filter_own(principal, name, places).index.to_numpy())


@lru_cache(maxsize=4)
def _place_awards(index: PupilIndex, table: AwardTable, book: Ledger) -> pd.DataFrame:
    """Return school, hamlet and commune of each award's pupil; the school that a move in the book says."""
    keys = table.facts["student_key"]
    places = index.pupils[PLACES].reindex(index.find_keys(keys)).reset_index(drop=True)
    changes = list_pupil_changes(
        book
    )  # a change is a line of the journal, and so makes another table
    school = keys.map(find_moves(index.folder, changes)).reset_index(drop=True)
    known = places["school_id"].astype("object")
    moved = places.assign(school_id=known.where(school.isna(), school).astype("category"))
    return moved if school.notna().any() else places


def check_one_school(
    principal: Principal, desk: Desk, name: str, numbers: Iterable[int], record: str
) -> None:
    """Refuse one record for pupils of more than one school, of this step or of an earlier one.

    Parameters
    ----------
    principal, desk, name : see `find_own_awards`.
    numbers : of the awards, one's own.
    record : number of the signed record; nothing is checked where there is none.

    Raises
    ------
    LedgerFault
        If it is of several.
    """
    if not record.strip():
        return
    awards = find_own_awards(principal, desk, name)
    every = {*numbers, *list_recorded(open_book(desk), record)}
    schools = awards.places["school_id"].iloc[awards.table.find_positions(sorted(every))]
    if schools.nunique(dropna=False) > 1:
        cure = "choose one school, then its rows, and give each its own record"
        what = f"record {record} would be of {schools.nunique(dropna=False)} schools"
        raise LedgerFault(what, cure=cure)


def check_own_awards(
    principal: Principal, desk: Desk, name: str, numbers: Iterable[int]
) -> pd.DataFrame:
    """Return some awards, all of them one's own, by number; the answer to others' and to none is the same.

    Parameters
    ----------
    principal, desk, name : see `find_own_awards`.
    numbers : of the awards.

    Raises
    ------
    NotAllowed
        If one of them is not.
    """
    asked = sorted({int(number) for number in numbers})
    awards = find_own_awards(principal, desk, name)
    found = awards.table.find_positions(asked)
    theirs = found[np.isin(found, awards.positions)]
    subject = f"awards {len(asked)}"
    check_own(principal, desk, name, found, theirs, subject=subject)
    return awards.table.take(found)


def find_own_allocation(
    principal: Principal, desk: Desk, name: str
) -> tuple[pd.DataFrame, np.ndarray]:
    """Return what the plan does, pupil by pupil, and the positions of one's own by rank [rows].

    Parameters
    ----------
    principal, desk, name : see `find_own_awards`.
    """
    plan = load_plan_index(desk.folder)
    return plan, filter_own(principal, name, plan).index.to_numpy()
