"""The units that an address may name: communes of every edition, districts, provinces; of one province."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import pandas as pd

from phusong.places.addresses.kinds import HEADS
from phusong.places.addresses.neighbours import list_near_districts, list_other_districts
from phusong.places.addresses.provinces import (
    ProvinceName,
    ProvinceNames,
    ProvinceSign,
    compile_provinces,
    is_abbreviation,
    list_short_names,
    list_written_names,
    read_former,
    shorten,
    squeeze_key,
)
from phusong.places.addresses.spelling import index_deletions
from phusong.places.addresses.territory import ProvinceGround
from phusong.places.registers import Register
from phusong.vietnamese import base_key, search_key, tone_key
from phusong.vietnamese.tones import is_bare_syllable


class Unit(NamedTuple):
    """Hold a commune of one edition.

    Attributes
    ----------
    code, edition : its identity.
    kind, name, base, tone, bare : as listed; keys without spaces; the words without diacritics.
    tones : tone keys of the words.
    district : code, empty from July 2025.
    atoms : the pieces of ground that it is made of (`grounds`); empty outside the province.
    """

    code: str
    edition: str
    kind: str
    name: str
    base: str
    tone: str
    bare: tuple[str, ...]
    tones: tuple[str, ...]
    district: str
    atoms: frozenset[str]


@dataclass(frozen=True, eq=False)
class AddressRegister:
    """Hold what every address is held against, compiled once for a province.

    Attributes
    ----------
    province : its code.
    ground : its ground through the editions.
    editions, modern : those in which it is listed anew, in order; those of them without districts.
    units : edition → key → units; `short` those of the province by initials (`đ.trù`).
    districts : key or abbreviation → codes.
    near : index of the deletions of all names of communes.
    names : keys of all units.
    homes : piece of ground → its district.
    heads : words for a kind with which the name of a unit begins.
    words : the words of the names of communes, with diacritics.
    provinces : names of provinces in time.
    commune_names : keys of the province's communes that a bare word may mean; a number is none.
    listed_names : the same of all communes of the province that holds the ground today.
    shared_earlier : keys of earlier communes that one of a province merged with this one had too.
    shared_present : the same of the communes that the holder has elsewhere today.
    former_districts : keys of districts that were the province's once, or border on it.
    near_districts : keys of the districts of the provinces around; the former province is named by them alone
        as often as by its own name.
    other_districts : keys of all districts of others.
    older_parents : district → those of which it was made.
    hyphens : what finds names of units and provinces that have a hyphen; None where none has.
    """

    province: str
    ground: ProvinceGround
    editions: tuple[str, ...]
    modern: frozenset[str]
    units: dict[str, dict[str, list[Unit]]]
    short: dict[str, list[Unit]]
    districts: dict[str, frozenset[str]]
    near: dict[str, list[str]]
    homes: dict[str, str]
    heads: frozenset[str]
    words: frozenset[str]
    provinces: ProvinceNames
    commune_names: frozenset[str]
    listed_names: frozenset[str]
    shared_earlier: frozenset[str]
    shared_present: frozenset[str]
    former_districts: frozenset[str]
    near_districts: frozenset[str]
    other_districts: frozenset[str]
    older_parents: dict[str, frozenset[str]]
    hyphens: re.Pattern[str] | None

    @property
    def own(self) -> dict[str, ProvinceName]:
        """Return what each name of the province in time tells, by key."""
        return self.provinces.own

    @cached_property
    def is_lasting(self) -> bool:
        """Return whether the province bears a name today that its ground, or a part of it, had before."""
        return any(name.sign == ProvinceSign.LASTING for name in self.own.values())

    @property
    def latest(self) -> str:
        """Return the newest edition."""
        return self.editions[-1]

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the keys of all units, districts and provinces, but for abbreviations and numbers."""
        every = [u for listed in self.units.values() for units in listed.values() for u in units]
        long = {name for name in self.districts if len(name) > _PAIR and not name.isdigit()}
        foreign = {n for n in self.provinces.foreign if not is_abbreviation(n)}
        keys = {key for u in every for key in (u.base, u.tone) if not key.isdigit()}
        return frozenset(keys | long | foreign | self.provinces.foreign_tones | self.own.keys())

    def join_hyphens(self, text: str) -> str:
        """Return a text in which a hyphen inside a unit's name parts nothing: Xuân Hương - Đà Lạt."""
        if self.hyphens is None or _HYPHENS.isdisjoint(text):
            return text
        return self.hyphens.sub(lambda found: _BETWEEN.sub(" ", found[0]), text)

    def is_foreign(self, base: str, tone: str) -> bool:
        """Return whether keys are those of another province, with its diacritics where they have any."""
        return self.provinces.is_foreign(base, tone)

    def edition_on(self, day: str) -> str:
        """Return the edition in force on a day; the first one for any day before it."""
        begun = [edition for edition in self.editions if edition <= day]
        return begun[-1] if begun else self.editions[0]

    def find_units(self, key: str, *, anywhere: bool = False) -> list[Unit]:
        """Return the province's communes of any edition with a key.

        Parameters
        ----------
        key : without spaces and diacritics.
        anywhere : whether communes elsewhere in the holder of today count too.
        """
        found = [unit for listed in self.units.values() for unit in listed.get(key, ())]
        return found if anywhere else [unit for unit in found if unit.atoms]


