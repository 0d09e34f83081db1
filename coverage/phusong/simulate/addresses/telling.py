"""What people leave out, add, confuse or never knew when they tell an address."""

from __future__ import annotations

from random import Random

from phusong.simulate.addresses.places import (
    ALONE,
    OTHERS,
    Book,
    Late,
    Place,
    Unit,
    edits,
    name_key,
)
from phusong.simulate.addresses.shapes import Parts, Written, draft_full, finish, join_parts

#: What stands in a cell where nobody knew.
BLANKS = ("", "x", "Không", "KXĐ", "36", "-", "Chưa rõ", "không có")
DITTOS = ("nt", "-nt-", '"', "như trên", "Như trên", "- nt -")
ROLES = ("ở với bà ngoại tại ", "ở cùng ông bà nội tại ", "Hiện ở ", "tạm trú ", "Nhà bác ruột: ")
INSTITUTIONS = (
    "KTX công nhân",
    "Ký túc xá trường",
    "Nhà trọ công nhân",
    "KTX trường PTDTNT",
    "Trung tâm bảo trợ xã hội",
    "Nhà công vụ giáo viên",
)


def reverse(place: Place, rng: Random, _book: Book, columns: bool) -> Written | None:
    """Return the largest unit first."""
    parts = draft_full(place, rng)
    if columns or (not parts.district and place.customs.has_districts):
        return None
    if place.bare and place.bare_commune and rng.random() < 0.5:
        parts = Parts("", place.name, place.unit.name, place.unit.district, place.customs.province)
    back = (parts.province, parts.district, parts.commune, parts.hamlet)
    return Written(address=", ".join(level for level in back if level))


def repeat_commune(place: Place, rng: Random, _book: Book, columns: bool) -> Written | None:
    """Return the commune twice."""
    parts = draft_full(place, rng)
    if columns:
        return finish(parts._replace(hamlet=f"{parts.hamlet}, {parts.commune}"), columns=True)
    if rng.random() < 0.5:
        return Written(address=f"{parts.commune}, {join_parts(parts)}")
    return Written(address=f"{parts.commune}, {parts.commune}, {parts.hamlet}, {parts.district}")


def forget_hamlet(place: Place, rng: Random, _book: Book, columns: bool) -> Written | None:
    """Return the commune alone."""
    parts = draft_full(place, rng)._replace(hamlet="")
    return finish(parts, columns=columns)._replace(status="COMMUNE_ONLY")


def forget_commune(place: Place, rng: Random, _book: Book, columns: bool) -> Written | None:
    """Return the hamlet and the district; which hamlet that is may be in doubt."""
    if place.rivals == OTHERS or not place.unit.district:
        return None
    parts = draft_full(place, rng)._replace(commune="")
    status = "MATCHED" if place.rivals == ALONE else "AMBIGUOUS"
    return finish(parts, columns=columns)._replace(status=status)


def use_former_name(place: Place, rng: Random, _book: Book, columns: bool) -> Written | None:
    """Return the name that the hamlet, or half of it, had before it was merged."""
    if not place.aliases:
        return None
    return finish(draft_full(place, rng, name=rng.choice(place.aliases)), columns=columns)


def use_old_province(place: Place, rng: Random, _book: Book, columns: bool) -> Written | None:
    """Return the province of which this one was a part in former times."""
    if not place.customs.former:
        return None
    parts = draft_full(place, rng)._replace(province=place.customs.former)
    return finish(parts, columns=columns)


def use_later_name(place: Place, rng: Random, book: Book, columns: bool) -> Written | None:
    """Return the commune by a name of a later map, on a record of that time."""
    fitting = [late for late in place.late if _is_news(late, place, book)]
    if not fitting:
        return None
    late = rng.choice(fitting)
    parts = draft_full(place, rng, unit=late.unit)
    if not late.unit.district:
        parts = parts._replace(province=place.customs.later)
    written = finish(parts, columns=columns)
    status = "MATCHED" if late.rivals == ALONE else "AMBIGUOUS"
    return written._replace(as_of=late.day, status=status)


def _is_news(late: Late, place: Place, book: Book) -> bool:
    """Return whether a later commune bears a name that its record gives away, and a tellable hamlet."""
    if late.rivals == OTHERS:
        return False
    names = {unit.name for unit in book.units.values()}
    return not late.unit.district or (
        late.unit.name not in names and late.unit.district == place.unit.district
    )


def name_wrong_commune(place: Place, rng: Random, book: Book, columns: bool) -> Written | None:
    """Return a neighbouring commune that has no such hamlet."""
    others = [
        (code, unit)
        for code, unit in book.units.items()
        if unit.district == place.unit.district and code != place.code and code in book.known
    ]
    if not others or place.number or not place.bare:
        return None
    code, unit = rng.choice(others)
    key = name_key(place.name)
    if any(edits(key, known) <= 2 for known in book.known[code]):
        return None
    return finish(draft_full(place, rng, unit=unit), columns=columns)._replace(status="CONFLICT")


