"""Hamlets as somebody who writes an address knows them: what they are called, and what else is called so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pandas as pd

from phusong.places.editions import convert_codes, list_units
from phusong.places.registers import read_register
from phusong.simulate.addresses.customs import AddressCustoms, describe_customs
from phusong.simulate.addresses.spelling import fold
from phusong.simulate.demonstration import open_demonstration

#: Days on which records of a later edition were written.
LATER_DAYS = {"2025-01-01": "2025-03-15", "2025-07-01": "2025-09-15"}
#: Who else is called so.
ALONE, TWINS, OTHERS = "alone", "twins", "others"
#: Kinds of district, none of which begins another.
DISTRICT_KINDS = ("thành phố", "thị xã", "huyện", "quận")
_NUMBERED = re.compile(r"(?:[Ss]ố )?0*(\d{1,2})")


@dataclass(frozen=True)
class Unit:
    """Hold a commune as it is written: kind, name, and its district's kind and name, if it has one."""

    kind: str
    name: str
    district_kind: str
    district: str


@dataclass(frozen=True)
class Former:
    """Hold a commune of the map with districts in which a hamlet lay, and its province with its kind."""

    unit: Unit
    province: str


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
    former : where it lay on the last map with districts; None: this map has them, or nothing is known.
    customs : how addresses of its province are written.
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
    former: Former | None
    customs: AddressCustoms


@dataclass(frozen=True)
class Book:
    """Hold all places, every commune by code, and under which keys each commune knows its hamlets."""

    places: tuple[Place, ...]
    units: dict[str, Unit]
    known: dict[str, frozenset[str]]


def open_book(hamlets: pd.DataFrame, customs: AddressCustoms | None = None) -> Book:
    """Return the places of a gazetteer.

    Parameters
    ----------
    hamlets : hamlet_id, kind, name, commune_code, edition, aliases (by |).
    customs : how addresses of the province are written; None: those of the default province.
    """
    edition = str(hamlets["edition"].iloc[0])
    customs = customs or describe_customs(open_demonstration())
    units = _list_communes(edition, customs.code)
    names = _gather_names(hamlets)
    codes = names["code"].tolist()
    rivals = _find_rivals(names, pd.Series([units[c].district for c in codes]))
    near, late = _find_near(names), _list_late(names, edition, customs)
    former = list_former(codes, edition, customs)
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
                former=former[i],
                customs=customs,
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


def _list_communes(edition: str, province: str) -> dict[str, Unit]:
    """Return every commune of a province in an edition by code."""
    rows = list_units(edition, province=province).to_dict("records")
    return {str(row["code"]): _make_unit(row) for row in rows}


def _make_unit(row: Mapping[str, Any] | pd.Series) -> Unit:
    """Return a row of the register as it is written."""
    full = row["district"] if isinstance(row["district"], str) else ""
    kind = next((k for k in DISTRICT_KINDS if full.startswith(k)), "")
    return Unit(str(row["kind"]), str(row["name"]), kind, full.removeprefix(kind).strip())


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


def _list_late(
    names: pd.DataFrame, edition: str, customs: AddressCustoms
) -> list[tuple[Late, ...]]:
    """Return where each hamlet lies in the editions after its own; nothing where no file says of it."""
    found: list[list[Late]] = [[] for _ in range(len(names))]
    for later, day in LATER_DAYS.items():
        if later <= edition or not customs.later:
            continue
        moved = convert_codes(names["code"], source=edition, target=later).reset_index(drop=True)
        units, rivals = _list_communes(later, customs.code), _find_rivals(names, moved)
        for i, code in enumerate(moved):
            found[i].append(Late(day, later, units[code], rivals[i]))
    return [tuple(f) for f in found]


def list_former(codes: Sequence[str], edition: str, customs: AddressCustoms) -> list[Former | None]:
    """Return the commune in which each hamlet lay on the last map with districts.

    No list says it: the hamlets of a commune are dealt out in order to those that went whole into it.

    Parameters
    ----------
    codes : commune of each hamlet, the hamlets of one commune in order.
    edition : of the codes.
    customs : of the province; where the map has districts nothing is former.
    """
    before = _last_with_districts(edition)
    if customs.has_districts or before is None:
        return [None] * len(codes)
    register = read_register()
    trace = register.lineage(before, edition)
    whole = trace[(trace["share"] == 1) & trace["to_code"].isin(set(codes))]
    units = register.units(before).set_index("code", drop=False)
    provinces = register.provinces(before).set_index("code")
    parts = {
        str(code): [c for c in sorted(rows["from_code"]) if c in units.index]
        for code, rows in whole.groupby("to_code")
    }
    count, seen, former = Counter(codes), Counter[str](), list[Former | None]()
    for code in codes:
        choice = parts.get(code, [])
        at = seen[code] * len(choice) // count[code]
        seen[code] += 1
        if not choice:
            former.append(None)
            continue
        row = units.loc[choice[at]]
        province = provinces.loc[row["province_code"]]
        former.append(Former(_make_unit(row), f"{province['kind']} {province['name']}"))
    return former


def _last_with_districts(edition: str) -> str | None:
    """Return the last edition before one on which the country has districts; None: there is none."""
    register = read_register()
    days = [day for day in register.days if day < edition and len(register.districts(day))]
    return days[-1] if days else None
