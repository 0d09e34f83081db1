"""The names of provinces in time: which are ours, which are others', and which say nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from phusong.places.addresses.kinds import HEADS
from phusong.places.addresses.territory import ProvinceGround
from phusong.places.registers import Register
from phusong.vietnamese import search_key, tone_key
from phusong.vocabulary.packaged import read_packaged_text


class ProvinceSign(StrEnum):
    """Say what the name of a province tells of an address.

    FORMER: a province that was gone before the first edition, so that districts may be older ones.
    EARLIER: of the ground while there were districts, and of nothing today.
    LASTING: of the ground, or a part of it, then and of its province today.
    PRESENT: of the province that holds the ground today; before that of another one.
    UNCLEAR: an abbreviation that several provinces have.
    ELSEWHERE: of other ground.
    """

    FORMER = "former"
    EARLIER = "earlier"
    LASTING = "lasting"
    PRESENT = "present"
    UNCLEAR = "unclear"
    ELSEWHERE = "elsewhere"


#: The surest first: what is true of the address if one of several is named.
ORDER = (ProvinceSign.FORMER, ProvinceSign.EARLIER, ProvinceSign.LASTING, ProvinceSign.PRESENT)


class ProvinceName(NamedTuple):
    """Hold what a name tells, and the part of the ground that it means; None for all of it."""

    sign: ProvinceSign
    ground: frozenset[str] | None = None


class ProvinceNames(NamedTuple):
    """Hold the names of provinces by key.

    Attributes
    ----------
    own : of the ground in time, in full, by initial and name (V.Phúc) and by initials (VP).
    foreign, foreign_tones : of other ground, without diacritics and with.
    cities : keys of own provinces that are cities.
    """

    own: dict[str, ProvinceName]
    foreign: frozenset[str]
    foreign_tones: frozenset[str]
    cities: frozenset[str]

    def is_foreign(self, base: str, tone: str) -> bool:
        """Return whether keys are those of another province, with its diacritics where they have any."""
        return base in self.foreign and (tone.isascii() or tone in self.foreign_tones)


#: Abbreviations that are no names of their own.
_LONGEST_SHORT = 4


def squeeze_key(name: str) -> str:
    """Return the key of a name without spaces."""
    return search_key(name).replace(" ", "")


def shorten(words: tuple[str, ...]) -> str:
    """Return the key of a name whose first word is an initial: T.Đảo."""
    return words[0][0] + "".join(words[1:]) if len(words) > 1 else ""


def list_short_names(name: str) -> list[str]:
    """Return a name by initial and name and by initials; none of a name of one word."""
    words = tuple(search_key(name).split())
    initials = search_key("".join(word[0] for word in words))
    return [shorten(words), initials] if len(words) > 1 else []


@cache
def read_former(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of a file of the register about what is no longer so.

    Parameters
    ----------
    name : former_provinces, former_districts or province_abbreviations.
    """
    text = read_packaged_text("places", "register", f"{name}.csv")
    return tuple(csv.DictReader(io.StringIO(text)))


def compile_provinces(
    register: Register, ground: ProvinceGround, districts: Iterable[str]
) -> ProvinceNames:
    """Return the names of provinces as an address about some ground means them.

    Parameters
    ----------
    register : of all units.
    ground : of the province.
    districts : keys of its districts, which no abbreviation of its own may be.
    """
    signs = _sign_names(register, ground)
    written = _list_abbreviations()
    full = {squeeze_key(name): sign for name, sign in signs.items()}
    others = _list_others(register, full)
    excluded = {*districts, *others}
    own = dict(full)
    for name, sign in signs.items():
        for key in written.get(squeeze_key(name), ()):
            if key not in excluded:
                own.setdefault(key, sign)
    homonyms = _list_homonyms(register, full)
    for name, sign in signs.items():
        for key in (k for k in list_short_names(name) if k not in HEADS):
            own.setdefault(key, ProvinceName(ProvinceSign.UNCLEAR) if key in homonyms else sign)
    foreign = others.keys() - own.keys()
    tones = frozenset(tone_key(name).replace(" ", "") for key in foreign for name in others[key])
    return ProvinceNames(own, frozenset(foreign), tones, _list_cities(register, full))


