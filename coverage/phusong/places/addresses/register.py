"""The units that an address may name: communes of every edition, districts, provinces."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final, NamedTuple

from phusong.places.addresses.kinds import HEADS
from phusong.places.addresses.spelling import index_deletions
from phusong.places.editions import list_districts, list_units, trace_lineage
from phusong.vietnamese import search_key, tone_key
from phusong.vietnamese.tones import REMEMBERED
from phusong.vocabulary.terms import Edition


class Unit(NamedTuple):
    """Hold a commune of one edition.

    Attributes
    ----------
    code, edition : its identity.
    kind, name, base, tone, bare : as listed; keys without spaces; the words without diacritics.
    tones : tone keys of the words.
    district : code, empty from July 2025.
    atoms : the codes of 2021 that it is made of; empty outside former Vĩnh Phúc.
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


class Register(NamedTuple):
    """Hold what every address is held against, compiled once.

    Attributes
    ----------
    units : edition → key → units; `short` the same by initials (`đ.trù`).
    districts : key or abbreviation → codes.
    near : index of the deletions of all names of communes.
    names : keys of all units.
    homes : commune of 2021 → its district.
    heads : words for a kind with which the name of a unit begins.
    words : the words of the names of communes, with diacritics.
    """

    units: dict[str, dict[str, list[Unit]]]
    short: dict[str, list[Unit]]
    districts: dict[str, frozenset[str]]
    near: dict[str, list[str]]
    names: frozenset[str]
    homes: dict[str, str]
    heads: frozenset[str]
    words: frozenset[str]


#: Names of the province in time, and the sign that says which.
_OUR_NAMES: Final = {"Vĩnh Phúc": "VP", "Phú Thọ": "PT", "Vĩnh Phú": "VPHU"}
#: Provinces of 1997–2025 and after, other than ours.
_FOREIGN: Final = (
    "An Giang|Bà Rịa Vũng Tàu|Bắc Giang|Bắc Kạn|Bạc Liêu|Bắc Ninh|Bến Tre|Bình Định|"
    "Bình Dương|Bình Phước|Bình Thuận|Cà Mau|Cần Thơ|Cao Bằng|Đà Nẵng|Đắk Lắk|Đắk Nông|"
    "Điện Biên|Đồng Nai|Đồng Tháp|Gia Lai|Hà Giang|Hà Nam|Hà Nội|Hà Tây|Hà Tĩnh|Hải Dương|"
    "Hải Phòng|Hậu Giang|Hòa Bình|Hồ Chí Minh|Hưng Yên|Khánh Hòa|Kiên Giang|Kon Tum|"
    "Lai Châu|Lâm Đồng|Lạng Sơn|Lào Cai|Long An|Nam Định|Nghệ An|Ninh Bình|Ninh Thuận|"
    "Phú Yên|Quảng Bình|Quảng Nam|Quảng Ngãi|Quảng Ninh|Quảng Trị|Sóc Trăng|Sơn La|"
    "Tây Ninh|Thái Bình|Thái Nguyên|Thanh Hóa|Thừa Thiên Huế|Huế|Tiền Giang|Trà Vinh|"
    "Tuyên Quang|Vĩnh Long|Yên Bái|HCM|HN|TP HCM|Bà Rịa|Vũng Tàu"
)
#: Districts that were the province's once, or lie at its border, by name.
_FORMER_DISTRICTS: Final = ("Mê Linh",)
#: Districts of the provinces around, as they were until June 2025; the former province of the pupil is said
#: by them alone as often as by its own name.
_NEIGHBOUR_DISTRICTS: Final = (
    "Việt Trì|Phù Ninh|Lâm Thao|Tam Nông|Thanh Thủy|Thanh Sơn|Tân Sơn|Yên Lập|Cẩm Khê|Hạ Hòa|Thanh Ba|"
    "Đoan Hùng|Đà Bắc|Lương Sơn|Kim Bôi|Cao Phong|Tân Lạc|Mai Châu|Lạc Sơn|Lạc Thủy|Yên Thủy|"
    "Sóc Sơn|Đông Anh|Phúc Thọ|Sơn Tây|Ba Vì|Đan Phượng|Thạch Thất|Gia Lâm|Hoài Đức|Quốc Oai|"
    "Phổ Yên|Đại Từ|Sông Công|Phú Bình|Phú Lương|Định Hóa|Đồng Hỷ|Võ Nhai|"
    "Sơn Dương|Yên Sơn|Hàm Yên|Chiêm Hóa|Na Hang|Lâm Bình"
)
#: Districts whose communes are in another today: Nghị định 153/2003/NĐ-CP (Tam Đảo, Phúc Yên) and
#: 09/NĐ-CP of 2008 (Sông Lô).
HISTORIC_PARENTS: Final = {
    "248": frozenset({"246", "247", "249"}),
    "253": frozenset({"246"}),
    "244": frozenset({"249"}),
}
#: Names of old Vĩnh Phúc that a commune of old Phú Thọ or Hòa Bình has too, once diacritics are gone.
_SHARED: Final = (
    "Hoa Sơn|Liễn Sơn|Cao Phong|Ngọc Mỹ|Tân Lập|Đồng Tâm|Hùng Vương|Đồng Xuân|Quang Yên|Liên Hòa"
    "|Yên Lập|Đồng Thịnh|Tam Sơn|Yên Dương|Tân Phú"
)


