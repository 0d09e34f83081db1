"""What persons have decided about pairs of pupils: that two are one, or that two who look alike are two.

A decision knows both pupils by their tokens, keyed hashes of all their identities, so that it holds for the
records of later deliveries too, whatever pseudonym these bring.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from phusong.persons.identities import list_identities
from phusong.persons.keys import TOKEN, hash_identities
from phusong.persons.numbers import read_ids, read_text
from phusong.persons.traits import fold_names
from phusong.persons.words import Likeness, Trait, give_reason
from phusong.vietnamese import base_keys
from phusong.vocabulary.pupils import Identity

LEFT, RIGHT = "left", "right"
#: What stands among the reasons of a link that a person has made.
DECIDED = "decided:equal"


@dataclass(frozen=True)
class PairDecision:
    """Hold one decision.

    Parameters
    ----------
    is_one : whether both are one pupil; else they are two.
    left, right : tokens of each.
    """

    is_one: bool
    left: frozenset[str]
    right: frozenset[str]


@dataclass(frozen=True)
class Decided:
    """Hold what decisions say of records.

    Parameters
    ----------
    apart : record_id → name of a decided pair → which side the record is of.
    joined : pairs of record_ids that are one pupil, whatever their numbers say.
    """

    apart: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    joined: tuple[tuple[str, str], ...] = ()


def apply_decisions(
    records: pd.DataFrame, decisions: Collection[PairDecision], *, key: bytes
) -> Decided:
    """Return what decisions say of records.

    Parameters
    ----------
    records : accepted_students.
    decisions : in force.
    key : from `open_key`.
    """
    if not decisions:
        return Decided()
    whose = _find_records(records, decisions, key)
    apart: dict[str, dict[str, str]] = defaultdict(dict)
    joined: list[tuple[str, str]] = []
    for number, decision in enumerate(decisions):
        sides = {
            LEFT: sorted({r for t in decision.left for r in whose.get(t, ())}),
            RIGHT: sorted({r for t in decision.right for r in whose.get(t, ())}),
        }
        if decision.is_one and sides[LEFT] and sides[RIGHT]:
            every = [*sides[LEFT], *sides[RIGHT]]
            joined += [(every[0], other) for other in every[1:] if other != every[0]]
        elif not decision.is_one:
            for side, ids in sides.items():
                for record in ids:
                    apart[record][f"pair {number}"] = side
    return Decided(apart, tuple(joined))


def _find_records(
    records: pd.DataFrame, decisions: Collection[PairDecision], key: bytes
) -> dict[str, list[str]]:
    """Return token of a decided pupil → the records that it stands for."""
    wanted = frozenset(t for d in decisions for t in (*d.left, *d.right))
    ids = records["record_id"].astype("str").tolist()
    found: dict[str, list[str]] = defaultdict(list)
    for part in list_identities(records.reset_index(drop=True)):
        texts = part.tolist()
        for record, text, token in zip(ids, texts, hash_identities(key, TOKEN, texts), strict=True):
            if text and token in wanted:
                found[token].append(record)
    return found


#: By what pupils are near to each other.
NEAR = ("student_key", "full_name", "birth_date", "sex", "personal_id")


def list_near_pairs(pupils: pd.DataFrame, served: Collection[str]) -> pd.DataFrame:
    """Return the pupils who are so near to one who is served already that a person must look.

    One date of birth, and one name, with or without diacritics, of which one record may leave words out: too
    little to join two pupils, and enough not to give twice. Two personal ids or two sexes are two pupils.

    Parameters
    ----------
    pupils : the columns `NEAR`.
    served : pseudonyms of those whom an award holds.

    Returns
    -------
    left_key < right_key, reasons (by |); each pair once, in their order.
    """
    is_served = pupils["student_key"].isin(served)
    days = pupils.loc[is_served, "birth_date"].dropna()
    pupils = pupils[pupils["birth_date"].isin(days)]
    pupils = pupils.assign(ends=_fold_ends(pupils["full_name"]))
    # the whole names of those alone are folded who share both with one who is served: it takes long
    sought = pupils.loc[is_served, ["ends", "birth_date"]].drop_duplicates()
    pupils = pupils.merge(sought, on=["ends", "birth_date"])
    known = pd.DataFrame(
        {
            "key": pupils["student_key"].astype("str"),
            "base": base_keys(fold_names(pupils["full_name"])),
            "ends": pupils["ends"],
            "birth": pupils["birth_date"],
            "sex": read_text(pupils["sex"]),
            "number": read_ids(pupils["personal_id"]),
        }
    )
    known = known[known["base"] != ""]
    near = known[known["key"].isin(served)].merge(known, on=["ends", "birth"], suffixes=("", "_2"))
    near = near[near["key"] != near["key_2"]]
    for described in ("sex", "number"):
        one, other = near[described], near[f"{described}_2"]
        near = near[(one == "") | (other == "") | (one == other)]
    names = list(zip(near["base"], near["base_2"], strict=True))
    near = near[np.array([_leaves_words_out(*pair) for pair in names], dtype=bool)]
    ends = near[["key", "key_2"]]
    name = np.where(near["base"] == near["base_2"], Likeness.MARKS, Likeness.SHORT)
    birth = give_reason(Trait.BIRTH, Likeness.EQUAL)
    found = pd.DataFrame(
        {
            "left_key": ends.min(axis=1),
            "right_key": ends.max(axis=1),
            "reasons": [f"{give_reason(Trait.NAME, how)}|{birth}" for how in name],
        },
        dtype="str",
    )
    return found.drop_duplicates(["left_key", "right_key"]).sort_values(
        ["left_key", "right_key"], ignore_index=True
    )


def _fold_ends(names: pd.Series) -> pd.Series:
    """Return the first and last word of each name without diacritics; empty where there is no name."""
    words = names.fillna("").str.split()
    first, last = (base_keys(fold_names(words.str[at].fillna(""))) for at in (0, -1))
    return first.str.split().str[0].fillna("") + " " + last.str.split().str[-1].fillna("")


def _leaves_words_out(one: str, other: str) -> bool:
    """Return whether every word of one name stands in the other."""
    first, second = set(one.split()), set(other.split())
    return first <= second or second <= first


def add_joined(links: pd.DataFrame, settled: Decided) -> pd.DataFrame:
    """Return the links between records with those that persons have made.

    Parameters
    ----------
    links : from `link_records`.
    settled : from `apply_decisions`.
    """
    if not settled.joined:
        return links
    rows = [(min(pair), max(pair)) for pair in settled.joined]
    made = pd.DataFrame(rows, columns=["left", "right"]).drop_duplicates()
    made = made.assign(verdict=str(Identity.CERTAIN), probability=1.0, reasons=DECIDED)
    every = pd.concat([made[list(links.columns)].astype(links.dtypes), links], ignore_index=True)
    once = every.drop_duplicates(["left", "right"])
    return once.sort_values(["left", "right"], ignore_index=True)


def drop_apart(
    links: pd.DataFrame, group_of: Mapping[str, object], settled: Decided
) -> pd.DataFrame:
    """Return the links without those between two who were decided to be two.

    Parameters
    ----------
    links : between records.
    group_of : record_id → which group of records that are one pupil it is in.
    settled : from `apply_decisions`.
    """
    if not settled.apart:
        return links
    sides: dict[object, dict[str, str]] = defaultdict(dict)
    for record, described in settled.apart.items():
        if record in group_of:
            sides[group_of[record]] |= described
    pairs = zip(links["left"].map(group_of), links["right"].map(group_of), strict=True)
    kept = [not _are_two(sides.get(a, {}), sides.get(b, {})) for a, b in pairs]
    return links[kept].reset_index(drop=True)


def _are_two(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Return whether two stand on the two sides of a decided pair."""
    return any(name in other and other[name] != side for name, side in one.items())
