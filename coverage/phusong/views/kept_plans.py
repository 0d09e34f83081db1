"""Kept plans as lines that a person reads in a terminal: a list of them, and two beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from phusong.views.figures import format_date, format_number
from phusong.views.labels import tell
from phusong.views.plan_labels import KeptLine, PlanLine
from phusong.views.plan_summary import count_promised
from phusong.views.summary import head_lines
from phusong.vocabulary.options import PlanChange, ScenarioName

Kept = Mapping[str, Any]
BILLION = 1_000_000_000


def kept_lines(plans: Sequence[Kept], language: str) -> list[str]:
    """Return kept plans: question, reach and age of each, and how to plan again where it is old.

    Parameters
    ----------
    plans : as the pipeline's `list_kept` makes them.
    language : ``vi`` or ``en``.
    """
    if not plans:
        return [tell(KeptLine.NONE, language)]
    return [line for plan in plans for line in _describe(plan, language)]


def _describe(plan: Kept, language: str) -> list[str]:
    """Return one kept plan as lines."""
    mark = tell(KeptLine.SHOWN, language) if plan["shown"] else ""
    made = format_date(plan.get("made_on")) or "–"
    who = plan.get("author") or "–"
    lines = [
        " · ".join(filter(None, [str(plan["name"]), name_question(plan, language), mark])),
        "  " + tell(KeptLine.MADE, language, made=made, who=who, date=format_date(plan["as_of"])),
        "  " + _reach(plan, language),
    ]
    if plan["outdated"]:
        lines.append("  " + tell(KeptLine.OUTDATED, language, stages=", ".join(plan["outdated"])))
        lines.append("    " + tell(KeptLine.AGAIN, language, name=plan["name"]))
    return lines


def name_question(plan: Kept, language: str) -> str:
    """Return what was asked of a plan: scenario, budget, years.

    Parameters
    ----------
    plan : as `plan.json` holds it, with asked.
    language : ``vi`` or ``en``.
    """
    asked = plan["asked"]
    scenario = tell(ScenarioName.of(asked["scenario"]), language)
    own = asked["by_operator_vnd"]
    budget = asked["budget_vnd"]
    money = (
        tell(KeptLine.WHATEVER, language)
        if budget is None
        else tell(KeptLine.BUDGET, language, budget=_billions(budget, language))
    )
    parts = [scenario, money, tell(KeptLine.YEARS, language, n=plan["waves"])]
    return ", ".join([*parts, *(f"{n} ≤ {_billions(v, language)}" for n, v in own.items())])


def _reach(plan: Kept, language: str) -> str:
    """Return whom a plan reaches and for how much."""
    return tell(
        KeptLine.REACH,
        language,
        hamlets=plan["hamlets_reached"],
        of=plan["hamlets"],
        promised=count_promised(plan),
        weight=format_number(plan["weight_reached"], language=language),
        who=tell(PlanLine.of(plan["counted"]), language),
        cost=_billions(plan["spent"]["cost_vnd"], language),
    )


def difference_lines(difference: Kept, language: str) -> list[str]:
    """Return two plans with their questions, and hamlet by hamlet what differs.

    Parameters
    ----------
    difference : as the pipeline's `compare_kept` makes it.
    language : ``vi`` or ``en``.
    """
    lines = [*head_lines(difference["b"], language)]
    for letter, plan in (("A", difference["a"]), ("B", difference["b"])):
        lines.append(f"{letter}: {plan['name']} · {name_question(plan, language)}")
        lines.append("   " + _reach(plan, language))
        if plan["outdated"]:
            lines.append("   " + tell(KeptLine.AGAIN, language, name=plan["name"]))
    lines.append(
        tell(
            KeptLine.DIFFERENCE,
            language,
            gained=difference["gained"],
            lost=difference["lost"],
            cost=_signed(difference["more_vnd"], language),
            weight=_signed(difference["more_weight"], language),
            who=tell(PlanLine.of(difference["b"]["counted"]), language),
        )
    )
    for change in PlanChange:
        rows = [row for row in difference["hamlets"] if row["change"] == change]
        if rows:
            lines.append(f"{tell(change, language)} ({len(rows)}):")
            lines += [f"  {_name_row(row, language)}" for row in rows]
    return lines


def _name_row(row: Kept, language: str) -> str:
    """Return one hamlet of a difference: its name, its waves and what it costs more or less."""
    waves = " → ".join(
        "–" if row[f"wave_{end}"] is None else str(row[f"wave_{end}"]) for end in "ab"
    )
    wave = tell(KeptLine.WAVES, language, waves=waves)
    cost = tell(KeptLine.COST, language, cost=_signed(row["more_vnd"], language))
    return f"{row['hamlet'] or row['hamlet_id']} ({row['hamlet_id']}): {wave}; {cost}"


def _signed(number: int, language: str) -> str:
    """Return a number with its sign."""
    sign = "+" if number > 0 else "−" if number < 0 else ""
    return sign + format_number(abs(number), language=language)


def _billions(vnd: float, language: str) -> str:
    """Return money in thousand millions with two decimals."""
    return format_number(vnd / BILLION, language=language, decimals=2)
