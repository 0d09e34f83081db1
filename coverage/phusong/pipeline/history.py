"""The stage that keeps the history: what a run was made with and what it found, where anything differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pandas as pd

from phusong.pipeline.run_history import RunState, add_run, load_history
from phusong.pipeline.stage_context import StageContext
from phusong.store import read_table
from phusong.store.manifest import hash_value
from phusong.vocabulary.runs import RunFact
from phusong.vocabulary.tables.findings import INDICATORS
from phusong.vocabulary.tables.runs import HISTORY, RUN_CLASSES, RUN_FACTS, RUNS

#: Signs of a hash that tell two contents apart.
SHORT = 16
_COLUMNS = ["fact", "name", "kind", "publisher", "value"]


def keep_history(context: StageContext) -> None:
    """Add this run to the history, unless it differs in nothing from the last one that is there.

    What a scenario would change has not happened: its run enters no history.
    """
    history = load_history(context.previous)
    if not context.scenario:
        classes = context.table("hamlet_classes")[["hamlet_id", "class"]]
        state = RunState(
            facts=list_facts(context),
            classes=classes.rename(columns={"class": "value"}),
            figures=context.table(INDICATORS.name),
        )
        history = add_run(
            history,
            state,
            ran_at=context.moment.isoformat(timespec="milliseconds"),
            as_of=context.as_of,
            version=context.version,
        )
    context.save_table(RUNS.name, history.runs)
    context.save_table(RUN_FACTS.name, history.facts)
    context.save_table(RUN_CLASSES.name, history.classes)
    context.save_table(HISTORY.name, history.figures)


def find_recorded(folder: Path, moment: datetime) -> int:
    """Find the number under which the run that began at a moment is in the history; 0 where it is not.

    Parameters
    ----------
    folder : output folder.
    moment : when the run began.
    """
    runs = read_table(folder, RUNS.name)
    found = runs.loc[runs["ran_at"] == moment.isoformat(timespec="milliseconds"), "run"]
    return int(found.max()) if len(found) else 0


def list_facts(context: StageContext) -> pd.DataFrame:
    """List what the run is made with: fact, name, kind, publisher, value.

    Parameters
    ----------
    context : of the stage.
    """
    return pd.DataFrame([*_list_sources(context), *_list_settings(context)], columns=_COLUMNS)


def _list_sources(context: StageContext) -> Iterator[tuple[str, str, str, str, str]]:
    """List each file of each kind once, with the hash of its content and of what is stated about it."""
    contents, stated = context.contents(), defaultdict(list)
    publishers = {}
    for source in context.listing():
        entry = source.model_dump(mode="json", exclude={"publisher", "licence"})
        stated[source.file, source.kind].append([contents[source.file], entry])
        publishers[source.file, source.kind] = source.publisher
    for (file, kind), entries in stated.items():
        value = hash_value(entries)[:SHORT]
        yield RunFact.SOURCE, file, kind, publishers[file, kind], value


def _list_settings(context: StageContext) -> Iterator[tuple[str, str, str, str, str]]:
    """List parameters, entries of the head, and what else lies beside the sources."""
    for group in context.stage.parameters:
        for name, value in context.values(group).items():
            yield RunFact.PARAMETER, f"{group}.{name}", "", "", str(value)
    for name in context.stage.head:
        entry = context.head(name)
        text = ", ".join(map(str, entry)) if isinstance(entry, list) else str(entry)
        yield RunFact.HEAD, name, "", "", text
    checks, decisions = context.checks(), context.decisions()
    content = hash_value(checks.to_json(orient="values", date_format="iso"))
    yield RunFact.CHECKS, "", "", "", f"{len(checks)} ({content[:SHORT]})"
    yield RunFact.DECISIONS, "", "", "", str(len(decisions))
    yield RunFact.POLICY, context.policy().name, "", "", context.policy().version
    yield RunFact.VERSION, "", "", "", context.version
