"""`plan devices`: allocate what lies in store to the pupils of a run, keep it, and say what was found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from phusong.ledger.book import Ledger
from phusong.pipeline.outcome_counts import read_counts, round_outcomes, write_counts
from phusong.pipeline.settings import in_province, read_settings
from phusong.pipeline.shelves import Shelf, read_shelf
from phusong.plans.devices import AllocationPolicy, DevicePlan, allocate_devices
from phusong.store import Commit, read_whole, write_table
from phusong.store.folder_lock import hold_folder
from phusong.views.device_files import write_device_book
from phusong.vocabulary.book import AllocationUnit
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.tables.results import DEVICES, LOT_FITNESS

PLACE = Path("plan") / "devices"
PLAN_NAME, BOOK_NAME = "allocation.json", "phan_bo_thiet_bi.xlsx"
OWNER_ONLY = 0o600
HOLDER = "phusong plan devices"


def choose_unit(name: str) -> AllocationUnit:
    """Return whom one device is given to.

    Raises
    ------
    ParameterFault
        If there is no such policy.
    """
    words = {str(unit).replace("_", "-"): unit for unit in AllocationUnit}
    if name not in words:
        raise ParameterFault(f"--policy {name}: choose one of {', '.join(words)}")
    return words[name]


@in_province
def plan_devices(
    folder: Path,
    ledger: Ledger | None,
    *,
    unit: AllocationUnit,
    cash_vnd: int = 0,
    out: Path | None = None,
) -> dict[str, Any]:
    """Allocate devices and packages to the pupils of a run, keep the plan, and return what to tell of it.

    Parameters
    ----------
    folder : output folder of a run.
    ledger : the book; None: what was delivered to the run.
    unit : one device a pupil, or one a household.
    cash_vnd : money to buy devices with [VND].
    out : folder in which the plan is kept; None: the output folder of the run.

    Raises
    ------
    ParameterFault
        If the run has no pupils, or the money is below nothing.
    FolderFault
        If another one writes where the plan is kept, or nobody can.
    """
    if cash_vnd < 0:
        raise ParameterFault(f"--cash {cash_vnd}: money is 0 or more")
    read_settings(folder)
    with hold_folder(out or folder, HOLDER):
        shelf = read_whole(folder, read_shelf, folder, ledger)
        plan = allocate_shelf(shelf, unit=unit, cash_vnd=cash_vnd)
        told = describe_devices(shelf, plan, unit=unit, cash_vnd=cash_vnd)
        keep_devices(out or folder, plan, told, run=folder)
    return told


def allocate_shelf(shelf: Shelf, *, unit: AllocationUnit, cash_vnd: int = 0) -> DevicePlan:
    """Return the allocation of what is on a shelf.

    Parameters
    ----------
    shelf : what is allocated, and to whom.
    unit, cash_vnd : see `plan_devices`.

    Raises
    ------
    ParameterFault
        If pupils and awards contradict each other, with why.
    """
    names = shelf.students["policy"].unique()
    policy = AllocationPolicy(f"{names[0]}, {unit.en}", unit)
    try:
        return allocate_devices(
            shelf.students,
            shelf.lots,
            shelf.packages,
            shelf.awards,
            shelf.rollout,
            policy=policy,
            devices=shelf.parameters.devices,
            as_of=shelf.as_of,
            communes=shelf.communes,
            signals=shelf.signals,
            links=shelf.links,
            known=shelf.known,
            book=shelf.stock,
            cash_vnd=cash_vnd,
        )
    except ValueError as fault:
        raise ParameterFault(f"no allocation: {fault}") from fault


def describe_devices(
    shelf: Shelf, plan: DevicePlan, *, unit: AllocationUnit, cash_vnd: int
) -> dict[str, Any]:
    """Return what is told of an allocation, for people and for machines.

    Parameters
    ----------
    shelf : what was allocated.
    plan : the plan.
    unit, cash_vnd : see `plan_devices`.
    """
    needy = plan.waiting.head(1)
    return {
        **shelf.head,
        "source": shelf.source,
        "policy": str(unit),
        "cash_vnd": cash_vnd,
        "pupils": len(plan.devices),
        "reconciliation": _list_rows(plan.reconciliation),
        "waiting": len(plan.waiting),
        "next": needy["student_key"].tolist(),
        "lots": _list_rows(plan.surplus),
        "packages": _list_rows(plan.packages),
        "mismatches": _list_rows(plan.mismatches),
        "shadow": _list_rows(plan.shadow.drop(columns="student_key")),
        "proof": _list_rows(plan.proof),
        "gap": plan.gap,
    }


def _list_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as plain data."""
    rows: list[dict[str, Any]] = json.loads(table.to_json(orient="records", force_ascii=False))
    return rows


def keep_devices(
    folder: Path, plan: DevicePlan, told: dict[str, Any], *, run: Path | None = None
) -> None:
    """Keep an allocation: its tables among the run's, its figures and workbook for their owner alone.

    Parameters
    ----------
    folder : where it is kept.
    plan : the plan.
    told : from `describe_devices`.
    run : output folder of the run; None: where it is kept.
    """
    with hold_folder(folder, HOLDER):
        commit = Commit(folder)
        commit.begin()
        counts = round_outcomes(run or folder, plan.devices, before=read_counts(folder / PLACE))
        _stage_devices(commit.staging, plan, told)
        write_counts(commit.staging / PLACE, counts)
        commit.complete([])


def _stage_devices(staging: Path, plan: DevicePlan, told: dict[str, Any]) -> None:
    """Write an allocation into the folder of a commit."""
    write_table(plan.devices, DEVICES.name, staging)
    write_table(plan.fitness, LOT_FITNESS.name, staging)
    place = staging / PLACE
    place.mkdir(parents=True)
    for name in (PLAN_NAME, BOOK_NAME):
        (place / name).touch(mode=OWNER_ONLY)
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    (place / PLAN_NAME).write_text(text, encoding="utf-8")
    write_device_book(place / BOOK_NAME, plan, told=told)


def read_plan(folder: Path) -> dict[str, Any]:
    """Return what was told of the allocation that is kept among the results.

    Parameters
    ----------
    folder : output folder of a run.

    Raises
    ------
    ParameterFault
        If there is none.
    """
    path = folder / PLACE / PLAN_NAME
    if not path.exists():
        raise ParameterFault(f"{folder}: no devices have been allocated → phusong plan devices DIR")
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return told
