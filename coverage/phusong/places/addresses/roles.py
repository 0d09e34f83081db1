"""Which field of an address is the province, the district, the commune and the hamlet."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from dataclasses import field as _field
from typing import Final

from phusong.places.addresses.fields import Field
from phusong.places.addresses.initials import is_province, resolve_weak
from phusong.places.addresses.kinds import FORMER
from phusong.places.addresses.provinces import ORDER, ProvinceName, ProvinceSign
from phusong.places.addresses.register import AddressRegister
from phusong.places.addresses.spelling import is_one_edit
from phusong.places.addresses.words import LOST
from phusong.vietnamese.tones import is_bare_syllable

_PAIR: Final = 2
#: Letters of a province in short, in which a slip cannot be told.
_SHORT: Final = 5
#: Signs of a name that the province bears today.
_TODAY: Final = frozenset({ProvinceSign.LASTING, ProvinceSign.PRESENT})
_FOREIGN: Final = ProvinceName(ProvinceSign.ELSEWHERE)


@dataclass(slots=True)
class Roles:
    """Hold the fields of one address by what they are.

    Attributes
    ----------
    province : what the name of the province tells; None where none is named.
    ground : the part of the province that its name means, and every piece of it; None for all.
    foreign : whether a province or district elsewhere is named.
    districts : codes that the district's name may mean; None where none is named.
    lost_district : whether a district is named that nobody knows.
    communes : fields that name a commune.
    rest : what is left, hamlets among it, in the order of the address.
    renamed : whether the province of July 2025 is named, so that units of two times may stand side by side.
    former : whether some unit is said to be called otherwise now, or to have been.
    contradicted : whether one cell names a province of ours and another one elsewhere.
    apart : what is left of each cell, where several cells have something left.
    known_flags : flags for the commune and what stands above it, where they are known already.
    flags : what was noticed.
    """

    province: ProvinceSign | None = None
    ground: frozenset[str] | None = None
    foreign: bool = False
    districts: frozenset[str] | None = None
    lost_district: bool = False
    communes: list[Field] = _field(default_factory=list)
    rest: list[Field] = _field(default_factory=list)
    renamed: bool = False
    former: bool = False
    contradicted: bool = False
    apart: tuple[list[Field], ...] = ()
    known_flags: tuple[str, ...] | None = None
    flags: list[str] = _field(default_factory=list)


def copy_roles(roles: Roles, rest: list[Field]) -> Roles:
    """Return roles with another rest; the lists that both share are replaced by whoever changes them."""
    return Roles(
        roles.province, roles.ground, roles.foreign, roles.districts, roles.lost_district,
        roles.communes, rest,
        roles.renamed, roles.former, roles.contradicted, roles.apart, roles.known_flags, roles.flags,
    )  # fmt: skip


def _turn(fields: Sequence[Field], register: AddressRegister) -> Sequence[Field]:
    """Return fields from the small to the large, whichever way they were written."""
    first, last = fields[0], fields[-1]
    own = register.own
    large = first.level == "province" or (not first.level and first.base in own)
    ends_small = last.level in ("", "hamlet") and last.base not in own
    if large and len(fields) > 1 and ends_small:
        return fields[::-1]
    if len(fields) > _PAIR and not first.level and register.is_foreign(first.base, first.tone):
        return fields[::-1] if _descends(fields, register) else fields
    ends_small = ends_small and not register.is_foreign(last.base, last.tone)
    if first.level == "district" and ends_small and last.base not in register.districts:
        return fields[::-1]
    return fields


def _descends(fields: Sequence[Field], register: AddressRegister) -> bool:
    """Return whether a province elsewhere stands in front of its district, its commune and so on.

    A hamlet of a province's name would have its district or its province behind it.
    """
    second, last = fields[1], fields[-1]
    if last.level in ("district", "province") or is_province(last, register):
        return False
    if not last.level and last.base in register.districts:
        return False
    if second.level == "hamlet":  # Buôn Ma Thuột is a city
        return last.level != "commune" or second.kind == "buôn"
    return second.level in ("", "district") or last.level in ("", "hamlet")


def _take_provinces(
    lines: list[Sequence[Field]], roles: Roles, register: AddressRegister, *, modern: bool
) -> list[list[Field]]:
    """Return the fields that are no province, cell by cell; every cell is read by itself."""
    split = [_split_provinces(line, register) for line in lines]
    kept = [fields for fields, _, _ in split]
    named = [name for _, names, _ in split for name in names]
    for at, (line, _, typed) in enumerate(split):
        if line and not typed and not line[-1].level:
            signs = {name.sign for name in named}
            beside = _has_commune(kept, at)
            name = _read_bare_province(line, signs, register, modern=modern, beside=beside)
            if name:
                named.append(name)
                kept[at] = line[:-1]
    signs = {name.sign for name in named}
    roles.province = next((sign for sign in ORDER if sign in signs), None)
    parts = [name.ground for name in named if name.ground is not None]
    roles.ground = frozenset.intersection(*parts) if parts else None
    roles.foreign = ProvinceSign.ELSEWHERE in signs
    roles.renamed = modern or not _TODAY.isdisjoint(signs)
    roles.contradicted = roles.foreign and len(lines) > 1 and roles.province is not None
    return kept


def _split_provinces(
    line: Sequence[Field], register: AddressRegister
) -> tuple[list[Field], list[ProvinceName], bool]:
    """Return the fields of a cell that are no province, what the others say, and whether one has its kind.

    A bare name behind a commune or district and before others is a province too: xã A, tỉnh B (nay là …).
    """
    kept: list[Field] = []
    names: list[ProvinceName] = []
    typed, last = False, len(line) - 1
    for at, field in enumerate(line):
        if field.level == "province":
            names += [name for name in [_read_province(field, register)] if name]
            typed = True
        elif (
            not field.level
            and 0 < at < last
            and field.base in register.own
            and line[at - 1].level in ("commune", "district")
        ):
            names.append(register.own[field.base])
        else:
            kept.append(field)
    return kept, names, typed


def _read_bare_province(
    line: list[Field],
    signs: Container[ProvinceSign],
    register: AddressRegister,
    *,
    modern: bool,
    beside: bool,
) -> ProvinceName | None:
    """Return which province the bare last name of a cell is; None where it is a commune or a hamlet.

    Parameters
    ----------
    line : the fields of one cell.
    signs : what the provinces tell that are named by their kind.
    modern : whether the address is of July 2025 or later.
    beside : whether another cell names a commune.
    """
    last, own = line[-1], register.own
    listed = last.base in register.commune_names
    if last.base in own:
        ward = any(sign in signs for sign in _TODAY) and listed and not beside
        sole = (modern or ward) and _is_sole_commune(line, register, beside=beside, ward=ward)
        return None if sole else own[last.base]
    if LOST in last.base:
        return next((name for key, name in own.items() if is_one_edit(key, last.base)), None)
    if last.base in register.districts and not any(field.level == "district" for field in line):
        return None
    least = 1 + (beside or listed)
    foreign = len(line) > least and register.is_foreign(last.base, last.tone)
    return _FOREIGN if foreign else None


def _has_commune(lines: Sequence[Sequence[Field]], at: int) -> bool:
    """Return whether a cell beside one names a commune by its kind, or by its column."""
    return len(lines) > 1 and any(
        field.level == "commune" for i, line in enumerate(lines) if i != at for field in line
    )


def _read_province(field: Field, register: AddressRegister) -> ProvinceName | None:
    """Return which province of ours a field names, or that it is elsewhere; None where it cannot be read."""
    own = register.own.get(field.base)
    if own or register.is_foreign(field.base, field.tone):
        return own or _FOREIGN
    near = [
        name
        for key, name in register.own.items()
        if len(key) > _SHORT and is_one_edit(key, field.base)
    ]
    if near:
        return near[0]
    readable = bool(field.base) and all(is_bare_syllable(word.base) for word in field.words)
    return _FOREIGN if readable else None


def _is_sole_commune(
    fields: Sequence[Field], register: AddressRegister, *, beside: bool, ward: bool
) -> bool:
    """Return whether the last name is the only commune: xã Vĩnh Phú, not the old province.

    Parameters
    ----------
    fields : of one cell.
    beside : whether another cell names a commune.
    ward : whether another cell names the new province, so that a name of both is a ward of it.
    """
    others = [field for field in fields[:-1] if field.base]
    communes = register.commune_names
    named = any(f.level in ("commune", "district") or f.base in communes for f in others)
    last = register.own.get(fields[-1].base)
    called = ward or (last is not None and last.sign == ProvinceSign.FORMER)
    return called and bool(others) and not named and not beside


def _list_near_districts(key: str, register: AddressRegister) -> list[str]:
    """Return the names of districts that are one edit from a key."""
    return [name for name in register.districts if len(name) > 4 and is_one_edit(name, key)]


def _read_district(field: Field, roles: Roles, register: AddressRegister) -> bool:
    """Return whether a field names a district, noting which."""
    codes = register.districts.get(field.base)
    if codes:
        both = roles.districts & codes if roles.districts is not None else codes
        roles.districts = both
        roles.flags += ["abbrev"] if len(field.base) < 5 or field.base not in register.names else []
        return True
    near = _list_near_districts(field.base, register) if field.level else []
    if len({register.districts[name] for name in near}) == 1:
        roles.districts = register.districts[near[0]]
        roles.flags.append("district_typo")
        return True
    elsewhere = register.other_districts if field.level else register.near_districts
    if field.base in register.former_districts:
        roles.foreign = True
        roles.flags.append("historic_parents")
        return True
    if field.base in elsewhere and (field.level or field.base not in register.commune_names):
        roles.foreign = True
        return True
    return False


def _is_later_commune(
    last: Field, before: Field | None, roles: Roles, register: AddressRegister, modern: bool
) -> bool:
    """Return whether a bare name is the commune of July 2025, not the district of the same name."""
    earlier = roles.province == ProvinceSign.EARLIER
    if earlier or not (modern or roles.province == ProvinceSign.PRESENT):
        return False
    communes = register.commune_names
    bare = before is not None and not before.level and before.base in communes
    named = bare or (before is not None and before.level == "commune")
    return not named and last.base in communes


def _take_districts(
    lines: list[list[Field]], roles: Roles, register: AddressRegister, *, modern: bool
) -> list[list[Field]]:
    """Return the fields that are no district, cell by cell."""
    kept = []
    for line in lines:
        for field in line:
            if field.level == "district" and field.base:
                roles.lost_district |= not _read_district(field, roles, register)
        kept.append([field for field in line if field.level != "district"])
    return [
        _take_bare_district(line, roles, register, modern=modern, beside=_has_commune(lines, at))
        for at, line in enumerate(kept)
    ]


def _take_bare_district(
    kept: list[Field], roles: Roles, register: AddressRegister, *, modern: bool, beside: bool
) -> list[Field]:
    """Return the fields of a cell without the bare last name, if that is a district's."""
    if not kept or kept[-1].level or kept[-1].base.isdigit() or roles.lost_district:
        return kept
    last, before = kept[-1], kept[-2] if len(kept) > 1 else None
    own, known = last.base in register.districts, roles.districts is not None
    # a name alone is the district said again, or a hamlet's that a district elsewhere has too
    if (known and not (own and before)) or (beside and not before and not own):
        return kept
    later = not beside and _is_later_commune(last, before, roles, register, modern)
    if not later and _read_district(last, roles, register):
        return kept[:-1]
    if len(kept) > 2 and before and _read_misspelt(last, before, roles, register):
        return kept[:-1]
    return kept


