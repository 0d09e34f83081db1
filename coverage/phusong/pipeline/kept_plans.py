"""Rollout plans by name: what each is called, which of them are kept, and which one the province shows."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from phusong.pipeline.plan_shelf import PLAN_FOLDER, PLAN_NAME, list_plans
from phusong.pipeline.staleness import hash_room
from phusong.plans.scenarios import Scenario
from phusong.store import read_table
from phusong.store.manifest import hash_value
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.options import ScenarioName
from phusong.vocabulary.schema import conform_table, empty_table
from phusong.vocabulary.tables import TABLES
from phusong.vocabulary.terms import Operator

if TYPE_CHECKING:
    from phusong.pipeline.grounds import Ground
    from phusong.pipeline.planning import Money

#: Under `plan/`: which plan the map, the pages and the reports show, and whether somebody chose it.
SHOWN_NAME = "shown.json"
#: Under `plan/`: what is left of plans that were withdrawn.
WITHDRAWN_FOLDER = "withdrawn"
#: Folders under `plan/` that are no plan of the rollout.
_RESERVED = frozenset({"devices", WITHDRAWN_FOLDER})
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
#: Code that makes a plan and its files: another version may make another plan of the same results.
_CODE = (
    "plans", "reach", "pipeline/choices.py", "pipeline/grounds.py", "pipeline/planning.py",
    "pipeline/plan_tables.py", "pipeline/plan_telling.py", "pipeline/plan_documents.py",
    "views/plan_files.py",
)  # fmt: skip


def check_name(name: str) -> str:
    """Return a name for a plan, which is also that of its folder.

    Raises
    ------
    ParameterFault
        If it has other signs than small letters, digits, - and _, or is taken by something else.
    """
    if not is_name(name):
        raise ParameterFault(
            f"--name {name}: name a plan with small letters without marks, digits, - and _, at most 80, "
            f"and not {' or '.join(sorted(_RESERVED))}"
        )
    return name


def is_name(text: str) -> bool:
    """Return whether a text can name a plan; nothing else is ever a path below `plan/`.

    Parameters
    ----------
    text : any.
    """
    return bool(_NAME.fullmatch(text)) and text not in _RESERVED


def derive_name(scenario: ScenarioName, money: Money) -> str:
    """Return what a plan is called by itself: its scenario, and whatever money and years were asked for.

    Parameters
    ----------
    scenario, money : of the plan; two that differ in either have different names.
    """
    parts = [str(scenario)]
    if money.budget_vnd is not None:
        parts.append(f"{money.budget_vnd:.0f}vnd")
    parts += [
        f"{Operator(name).file_stem}-{sum_:.0f}vnd"
        for name, sum_ in sorted(money.by_operator.items())
    ]
    if money.waves is not None:
        parts.append(f"{money.waves}y")
    name = "-".join(parts)
    # Sums of many operators would be too long for a folder: then a number made of them stands for them.
    return name if is_name(name) else f"{scenario}-{hash_value(parts)[:16]}"


def describe_question(scenario: Scenario, money: Money) -> dict[str, Any]:
    """Return what was asked of a plan, as `plan.json` keeps it: enough to ask it again.

    Parameters
    ----------
    scenario, money : of the plan, before a scenario scales the money.
    """
    return {
        "scenario": str(scenario.name),
        "years": money.waves,
        "budget_vnd": money.budget_vnd,
        "by_operator_vnd": dict(sorted(money.by_operator.items())),
    }


def find_question(plan_data: dict[str, Any]) -> dict[str, Any]:
    """Return what was asked of a kept plan; of one from before questions were kept, as far as it tells.

    Parameters
    ----------
    plan_data : what its `plan.json` says.
    """
    if "asked" in plan_data:
        return dict(plan_data["asked"])
    budget, whole = int(plan_data["budget_vnd"]), int(plan_data["whole_cost_vnd"])
    return {
        "scenario": plan_data["scenario"],
        "years": int(plan_data["waves"]),
        "budget_vnd": None if abs(budget - whole) <= 1 else float(budget),
        "by_operator_vnd": {},
    }


def list_changes(plan_data: dict[str, Any], asked: dict[str, Any], waves: int) -> list[str]:
    """Return in which parts a question differs from the one that a kept plan was asked, each in words.

    Parameters
    ----------
    plan_data : what its `plan.json` says.
    asked : the question, from `describe_question`.
    waves : years that it comes to, where it names none.
    """
    before = find_question(plan_data)
    before["years"] = before["years"] or int(plan_data["waves"])
    now = {**asked, "years": asked["years"] or waves}
    return [f"{part} {before[part]}, not {now[part]}" for part in now if before[part] != now[part]]


def identify_plan(ground: Ground, asked: dict[str, Any]) -> str:
    """Return the key of everything that a plan hangs on; equal keys make the same plan.

    Parameters
    ----------
    ground : what to plan on.
    asked : from `describe_question`.
    """
    years = asked["years"] or int(ground.parameters.rollout.number("waves"))
    return hash_value(
        {
            "asked": {**asked, "years": years},
            "made_from": ground.made_from,
            "parameters": ground.parameters.model_dump(mode="json"),
            "code": [hash_room(room) for room in _CODE],
        }
    )


def read_plan(folder: Path, name: str) -> dict[str, Any]:
    """Return what `plan.json` says of a kept plan, with its name.

    Parameters
    ----------
    folder : in which plans are kept.
    name : of the plan.

    Raises
    ------
    ParameterFault
        If no plan of the name is kept, with those that are.
    """
    path = folder / PLAN_FOLDER / name / PLAN_NAME
    if not is_name(name) or not path.exists():
        known = ", ".join(list_plans(folder)) or "none"
        raise ParameterFault(f"no plan “{name}” is kept in {folder}; there are: {known}")
    return {**json.loads(path.read_text(encoding="utf-8")), "name": name}


def read_kept_table(folder: Path, name: str, table: str) -> pd.DataFrame:
    """Return a table of a kept plan; what an earlier version did not write stays empty.

    Parameters
    ----------
    folder : in which plans are kept.
    name : of the plan.
    table : `rollout`, `trenches`, `antennas` or `commitments`; empty where the plan has none.
    """
    place = folder / PLAN_FOLDER / name
    kept = read_table(place, table) if is_kept(folder, name) else empty_table(TABLES[table])
    return conform_table(kept, TABLES[table])


def is_kept(folder: Path, name: str) -> bool:
    """Return whether a plan of a name is kept.

    Parameters
    ----------
    folder : in which plans are kept.
    name : of the plan; any text.
    """
    return is_name(name) and (folder / PLAN_FOLDER / name / PLAN_NAME).exists()


def find_same(folder: Path, key: str) -> str:
    """Return the name of the kept plan that was made of equal inputs; empty where there is none.

    Parameters
    ----------
    folder : in which plans are kept.
    key : from `identify_plan`.
    """
    tables = Path("tables") / "rollout.parquet"
    for name in list_plans(folder):
        whole = (folder / PLAN_FOLDER / name / tables).exists()
        if whole and read_plan(folder, name).get("key") == key:
            return name
    return ""


def read_shown(folder: Path) -> dict[str, Any]:
    """Return which plan is shown, and whether somebody chose it; older results show the baseline.

    Parameters
    ----------
    folder : in which plans are kept.

    Returns
    -------
    name (empty: none is kept that could be shown), chosen, by, on.
    """
    path = folder / PLAN_FOLDER / SHOWN_NAME
    if path.exists():
        kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if is_kept(folder, str(kept["name"])):
            return kept
    first = str(ScenarioName.BASELINE)
    return {"name": first if is_kept(folder, first) else "", "chosen": False, "by": "", "on": ""}


def find_shown(folder: Path) -> str:
    """Return the name of the plan that the map, the pages and the reports show; empty where there is none.

    Parameters
    ----------
    folder : in which plans are kept.
    """
    return str(read_shown(folder)["name"])


def list_kept(folder: Path) -> list[dict[str, Any]]:
    """Return the kept plans, each with what it was made of, what it reaches, and whether it is out of date.

    Parameters
    ----------
    folder : in which plans are kept.

    Returns
    -------
    What `plan.json` says of each, with name, asked, made_on, author, outdated (stages run anew since)
    and shown; in order of name.
    """
    shown = find_shown(folder)
    return [
        {
            "made_on": "",
            "author": "",
            **(plan_data := read_plan(folder, name)),
            "asked": find_question(plan_data),
            "outdated": outdated,
            "shown": name == shown,
        }
        for name, outdated in list_plans(folder).items()
    ]


def describe_state(folder: Path, name: str = "") -> dict[str, Any] | None:
    """Return what must stand beside any figure of a plan: which it is, of when, whether out of date.

    Parameters
    ----------
    folder : output folder of a run.
    name : of the plan; empty: the one that is shown.

    Returns
    -------
    name, scenario, waves, budget_vnd (None: whatever it took), data_on, made_on (None: not known), outdated,
    by_basis; None where no plan of the name is kept.
    """
    name = name or find_shown(folder)
    if not is_kept(folder, name):
        return None
    plan_data = read_plan(folder, name)
    made = str(plan_data.get("made_on", ""))
    return {
        "name": name,
        "scenario": str(plan_data["scenario"]),
        "waves": int(plan_data["waves"]),
        "budget_vnd": find_question(plan_data)["budget_vnd"],
        "data_on": date.fromisoformat(plan_data["as_of"]),
        "made_on": datetime.fromisoformat(made).date() if made else None,
        "outdated": list_plans(folder)[name],
        "by_basis": plan_data.get("by_basis", {}),
    }
