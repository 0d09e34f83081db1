"""Pupils beside the households of the lists: what agrees in each pair, and what that proves."""

from __future__ import annotations

import pandas as pd

from phusong.persons.numbers import clear_shared, read_text
from phusong.persons.traits import fold_names
from phusong.vietnamese import base_keys
from phusong.vocabulary.parameters import Persons
from phusong.vocabulary.pupils import Identity

MEMBER = r"^\s*(?P<name>[^()]*?)\s*(?:\(\D*(?P<year>\d{4})?[^()]*\))?\s*$"
_SIGNS = ["code", "head", "hamlet", "name", "near", "year"]


def take_latest(poverty: pd.DataFrame) -> pd.DataFrame:
    """Return the entries of the newest year of each commune, ordered by entry_id on 0…n−1.

    Parameters
    ----------
    poverty : accepted_poverty with commune_code; an entry without a year counts as of the newest.
    """
    ordered = poverty.sort_values("entry_id").reset_index(drop=True)
    year = ordered["list_year"].astype("Float64")
    newest = year.groupby(read_text(ordered["commune_code"])).transform("max")
    current = (year.isna() | (year == newest).fillna(value=False)).astype(bool)
    return ordered[current].reset_index(drop=True)


def list_members(entries: pd.DataFrame) -> pd.DataFrame:
    """Return the members of the households, one a row.

    Parameters
    ----------
    entries : from `take_latest`.

    Returns
    -------
    entry (position), member (number within the household), name, base (without diacritics), year (text).
    """
    told = read_text(entries["members"]).str.split("|").explode()
    parts = told.str.extract(MEMBER)
    name = fold_names(parts["name"])
    members = pd.DataFrame(
        {
            "entry": told.index.to_numpy(dtype="int64"),
            "member": told.groupby(level=0).cumcount().to_numpy(dtype="int64"),
            "name": name.to_numpy(),
            "base": base_keys(name).to_numpy(),
            "year": parts["year"].fillna("").to_numpy(),
        }
    )
    return members[members["name"] != ""].reset_index(drop=True)


def pair_pupils(pupils: pd.DataFrame, entries: pd.DataFrame, *, persons: Persons) -> pd.DataFrame:
    """Return which pupils may be of which households of their commune, and what speaks for it.

    Certain is the household's code with a member's name, or with the head where no members are listed; a
    member's name and year of birth in the same hamlet, or with the head among the pupil's guardians. Names
    agree with or without diacritics, never against them; a name with one letter other or a middle name left
    out is certain only with the year and either the code, or head and hamlet.

    Parameters
    ----------
    pupils : from `merge_records`.
    entries : from `take_latest`.
    persons : parameters.

    Returns
    -------
    pupil (index), entry (position), member (−1: none), exact (name and year agree), score (how many signs
    agree), verdict; one row for each pupil and entry.
    """
    child, house = _describe_pupils(pupils, persons), _describe_entries(entries)
    members = list_members(entries)
    found = _find_pairs(child, house, members)
    pairs = pd.concat(
        [found.merge(members, on="entry"), found.assign(member=-1, name="", base="", year="")],
        ignore_index=True,
    )
    told = pairs[["pupil", "entry", "member"]].join(_read_signs(pairs, child, house))
    told = told[told["fits"]]
    told = told.assign(
        exact=told["name"] & told["year"],
        score=told[_SIGNS].sum(axis=1),
        verdict=_judge_signs(told),
    )
    best = told.sort_values(
        ["pupil", "entry", "exact", "score", "member"], ascending=[True, True, False, False, True]
    ).drop_duplicates(["pupil", "entry"])
    columns = ["pupil", "entry", "member", "exact", "score", "verdict"]
    return best[columns].reset_index(drop=True)


def _describe_pupils(pupils: pd.DataFrame, persons: Persons) -> pd.DataFrame:
    """Return what a pupil is compared by."""
    name = fold_names(pupils["full_name"])
    commune = read_text(pupils["commune_code"])
    code = _scope_codes(pupils["household_code"], commune)
    return pd.DataFrame(
        {
            "pupil": pupils.index,
            "name": name,
            "base": base_keys(name),
            "year": read_text(pupils["birth_date"].dt.strftime("%Y")),
            "code": clear_shared(code, most=persons.number("household_pupils")),
            "father": base_keys(fold_names(pupils["guardian_1"])),
            "mother": base_keys(fold_names(pupils["guardian_2"])),
            "hamlet": read_text(pupils["hamlet_id"]),
            "commune": commune,
        }
    ).set_index("pupil", drop=False)


