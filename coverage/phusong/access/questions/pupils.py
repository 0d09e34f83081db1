"""About pupils: lists without names, in one's own communes or schools, and one record for a purpose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from phusong.access.authorisation import authorise
from phusong.access.desk import Desk
from phusong.access.log import log_access
from phusong.access.names import read_names
from phusong.access.own_pupils import find_own_pupils, name_subject
from phusong.access.permissions import Data
from phusong.access.principals import Principal
from phusong.access.pupil_index import write_codes
from phusong.access.purposes import Purpose
from phusong.access.scope import check_own
from phusong.access.selection import EVERYWHERE, Counted, Selection, cut_page
from phusong.gaps.pupils.explaining import explain_pupil
from phusong.gaps.pupils.policy import load_policy
from phusong.persons.vault import Vault
from phusong.pipeline.result_files import PERSONAL_FOLDER, PUPILS

#: What a list shows of a pupil; neither name nor birth date, neither poverty nor hardship, nor the household.
LISTED = (
    "rank",
    "tier",
    "student_key",
    "level",
    "grade",
    "school_id",
    "hamlet_id",
    "commune_code",
    "hamlet_class",
    "device",
    "connection",
    "device_adequate",
    "connection_adequate",
    "eligible",
    "device_needed",
    "identity",
    "match_status",
    "as_of",
)
#: What a record shows.
RECORDED = (
    "full_name",
    "birth_date",
    "sex",
    "school_name",
    "class_name",
    "hamlet",
    "commune",
    "address",
    "guardian_1",
    "guardian_2",
    "phone",
)


@dataclass(frozen=True)
class Record:
    """Hold one pupil's record as somebody sees it who has said why.

    Parameters
    ----------
    student_key : pseudonym.
    facts : column of `RECORDED` → value, empty where it is not known.
    reasons : why the pupil stands where they stand, a line each.
    """

    student_key: str
    facts: dict[str, Any]
    reasons: tuple[str, ...]

    def __repr__(self) -> str:
        """Return the pseudonym alone, so that no log and no error page tells a name."""
        return f"Record({self.student_key})"


@authorise
def ask_priority(
    principal: Principal, desk: Desk, selection: Selection = EVERYWHERE, *, page: int | None = None
) -> pd.DataFrame:
    """Return the eligible pupils of somebody's own communes or schools by rank, without names.

    Parameters
    ----------
    principal, desk : who asks, and where.
    selection : which of them.
    page : counted from 1; None: all of them.

    Returns
    -------
    Columns `LISTED`, first served first.

    Raises
    ------
    NotAllowed
        If the role sees no such list.
    """
    index, own = find_own_pupils(principal, desk, "ask_priority")
    own = own[own < index.ranked]
    found = own[selection.match(index.pupils, desk.folder)[own]]
    return write_codes(index.pupils.iloc[cut_page(found, page)][list(LISTED)])


@authorise
def count_priority(principal: Principal, desk: Desk, selection: Selection = EVERYWHERE) -> Counted:
    """Return how many pupils `ask_priority` has on all its pages, and how many without the selection."""
    index, own = find_own_pupils(principal, desk, "count_priority")
    own = own[own < index.ranked]
    return Counted(int(selection.match(index.pupils, desk.folder)[own].sum()), len(own))


@authorise
def ask_pupil_schools(
    principal: Principal, desk: Desk, selection: Selection = EVERYWHERE
) -> dict[str, str]:
    """Return id → name of the schools of somebody's own pupils in a place, whatever school is chosen there.

    Raises
    ------
    NotAllowed
        If the role has no list of pupils or awards.
    """
    index, own = find_own_pupils(principal, desk, "ask_pupil_schools")
    place = Selection(commune=selection.commune, hamlet=selection.hamlet)
    here, schools = own[place.match(index.pupils, desk.folder)[own]], index.pupils["school_id"].cat
    codes = np.unique(schools.codes.to_numpy()[here])
    found, names = schools.categories[codes[codes >= 0]], read_names(desk.folder)["school_id"]
    return {str(code): names.get(code, str(code)) for code in found}


@authorise
def ask_reasons(
    principal: Principal, desk: Desk, student_key: str, language: str = "vi"
) -> list[str]:
    """Return why one pupil of somebody's own communes or schools stands where they stand, without a name.

    Raises
    ------
    NotAllowed
        If the role sees no such list, or the pupil is not theirs or not there.
    """
    student = _find_student(principal, desk, "ask_reasons", student_key)
    return explain_pupil(student, policy=load_policy(student["policy"]), language=language)


@authorise
def look_at_pupil(
    principal: Principal, desk: Desk, student_key: str, purpose: Purpose, language: str = "vi"
) -> Record:
    """Return one pupil's record; both logs have the look before anything is returned.

    Parameters
    ----------
    principal, desk : who asks, and where.
    student_key : pseudonym of a pupil of their own communes or schools.
    purpose : why.
    language : ``vi`` or ``en``.

    Raises
    ------
    NotAllowed
        If the role opens no records, or the pupil is not theirs or not there: the answer is the same.
    """
    student = _find_student(principal, desk, "look_at_pupil", student_key)
    _log_look(principal, desk, student_key, purpose)
    policy = load_policy(student["policy"])
    lines = explain_pupil(student, policy=policy, language=language)
    return Record(student_key, _read_facts(desk, student_key), tuple(lines))


def _find_student(principal: Principal, desk: Desk, name: str, student_key: str) -> pd.Series:
    """Return the row of one's own pupil of a whole pseudonym."""
    index, own = find_own_pupils(principal, desk, name)
    found = index.find_keys([student_key])
    subject, theirs = name_subject(student_key), found[np.isin(found, own)]
    check_own(principal, desk, name, found, theirs, subject=subject)
    return index.read_pupil(int(found[0]))


def _log_look(principal: Principal, desk: Desk, student_key: str, purpose: Purpose) -> None:
    """Write the look into the log of the personal store and into the access log."""
    now = desk.clock()
    vault = Vault(desk.folder / PERSONAL_FOLDER)
    who = f"{principal.role} ({principal.account_id})"
    why = f"{purpose} {student_key}"
    vault.log_look(who=who, why=why, table=PUPILS, rows=1, when=now)
    log_access(
        desk.register,
        principal,
        str(Data.RECORD),
        when=now,
        subject=student_key,
        why=str(purpose),
        rows=1,
    )


def _read_facts(desk: Desk, student_key: str) -> dict[str, Any]:
    """Return what the personal store knows of a pupil."""
    found = Vault(desk.folder / PERSONAL_FOLDER).read(PUPILS, of=[student_key])
    if found.empty:
        return {}
    row = found.iloc[0]
    return {name: row[name] if pd.notna(row[name]) else "" for name in RECORDED if name in row}