def name_wrong_district(place: Place, rng: Random, book: Book, columns: bool) -> Written | None:
    """Return a district in which the commune does not lie and never lay."""
    far = place.customs.far.get(place.unit.district)
    homes = [u for u in book.units.values() if u.district == far] if far else []
    if not homes or any(u.name == place.unit.name for u in homes):
        return None
    unit = Unit(place.unit.kind, place.unit.name, homes[0].district_kind, homes[0].district)
    return finish(draft_full(place, rng, unit=unit), columns=columns)._replace(status="CONFLICT")


def live_outside(place: Place, rng: Random, _book: Book, columns: bool) -> Written | None:
    """Return an address in a neighbouring province."""
    hamlet, *rest = rng.choice(place.customs.outside)
    parts = Parts("", hamlet.format(n=rng.randrange(1, 20)), *rest)
    if not columns and rng.random() < 0.5:
        parts = parts._replace(before=f"Số nhà {rng.randrange(1, 300)}, ")
    return finish(parts, columns=columns)._replace(status="OUT_OF_PROVINCE")


def add_phone(place: Place, rng: Random, _book: Book, columns: bool) -> Written | None:
    """Return the address with a telephone behind it, or in the place of the hamlet."""
    phone = f"0900000{rng.randrange(1000):03d}"
    parts = draft_full(place, rng)
    if columns and rng.random() < 0.5:
        return finish(parts._replace(hamlet=phone), columns=True)._replace(status="COMMUNE_ONLY")
    if columns:
        return finish(parts._replace(hamlet=f"{parts.hamlet} - {phone}"), columns=True)
    return Written(address=f"{join_parts(parts)}{rng.choice((' - ', ', ', ' ĐT '))}{phone}")


def tell_role(place: Place, rng: Random, _book: Book, columns: bool) -> Written | None:
    """Return the address behind words about who lives there."""
    if columns:
        return None
    return Written(address=join_parts(draft_full(place, rng)._replace(before=rng.choice(ROLES))))


def live_in_institution(place: Place, rng: Random, _book: Book, columns: bool) -> Written | None:
    """Return a dormitory or a home, of which the commune is known."""
    parts = draft_full(place, rng)._replace(hamlet=rng.choice(INSTITUTIONS))
    return finish(parts, columns=columns)._replace(status="COMMUNE_ONLY")


def write_ditto(_place: Place, rng: Random, _book: Book, columns: bool) -> Written | None:
    """Return a sign for “as above”."""
    ditto = rng.choice(DITTOS)
    written = Written(hamlet=ditto, commune=ditto) if columns else Written(address=ditto)
    return written._replace(status="EMPTY")


def leave_blank(_place: Place, rng: Random, _book: Book, columns: bool) -> Written | None:
    """Return nothing, or what is written where nobody knew."""
    blank = rng.choice(BLANKS)
    return (Written(hamlet=blank) if columns else Written(address=blank))._replace(status="EMPTY")


def name_part(place: Place, rng: Random, _book: Book, columns: bool) -> Written | None:
    """Return a number with a letter or a point, of which the gazetteer knows nothing: 3A, 3.1."""
    if not place.number:
        return None
    part = f"{place.number}{rng.choice(('A', 'B', '.1', '.2'))}"
    if part.lower() in place.neighbours or part.replace(".", " ") in place.neighbours:
        return None
    written = finish(draft_full(place, rng, name=part), columns=columns)
    return written._replace(status="COMMUNE_ONLY")


def turn_into_date(place: Place, rng: Random, _book: Book, columns: bool) -> Written | None:
    """Return what a spreadsheet makes of 3/5 in the hamlet's cell."""
    if not columns:
        return None
    date = f"{place.customs.year}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d} 00:00:00"
    parts = draft_full(place, rng)._replace(hamlet=date)
    return finish(parts, columns=True)._replace(status="COMMUNE_ONLY")


def cram(place: Place, rng: Random, _book: Book, columns: bool) -> Written | None:
    """Return the whole address in the hamlet's cell."""
    return Written(hamlet=join_parts(draft_full(place, rng))) if columns else None


#: Every way to tell an address badly, and its weight against the others.
TELLINGS = {
    "reversed": (reverse, 3),
    "commune_repeated": (repeat_commune, 2),
    "hamlet_missing": (forget_hamlet, 4),
    "commune_missing": (forget_commune, 3),
    "former_name": (use_former_name, 4),
    "old_province": (use_old_province, 1),
    "later_name": (use_later_name, 3),
    "wrong_commune": (name_wrong_commune, 1),
    "wrong_district": (name_wrong_district, 1),
    "outside": (live_outside, 2),
    "phone": (add_phone, 3),
    "role": (tell_role, 2),
    "institution": (live_in_institution, 1),
    "ditto": (write_ditto, 2),
    "blank": (leave_blank, 2),
    "number_part": (name_part, 1),
    "excel_date": (turn_into_date, 1),
    "crammed": (cram, 2),
}
