"""The recipe of a size fitted to a province: the shape of its land, the kinds of hamlet, how many of all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from phusong.simulate.demonstration import Demonstration
from phusong.simulate.extent import choose_units
from phusong.simulate.pupils.recipe import NeedRecipe
from phusong.simulate.recipe import Recipe, SettlementRecipe
from phusong.vocabulary.pupils import Hardship

#: Counts of a whole province that grow with its people, by part of the recipe.
SCALED = {
    "settlements": ("hamlets", "unplaced", "without_power"),
    "radio": ("masts", "hidden", "old_radio"),
    "fibre": ("dark_pockets",),
    "paper": ("paper_covered", "claims_vnpt", "claims_fpt", "contradictions", "crowd_rows"),
    "schools": (
        "primary", "lower", "upper", "primary_lower", "lower_upper",
        "pupils_primary", "pupils_lower", "pupils_upper", "offline",
    ),
}  # fmt: skip
NEED = ("poor_without", "near_poor_without", "hardship_without")

Part = TypeVar("Part")


def fit_config(config: Recipe, demonstration: Demonstration, *, seed: int) -> Recipe:
    """Return a recipe as a province needs it; one with its own file takes it as it is.

    Parameters
    ----------
    config : of a size.
    demonstration : of which province.
    seed : by which its people are drawn, where the register has none.
    """
    if demonstration.has_own_file:
        return config
    fitted = replace(
        config,
        relief=replace(config.relief, **_shape_land(demonstration)),
        settlements=_name_kinds(config.settlements, demonstration),
        pupils=replace(config.pupils, need=_ask_of_day(config.pupils.need, demonstration)),
    )
    if config.corner:
        small = demonstration.country.small.get(demonstration.find_land().form, {})
        parts = {name: replace(getattr(fitted, name), **values) for name, values in small.items()}
        return replace(fitted, **parts)
    hamlets = config.settlements.hamlets
    units = choose_units(demonstration, corner=False, hamlets=hamlets, seed=seed).units
    return _scale(fitted, float(units["population"].sum()) / demonstration.country.persons)


def _shape_land(demonstration: Demonstration) -> dict[str, Any]:
    """Return the values of the relief that the form of the province's land sets."""
    land, country = demonstration.find_land(), demonstration.country
    return {**country.relief.get(land.form, {}), "towards": country.towards[land.towards]}


def _name_kinds(settlements: SettlementRecipe, demonstration: Demonstration) -> SettlementRecipe:
    """Return what hamlets are called in the province."""
    for kinds in demonstration.country.hamlet_kinds:
        if demonstration.code in kinds.provinces:
            return replace(
                settlements,
                village_kinds=tuple(kinds.village.items()),
                town_kinds=tuple(kinds.town.items()),
                upland_kind=kinds.upland,
            )
    return settlements


def _ask_of_day(need: NeedRecipe, demonstration: Demonstration) -> NeedRecipe:
    """Return what pupils lack, without the hardships that forms of the day no longer offer."""
    omitted = demonstration.offices.list_omissions("students")
    words = {word for omission in omitted for word in omission.words}
    asked = {str(term) for term in Hardship if term.vi not in words}
    return replace(need, hardships=tuple(h for h in need.hardships if h[0] in asked))


def _scale(config: Recipe, factor: float) -> Recipe:
    """Return a recipe whose counts are so many times as large, none of them less than one."""
    parts = {
        name: _scale_part(getattr(config, name), counts, factor) for name, counts in SCALED.items()
    }
    need = _scale_part(config.pupils.need, NEED, factor)
    promises = max(round(config.promises * factor), 1)
    return replace(config, **parts, pupils=replace(config.pupils, need=need), promises=promises)


def _scale_part(part: Part, counts: tuple[str, ...], factor: float) -> Part:
    """Return a part of a recipe with some counts so many times as large."""
    scaled = {name: max(round(getattr(part, name) * factor), 1) for name in counts}
    return replace(part, **scaled)  # type: ignore[type-var]
