"""Put the eligible pupils in the order in which they are served.

The order is by tier, then by the policy's tie-breaks; the last is the sha256 of the published seed and the
pupil's pseudonym, so no two pupils are equal, the order of the rows does not matter, and anybody who
holds seed and pseudonym can recompute it.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import pandas as pd

from phusong.gaps.pupils.policy import NeedPolicy
from phusong.gaps.pupils.words import TieBreak
from phusong.vocabulary.pupils import HomeDevice
from phusong.vocabulary.terms import GapClass

#: Hamlet classes from well connected to not at all; hamlets without data come after both ends.
BY_REACH = tuple(str(c) for c in (GapClass.K1, GapClass.K2, GapClass.K3, GapClass.K4, GapClass.K5))


def rank_pupils(pupils: pd.DataFrame, *, policy: NeedPolicy) -> pd.DataFrame:
    """Return the pupils with their rank and whether they need a device, counted both ways.

    Per pupil, whoever has no device that counts needs one; of those who share too few, as many as the home
    is short of, first by rank. Per household, the first of these by rank.

    Parameters
    ----------
    pupils : as `judge_need` returns them.
    policy : tie-breaks and seed.

    Returns
    -------
    The pupils with rank (1…n over the eligible, otherwise empty), device_needed and
    device_needed_household (empty where it is not known).
    """
    chosen = pupils["eligible"].fillna(value=False).to_numpy(dtype=bool)
    order = _sort_eligible(pupils[chosen], policy)
    rank = pd.Series(pd.NA, index=pupils.index, dtype="Int64")
    rank[chosen] = order
    needed = _mark_needed(pupils, rank)
    first = _mark_first(pupils, rank, needed)
    unknown = (pupils["eligible"].isna() & pupils["device_adequate"].isna()).to_numpy(dtype=bool)
    return pupils.assign(
        rank=rank,
        device_needed=pd.Series(needed, index=pupils.index, dtype="boolean").mask(unknown),
        device_needed_household=pd.Series(first, index=pupils.index, dtype="boolean").mask(unknown),
    )


def _sort_eligible(eligible: pd.DataFrame, policy: NeedPolicy) -> np.ndarray:
    """Return each eligible pupil's rank, 1 first."""
    places = {str(rule.tier): n for n, rule in enumerate(policy.tier)}
    keys = [eligible["tier"].map(places).to_numpy()]
    for rule in policy.tie_break:
        sign = -1 if rule.order == "descending" else 1
        keys += [sign * key for key in break_ties(eligible, rule.by, policy=policy)]
    order = np.lexsort(keys[::-1])
    rank = np.empty(len(eligible), dtype=np.int64)
    rank[order] = np.arange(1, len(eligible) + 1)
    return rank


def break_ties(pupils: pd.DataFrame, by: TieBreak, *, policy: NeedPolicy) -> list[np.ndarray]:
    """Return the values by which a tie-break sorts, most telling first.

    Parameters
    ----------
    pupils : as `judge_need` returns them; `applied_on` and `school_id` are used where they stand.
    by : the tie-break.
    policy : exam grades, closures, seed, and which hamlets come first.
    """
    if by == TieBreak.DEVICE_GAP:
        none = (pupils["device"] == HomeDevice.NONE).to_numpy(dtype=bool)
        lacks = (~pupils["device_adequate"]).fillna(value=False).to_numpy(dtype=bool)
        return [none.astype(int) + lacks]
    if by == TieBreak.EXAM_GRADE:
        return [_place_in(pupils["grade"], list(policy.exam_grades))]
    if by == TieBreak.CLOSURE:
        return [find_closures(pupils, policy=policy).astype(int)]
    if by == TieBreak.LEARNERS_PER_DEVICE:
        devices = pupils["home_devices"].to_numpy()
        share = pupils["home_learners"].to_numpy() / np.maximum(devices, 1)
        return [(devices == 0).astype(int), share]
    if by == TieBreak.HAMLET_CLASS:
        ends = BY_REACH if policy.connectivity_first == "reachable" else BY_REACH[::-1]
        return [_place_in(pupils["hamlet_class"], list(ends))]
    applied = by == TieBreak.APPLICATION
    return [_read_applications(pupils) if applied else _place_hashes(pupils, policy)]


def _place_in(values: pd.Series, order: list[Any]) -> np.ndarray:
    """Return where each value stands in a list; after its end where it does not."""
    place = {value: n for n, value in enumerate(order)}
    return values.map(place).astype("float64").fillna(len(order)).to_numpy()


def _place_hashes(pupils: pd.DataFrame, policy: NeedPolicy) -> np.ndarray:
    """Return where each pupil's hash stands among the hashes."""
    return np.unique(hash_ties(pupils["student_key"], seed=policy.seed), return_inverse=True)[1]


def find_closures(pupils: pd.DataFrame, *, policy: NeedPolicy) -> np.ndarray:
    """Return who lives under a distancing order or goes to a closed school."""
    closed = policy.closures
    ordered = pupils["commune_code"].isin(closed.communes) & (pupils["edition"] == closed.edition)
    return (ordered | pupils["school_id"].isin(closed.schools)).to_numpy(dtype=bool)


def _read_applications(pupils: pd.DataFrame) -> np.ndarray:
    """Return the day of application as a number of days; whoever has none comes last."""
    if "applied_on" not in pupils:
        return np.zeros(len(pupils))
    days = (pupils["applied_on"] - pd.Timestamp(0)) / pd.Timedelta(days=1)
    return days.fillna(np.inf).to_numpy(dtype=float)


def hash_ties(keys: pd.Series, *, seed: str) -> np.ndarray:
    """Return the sha256 of seed and pseudonym, `seed:key` in UTF-8, in hexadecimal digits."""
    digests = [hashlib.sha256(f"{seed}:{key}".encode()).hexdigest() for key in keys]
    return np.array(digests, dtype="U64")


def _mark_needed(pupils: pd.DataFrame, rank: pd.Series) -> np.ndarray:
    """Return who needs a device, counted per pupil."""
    lacks = (~pupils["device_adequate"]).fillna(value=False).to_numpy(dtype=bool)
    lacks &= rank.notna().to_numpy()
    suits = pupils["device_suits"].fillna(value=True).to_numpy(dtype=bool)
    sharing = lacks & suits & (pupils["device"] == HomeDevice.SHARED).to_numpy(dtype=bool)
    place = rank[sharing].groupby(_home_of(pupils)[sharing]).rank(method="first")
    served = place <= pupils.loc[sharing, "home_short"]
    needed = lacks.copy()
    needed[sharing] = served.to_numpy(dtype=bool)
    return needed


def _mark_first(pupils: pd.DataFrame, rank: pd.Series, needed: np.ndarray) -> np.ndarray:
    """Return the first pupil by rank of each home in which one needs a device."""
    lowest = rank[needed].groupby(_home_of(pupils)[needed]).transform("min")
    first = np.zeros(len(pupils), dtype=bool)
    first[needed] = (rank[needed] == lowest).to_numpy(dtype=bool)
    return first


def _home_of(pupils: pd.DataFrame) -> pd.Series:
    """Return what tells one home from another."""
    return pupils["household_key"].fillna(pupils["student_key"])
