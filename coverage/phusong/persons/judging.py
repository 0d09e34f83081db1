"""Rules above the weights: what two records may at most be, whatever their likeness.

A wrong merge takes a device from a child who is due one; a pair for review costs a person a minute. So the
weights alone make nothing certain: they make a pair worth looking at, and these rules say which need no look.

- Personal ids: two different ones are two pupils, one slip of the hand apart is for a person; the same one
  is one pupil if the name agrees, else for a person (twins get each other's).
- The ministry's student code, or a school's own code within the school: one pupil if name and date agree, for
  a person if one of them does, two pupils if neither.
- No common number: one pupil only if name (diacritics may be missing), date of birth and a guardian,
  telephone or household code agree, sex does not differ, and the weights pass the higher threshold.
- One school that lists both under different codes lists two pupils: for a person at most; and twins if the
  names differ in anything.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.persons.numbers import differ_by_slip
from phusong.persons.words import Likeness, Trait
from phusong.vocabulary.parameters import Persons
from phusong.vocabulary.pupils import Identity

#: Likenesses that leave no doubt, and those that a slip of the hand explains.
SAME_NAME = [str(h) for h in (Likeness.EQUAL, Likeness.BARE)]
CLOSE_NAME = [
    *SAME_NAME,
    *map(str, (Likeness.TURNED, Likeness.SHORT, Likeness.LETTER, Likeness.MARKS)),
]
CLOSE_BIRTH = [str(h) for h in (Likeness.EQUAL, Likeness.TURNED, Likeness.LETTER, Likeness.UNKNOWN)]
_EQUAL, _OTHER, _UNKNOWN = str(Likeness.EQUAL), str(Likeness.OTHER), str(Likeness.UNKNOWN)
_CERTAIN, _PROBABLE, _DIFFERENT = map(str, Identity)


def judge_pairs(pairs: pd.DataFrame, traits: pd.DataFrame, *, persons: Persons) -> pd.DataFrame:
    """Return the pairs with a verdict, and with how their numbers and schools compare.

    Parameters
    ----------
    pairs : from `weigh_pairs`.
    traits : from `describe_records`.
    persons : parameters.

    Returns
    -------
    pairs + verdict, number, code, school; a pair that a number makes certain has probability 1.
    """
    told = _compare_numbers(pairs, traits)
    verdict = _judge_likeness(told, persons=persons)
    verdict = _judge_codes(told, verdict)
    verdict = _judge_schools(told, verdict)
    verdict = _judge_ids(told, verdict)
    told = told.assign(verdict=_doubt_bare(told, traits, verdict))
    certain = told["verdict"] == _CERTAIN
    by_number = (told[str(Trait.NUMBER)] == _EQUAL) | (told[str(Trait.CODE)] == _EQUAL)
    return told.assign(probability=told["probability"].mask(certain & by_number, 1.0))


def _compare_numbers(pairs: pd.DataFrame, traits: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs with number, code and school compared, and whether one school has both on its list."""
    sides = [traits.iloc[pairs[side]].reset_index(drop=True) for side in ("left", "right")]
    a, b = sides
    number = _tell(a["personal_id"], b["personal_id"])
    slip = differ_by_slip(a["personal_id"].to_numpy(), b["personal_id"].to_numpy())
    here = (a["school"] != "") & (a["school"] == b["school"])
    codes = _tell(a["code"], b["code"])
    own = _tell(a["own_code"], b["own_code"])
    return pairs.assign(
        number=np.where(slip, str(Likeness.LETTER), number),
        code=np.where((codes == _UNKNOWN) & here, own, codes),
        school=_tell(a["school"], b["school"]),
        both_listed=here & ~a["gone"] & ~b["gone"],
    )


def _tell(first: pd.Series, second: pd.Series) -> np.ndarray:
    """Return whether two columns are equal, different or not known in both."""
    known = ((first != "") & (second != "")).to_numpy()
    return np.where(known, np.where((first == second).to_numpy(), _EQUAL, _OTHER), _UNKNOWN)


