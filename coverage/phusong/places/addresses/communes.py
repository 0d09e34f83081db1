"""Which commune of which edition an address names; a commune is never changed silently."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Final, NamedTuple

from phusong.places.addresses.fields import Field
from phusong.places.addresses.provinces import ProvinceSign
from phusong.places.addresses.register import AddressRegister, Unit
from phusong.places.addresses.roles import Roles
from phusong.places.addresses.spelling import find_near, find_near_stated, is_one_edit, leaves_out

_SHORTEST: Final = 5
#: Signs of a name that was borne while there were districts, and is no more.
_OLD: Final = frozenset({ProvinceSign.EARLIER, ProvinceSign.FORMER})


class Choice(NamedTuple):
    """Hold the communes that an address may name.

    Attributes
    ----------
    units : one where the commune is known, several where homonyms remain.
    verdict : empty, or why there is no unit: unknown, conflict, outside.
    near : units whose names are as near, or that contradict the district.
    doubtful : whether a second witness is needed.
    flags : how the commune was found.
    """

    units: tuple[Unit, ...] = ()
    verdict: str = ""
    near: tuple[Unit, ...] = ()
    doubtful: bool = False
    flags: tuple[str, ...] = ()


def order_editions(first: str, roles: Roles, register: AddressRegister) -> list[str]:
    """Return the editions in the order in which an address is read.

    The name of a merged province without a district is of July 2025; a district, or the name that a province
    had before, is older.
    """
    order = [first, *(e for e in register.editions if e != first)]
    modern = [e for e in order if e in register.modern]
    older = [e for e in order if e not in register.modern]
    if roles.province == ProvinceSign.PRESENT and not roles.districts:
        return [*modern, *older]
    if roles.districts or roles.province in _OLD:
        return [*older, *modern]
    return order


def lies_in(unit: Unit, roles: Roles, register: AddressRegister) -> bool:
    """Return whether a unit lies in one of the districts, and in the part of the province, that are named."""
    if roles.ground is not None and not unit.atoms & roles.ground:
        return False
    if roles.districts is None:
        return True
    return any(register.homes[atom] in roles.districts for atom in unit.atoms)


def is_written(field: Field, unit: Unit) -> bool:
    """Return whether a field differs from a unit's name by missing diacritics at most."""
    if field.tone == unit.tone:
        return True
    return leaves_out([word.tone for word in field.words], unit.tones, unit.bare)


def _keep_best(field: Field, units: Sequence[Unit]) -> list[Unit]:
    """Return the units that agree best with the diacritics that a field has.

    Without any, “Xã Thanh An” is as well xã Thạnh An as thị trấn Thanh An: the kind decides.
    """
    plain = field.tone.isascii()
    same = [
        unit
        for unit in units
        if unit.tone == field.tone and not (plain and field.kind not in ("", unit.kind))
    ]
    return same or [unit for unit in units if is_written(field, unit)] or list(units)


def _find_exact(
    field: Field, roles: Roles, editions: Sequence[str], register: AddressRegister
) -> Choice:
    """Return the units with the letters of a field, in the first edition in which all agrees.

    A name that is written so in a later edition goes before one that differs by a diacritic in the first.
    """
    fallback: list[Unit] = []
    differing: list[Unit] = []
    rejected: list[Unit] = []
    dated = roles.districts is not None or roles.province in _OLD
    today = roles.province in (ProvinceSign.PRESENT, ProvinceSign.LASTING) and not dated
    for edition in editions:
        modern = edition in register.modern
        listed = register.units[edition].get(field.base, [])
        ours = _keep_best(field, [unit for unit in listed if unit.atoms])
        elsewhere = [unit for unit in listed if is_written(field, unit)]
        if elsewhere and not ours and modern and today:
            return Choice(verdict="outside")
        inside = [unit for unit in ours if lies_in(unit, roles, register)]
        rejected += [unit for unit in ours if unit not in inside]
        agreeing = [unit for unit in inside if field.kind in ("", unit.kind)]
        if not (dated and modern and fallback):
            if any(is_written(field, unit) for unit in agreeing):
                return _settle(field, agreeing, roles, register)
            differing = differing or agreeing
        fallback = fallback or inside
    if differing or fallback:
        return _settle(field, differing or fallback, roles, register)
    return _weigh_parents(rejected, roles, register) if rejected else Choice(verdict="unknown")


def _is_shared(unit: Unit, roles: Roles, register: AddressRegister) -> bool:
    """Return whether a commune may as well be one of another part of the province that is named."""
    if roles.districts is not None:
        return False
    if roles.province == ProvinceSign.PRESENT:
        return unit.base in register.shared_earlier
    return roles.province == ProvinceSign.LASTING and unit.base in register.shared_present


def _settle(field: Field, units: Sequence[Unit], roles: Roles, register: AddressRegister) -> Choice:
    """Return the choice of units that were found, with rivals where diacritics contradict."""
    flags = []
    if field.kind and all(unit.kind != field.kind for unit in units):
        flags.append("commune_kind_differs")
    shared = _is_shared(units[0], roles, register)
    if shared and units[0].edition not in register.modern:
        # it may be the neighbours' commune: a hamlet that no other commune has is a witness
        return Choice(tuple(units), doubtful=True, flags=("shared_name",))
    contradicted = not field.tone.isascii() and all(unit.tone != field.tone for unit in units)
    if shared and contradicted:
        return Choice(verdict="unknown", near=tuple(units), flags=("shared_name",))
    if any(is_written(field, unit) for unit in units):
        return Choice(tuple(units), flags=tuple(flags))
    rivals = _list_rivals(field, units, register)
    return Choice(tuple(units), near=rivals, doubtful=bool(rivals), flags=(*flags, "tone_typo"))


