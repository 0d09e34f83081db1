"""What stands in the book, as tables: each form and source by itself, never one total over forms."""

from __future__ import annotations

import json

import pandas as pd
from sqlalchemy import Connection, Select, func, select

from phusong.ledger.book import Ledger
from phusong.ledger.facts import read_latest
from phusong.ledger.money import STAGES
from phusong.ledger.stock import COUNTS, LOT
from phusong.ledger.tables import (
    AWARD_MOVES,
    AWARDS,
    BALANCES,
    CONTRIBUTIONS,
    ENTRIES,
    JOURNAL,
    LOTS,
    METADATA,
    PLATFORMS,
    RELEASES,
    STANDING,
    STOCK,
    STOCK_MOVES,
    WINDOWS,
    ZERO_RATINGS,
)
from phusong.vocabulary.book import AwardState, ContributionForm
from phusong.vocabulary.pupils import DeviceKind

#: When an entry is dated against a campaign's window.
BEFORE, WITHIN, AFTER, UNDATED = "before", "within", "after", "undated"


def fetch_frame(connection: Connection, asked: Select) -> pd.DataFrame:
    """Return the rows of a question as a table, with its columns even where there are none."""
    result = connection.execute(asked)
    return pd.DataFrame([tuple(r) for r in result], columns=list(result.keys()))


def sum_contributions(ledger: Ledger, campaign: str | None) -> pd.DataFrame:
    """Return what was pledged, received, set apart, spent and confirmed, by form and source.

    Parameters
    ----------
    ledger : the book.
    campaign : whose window parts the sums; None for no parting.

    Returns
    -------
    one row a form, source and measure (`vnd`, `pieces`, `value_vnd`: the value of things, which is no
    money); `balance` = received − handed over; `pledged_within`, `received_after` and so on where a campaign
    is named.
    """
    with ledger.read() as connection:
        sums = fetch_frame(connection, select(BALANCES))
        entries = fetch_frame(connection, select(ENTRIES))
        window = read_latest(connection, WINDOWS, [campaign]).get(campaign) if campaign else None
    order = {str(f): i for i, f in enumerate(ContributionForm)}
    sums["balance"] = sums["received"] - sums["handed_over"]
    key = ["form", "source_code", "measure"]
    if window is not None:
        sums = sums.merge(_part_by_window(entries, window), on=key, how="left")
        parts = [c for c in sums.columns if c.startswith(("pledged_", "received_"))]
        sums[parts] = sums[parts].fillna(0).astype("int64")
    return sums.sort_values(
        key, key=lambda s: s.map(order) if s.name == "form" else s, ignore_index=True
    )


def _part_by_window(entries: pd.DataFrame, window: dict[str, str]) -> pd.DataFrame:
    """Return pledges and receipts before, within and after a window, by form, source and measure."""
    period = pd.Series(WITHIN, index=entries.index).mask(
        entries["dated"] < window["opens_on"], BEFORE
    )
    period = period.mask(entries["dated"] > window["closes_on"], AFTER)
    period = period.mask(entries["dated"].isna(), UNDATED)
    measures = {"amount_vnd": "vnd", "pieces": "pieces", "value_vnd": "value_vnd"}
    long = entries.assign(period=period, column=entries["stage"].map(STAGES)).melt(
        ["form", "source_code", "column", "period"], list(measures), "measure", "sum"
    )
    long = long[long["column"].isin(["pledged", "received"]) & long["sum"].notna()]
    long["measure"] = long["measure"].map(measures)
    long["part"] = long["column"] + "_" + long["period"]
    long["sum"] = long["sum"].astype("int64")
    names = [f"{c}_{p}" for c in ("pledged", "received") for p in (BEFORE, WITHIN, AFTER, UNDATED)]
    wide = long.pivot_table("sum", ["form", "source_code", "measure"], "part", aggfunc="sum")
    return wide.reindex(columns=names, fill_value=0).reset_index()


def list_contributions(ledger: Ledger) -> pd.DataFrame:
    """Return the register of contributions as it stands, with what is not counted and why."""
    with ledger.read() as connection:
        rows = list(read_latest(connection, CONTRIBUTIONS).values())
    names = [c.name for c in CONTRIBUTIONS.columns]
    frame = pd.DataFrame(rows, columns=names).sort_values("contribution_id", ignore_index=True)
    return frame.astype({"counted": bool, "decided": bool})


def list_entries(ledger: Ledger) -> pd.DataFrame:
    """Return every entry, oldest first; the number is that of the receipt."""
    with ledger.read() as connection:
        return fetch_frame(connection, select(ENTRIES).order_by(ENTRIES.c.number))


def find_newest_day(ledger: Ledger) -> str | None:
    """Return the newest day on which anything was received, moved or given, ISO; None in an empty book."""
    tables = (ENTRIES, STOCK_MOVES, AWARD_MOVES, RELEASES)
    with ledger.read() as connection:
        days = [connection.execute(select(func.max(t.c.dated))).scalar_one() for t in tables]
    return max((day for day in days if day), default=None)


