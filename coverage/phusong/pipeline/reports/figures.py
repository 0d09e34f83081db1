"""The figures of a report to the provincial committee, from the run and from the book as of a day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from phusong.gaps.pupils.measures import find_counted
from phusong.ledger.as_of import BookAsOf
from phusong.ledger.book import Ledger
from phusong.pipeline.devices import PLACE
from phusong.pipeline.former_explanation import read_changes
from phusong.pipeline.grounds import read_commitments
from phusong.pipeline.hamlet_ids import add_written
from phusong.pipeline.kept_plans import describe_state, read_kept_table
from phusong.pipeline.outcome_counts import GROUPS, cross_outcomes, read_counts, read_secret
from phusong.pipeline.reports.book_counts import HANDED, BookCounts, count_book, measure_days
from phusong.pipeline.reports.giving import (
    Window,
    list_gifts,
    list_open_pledges,
    tell_lots,
    tell_money,
    tell_spending,
    tell_things,
)
from phusong.pipeline.reports.published_counts import ELIGIBLE, publish_counts
from phusong.pipeline.reports.pupil_support import STATUS_OF_OUTCOME
from phusong.store import has_table, read_table
from phusong.views.documents.inputs import (
    BASES,
    Equipment,
    PlanState,
    Quality,
    Reconciliation,
    ReportFigures,
)
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.options import ScenarioName
from phusong.vocabulary.parameters import Parameters
from phusong.vocabulary.pupils import CountedUnit, Tier
from phusong.vocabulary.reporting import Audience, BookMeasure, SupportStatus
from phusong.vocabulary.tables.pupils import ALL_LEVELS, PUPIL_COUNTS, PUPIL_COUNTS_PUBLIC
from phusong.vocabulary.tables.results import DEVICES, STUDENTS
from phusong.vocabulary.terms import Edition

#: Days that a weekly report looks back.
WEEK = 7


@dataclass(frozen=True)
class ReportScope:
    """Say what a report is about.

    Parameters
    ----------
    window : first and last day of the campaign.
    as_of : last day reported on.
    edition : of the administrative map in which areas are told.
    audience : whole figures for the committee, or rounded ones for everybody.
    """

    window: Window
    as_of: date
    edition: Edition
    audience: Audience = Audience.PUBLIC

    @property
    def internal(self) -> bool:
        """Return whether whole figures are told."""
        return self.audience == Audience.INTERNAL

    @property
    def counts(self) -> str:
        """Return the name of the table of pupils that is told."""
        return PUPIL_COUNTS.name if self.internal else PUPIL_COUNTS_PUBLIC.name


def gather_figures(
    folder: Path,
    ledger: Ledger | None,
    *,
    window: Window,
    as_of: date,
    edition: Edition,
    parameters: Parameters,
    audience: Audience = Audience.PUBLIC,
) -> ReportFigures:
    """Return the figures of a report; what was not delivered is None.

    Parameters
    ----------
    folder : output folder of a run.
    ledger : the book, of which nothing later than the last day counts; None: there is none, and nothing is
        told of gifts and awards.
    window, as_of, edition, audience : see `ReportScope`.
    parameters : of the run.

    Raises
    ------
    ParameterFault
        If the allocation does not place each eligible pupil once.
    """
    scope = ReportScope(window, as_of, edition, audience)
    indicators = read_table(folder, "indicators")
    counts = read_table(folder, scope.counts)
    commitments = read_commitments(folder, as_of=pd.Timestamp(as_of))
    return ReportFigures(
        period=(as_of - timedelta(days=WEEK - 1), as_of),
        window=window,
        indicators=indicators[indicators["edition"] == edition].reset_index(drop=True),
        pupil_counts=counts[counts["edition"] == edition].reset_index(drop=True)
        if len(counts)
        else None,
        villages=_list_villages(folder, scope) if has_table(folder, "rollout") else None,
        plan=find_plan_state(folder),
        commitments=_list_commitments(folder, commitments) if len(commitments) else None,
        quality=_tell_quality(folder, scope),
        changed_rates=tuple(_read_summary(folder).get("changed_coverage") or ()),
        planned=_read_planned(folder, scope),
        **(_tell_book(folder, ledger, scope, parameters) if ledger else {}),
    )


def _tell_book(
    folder: Path, ledger: Ledger, scope: ReportScope, parameters: Parameters
) -> dict[str, Any]:
    """Return what the book knows of gifts and awards on the day reported on."""
    students = read_table(folder, STUDENTS.name)
    plan = read_table(folder, DEVICES.name) if has_table(folder, DEVICES.name) else None
    last_day = scope.as_of - timedelta(days=WEEK)
    then = count_book(BookAsOf(ledger, last_day), students, plan)
    book = BookAsOf(ledger, scope.as_of)
    counts = count_book(book, students, plan)
    _check_placed(counts)
    k = None if scope.internal else int(parameters.disclosure.number("k_outside"))
    if k is not None:
        secret = read_secret(folder)
        then, counts = (
            publish_counts(c, k=k, secret=secret, fixed=_read_published(folder, c))
            for c in (then, counts)
        )
    gifts = list_gifts(book, scope.window)
    return {
        "money": tell_money(gifts),
        "spending": tell_spending(book, gifts),
        "kind": tell_things(gifts),
        "pledges": list_open_pledges(book, gifts),
        "lots": _list_lots(book, parameters, scope),
        "days_to_hand_over": measure_days(book) if _count_handovers(counts) else None,
        "changes": _list_changes(then, counts),
        "rounded_to": k,
        **_list_counts(counts, students),
    }


def _check_placed(counts: BookCounts) -> None:
    """Refuse figures in which book and allocation do not place each eligible pupil once."""
    placed = None if counts.support is None else int(counts.support.to_numpy().sum())
    if placed != counts.eligible:
        raise ParameterFault(
            f"{counts.eligible} pupils are eligible by the table of pupils, but the allocation places "
            f"{placed}: the report would not add up → allocate anew: phusong plan devices DIR"
        )


def _read_published(folder: Path, counts: BookCounts) -> dict[str, int]:
    """Return what is published of the same groups elsewhere, by the names of `publish_counts`."""
    public = read_table(folder, PUPIL_COUNTS_PUBLIC.name)
    lines = public[(public["unit"] == CountedUnit.PROVINCE) & (public["level"] == ALL_LEVELS)]
    fixed: dict[str, int] = {}
    if len(lines):
        line = lines.iloc[0].fillna(0)
        fixed = {name: int(line[name]) for name in (ELIGIBLE, "without_device", "with_both")}
        fixed |= {str(tier): int(line[f"tier_{n}"]) for n, tier in enumerate(Tier, start=1)}
    planned = read_counts(folder / PLACE)
    if planned is None or counts.support is None:
        return fixed
    single = [s for s in SupportStatus if list(STATUS_OF_OUTCOME.values()).count(s) == 1]
    outcomes = {status: o for o, status in STATUS_OF_OUTCOME.items() if status in single}
    for tier in counts.support.index:
        for status, outcome in outcomes.items():
            shown = planned.figures.shown.get(f"{tier}|{outcome}")
            same = planned.figures.reference.get(f"{tier}|{outcome}")
            if shown is not None and same == counts.support.loc[tier, status]:
                fixed[f"{tier}|{status}"] = shown
    return fixed


def _list_lots(book: BookAsOf, parameters: Parameters, scope: ReportScope) -> pd.DataFrame:
    """Return table `lots_by_kind`; a kind's devices given out are pupils, and stay inside."""
    lots = tell_lots(book, parameters.devices)
    hidden = {} if scope.internal else {"allocated": pd.NA, "handed_over": pd.NA}
    return lots.assign(**hidden)


