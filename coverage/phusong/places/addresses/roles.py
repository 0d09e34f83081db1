"""Which field of an address is the province, the district, the commune and the hamlet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as _field
from functools import lru_cache
from operator import attrgetter
from typing import Final

from phusong.places.addresses.fields import Field
from phusong.places.addresses.register import (
    FORMER_DISTRICTS,
    NEIGHBOUR_DISTRICTS,
    OURS,
    Register,
    compile_register,
    is_foreign,
)
from phusong.places.addresses.spelling import is_one_edit
from phusong.vietnamese.tones import REMEMBERED
from phusong.vocabulary.terms import Edition

_LATEST: Final = str(Edition.E2025_07)
_weak: Final = attrgetter("weak")


@dataclass(slots=True)
class Roles:
    """Hold the fields of one address by what they are.

    Attributes
    ----------
    province : VP, PT or VPHU; empty where none is named.
    foreign : whether a province or district elsewhere is named.
    districts : codes that the district's name may mean; None where none is named.
    lost_district : whether a district is named that nobody knows.
    communes : fields that name a commune.
    rest : what is left, hamlets among it, in the order of the address.
    flags : what was noticed.
    """

    province: str = ""
    foreign: bool = False
    districts: frozenset[str] | None = None
    lost_district: bool = False
    communes: list[Field] = _field(default_factory=list)
    rest: list[Field] = _field(default_factory=list)
    flags: list[str] = _field(default_factory=list)


@lru_cache(maxsize=REMEMBERED)
def is_commune_name(key: str) -> bool:
    """Return whether a commune of ours has this key in some edition."""
    return any(
        unit.atoms for units in compile_register().units.values() for unit in units.get(key, ())
    )


def _settle_weak(fields: Sequence[Field]) -> Sequence[Field]:
    """Return fields whose single letters say what they can only say: x. Mới, x. Ngọc Thanh."""
    if not any(map(_weak, fields)):
        return fields
    settled, larger, last = list(fields), False, len(fields) - 1
    small = [at for at, field in enumerate(fields) if field.level == "hamlet" and not field.weak]
    for at in range(last, -1, -1):
        if fields[at].weak:
            smaller = bool(small) and small[0] < at
            settled[at] = _settle_one(fields[at], smaller=smaller, larger=larger, last=at == last)
        larger = larger or settled[at].level == "commune"
    return settled


def _settle_one(field: Field, *, smaller: bool, larger: bool, last: bool) -> Field:
    """Return one field with the level that its kind can only mean.

    Parameters
    ----------
    smaller : whether a hamlet stands before it.
    larger : whether a commune stands behind it.
    last : whether nothing stands behind it.
    """
    if field.level == "commune" and field.weak:
        initial = field.full in compile_register().districts and not is_commune_name(field.base)
        if initial and smaller:
            return _as_plain(field)
        if not larger and (smaller or is_commune_name(field.base)):
            return field
        return (
            field._replace(level="hamlet", kind="xóm") if field.kind == "xã" else _as_plain(field)
        )
    if field.weak and field.kind == "tỉnh" and not (last and _is_province(field)):
        known = compile_register().districts.get(field.full)
        return _as_plain(field) if known else field._replace(level="hamlet", kind="thôn")
    return field


def settle_city(field: Field) -> Field:
    """Return a city that is a province of its own as the province: thành phố Hà Nội."""
    if field.kind == "thành phố" and is_foreign(field.base, field.tone):
        return field._replace(level="province", kind="tỉnh")
    return field


def _is_province(field: Field) -> bool:
    """Return whether a field has the name of a province."""
    return field.base in OURS or is_foreign(field.base, field.tone)


def _as_plain(field: Field) -> Field:
    """Return a field whose kind word is the initial of its name: T.Đảo, P.Lân."""
    return field._replace(level="", kind="", weak=False, base=field.full, tone=field.full_tone)


def _turn(fields: Sequence[Field]) -> Sequence[Field]:
    """Return fields from the small to the large, whichever way they were written."""
    first, last = fields[0], fields[-1]
    large = first.level == "province" or (not first.level and first.base in OURS)
    ends_small = last.level in ("", "hamlet") and last.base not in OURS
    if large and len(fields) > 1 and ends_small:
        return fields[::-1]
    ends_small = ends_small and not is_foreign(last.base, last.tone)
    if first.level == "district" and ends_small and last.base not in compile_register().districts:
        return fields[::-1]
    return fields


def _take_province(fields: Sequence[Field], roles: Roles, *, modern: bool) -> list[Field]:
    """Return the fields that are no province."""
    kept = []
    for field in fields:
        if field.level != "province":
            kept.append(field)
        elif field.base in OURS:
            roles.province = OURS[field.base]
        elif field.base:
            roles.foreign = True
    last = kept[-1] if kept else None
    if last and not roles.province and not roles.foreign and not last.level:
        if last.base in OURS and not (modern and _is_sole_commune(kept)):
            roles.province = OURS[last.base]
            return kept[:-1]
        if is_foreign(last.base, last.tone) and len(kept) > 1 + is_commune_name(last.base):
            roles.foreign = True
            return kept[:-1]
    return kept


def _is_sole_commune(fields: Sequence[Field]) -> bool:
    """Return whether the last name is the only commune: xã Vĩnh Phú, not the old province."""
    others = [field for field in fields[:-1] if field.base]
    named = any(f.level in ("commune", "district") or is_commune_name(f.base) for f in others)
    return fields[-1].base == "vinhphu" and bool(others) and not named


@lru_cache(maxsize=REMEMBERED)
def _is_listed(key: str) -> bool:
    """Return whether a commune of the new Phú Thọ has this key, ours or not."""
    return key in compile_register().units[_LATEST]


def _list_near_districts(key: str, register: Register) -> list[str]:
    """Return the names of districts that are one edit from a key."""
    return [name for name in register.districts if len(name) > 4 and is_one_edit(name, key)]


def _read_district(field: Field, roles: Roles, register: Register) -> bool:
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
    if field.base in NEIGHBOUR_DISTRICTS and (field.level or not is_commune_name(field.base)):
        roles.foreign = True
        return True
    if field.base in FORMER_DISTRICTS:
        roles.foreign = True
        roles.flags.append("historic_parents")
        return True
    return False


def _is_later_commune(last: Field, before: Field | None, roles: Roles, modern: bool) -> bool:
    """Return whether a bare name is the commune of July 2025, not the district of the same name."""
    if roles.province == "VP" or not (modern or roles.province == "PT"):
        return False
    bare = before is not None and not before.level and is_commune_name(before.base)
    named = bare or (before is not None and before.level == "commune")
    return not named and is_commune_name(last.base)


def _take_district(fields: list[Field], roles: Roles, *, modern: bool) -> list[Field]:
    """Return the fields that are no district."""
    register = compile_register()
    kept = []
    for field in fields:
        if field.level != "district":
            kept.append(field)
        elif field.base and not _read_district(field, roles, register):
            roles.lost_district = True
    if not kept or kept[-1].level or roles.lost_district:
        return kept
    last, before = kept[-1], kept[-2] if len(kept) > 1 else None
    if roles.districts is not None and last.base not in register.districts:
        return kept
    if roles.districts is not None and not before:
        return kept
    if not _is_later_commune(last, before, roles, modern) and _read_district(last, roles, register):
        return kept[:-1]
    if len(kept) > 2 and before and _read_misspelt(last, before, roles, register):
        return kept[:-1]
    return kept


def _read_misspelt(last: Field, before: Field, roles: Roles, register: Register) -> bool:
    """Return whether a bare last name is a district's but for one letter, the commune before it a witness."""
    near = _list_near_districts(last.base, register)
    codes = frozenset().union(*(register.districts[name] for name in near))
    homes = {u.district for listed in register.units.values() for u in listed.get(before.base, ())}
    if len(codes) != 1 or not codes & homes or is_commune_name(last.base):
        return False
    roles.districts = codes if roles.districts is None else roles.districts & codes
    roles.flags.append("district_typo")
    return True


