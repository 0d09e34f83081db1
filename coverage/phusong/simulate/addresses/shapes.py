"""The ordinary ways to write an address: in one line or in columns, in full or short, all of them right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import NamedTuple

from phusong.simulate.addresses.places import Former, Place, Unit
from phusong.simulate.addresses.spelling import fold

#: How each kind of hamlet and of commune is written; the first is in full.
HAMLET_KINDS = {
    "thôn": ("Thôn ", "thôn ", "thôn ", "Th. ", "Th "),
    "xóm": ("Xóm ", "xóm "),
    "bản": ("Bản ", "bản "),
    "làng": ("Làng ", "làng "),
    "khu": ("Khu ", "khu ", "KDC ", "Khu dân cư "),
    "tổ dân phố": ("Tổ dân phố ", "TDP ", "tổ dân phố ", "Tổ ", "T.D.P ", "Tổ DP "),
    "khu phố": ("Khu phố ", "KP ", "khu phố "),
}
UNIT_KINDS = {
    "xã": ("xã ", "Xã ", "X. ", "x.", "xã "),
    "phường": ("phường ", "Phường ", "P. ", "P.", "P "),
    "thị trấn": ("thị trấn ", "Thị trấn ", "TT ", "TT. ", "T.T "),
    "huyện": ("huyện ", "Huyện ", "H. ", "H."),
    "thành phố": ("thành phố ", "TP ", "TP. ", "T.P ", "Tp. "),
    "thị xã": ("thị xã ", "TX ", "TX. "),
    "quận": ("quận ", "Quận ", "Q. ", "Q."),
    "đặc khu": ("đặc khu ", "Đặc khu "),
}
SEPARATORS = (", ",) * 14 + (" - ", " - ", " – ", "; ", ",", " / ", "\n", " ")
STREETS = ("Mê Linh", "Hùng Vương", "Trần Phú", "Lam Sơn", "Lý Thái Tổ", "Nguyễn Tất Thành")
#: Places inside a hamlet that are no hamlets.
INNER = ("Trại", "Đồi", "Cầu", "Cổng", "Sau", "Ngoài")


class Written(NamedTuple):
    """Hold an address as written, and what it truthfully means.

    Parameters
    ----------
    address : in one line; empty where the source is in columns.
    hamlet, commune, district, province : in columns.
    as_of : day of the record, where it is not that of the file.
    status : what a careful reader finds, one of the six outcomes.
    noise : what was done to it; empty for an ordinary address.
    """

    address: str = ""
    hamlet: str = ""
    commune: str = ""
    district: str = ""
    province: str = ""
    as_of: str = ""
    status: str = "MATCHED"
    noise: str = ""


class Parts(NamedTuple):
    """Hold the parts of an address before they are put into a line or into columns."""

    before: str
    hamlet: str
    commune: str
    district: str
    province: str
    separator: str = ", "


def write_ordinary(place: Place, rng: Random, *, columns: bool) -> Written:
    """Return an ordinary address of a hamlet.

    Parameters
    ----------
    place : the hamlet.
    rng : stream of random numbers.
    columns : whether the source has a column for each level.
    """
    if columns:
        return fill_columns(_fill_cells(place, rng))
    if place.former and rng.random() < place.customs.former_share:
        return _write_former(place, place.former, rng)
    parts = draft_full(place, rng) if rng.random() < 0.45 else _draft_short(place, rng)
    line = join_parts(parts._replace(before=_draw_before(place, rng)))
    dice = rng.random()
    return Written(address=line.lower() if dice < 0.03 else line)


def _write_former(place: Place, former: Former, rng: Random) -> Written:
    """Return an address with the commune and district of before the last merger, alone or beside the new."""
    hamlet = spell_hamlet(place, rng)
    if hamlet == place.name:
        hamlet = f"{place.kind} {place.name}"
    old, new = f"{former.unit.kind} {former.unit.name}", f"{place.unit.kind} {place.unit.name}"
    district = f"{former.unit.district_kind} {former.unit.district}"
    forms = (
        f"{hamlet}, {old}, {district}, {former.province}",
        f"{hamlet}, {new} ({old} cũ), {place.customs.full}",
        f"{hamlet}, {new} ({old}, {district} cũ), {place.customs.full}",
        f"{hamlet}, {new}, {place.customs.full} (trước đây là {old}, {district}, {former.province})",
    )
    return Written(address=rng.choice(forms))


def finish(parts: Parts, *, columns: bool) -> Written:
    """Return the parts in one line or in columns."""
    return fill_columns(parts) if columns else Written(address=join_parts(parts))


def fill_columns(parts: Parts) -> Written:
    """Return the parts in columns."""
    return Written(
        hamlet=parts.hamlet,
        commune=parts.commune,
        district=parts.district,
        province=parts.province,
    )


def join_parts(parts: Parts) -> str:
    """Return the parts in one line, the smallest first."""
    levels = (parts.hamlet, parts.commune, parts.district, parts.province)
    return parts.before + parts.separator.join(level for level in levels if level)


def change_parts(parts: Parts, change: Callable[[str], str]) -> Parts:
    """Return the parts with the three lower levels changed."""
    return parts._replace(
        hamlet=change(parts.hamlet), commune=change(parts.commune), district=change(parts.district)
    )


def draft_full(place: Place, rng: Random, *, name: str = "", unit: Unit | None = None) -> Parts:
    """Return the parts of an address with every kind spelled out.

    Parameters
    ----------
    place : the hamlet.
    rng : stream of random numbers.
    name : another name for the hamlet.
    unit : another commune.
    """
    at, own = unit or place.unit, place.customs
    kind = HAMLET_KINDS.get(place.kind, (f"{place.kind.capitalize()} ",))
    hamlet = rng.choice(kind[:2]) + (name or place.name)
    district = f"{at.district_kind} {at.district}".strip()
    return Parts(
        "",
        hamlet,
        f"{at.kind} {at.name}",
        district,
        rng.choice((own.full, own.province, "")),
    )


def _draft_short(place: Place, rng: Random) -> Parts:
    """Return the parts with kinds and levels left out or abbreviated where that leaves no doubt."""
    unit = place.unit
    hamlet = spell_hamlet(place, rng)
    commune = rng.choice(UNIT_KINDS.get(unit.kind, (f"{unit.kind} ",))) + unit.name
    if place.bare_commune and rng.random() < 0.35:
        commune = unit.name
    separator = rng.choice(SEPARATORS)
    if separator == " " and (hamlet == place.name or commune == unit.name):
        separator = ", "
    district = _spell_district(unit, place.customs.initials, rng)
    if place.bare_commune and rng.random() < 0.25:
        district = ""
    whole = bool(district) or not place.customs.has_districts
    province = rng.choice(place.customs.written) if whole else ""
    return Parts("", hamlet, commune, district, province, separator)


def spell_hamlet(place: Place, rng: Random) -> str:
    """Return a hamlet with its kind in one of the usual forms, or without where that leaves no doubt."""
    if place.bare and rng.random() < 0.25:
        return place.name
    kind = rng.choice(HAMLET_KINDS.get(place.kind, (f"{place.kind.capitalize()} ",)))
    if place.number and rng.random() < 0.5:
        return kind + str(place.number)
    return kind + place.name


def _spell_district(unit: Unit, initials: Mapping[str, str], rng: Random) -> str:
    """Return a district in one of the usual forms."""
    if not unit.district:
        return ""
    dice = rng.random()
    if dice < 0.3:
        return unit.district
    if dice < 0.4:
        return initials.get(unit.district, unit.district)
    return rng.choice(UNIT_KINDS[unit.district_kind]) + unit.district


def _draw_before(place: Place, rng: Random) -> str:
    """Return what stands before the hamlet: a house, a lane, a team, a corner of it; mostly nothing."""
    dice = rng.random()
    if dice < 0.78:
        return ""
    number, lane = rng.randrange(1, 200), rng.randrange(1, 15)
    if dice < 0.84:
        return f"Số {number}, " if not place.number else f"Số nhà {number}, "
    if dice < 0.88:
        return f"Số {number} ngõ {lane} đường {rng.choice(STREETS)}, "
    if dice < 0.92:
        return f"Ngõ {lane}, "
    if dice < 0.97 or place.kind == "xóm":
        return f"Đội {lane}, "
    inner = rng.choice(INNER)
    return "" if fold(inner) in place.neighbours else f"Xóm {inner}, "


def capitalise(text: str) -> str:
    """Return a text with its first letter large and all others as they are."""
    return text[:1].upper() + text[1:]


def _fill_cells(place: Place, rng: Random) -> Parts:
    """Return what stands in the four columns of an ordinary record."""
    unit, name, full = place.unit, place.customs.province, place.customs.full
    short = str(place.number) if place.number else place.name
    hamlet = short if rng.random() < 0.4 else spell_hamlet(place, rng)
    kind = rng.choice(UNIT_KINDS.get(unit.kind, ("",))[:2])
    commune = unit.name if place.bare_commune and rng.random() < 0.4 else kind + unit.name
    district = rng.choice((unit.district, f"{unit.district_kind.capitalize()} {unit.district}"))
    return Parts(
        "",
        hamlet,
        commune,
        district.strip(),
        rng.choice((name, name, capitalise(full))),
    )
