"""Plans side by side: every scenario, what each budget connects, and what the cost hangs on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from phusong.pipeline.choices import Choices, lay_choices
from phusong.pipeline.grounds import Ground, read_ground
from phusong.pipeline.plan_documents import OWNER_ONLY
from phusong.pipeline.plan_shelf import PLAN_FOLDER
from phusong.pipeline.plan_telling import describe_plan
from phusong.pipeline.planning import Money, choose_plan, solve_checked
from phusong.pipeline.rollout import plan_scenarios
from phusong.pipeline.settings import read_settings
from phusong.plans.rollout import Plan
from phusong.plans.scenarios import SCENARIOS
from phusong.store import Commit, read_whole
from phusong.store.folder_lock import hold_folder
from phusong.views.plan_charts import draw_pareto, draw_sensitivity
from phusong.vocabulary.options import ScenarioName
from phusong.vocabulary.parameters import Parameter
from phusong.vocabulary.terms import GapClass

COMPARISON_NAME, PARETO_NAME, SENSITIVITY_NAME = "comparison.json", "pareto.svg", "sensitivity.svg"
#: Shares of what reaches everybody, at which a budget is tried.
SHARES = (0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
#: Parameters that are set to their low and to their high, and whether radio options must be listed anew.
LEVERS = {
    "poles_price": False,
    "new_poles_price": False,
    "buried_price": False,
    "off_road_detour": False,
    "cabinet_vnd": False,
    "satellite_vnd": False,
    "new_site_vnd": True,
    "upgrade_vnd": True,
    "small_cell_vnd": True,
    "repeater_vnd": True,
    "off_grid_vnd": True,
}
DARK = (GapClass.K3, GapClass.K4, GapClass.K5)
Listener = Callable[[str], None]


def compare_plans(
    folder: Path, money: Money, *, listener: Listener | None = None, out: Path | None = None
) -> dict[str, Any]:
    """Plan every scenario, a row of budgets and every lever; keep it under `plan/`, and return it.

    Parameters
    ----------
    folder : output folder of a run.
    money : of the scenarios.
    listener : told of each step.
    out : folder in which it is kept; None: the output folder of the run.

    Raises
    ------
    ParameterFault
        If the folder or the money cannot be planned with.
    FolderFault
        If another one writes where it is kept, or nobody can.
    """
    say = listener or (lambda _: None)
    read_settings(folder)
    with hold_folder(out or folder, "phusong plan compare"):
        told = _compare(folder, money, say)
        _keep(out or folder, told)
    return told


def _compare(folder: Path, money: Money, say: Listener) -> dict[str, Any]:
    """Return every scenario, what each budget connects, and what the cost hangs on."""
    ground = read_whole(folder, read_ground, folder)
    waves = money.count_waves(ground)
    scenarios = []
    for outcome in plan_scenarios(ground, list(SCENARIOS.values()), money):
        say(str(outcome.scenario.name))
        scenarios.append(describe_plan(outcome, ground, waves=waves))
    baseline = lay_choices(ground, SCENARIOS[ScenarioName.BASELINE])
    choices = solve_checked(ground, baseline, Money(waves)).choices
    say("pareto")
    return {
        **ground.head,
        "counted": ground.counted,
        "scenarios": scenarios,
        "pareto": list(trace_budgets(ground, choices, waves=waves)),
        "sensitivity": list(pull_levers(ground, choices, waves=waves, say=say)),
    }


def trace_budgets(ground: Ground, choices: Choices, *, waves: int) -> Iterator[dict[str, Any]]:
    """Return what each budget connects, from nothing to what reaches everybody.

    Parameters
    ----------
    ground, choices : of the baseline.
    waves : number of waves.

    Returns
    -------
    budget_vnd, spent low, likely and high, hamlets, weight by class group, and the worst gap of the aims.
    """
    whole = choose_plan(ground, choices, Money(waves)).whole_cost_vnd
    for share in SHARES:
        outcome = solve_checked(ground, choices, Money(waves, float(np.ceil(share * whole))))
        choices = outcome.choices
        yield _tell_point(outcome.plan)


def _tell_point(plan: Plan) -> dict[str, Any]:
    """Return one budget's plan as figures."""
    hamlets, pieces = plan.hamlets, plan.pieces
    reached = hamlets["wave"] >= 0
    dark = hamlets["gap_class"].isin([str(c) for c in DARK])
    nothing = hamlets["gap_class"] == GapClass.K5
    groups = {"nothing": nothing, "dark": dark & ~nothing, "lit": ~dark}
    return {
        "budget_vnd": int(plan.budget[-1]),
        "spent_low_vnd": int(pieces["cost_low_vnd"].sum()),
        "spent_vnd": int(pieces["cost_vnd"].sum()),
        "spent_high_vnd": int(pieces["cost_high_vnd"].sum()),
        "hamlets": int(reached.sum()),
        "connected": {n: int(hamlets.loc[g & reached, "weight"].sum()) for n, g in groups.items()},
        "of": {n: int(hamlets.loc[g, "weight"].sum()) for n, g in groups.items()},
        "gap": max(proof.gap for proof in plan.proofs),
    }


def pull_levers(
    ground: Ground, choices: Choices, *, waves: int, say: Listener
) -> Iterator[dict[str, Any]]:
    """Return what it costs to reach everybody once each parameter stands at its low and at its high.

    Parameters
    ----------
    ground, choices : of the baseline.
    waves : number of waves.
    say : told of each lever.

    Returns
    -------
    parameter, unit, low, value, high, and the least cost that reaches everybody at each of the three.
    """
    money = Money(waves)
    likely = choose_plan(ground, choices, money).whole_cost_vnd
    for name, radio in LEVERS.items():
        say(name)
        lever: Parameter = getattr(ground.parameters.rollout, name)
        cost = {"value": likely}
        for end in ("low", "high"):
            moved = move_lever(ground, name, getattr(lever, end))
            kept = None if radio else choices.options
            changed = lay_choices(moved, choices.scenario, options=kept)
            cost[end] = solve_checked(moved, changed, money).plan.whole_cost_vnd
        yield {
            "parameter": name,
            "unit": lever.unit,
            **{end: getattr(lever, end) for end in ("low", "value", "high")},
            "cost_vnd": cost,
        }


def move_lever(ground: Ground, name: str, value: Any) -> Ground:
    """Return the ground with one parameter of the rollout at another value.

    Parameters
    ----------
    ground : what to plan on.
    name : of the parameter.
    value : where it is set.
    """
    group = ground.parameters.rollout
    moved: Parameter = getattr(group, name).model_copy(update={"value": value})
    rollout = group.model_copy(update={name: moved})
    return replace(ground, parameters=ground.parameters.model_copy(update={"rollout": rollout}))


def _keep(folder: Path, told: dict[str, Any]) -> None:
    """Keep the figures and their pictures; for the inside, since a step of a budget may be a few pupils."""
    commit = Commit(folder)
    commit.begin()
    place = commit.staging / PLAN_FOLDER
    place.mkdir(parents=True, exist_ok=True)
    files = {
        COMPARISON_NAME: json.dumps(told, ensure_ascii=False, indent=1) + "\n",
        PARETO_NAME: draw_pareto(told),
        SENSITIVITY_NAME: draw_sensitivity(told),
    }
    for name, text in files.items():
        (place / name).touch(mode=OWNER_ONLY)
        (place / name).write_text(text, encoding="utf-8")
    commit.complete([])
