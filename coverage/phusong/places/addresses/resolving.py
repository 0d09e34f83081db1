"""From the fields of one address to its hamlet, its commune, or an honest refusal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from phusong.places.addresses.communes import (
    Choice,
    choose_commune,
    find_misspelt,
    is_written,
    lies_in,
    order_editions,
)
from phusong.places.addresses.fields import Field
from phusong.places.addresses.gazetteer import Gazetteer
from phusong.places.addresses.hamlets import NOTHING, find_anywhere, list_alternatives
from phusong.places.addresses.kinds import MAIN
from phusong.places.addresses.outcomes import (
    Outcome,
    find_in_units,
    match_homonyms,
    match_within,
    say_rest,
    state_commune,
)
from phusong.places.addresses.provinces import ProvinceSign
from phusong.places.addresses.reading import Said
from phusong.places.addresses.register import AddressRegister, Unit
from phusong.places.addresses.roles import Roles, assign_roles, copy_roles

#: More candidates than this help nobody.
_MOST_CANDIDATES: Final = 30
#: Grades that may find a hamlet where the commune is not written.
_SURE: Final = ("exact", "base", "number")


#: Roles behind a hamlet, its place among what is left, the commune, the editions.
_Tail = tuple[Roles, int, Choice, list[str]]


def _find_sole_field(rest: Sequence[Field]) -> Field | None:
    """Return the field of the hamlet where no commune is known; None where another bare name follows it."""
    named = [field for field in rest if field.base]
    if not named:
        return None
    typed = [field for field in named if field.level == "hamlet"]
    main = [field for field in typed if field.kind in MAIN]
    field = (main or typed or named)[-1]
    bare_after = any(not f.level for f in named[named.index(field) + 1 :])
    return None if bare_after or (not typed and len(named) > 1) else field


def _match_without(gazetteer: Gazetteer, roles: Roles) -> Outcome:
    """Return the outcome of an address that names no commune: one hamlet, and the kind agrees."""
    rest = [field for field in roles.rest if field.base]
    if not rest:
        known = roles.province or roles.districts
        return Outcome("AMBIGUOUS" if known else "EMPTY", flags=tuple(roles.flags))
    ground = _list_ground(roles, gazetteer.register)
    field = _find_sole_field(rest)
    found = find_anywhere(gazetteer, field or rest[0], ground)
    flags = (*found.flags, *roles.flags, "inferred_commune")
    stated = roles.districts is not None or (
        field is not None and not field.number and bool(roles.province or field.kind)
    )
    specific = field is not None and (not field.number or bool(field.kind)) and not field.weak
    alternatives = list_alternatives(gazetteer, field or rest[0], ground)
    sure = found.sure and found.grade in _SURE and "kind_differs" not in found.flags
    sure = sure and set(alternatives) <= set(found.hamlets)
    if sure and stated and specific:
        flags = (*flags, *say_rest(rest, field))
        return Outcome("MATCHED", found.hamlets[0], (), found.grade, flags)
    seen = tuple(sorted({*found.hamlets, *alternatives}))
    named = seen if len(seen) <= _MOST_CANDIDATES else ()
    return Outcome("AMBIGUOUS", flags=(*roles.flags, "no_commune"), candidates=named)


#: Signs of a name that the ground has borne itself.
_OWN: Final = (ProvinceSign.EARLIER, ProvinceSign.LASTING)


def _list_ground(roles: Roles, register: AddressRegister) -> frozenset[str] | None:
    """Return the ground of the districts, or the part of the province, that is named; None for all of it."""
    if roles.districts is None:
        return roles.ground
    homes = register.homes
    inside = frozenset(atom for atom, home in homes.items() if home in roles.districts)
    return inside if roles.ground is None else inside & roles.ground


def _refuse(gazetteer: Gazetteer, roles: Roles, choice: Choice) -> Outcome:
    """Return the outcome of an address whose commune is unknown or contradicts its district."""
    if choice.verdict == "outside":
        return Outcome(
            "OUT_OF_PROVINCE", flags=(*roles.flags, f"edition={gazetteer.register.latest}")
        )
    seen = set(find_in_units(gazetteer, choice.near, roles.rest))
    if choice.verdict == "conflict":
        named = (
            find_anywhere(gazetteer, roles.rest[-1], _list_ground(roles, gazetteer.register))
            if roles.rest
            else NOTHING
        )
        flags = (*roles.flags, "commune_district_disagree")
        return Outcome("CONFLICT", flags=flags, candidates=tuple(sorted(seen | set(named.hamlets))))
    flags = (*roles.flags, *choice.flags, "unknown_commune")
    if roles.lost_district and roles.province not in _OWN:
        return Outcome("OUT_OF_PROVINCE", flags=flags)
    if not seen and roles.rest:
        seen = set(
            find_anywhere(
                gazetteer, roles.rest[-1], _list_ground(roles, gazetteer.register)
            ).hamlets
        )
    few = tuple(sorted(seen)) if len(seen) <= _MOST_CANDIDATES else ()
    return Outcome("AMBIGUOUS", flags=flags, candidates=few)


def _refuse_foreign(roles: Roles, choice: Choice) -> Outcome:
    """Return the outcome where a province or district elsewhere is named."""
    ours = bool(choice.units) and (roles.districts is not None or roles.contradicted)
    return Outcome("CONFLICT" if ours else "OUT_OF_PROVINCE", flags=tuple(roles.flags))


def _match_other_editions(gazetteer: Gazetteer, roles: Roles) -> list[tuple[Unit, Outcome]]:
    """Return the communes of the stated name in all editions, each with the hamlet that it surely has.

    Nothing where the address shows of when it is. A province that has kept its name does not: without a
    district, an address may be older than July 2025 or not.
    """
    register = gazetteer.register
    dated = roles.districts is not None or roles.province not in (None, ProvinceSign.LASTING)
    if dated or not register.is_lasting or len(roles.communes) != 1 or not roles.rest:
        return []
    field = roles.communes[0]
    units = [u for u in register.find_units(field.base) if is_written(field, u)]
    others = [u for u in units if field.kind in ("", u.kind) and lies_in(u, roles, register)]
    tried = [(unit, match_within(gazetteer, roles, Choice((unit,)))) for unit in others]
    return [(unit, t) for unit, t in tried if t.status == "MATCHED" and t.level in _SURE]


def _compare_editions(gazetteer: Gazetteer, roles: Roles, outcome: Outcome) -> Outcome:
    """Return an outcome after a look at communes of the same name in other editions.

    Where nothing was found, one hamlet of one of them is. Where one was found, a hamlet of the same name in
    a commune elsewhere is as good, and one that is written so is better than a likely slip: nobody knows
    which is meant.
    """
    sure = _match_other_editions(gazetteer, roles)
    if outcome.status != "MATCHED":
        return sure[0][1] if len({t.hamlet for _, t in sure}) == 1 else outcome
    ground = frozenset[str]().union(*(unit.atoms for unit in outcome.units))
    slip = outcome.level not in _SURE
    others = [t.hamlet for unit, t in sure if slip or ground.isdisjoint(unit.atoms)]
    seen = {hamlet for hamlet in (outcome.hamlet, *others) if hamlet is not None}
    if len(seen) == 1:
        return outcome
    flags = (*outcome.flags, "shared_name")
    return Outcome("AMBIGUOUS", flags=flags, candidates=tuple(sorted(seen)))


def _try_misspelt(roles: Roles, editions: Sequence[str], register: AddressRegister) -> Choice:
    """Return the commune that the last of several bare names may be, taking it out of the rest."""
    named = [field for field in roles.rest if field.base]
    if len(named) < 2 or named[-1].level:
        return Choice()
    choice = find_misspelt(named[-1], roles, editions, register)
    if not choice.units:
        return Choice()
    roles.communes, roles.rest = [named[-1]], named[:-1]
    return choice


def _recall_choice(gazetteer: Gazetteer, roles: Roles, edition: str) -> tuple[Choice, list[str]]:
    """Return the commune that an address names, remembered by all that it depends on, and the editions."""
    named = tuple([(f.tone, f.kind, len(f.words)) for f in roles.communes])
    key = (
        named,
        roles.districts,
        roles.province,
        roles.ground,
        roles.renamed,
        roles.former,
        edition,
    )
    known: tuple[Choice, list[str]] | None = gazetteer.memory.choices.get(key)
    if known is None:
        editions = order_editions(edition, roles, gazetteer.register)
        known = choose_commune(roles, editions, gazetteer.register), editions
        gazetteer.memory.choices.keep(key, known)
    return known


def _recall_roles(
    said: Said, gazetteer: Gazetteer, edition: str
) -> tuple[Roles, Choice, list[str]]:
    """Return the roles of an address's fields, its commune and the editions, remembered by its tail.

    A hamlet with its kind in front of an address takes no part in what the fields behind it are.
    """
    key = (said.tail, edition)
    known: _Tail | None = gazetteer.memory.tails.get(key) if said.tail else None
    if known is None:
        roles = assign_roles(
            said.list_cells(), gazetteer.register, modern=edition in gazetteer.register.modern
        )
        choice, editions = _recall_choice(gazetteer, roles, edition)
        head = said.cells[0][0] if said.tail else None
        at = next((i for i, field in enumerate(roles.rest) if field is head), None)
        if at is not None:
            sole = len(choice.units) == 1
            roles.known_flags = state_commune(choice, roles, gazetteer) if sole else None
            kept = copy_roles(roles, roles.rest)
            gazetteer.memory.tails.keep(key, (kept, at, choice, editions))
        return roles, choice, editions
    roles, at, choice, editions = known
    rest = list(roles.rest)
    rest[at] = said.cells[0][0]
    return copy_roles(roles, rest), choice, editions


def _is_bare_hamlet(gazetteer: Gazetteer, roles: Roles) -> bool:
    """Return whether the only name below the district is no commune there, but a hamlet."""
    alone = not roles.rest and len(roles.communes) == 1 and not roles.communes[0].level
    return (
        alone
        and find_anywhere(
            gazetteer, roles.communes[0], _list_ground(roles, gazetteer.register)
        ).sure
    )


def resolve_stated(said: Said, gazetteer: Gazetteer, *, edition: str) -> Outcome:
    """Return what became of an address.

    Parameters
    ----------
    said : the fields of each cell in their order, streets and institutions left out.
    edition : the edition that is read first.
    """
    roles, choice, editions = _recall_roles(said, gazetteer, edition)
    if roles.foreign:
        return _refuse_foreign(roles, choice)
    if choice.verdict == "conflict" and _is_bare_hamlet(gazetteer, roles):
        roles.rest, roles.communes, choice = roles.communes, [], Choice()
    if not roles.communes:
        choice = _try_misspelt(roles, editions, gazetteer.register)
    if roles.lost_district and choice.units:
        return Outcome("CONFLICT", flags=(*roles.flags, "unknown_district"))
    if choice.units:
        match = match_homonyms if len(choice.units) > 1 else match_within
        return _compare_editions(gazetteer, roles, match(gazetteer, roles, choice))
    if roles.communes or roles.lost_district:
        return _refuse(gazetteer, roles, choice)
    return _match_without(gazetteer, roles)