def _list_rivals(
    field: Field, units: Sequence[Unit], register: AddressRegister
) -> tuple[Unit, ...]:
    """Return the units of other names that are as near to what is written."""
    base = units[0].base
    near = [
        unit
        for key in find_near(field.base, register.near)
        for unit in register.find_units(key)
        if unit.base != base and is_one_edit(field.tone, unit.tone)
    ]
    return tuple(near)


def _weigh_parents(rejected: Sequence[Unit], roles: Roles, register: AddressRegister) -> Choice:
    """Return the choice where commune and district disagree; a former province has older districts."""
    districts = roles.districts or frozenset()
    old = [u for u in rejected if register.older_parents.get(u.district, frozenset()) & districts]
    if old and roles.province == ProvinceSign.FORMER:
        return Choice((old[0],), flags=("historic_parents",))
    return Choice(verdict="conflict", near=(rejected[0],))


def _find_near_units(
    units: Sequence[Unit], roles: Roles, flag: str, register: AddressRegister
) -> Choice:
    """Return the choice between units whose names are near what is written: one name, and a witness."""
    if not units:
        return Choice(verdict="unknown")
    inside = [unit for unit in units if lies_in(unit, roles, register)]
    if len({unit.base for unit in units}) > 1 or not inside:
        return Choice(verdict="unknown", near=tuple(units))
    first = [unit for unit in inside if unit.edition == inside[0].edition]
    if roles.province == ProvinceSign.PRESENT and roles.districts is None:
        # a former commune of the neighbours, whose names are not looked through, may be as near
        return Choice(verdict="unknown", near=tuple(units), flags=(flag,))
    return Choice(tuple(first), doubtful=roles.districts is None, flags=(flag,))


def find_misspelt(
    field: Field, roles: Roles, editions: Sequence[str], register: AddressRegister
) -> Choice:
    """Return the commune whose name is one edit from a field, or whose first word is an initial."""
    short = register.short.get(field.base, [])
    if short and len(field.words) > 1 and len(field.words[0].base) == 1:
        ordered = [unit for e in editions for unit in short if unit.edition == e]
        return _find_near_units(ordered, roles, "abbrev", register)
    keys = find_near_stated(field.base, register.near) if len(field.base) >= _SHORTEST else []
    units = [u for e in editions for key in keys for u in register.units[e].get(key, ()) if u.atoms]
    return _find_near_units(units, roles, "commune_typo", register)


def choose_commune(roles: Roles, editions: Sequence[str], register: AddressRegister) -> Choice:
    """Return the commune that an address names; several fields must speak of one place."""
    fields = _drop_doubles(roles.communes)
    doubled = roles.former and len(roles.communes) > 1
    if roles.renamed and (doubled or len(fields) > 1):
        shared = _find_shared_ground(
            roles.communes if doubled else fields, roles, editions, register
        )
        if shared.units:
            return shared
    choices = [_choose_one(field, roles, editions, register) for field in fields]
    chosen = choices[0] if choices else Choice()
    for other in choices[1:]:
        chosen = _join(chosen, other)
    return chosen


def _find_shared_ground(
    fields: Sequence[Field], roles: Roles, editions: Sequence[str], register: AddressRegister
) -> Choice:
    """Return the smallest unit on the ground of all that is named, each in an edition of its own.

    So `xã Tam Đảo (xã Minh Quang cũ), Phú Thọ`; no unit where several grounds would do.
    """
    named = [
        [
            unit
            for edition in editions
            for unit in register.units[edition].get(field.base, ())
            if unit.atoms and field.kind in ("", unit.kind) and is_written(field, unit)
        ]
        for field in fields
    ]
    joined = [
        units for units in product(*named) if frozenset.intersection(*(u.atoms for u in units))
    ]
    small = [min(units, key=lambda unit: len(unit.atoms)) for units in joined]
    small = [unit for unit in small if lies_in(unit, roles, register)]
    least = [u for u in small if len(u.atoms) == min(len(unit.atoms) for unit in small)]
    sole = len({unit.atoms for unit in least}) == 1
    return Choice((least[0],), flags=("former_commune",)) if sole else Choice()


def _drop_doubles(fields: Sequence[Field]) -> list[Field]:
    """Return fields, each name once."""
    return list({field.base: field for field in fields}.values())


def _choose_one(
    field: Field, roles: Roles, editions: Sequence[str], register: AddressRegister
) -> Choice:
    """Return the commune of one field."""
    exact = _find_exact(field, roles, editions, register)
    if exact.verdict != "unknown" or exact.near:
        return exact
    return find_misspelt(field, roles, editions, register)


def _join(first: Choice, other: Choice) -> Choice:
    """Return one choice of two: the smaller of two units on one ground, else a contradiction."""
    both = [(a, b) for a in first.units for b in other.units if a.atoms & b.atoms]
    if not both:
        return Choice(verdict="conflict", near=first.units + other.units)
    smaller = min(both[0], key=lambda unit: len(unit.atoms))
    return Choice((smaller,), flags=(*first.flags, *other.flags))