def _sign_names(register: Register, ground: ProvinceGround) -> dict[str, ProvinceName]:
    """Return what each name tells that the ground or a part of it has borne, the surest meaning first."""
    today = register.days[-1]
    last = {str(n) for n in _name_provinces(register, ground.list_holders(today), today)}
    lasting = {squeeze_key(name) for name in last}
    signs: dict[str, ProvinceName] = {}
    for (edition, code), part in _cut_ground(ground).items():
        for name in _name_provinces(register, {code}, edition):
            if squeeze_key(name) in lasting:
                signs[name] = ProvinceName(ProvinceSign.LASTING)
            else:
                whole = len(part) == len(ground.atoms)
                signs[name] = ProvinceName(ProvinceSign.EARLIER, None if whole else part)
    held = {squeeze_key(name) for name in signs}
    for name in sorted(last):
        if squeeze_key(name) not in held:
            signs[name] = ProvinceName(ProvinceSign.PRESENT)
    for day in (d for d in register.days if d > ground.begin):
        for name in _name_provinces(register, ground.list_holders(day), day):
            if squeeze_key(name) not in {squeeze_key(n) for n in signs}:
                signs[name] = ProvinceName(ProvinceSign.PRESENT)
    return signs | _sign_former(ground, {squeeze_key(name) for name in signs})


def _cut_ground(ground: ProvinceGround) -> dict[tuple[str, str], frozenset[str]]:
    """Return the parts of the ground by the province that held them in the first edition that lists them."""
    parts: dict[tuple[str, str], set[str]] = {}
    for atom in ground.atoms.values():
        parts.setdefault((atom.edition, atom.province), set()).add(atom.code)
    return {key: frozenset(part) for key, part in parts.items()}


def _name_provinces(register: Register, codes: set[str], edition: str) -> list[str]:
    """Return the names of provinces of an edition."""
    rows = register.provinces(edition)
    return [str(name) for name in rows.loc[rows["code"].isin(codes), "name"]]


def _sign_former(ground: ProvinceGround, known: set[str]) -> dict[str, ProvinceName]:
    """Return what the names of provinces tell that were gone before the first edition."""
    found = {}
    for row in read_former("former_provinces"):
        successors = row["successors"].split("|")
        part = frozenset(a.code for a in ground.atoms.values() if a.province in successors)
        if part and squeeze_key(row["name"]) not in known:
            whole = len(part) == len(ground.atoms)
            found[row["name"]] = ProvinceName(ProvinceSign.FORMER, None if whole else part)
    return found


def _list_abbreviations() -> dict[str, list[str]]:
    """Return by the key of a province's name the keys of its abbreviations."""
    return {
        squeeze_key(row["name"]): [squeeze_key(w) for w in row["written"].split("|")]
        for row in read_former("province_abbreviations")
    }


def list_province_names(register: Register) -> list[str]:
    """Return the names of the provinces of every time."""
    former = [row["name"] for row in read_former("former_provinces")]
    return [*sorted(set(map(str, register.province_rows["name"]))), *former]


def list_written_names(register: Register) -> list[str]:
    """Return the names of the provinces of every time, and their abbreviations."""
    rows = read_former("province_abbreviations")
    short = [written for row in rows for written in row["written"].split("|")]
    return [*list_province_names(register), *short]


def _list_others(register: Register, own: Mapping[str, ProvinceName]) -> dict[str, set[str]]:
    """Return by key the names of other provinces as they are written."""
    others: dict[str, set[str]] = {}
    known = {squeeze_key(name): [name] for name in list_province_names(register)}
    for row in read_former("province_abbreviations"):
        known.setdefault(squeeze_key(row["name"]), [row["name"]])
        known[squeeze_key(row["name"])] += row["written"].split("|")
    for name, written in known.items():
        for form in written if name not in own else ():
            others.setdefault(squeeze_key(form), set()).add(form)
    return {key: forms for key, forms in others.items() if key not in own}


def _list_homonyms(register: Register, own: Mapping[str, ProvinceName]) -> frozenset[str]:
    """Return the names in short that other provinces of the lists have too."""
    names = {str(name) for name in register.province_rows["name"]}
    others = [name for name in names if squeeze_key(name) not in own]
    written = {w for key, ws in _list_abbreviations().items() if key not in own for w in ws}
    return frozenset(written.union(*map(list_short_names, others)))


def _list_cities(register: Register, own: Iterable[str]) -> frozenset[str]:
    """Return the keys of own provinces that are, or were, cities, in full and in short."""
    rows = register.province_rows
    names = set(map(squeeze_key, rows.loc[rows["kind"] == "thành phố", "name"])) & set(own)
    written = _list_abbreviations()
    return frozenset(names.union(*(written.get(name, ()) for name in names)))


def is_abbreviation(key: str) -> bool:
    """Return whether a key is too short to be a name of its own."""
    return len(key) <= _LONGEST_SHORT
