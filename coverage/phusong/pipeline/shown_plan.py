"""Which plan the province shows: put on its map and into its tables, taken away, marked when out of date."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from phusong.pipeline.kept_plans import (
    SHOWN_NAME,
    WITHDRAWN_FOLDER,
    find_shown,
    read_kept_table,
    read_plan,
    read_shown,
)
from phusong.pipeline.plan_documents import (
    PLAN_TABLES,
    draw_plan,
    write_closed,
    write_documents,
)
from phusong.pipeline.plan_shelf import PLAN_FOLDER, PLAN_NAME, list_plans
from phusong.pipeline.publication import MAP_NAME, draw_province
from phusong.pipeline.settings import read_settings
from phusong.store import Commit, read_table, table_path, write_table
from phusong.store.folder_lock import hold_folder
from phusong.views.page import embed_json
from phusong.vocabulary.errors import ParameterFault

_DATA = re.compile(r'(id="data">)(.*?)(</script>)', re.S)


def show_plan(folder: Path, name: str, *, by: str = "") -> dict[str, Any]:
    """Show a kept plan on the map, the pages and the reports from now on, whatever is planned later.

    Parameters
    ----------
    folder : output folder of a run, with the plan.
    name : of the plan.
    by : role and organisation of whoever chose it, never a person's name.

    Returns
    -------
    What `plan.json` says of it.

    Raises
    ------
    ParameterFault
        If no plan of the name is kept.
    FolderFault
        If another one writes in the folder, or nobody can.
    """
    read_settings(folder)
    with hold_folder(folder, "phusong plan show"):
        plan_data = read_plan(folder, name)
        on = datetime.now(UTC).isoformat(timespec="seconds")
        put_shown(folder, folder, {"name": name, "chosen": True, "by": by, "on": on})
    return plan_data


def put_shown(folder: Path, place: Path, shown: dict[str, Any]) -> None:
    """Put a plan's tables and map in the province's place; whoever calls holds the folder.

    Parameters
    ----------
    folder : output folder of the run.
    place : folder in which plans are kept.
    shown : see `read_shown`.
    """
    kept, plan_data = _read_kept(place, str(shown["name"]))
    plan_data["outdated"] = list_plans(place).get(str(shown["name"]), []) if place == folder else []
    commit = Commit(place)
    commit.begin()
    for table, frame in kept.items():
        write_table(frame, table, commit.staging)
    (commit.staging / MAP_NAME).write_text(draw_plan(folder, kept, plan_data), encoding="utf-8")
    write_closed(commit.staging / PLAN_FOLDER / SHOWN_NAME, shown)
    commit.complete([])


def _read_kept(place: Path, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the tables of a kept plan, and what `plan.json` says of it."""
    return {t: read_kept_table(place, name, t) for t in PLAN_TABLES}, read_plan(place, name)


def withdraw_plan(folder: Path, name: str, *, by: str = "", why: str = "") -> dict[str, Any]:
    """Withdraw a kept plan: its tables, map and files go; what it said of itself stays, and who withdrew it.

    Parameters
    ----------
    folder : output folder of a run, with the plan.
    name : of the plan.
    by : role and organisation of whoever withdraws it, never a person's name.
    why : the reason.

    Returns
    -------
    What `plan.json` said of it, with withdrawn_on, withdrawn_by and why.

    Raises
    ------
    ParameterFault
        If no plan of the name is kept, or it is shown while there are others.
    FolderFault
        If another one writes in the folder, or nobody can.
    """
    read_settings(folder)
    with hold_folder(folder, "phusong plan withdraw"):
        plan_data = read_plan(folder, name)
        shown, others = find_shown(folder) == name, [n for n in list_plans(folder) if n != name]
        if shown and others:
            raise ParameterFault(
                f"“{name}” is the plan that the map and the reports show → show another one first: "
                f"phusong plan show DIR {others[0]}"
            )
        now = datetime.now(UTC)
        plan_data |= {
            "withdrawn_on": now.isoformat(timespec="seconds"),
            "withdrawn_by": by,
            "why": why,
        }
        commit = Commit(folder)
        commit.begin()
        left = f"{name}-{now:%Y%m%dT%H%M%S%f}.json"
        write_closed(commit.staging / PLAN_FOLDER / WITHDRAWN_FOLDER / left, plan_data)
        gone = [p for p in (folder / PLAN_FOLDER / name).rglob("*") if p.is_file()]
        if shown:
            gone += _clear_province(folder, commit)
        commit.complete([p.relative_to(folder).as_posix() for p in gone])
        _remove_empty(folder / PLAN_FOLDER / name)
    return plan_data


def _clear_province(folder: Path, commit: Commit) -> list[Path]:
    """Draw the province's map without a plan, and return the files of the plan that it has shown."""
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    register = read_settings(folder)[1].province.unit_register
    page = draw_province(lambda name: read_table(folder, name), summary, register=register)
    (commit.staging / MAP_NAME).write_text(page, encoding="utf-8")
    paths = [table_path(folder, t) for t in PLAN_TABLES] + [folder / PLAN_FOLDER / SHOWN_NAME]
    return [p for p in paths if p.exists()]


def _remove_empty(place: Path) -> None:
    """Remove the folders that a withdrawn plan has left empty."""
    for path in sorted(place.rglob("*"), reverse=True):
        path.rmdir()
    if place.exists():
        place.rmdir()


def mark_outdated(folder: Path, *, redrawn: bool) -> list[str]:
    """Say on the map and in the workbooks of every kept plan whether a run has outdated it.

    Whoever calls holds the folder, with the results of the run in place.

    Parameters
    ----------
    folder : output folder of a run.
    redrawn : whether the run drew the province's map anew, so that the plan shown is missing on it.

    Returns
    -------
    The names of the plans that are marked otherwise than before.
    """
    shown = read_shown(folder)
    changed = [
        name
        for name, outdated in list_plans(folder).items()
        if read_plan(folder, name).get("outdated", []) != outdated
    ]
    for name in changed:
        _mark_files(folder, name)
    if shown["name"] and (redrawn or shown["name"] in changed):
        put_shown(folder, folder, shown)
    return changed


def _mark_files(folder: Path, name: str) -> None:
    """Write the files of a plan anew with what they say of its age; its figures stay as they were."""
    tables, plan_data = _read_kept(folder, name)
    plan_data["outdated"] = list_plans(folder)[name]
    commit = Commit(folder)
    commit.begin()
    place = commit.staging / PLAN_FOLDER / name
    place.mkdir(parents=True)
    write_documents(place, folder, tables, plan_data)
    page = folder / PLAN_FOLDER / name / MAP_NAME
    if page.exists():
        text = _mark_page(page.read_text(encoding="utf-8"), outdated=bool(plan_data["outdated"]))
        (place / MAP_NAME).write_text(text, encoding="utf-8")
    write_closed(place / PLAN_NAME, plan_data)
    commit.complete([])


def _mark_page(text: str, *, outdated: bool) -> str:
    """Return a map with the mark of its plan set; its hamlets stay those of the day it was drawn."""
    found = _DATA.search(text)
    if found is None:
        return text
    data = json.loads(found[2])
    data["plan"]["outdated"] = outdated
    return text[: found.start(2)] + embed_json(data) + text[found.end(2) :]
