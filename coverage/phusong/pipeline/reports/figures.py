"""The figures of a report to the provincial committee, from the run and the book."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from phusong.ledger.book import Ledger
from phusong.ledger.inventory import list_lots, list_packages
from phusong.ledger.queries import count_awards, list_awards, list_refusals
from phusong.ledger.services import add_months
from phusong.pipeline.devices import PLACE
from phusong.pipeline.grounds import read_commitments
from phusong.pipeline.kept_plans import describe_state, read_kept_table
from phusong.pipeline.outcome_counts import GROUPS, read_counts
from phusong.pipeline.reports.giving import (
    Window,
    list_gifts,
    tell_lots,
    tell_money,
    tell_spending,
    tell_things,
)
from phusong.store import has_table, read_table
from phusong.views.disclosure_tables import round_figures
from phusong.views.documents.inputs import BASES, PlanState, Quality, Reconciliation, ReportFigures
from phusong.vocabulary.options import ScenarioName
from phusong.vocabulary.parameters import Parameters
from phusong.vocabulary.pupils import CountedUnit
from phusong.vocabulary.tables.pupils import ALL_LEVELS, PUPIL_COUNTS_PUBLIC
from phusong.vocabulary.terms import Edition

#: Days that a weekly report looks back.
WEEK = 7


def gather_figures(
    folder: Path,
    ledger: Ledger | None,
    *,
    window: Window,
    as_of: date,
    edition: Edition,
    parameters: Parameters,
) -> ReportFigures:
    """Return the figures of a report; what was not delivered is None.

    Parameters
    ----------
    folder : output folder of a run.
    ledger : the book; None: there is none, and nothing is told of gifts and awards.
    window : first and last day of the campaign.
    as_of : last day reported on.
    edition : of the administrative map in which areas are told.
    parameters : of the run.
    """
    indicators = read_table(folder, "indicators")
    counts = read_table(folder, PUPIL_COUNTS_PUBLIC.name)
    commitments = read_commitments(folder, as_of=pd.Timestamp(as_of))
    return ReportFigures(
        period=(as_of - timedelta(days=WEEK - 1), as_of),
        window=window,
        indicators=indicators[indicators["edition"] == edition].reset_index(drop=True),
        pupil_counts=counts[counts["edition"] == edition].reset_index(drop=True)
        if len(counts)
        else None,
        villages=_list_villages(folder) if has_table(folder, "rollout") else None,
        plan=find_plan_state(folder),
        commitments=_list_commitments(folder, commitments) if len(commitments) else None,
        quality=_tell_quality(folder),
        **_tell_allocation(folder),
        **(_tell_book(ledger, window, parameters) if ledger else {}),
    )


def _tell_book(ledger: Ledger, window: Window, parameters: Parameters) -> dict[str, Any]:
    """Return what the book knows of gifts and awards."""
    gifts = list_gifts(ledger, window)
    refusals = list_refusals(ledger)
    k = int(parameters.disclosure.number("k_outside"))
    return {
        "money": tell_money(gifts),
        "spending": tell_spending(ledger, gifts),
        "kind": tell_things(gifts),
        "lots": tell_lots(ledger, parameters.devices),
        "packages": _tell_packages(ledger),
        "states": _count_states(ledger, k=k),
        "doubles_prevented": int((refusals["about"] == "pupil").sum()),
        "days_to_hand_over": _measure_days(ledger),
    }


def _count_states(ledger: Ledger, *, k: int) -> pd.DataFrame:
    """Return awards by state as multiples of k whose sum is as near to that of the book."""
    counts = count_awards(ledger).set_index("state")["awards"]
    states = [str(state) for state in counts.index]
    figures = dict(zip(states, counts.astype(int), strict=True)) | {"all": int(counts.sum())}
    shown = round_figures(figures, [("all", states)], k=k, secret=b"").shown
    rows = [(state, shown[state]) for state in states if shown[state]]
    return pd.DataFrame(rows, columns=["state", "pupils"])


def _tell_allocation(folder: Path) -> dict[str, Any]:
    """Return pupils by tier and outcome as they may be told, and the sum that must come out."""
    counts = read_counts(folder / PLACE)
    if counts is None:
        return {}
    pupils = counts.figures.shown
    rows = [(*name.split("|"), n) for name, n in pupils.items() if "|" in name and n]
    long = pd.DataFrame(rows, columns=["tier", "outcome", "pupils"])
    awards = long[~long["outcome"].isin(list(GROUPS))].sort_values(["tier", "outcome"])
    served, waiting, declined = (pupils[name] for name in GROUPS)
    whole = Reconciliation(served + waiting + declined, served, waiting, declined, 0)
    return {"awards": awards.reset_index(drop=True), "reconciliation": whole}


def _tell_packages(ledger: Ledger) -> pd.DataFrame:
    """Return table `packages_issued`: granted, issued, and when the first runs out."""
    packages, awards = list_packages(ledger), list_awards(ledger)
    given = awards[awards["package_id"].notna() & awards["handed_over_on"].notna()]
    issued = given["package_id"].value_counts()
    first = given.groupby("package_id")["handed_over_on"].min()
    told = packages.assign(
        issued=packages["package_id"].map(issued).fillna(0).astype("int64"),
        started=packages["package_id"].map(first),
    )
    ends = [
        add_months(day, int(months)) if isinstance(day, str) and pd.notna(months) else None
        for day, months in zip(told["started"], told["months"], strict=True)
    ]
    keys = ["operator", "name"]
    grouped = told.assign(
        first_expiry=pd.to_datetime(pd.Series(ends, index=told.index, dtype="object"))
    )
    rules = {
        "quantity": "sum", "issued": "sum", "gb_per_day": "max", "months": "max", "first_expiry": "min",
    }  # fmt: skip
    return grouped.groupby(keys, as_index=False).agg(rules)


def _measure_days(ledger: Ledger) -> int | None:
    """Return the median time from a lot's receipt to the hand-over of a device of it [days]."""
    received = list_lots(ledger).set_index("lot_id")["received_on"]
    awards = list_awards(ledger)
    handed = pd.to_datetime(awards["handed_over_on"])
    days = (handed - awards["lot_id"].map(received)).dt.days.dropna()
    return int(days.clip(lower=0).median()) if len(days) else None


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