def _read_misspelt(last: Field, before: Field, roles: Roles, register: AddressRegister) -> bool:
    """Return whether a bare last name is a district's but for one letter, the commune before it a witness."""
    near = _list_near_districts(last.base, register)
    codes = frozenset().union(*(register.districts[name] for name in near))
    homes = {u.district for listed in register.units.values() for u in listed.get(before.base, ())}
    if len(codes) != 1 or not codes & homes or last.base in register.commune_names:
        return False
    roles.districts = codes if roles.districts is None else roles.districts & codes
    roles.flags.append("district_typo")
    return True


def _may_be_commune(key: str, roles: Roles, register: AddressRegister) -> bool:
    """Return whether a bare name is a commune's: of ours, or of the province that is named."""
    today = roles.province in _TODAY and key in register.listed_names
    return key in register.commune_names or today


def _take_communes(
    lines: list[list[Field]], roles: Roles, register: AddressRegister
) -> list[list[Field]]:
    """Return the fields that are no commune, cell by cell; a bare last name is one if the register has it."""
    kept = []
    for line in lines:
        roles.communes += [field for field in line if field.level == "commune" and field.base]
        kept.append([field for field in line if field.level != "commune"])
    if roles.communes:
        return [_drop_repeated(line, roles) for line in kept]
    for at in sorted(range(len(kept)), key=lambda at: len(kept[at]) < _PAIR):
        line = kept[at]
        if line and not line[-1].level and _may_be_commune(line[-1].base, roles, register):
            roles.communes = [line[-1]]
            return [*kept[:at], line[:-1], *kept[at + 1 :]]
    return [_take_reversed(line, roles, register) for line in kept]