_PAIR: Final = 2
_HYPHENS: Final = frozenset("-–—")
_BETWEEN: Final = re.compile(r"\s*[-–—]\s*")
#: Vowels with which initials may be a word; i stands for y too, as in PY.
_VOWELS: Final = frozenset("aeou")


def compile_register(register: Register, province: str, edition: str) -> AddressRegister:
    """Return all that addresses of a province may name, from the lists alone.

    Parameters
    ----------
    register : of all units.
    province, edition : code, and an edition in which it is read, since codes outlive mergers.

    Raises
    ------
    ParameterFault
        If the register holds no such province.
    """
    ground = ProvinceGround(register, province, edition)
    editions = ground.list_editions()
    modern = frozenset(day for day in editions if not len(register.districts(day)))
    units = {day: _list_edition(register, ground, day) for day in editions}
    every = [unit for listed in units.values() for unit in listed]
    ours = [unit for unit in every if unit.atoms]
    districts = _name_districts(register, ground)
    outside = [unit for day in modern for unit in units[day] if not unit.atoms]
    short: dict[str, list[Unit]] = {}
    for unit in ours:
        short.setdefault(shorten(unit.bare), []).append(unit)
    short.pop("", None)
    own_keys = frozenset(unit.base for unit in ours)
    return AddressRegister(
        province=province,
        ground=ground,
        editions=tuple(editions),
        modern=modern,
        units={day: _group(listed) for day, listed in units.items()},
        short=short,
        districts=districts,
        near=index_deletions(own_keys),
        homes={code: atom.district for code, atom in ground.atoms.items()},
        heads=_list_heads(register, ground, every),
        words=frozenset(word for unit in every for word in unit.tones),
        provinces=compile_provinces(register, ground, districts),
        commune_names=frozenset(key for key in own_keys if not key.isdigit()),
        listed_names=frozenset(u.base for day in modern for u in units[day]),
        shared_earlier=own_keys & _list_partner_names(register, ground),
        shared_present=own_keys & {unit.base for unit in outside},
        former_districts=_list_former_districts(ground),
        near_districts=list_near_districts(register, ground) - districts.keys(),
        other_districts=list_other_districts(register, ground) - districts.keys(),
        older_parents={
            row["code"]: frozenset(row["parents"].split("|"))
            for row in read_former("former_districts")
            if row["parents"]
        },
        hyphens=_find_hyphens(
            [
                *(u.name for u in every),
                *register.district_rows["name"],
                *list_written_names(register),
            ]
        ),
    )


def _list_edition(register: Register, ground: ProvinceGround, edition: str) -> list[Unit]:
    """Return the communes of an edition, with those that the holder of today has elsewhere."""
    atoms = ground.trace(edition)
    rows = register.units(edition)
    rows = rows[rows["code"].isin(atoms.keys()) | _is_holders(register, ground, rows, edition)]
    columns = (rows[c].fillna("") for c in ("code", "kind", "name", "district_code"))
    units = []
    for code, kind, name, district in zip(*columns, strict=True):
        base, tone = search_key(name), tone_key(name)
        units.append(
            Unit(
                str(code), edition, kind, name,
                base.replace(" ", ""), tone.replace(" ", ""),
                tuple(base.split()), tuple(tone.split()),
                district, atoms.get(code, frozenset()),
            )
        )  # fmt: skip
    return units


