"""Find pupils on the communes' lists of poor and near-poor households.

The list of the year is what the commune has certified, so its word stands before the school's: a pupil whose
commune has delivered its list and who is not on it is `neither`. The list has no personal ids; households are
found by code, by member, and by head. A common name alone settles nothing: it makes a match `probable`, and a
person confirms it.
"""

from __future__ import annotations

import pandas as pd

from phusong.persons.entries import pair_pupils, take_latest
from phusong.vocabulary.parameters import Persons
from phusong.vocabulary.pupils import Identity, Poverty

_CERTAIN, _PROBABLE = str(Identity.CERTAIN), str(Identity.PROBABLE)


def match_poverty(pupils: pd.DataFrame, poverty: pd.DataFrame, *, persons: Persons) -> pd.DataFrame:
    """Return what the communes' lists say of each pupil.

    Parameters
    ----------
    pupils : from `merge_records`.
    poverty : accepted_poverty with hamlet_id and commune_code; of each commune the newest year counts.
    persons : from how many pupils on a household's code is none.

    Returns
    -------
    On the pupils' index: poverty (`Poverty`; `neither` where the commune's list is there and the pupil is not
    on it; empty where there is no list), poverty_verdict (`Identity`: certain or probable; empty without an
    entry), entry_id. Two entries that are equally sure, or a member who is two pupils, are probable.
    """
    entries = take_latest(poverty)
    told = pd.DataFrame(
        {
            "poverty": _say_neither(pupils, entries),
            "poverty_verdict": pd.Series(None, index=pupils.index, dtype="str"),
            "entry_id": pd.Series(None, index=pupils.index, dtype="str"),
        }
    )
    pairs = pair_pupils(pupils, entries, persons=persons)
    best = _choose_entries(_doubt_rivals(pairs))
    found = best.set_index("pupil")
    told.loc[found.index, "poverty"] = found["entry"].map(entries["poverty"])
    told.loc[found.index, "poverty_verdict"] = found["verdict"]
    told.loc[found.index, "entry_id"] = found["entry"].map(entries["entry_id"])
    return told.astype("str")


def _say_neither(pupils: pd.DataFrame, entries: pd.DataFrame) -> pd.Series:
    """Return `neither` for pupils whose commune has delivered a list; empty for others."""
    delivered = pupils["commune_code"].isin(entries["commune_code"].dropna())
    return pd.Series(None, index=pupils.index, dtype="str").mask(delivered, str(Poverty.NEITHER))


def _doubt_rivals(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs with doubt where a member of a household is two pupils, or rather another one."""
    known = pairs[(pairs["verdict"] == _CERTAIN) & (pairs["member"] >= 0)]
    place = [known["entry"], known["member"]]
    exact = known["exact"].groupby(place).transform("any")
    nearest = known[known["exact"] | ~exact]
    alone = nearest.groupby(["entry", "member"])["pupil"].transform("size") == 1
    doubtful = known.index.difference(nearest.index[alone])
    return pairs.assign(verdict=pairs["verdict"].mask(pairs.index.isin(doubtful), _PROBABLE))


def _choose_entries(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the best entry of each pupil; doubtful where another is as sure.

    Of several, the one named is where most signs agree, so that a person has somewhere to begin.
    """
    rank = (pairs["verdict"] != _CERTAIN).astype(int)
    order = pairs.assign(rank=rank).sort_values(
        ["pupil", "rank", "exact", "score", "entry"], ascending=[True, True, False, False, True]
    )
    sure = order[order["rank"] == 0]
    several = set(sure.loc[sure["pupil"].duplicated(), "pupil"])
    first = order.drop_duplicates("pupil")
    return first.assign(verdict=first["verdict"].mask(first["pupil"].isin(several), _PROBABLE))
