"""A rollout plan as lines that a person reads in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from phusong.views.figures import format_number
from phusong.views.labels import tell
from phusong.views.plan_labels import ChartLabel, Lever, PlanLine
from phusong.views.summary import head_lines, port_lines
from phusong.vocabulary.options import (
    AimName,
    ConnectionBasis,
    CostPart,
    OptionKind,
    PromiseVerdict,
    ScenarioName,
)
from phusong.vocabulary.terms import GapClass

Told = Mapping[str, Any]
#: One thousand million đồng.
BILLION = 1_000_000_000
#: Ids listed in a line before it says how many more there are.
LISTED = 8


def plan_lines(told: Told, language: str) -> list[str]:
    """Return a plan as lines of text: money, whom it reaches, by what, and the proof.

    Parameters
    ----------
    told : as `plan.json` holds it.
    language : ``vi`` or ``en``.
    """
    scenario = tell(ScenarioName.of(told["scenario"]), language)
    spent, who = told["spent"], _who(told, language)
    return [
        *head_lines(told, language),
        tell(PlanLine.TITLE, language, scenario=scenario, waves=told["waves"])
        + _name(told, language),
        "  "
        + tell(
            PlanLine.MONEY,
            language,
            budget=_billions(told["budget_vnd"], language),
            likely=_billions(spent["cost_vnd"], language),
            low=_billions(spent["cost_low_vnd"], language),
            high=_billions(spent["cost_high_vnd"], language),
        ),
        "  "
        + tell(
            PlanLine.WHOLE,
            language,
            whole=_billions(told["whole_cost_vnd"], language),
            gap=_percent(told["whole_gap"], language),
        ),
        "  " + _reached(_choose_headline(told), told, language, who=who),
        *_by_basis(told, language, who=who),
        *(
            "    "
            + _reached(
                PlanLine.CLASS, counts, language, who=who, name=tell(GapClass.of(name), language)
            )
            for name, counts in told["by_class"].items()
        ),
        *_left(told, language),
        *(f"  {line}" for line in port_lines(told, language)),
        "",
        *_options(told, language),
        "",
        *_proofs(told, language),
        "",
    ]


def _name(told: Told, language: str) -> str:
    """Return what a plan is called, behind its title; nothing of one that was never kept under a name."""
    return f" · {tell(PlanLine.NAMED, language, name=told['name'])}" if "name" in told else ""


def scenario_lines(told: Sequence[Told], language: str) -> list[str]:
    """Return several scenarios side by side, a line each.

    Parameters
    ----------
    told : as `plan.json` holds each.
    language : ``vi`` or ``en``.
    """
    return [*head_lines(told[0], language), *(_compare(one, language) for one in told)]


def comparison_lines(told: Told, language: str) -> list[str]:
    """Return a comparison: scenarios with their components, what each budget connects, and the levers.

    Parameters
    ----------
    told : as `comparison.json` holds it.
    language : ``vi`` or ``en``.
    """
    who = tell(PlanLine.of(told["counted"]), language)
    lines = [*head_lines(told, language)]
    for one in told["scenarios"]:
        lines += [_compare(one, language), *(f"    {line}" for line in _list_parts(one, language))]
    lines += ["", tell(ChartLabel.PARETO, language, who=who)]
    for point in told["pareto"]:
        reached, of = sum(point["connected"].values()), sum(point["of"].values())
        counts = (
            f"{format_number(reached, language=language)}/{format_number(of, language=language)}"
        )
        cost = tell(
            PlanLine.COST, language, cost=_billions(point["budget_vnd"], language), name=counts
        )
        lines.append(f"  {cost} {who}")
    lines += ["", tell(ChartLabel.SENSITIVITY, language)]
    for lever in told["sensitivity"]:
        low, high = (_billions(lever["cost_vnd"][end], language) for end in ("low", "high"))
        lines.append(f"  {low} – {high}  {tell(Lever.of(lever['parameter']), language)}")
    return [*lines, ""]


def _list_parts(one: Told, language: str) -> list[str]:
    """Return what a scenario spends by component, the most first."""
    parts = sorted(one["spent_by_part"].items(), key=lambda part: -part[1])
    return [
        tell(
            PlanLine.COST,
            language,
            cost=_billions(cost, language),
            name=tell(CostPart.of(name), language),
        )
        for name, cost in parts
    ]


def _compare(one: Told, language: str) -> str:
    """Return a scenario as one line."""
    return tell(
        PlanLine.COMPARE,
        language,
        scenario=tell(ScenarioName.of(one["scenario"]), language),
        budget=_billions(one["budget_vnd"], language),
        waves=one["waves"],
        promised=count_promised(one),
        hamlets=one["hamlets_reached"],
        of=one["hamlets"],
        weight=format_number(one["weight_reached"], language=language),
        who=_who(one, language),
        likely=_billions(one["spent"]["cost_vnd"], language),
        low=_billions(one["spent"]["cost_low_vnd"], language),
        high=_billions(one["spent"]["cost_high_vnd"], language),
        whole=_billions(one["whole_cost_vnd"], language),
    )


def _who(told: Told, language: str) -> str:
    """Return who is counted."""
    return tell(PlanLine.of(told["counted"]), language)


def _unit_of(aim: str, told: Told, language: str) -> str:
    """Return the unit of an aim: money, people, or people times the waves that they are early."""
    if aim == AimName.SPENT:
        return tell(PlanLine.VND, language)
    who = _who(told, language)
    early = aim in (AimName.NOTHING_EARLY, AimName.DARK_EARLY, AimName.FIBRE_EARLY)
    return tell(PlanLine.TURNS, language, who=who) if early else who


def _billions(vnd: float, language: str) -> str:
    """Return money in thousand millions with two decimals."""
    return format_number(vnd / BILLION, language=language, decimals=2)


def _percent(share: float, language: str) -> str:
    """Return a gap in per cent with two decimals."""
    return format_number(100 * share, language=language, decimals=2) + " %"


def _reached(line: PlanLine, counts: Told, language: str, **more: object) -> str:
    """Return how many of how many are reached."""
    return tell(
        line,
        language,
        hamlets=counts["hamlets_reached"],
        of=counts["hamlets"],
        weight=format_number(counts["weight_reached"], language=language),
        all=format_number(counts["weight"], language=language),
        **more,
    )


def count_promised(plan: Told) -> int:
    """Return how many hamlets a plan leaves to what operators have taken on or are building.

    Parameters
    ----------
    plan : as `plan.json` holds it; one from before the two were told apart leaves none.
    """
    counts = plan.get("by_basis", {})
    return sum(int(c["hamlets"]) for n, c in counts.items() if n != ConnectionBasis.PLANNED)


def _choose_headline(plan: Told) -> PlanLine:
    """Return the headline: where operators' promises are part of it, it says so."""
    return PlanLine.REACHED_IF if count_promised(plan) else PlanLine.REACHED