def _describe_entries(entries: pd.DataFrame) -> pd.DataFrame:
    """Return what a household is compared by."""
    commune = read_text(entries["commune_code"])
    return pd.DataFrame(
        {
            "entry": entries.index,
            "code": _scope_codes(entries["household_code"], commune),
            "head": base_keys(fold_names(entries["head_name"])),
            "hamlet": read_text(entries["hamlet_id"]),
            "commune": commune,
            "listed": read_text(entries["members"]) != "",
        }
    )


def _scope_codes(codes: pd.Series, commune: pd.Series) -> pd.Series:
    """Return household codes with their commune before them; empty where either is not known."""
    code = read_text(codes).str.casefold()
    return (commune + "/" + code).where((code != "") & (commune != ""), "")


def _find_pairs(child: pd.DataFrame, house: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Return pupils and households of one commune that share a code, a member's name, or a guardian."""
    named = members.merge(house[["entry", "commune"]], on="entry")
    homes = house[["entry", "code", "head", "commune"]]
    child, homes = (
        child[child["commune"] != ""].reset_index(drop=True),
        homes[homes["commune"] != ""],
    )
    found = [
        child[child["code"] != ""].merge(homes, on="code"),
        child.merge(named, on=["base", "commune"]),
    ]
    for side in ("father", "mother"):
        known = child[child[side] != ""]
        found.append(known.merge(homes, left_on=[side, "commune"], right_on=["head", "commune"]))
    pairs = pd.concat([f[["pupil", "entry"]] for f in found], ignore_index=True)
    return pairs.drop_duplicates()


def _read_signs(pairs: pd.DataFrame, child: pd.DataFrame, house: pd.DataFrame) -> pd.DataFrame:
    """Return which signs agree in each pair; `fits` where they are worth a person's look."""
    a = child.loc[pairs["pupil"]].set_index(pairs.index)
    b = house.loc[pairs["entry"]].set_index(pairs.index)
    bare = (a["name"] == a["base"]) | (pairs["name"] == pairs["base"])
    near = [_is_near(x, y) for x, y in zip(a["base"], pairs["base"], strict=True)]
    year = (a["year"] != "") & (a["year"] == pairs["year"])
    signs = pd.DataFrame(
        {
            "code": (a["code"] != "") & (a["code"] == b["code"]),
            "head": (b["head"] != "") & ((a["father"] == b["head"]) | (a["mother"] == b["head"])),
            "hamlet": (a["hamlet"] != "") & (a["hamlet"] == b["hamlet"]),
            "name": (a["name"] == pairs["name"]) | ((a["base"] == pairs["base"]) & bare),
            "near": pd.Series(near, index=pairs.index, dtype=bool),
            "year": year,
            "listed": b["listed"],
        }
    )
    other_year = (a["year"] != "") & (pairs["year"] != "") & ~year
    unsaid = signs["head"] & ~signs["listed"]
    alike = signs["name"] | (signs["near"] & (signs["head"] | signs["hamlet"]))
    return signs.assign(fits=signs["code"] | (alike & ~other_year) | (unsaid & signs["hamlet"]))


def _is_near(first: str, second: str) -> bool:
    """Return whether two names without diacritics may be one: a letter other, a middle name left out."""
    if not first or not second:
        return False
    return first == second or _is_one_letter_apart(first, second) or _leaves_out(first, second)


def _is_one_letter_apart(first: str, second: str) -> bool:
    """Return whether one letter more, less or other makes one text the other."""
    short, long = sorted((first, second), key=len)
    if len(long) - len(short) > 1:
        return False
    start = 0
    while start < len(short) and short[start] == long[start]:
        start += 1
    return long[start + 1 :] in (short[start:], short[start + 1 :])


def _leaves_out(first: str, second: str) -> bool:
    """Return whether a name is the other without a middle name."""
    short, long = sorted((first.split(), second.split()), key=len)
    ends = short[0] == long[0] and short[-1] == long[-1]
    return 1 < len(short) < len(long) and ends and set(short) <= set(long)


def _judge_signs(signs: pd.DataFrame) -> pd.Series:
    """Return what the signs prove."""
    near = signs["near"] & signs["year"]
    certain = signs["code"] & (near | signs["name"] | (signs["head"] & ~signs["listed"]))
    certain |= signs["name"] & signs["year"] & (signs["head"] | signs["hamlet"])
    certain |= near & signs["head"] & signs["hamlet"]
    verdict = pd.Series(str(Identity.PROBABLE), index=signs.index)
    return verdict.mask(certain.astype(bool), str(Identity.CERTAIN))