def _list_counts(counts: BookCounts, students: pd.DataFrame) -> dict[str, Any]:
    """Return the counts of pupils and awards as the forms take them."""
    figures: dict[str, Any] = {
        "states": counts.states[counts.states.any(axis=1)].reset_index(),
        "packages": counts.packages,
        "received": counts.received,
        "handed_over": _count_handovers(counts),
        "elsewhere": counts.elsewhere,
        "pupils_moved": counts.moved,
        "moved_in_book": counts.moved_in_book,
        "doubles_prevented": counts.doubles,
    }
    if counts.support is None or counts.equipment is None:
        return figures
    long = counts.support.stack().rename("pupils").reset_index()  # noqa: PD013
    parts = {SupportStatus.of(s): int(n) for s, n in counts.support.sum().items()}
    return figures | {
        "support": long,
        "reconciliation": Reconciliation(int(counts.eligible or 0), parts),
        "equipment": Equipment(students["as_of"].max().date(), **counts.equipment),
    }


def _count_handovers(counts: BookCounts) -> int:
    """Return the devices that have left the store for pupils."""
    return int(counts.states.loc[list(HANDED), "devices"].sum())


def _list_changes(then: BookCounts, now: BookCounts) -> pd.DataFrame:
    """Return table `book_changes`: what the book said a week ago, and says now."""
    rows = [
        (str(measure), _measure(then, measure), _measure(now, measure)) for measure in BookMeasure
    ]
    frame = pd.DataFrame(rows, columns=["measure", "before", "now"])
    return frame.astype({"before": "Int64", "now": "Int64"})


def _measure(counts: BookCounts, measure: BookMeasure) -> int | None:
    """Return one count of a day."""
    if measure == BookMeasure.RECEIVED:
        return counts.received
    if measure == BookMeasure.EQUIPPED:
        return None if counts.equipment is None else counts.equipment["equipped"]
    if measure == BookMeasure.WAITING_DEVICE:
        return None if counts.support is None else int(counts.support[str(measure)].sum())
    return int(counts.states.loc[str(measure), "devices"])


