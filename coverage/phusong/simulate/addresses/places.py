"""Hamlets as somebody who writes an address knows them: what they are called, and what else is called so."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from phusong.places.editions import convert_codes, list_units
from phusong.simulate.addresses.spelling import fold
from phusong.vocabulary.terms import Edition

#: Days on which records of a later edition were written.
LATER_DAYS = {str(Edition.E2025_01): "2025-03-15", str(Edition.E2025_07): "2025-09-15"}
#: Who else is called so.
ALONE, TWINS, OTHERS = "alone", "twins", "others"
_NUMBERED = re.compile(r"(?:[Ss]ố )?0*(\d{1,2})")


@dataclass(frozen=True)
class Unit:
    """Hold a commune as it is written: kind, name, and its district's kind and name, if it has one."""

    kind: str
    name: str
    district_kind: str
    district: str


@dataclass(frozen=True)
class Late:
    """Hold a commune of a later edition in which a hamlet came to lie.

    Parameters
    ----------
    day, edition : of the record, and what held on it.
    unit : the commune then.
    rivals : as for `Place`, within that commune.
    """

    day: str
    edition: str
    unit: Unit
    rivals: str


@dataclass(frozen=True)
class Place:
    """Hold a hamlet to be written about.

    Parameters
    ----------
    row : position in the gazetteer.
    hamlet_id, kind, name, code : as the gazetteer has them; code is the commune's.
    unit : its commune.
    aliases : former names, each of them of this hamlet alone within the commune.
    number : of a numbered hamlet, else 0.
    plain : without diacritics no other hamlet of the commune is called so.
    lonely : no other name of the commune is within two letters of it, and it has five or more.
    rivals : who else of the district is called so: `ALONE`, `TWINS` where one of the same kind is, or
        `OTHERS` where it is one of another kind, or a commune.
    bare : may be written without its kind.
    bare_commune : its commune may be written without kind and without district.
    neighbours : all keys under which hamlets of the commune are known.
    late : where it lies in later editions.
    """

    row: int
    hamlet_id: str
    kind: str
    name: str
    code: str
    unit: Unit
    aliases: tuple[str, ...]
    number: int
    plain: bool
    lonely: bool
    rivals: str
    bare: bool
    bare_commune: bool
    neighbours: frozenset[str]
    late: tuple[Late, ...]


@dataclass(frozen=True)
class Book:
    """Hold all places, every commune by code, and under which keys each commune knows its hamlets."""

    places: tuple[Place, ...]
    units: dict[str, Unit]
    known: dict[str, frozenset[str]]


def open_book(hamlets: pd.DataFrame) -> Book:
    """Return the places of a gazetteer.

    Parameters
    ----------
    hamlets : hamlet_id, kind, name, commune_code, edition, aliases (by |).
    """
    edition = str(hamlets["edition"].iloc[0])
    units = _list_communes(edition)
    names = _gather_names(hamlets)
    codes = names["code"].tolist()
    rivals = _find_rivals(names, pd.Series([units[c].district for c in codes]))
    near, late = _find_near(names), _list_late(names, edition)
    called = Counter((n.code, k) for n in names.itertuples() for k in n.keys)
    taken, doubled = _taken_names(units), _doubled_names(units)
    known = {
        code: frozenset(k for keys in own["keys"] for k in keys)
        for code, own in names.groupby("code")
    }
    places = []
    for i, (hamlet, own) in enumerate(zip(hamlets.itertuples(), names.itertuples(), strict=True)):
        unit, number = units[own.code], _NUMBERED.fullmatch(own.name)
        places.append(
            Place(
                row=i,
                hamlet_id=str(hamlet.hamlet_id),
                kind=str(hamlet.kind),
                name=own.name,
                code=own.code,
                unit=unit,
                aliases=tuple(a for a in own.aliases if called[own.code, name_key(a)] == 1),
                number=int(number[1]) if number else 0,
                plain=called[own.code, own.key] == 1,
                lonely=i not in near and len(own.key) >= 6 and not number,
                rivals=OTHERS if own.key in taken else rivals[i],
                bare=own.key not in taken and not number,
                bare_commune=fold(unit.name) not in doubled,
                neighbours=known[own.code],
                late=late[i],
            )
        )
    return Book(tuple(places), units, known)


