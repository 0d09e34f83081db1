"""One's own pupils and their awards, as questions show and actions check them; nothing is logged here."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import select

from phusong.access.book import open_book
from phusong.access.desk import Desk, refuse
from phusong.access.permissions import PERMISSIONS, Extent, find_extent
from phusong.access.principals import Principal
from phusong.access.scope import filter_own
from phusong.ledger.queries import fetch_frame, list_awards
from phusong.ledger.tables import SUBSIDIES, SUBSIDY_ENDS
from phusong.store import has_table, read_table
from phusong.vocabulary.tables.pupils import STUDENTS

#: Where a pupil is: what a row about one is judged by.
PLACES = ["student_key", "school_id", "hamlet_id", "commune_code"]
#: Of an award; what ties it to a household or to a device in somebody's hands stays in the book.
HIDDEN = ["household_key", "serial", "line"]


def read_own_pupils(principal: Principal, desk: Desk, name: str) -> pd.DataFrame:
    """Return the rows of table `students` that a question or action lets somebody see.

    Parameters
    ----------
    principal, desk : who asks, and where.
    name : of the question or action.
    """
    return filter_own(principal, name, read_table(desk.folder, STUDENTS.name))


def find_own_pupil(
    principal: Principal, desk: Desk, name: str, asked: str, *, subject: str
) -> pd.Series:
    """Return the one pupil of one's own whose pseudonym is asked for, whole or by its first signs.

    Parameters
    ----------
    principal, desk : who asks, and where.
    name : of the question or action.
    asked : as it was typed.
    subject : what the log says was asked for.

    Raises
    ------
    NotAllowed
        If there is none, or more than one, or it is not theirs: the answer is the same.
    """
    own, sought = read_own_pupils(principal, desk, name), asked.strip()
    found = own[own["student_key"].astype("str").str.startswith(sought)] if sought else own.head(0)
    if len(found) != 1:
        refuse(principal, desk, PERMISSIONS[name].data, subject=subject)
    return found.iloc[0]


def read_own_awards(principal: Principal, desk: Desk, name: str) -> pd.DataFrame:
    """Return the awards that a question or action lets somebody see, with `PLACES` of the run.

    Parameters
    ----------
    principal, desk, name : see `read_own_pupils`.
    """
    awards = list_awards(open_book(desk)).drop(columns=HIDDEN, errors="ignore")
    students = read_table(desk.folder, STUDENTS.name)[PLACES]
    return filter_own(principal, name, awards.merge(students, on="student_key", how="left"))


def read_own_allocation(principal: Principal, desk: Desk, name: str) -> pd.DataFrame:
    """Return what the plan gives to one's own pupils: table `devices` with `PLACES`; empty without a plan.

    Parameters
    ----------
    principal, desk, name : see `read_own_pupils`.
    """
    if not has_table(desk.folder, "devices"):
        return pd.DataFrame(columns=[*PLACES, "outcome"])
    planned = read_table(desk.folder, "devices")
    students = read_table(desk.folder, STUDENTS.name)[PLACES]
    fresh = [c for c in students.columns if c == "student_key" or c not in planned]
    return filter_own(principal, name, planned.merge(students[fresh], on="student_key", how="left"))


def read_own_subsidies(principal: Principal, desk: Desk, name: str) -> pd.DataFrame:
    """Return what the households of one's own pupils are helped with, the newest first.

    Parameters
    ----------
    principal, desk, name : see `read_own_pupils`.

    Returns
    -------
    The columns of the book, with `student_key`, the first pupil of the household, and `ended_on`, the day of
    a decision that ended it before its time.
    """
    ended = SUBSIDY_ENDS.c.dated.label("ended_on")
    query = select(SUBSIDIES, ended).outerjoin(
        SUBSIDY_ENDS, SUBSIDY_ENDS.c.subsidy == SUBSIDIES.c.subsidy
    )
    with open_book(desk).read() as connection:
        helped = fetch_frame(connection, query)
    students = read_own_pupils(principal, desk, name).dropna(subset="household_key")
    first = students.groupby("household_key")["student_key"].min()
    how = "inner" if find_extent(principal.role, name) == Extent.OWN else "left"
    joined = helped.merge(first, left_on="household_key", right_index=True, how=how)
    return joined.sort_values("subsidy", ascending=False, ignore_index=True)


def name_subject(student_key: str) -> str:
    """Return what the log calls a pupil who was asked for: a pseudonym, or nothing of what was typed.

    Parameters
    ----------
    student_key : as it was asked for.
    """
    is_key = student_key.startswith("hs-") and student_key[3:].isalnum() and student_key.isascii()
    return student_key if is_key else "not a pseudonym"
