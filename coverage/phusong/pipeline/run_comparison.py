"""Two runs compared: what they were made with, which hamlets changed class, which figures moved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from phusong.pipeline.former_explanation import read_changes
from phusong.pipeline.run_history import (
    FACT_KEY,
    HAMLET_KEY,
    RunHistory,
    check_runs,
    diff_figures,
    diff_values,
    find_state,
    read_history,
)
from phusong.store import read_table
from phusong.vocabulary.terms import Counted, Indicator


def compare_runs(
    history: RunHistory, first: int, last: int, *, area_code: str, edition: str
) -> dict[str, Any]:
    """Compare two runs.

    Parameters
    ----------
    history : of an output folder.
    first, last : numbers of the runs, the earlier one first.
    area_code : of the commune or province whose figures are compared.
    edition : of the administrative map in which they are counted.

    Returns
    -------
    first, last : run, ran_at, as_of and version of both; complete : whether the earlier run kept more than
    figures; facts : fact, name, kind, publisher, before, after of what differs in what they were made with;
    hamlets : hamlet_id, before, after of those that changed class; classes : before, after, hamlets of each
    such change; figures : indicator with numerator, denominator and share before and after.

    Raises
    ------
    ParameterFault
        If there is no such run.
    """
    check_runs(history, first, last)
    before, after = find_state(history, first), find_state(history, last)
    complete = not before.classes.empty
    facts = diff_values(before.facts, after.facts, FACT_KEY).iloc[: None if complete else 0]
    moved = diff_values(before.classes, after.classes, HAMLET_KEY).iloc[: None if complete else 0]
    figures = diff_figures(before.figures, after.figures)
    return {
        "first": _describe_run(history, first),
        "last": _describe_run(history, last),
        "complete": complete,
        "facts": _list_rows(facts),
        "hamlets": _list_rows(moved),
        "classes": _list_rows(_count_moves(moved)),
        "figures": _list_figures(figures, area_code, edition),
    }


def describe_runs(
    folder: Path, first: int | None = None, last: int | None = None
) -> dict[str, Any]:
    """Describe the runs of an output folder, and what changed from one to another.

    Parameters
    ----------
    folder : output folder of a run.
    first, last : numbers of the runs to be compared; None: the last one and the one before it.

    Returns
    -------
    runs : run, ran_at, as_of, version of each; comparison : from `compare_runs`, with names of hamlets; None
    where there is one run and none was named.
    """
    history = read_history(folder)
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    last = history.last if last is None else last
    first = last - 1 if first is None else first
    comparison = None
    if first >= 1:
        comparison = compare_runs(
            history, first, last, area_code=summary["code"], edition=summary["edition"]
        )
        _name_hamlets(comparison["hamlets"], folder)
    return {
        "runs": [_describe_run(history, int(n)) for n in history.runs["run"]],
        "comparison": comparison,
    }


def _name_hamlets(moved: list[dict[str, Any]], folder: Path) -> None:
    """Give each hamlet that changed class its name; none where it is no longer there."""
    hamlets = read_table(folder, "hamlets", columns=["hamlet_id", "kind", "name"])
    full = hamlets["kind"] + " " + hamlets["name"]
    names = dict(zip(hamlets["hamlet_id"], full, strict=True))
    changes = read_changes(folder)
    ended = {i: rows for i, rows in changes.groupby("from_hamlet_id") if i not in names}
    for hamlet in moved:
        former = ended.get(hamlet["hamlet_id"])
        known = names.get(hamlet["hamlet_id"], "")
        hamlet["name"] = known if former is None else _name_former(former, names)


def _name_former(changes: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Return what a hamlet that ended was called, and the present ones in which it is."""
    last = changes[changes["changed_on"] == changes["changed_on"].max()]
    words = [last[name].iloc[0] for name in ("from_kind", "from_hamlet")]
    own = " ".join(word for word in words if isinstance(word, str))
    present = ", ".join(names.get(i, i) for i in sorted(set(last["to_hamlet_id"])))
    return f"{own} → {present}"


def _describe_run(history: RunHistory, run: int) -> dict[str, Any]:
    """Return number, moment, day and version of a run."""
    row = history.runs.set_index("run").loc[run]
    return {
        "run": run,
        "ran_at": None if pd.isna(row["ran_at"]) else str(row["ran_at"]),
        "as_of": row["as_of"].date().isoformat(),
        "version": None if pd.isna(row["version"]) else str(row["version"]),
    }


def _count_moves(moved: pd.DataFrame) -> pd.DataFrame:
    """Return how many hamlets went from which class to which."""
    pairs = moved.groupby(["before", "after"], dropna=False, sort=True)["hamlet_id"].size()
    return pairs.rename("hamlets").reset_index()


def _list_figures(figures: pd.DataFrame, area_code: str, edition: str) -> list[dict[str, Any]]:
    """Return the moved figures of an area, in the order of the indicators; of hamlets."""
    own = figures[
        (figures["area_code"] == area_code)
        & (figures["edition"] == edition)
        & (figures["counted"] == Counted.HAMLETS)
    ]
    order = {str(name): number for number, name in enumerate(Indicator)}
    ordered = own.sort_values("indicator", key=lambda names: names.map(order))
    return _list_rows(ordered.drop(columns=["area_code", "edition", "counted"]))


def _list_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as plain values, None where one is missing."""
    rows: list[dict[str, Any]] = json.loads(table.to_json(orient="records", force_ascii=False))
    return rows
