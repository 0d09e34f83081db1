"""Keep the indicators of every day for which a province was run, so that their trend can be shown."""

from __future__ import annotations

import pandas as pd

from phusong.pipeline.bench import Bench
from phusong.store import read_table
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.results import HISTORY


def keep_history(bench: Bench) -> None:
    """Add this run's indicators to those of earlier days; a day that is run again is written anew.

    What a scenario would change has not happened: its indicators enter no history.
    """
    before = read_table(bench.commit.folder, HISTORY.name)
    now = bench.table("indicators") if not bench.scenario else before.iloc[:0]
    kept = before[~before["as_of"].isin(now["as_of"].unique())]
    parts = [part for part in (kept, now) if len(part)]
    told = pd.concat(parts, ignore_index=True) if parts else now
    order = [c for c in HISTORY.key if c != "as_of"]
    ordered = told.sort_values(["as_of", *order], ignore_index=True)
    bench.keep_table(HISTORY.name, conform_table(ordered, HISTORY))
