"""Say which records are one pupil: certainly, or so likely that a person must look."""

from __future__ import annotations

import pandas as pd

from phusong.persons.judging import judge_pairs
from phusong.persons.traits import COMPARED, describe_records
from phusong.persons.weighing import COMPARISONS, weigh_pairs
from phusong.persons.words import Likeness, Trait, give_reason
from phusong.vocabulary.parameters import Persons
from phusong.vocabulary.pupils import Identity

LINK_COLUMNS = ("left", "right", "verdict", "probability", "reasons")
_NUMBERS = (Trait.NUMBER, Trait.CODE, Trait.SCHOOL)


def link_records(records: pd.DataFrame, *, persons: Persons) -> pd.DataFrame:
    """Return the pairs of records that are, or may be, one pupil.

    Whoever is on no pair stands alone. The order of the records changes nothing.

    Parameters
    ----------
    records : accepted_students on 0…n−1 with hamlet_id and commune_code; record_id is unique.
    persons : parameters.

    Returns
    -------
    left, right (record_id, left < right), verdict (`Identity`: certain or probable), probability [1] of the
    weights, or 1 where a number decides, reasons (trait:likeness by |, see `words`); ordered by left, right.

    Raises
    ------
    ValueError
        If a record_id stands twice.
    """
    if records["record_id"].duplicated().any():
        raise ValueError("a record_id stands twice")
    if len(records) < 2:
        return _name_pairs(pd.DataFrame(columns=list(LINK_COLUMNS)))
    ordered = records[list(COMPARED)].sort_values("record_id").reset_index(drop=True)
    traits = describe_records(ordered, persons=persons)
    pairs = judge_pairs(weigh_pairs(traits, persons=persons), traits, persons=persons)
    found = pairs[pairs["verdict"] != str(Identity.DIFFERENT)]
    names = traits["record_id"].to_numpy()
    reasons = _give_reasons(found)
    return _name_pairs(
        found.assign(left=names[found["left"]], right=names[found["right"]], reasons=reasons)
    )


def _name_pairs(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs in their columns, typed and ordered."""
    typed = pairs[list(LINK_COLUMNS)].astype(
        dict.fromkeys(LINK_COLUMNS, "str") | {"probability": float}
    )
    return typed.sort_values(["left", "right"], ignore_index=True)


def _give_reasons(pairs: pd.DataFrame) -> pd.Series:
    """Return what agrees and what does not in each pair; what is unknown is left out."""
    reasons = pd.Series("", index=pairs.index, dtype="str")
    for trait in (*COMPARISONS, *_NUMBERS):
        told = {str(how): give_reason(trait, how) + "|" for how in Likeness}
        told[str(Likeness.UNKNOWN)] = ""
        reasons = reasons + pairs[str(trait)].map(told).astype("str")
    return reasons.str.rstrip("|")
