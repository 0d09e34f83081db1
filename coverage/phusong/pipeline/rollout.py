"""`plan rollout`: read a run, plan under a scenario, keep tables and files, and say what was found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from phusong.pipeline.grounds import Ground, read_ground
from phusong.pipeline.plan_shelf import PLAN_FOLDER, PLAN_NAME
from phusong.pipeline.plan_tables import tabulate_antennas, tabulate_rollout, tabulate_trenches
from phusong.pipeline.plan_telling import describe_plan
from phusong.pipeline.planning import Money, Outcome, make_plan
from phusong.pipeline.publication import MAP_NAME, draw_province
from phusong.pipeline.settings import read_settings
from phusong.plans.scenarios import SCENARIOS, Scenario
from phusong.store import Commit, read_table, read_whole, write_table
from phusong.store.folder_lock import hold_folder
from phusong.views.plan_files import write_book, write_layers
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.options import ScenarioName

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
    folder: Path, *, scenario: str, money: Money, author: str = "", out: Path | None = None
) -> list[dict[str, Any]]:
    """Plan the rollout of a finished run, keep it under `plan/`, and return what to tell of each scenario.

    Parameters
    ----------
    folder : output folder of a run.
    scenario : name of one, or `all`.
    money : what may be spent, and when.
    author : role and organisation that asked for it, never a person's name; empty: whoever ran the command.
    out : folder in which the plan is kept; None: the output folder of the run.

    Raises
    ------
    ParameterFault
        If the folder, the scenario or the money cannot be planned with.
    FolderFault
        If another one writes where the plan is kept, or nobody can.
    """
    chosen = choose_scenarios(scenario)
    read_settings(folder)
    with hold_folder(out or folder, "phusong plan rollout"):
        ground = read_whole(folder, read_ground, folder)
        waves = money.count_waves(ground)
        return [
            keep_plan(folder, ground, outcome, waves=waves, author=author, out=out)
            for outcome in plan_scenarios(ground, chosen, money)
        ]


def plan_scenarios(ground: Ground, scenarios: list[Scenario], money: Money) -> Iterator[Outcome]:
    """Return the plan of each scenario; one about more or less money scales the budget.

    Parameters
    ----------
    ground : what to plan on.
    scenarios : in which order to plan.
    money : what may be spent in the baseline; where no budget is set, more and less are of what reaches all.
    """
    base = money.budget_vnd
    if base is None and any(s.money != 1.0 for s in scenarios):
        plain = make_plan(ground, SCENARIOS[ScenarioName.BASELINE], money)
        base = float(plain.plan.whole_cost_vnd)
    for one in scenarios:
        scaled = money if one.money == 1.0 else money.scale(base or 0.0, one.money)
        yield make_plan(ground, one, scaled)


def keep_plan(
    folder: Path,
    ground: Ground,
    outcome: Outcome,
    *,
    waves: int,
    author: str = "",
    out: Path | None = None,
) -> dict[str, Any]:
    """Keep a plan under `plan/NAME`, and return what is told of it.

    The baseline's tables are the province's, and so is its map.

    Parameters
    ----------
    folder : output folder of the run.
    ground : what was planned on.
    outcome : the plan.
    waves : number of waves.
    author, out : see `plan_province`; whoever keeps a plan holds the folder.
    """
    told = describe_plan(outcome, ground, waves=waves) | ({"author": author} if author else {})
    name = str(outcome.scenario.name)
    commit = Commit(out or folder)
    commit.begin()
    place = commit.staging / PLAN_FOLDER / name
    tables = {
        "rollout": tabulate_rollout(outcome),
        "trenches": tabulate_trenches(outcome),
        "antennas": tabulate_antennas(outcome),
        "commitments": ground.commitments,
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
    old = (p for p in (commit.folder / PLAN_FOLDER / name).rglob("*") if p.is_file())
    gone = [p.relative_to(commit.folder) for p in old]
    commit.complete([p.as_posix() for p in gone if not (commit.staging / p).exists()])
    return told


def _draw_plan(folder: Path, plan: dict[str, Any]) -> str:
    """Return the map of the run with a plan on it."""
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return draw_province(lambda name: read_table(folder, name), summary, plan)


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
    promises = tables["commitments"]
    for operator in sorted(set(rollout["operator"].dropna()) | set(promises["operator"].dropna())):
        write_book(
            place / f"{operator.lower()}.xlsx",
            public[public["operator"] == operator],
            trenches[trenches["operator"] == operator],
            antennas[antennas["operator"] == operator],
            promises[promises["operator"] == operator],
            operator=operator,
            told=told,
        )
