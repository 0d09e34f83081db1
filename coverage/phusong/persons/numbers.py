"""Numbers that name a pupil: which are fit to, and which are one slip of the hand apart."""

from __future__ import annotations

import numpy as np
import pandas as pd

ID_DIGITS = 12
#: Digits of the ministry's student codes in practice; no parameter, since pseudonyms hang on it.
CODE_DIGITS = 10
#: Place of birth registration 001–096, century and sex, year; six digits that are not all one.
_PERSONAL_ID = r"(?!000)0(?:[0-8]\d|9[0-6])[0-3]\d{2}(?!(\d)\1{5})\d{6}"


def read_ids(ids: pd.Series) -> pd.Series:
    """Return personal ids that can be somebody's; empty text for all others.

    The number is ``PPP C YY NNNNNN``: place of registration, century and sex, year of birth, six digits; it
    has no check digit (Nghị định 137/2015/NĐ-CP, điều 13; Thông tư 59/2021/TT-BCA). Six equal digits at the
    end are a clerk's filling.

    Parameters
    ----------
    ids : text, missing where there is none.
    """
    text = read_text(ids)
    return text.where(text.str.fullmatch(_PERSONAL_ID), "")


def read_national_codes(codes: pd.Series) -> pd.Series:
    """Return student codes that are the ministry's; empty text for a school's own.

    Parameters
    ----------
    codes : text, missing where there is none.
    """
    text = read_text(codes)
    return text.where(text.str.fullmatch(rf"(?!(\d)\1*$)\d{{{CODE_DIGITS}}}"), "")


def read_text(values: pd.Series) -> pd.Series:
    """Return values as text without spaces at its ends, empty where missing."""
    return values.astype("object").where(values.notna(), "").astype("str").str.strip()


def clear_shared(values: pd.Series, *, most: float) -> pd.Series:
    """Return the values without those that too many records share: a school's telephone, a filled-down code.

    Parameters
    ----------
    values : text, empty where there is none.
    most : how many records may share one value [records].
    """
    shared = values.groupby(values).transform("size")
    return values.where(shared <= most, "")


def differ_by_slip(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return which pairs of ids are one digit, or two neighbours changed over, apart.

    Parameters
    ----------
    first, second : valid personal ids [n]; a pair with an empty one is not.
    """
    known = (first != "") & (second != "")
    apart = np.zeros(len(known), dtype=bool)
    if not known.any():
        return apart
    a, b = (
        side[known].astype(f"<U{ID_DIGITS}").view("U1").reshape(-1, ID_DIGITS)
        for side in (first, second)
    )
    wrong = a != b
    count, at = wrong.sum(axis=1), wrong.argmax(axis=1)
    after, row = np.minimum(at + 1, ID_DIGITS - 1), np.arange(len(at))
    over = (a[row, at] == b[row, after]) & (a[row, after] == b[row, at]) & wrong[row, after]
    apart[known] = (count == 1) | ((count == 2) & over)
    return apart
