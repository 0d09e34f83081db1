"""Which households are helped with fees: known by a pupil of theirs, never by the household itself."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import select

from phusong.access.book import open_book
from phusong.access.desk import Desk, admit
from phusong.access.permissions import Data, Extent
from phusong.access.principals import Principal
from phusong.access.questions.scope import keep_own
from phusong.ledger.queries import fetch_frame
from phusong.ledger.tables import SUBSIDIES, SUBSIDY_ENDS
from phusong.store import read_table
from phusong.vocabulary.tables.pupils import STUDENTS

#: In the order in which they are shown.
COLUMNS = (
    "subsidy",
    "student_key",
    "service",
    "payer",
    "package_id",
    "waiver_vnd",
    "vnd_month",
    "months",
    "starts_on",
    "ends_on",
    "ended_on",
)


def ask_subsidies(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return what the households of one's own pupils are helped with, the newest first.

    Parameters
    ----------
    principal, desk : who asks, and where.

    Returns
    -------
    `COLUMNS`; `student_key` is the first pupil of the household, `ended_on` the day of a decision that ended
    it before its time.

    Raises
    ------
    NotAllowed
        If the role sees no awards.
    """
    extent = admit(principal, desk, Data.AWARDS)
    ended = SUBSIDY_ENDS.c.dated.label("ended_on")
    asked = select(SUBSIDIES, ended).outerjoin(
        SUBSIDY_ENDS, SUBSIDY_ENDS.c.subsidy == SUBSIDIES.c.subsidy
    )
    with open_book(desk).read() as connection:
        helped = fetch_frame(connection, asked)
    students = read_table(desk.folder, STUDENTS.name).dropna(subset="household_key")
    own = keep_own(principal, students) if extent == Extent.OWN else students
    first = own.groupby("household_key")["student_key"].min()
    how = "inner" if extent == Extent.OWN else "left"
    told = helped.merge(first, left_on="household_key", right_index=True, how=how)
    return told.sort_values("subsidy", ascending=False, ignore_index=True)[list(COLUMNS)]
