"""What becomes of an address whose commune is known: a hamlet inside it, or a refusal that says why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from phusong.places.addresses.communes import (
    Choice,
)
from phusong.places.addresses.fields import Field
from phusong.places.addresses.gazetteer import Gazetteer
from phusong.places.addresses.hamlets import (
    NOTHING,
    Found,
    find_anywhere,
    find_hamlet,
    find_sole,
    suggest_hamlets,
)
from phusong.places.addresses.kinds import MAIN
from phusong.places.addresses.register import AddressRegister, Unit
from phusong.places.addresses.roles import Roles
from phusong.places.addresses.spelling import find_near

#: More candidates than this help nobody.
_MOST_CANDIDATES: Final = 30
#: Grades that may find a hamlet where the commune is not written.
_SURE: Final = ("exact", "base", "number")


class Outcome(NamedTuple):
    """Hold what became of one address; hamlets by their position in the gazetteer."""

    status: str
    hamlet: int | None = None
    units: tuple[Unit, ...] = ()
    level: str = ""
    flags: tuple[str, ...] = ()
    candidates: tuple[int, ...] = ()


def _communes_of(gazetteer: Gazetteer, unit: Unit) -> list[tuple[str, str]]:
    """Return the gazetteer's communes on the ground of a unit."""
    key = (unit.edition, unit.code)
    known: list[tuple[str, str]] | None = gazetteer.memory.grounds.get(key)
    if known is None:
        around = {c for atom in unit.atoms for c in gazetteer.by_atom.get(atom, ())}
        # where a commune went to several, its ground is not theirs in common
        known = sorted(c for c in around if c == key or c[0] != unit.edition)
        gazetteer.memory.grounds.keep(key, known)
    return known


def _find(gazetteer: Gazetteer, unit: Unit, field: Field) -> Found:
    """Return the hamlets of a unit that a field may mean."""
    communes = _communes_of(gazetteer, unit)
    sole = find_sole(gazetteer.communes[communes[0]], field) if len(communes) == 1 else None
    return sole or find_hamlet(gazetteer, communes, field)


def _list_main(gazetteer: Gazetteer, unit: Unit) -> frozenset[str]:
    """Return the kinds that are no part of a hamlet in a unit."""
    communes = _communes_of(gazetteer, unit)
    return MAIN.union(*(gazetteer.main[c] for c in communes if c in gazetteer.main))


def _order_fields(rest: Sequence[Field], kinds: frozenset[str]) -> list[Field]:
    """Return the fields that may name the hamlet, the one that decides first: nearest to the commune."""
    main = [field for field in rest if field.kind in kinds and field.base]
    return [field for field in reversed(main or rest) if field.base]


def _pick_hamlet(
    gazetteer: Gazetteer, unit: Unit, rest: Sequence[Field]
) -> tuple[Found, Field | None]:
    """Return the hamlet that the fields of an address name inside a commune, and the field that does."""
    if len(rest) == 1 and rest[0].base:
        found = _find(gazetteer, unit, rest[0])
        return found, rest[0] if found.hamlets else None
    main = _list_main(gazetteer, unit)
    ordered = _order_fields(rest, main)
    tried = [(_find(gazetteer, unit, field), field) for field in ordered]
    hits = [pair for pair in tried if pair[0].sure]
    if not hits:
        return next((pair for pair in tried if pair[0].hamlets), (NOTHING, None))
    found, field = hits[0]
    others = {f.hamlets[0] for f, other in hits if other.kind in main} | set(found.hamlets)
    if len(others) > 1:
        return Found(tuple(sorted(others)), "prefix", ("several_hamlets",)), field
    unknown_after = ordered[: ordered.index(field)]
    if field.level == "hamlet" and field.kind not in main and unknown_after:
        return Found(found.hamlets, "prefix", ("unknown_hamlet",)), field
    return found, field


def _hold_apart(gazetteer: Gazetteer, unit: Unit, roles: Roles, found: Found) -> Found:
    """Return what was found, or all that the cells of an address find where they say different hamlets."""
    each = [_pick_hamlet(gazetteer, unit, rest)[0] for rest in roles.apart]
    seen = {hamlet for other in each if other.sure for hamlet in other.hamlets}
    if len(seen) < 2:
        return found
    return Found(tuple(sorted(seen)), "prefix", ("several_hamlets",))