def _may_be_commune(key: str, roles: Roles) -> bool:
    """Return whether a bare name is a commune's: of ours, or of the province that is named."""
    return is_commune_name(key) or (roles.province == "PT" and _is_listed(key))


def _take_communes(fields: list[Field], roles: Roles) -> list[Field]:
    """Return the fields that are no commune; a bare last name is one where the register has it."""
    kept = []
    for field in fields:
        if field.level != "commune":
            kept.append(field)
        elif field.base:
            roles.communes.append(field)
    if roles.communes:
        keys = [f.base for f in roles.communes]
        doubled = len(kept) > 1 and not kept[-1].level and kept[-1].base in keys
        return kept[:-1] if doubled else kept
    if kept and not kept[-1].level and _may_be_commune(kept[-1].base, roles):
        roles.communes = [kept[-1]]
        return kept[:-1]
    at = next((i for i, f in enumerate(kept) if not f.level and is_commune_name(f.base)), None)
    if at is not None and len(kept) > 1 and not _precedes_unknown(kept, at):
        roles.communes = [kept[at]]
        roles.flags.append("reversed")
        return kept[:at] + kept[at + 1 :]
    return kept


def _precedes_unknown(fields: list[Field], at: int) -> bool:
    """Return whether a bare name that a commune has may be a hamlet, for another bare name follows."""
    return any(not field.level for field in fields[at + 1 :]) and at > 0


def assign_roles(fields: Sequence[Field], *, modern: bool) -> Roles:
    """Return what each field of an address is.

    Parameters
    ----------
    fields : in the order of the address, streets and institutions left out.
    modern : whether the address is of July 2025 or later, when there are no districts.
    """
    roles = Roles()
    if not fields:
        return roles
    settled = _settle_weak(fields)
    turned = _turn(settled)
    if turned is not settled:
        roles.flags.append("reversed")
    kept = _take_province(turned, roles, modern=modern)
    kept = _take_district(kept, roles, modern=modern)
    roles.rest = _take_communes(kept, roles)
    return roles
