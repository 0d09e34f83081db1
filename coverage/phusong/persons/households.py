"""Say which pupils live in one household.

A household's code says it where it is stated; else both guardians' names within a hamlet; else a telephone
within a hamlet, among children of one surname. The weaker sign joins a pupil to a household that a stronger
one has made, but never two such households to each other, and names alone join nobody across hamlets.
"""

from __future__ import annotations

import pandas as pd

from phusong.persons.keys import HOUSEHOLD, hash_identities
from phusong.persons.numbers import read_text
from phusong.persons.traits import fold_names
from phusong.vietnamese import base_keys
from phusong.vocabulary.parameters import Persons

_SEPARATOR = "\x1f"


def group_households(pupils: pd.DataFrame, *, key: bytes, persons: Persons) -> pd.DataFrame:
    """Return the household of each pupil; one of whom nothing is known lives alone.

    Parameters
    ----------
    pupils : from `merge_records`.
    key : from `open_key`.
    persons : from how many pupils on a telephone or pair of names is no household's.

    Returns
    -------
    household_key, household_pupils [pupils] on the pupils' index.
    """
    most = persons.number("household_pupils")
    home = pd.Series("", index=pupils.index, dtype="str")
    for sign in (_sign_codes(pupils), _sign_guardians(pupils), _sign_phones(pupils)):
        home = _join_by(home, sign, most=most)
    home = home.where(home != "", "alone" + _SEPARATOR + pupils["student_key"])
    return pd.DataFrame(
        {
            "household_key": pd.Series(
                hash_identities(key, HOUSEHOLD, home), index=pupils.index, dtype="str"
            ),
            "household_pupils": home.groupby(home).transform("size").astype("int64"),
        }
    )


def _sign_codes(pupils: pd.DataFrame) -> pd.Series:
    """Return each household's code within its commune."""
    code = read_text(pupils["household_code"]).str.casefold()
    return _sign("code", [read_text(pupils["commune_code"]), code])


def _sign_guardians(pupils: pd.DataFrame) -> pd.Series:
    """Return both guardians' names within the hamlet, whichever column they stand in."""
    names = pd.concat(
        [base_keys(fold_names(pupils[n])) for n in ("guardian_1", "guardian_2")], axis=1
    )
    both = [names.min(axis=1), names.max(axis=1)]
    return _sign("names", [read_text(pupils["hamlet_id"]), *both])


def _sign_phones(pupils: pd.DataFrame) -> pd.Series:
    """Return the telephone within the hamlet, for children of one surname."""
    surname = base_keys(fold_names(pupils["full_name"])).str.split(" ").str[0].fillna("")
    hamlet, phone = read_text(pupils["hamlet_id"]), read_text(pupils["phone"])
    return _sign("phone", [hamlet, phone, surname])


def _sign(kind: str, parts: list[pd.Series]) -> pd.Series:
    """Return the parts as one text, empty where one is not known."""
    whole = pd.concat(parts, axis=1).ne("").all(axis=1)
    text = parts[0].str.cat(parts[1:], sep=_SEPARATOR)
    return (kind + _SEPARATOR + text).where(whole, "")


def _join_by(home: pd.Series, sign: pd.Series, *, most: float) -> pd.Series:
    """Return the households with pupils added who share a sign.

    Of those who share it and have no household yet, all go to the one household that shares it too; where
    there are several or none, they make one of their own.
    """
    shared = sign[sign != ""]
    shared = shared[shared.groupby(shared).transform("size") <= most]
    made = home[shared.index]
    made = made[made != ""]
    by_sign = made.groupby(shared[made.index])
    only = by_sign.first()[by_sign.nunique() == 1]
    joined = shared.map(only.to_dict()).astype("object")
    joined = joined.where(joined.notna(), shared).astype("str")
    return home.where(home != "", joined.reindex(home.index).fillna(""))