def find_plan_state(folder: Path) -> PlanState | None:
    """Return which plan the figures are of, and whether the data have changed since; None without one.

    Parameters
    ----------
    folder : output folder of a run.
    """
    state = describe_state(folder)
    if state is None:
        return None
    return PlanState(
        state["name"],
        ScenarioName.of(state["scenario"]),
        state["waves"],
        state["data_on"],
        state["made_on"],
        bool(state["outdated"]),
        read_kept_table(folder, state["name"], "rollout")[BASES.names],
    )


def _read_planned(folder: Path, scope: ReportScope) -> pd.DataFrame | None:
    """Return table `planned_by_tier`: what the allocation plans, by tier and outcome."""
    if scope.internal:
        if not has_table(folder, DEVICES.name):
            return None
        wide = cross_outcomes(read_table(folder, DEVICES.name))
        pairs = {(t, o): int(wide.loc[t, o]) for t in wide.index for o in wide.columns}
    else:
        kept = read_counts(folder / PLACE)
        if kept is None:
            return None
        shown = kept.figures.shown
        pairs = {(t, o): n for name, n in shown.items() for t, _, o in [name.partition("|")] if o}
    rows = [(t, o, n) for (t, o), n in pairs.items() if n and o not in GROUPS]
    frame = pd.DataFrame(rows, columns=["tier", "outcome", "pupils"])
    return frame.sort_values(["tier", "outcome"], ignore_index=True)


def _list_villages(folder: Path, scope: ReportScope) -> pd.DataFrame:
    """Return table `villages_planned`: the hamlets of the rollout by name, few pupils hidden."""
    planned = _name_planned(read_table(folder, "rollout"), folder)
    if scope.internal:
        return planned
    counts = read_table(folder, PUPIL_COUNTS_PUBLIC.name)
    mine = counts[(counts["unit"] == CountedUnit.HAMLET) & (counts["level"] == ALL_LEVELS)]
    shown = mine.drop_duplicates("unit_code").set_index("unit_code")["pupils"]
    public = planned["hamlet_id"].map(shown).astype("Int64")
    return planned.assign(pupils_connected=public.where(planned["wave"].notna()))


def name_villages(folder: Path) -> pd.DataFrame:
    """Return what hamlets and their communes are called, by hamlet_id; also former ones, of older plans.

    Parameters
    ----------
    folder : output folder of a run.
    """
    hamlets = read_table(folder, "hamlets")[["hamlet_id", "kind", "name", "commune_code"]]
    ends = {f"from_{n}": n for n in ("hamlet_id", "kind", "commune_code")}
    former = read_changes(folder).rename(columns={**ends, "from_hamlet": "name"})
    listed = pd.concat([pd.DataFrame(hamlets), former[hamlets.columns]], ignore_index=True)
    listed = listed.drop_duplicates("hamlet_id").reset_index(drop=True)
    communes = read_table(folder, "communes").drop_duplicates("commune_code")
    commune = listed["commune_code"].map(communes.set_index("commune_code")["name"])
    named = (listed["kind"].fillna("").str.capitalize() + " " + listed["name"]).str.strip()
    told = pd.DataFrame(
        {
            "hamlet_id": listed["hamlet_id"],
            "hamlet": named.fillna(listed["hamlet_id"]),
            "commune": commune.fillna(""),
        }
    )
    return told.set_index("hamlet_id")


def _name_planned(rollout: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Return a rollout with the names of its hamlets; one that nobody knows any more goes by its id."""
    told = rollout.join(name_villages(folder), on="hamlet_id")
    hamlet, commune = told["hamlet"].fillna(told["hamlet_id"]), told["commune"].fillna("")
    return told.assign(hamlet=hamlet, commune=commune)


def _list_commitments(folder: Path, judged: pd.DataFrame) -> pd.DataFrame:
    """Return table `commitments_due`."""
    told = add_written(judged.join(name_villages(folder), on="hamlet_id"), folder)
    accepted = read_table(folder, "accepted_commitments").set_index("commitment_id")
    record = told["commitment_id"].map(accepted["accepted_under"])
    return told.assign(accepted_under=record, late_days=told["days_late"])


def _tell_quality(folder: Path, scope: ReportScope) -> Quality:
    """Return what is known of the data themselves."""
    summary = _read_summary(folder)
    sources = summary["sources"]
    pupils = summary["pupils"]
    outcomes = [(status, n) for status, n in pupils["matches"].items() if n] if pupils else []
    if outcomes and scope.internal:
        students = read_table(folder, STUDENTS.name)
        found = students.loc[find_counted(students), "match_status"].value_counts()
        outcomes = [(str(status), int(n)) for status, n in found.items()]
    return Quality(
        addresses=pd.DataFrame(outcomes, columns=["status", "pupils"]) if outcomes else None,
        rows_in=sum(s["rows_in"] for s in sources),
        rows_quarantined=sum(s["rows_quarantined"] for s in sources),
    )


def _read_summary(folder: Path) -> dict[str, Any]:
    """Return the summary of a run."""
    summary: dict[str, Any] = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return summary
