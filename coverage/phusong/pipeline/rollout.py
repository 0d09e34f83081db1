"""`plan rollout`: read a run, plan under a scenario, keep tables and files, and say what was found."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from phusong.pipeline.grounds import Ground, list_sources, read_ground
from phusong.pipeline.plan_tables import tabulate_antennas, tabulate_rollout, tabulate_trenches
from phusong.pipeline.planning import Outcome, make_plan
from phusong.pipeline.publication import MAP_NAME, draw_province
from phusong.plans.rollout.facilities import COSTS
from phusong.plans.scenarios import SCENARIOS, Scenario
from phusong.plans.trenches import Forest
from phusong.store import Commit, read_manifest, read_table, write_table
from phusong.views.plan_files import write_book, write_layers
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.options import OptionKind, ScenarioName

PLAN_FOLDER, PLAN_NAME = "plan", "plan.json"
#: `plan.json` holds counts that may be small.
OWNER_ONLY = 0o600


def choose_scenarios(name: str) -> list[Scenario]:
    """Return the scenario of a name, or all of them.

    Raises
    ------
    ParameterFault
        If there is no such scenario.
    """
    if name == "all":
        return list(SCENARIOS.values())
    if name not in list(ScenarioName):
        raise ParameterFault(
            f"“{name}” is no scenario of the rollout; there are: all, {', '.join(ScenarioName)}"
        )
    return [SCENARIOS[ScenarioName.of(name)]]


def plan_province(
    folder: Path, *, scenario: str, budget_vnd: float | None, waves: int | None
) -> list[dict[str, Any]]:
    """Plan the rollout of a finished run, keep it under `plan/`, and return what to tell of each scenario.

    Parameters
    ----------
    folder : output folder of a run.
    scenario : name of one, or `all`.
    budget_vnd : for all waves together; None: the least that reaches everybody who can be reached.
    waves : number of waves, one a year; None: as the parameters say.

    Raises
    ------
    ParameterFault
        If the folder, the scenario, the budget or the number of waves cannot be planned with.
    """
    chosen = choose_scenarios(scenario)
    if budget_vnd is not None and budget_vnd < 0:
        raise ParameterFault(f"--budget {budget_vnd:.0f}: a budget is 0 or more")
    ground = read_ground(folder)
    count = int(ground.parameters.rollout.number("waves")) if waves is None else waves
    if count < 1:
        raise ParameterFault(f"--years {count}: plan for one year or more")
    base = budget_vnd
    if base is None and any(s.money != 1.0 for s in chosen):
        plain = make_plan(ground, SCENARIOS[ScenarioName.BASELINE], budget_vnd=None, waves=count)
        base = float(plain.plan.whole_cost_vnd)
    return [
        _plan_one(folder, ground, one, budget_vnd if one.money == 1.0 else base, count)
        for one in chosen
    ]


def _plan_one(
    folder: Path, ground: Ground, scenario: Scenario, budget_vnd: float | None, waves: int
) -> dict[str, Any]:
    """Plan one scenario, keep it, and return what to tell of it."""
    money = None if budget_vnd is None else budget_vnd * scenario.money
    outcome = make_plan(ground, scenario, budget_vnd=money, waves=waves)
    told = {**ground.head, "counted": ground.counted, **describe_plan(outcome, waves=waves)}
    told["made_from"] = ground.made_from
    keep_plan(folder, ground, outcome, told)
    return told


def describe_plan(outcome: Outcome, *, waves: int) -> dict[str, Any]:
    """Return what is told of a plan, for people and for machines.

    Parameters
    ----------
    outcome : the plan.
    waves : number of waves.
    """
    plan, hamlets = outcome.plan, outcome.plan.hamlets
    reached = hamlets["wave"] >= 0
    return {
        "scenario": str(outcome.scenario.name),
        "waves": waves,
        "budget_vnd": int(plan.budget[-1]),
        "whole_cost_vnd": plan.whole_cost_vnd,
        "whole_gap": plan.whole_gap,
        "spent": {name: int(plan.pieces[name].sum()) for name in COSTS},
        "spent_by_kind": _sum_cost(plan.pieces, "kind"),
        "spent_by_operator": _sum_cost(plan.pieces, "operator"),
        "spent_by_wave": _sum_cost(plan.pieces.assign(wave=plan.pieces["wave"] + 1), "wave"),
        "hamlets": len(hamlets),
        "hamlets_reached": int(reached.sum()),
        "weight": int(hamlets["weight"].sum()),
        "weight_reached": int(hamlets.loc[reached, "weight"].sum()),
        "by_class": _count_classes(hamlets),
        "options": {str(k): int((hamlets["option"] == k).sum()) for k in OptionKind},
        "unreachable": plan.unreachable,
        "unplaced": outcome.unplaced,
        "unknown": outcome.unknown,
        "proofs": [asdict(proof) for proof in plan.proofs],
        "trenches": [_tell_forest(forest) for forest in (*outcome.forests, *outcome.check)],
    }


def _tell_forest(forest: Forest) -> dict[str, Any]:
    """Return what trenches cost, and what they cost at least."""
    return {
        "name": forest.name,
        "cost_vnd": forest.cost_vnd,
        "lower_bound_vnd": forest.lower_bound_vnd,
        "gap": forest.gap,
    }


def _sum_cost(pieces: pd.DataFrame, column: str) -> dict[str, int]:
    """Return the likely cost of pieces by a column."""
    sums = pieces.groupby(column)["cost_vnd"].sum()
    return {str(name): int(cost) for name, cost in sums.items() if cost}


def _count_classes(hamlets: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Return for each class how many hamlets and how much weight there is, and is reached."""
    told = {}
    for name, group in hamlets.groupby("gap_class"):
        reached = group["wave"] >= 0
        told[str(name)] = {
            "hamlets": len(group),
            "hamlets_reached": int(reached.sum()),
            "weight": int(group["weight"].sum()),
            "weight_reached": int(group.loc[reached, "weight"].sum()),
        }
    return told