def _list_villages(folder: Path) -> pd.DataFrame:
    """Return table `villages_planned`: the hamlets of the rollout by name, few pupils hidden."""
    rollout, names = read_table(folder, "rollout"), _name_hamlets(folder)
    counts = read_table(folder, PUPIL_COUNTS_PUBLIC.name)
    mine = counts[(counts["unit"] == CountedUnit.HAMLET) & (counts["level"] == ALL_LEVELS)]
    shown = mine.drop_duplicates("unit_code").set_index("unit_code")["pupils"]
    told = rollout.join(names, on="hamlet_id")
    public = told["hamlet_id"].map(shown).astype("Int64")
    return told.assign(pupils_connected=public.where(told["wave"].notna()))


def _name_hamlets(folder: Path) -> pd.DataFrame:
    """Return the names of hamlets and of their communes, by hamlet_id."""
    hamlets = read_table(folder, "hamlets")[
        ["hamlet_id", "kind", "name", "commune_code", "edition"]
    ]
    communes = read_table(folder, "communes").drop_duplicates("commune_code")
    commune = hamlets["commune_code"].map(communes.set_index("commune_code")["name"])
    named = hamlets["kind"].str.capitalize() + " " + hamlets["name"]
    told = pd.DataFrame(
        {"hamlet_id": hamlets["hamlet_id"], "hamlet": named, "commune": commune.fillna("")}
    )
    return told.set_index("hamlet_id")


def _list_commitments(folder: Path, judged: pd.DataFrame) -> pd.DataFrame:
    """Return table `commitments_due`."""
    told = judged.join(_name_hamlets(folder), on="hamlet_id")
    accepted = read_table(folder, "accepted_commitments").set_index("commitment_id")
    record = told["commitment_id"].map(accepted["accepted_under"])
    return told.assign(accepted_under=record, late_days=told["days_late"])


def _tell_quality(folder: Path) -> Quality:
    """Return what is known of the data themselves."""
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    sources = summary["sources"]
    pupils = summary["pupils"]
    outcomes = [(status, n) for status, n in pupils["matches"].items() if n] if pupils else []
    return Quality(
        addresses=pd.DataFrame(outcomes, columns=["status", "pupils"]) if outcomes else None,
        rows_in=sum(s["rows_in"] for s in sources),
        rows_quarantined=sum(s["rows_quarantined"] for s in sources),
    )