def list_stock(ledger: Ledger) -> pd.DataFrame:
    """Return what lies in store by lot and package: received, set aside, taken, gone, free [pieces]."""
    with ledger.read() as connection:
        frame = fetch_frame(connection, select(STOCK).order_by(STOCK.c.item))
    return frame.assign(
        free=frame["received"] - frame["set_aside"] - frame["taken"] - frame["gone"]
    )


def sum_devices(ledger: Ledger) -> pd.DataFrame:
    """Return devices by kind: received, set aside as unfit, in each state of award, gone, free [devices]."""
    with ledger.read() as connection:
        lots = read_latest(connection, LOTS)
    kinds = {LOT + lot_id: row["kind"] for lot_id, row in lots.items()}
    stock = list_stock(ledger)
    stock = stock[stock["item"].isin(kinds)].assign(kind=stock["item"].map(kinds))
    sums = stock.groupby("kind")[[*COUNTS, "free"]].sum()
    awards = list_awards(ledger)
    awards = awards[awards["lot_id"].notna()]
    of_lot = (LOT + awards["lot_id"].astype(str)).map(kinds)
    states = awards.groupby([of_lot.rename("kind"), "state"]).size().unstack(fill_value=0)
    states = states.reindex(columns=[str(s) for s in AwardState], fill_value=0)
    joined = sums.join(states).reindex([str(k) for k in DeviceKind])
    return joined.fillna(0).astype("int64").rename_axis("kind").reset_index()


def list_awards(ledger: Ledger) -> pd.DataFrame:
    """Return every award with its state, the day on which it came into each, and its hand-over's record."""
    with ledger.read() as connection:
        awards = fetch_frame(
            connection,
            select(AWARDS, STANDING.c.state, STANDING.c.approved_by, STANDING.c.serial)
            .join(STANDING, STANDING.c.award == AWARDS.c.award)
            .order_by(AWARDS.c.award),
        )
        moves = fetch_frame(connection, select(AWARD_MOVES))
    days = moves.pivot_table("dated", "award", "state", aggfunc="max").add_suffix("_on")
    days = days.reindex(columns=[f"{s}_on" for s in AwardState])
    delivered = moves[moves["state"] == AwardState.HANDED_OVER]
    records = delivered.drop_duplicates("award", keep="last").set_index("award")["record"]
    return awards.drop(columns="proposed_on").join(days, on="award").join(records, on="award")


def count_awards(ledger: Ledger) -> pd.DataFrame:
    """Return awards by state: every state, those without an award too."""
    counts = list_awards(ledger)["state"].value_counts()
    counts = counts.reindex([str(s) for s in AwardState], fill_value=0)
    return counts.rename_axis("state").rename("awards").reset_index()


def list_freed(ledger: Ledger) -> set[int]:
    """Return the numbers of the ended awards whose pupils may be given another one, by decision."""
    with ledger.read() as connection:
        return set(connection.execute(select(RELEASES.c.award)).scalars())


def list_standing_changes(ledger: Ledger) -> pd.DataFrame | None:
    """Return what stands as changed with pupils: `student_key`, `kind`; None in a book that keeps no changes.

    A kind is a word of the book: declined, moved, departed.
    """
    changes, ends = (METADATA.tables.get(name) for name in ("pupil_changes", "change_ends"))
    if changes is None or ends is None:
        return None
    asked = select(changes.c.student_key, changes.c.kind).where(
        changes.c.change.not_in(select(ends.c.change))
    )
    with ledger.read() as connection:
        return fetch_frame(connection, asked.order_by(changes.c.change))


def list_refusals(ledger: Ledger) -> pd.DataFrame:
    """Return what was tried against the rules: line, time, role, organisation, action, subject, told."""
    names = ("number", "at", "role", "organisation", "action", "subject", "why", "after")
    asked = select(*(JOURNAL.c[n] for n in names)).where(JOURNAL.c.kind == "refusal")
    with ledger.read() as connection:
        frame = fetch_frame(connection, asked.order_by(JOURNAL.c.number))
    told = pd.json_normalize([json.loads(text) for text in frame["after"]])
    told = told.reindex(columns=["about", "told"])
    return frame.drop(columns="after").join(told)


def list_platforms(ledger: Ledger) -> pd.DataFrame:
    """Return the free learning platforms on the list, and which operators charge nothing for their data."""
    with ledger.read() as connection:
        platforms = [p for p in read_latest(connection, PLATFORMS).values() if p["listed"]]
        rated = [r for r in read_latest(connection, ZERO_RATINGS).values() if r["free"]]
    free: dict[str, list[str]] = {}
    for row in rated:
        free.setdefault(row["platform"], []).append(row["operator"])
    rows = [
        {**{n: p[n] for n in ("platform", "owner", "address")}, "free_at": _join(free, p)}
        for p in sorted(platforms, key=lambda p: p["platform"])
    ]
    return pd.DataFrame(rows, columns=["platform", "owner", "address", "free_at"])


def _join(free: dict[str, list[str]], platform: dict[str, str]) -> str:
    """Return the operators at which a platform is free, by |."""
    return "|".join(sorted(free.get(platform["platform"], [])))