def keep_plan(folder: Path, ground: Ground, outcome: Outcome, told: dict[str, Any]) -> None:
    """Keep a plan under `plan/NAME`; the baseline's tables are the province's, and so is its map.

    Parameters
    ----------
    folder : output folder of the run.
    ground : what was planned on.
    outcome : the plan.
    told : from `describe_plan`.
    """
    name = str(outcome.scenario.name)
    commit = Commit(folder)
    commit.begin()
    place = commit.staging / PLAN_FOLDER / name
    tables = {
        "rollout": tabulate_rollout(outcome),
        "trenches": tabulate_trenches(outcome),
        "antennas": tabulate_antennas(outcome),
    }
    for table, frame in tables.items():
        write_table(frame, table, place)
        if outcome.scenario.name == ScenarioName.BASELINE:
            write_table(frame, table, commit.staging)
    _write_files(place, ground, tables, told)
    page = _draw_plan(folder, {**tables, "told": told})
    places = [place, commit.staging] if outcome.scenario.name == ScenarioName.BASELINE else [place]
    for where in places:
        (where / MAP_NAME).write_text(page, encoding="utf-8")
    summary = place / PLAN_NAME
    summary.touch(mode=OWNER_ONLY)
    summary.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    old = (p for p in (folder / PLAN_FOLDER / name).rglob("*") if p.is_file())
    gone = [p.relative_to(folder) for p in old]
    commit.complete([p.as_posix() for p in gone if not (commit.staging / p).exists()])


def _draw_plan(folder: Path, plan: dict[str, Any]) -> str:
    """Return the map of the run with a plan on it."""
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return draw_province(lambda name: read_table(folder, name), summary, plan)


def list_plans(folder: Path) -> dict[str, list[str]]:
    """Return the plans that were kept, each with the stages that have been run anew since it was made.

    Parameters
    ----------
    folder : output folder of a run.
    """
    manifest = read_manifest(folder)
    now = list_sources(manifest) if manifest else {}
    found = {}
    for path in sorted((folder / PLAN_FOLDER).glob(f"*/{PLAN_NAME}")):
        then = json.loads(path.read_text(encoding="utf-8"))["made_from"]
        found[path.parent.name] = sorted(k for k in {*now, *then} if now.get(k) != then.get(k))
    return found


def _write_files(
    place: Path, ground: Ground, tables: dict[str, pd.DataFrame], told: dict[str, Any]
) -> None:
    """Write each operator's workbook and the layers that its own software can load."""
    hamlets = ground.hamlets.set_index("hamlet_id")
    facts = hamlets[["kind", "name", "commune_code", "centre_lon", "centre_lat"]]
    rollout = tables["rollout"].join(facts, on="hamlet_id")
    shown = rollout["hamlet_id"].map(ground.public_pupils).astype("Int64")
    public = rollout.assign(pupils_connected=shown.where(rollout["wave"].notna()))
    trenches = gpd.GeoDataFrame(tables["trenches"])
    antennas = gpd.GeoDataFrame(tables["antennas"])
    write_layers(place, public, trenches, antennas, told=told)
    for operator in sorted(set(rollout["operator"].dropna())):
        write_book(
            place / f"{operator.lower()}.xlsx",
            public[public["operator"] == operator],
            trenches[trenches["operator"] == operator],
            antennas[antennas["operator"] == operator],
            operator=operator,
            told=told,
        )
