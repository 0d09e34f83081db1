"""How records of offices lay an address out: a line beside columns, two levels or three, in whatever order.

These stand beside the noises of `drawing`, which the made-up provinces are written with, so that what
those provinces deliver stays byte for byte what it was.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pandas as pd

from phusong.simulate.addresses import fonts
from phusong.simulate.addresses.drawing import COLUMNS, TRUTH
from phusong.simulate.addresses.places import ALONE, OTHERS, Book, Late, Place, name_key, open_book
from phusong.simulate.addresses.shapes import Written, capitalise

Writer = Callable[[Place, Random, Book], Written | None]

#: The province before July 2025 as offices shorten it, and after.
SHORT = ("V.Phúc", "V. Phúc", "VPhúc", "V.PHÚC", "v.phúc", "VP", "V Phúc")
SHORT_LATER = ("P.Thọ", "P. Thọ", "Phú Thọ", "tỉnh Phú Thọ", "T. Phú Thọ", "T.P.Thọ")
#: What stands in a form where nobody knew, or where a program lost it.
PLACEHOLDERS = (
    "#REF!",
    "#N/A",
    "#VALUE!",
    "#NAME?",
    "abc",
    "Khác",
    "Tự do",
    "khác",
    "...",
    "N/A",
    "xxx",
)
#: Addresses elsewhere in the country, small before large.
ELSEWHERE = (
    ("bản Khe Rạn", "xã Bồng Khê", "huyện Con Cuông", "tỉnh Nghệ An"),
    ("Ấp Mẫu", "xã Tân Lập", "huyện Đồng Phú", "tỉnh Bình Phước"),
    ("Thôn Tân Lập", "xã Yên Dương", "huyện Ý Yên", "tỉnh Nam Định"),
    ("Xóm 4", "xã Quang Sơn", "huyện Đô Lương", "tỉnh Nghệ An"),
    ("Ấp 3", "xã Minh Quang", "huyện Bến Lức", "tỉnh Long An"),
    ("Thôn Đồng Tâm", "xã Hoàng Hoa", "huyện Ba Bể", "tỉnh Bắc Kạn"),
    ("Bản Nà Ngò", "xã Đồng Tâm", "huyện Bình Liêu", "tỉnh Quảng Ninh"),
    ("Tổ 5", "phường Xuân Hòa", "quận 3", "TP Hồ Chí Minh"),
    ("Buôn Ky", "phường Thành Nhất", "TP Buôn Ma Thuột", "tỉnh Đắk Lắk"),
)
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
#: A sign that no Vietnamese font has.
_BROKEN = "\u00b6"


def _levels(place: Place) -> tuple[str, str, str, str]:
    """Return the four levels of a hamlet with every kind."""
    unit = place.unit
    district = f"{unit.district_kind} {unit.district}"
    return f"{place.kind} {place.name}", f"{unit.kind} {unit.name}", district, place.customs.full


def _is_whole(place: Place) -> bool:
    """Return whether a hamlet with its kind, commune and district is told apart from all others."""
    return bool(place.unit.district) and place.plain


def shorten_province(place: Place, rng: Random, _book: Book) -> Written | None:
    """Return an address whose province is shortened, in a line or in a column."""
    hamlet, commune, district, _ = _levels(place)
    if not place.unit.district:
        return None
    short = rng.choice(SHORT)
    if rng.random() < 0.3:
        return Written("", hamlet, commune, district, short)
    district = rng.choice((district, place.unit.district))
    return Written(rng.choice((", ", " - ", ",")).join((hamlet, commune, district, short)))


def write_both(place: Place, rng: Random, _book: Book) -> Written | None:
    """Return a line and columns that say the same, each with the larger units or without."""
    hamlet, commune, district, province = _levels(place)
    if not place.unit.district or not place.bare_commune:
        return None
    in_line = [hamlet, rng.choice((commune, place.unit.name))]
    in_line += rng.choice(([], [district], [place.unit.district]))
    name = place.customs.province
    in_line += rng.choice(([], [province], [name], [SHORT[0]]))
    columns = (
        rng.choice(("", hamlet)) if not place.number else "",
        rng.choice(("", commune, place.unit.name)),
        rng.choice(("", district, place.unit.district)),
        rng.choice(("", province, name, capitalise(province))),
    )
    return Written(", ".join(in_line), *columns) if any(columns) else None


def contradict(place: Place, rng: Random, book: Book) -> Written | None:
    """Return a line and a column of communes that say two communes of two districts."""
    hamlet, commune, district, province = _levels(place)
    other = rng.choice(list(book.units.values()))
    if other.district == place.unit.district or other.name == place.unit.name or not other.district:
        return None
    line = ", ".join((hamlet, commune, district, province))
    there = f"{other.district_kind} {other.district}"
    return Written(line, "", f"{other.kind} {other.name}", there, status="CONFLICT")


def _latest(place: Place) -> Late | None:
    """Return where a hamlet lies since there are no districts."""
    return next((late for late in place.late if not late.unit.district), None)


def _write_number(number: int, rng: Random) -> str:
    """Return a number as people write it."""
    ways = [str(number), f"{number:02d}", f"số {number}", f"Số {number:02d}"]
    return rng.choice([*ways, _ROMAN[number]] if number <= 10 else ways)


def write_later(place: Place, rng: Random, _book: Book) -> Written | None:
    """Return an address of two levels; which hamlet a number is may be in doubt."""
    late = _latest(place)
    if late is None or late.rivals == OTHERS:
        return None
    name = _write_number(place.number, rng) if place.number else place.name
    commune = f"{late.unit.kind} {late.unit.name}"
    status = "MATCHED" if late.rivals == ALONE else "AMBIGUOUS"
    parts = (f"{place.kind} {name}", commune, rng.choice(SHORT_LATER))
    if rng.random() < 0.25:
        return Written("", *parts[:2], "", parts[2], status=status)
    return Written(rng.choice((", ", ", ", " - ")).join(parts), status=status)


def write_former_behind(place: Place, rng: Random, _book: Book) -> Written | None:
    """Return an address of two levels that says in brackets what the commune was called."""
    late, (hamlet, commune, district, before) = _latest(place), _levels(place)
    if late is None or not _is_whole(place):
        return None
    now, province = f"{late.unit.kind} {late.unit.name}", rng.choice(SHORT_LATER)
    forms = (
        f"{hamlet}, {now} ({commune} cũ), {province}",
        f"{hamlet}, {now} ({commune}, {district} cũ), {province}",
        f"{hamlet} ({commune} cũ), {now}, {province}",
        f"{hamlet}, {commune} (nay là {now}, {province})",
        f"{hamlet}, {commune}, {district}, {before} (nay là {now}, {place.customs.later})",
        f"{hamlet}, {now}, {province} (trước đây là {commune}, {district}, {before})",
        f"{hamlet}, {commune} cũ, {now}, {province}",
    )
    return Written(rng.choice(forms))


def break_sign(place: Place, rng: Random, _book: Book) -> Written | None:
    """Return an address in a legacy font, one sign of whose province is lost."""
    inside = rng.random() < 0.4
    levels = _levels(place) if inside else rng.choice(ELSEWHERE)
    if not levels[2].strip():
        return None
    line = fonts.write_tcvn3(", ".join(levels))
    if line.isascii():
        return None
    broken = line[:-1] + _BROKEN if inside else line.replace(", ", f" {_BROKEN}®, ", 1)
    return Written(broken, status="MATCHED" if inside else "OUT_OF_PROVINCE")


def leave_placeholder(_place: Place, rng: Random, _book: Book) -> Written | None:
    """Return what stands where nobody knew; a number in the column of hamlets, without a commune."""
    if rng.random() < 0.3:
        return Written("", str(rng.randrange(1, 60)), status="EMPTY")
    blank = rng.choice(PLACEHOLDERS)
    return (Written(blank) if rng.random() < 0.5 else Written("", blank))._replace(status="EMPTY")


def glue_number(place: Place, rng: Random, _book: Book) -> Written | None:
    """Return a numbered hamlet whose kind and number stand without a space."""
    _, commune, district, province = _levels(place)
    if not place.number or not place.unit.district:
        return None
    kind = rng.choice(("TDP", "Tổ dân phố") if place.kind == "tổ dân phố" else ("thôn", "Thôn"))
    number = rng.choice((f"số {place.number}", str(place.number), f"{place.number:02d}"))
    glued = rng.choice((f"{kind}{number}", f"{kind}{number}".upper()))
    return Written(", ".join((glued, commune, district, province)))


def shorten_name(place: Place, rng: Random, book: Book) -> Written | None:
    """Return a hamlet of three words whose first is an initial: M.Đường Trong."""
    first, *rest = place.name.split()
    short = name_key(f"{first[0]} {' '.join(rest)}")
    alike = {
        k for k in book.known[place.code] if name_key(f"{k[0]} {' '.join(k.split()[1:])}") == short
    }
    if len(rest) < 2 or len(alike) > 1 or not place.unit.district:
        return None
    _, commune, district, province = _levels(place)
    hamlet = f"{rng.choice((f'{place.kind} ', ''))}{first[0]}.{' '.join(rest)}"
    return Written(", ".join((hamlet, commune, district, province)))


def reverse_elsewhere(_place: Place, rng: Random, _book: Book) -> Written | None:
    """Return an address elsewhere, the largest unit first, with kinds or without."""
    levels = rng.choice(ELSEWHERE)[::-1]
    bare = [level.split(" ", 1)[1] if rng.random() < 0.6 else level for level in levels]
    return Written(", ".join(bare[: rng.choice((3, 4))]), status="OUT_OF_PROVINCE")


def reverse_all(place: Place, rng: Random, _book: Book) -> Written | None:
    """Return an address with the province, in short, before everything else."""
    hamlet, commune, district, _ = _levels(place)
    if not place.unit.district or not place.bare_commune:
        return None
    first = rng.choice((*SHORT[:4], place.customs.province, capitalise(place.customs.full)))
    bare = rng.random() < 0.4 and place.bare
    levels = (place.unit.district, place.unit.name) if bare else (district, commune)
    return Written(", ".join((first, *levels, place.name if bare else hamlet)))


def drop_separators(place: Place, rng: Random, _book: Book) -> Written | None:
    """Return names alone, one behind the other, without kind or separator."""
    unit = place.unit
    if not (place.bare and place.bare_commune and place.plain and unit.district):
        return None
    return Written(" ".join((place.name, unit.name, unit.district, rng.choice(SHORT))))


def name_missing_sister(place: Place, rng: Random, book: Book) -> Written | None:
    """Return a hamlet that is none: the name of one, with another ending."""
    words = place.name.split()
    if len(words) < 3 or not place.unit.district:
        return None
    other = " ".join([*words[:-1], rng.choice(("Đông", "Tây", "Nam", "Giữa", "7"))])
    if name_key(other) in book.known[place.code]:
        return None
    _, *above = _levels(place)
    return Written(", ".join((f"{place.kind} {other}", *above)), status="COMMUNE_ONLY")


def write_clean(place: Place, _rng: Random, _book: Book) -> Written | None:
    """Return an address in full."""
    return Written(", ".join(_levels(place))) if place.unit.district else None


#: Every layout and its weight against the others.
LAYOUTS: dict[str, tuple[Writer, int]] = {
    "province_short": (shorten_province, 4),
    "line_and_columns": (write_both, 6),
    "line_against_columns": (contradict, 1),
    "two_levels": (write_later, 5),
    "former_commune_behind": (write_former_behind, 4),
    "broken_sign": (break_sign, 2),
    "placeholder": (leave_placeholder, 1),
    "number_glued": (glue_number, 2),
    "name_shortened": (shorten_name, 1),
    "elsewhere_reversed": (reverse_elsewhere, 1),
    "all_reversed": (reverse_all, 2),
    "no_separators": (drop_separators, 1),
    "sister_missing": (name_missing_sister, 2),
    "clean": (write_clean, 4),
}


def simulate_layouts(hamlets: pd.DataFrame, *, count: int, seed: int) -> pd.DataFrame:
    """Return different addresses in every layout, with what each of them truly means.

    Parameters
    ----------
    hamlets : gazetteer: hamlet_id, kind, name, commune_code, edition (one for all), aliases (by |).
    count : how many addresses, no two of them written alike, but for placeholders.
    seed : another seed draws others.

    Returns
    -------
    The columns of `simulate_addresses`; noise is a name of `LAYOUTS`. An AMBIGUOUS address has no true
    hamlet, since several are called so. After `line_against_columns` and `sister_missing` any outcome
    but MATCHED is truthful.
    """
    book, rng = open_book(hamlets), Random(seed)
    names, weights = list(LAYOUTS), [weight for _, weight in LAYOUTS.values()]
    seen: set[Written] = set()
    rows: list[tuple[str, ...]] = []
    while len(rows) < count:
        place, layout = rng.choice(book.places), rng.choices(names, weights)[0]
        written = LAYOUTS[layout][0](place, rng, book)
        if written is None or (written in seen and layout != "placeholder"):
            continue
        seen.add(written)
        known = written.status in ("MATCHED", "COMMUNE_ONLY")
        truth = (
            place.hamlet_id if written.status == "MATCHED" else "",
            place.code if known else "",
        )
        rows.append((str(len(rows)), *written[:6], *truth, written.status, layout))
    return pd.DataFrame(rows, columns=[*COLUMNS, *TRUTH], dtype="str")
