"""The editions of the administrative map: what a code meant, when, and what became of it.

Codes are used again, so the identity of a place is (code, edition). Every question is put to a register:
that of the run, or the packaged one of the country (`places.registers`) where none is handed in. Where no
province is named, it is the one that the packaged register is opened for.
"""

from __future__ import annotations

import math
from datetime import date

import pandas as pd

from phusong.places.registers import (
    UNASSIGNED,
    UNASSIGNED_NAME,
    Register,
    name_fully,
    read_register,
)
from phusong.vietnamese.keys import base_key, search_key, tone_key
from phusong.vocabulary.editions import (
    COMMUNE_KINDS,
    DISTRICT_KINDS,
    NO_PROVINCE,
    Edition,
    default_province,
)
from phusong.vocabulary.errors import ParameterFault


def check_edition(edition: str, register: Register | None = None) -> str:
    """Return the edition's id.

    Parameters
    ----------
    edition : day.
    register : of the run; None: the packaged one.

    Raises
    ------
    ParameterFault
        If the register holds no such edition.
    """
    return (register or read_register()).check_edition(edition)


def list_editions(province: str | None = None, register: Register | None = None) -> list[Edition]:
    """Return the editions in which a province is listed anew, in order.

    Parameters
    ----------
    province : code; None: the default one.
    register : of the run; None: the packaged one.
    """
    code, held = province or default_province(), register or read_register()
    return [name_edition(day, code, held) for day in held.editions(code)]


def name_edition(day: str, province: str, register: Register | None = None) -> Edition:
    """Return an edition that knows what a register lists of a province on its day.

    Parameters
    ----------
    day : of the edition.
    province : code; of one that the register does not hold nothing is counted.
    register : of the run; None: the packaged one, whose counts are on record.
    """
    if register is None or register is read_register():
        return Edition(str(day), province)
    if province == NO_PROVINCE or not register.holds(province) or str(day) not in register.days:
        return Edition(str(day), province, {})
    kinds = register.districts(day, province)["kind"].value_counts()
    kinds = pd.concat([kinds, register.units(day, province)["kind"].value_counts()])
    counted = {k: str(int(n)) for k, n in kinds.items() if k in {*COMMUNE_KINDS, *DISTRICT_KINDS}}
    return Edition(str(day), province, counted)


def list_reported(edition: str, province: str, register: Register | None = None) -> list[Edition]:
    """Return the editions in which a province is told: that of its sources, and the newest after it.

    Parameters
    ----------
    edition : of the sources.
    province : code; one that the register does not hold is told in the edition of its sources alone.
    register : of the run; None: the packaged one.
    """
    held = register or read_register()
    own = name_edition(str(edition), province, held)
    newest = list_editions(province, held)[-1:] if held.holds(province) else []
    return [own, *(later for later in newest if later > own)]


def edition_on(day: date, province: str | None = None, register: Register | None = None) -> Edition:
    """Return a province's edition in force on a day; its first one for any day before it.

    Parameters
    ----------
    day : of the data.
    province : code; None: the default one.
    register : of the run; None: the packaged one.
    """
    code, held = province or default_province(), register or read_register()
    return name_edition(held.edition_on(day.isoformat(), code), code, held)


def list_units(
    edition: str,
    *,
    whole_province: bool = False,
    province: str | None = None,
    register: Register | None = None,
) -> pd.DataFrame:
    """Return the communes, wards, townships and special zones of a province in an edition, sorted by code.

    Parameters
    ----------
    edition : day of an edition.
    whole_province : also the other units of the province that holds this ground in that edition, so of former
        province 26 from July 2025 all of province 25.
    province : code; None: the default one.
    register : of the run; None: the packaged one.

    Returns
    -------
    code, name (without kind), kind, parent_code, district_code, district, province_code, valid_from,
    valid_to, legal_basis, area_km2 [km²], area_source, population [persons], population_year, lon, lat
    (rough, to 0.01°).
    """
    held, code = register or read_register(), province or default_province()
    if whole_province and edition >= held.read_in:
        code = str(held.holder(code, edition)["code"])
    return held.units(edition, code)


def name_communes(edition: str, register: Register | None = None) -> pd.Series:
    """Return kind and name of every commune of a register by code, and the name of `UNASSIGNED`.

    Parameters
    ----------
    edition : day of an edition.
    register : of the run; None: the packaged one.
    """
    names = name_fully((register or read_register()).units(edition).set_index("code"))
    return pd.concat([names, pd.Series({UNASSIGNED: UNASSIGNED_NAME})])


def list_districts(
    edition: str, *, province: str | None = None, register: Register | None = None
) -> pd.DataFrame:
    """Return the districts of a province in an edition; none from July 2025 on.

    Parameters
    ----------
    edition : day of an edition.
    province : code; None: the default one.
    register : of the run; None: the packaged one.
    """
    return (register or read_register()).districts(edition, province or default_province())


def trace_lineage(
    source: str, target: str, *, province: str | None = None, register: Register | None = None
) -> pd.DataFrame:
    """Return what became of every unit of a province between two editions.

    Parameters
    ----------
    source, target : editions, in either order.
    province : code; None: the default one.
    register : of the run; None: the packaged one.

    Returns
    -------
    from_code, to_code, share (of the older unit's ground that lies in the newer one: 1 where it went there
    whole, empty where it went to several, since no list says how much), basis.
    """
    return (register or read_register()).lineage(source, target, province or default_province())


