"""Answers to complaints: everything the journal says of one pupil, one lot or one gift, in order."""

from __future__ import annotations

import json
from collections.abc import Collection

import pandas as pd
from sqlalchemy import Connection, and_, or_, select

from phusong.ledger.book import Ledger
from phusong.ledger.stock import LOT
from phusong.ledger.tables import AWARDS, JOURNAL
from phusong.ledger.writing import Row

#: What a step of a story tells: line and time, who, what was done to what, why, and what it came to (JSON).
STEPS = ("number", "at", "role", "organisation", "action", "kind", "subject", "why", "after")
#: So many subjects a database takes in one question; of more, every line of their kinds is read.
MOST_SUBJECTS = 500


def follow_pupil(ledger: Ledger, student_key: str) -> pd.DataFrame:
    """Return what was done for a pupil: awards with every step of theirs, and awards that were refused.

    Parameters
    ----------
    ledger : the book.
    student_key : pseudonym of the pupil.

    Returns
    -------
    `STEPS`, a row a line of the journal, in order; none if the book knows nothing of the pupil.
    """
    with ledger.read() as connection:
        held = select(AWARDS.c.award).where(AWARDS.c.student_key == student_key)
        awards = {str(a) for a in connection.execute(held).scalars()}
        refused = {student_key, *awards}
        return _follow(connection, {"award": awards, "release": awards, "refusal": refused})


def follow_lot(ledger: Ledger, lot_id: str) -> pd.DataFrame:
    """Return what became of a lot: taken into store, set aside, given, come back.

    Parameters
    ----------
    ledger : the book.
    lot_id : of the lot.

    Returns
    -------
    as `follow_pupil`.
    """
    with ledger.read() as connection:
        held = select(AWARDS.c.award).where(AWARDS.c.lot_id == lot_id)
        awards = {str(a) for a in connection.execute(held).scalars()}
        return _follow(connection, {"lot": {lot_id}, "stock": {LOT + lot_id}, "award": awards})


def follow_gift(ledger: Ledger, contribution_id: str) -> pd.DataFrame:
    """Return what became of a gift, from pledge to confirmation.

    Parameters
    ----------
    ledger : the book.
    contribution_id : of the gift.

    Returns
    -------
    as `follow_pupil`.
    """
    with ledger.read() as connection:
        asked = select(JOURNAL).order_by(JOURNAL.c.number)
        mine = [
            dict(line)
            for line in connection.execute(asked).mappings()
            if line["subject"] == contribution_id or _names(line["after"], contribution_id)
        ]
    return _tabulate(mine)


def _names(after: str, contribution_id: str) -> bool:
    """Return whether a row that a line carries belongs to a gift."""
    rows = json.loads(after)["rows"].values()
    return any(row.get("contribution_id") == contribution_id for told in rows for row in told)


def _follow(connection: Connection, subjects: dict[str, Collection[str]]) -> pd.DataFrame:
    """Return the lines about some subjects of each kind."""
    asked = select(JOURNAL).where(JOURNAL.c.kind.in_(list(subjects))).order_by(JOURNAL.c.number)
    if sum(map(len, subjects.values())) <= MOST_SUBJECTS:
        theirs = (
            and_(JOURNAL.c.kind == kind, JOURNAL.c.subject.in_(sorted(names)))
            for kind, names in subjects.items()
        )
        asked = asked.where(or_(*theirs))
    lines = connection.execute(asked).mappings()
    return _tabulate([dict(n) for n in lines if n["subject"] in subjects[n["kind"]]])


def _tabulate(lines: list[Row]) -> pd.DataFrame:
    """Return lines of the journal as steps of a story."""
    return pd.DataFrame(lines, columns=list(STEPS))