def _take_reversed(line: list[Field], roles: Roles, register: AddressRegister) -> list[Field]:
    """Return the fields of a cell without the first bare name that is a commune's."""
    communes = register.commune_names
    at = next((i for i, f in enumerate(line) if not f.level and f.base in communes), None)
    if at is None or roles.communes or len(line) < _PAIR or _precedes_unknown(line, at):
        return line
    roles.communes = [line[at]]
    roles.flags.append("reversed")
    return line[:at] + line[at + 1 :]


def _drop_repeated(line: list[Field], roles: Roles) -> list[Field]:
    """Return the fields of a cell without a bare last name that says the commune again."""
    if len(line) < _PAIR or line[-1].level:
        return line
    return line[:-1] if line[-1].base in [f.base for f in roles.communes] else line


def _precedes_unknown(fields: list[Field], at: int) -> bool:
    """Return whether a bare name that a commune has may be a hamlet, for another bare name follows."""
    return any(not field.level for field in fields[at + 1 :]) and at > 0


def assign_roles(
    cells: Sequence[Sequence[Field]], register: AddressRegister, *, modern: bool
) -> Roles:
    """Return what each field of an address is.

    Every cell is read whole by itself, its province and district with it, and then held against the others:
    the same again is a repetition, another is a contradiction.

    Parameters
    ----------
    cells : the fields of each cell in their order, streets and institutions left out.
    register : of the province.
    modern : whether the address is of July 2025 or later, when there are no districts.
    """
    roles = Roles()
    filled = [cell for cell in cells if cell]
    if not filled:
        return roles
    lines = []
    if any(field.base in FORMER for cell in filled for field in cell):
        roles.former = True
        filled = [[f for f in cell if f.level or f.base not in FORMER] for cell in filled]
        filled = [cell for cell in filled if cell]
    for at, cell in enumerate(filled):
        resolved = resolve_weak(cell, register, _list_beside(filled, at) if len(filled) > 1 else ())
        turned = _turn(resolved, register)
        if turned is not resolved:
            roles.flags.append("reversed")
        lines.append(turned)
    kept = _take_provinces(lines, roles, register, modern=modern)
    kept = _take_districts(kept, roles, register, modern=modern)
    left = [line for line in _take_communes(kept, roles, register) if line]
    roles.rest = left[0] if len(left) == 1 else [field for line in left for field in line]
    roles.apart = tuple(left) if len(left) > 1 else ()
    return roles


def _list_beside(cells: Sequence[Sequence[Field]], at: int) -> frozenset[str]:
    """Return the communes that the cells beside one name, by key."""
    return frozenset(
        field.base
        for i, cell in enumerate(cells)
        if i != at
        for field in cell
        if field.level == "commune" and not field.weak
    )