def convert_codes(
    codes: pd.Series, *, source: str, target: str, register: Register | None = None
) -> pd.Series:
    """Return commune codes of one edition, of any province, as codes of another, on the same index.

    Towards an earlier edition a merged unit has several predecessors, and some units went to several later
    ones; only the hamlet knows which.

    Parameters
    ----------
    codes : of the source edition.
    source, target : editions, in either order.
    register : of the run; None: the packaged one.

    Raises
    ------
    ParameterFault
        If a code is not in the source edition, or has several counterparts.
    """
    return (register or read_register()).convert(codes, source=source, target=target)


def report_edition(
    table: pd.DataFrame, *, edition: str, register: Register | None = None
) -> pd.DataFrame:
    """Return a table whose `commune_code` and `edition` are those of another edition.

    Towards a later edition, a row of a commune that went to several has `UNASSIGNED` as its code: it is
    counted on a line of its own, so that totals stay.

    Parameters
    ----------
    table : any frame with `commune_code` and `edition`; rows may be of several editions.
    edition : the edition to report in.
    register : of the run; None: the packaged one.

    Raises
    ------
    ParameterFault
        If a row has no edition, or its code cannot be converted.
    """
    held = register or read_register()
    codes = table["commune_code"].to_numpy(dtype=object, copy=True)
    editions = table["edition"].to_numpy(dtype=object)
    if pd.isna(editions).any():
        raise ParameterFault("a row without an edition cannot be reported: a bare code is no place")
    for source in sorted(set(editions) - {edition}):
        rows = editions == source
        given = pd.Series(codes[rows])
        lost = UNASSIGNED if str(source) < edition else None
        codes[rows] = held.convert(given, source=str(source), target=edition, unassigned=lost)
    described = pd.Series(codes, index=table.index, dtype="str")
    return table.assign(commune_code=described, edition=held.check_edition(edition))


def find_commune(
    name: str,
    *,
    edition: str,
    kind: str | None = None,
    district: str | None = None,
    province: str | None = None,
    register: Register | None = None,
) -> list[str]:
    """Return the codes of the communes that a name may mean, exact spelling before accent-free.

    Parameters
    ----------
    name : with or without its kind, with or without diacritics.
    edition : day of an edition.
    kind : xã, phường or thị trấn, where the text says so; it chooses between homonyms and overrules no name,
        since kinds change (three communes became wards and townships in 2023).
    district : name or code of the district, where the text says so.
    province : code of the province in which it is looked for; None: the default one.
    register : of the run; None: the packaged one.
    """
    units = list_units(edition, whole_province=True, province=province, register=register)
    if district:
        wanted = search_key(_split_kind(district)[0])
        names = units["district"].fillna("").map(lambda d: search_key(_split_kind(d)[0]))
        units = units[(units["district_code"] == district.strip()) | (names == wanted)]
    bare, stated = _split_kind(name)
    for text, wanted_kind in ((bare, kind or stated), (name.strip(), kind)):
        for key in (tone_key, search_key):
            same = units[units["name"].map(key) == key(text)]
            if len(same):
                typed = same[same["kind"] == wanted_kind] if wanted_kind else same
                return sorted((typed if len(typed) else same)["code"])
    return []


_KINDS = {
    "xa": "xã",
    "x": "xã",
    "phuong": "phường",
    "p": "phường",
    "thi tran": "thị trấn",
    "tt": "thị trấn",
    "dac khu": "đặc khu",
}
_ABOVE = ("thanh pho", "tp", "huyen", "h", "thi xa", "tx", "quan")


def _split_kind(name: str) -> tuple[str, str | None]:
    """Return a unit's name without its kind, and the kind if it was written.

    A first word counts as a kind where it carries the kind's own diacritics, or none:
    Phương Khoan is no ward.
    """
    words = name.replace(".", " ").split()
    for length in (2, 1):
        head = base_key(" ".join(words[:length]))
        written = " ".join(words[:length])
        kind = _KINDS.get(head)
        foreign = kind is not None and not written.isascii() and tone_key(written) != tone_key(kind)
        if len(words) > length and not foreign and (kind or head in _ABOVE):
            return " ".join(words[length:]), kind
    return " ".join(words), None


def province_box(
    province_code: str | None = None,
    edition: str | None = None,
    register: Register | None = None,
) -> tuple[float, float, float, float] | None:
    """Return west, south, east, north of a province [°], to a hundredth of a degree outwards.

    Parameters
    ----------
    province_code : None: the default one.
    edition : in which the code is read, since codes outlive mergers; None: the newest that knows it.
    register : of the run; None: the packaged one.

    Returns
    -------
    None where no box is on record, as of a province that has only its own list.

    Raises
    ------
    ParameterFault
        If the register does not hold the province.
    """
    held = register or read_register()
    row = held.describe(province_code or default_province(), edition)
    west, south, east, north = (float(row[c]) for c in ("west", "south", "east", "north"))
    return None if math.isnan(west) else (west, south, east, north)
