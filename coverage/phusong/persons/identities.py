"""What a pupil may be known by: numbers, and name with birth, school and guardians."""

from __future__ import annotations

import pandas as pd

from phusong.persons.numbers import read_ids, read_national_codes, read_text
from phusong.persons.traits import fold_names
from phusong.vietnamese import base_keys

_SEPARATOR = "\x1f"


def list_identities(pupils: pd.DataFrame) -> list[pd.Series]:
    """Return what a pupil may be known by, the best first; empty where it is not known.

    Parameters
    ----------
    pupils : columns of accepted_students.
    """
    school = read_text(pupils["school_id"])
    code = read_text(pupils["student_code"])
    national = read_national_codes(pupils["student_code"])
    birth = read_text(pupils["birth_date"].dt.strftime("%Y-%m-%d"))
    names = [base_keys(fold_names(pupils[n])) for n in ("full_name", "guardian_1", "guardian_2")]
    known = [fold_names(pupils["full_name"]), birth, school, *names[1:]]
    ids = read_ids(pupils["personal_id"])
    own = "own" + _SEPARATOR + school + _SEPARATOR + code
    return [
        ("id" + _SEPARATOR + ids).where(ids != "", ""),
        ("code" + _SEPARATOR + national).where(national != "", ""),
        own.where((code != "") & (school != ""), ""),
        known[0].str.cat(known[1:], sep=_SEPARATOR),
    ]