def _by_basis(told: Told, language: str, *, who: str) -> list[str]:
    """Return what the plan builds apart from what operators promised, which is no fact yet."""
    counts = told.get("by_basis", {})  # plans kept from before the two were told apart have none
    promised = {n: c for n, c in counts.items() if n != ConnectionBasis.PLANNED and c["hamlets"]}
    if not promised:
        return []
    whole = sum(c["hamlets"] for c in promised.values())
    own = counts[ConnectionBasis.PLANNED]["hamlets"]
    lines = ["    " + tell(PlanLine.BY_PLAN, language, hamlets=own, promised=whole)]
    for name, count in promised.items():
        values = {
            "name": tell(ConnectionBasis.of(name), language),
            "hamlets": count["hamlets"],
            "weight": format_number(count["weight"], language=language),
            "expected": format_number(count["expected_hamlets"], language=language, decimals=1),
        }
        lines.append("      " + tell(PlanLine.BASIS, language, who=who, **values))
    return lines


def _left(told: Told, language: str) -> list[str]:
    """Return who is left out, and why, by name as far as there is room."""
    lines = []
    for line, name in (
        (PlanLine.LEFT, "unreachable"),
        (PlanLine.UNPLACED, "unplaced"),
        (PlanLine.UNKNOWN, "unknown"),
    ):
        ids = told[name]
        if ids:
            shown = ", ".join(ids[:LISTED]) + (", …" if len(ids) > LISTED else "")
            lines.append("  " + tell(line, language, n=len(ids), ids=shown))
    return lines


def _options(told: Told, language: str) -> list[str]:
    """Return by what hamlets are reached, and who spends how much."""
    lines = [tell(PlanLine.OPTIONS, language)]
    for name, count in told["options"].items():
        if count:
            lines.append(f"  {count:>6}  {tell(OptionKind.of(name), language)}")
    lines.append(tell(PlanLine.OPERATORS, language))
    for name, cost in told["spent_by_operator"].items():
        lines.append(
            "  " + tell(PlanLine.COST, language, cost=_billions(cost, language), name=name)
        )
    lines += [tell(PlanLine.PARTS, language), *(f"  {p}" for p in _list_parts(told, language))]
    if told["commitments"]:
        promises = (
            f"{tell(PromiseVerdict.of(name), language)} {count}"
            for name, count in told["commitments"].items()
        )
        lines.append(tell(PlanLine.PROMISES, language, list="; ".join(promises)))
    return lines


def _proofs(told: Told, language: str) -> list[str]:
    """Return value, bound and gap of every aim, and cost, bound and gap of the trenches."""
    lines = [tell(PlanLine.PROOF, language)]
    for proof in told["proofs"]:
        values = {
            "aim": tell(AimName.of(proof["aim"]), language),
            "unit": _unit_of(proof["aim"], told, language),
            "found": format_number(abs(proof["found"]), language=language),
            "bound": format_number(abs(proof["bound"]), language=language),
            "gap": _percent(proof["gap"], language),
        }
        lines.append("  " + tell(PlanLine.AIM, language, **values))
    for trench in told["trenches"]:
        values = {
            "name": tell(PlanLine.CHECK, language) if trench["name"] == "check" else trench["name"],
            "cost": _billions(trench["cost_vnd"], language),
            "bound": _billions(trench["lower_bound_vnd"], language),
            "gap": _percent(trench["gap"], language),
        }
        lines.append("  " + tell(PlanLine.TRENCH, language, **values))
    return lines
