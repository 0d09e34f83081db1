"""The history of an output folder: runs kept as what changed from one to the next, and any two compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from phusong.store import read_table
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.runs import HISTORY, RUN_CLASSES, RUN_FACTS, RUNS

FACT_KEY, HAMLET_KEY = ["fact", "name", "kind"], ["hamlet_id"]
_FIGURE_KEY = [name for name in HISTORY.key if name != "run"]
_FIGURES = ["numerator", "denominator", "unknown"]


@dataclass(frozen=True)
class RunHistory:
    """Hold the history of an output folder.

    Parameters
    ----------
    runs, facts, classes, figures : tables `runs`, `run_facts`, `run_classes`, `history`; oldest run first.
    """

    runs: pd.DataFrame
    facts: pd.DataFrame
    classes: pd.DataFrame
    figures: pd.DataFrame

    @property
    def last(self) -> int:
        """Return the number of the last run; 0 where there is none."""
        return int(self.runs["run"].max()) if len(self.runs) else 0


@dataclass(frozen=True)
class RunState:
    """Hold what a run was made with, and what it found.

    Parameters
    ----------
    facts : fact, name, kind, publisher, value.
    classes : hamlet_id, value.
    figures : table `indicators`.
    """

    facts: pd.DataFrame
    classes: pd.DataFrame
    figures: pd.DataFrame


def read_history(folder: Path) -> RunHistory:
    """Read the history of an output folder.

    Parameters
    ----------
    folder : output folder of a run.
    """
    return load_history(lambda name: read_table(folder, name))


def load_history(read: Callable[[str], pd.DataFrame]) -> RunHistory:
    """Load a history table by table; one that knew only days becomes a run for each of its days.

    Parameters
    ----------
    read : returns a table by name; an empty one where there is none.
    """
    runs, figures = read(RUNS.name), read(HISTORY.name)
    if "run" not in figures:
        days = sorted(figures["as_of"].unique())
        figures = figures.assign(run=figures["as_of"].rank(method="dense").astype("int64"))
        unknown = pd.Series([None] * len(days), dtype="str")
        runs = pd.DataFrame({"run": range(1, len(days) + 1), "as_of": pd.to_datetime(days)})
        runs = conform_table(runs.assign(ran_at=unknown, version=unknown), RUNS)
        figures = conform_table(figures, HISTORY)
    return RunHistory(runs, read(RUN_FACTS.name), read(RUN_CLASSES.name), figures)


def find_state(history: RunHistory, run: int) -> RunState:
    """Find what a run was made with and what it found; of a run that kept figures alone, those.

    Parameters
    ----------
    history : of an output folder.
    run : number of the run.
    """
    return RunState(
        _replay(history.facts, FACT_KEY, run),
        _replay(history.classes, HAMLET_KEY, run),
        history.figures[history.figures["run"] == run].drop(columns="run"),
    )


def _replay(log: pd.DataFrame, key: list[str], run: int) -> pd.DataFrame:
    """Return what the changes up to a run leave standing, as `value`."""
    last = log[log["run"] <= run].drop_duplicates(key, keep="last")
    standing = last[last["after"].notna()].rename(columns={"after": "value"})
    return standing.drop(columns=["run", "before"]).reset_index(drop=True)


def add_run(
    history: RunHistory, state: RunState, *, ran_at: str, as_of: pd.Timestamp, version: str
) -> RunHistory:
    """Return the history with a run; as it was where the run differs in nothing from the last one.

    Parameters
    ----------
    history : of an output folder.
    state : what the run was made with, and what it found.
    ran_at : when, ISO with time zone.
    as_of : day of its data.
    version : of phusong.
    """
    before, run = find_state(history, history.last), history.last + 1
    facts = diff_values(before.facts, state.facts, FACT_KEY)
    classes = diff_values(before.classes, state.classes, HAMLET_KEY)
    figures = diff_figures(before.figures, state.figures)
    if facts.empty and classes.empty and figures.empty:
        return history
    line = pd.DataFrame([{"run": run, "ran_at": ran_at, "as_of": as_of, "version": version}])
    return RunHistory(
        conform_table(_append(history.runs, line), RUNS),
        conform_table(_append(history.facts, facts.assign(run=run)), RUN_FACTS),
        conform_table(_append(history.classes, classes.assign(run=run)), RUN_CLASSES),
        conform_table(_append(history.figures, state.figures.assign(run=run)), HISTORY),
    )


def _append(table: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return a table with rows behind its own."""
    parts = [part for part in (table, rows) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else table


def diff_values(before: pd.DataFrame, after: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return what differs, with `before` and `after`; missing where there was or is none.

    Parameters
    ----------
    before, after : the columns of `key`, and value; maybe publisher, of which the later one is told.
    key : what identifies a row.
    """
    joined = before.merge(after, on=key, how="outer", suffixes=("_before", "_after"))
    was, now = joined["value_before"], joined["value_after"]
    differs = ~((was == now) | (was.isna() & now.isna()))
    found = joined[key].assign(before=was, after=now)
    if "publisher_after" in joined:
        found["publisher"] = joined["publisher_after"].fillna(joined["publisher_before"])
    return found[differs.to_numpy(dtype=bool)].sort_values(key, ignore_index=True)


def diff_figures(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return the indicators whose counts differ; each count and the share with `_before` and `_after`.

    Parameters
    ----------
    before, after : table `indicators`.
    """
    counts = [*_FIGURES, "share"]
    joined = before[[*_FIGURE_KEY, *counts]].merge(
        after[[*_FIGURE_KEY, *counts]], on=_FIGURE_KEY, how="outer", suffixes=("_before", "_after")
    )
    same = pd.Series(data=True, index=joined.index)
    for name in _FIGURES:
        same &= (joined[f"{name}_before"] == joined[f"{name}_after"]).fillna(value=False)
    return joined[~same.to_numpy(dtype=bool)].reset_index(drop=True)


def check_runs(history: RunHistory, *runs: int) -> None:
    """Check that runs are in the history.

    Raises
    ------
    ParameterFault
        If one is not; with those that are.
    """
    known = history.runs["run"].tolist()
    for run in runs:
        if run not in known:
            listed = ", ".join(map(str, known)) or "none"
            raise ParameterFault(f"there is no run {run}; there are: {listed}")
