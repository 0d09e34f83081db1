"""What a record is compared by: names folded, dates taken apart, numbers checked, keys to look under."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.persons.numbers import clear_shared, read_ids, read_national_codes, read_text
from phusong.vietnamese import base_keys, tone_key
from phusong.vocabulary.parameters import Persons
from phusong.vocabulary.pupils import Enrolment

#: Ngã as hỏi; half the country does not tell them apart, nor do its clerks.
_LEVEL = str.maketrans("ãẵẫẽễĩõỗỡũữỹ", "ảẳẩẻểỉỏổởủửỷ")
#: What of a record is compared.
COMPARED = (
    "record_id", "student_code", "personal_id", "full_name", "birth_date", "sex", "school_id", "status",
    "guardian_1", "guardian_2", "phone", "household_code", "hamlet_id", "commune_code",
)  # fmt: skip
#: Whoever is listed so is no longer a pupil of the school that lists them.
GONE = [str(s) for s in (Enrolment.MOVED_OUT, Enrolment.LEFT, Enrolment.DROPPED_OUT)]
#: Columns of the traits under which pairs are looked for: the same number, whatever else is said; and others.
_KEYS = {
    "by_id": ["personal_id"],
    "by_code": ["code"],
    "by_own_code": ["school", "own_code"],
    "by_birth_given": ["birth", "given"],
    "by_name_month": ["base", "year_month"],
    "by_name_days": ["base", "days"],
    "by_name_day": ["base", "month_day"],
    "by_household_birth": ["household", "birth"],
    "by_phone_birth": ["phone", "birth"],
    "by_father_birth": ["father", "birth"],
    "by_mother_birth": ["mother", "birth"],
    "by_name_father": ["base", "father"],
    "by_name_mother": ["base", "mother"],
    "by_name_phone": ["base", "phone"],
    "by_name_household": ["base", "household"],
    "by_name_hamlet": ["base", "hamlet"],
}
NUMBER_BLOCKS = ("by_id", "by_code", "by_own_code")
BLOCKS = tuple(name for name in _KEYS if name not in NUMBER_BLOCKS)


def describe_records(records: pd.DataFrame, *, persons: Persons) -> pd.DataFrame:
    """Return what each record is compared by; empty text is unknown everywhere.

    Parameters
    ----------
    records : accepted_students with hamlet_id and commune_code.
    persons : parameters.

    Returns
    -------
    On the records' index: record_id; name (with tones), base (without), surname, given, bag (words in order);
    father, mother; birth (ISO), turned (day and month changed over), year; sex; phone;
    household; personal_id; code (the ministry's), own_code (the school's); school; hamlet, commune; gone; and
    one column for each of `NUMBER_BLOCKS` and `BLOCKS`.
    """
    most = persons.number("shared_number_records")
    traits = pd.concat([_describe_names(records), _describe_births(records)], axis=1)
    code = read_national_codes(records["student_code"])
    traits = traits.assign(
        record_id=records["record_id"].astype("str"),
        sex=read_text(records["sex"]),
        phone=clear_shared(read_text(records["phone"]), most=most),
        household=clear_shared(read_text(records["household_code"]), most=most),
        personal_id=clear_shared(read_ids(records["personal_id"]), most=most),
        code=clear_shared(code, most=most),
        own_code=read_text(records["student_code"]),
        school=read_text(records["school_id"]),
        hamlet=read_text(records["hamlet_id"]),
        commune=read_text(records["commune_code"]),
        gone=records["status"].isin(GONE),
    )
    return _block_records(traits, most=persons.number("block_records"))


def fold_names(names: pd.Series) -> pd.Series:
    """Return names as `tone_key` folds them, hỏi for ngã; empty where missing."""
    known = {name: level_name(name) for name in names.dropna().unique()}
    return names.map(known).astype("object").where(names.notna(), "").astype("str")


def level_name(name: str) -> str:
    """Return a name's tone key with hỏi for ngã."""
    return tone_key(name).translate(_LEVEL)


def _describe_names(records: pd.DataFrame) -> pd.DataFrame:
    """Return the parts of the pupils' names, and their guardians' without diacritics."""
    name = fold_names(records["full_name"])
    base = base_keys(name)
    at, different = pd.factorize(base)
    words = [text.split(" ") for text in different]
    parts = {
        "surname": [w[0] for w in words],
        "given": [w[-1] for w in words],
        "bag": [" ".join(sorted(w)) for w in words],
    }
    return pd.DataFrame(
        {
            "name": name,
            "base": base,
            **{part: pd.array(texts, dtype="str").take(at) for part, texts in parts.items()},
            "father": base_keys(fold_names(records["guardian_1"])),
            "mother": base_keys(fold_names(records["guardian_2"])),
        },
        index=records.index,
    )


def _describe_births(records: pd.DataFrame) -> pd.DataFrame:
    """Return the parts of the dates of birth."""
    birth = records["birth_date"]
    parts = {
        "birth": "%Y-%m-%d", "year": "%Y", "year_month": "%Y-%m", "month_day": "%m-%d", "turned": "%Y-%d-%m",
    }  # fmt: skip
    return pd.DataFrame({name: read_text(birth.dt.strftime(form)) for name, form in parts.items()})


def _block_records(traits: pd.DataFrame, *, most: float) -> pd.DataFrame:
    """Return the traits with the keys to look under; none where a part is unknown or the heap too large."""
    days = traits[["birth", "turned"]].min(axis=1)
    columns = sorted({column for parts in _KEYS.values() for column in parts})
    codes = {name: _number_values(traits.get(name, days)) for name in columns}
    blocks = {
        name: _join_key([codes[part] for part in parts], most=most) for name, parts in _KEYS.items()
    }
    kept = traits.drop(columns=["year_month", "month_day"])
    return kept.assign(**{name: blocks[name] for name in (*NUMBER_BLOCKS, *BLOCKS)})


def _number_values(values: pd.Series) -> np.ndarray:
    """Return a number for each different value; −1 where it is not known."""
    return np.where(values == "", -1, pd.factorize(values)[0]).astype("int64")


def _join_key(parts: list[np.ndarray], *, most: float) -> pd.arrays.IntegerArray:
    """Return the parts as one key; missing where a part is unknown, nobody shares it, or too many do."""
    whole = np.logical_and.reduce([part >= 0 for part in parts])
    joined = parts[0]
    for part in parts[1:]:
        joined = joined * (part.max(initial=0) + 1) + part
    _, key, size = np.unique(joined[whole], return_inverse=True, return_counts=True)
    shared = (size[key] > 1) & (size[key] <= most)
    keys = np.full(len(whole), -1, dtype="int32")
    keys[whole] = np.where(shared, key, -1)
    return pd.arrays.IntegerArray(keys, keys < 0)