def _judge_likeness(told: pd.DataFrame, *, persons: Persons) -> pd.Series:
    """Return the verdicts of the weights, with certainty only where everything that matters agrees."""
    name, birth = told[str(Trait.NAME)], told[str(Trait.BIRTH)]
    family = (
        told[str(Trait.GUARDIANS)].isin([_EQUAL, str(Likeness.ONE)])
        | (told[str(Trait.PHONE)] == _EQUAL)
        | (told[str(Trait.HOUSEHOLD)] == _EQUAL)
    )
    agrees = name.isin(SAME_NAME) & (birth == _EQUAL) & (told[str(Trait.SEX)] != _OTHER) & family
    likely = told["probability"] >= persons.number("probable_probability")
    sure = told["probability"] >= persons.number("certain_probability")
    verdict = pd.Series(_DIFFERENT, index=told.index)
    verdict = verdict.mask(likely & name.isin(CLOSE_NAME) & birth.isin(_BIRTH_LIKELY), _PROBABLE)
    return verdict.mask(sure & agrees, _CERTAIN)


#: Without a common number, a date that shares nothing but its year is another pupil's.
_BIRTH_LIKELY = [*CLOSE_BIRTH, str(Likeness.YEAR)]


def _judge_codes(told: pd.DataFrame, verdict: pd.Series) -> pd.Series:
    """Return the verdicts as the student codes have them."""
    equal = told[str(Trait.CODE)] == _EQUAL
    name = told[str(Trait.NAME)].isin(CLOSE_NAME)
    birth = told[str(Trait.BIRTH)].isin(CLOSE_BIRTH)
    verdict = verdict.mask(equal & name & birth, _CERTAIN)
    verdict = verdict.mask(equal & (name ^ birth), _PROBABLE)
    return verdict.mask(equal & ~name & ~birth, _DIFFERENT)


def _judge_schools(told: pd.DataFrame, verdict: pd.Series) -> pd.Series:
    """Return the verdicts with doubt where one school has both on its list: twins, or two of one name."""
    same_code = told[str(Trait.CODE)] == _EQUAL
    other_name = ~told[str(Trait.NAME)].isin(SAME_NAME)
    two_codes = told[str(Trait.CODE)] == _OTHER
    twins = told["both_listed"] & other_name & (told[str(Trait.BIRTH)] == _EQUAL)
    doubtful = told["both_listed"] & (two_codes | (twins & same_code)) & (verdict == _CERTAIN)
    return verdict.mask(doubtful, _PROBABLE).mask(twins & ~same_code, _DIFFERENT)


def _judge_ids(told: pd.DataFrame, verdict: pd.Series) -> pd.Series:
    """Return the verdicts as the personal ids have them, which outweighs everything else."""
    number = told[str(Trait.NUMBER)]
    name, birth = told[str(Trait.NAME)], told[str(Trait.BIRTH)]
    twins = told["both_listed"] & ~name.isin(SAME_NAME) & (birth == _EQUAL)
    agrees = name.isin(SAME_NAME) | (name.isin(CLOSE_NAME) & birth.isin(CLOSE_BIRTH))
    verdict = verdict.mask(number == _EQUAL, _PROBABLE)
    verdict = verdict.mask((number == _EQUAL) & agrees & ~twins, _CERTAIN)
    slip = (number == str(Likeness.LETTER)) & (verdict == _CERTAIN)
    return verdict.mask(slip, _PROBABLE).mask(number == _OTHER, _DIFFERENT)


def _doubt_bare(told: pd.DataFrame, traits: pd.DataFrame, verdict: pd.Series) -> pd.Series:
    """Return the verdicts with doubt where a name without diacritics is read in two ways.

    `Nguyen Van Hung` may be Nguyễn Văn Hùng or his twin Nguyễn Văn Hưng.
    """
    bare = (verdict == _CERTAIN) & (told[str(Trait.NAME)] == str(Likeness.BARE))
    bare &= (told[str(Trait.NUMBER)] != _EQUAL) & (told[str(Trait.CODE)] != _EQUAL)
    names = [traits["name"].to_numpy()[told.loc[bare, side]] for side in ("left", "right")]
    bases = [traits["base"].to_numpy()[told.loc[bare, side]] for side in ("left", "right")]
    left_bare = names[0] == bases[0]
    plain = np.where(left_bare, told.loc[bare, "left"], told.loc[bare, "right"])
    meant = np.where(left_bare, names[1], names[0])
    readings = pd.Series(meant).groupby(plain).transform("nunique").to_numpy()
    doubted = verdict.copy()
    doubted[bare] = np.where(readings > 1, _PROBABLE, _CERTAIN)
    return doubted
