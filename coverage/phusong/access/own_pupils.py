"""One's own pupils and what their households are helped with; nothing is logged here."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sqlalchemy import select

from phusong.access.book import open_book
from phusong.access.desk import Desk, refuse
from phusong.access.permissions import PERMISSIONS, Extent, find_extent
from phusong.access.principals import Principal
from phusong.access.pupil_index import PupilIndex, load_pupil_index
from phusong.access.scope import filter_own
from phusong.access.selection import EVERYWHERE, Selection, is_among
from phusong.ledger.queries import fetch_frame
from phusong.ledger.tables import SUBSIDIES, SUBSIDY_ENDS

#: By which a row about a pupil is told to be somebody's own.
SCOPED = ["school_id", "commune_code"]


def find_own_pupils(principal: Principal, desk: Desk, name: str) -> tuple[PupilIndex, np.ndarray]:
    """Return the pupils of a run, and the positions of those that a question or action lets somebody see.

    Parameters
    ----------
    principal, desk : who asks, and where.
    name : of the question or action.

    Returns
    -------
    the pupils, and positions by rank [rows].
    """
    index = load_pupil_index(desk.folder)
    return index, filter_own(principal, name, index.pupils[SCOPED]).index.to_numpy()


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

    Returns
    -------
    the columns of `PupilIndex.pupils`.

    Raises
    ------
    NotAllowed
        If there is none, or more than one, or it is not theirs: the answer is the same.
    """
    index, own = find_own_pupils(principal, desk, name)
    found = np.intersect1d(index.find_prefix(asked.strip()), own)
    if len(found) != 1:
        refuse(principal, desk, PERMISSIONS[name].data, subject=subject)
    return index.pupils.iloc[found[0]]


def read_own_subsidies(
    principal: Principal, desk: Desk, name: str, selection: Selection = EVERYWHERE
) -> pd.DataFrame:
    """Return what the households of one's own pupils are helped with, the newest first.

    Parameters
    ----------
    principal, desk, name : see `find_own_pupils`.
    selection : of which place the pupils are, by whom a household is known.

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
    index, own = find_own_pupils(principal, desk, name)
    wanted = is_among(index.pupils["household_key"], helped["household_key"])
    wanted = wanted & selection.match(index.pupils, desk.folder)
    pupils = index.pupils[["household_key", "student_key"]].iloc[own[wanted[own]]]
    first = pupils.groupby("household_key")["student_key"].min()
    whole = find_extent(principal.role, name) != Extent.OWN and selection == EVERYWHERE
    how = "left" if whole else "inner"
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
