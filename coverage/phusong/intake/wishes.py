"""Read a donor's wish into conditions: for which districts, communes, schools, levels alone.

`Chỉ cho học sinh xã Đạo Trù`, `cấp 2`, `trường THCS Đạo Trù`. A wish that prefers (`ưu tiên`) and excludes
nobody is kept as it is written; so is whatever no condition comes out of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from phusong.places.editions import find_commune, list_districts
from phusong.places.registers import Register
from phusong.vietnamese.keys import base_key, normalise, search_key
from phusong.vocabulary.editions import NO_PROVINCE
from phusong.vocabulary.pupils import Level

#: Longest name of a commune or district that is looked for [words].
LONGEST = 4
_UNIT_HEADS = {
    ("cac", "xa"): "xã", ("xa",): "xã", ("x",): "xã", ("phuong",): "phường", ("p",): "phường",
    ("thi", "tran"): "thị trấn", ("tt",): "thị trấn",
}  # fmt: skip
_DISTRICT_HEADS = (("huyen",), ("thanh", "pho"), ("tp",), ("thi", "xa"), ("quan",), ("h",))
_HEADS = (*_UNIT_HEADS, *_DISTRICT_HEADS, ("tinh",), ("truong",))
_LEVELS = (
    (Level.TH, (("tieu", "hoc"), ("cap", "1"), ("cap", "i"), ("th",))),
    (
        Level.THCS,
        (("trung", "hoc", "co", "so"), ("thcs",), ("cap", "2"), ("cap", "ii")),
    ),
    (
        Level.THPT,
        (("trung", "hoc", "pho", "thong"), ("thpt",), ("cap", "3"), ("cap", "iii")),
    ),
)
_SCHOOL = ("truong",)
_JOINERS = frozenset((",", ";", "va", "&", "+", "/", "-", "hoac"))
_TOKEN = re.compile(r"[^\W_]+|[,;&+/()\-–:.|]")
#: A wish that prefers and excludes nobody.
_PREFERS, _EXCLUDES = (
    re.compile(r"\buu tien\b"),
    re.compile(r"\b(?:chi|rieng|duy nhat|khong phan bo)\b"),
)
#: A wish that asks for nothing.
_FREE = frozenset(
    (
        "khong",
        "khongco",
        "khongyeucau",
        "khonghanche",
        "tuytinh",
        "toantinh",
        "theokehoach",
        "ko",
        "0",
    )
)
#: Words that carry no condition by themselves.
_IDLE = frozenset(
    (
        "chi", "cho", "danh", "rieng", "ho", "tro", "tang", "phan", "bo", "cap", "phat", "hoc",
        "sinh", "hs", "cac", "em", "o", "tai", "thuoc", "tren", "dia", "ban", "cua", "la",
        "nhung", "va", "hoac", "truong", "xa", "phuong", "huyen", "tinh", "vinh", "phuc", "dung",
        "duy", "nhat", "so", "lo", "nay", "may", "thiet", "bi", "khoi",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """Hold the conditions of a wish.

    Parameters
    ----------
    districts, communes : codes.
    schools : names or ids as written.
    levels : values of `Level`.
    rest : what no condition came out of; empty where all was understood.
    """

    districts: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    rest: str = ""

    @property
    def is_empty(self) -> bool:
        """Return whether there is no condition."""
        return not (self.districts or self.communes or self.schools or self.levels)


class UnitList(NamedTuple):
    """Say in which list of units names are looked up.

    Parameters
    ----------
    edition : of the commune codes.
    province : code; None: the default one; of `NO_PROVINCE` no name is known.
    register : that holds the list; None: the packaged one.
    """

    edition: str
    province: str | None = None
    register: Register | None = None


def parse_wish(text: str, units: UnitList) -> Wish:
    """Return the conditions of a wish.

    Parameters
    ----------
    text : as the donor wrote it.
    units : in which names of communes and districts are looked up.
    """
    told = normalise(text)
    plain = base_key(told)
    if plain.replace(" ", "") in _FREE or not plain:
        return Wish()
    if _PREFERS.search(plain) and not _EXCLUDES.search(plain):
        return Wish(rest=told)
    return _Reader(told, units).read()


class _Reader:
    """Walk along the words of one wish."""

    def __init__(self, text: str, units: UnitList) -> None:
        self.written = [m[0] for m in _TOKEN.finditer(text)]
        self.plain = [base_key(w) or w for w in self.written]
        self.units = units
        self.at = 0
        self.named: dict[str, list[str]] = {
            "districts": [],
            "communes": [],
            "schools": [],
            "levels": [],
        }
        self.places: list[tuple[str, str]] = []
        self.rest: list[str] = []

    def read(self) -> Wish:
        """Return the wish, its communes looked up with the districts that it names."""
        while self.at < len(self.written):
            steps = (self._take_school, self._take_units, self._take_districts, self._take_level)
            if not any(step() for step in steps):
                self._pass()
        self._find_places()
        kept = {name: tuple(sorted(set(found))) for name, found in self.named.items()}
        if self.named["communes"]:
            kept["districts"] = ()  # said to tell the commune
        return Wish(**kept, rest=" ".join(self.rest))

    def _starts(self, *heads: tuple[str, ...]) -> int:
        """Return how many words of one of the heads stand here; 0 where none does."""
        lengths = [len(h) for h in heads if tuple(self.plain[self.at : self.at + len(h)]) == h]
        return max(lengths, default=0)

    def _take_school(self) -> bool:
        """Take a school by its level and its name in capitals, or by the word school and a name."""
        after = self._starts(_SCHOOL)
        level = self._level_at(self.at + after)
        begin = self.at + after + (level[1] if level else 0)
        while level and self.plain[begin : begin + 1] in (["&"], ["-"]):
            second = self._level_at(begin + 1)
            if second is None:
                break
            begin += 1 + second[1]
        name = self._capitals(begin)
        if not name or not (after or level):
            return False
        if level and not after and self.plain[self.at] == "cap":
            return False
        words = self.written[self.at + after : begin] + name
        self.named["schools"].append(" ".join(words))
        self.at = begin + len(name)
        return True

    def _capitals(self, at: int) -> list[str]:
        """Return the words from a place on that begin with a capital or are digits."""
        name: list[str] = []
        for word in self.written[at:]:
            if not (word[0].isupper() or (name and word.isdigit())) or len(name) > LONGEST:
                break
            name.append(word)
        return name

    def _level_at(self, at: int) -> tuple[Level, int] | None:
        """Return the level that is named at a place, and in how many words."""
        for level, forms in _LEVELS:
            for form in forms:
                if tuple(self.plain[at : at + len(form)]) == form:
                    return level, len(form)
        return None

    def _take_level(self) -> bool:
        """Take one level, and those that follow it: `cấp 1, 2`."""
        found = self._level_at(self.at)
        if found is None:
            return False
        by_number = self.plain[self.at] == "cap"
        self.named["levels"].append(str(found[0]))
        self.at += found[1]
        while by_number and self._follows():
            again = self._level_of(self.at + 1)
            if again is None:
                break
            self.named["levels"].append(str(again))
            self.at += 2
        return True

    def _level_of(self, at: int) -> Level | None:
        """Return the level of a bare number at a place."""
        word = self.plain[at] if at < len(self.plain) else ""
        return next((level for level, forms in _LEVELS if ("cap", word) in forms), None)

    def _follows(self) -> bool:
        """Return whether a word that joins two things stands here."""
        return self.at < len(self.plain) and self.plain[self.at] in _JOINERS

    def _take_units(self) -> bool:
        """Take the communes behind their kind: `xã Đạo Trù, Yên Dương và Bồ Lý`."""
        heads = {
            head: kind for head, kind in _UNIT_HEADS.items() if self._starts(head) == len(head)
        }
        if not heads:
            return False
        head = max(heads, key=len)
        if self._take_name(len(head), heads[head]) == 0:
            return False
        while self._follows() and self._take_name(1, heads[head]):
            pass
        return True

    def _take_name(self, skip: int, kind: str) -> int:
        """Take the longest name of a commune that stands behind some words; return how many it has."""
        begin = self.at + skip
        if any(tuple(self.plain[begin : begin + len(h)]) == h for h in _HEADS):
            return 0
        for length in range(LONGEST, 0, -1):
            words = self.written[begin : begin + length]
            if len(words) < length or any(
                w in _JOINERS for w in self.plain[begin : begin + length]
            ):
                continue
            if _look_up(" ".join(words), kind, "", self.units):
                self.places.append((" ".join(words), kind))
                self.at = begin + length
                return length
        return 0

    def _take_districts(self) -> bool:
        """Take a district behind its kind."""
        skip = self._starts(*_DISTRICT_HEADS)
        for length in range(LONGEST, 0, -1) if skip else ():
            name = " ".join(self.written[self.at + skip : self.at + skip + length])
            code = _district_codes(self.units).get(search_key(name))
            if code:
                self.named["districts"].append(code)
                self.at += skip + length
                return True
        return False

    def _pass(self) -> None:
        """Go on by a word, keeping it where it may matter."""
        word, plain = self.written[self.at], self.plain[self.at]
        if plain not in _IDLE and any(c.isalnum() for c in word):
            self.rest.append(word)
        self.at += 1

    def _find_places(self) -> None:
        """Find the communes by the districts named, if any; one of several of that name stays in the rest."""
        for name, kind in self.places:
            wanted = self.named["districts"] or [""]
            codes = {c for d in wanted for c in _look_up(name, kind, d, self.units)}
            if len(codes) == 1:
                self.named["communes"] += codes
            else:
                self.rest += [kind, name]


@cache
def _look_up(name: str, kind: str, district: str, units: UnitList) -> tuple[str, ...]:
    """Return the codes of the communes that a name may mean."""
    if units.province == NO_PROVINCE:
        return ()
    return tuple(find_commune(name, kind=kind, district=district or None, **units._asdict()))


@cache
def _district_codes(units: UnitList) -> dict[str, str]:
    """Return name of a district as a key → code."""
    if units.province == NO_PROVINCE:
        return {}
    districts = list_districts(**units._asdict())
    return {
        search_key(
            name.removeprefix("Huyện ").removeprefix("Thành phố ").removeprefix("Thị xã ")
        ): code
        for code, name in zip(districts["code"], districts["name"], strict=True)
    }
