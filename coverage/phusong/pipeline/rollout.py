"""`plan rollout`: read a run, plan under a scenario, keep tables and files, and say what was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from phusong import __version__
from phusong.pipeline.grounds import Ground, read_ground
from phusong.pipeline.kept_plans import (
    check_name,
    derive_name,
    describe_question,
    find_question,
    find_same,
    identify_plan,
    is_kept,
    list_changes,
    read_plan,
    read_shown,
)
from phusong.pipeline.plan_documents import draw_plan, write_closed, write_documents
from phusong.pipeline.plan_shelf import PLAN_FOLDER, PLAN_NAME
from phusong.pipeline.plan_tables import tabulate_antennas, tabulate_rollout, tabulate_trenches
from phusong.pipeline.plan_telling import describe_plan
from phusong.pipeline.planning import Money, Outcome, make_plan
from phusong.pipeline.publication import MAP_NAME
from phusong.pipeline.settings import in_province, read_settings
from phusong.pipeline.shown_plan import put_shown
from phusong.plans.scenarios import SCENARIOS, Scenario
from phusong.store import Commit, read_whole, write_table
from phusong.store.folder_lock import hold_folder
from phusong.store.manifest import hash_value
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.options import ScenarioName


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


@in_province
def plan_province(
    folder: Path,
    *,
    scenario: str,
    money: Money,
    author: str = "",
    out: Path | None = None,
    name: str = "",
) -> list[dict[str, Any]]:
    """Plan the rollout of a finished run, keep it under `plan/NAME`, and return what to tell of it.

    A plan that was made of equal inputs before is not made again, whatever it is called.

    Parameters
    ----------
    folder : output folder of a run.
    scenario : name of one, or `all`.
    money : what may be spent, and when.
    author : role and organisation that asked for it, never a person's name; empty: whoever ran the command.
    out : folder in which the plan is kept; None: the output folder of the run.
    name : of the plan; empty: see `derive_name`.

    Raises
    ------
    ParameterFault
        If the folder, the scenario, the money or the name cannot be planned with.
    FolderFault
        If another one writes where the plan is kept, or nobody can.
    """
    chosen = choose_scenarios(scenario)
    if name and len(chosen) > 1:
        raise ParameterFault(
            f"--name {name}: several scenarios are not one plan → leave out --name"
        )
    read_settings(folder)
    if name:
        check_name(name)
    with hold_folder(out or folder, "phusong plan rollout"):
        ground = read_whole(folder, read_ground, folder)
        keeper = Keeper(folder, out or folder, ground, money, author)
        names = {one.name: keeper.find_kept(one, name) for one in chosen}
        wanted = [one for one in chosen if not names[one.name]]
        for outcome in plan_scenarios(ground, wanted, money):
            names[outcome.scenario.name] = keeper.keep(outcome, name)
        for one in chosen:
            keeper.show(one, names[one.name])
        return [read_plan(out or folder, names[one.name]) for one in chosen]


def replan_province(
    folder: Path, name: str, *, author: str = "", out: Path | None = None
) -> list[dict[str, Any]]:
    """Plan again what a kept plan was asked, on the results as they are now, and return what to tell of it.

    Parameters
    ----------
    folder, author, out : see `plan_province`.
    name : of the kept plan, which takes the place of its former self.

    Raises
    ------
    ParameterFault, FolderFault
        See `plan_province`; if no plan of the name is kept.
    """
    asked = find_question(read_plan(out or folder, name))
    money = Money(asked["years"], asked["budget_vnd"], asked["by_operator_vnd"])
    return plan_province(
        folder, scenario=asked["scenario"], money=money, author=author, out=out, name=name
    )


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


@dataclass(frozen=True)
class Keeper:
    """Keep plans of one ground under their names, in a folder that is held.

    Parameters
    ----------
    folder : output folder of the run.
    place : folder in which plans are kept.
    ground : what was planned on.
    money : what was asked, before a scenario scales it.
    author : see `plan_province`.
    """

    folder: Path
    place: Path
    ground: Ground
    money: Money
    author: str

    def find_kept(self, scenario: Scenario, name: str) -> str:
        """Return the name of the plan that equal inputs have made before; empty where there is none.

        Raises
        ------
        ParameterFault
            If the name is that of a plan to which another question was asked.
        """
        asked = describe_question(scenario, self.money)
        same = find_same(self.place, identify_plan(self.ground, asked))
        if name and not same and is_kept(self.place, name):
            self._check_question(name, asked)
        return same

    def keep(self, outcome: Outcome, name: str) -> str:
        """Keep a plan with its tables, files and map, and return its name."""
        asked = describe_question(outcome.scenario, self.money)
        name = name or self._free_name(outcome.scenario, asked)
        waves = self.money.count_waves(self.ground)
        told = describe_plan(outcome, self.ground, waves=waves) | {
            "name": name,
            "asked": asked,
            "key": identify_plan(self.ground, asked),
            "made_on": datetime.now(UTC).isoformat(timespec="seconds"),
            "version": __version__,
            "parameters": hash_value(self.ground.parameters.model_dump(mode="json")),
            **({"author": self.author} if self.author else {}),
        }
        tables = {
            "rollout": tabulate_rollout(outcome),
            "trenches": tabulate_trenches(outcome),
            "antennas": tabulate_antennas(outcome),
            "commitments": self.ground.commitments,
        }
        self._put(name, tables, told)
        return name

    def _free_name(self, scenario: Scenario, asked: dict[str, Any]) -> str:
        """Return the name that a plan has by itself, with a number where another question has it."""
        first = name = derive_name(scenario.name, self.money)
        number = 1
        while is_kept(self.place, name) and self._differ(name, asked):
            number += 1
            name = f"{first}-{number}"
        return name

    def _differ(self, name: str, asked: dict[str, Any]) -> list[str]:
        """Return in what a question differs from that of the plan kept under a name."""
        waves = self.money.count_waves(self.ground)
        return list_changes(read_plan(self.place, name), asked, waves)

    def _check_question(self, name: str, asked: dict[str, Any]) -> None:
        """Refuse a name under which another question was answered; the same one is planned again.

        Raises
        ------
        ParameterFault
            If the questions differ.
        """
        if differ := self._differ(name, asked):
            raise ParameterFault(
                f"--name {name}: the plan of this name was asked something else ({'; '.join(differ)}) → "
                f"give another name, or withdraw it: phusong plan withdraw DIR {name}"
            )

    def _put(self, name: str, tables: dict[str, Any], told: dict[str, Any]) -> None:
        """Put a plan in its place at once, in that of an earlier one of the name."""
        commit = Commit(self.place)
        commit.begin()
        place = commit.staging / PLAN_FOLDER / name
        for table, frame in tables.items():
            write_table(frame, table, place)
        write_documents(place, self.folder, tables, told)
        (place / MAP_NAME).write_text(draw_plan(self.folder, tables, told), encoding="utf-8")
        write_closed(place / PLAN_NAME, told)
        old = (p for p in (commit.folder / PLAN_FOLDER / name).rglob("*") if p.is_file())
        gone = [p.relative_to(commit.folder) for p in old]
        commit.complete([p.as_posix() for p in gone if not (commit.staging / p).exists()])

    def show(self, scenario: Scenario, name: str) -> None:
        """Show a plan of the baseline until somebody chooses one, and anew one that is shown already."""
        shown = read_shown(self.place)
        if shown["chosen"] and shown["name"] != name:
            return
        if scenario.name == ScenarioName.BASELINE or shown["name"] == name:
            put_shown(self.folder, self.place, {**shown, "name": name})