def say_rest(rest: Sequence[Field], used: Field | None) -> list[str]:
    """Return flags for the fields beside the hamlet's."""
    flags = [] if used is None or used.kind else ["no_type"]
    if len(rest) == 1:
        return flags
    for field in rest:
        if field is not used and field.base:
            flags.append("sub_hamlet" if field.level == "hamlet" else "noise")
    return flags


def state_commune(choice: Choice, roles: Roles, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return flags for the commune and what stands above it."""
    edition = choice.units[0].edition
    flags = choice.flags
    if edition != gazetteer.edition:
        flags += (f"edition={edition}",)
    if roles.districts is None and edition not in gazetteer.register.modern:
        flags += ("no_district",)
    return (*roles.flags, *flags) if roles.flags else flags


def _names_other_commune(
    rest: Sequence[Field], used: Field | None, unit: Unit, register: AddressRegister
) -> bool:
    """Return whether a bare name behind the hamlet's is a commune elsewhere."""
    if len(rest) == 1 and used is not None:
        return False
    begin = rest.index(used) + 1 if used in rest else 0
    for field in rest[begin:]:
        if field.level or field is used:
            continue
        named = register.find_units(field.base, anywhere=True)
        if named and not any(u.atoms & unit.atoms for u in named):
            return True
    return False


def match_within(gazetteer: Gazetteer, roles: Roles, choice: Choice) -> Outcome:
    """Return the outcome of an address whose commune is known."""
    unit, rest = choice.units[0], roles.rest
    found, used = _pick_hamlet(gazetteer, unit, rest)
    if roles.apart:
        found = _hold_apart(gazetteer, unit, roles, found)
    flags = (
        state_commune(choice, roles, gazetteer) if roles.known_flags is None else roles.known_flags
    )
    if choice.doubtful and not _is_witness(gazetteer, found, used, choice):
        near = (unit, *choice.near)
        seen = find_in_units(gazetteer, near, rest)
        return Outcome("AMBIGUOUS", flags=flags, candidates=seen)
    if found.sure and not _names_other_commune(rest, used, unit, gazetteer.register):
        all_flags = (*found.flags, *flags, *say_rest(rest, used))
        return Outcome("MATCHED", found.hamlets[0], choice.units, found.grade, all_flags)
    if found.sure:
        return Outcome("CONFLICT", flags=(*flags, "two_communes"), candidates=found.hamlets)
    if found.hamlets:
        all_flags = (*found.flags, *flags)
        return Outcome("AMBIGUOUS", None, choice.units, "", all_flags, found.hamlets)
    return _refuse_within(gazetteer, roles, choice, flags)


def _is_witness(gazetteer: Gazetteer, found: Found, used: Field | None, choice: Choice) -> bool:
    """Return whether a hamlet is found in a commune only, so that it confirms the commune's spelling."""
    if used is None or found.grade not in ("exact", "base") or not found.sure or used.number:
        return False
    everywhere = find_anywhere(gazetteer, used, None)
    rivals = find_in_units(gazetteer, choice.near, [used])
    return everywhere.hamlets == found.hamlets and not rivals


def find_in_units(
    gazetteer: Gazetteer, units: Sequence[Unit], rest: Sequence[Field]
) -> tuple[int, ...]:
    """Return the hamlets that the fields name in any of some units."""
    found = [_pick_hamlet(gazetteer, unit, rest)[0] for unit in units]
    return tuple(sorted({h for f in found if f.sure for h in f.hamlets}))


def _list_neighbours(unit: Unit, register: AddressRegister) -> list[Unit]:
    """Return the units whose names are one edit from a unit's."""
    keys = find_near(unit.base, register.near)
    return [u for key in keys for u in register.find_units(key)]


def _refuse_within(
    gazetteer: Gazetteer, roles: Roles, choice: Choice, flags: tuple[str, ...]
) -> Outcome:
    """Return the outcome where a commune is known and has no such hamlet."""
    unit, rest = choice.units[0], [field for field in roles.rest if field.base]
    if not rest:
        return _say_commune_only(gazetteer, roles, choice, flags)
    doubt = _doubt_commune(gazetteer, roles, unit, rest)
    if doubt is not None:
        return doubt._replace(flags=(*flags, *doubt.flags))
    likely = suggest_hamlets(gazetteer, _communes_of(gazetteer, unit), rest[-1])
    all_flags = (*flags, "unknown_hamlet")
    return Outcome("COMMUNE_ONLY", None, choice.units, "commune", all_flags, likely)


def _doubt_commune(
    gazetteer: Gazetteer, roles: Roles, unit: Unit, rest: Sequence[Field]
) -> Outcome | None:
    """Return what speaks against the commune of an address whose hamlet it does not have; None: nothing."""
    register = gazetteer.register
    elsewhere = find_in_units(gazetteer, _list_neighbours(unit, register), rest)
    if elsewhere:
        return Outcome("CONFLICT", flags=("near_commune",), candidates=elsewhere)
    bare = [field for field in rest if not field.level and field.base in register.commune_names]
    if bare and len(rest) == 1:
        swapped = _swap(gazetteer, roles, bare[0])
        return Outcome("AMBIGUOUS", flags=("two_communes",), candidates=swapped)
    if _names_other_commune(rest, None, unit, gazetteer.register):
        return Outcome("CONFLICT", flags=("two_communes",))
    if not rest[0].level and register.is_foreign(rest[0].base, rest[0].tone):
        # Hà Nam is a hamlet of this commune that nobody lists, or the province of another
        return Outcome("AMBIGUOUS", flags=("province_or_hamlet",))
    old = _find_in_old_district(gazetteer, roles, rest[-1])
    if old:
        return Outcome("AMBIGUOUS", flags=("district_or_commune",), candidates=old)
    return None


def _find_in_old_district(gazetteer: Gazetteer, roles: Roles, field: Field) -> tuple[int, ...]:
    """Return the hamlets of the district whose name a commune has since 2025, where it is written bare."""
    register = gazetteer.register
    bare = [commune for commune in roles.communes if not commune.level]
    codes = register.districts.get(bare[0].base) if bare and roles.districts is None else None
    if not codes:
        return ()
    ground = frozenset(atom for atom, home in register.homes.items() if home in codes)
    return find_anywhere(gazetteer, field, ground).hamlets


def _say_commune_only(
    gazetteer: Gazetteer, roles: Roles, choice: Choice, flags: tuple[str, ...]
) -> Outcome:
    """Return the outcome where nothing but a commune is written; a bare name alone may be a hamlet's."""
    bare = [field for field in roles.communes if not field.level]
    named = find_anywhere(gazetteer, bare[0], None).hamlets if bare else ()
    ground = choice.units[0].atoms
    inside = tuple(h for h in named if gazetteer.hamlets[h].atoms & ground)
    if len(named) > len(inside) and roles.districts is None:
        return Outcome("AMBIGUOUS", flags=(*flags, "homonym"), candidates=named)
    return Outcome("COMMUNE_ONLY", None, choice.units, "commune", flags, inside)


def _swap(gazetteer: Gazetteer, roles: Roles, commune: Field) -> tuple[int, ...]:
    """Return the hamlets found when the two bare names of an address change places."""
    units = gazetteer.register.find_units(commune.base)
    return find_in_units(gazetteer, units, roles.communes)


def match_homonyms(gazetteer: Gazetteer, roles: Roles, choice: Choice) -> Outcome:
    """Return the outcome where several communes have the written name: the hamlet may decide."""
    outcomes = [match_within(gazetteer, roles, choice._replace(units=(u,))) for u in choice.units]
    matched = [outcome for outcome in outcomes if outcome.status == "MATCHED"]
    if len(matched) == 1:
        return matched[0]._replace(flags=(*matched[0].flags, "inferred_commune"))
    seen = {o.hamlet for o in matched if o.hamlet is not None} | {
        h for o in outcomes for h in o.candidates
    }
    flags = (*roles.flags, "homonym")
    return Outcome("AMBIGUOUS", None, choice.units, "", flags, tuple(sorted(seen)))