def name_key(name: str) -> str:
    """Return what a name sounds like without diacritics; Số 05, 05 and 5 are one."""
    number = _NUMBERED.fullmatch(name.strip())
    return number[1] if number else fold(name)


def _split(aliases: object) -> tuple[str, ...]:
    """Return the aliases of one cell."""
    return (
        tuple(a.strip() for a in aliases.split("|") if a.strip())
        if isinstance(aliases, str)
        else ()
    )


def _gather_names(hamlets: pd.DataFrame) -> pd.DataFrame:
    """Return code, kind, name, aliases, key and keys (those of the aliases with it) of every hamlet."""
    names = pd.DataFrame(
        {
            "code": hamlets["commune_code"].astype(str).to_numpy(),
            "kind": hamlets["kind"].astype(str).to_numpy(),
            "name": hamlets["name"].astype(str).to_numpy(),
            "aliases": [_split(a) for a in hamlets["aliases"]],
        },
        dtype=object,
    )
    key = [name_key(n) for n in names["name"]]
    keys = [frozenset({k, *map(name_key, a)}) for k, a in zip(key, names["aliases"], strict=True)]
    return names.assign(key=key, keys=keys)


def _list_communes(edition: str) -> dict[str, Unit]:
    """Return every commune of an edition by code."""
    units = {}
    for unit in list_units(edition).itertuples(index=False):
        full = unit.district if isinstance(unit.district, str) else ""
        kind = next((k for k in ("thành phố", "thị xã", "huyện") if full.startswith(k)), "")
        units[str(unit.code)] = Unit(unit.kind, unit.name, kind, full.removeprefix(kind).strip())
    return units


def _taken_names(units: dict[str, Unit]) -> frozenset[str]:
    """Return the keys of all communes and districts."""
    return frozenset(fold(n) for u in units.values() for n in (u.name, u.district) if n)


def _doubled_names(units: dict[str, Unit]) -> frozenset[str]:
    """Return the keys of communes that share their name with another one or with a district."""
    count = Counter(fold(unit.name) for unit in units.values())
    districts = {fold(unit.district) for unit in units.values() if unit.district}
    return frozenset(key for key, times in count.items() if times > 1 or key in districts)


def _find_near(names: pd.DataFrame) -> set[int]:
    """Return the hamlets whose name is within two letters of another name of their commune."""
    near: set[int] = set()
    for members in names.groupby("code").indices.values():
        known = [(i, k) for i in members for k in sorted(names["keys"].iloc[i])]
        for (i, one), (j, other) in combinations(known, 2):
            if i != j and abs(len(one) - len(other)) <= 2 and edits(one, other) <= 2:
                near |= {i, j}
    return near


def edits(one: str, other: str) -> int:
    """Return the Levenshtein distance of two short names."""
    line = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, line[0] = line[0], i
        for j, b in enumerate(other, 1):
            before, line[j] = line[j], min(line[j] + 1, line[j - 1] + 1, before + (a != b))
    return line[-1]


def _find_rivals(names: pd.DataFrame, area: pd.Series) -> list[str]:
    """Return for each hamlet who else in its area is called so."""
    areas = area.tolist()
    all_ = Counter((a, k) for a, keys in zip(areas, names["keys"], strict=True) for k in keys)
    same = Counter(zip(areas, names["kind"], names["key"], strict=True))
    result = []
    for a, kind, key in zip(areas, names["kind"], names["key"], strict=True):
        twins = TWINS if same[a, kind, key] > 1 else OTHERS
        result.append(ALONE if all_[a, key] == 1 else twins)
    return result


def _list_late(names: pd.DataFrame, edition: str) -> list[tuple[Late, ...]]:
    """Return where each hamlet lies in the editions after its own."""
    found: list[list[Late]] = [[] for _ in range(len(names))]
    for later, day in LATER_DAYS.items():
        if later <= edition:
            continue
        moved = convert_codes(names["code"], source=edition, target=later).reset_index(drop=True)
        units, rivals = _list_communes(later), _find_rivals(names, moved)
        for i, code in enumerate(moved):
            found[i].append(Late(day, later, units[code], rivals[i]))
    return [tuple(f) for f in found]
