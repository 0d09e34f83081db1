"""What leaves the personal side of the flow: counts that tell of nobody, for offices, map and summary."""

from __future__ import annotations

from typing import Any

import pandas as pd

from phusong.pipeline.releases import Release, add_release, drop_earlier, read_last
from phusong.pipeline.stage_context import StageContext
from phusong.views.disclosure import Rounded, hide_zeros, round_counts
from phusong.views.disclosure_tables import RoundedFigures, round_figures
from phusong.vocabulary.pupils import Audience, CountedUnit, Identity, MatchStatus, PlacedBy
from phusong.vocabulary.schema import conform_table, empty_table
from phusong.vocabulary.tables.pupils import (
    ALL_LEVELS,
    PUPIL_COUNTS_OFFICES,
    PUPIL_COUNTS_PUBLIC,
)
from phusong.vocabulary.tables.results import PUPIL_COUNTS

#: Units of which levels are told.
LARGE = [str(unit) for unit in (CountedUnit.PROVINCE, CountedUnit.DISTRICT)]
#: What the summary says of the work on pupils, beside the table: the figures that lie in others.
NESTINGS = (
    ("records", ("pupils", "merged")),
    ("pupils", tuple(f"match {status}" for status in MatchStatus)),
    ("pupils", ("studying",)),
    ("pupils", ("decided",)),
)


def publish_counts(context: StageContext) -> None:
    """Keep the counts that are published: those of the last release, or of a new one where one is asked for.

    Publishing is an act. The first counts of a province are its first release; from then on a run changes
    nothing of what is published unless it is told to publish. What-ifs are never published.
    """
    counts, last = (
        context.table("pupil_counts"),
        read_last(context.releases(Audience.PUBLIC), Audience.PUBLIC),
    )
    if counts.empty or (context.scenario and last is None):
        context.save_table(PUPIL_COUNTS_PUBLIC.name, empty_table(PUPIL_COUNTS_PUBLIC))
        return
    k = int(context.parameters.disclosure.number("k_outside"))
    if last is None or context.publish:
        rounded = _round(context, counts, last, k=k)
        figures = _round_work(context, rounded, last, k=k)
        last = _release(context, Audience.PUBLIC, last, rounded, figures, k=k)
    table = conform_table(hide_zeros(last.rounded.table), PUPIL_COUNTS_PUBLIC)
    context.save_table(PUPIL_COUNTS_PUBLIC.name, table)


def show_offices(context: StageContext) -> None:
    """Keep the counts that offices see: of this run, against what they saw before."""
    counts = context.table("pupil_counts")
    if counts.empty:
        context.save_table(PUPIL_COUNTS_OFFICES.name, empty_table(PUPIL_COUNTS_OFFICES))
        return
    k = int(context.parameters.disclosure.number("k_inside"))
    last = read_last(context.releases(Audience.OFFICES), Audience.OFFICES)
    rounded = _round(context, counts, last, k=k)
    if not context.scenario:
        _release(context, Audience.OFFICES, last, rounded, RoundedFigures(), k=k)
        drop_earlier(context.releases(Audience.OFFICES), Audience.OFFICES)
    table = conform_table(hide_zeros(rounded.table), PUPIL_COUNTS_OFFICES)
    context.save_table(PUPIL_COUNTS_OFFICES.name, table)


def _round(context: StageContext, counts: pd.DataFrame, last: Release | None, *, k: int) -> Rounded:
    """Return the counts rounded; levels are told of districts and the province alone."""
    rows = counts[counts["unit"].isin(LARGE) | (counts["level"] == ALL_LEVELS)]
    before = last.rounded if last and last.k == k else None
    secret = context.secret + f"counts {k}".encode()
    return round_counts(
        rows,
        context.table("hamlets"),
        k=k,
        secret=secret,
        before=before,
        register=context.register,
    )


def _release(
    context: StageContext,
    audience: Audience,
    last: Release | None,
    rounded: Rounded,
    figures: RoundedFigures,
    *,
    k: int,
) -> Release:
    """Return the release that holds what is told: the last one where nothing has changed, else a new one."""
    number = last.number + 1 if last else 1
    day = str(rounded.table["as_of"].max().date())
    release = Release(number, day, k, rounded, figures.shown, figures.reference)
    if last and _tells_same(last, release):
        return last
    return add_release(context.releases(audience), audience, release)


def _tells_same(last: Release, release: Release) -> bool:
    """Return whether a reader learns nothing from a release but another day."""
    count_columns = [c.name for c in PUPIL_COUNTS.columns if c.holds != "date"]
    tables = (r.rounded.table[count_columns].reset_index(drop=True) for r in (last, release))
    first, second = tables
    return last.k == release.k and last.figures == release.figures and first.equals(second)


def _round_work(
    context: StageContext, rounded: Rounded, last: Release | None, *, k: int
) -> RoundedFigures:
    """Return what was done with the pupils' records, rounded as the counts are."""
    students = context.table("students")
    records, links = int(students["records"].sum()), context.table("pupil_links")
    outcomes = students["match_status"].value_counts()
    studying = _find_province(rounded.reference)["pupils"]
    figures = {
        "records": records,
        "pupils": len(students),
        "merged": records - len(students),
        "pairs": int((links["verdict"] == Identity.PROBABLE).sum()),
        "decided": int((students["placed_by"] == PlacedBy.DECISION).sum()),
        "studying": int(studying),
        **{f"match {status}": int(outcomes.get(status, 0)) for status in MatchStatus},
    }
    before = RoundedFigures(last.figures, last.figure_reference) if last and last.k == k else None
    fixed = {"studying": int(_find_province(rounded.table)["pupils"])}
    return round_figures(figures, NESTINGS, k=k, secret=context.secret, before=before, fixed=fixed)


def _find_province(table: pd.DataFrame) -> pd.Series:
    """Return the province's own line, all levels together; it is the same in every edition."""
    own = table[(table["unit"] == CountedUnit.PROVINCE) & (table["level"] == ALL_LEVELS)]
    return own.iloc[0]


def summarise_pupils(context: StageContext) -> dict[str, Any] | None:
    """Return what the summary says of pupils: what is published of them; None where none were delivered.

    Returns
    -------
    release, day : number of the release and day of its figures; k : the smallest group told; policy;
    records, pupils, merged, pairs, decided : counts of the work done; counts : the province's line of the
    public counts; matches : pupils by outcome of their address. A count is None where it is under k.
    """
    students = context.table("students")
    last = read_last(context.releases(Audience.PUBLIC), Audience.PUBLIC)
    if students.empty or last is None:
        return None
    province = _find_province(context.table(PUPIL_COUNTS_PUBLIC.name))
    names = [column.name for column in PUPIL_COUNTS.columns if column.holds == "int"]
    figures = {name: n or None for name, n in last.figures.items()}
    return {
        "release": last.number,
        "day": last.day,
        "k": last.k,
        "policy": str(students["policy"].iloc[0]),
        **{name: figures[name] for name in ("records", "pupils", "merged", "pairs", "decided")},
        "counts": {
            name: None if pd.isna(province[name]) else int(province[name]) for name in names
        },
        "matches": {str(status): figures[f"match {status}"] for status in MatchStatus},
    }