def _key(name: str) -> str:
    """Return the key of a name without spaces."""
    return search_key(name).replace(" ", "")


def shorten(words: tuple[str, ...]) -> str:
    """Return the key of a name whose first word is an initial: T.Đảo."""
    return words[0][0] + "".join(words[1:]) if len(words) > 1 else ""


def _list_own_provinces() -> dict[str, str]:
    """Return the sign of each of our provinces by key, by initial and name (V.Phúc) and by initials (VP)."""
    found: dict[str, str] = {}
    for name, sign in _OUR_NAMES.items():
        words = tuple(search_key(name).split())
        for key in ("".join(words), shorten(words), "".join(word[0] for word in words)):
            found.setdefault(key, sign)
    return found


OURS: Final = _list_own_provinces()
SHARED_WITH_NEIGHBOURS: Final = frozenset(map(_key, _SHARED.split("|")))
FOREIGN: Final = frozenset(map(_key, _FOREIGN.split("|")))
_FOREIGN_TONES: Final = frozenset(tone_key(name).replace(" ", "") for name in _FOREIGN.split("|"))
FORMER_DISTRICTS: Final = frozenset(map(_key, _FORMER_DISTRICTS))
NEIGHBOUR_DISTRICTS: Final = frozenset(map(_key, _NEIGHBOUR_DISTRICTS.split("|")))


def is_foreign(base: str, tone: str) -> bool:
    """Return whether keys are those of another province, with its diacritics where they have any."""
    return base in FOREIGN and (tone.isascii() or tone in _FOREIGN_TONES)


def _trace_atoms(edition: str) -> dict[str, frozenset[str]]:
    """Return the codes of 2021 that each commune of an edition is made of."""
    trace = trace_lineage(Edition.E2021, edition)
    return {str(code): frozenset(g) for code, g in trace.groupby("to_code")["from_code"]}


def _list_edition(edition: str) -> list[Unit]:
    """Return the communes of an edition, with those of the new Phú Thọ outside ours."""
    atoms = _trace_atoms(edition)
    rows = list_units(edition, whole_province=True).fillna({"district_code": ""})
    units = []
    for row in rows.to_dict("records"):
        base, tone = search_key(row["name"]), tone_key(row["name"])
        units.append(
            Unit(
                row["code"],
                edition,
                row["kind"],
                row["name"],
                base.replace(" ", ""),
                tone.replace(" ", ""),
                tuple(base.split()),
                tuple(tone.split()),
                row["district_code"],
                atoms.get(row["code"], frozenset()),
            )
        )
    return units


def _group(units: list[Unit]) -> dict[str, list[Unit]]:
    """Return units by key."""
    groups: dict[str, list[Unit]] = {}
    for unit in units:
        groups.setdefault(unit.base, []).append(unit)
    return groups


def _list_district_names() -> dict[str, frozenset[str]]:
    """Return the districts by key, by initial and name (T.Đảo) and by initials (TĐ)."""
    found: dict[str, set[str]] = {}
    for row in list_districts(Edition.E2021).to_dict("records"):
        words = tuple(search_key(row["name"]).split())
        initials = search_key("".join(word[0] for word in words))
        for name in ("".join(words), shorten(words), initials):
            found.setdefault(name, set()).add(row["code"])
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def compile_register() -> Register:
    """Return the register, compiled."""
    units = {str(e): _list_edition(str(e)) for e in Edition}
    every = [unit for listed in units.values() for unit in listed]
    ours = [unit for unit in every if unit.atoms]
    short: dict[str, list[Unit]] = {}
    for unit in ours:
        short.setdefault(shorten(unit.bare), []).append(unit)
    districts = _list_district_names()
    long = {name for name in districts if len(name) > 2}
    return Register(
        {edition: _group(listed) for edition, listed in units.items()},
        short,
        districts,
        index_deletions({unit.base for unit in ours}),
        frozenset(
            {u.base for u in every}
            | {u.tone for u in every}
            | long
            | (FOREIGN - {"hn", "hcm"})
            | _FOREIGN_TONES
            | set(OURS)
        ),
        {unit.code: unit.district for unit in units[str(Edition.E2021)]},
        frozenset(unit.bare[0] for unit in every) & HEADS,
        frozenset(word for unit in every for word in unit.tones),
    )


@lru_cache(maxsize=REMEMBERED)
def is_commune_name(key: str) -> bool:
    """Return whether a commune of ours has this key in some edition."""
    return any(
        unit.atoms for units in compile_register().units.values() for unit in units.get(key, ())
    )
