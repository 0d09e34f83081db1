"""What leaves the personal side of the flow: counts that tell of nobody, for map and summary."""

from __future__ import annotations

from typing import Any

import pandas as pd

from phusong.pipeline.stage_context import StageContext
from phusong.views.disclosure import suppress_counts
from phusong.vocabulary.pupils import CountedUnit, Identity, MatchStatus, PlacedBy
from phusong.vocabulary.schema import conform_table, empty_table
from phusong.vocabulary.tables.pupils import ALL_LEVELS, PUPIL_COUNTS_PUBLIC
from phusong.vocabulary.tables.results import PUPIL_COUNTS


def publish_counts(context: StageContext) -> None:
    """Keep the counts of pupils of which none tells of fewer than k pupils.

    Levels are told of districts and the province alone, and a 0 is hidden like any count under k: whoever
    knows that a hidden count is not 0 can work out more, so that more would have to be hidden, the
    province's own line first.
    """
    counts, disclosure = context.table("pupil_counts"), context.parameters.disclosure
    if counts.empty:
        context.save_table(PUPIL_COUNTS_PUBLIC.name, empty_table(PUPIL_COUNTS_PUBLIC))
        return
    large = counts["unit"].isin([str(CountedUnit.PROVINCE), str(CountedUnit.DISTRICT)])
    public = suppress_counts(
        counts[large | (counts["level"] == ALL_LEVELS)],
        context.table("hamlets"),
        k=int(disclosure.number("k_outside")),
        base=int(disclosure.number("rounding_base")),
        hide_zero=True,
    )
    context.save_table(PUPIL_COUNTS_PUBLIC.name, conform_table(public, PUPIL_COUNTS_PUBLIC))


def summarise_pupils(context: StageContext) -> dict[str, Any] | None:
    """Return what the summary says of pupils; None where none were delivered.

    Returns
    -------
    k : the smallest count shown; policy; records, pupils, merged, pairs, decided : counts of the work done;
    counts : the province's line of the public counts, None where hidden; matches : pupils by outcome of their
    address, None where hidden.
    """
    students = context.table("students")
    if students.empty:
        return None
    k = int(context.parameters.disclosure.number("k_outside"))
    records = int(students["records"].sum())
    return {
        "k": k,
        "policy": str(students["policy"].iloc[0]),
        "records": records,
        "pupils": len(students),
        "merged": records - len(students),
        "pairs": int((context.table("pupil_links")["verdict"] == Identity.PROBABLE).sum()),
        "decided": int((students["placed_by"] == PlacedBy.DECISION).sum()),
        "counts": _read_province(context),
        "matches": hide_small(students["match_status"].value_counts(), k=k),
    }


def _read_province(context: StageContext) -> dict[str, int | None]:
    """Return the province's own line of the public counts, in the edition of the sources."""
    public = context.table(PUPIL_COUNTS_PUBLIC.name)
    mine = public[
        (public["unit"] == CountedUnit.PROVINCE)
        & (public["level"] == ALL_LEVELS)
        & (public["edition"] == str(context.head("edition")))
    ].iloc[0]
    names = [column.name for column in PUPIL_COUNTS.columns if column.holds == "int"]
    return {name: None if pd.isna(mine[name]) else int(mine[name]) for name in names}


def hide_small(counts: pd.Series, *, k: int) -> dict[str, int | None]:
    """Return pupils by outcome; counts under k are hidden, and one more where they are under k together.

    Parameters
    ----------
    counts : pupils by outcome.
    k : the smallest count shown [pupils].
    """
    told = {str(status): int(counts.get(status, 0)) for status in MatchStatus}
    hidden = {status for status, n in told.items() if n < k}
    if hidden and sum(told[status] for status in hidden) < k:
        others = [status for status in told if status not in hidden]
        hidden |= {min(others, key=lambda status: told[status])} if others else set()
    return {status: None if status in hidden else n for status, n in told.items()}