def _is_holders(
    register: Register, ground: ProvinceGround, rows: pd.DataFrame, edition: str
) -> pd.Series:
    """Return which units of an edition are in the province that holds the ground, from the merger on."""
    if edition <= ground.begin or len(register.districts(edition)):
        return pd.Series(data=False, index=rows.index)
    return rows["province_code"].isin(ground.list_holders(edition))


def _group(units: list[Unit]) -> dict[str, list[Unit]]:
    """Return units by key."""
    groups: dict[str, list[Unit]] = {}
    for unit in units:
        groups.setdefault(unit.base, []).append(unit)
    return groups


def _name_districts(register: Register, ground: ProvinceGround) -> dict[str, frozenset[str]]:
    """Return the districts by key, initial and name (T.Đảo), initials (TĐ), and halves of a double name."""
    found: dict[str, set[str]] = {}
    rows = register.district_rows.drop_duplicates("code")
    own = {atom.district for atom in ground.atoms.values()}
    listed = rows[rows["code"].isin(own)]
    for code, name in zip(listed["code"], listed["name"], strict=True):
        halves = map(squeeze_key, re.split(r"\s*-\s*", name)) if "-" in name else ()
        for key in (squeeze_key(name), *halves, *filter(_is_clear, list_short_names(name))):
            found.setdefault(key, set()).add(str(code))
    return {key: frozenset(codes) for key, codes in found.items()}


def _list_heads(
    register: Register, ground: ProvinceGround, units: Iterable[Unit]
) -> frozenset[str]:
    """Return the words for a kind with which a name begins: of communes, own districts and provinces."""
    districts = {atom.district for atom in ground.atoms.values()}
    provinces = {atom.province for atom in ground.atoms.values()}
    provinces |= ground.list_holders(register.days[-1])
    names = [
        *register.district_rows.loc[register.district_rows["code"].isin(districts), "name"],
        *register.province_rows.loc[register.province_rows["code"].isin(provinces), "name"],
    ]
    first = {search_key(name).split()[0] for name in names}
    return frozenset(first | {unit.bare[0] for unit in units if unit.bare}) & HEADS


def _find_hyphens(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds the names that have a hyphen, with their diacritics or without any."""
    pieces = [re.split(r"\s*-\s*", name) for name in sorted({n for n in names if "-" in n})]
    written = [*pieces, *([base_key(part) for part in parts] for parts in pieces)]
    joined = [r"\s*[-–—]\s*".join(map(re.escape, parts)) for parts in written]
    return re.compile(rf"(?<!\w)(?:{'|'.join(joined)})(?!\w)", re.IGNORECASE) if joined else None


def _is_clear(key: str) -> bool:
    """Return whether a district's name in short is no word: not an, nor tp; but PY."""
    return key not in HEADS and (_VOWELS.isdisjoint(key) or not is_bare_syllable(key))


def _list_partner_names(register: Register, ground: ProvinceGround) -> set[str]:
    """Return the keys of the earlier communes of the provinces that were merged with the ground's."""
    names: set[str] = set()
    held = {atom.province for atom in ground.atoms.values() if atom.edition <= ground.begin}
    relatives = set(register.relatives(ground.code, ground.begin)["code"]) - held
    for day in (d for d in register.days if len(register.districts(d))):
        units = register.units(day)
        inside = units["province_code"].isin(relatives) & ~units["code"].isin(ground.atoms.keys())
        names |= set(map(squeeze_key, set(units.loc[inside, "name"])))
    return names


def _list_former_districts(ground: ProvinceGround) -> frozenset[str]:
    """Return the keys of districts that were the province's once and are another's now."""
    own = {atom.province for atom in ground.atoms.values()}
    rows = [row for row in read_former("former_districts") if row["province"] in own]
    inside = {atom.district for atom in ground.atoms.values()}
    return frozenset(squeeze_key(row["name"]) for row in rows if row["code"] not in inside)
