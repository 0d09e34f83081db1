"""The order of days: nothing is dated in the future, and no step lies before the one it follows.

A step may be written down long after its day; what counts is the day that it bears. Days are ISO texts, so
that their order is the order of the texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import Connection, Table, func, select

from phusong.ledger.faults import LedgerFault
from phusong.ledger.tables import (
    AWARD_MOVES,
    AWARDS,
    CHANGE_ENDS,
    COMMITMENT_MOVES,
    CONTRIBUTIONS,
    ENTRIES,
    LOTS,
    PUPIL_CHANGES,
    RELEASES,
    STOCK_MOVES,
    SUBSIDIES,
    SUBSIDY_ENDS,
)
from phusong.vocabulary.book import AwardState

#: The book's days are those of Việt Nam.
VIET_NAM = timezone(timedelta(hours=7))
#: Columns that say on which day something was done. Days that are planned, promised or decided in advance,
#: such as the end of a subsidy, may lie ahead.
DONE_ON: dict[Table, str] = {
    AWARDS: "proposed_on",
    AWARD_MOVES: "dated",
    RELEASES: "dated",
    PUPIL_CHANGES: "dated",
    CHANGE_ENDS: "dated",
    ENTRIES: "dated",
    STOCK_MOVES: "dated",
    COMMITMENT_MOVES: "dated",
    CONTRIBUTIONS: "given_on",
    LOTS: "received_on",
}
#: Stands for a day that is not known, after all that are.
LAST_DAY = "9999-12-31"
#: The stage of an entry that must lie on the same day or before, for the same gift or the same source.
PRECEDING = {
    "receipt": ("pledge", "contribution_id"),
    "allocation": ("receipt", "source_code"),
    "hand_over": ("allocation", "source_code"),
    "confirmation": ("hand_over", "source_code"),
}


def day_of(moment: datetime) -> str:
    """Return the day in Việt Nam of a moment, ISO."""
    return moment.astimezone(VIET_NAM).date().isoformat()


def check_not_ahead(table: Table, row: Mapping[str, Any], today: str) -> None:
    """Check that what a row says was done is not dated in the future.

    Parameters
    ----------
    table, row : what is to be written.
    today : day on which the command is given, ISO.

    Raises
    ------
    LedgerFault
        If it is.
    """
    dated = row.get(DONE_ON[table]) if table in DONE_ON else None
    if dated and dated > today:
        raise LedgerFault(
            f"{dated} lies in the future: it is written down on {today}",
            cure="give the day on which it was done; a date may lie in the past, never ahead",
        )


def check_follows(what: str, dated: str | None, earlier: str, before: str | None) -> None:
    """Check that a step does not bear a day before the step it follows.

    Parameters
    ----------
    what, dated : the step, and its day.
    earlier, before : the step it follows, and that one's day; None where it bears none.

    Raises
    ------
    LedgerFault
        If it does, with both days.
    """
    if dated and before and dated < before:
        raise LedgerFault(
            f"{what} is dated {dated}, before {earlier} of {before}",
            cure="give the day that stands on the record",
        )


def find_last_move(connection: Connection, awards: Iterable[int]) -> dict[int, str]:
    """Return award → day of its latest step so far.

    Parameters
    ----------
    connection : to the book.
    awards : numbers; a few hundred at most.
    """
    asked = (
        select(AWARD_MOVES.c.award, func.max(AWARD_MOVES.c.dated))
        .where(AWARD_MOVES.c.award.in_(list(awards)))
        .group_by(AWARD_MOVES.c.award)
    )
    return {int(award): str(day) for award, day in connection.execute(asked)}


def find_lot_day(connection: Connection, lot_id: str) -> str | None:
    """Return the day on which a lot was received, as its newest version says; None where it does not."""
    asked = select(LOTS.c.received_on).where(LOTS.c.lot_id == lot_id)
    return connection.execute(asked.order_by(LOTS.c.version.desc()).limit(1)).scalar_one_or_none()


def check_entry(connection: Connection, row: Mapping[str, Any]) -> None:
    """Check that an entry does not bear a day before the first one of the stage that it follows.

    Parameters
    ----------
    connection : to the book.
    row : columns of `entries`; a reversal bears whatever day it was decided on.

    Raises
    ------
    LedgerFault
        If it does.
    """
    if row["stage"] not in PRECEDING or row["reverses"] is not None:
        return
    stage, key = PRECEDING[row["stage"]]
    if row.get(key) is None:
        return
    asked = select(func.min(ENTRIES.c.dated)).where(
        ENTRIES.c.stage == stage,
        ENTRIES.c[key] == row[key],
        ENTRIES.c.form == row["form"],
        ENTRIES.c.reverses.is_(None),
        ENTRIES.c.number.not_in(select(ENTRIES.c.reverses).where(ENTRIES.c.reverses.is_not(None))),
    )
    before = connection.execute(asked).scalar_one_or_none()
    check_follows(f"the {_name(row['stage'])}", row["dated"], f"the {_name(stage)}", before)


def _name(stage: str) -> str:
    """Return a stage of an entry in words."""
    return stage.replace("_", "-")


Rows = Mapping[str, list[dict[str, Any]]]


def list_disorder(rows: Rows, days: Mapping[int, str]) -> list[str]:
    """Return what bears a day in the future of its own line, or before the step it follows.

    A book from before these rules may hold such days for ever, since nothing in it changes: they are listed,
    and are no damage.

    Parameters
    ----------
    rows : table → rows that the journal carries, each with its line.
    days : line → day on which it was written.
    """
    return [*_list_ahead(rows, days), *_list_steps(rows), *_list_ends(rows)]


def _list_ahead(rows: Rows, days: Mapping[int, str]) -> Iterator[str]:
    """Yield the rows that are dated after their line was written."""
    for table, column in DONE_ON.items():
        for row in rows.get(table.name, []):
            dated, written = row.get(column), days[int(row["line"])]
            if dated and dated > written:
                yield f"{table.name}, line {row['line']}: dated {dated}, written on {written}"


def _list_steps(rows: Rows) -> Iterator[str]:
    """Yield the steps of awards that lie before the one above them, or before their lot came."""
    received = {r["lot_id"]: r["received_on"] for r in rows.get(LOTS.name, [])}
    lots = {r["award"]: r["lot_id"] for r in rows.get(AWARDS.name, [])}
    last: dict[int, tuple[str, str]] = defaultdict(lambda: ("", ""))
    for move in rows.get(AWARD_MOVES.name, []):
        number, state, dated = move["award"], move["state"], move["dated"]
        earlier, before = last[number]
        if dated < before:
            yield f"award {number}: {state} on {dated}, before {earlier} on {before}"
        came = received.get(lots.get(number)) if state == AwardState.HANDED_OVER else None
        if came and dated < came:
            yield f"award {number}: handed over on {dated}, before its lot came on {came}"
        last[number] = max((earlier, before), (state, dated), key=lambda step: step[1])
    for release in rows.get(RELEASES.name, []):
        earlier, before = last[release["award"]]
        if release["dated"] < before:
            number = release["award"]
            yield f"award {number}: freed on {release['dated']}, before {earlier} on {before}"


def _list_ends(rows: Rows) -> Iterator[str]:
    """Yield the entries that lie before the first of the stage they follow, and subsidies that end early."""
    entries = rows.get(ENTRIES.name, [])
    undone = {r["reverses"] for r in entries}
    standing = [r for r in entries if r["reverses"] is None and r["number"] not in undone]
    first: dict[tuple[str, ...], str] = {}
    for row in standing:
        for key in ("contribution_id", "source_code"):
            place = (row["stage"], row["form"], key, row[key] or "")
            first[place] = min(row["dated"] or LAST_DAY, first.get(place, LAST_DAY))
    for row in standing:
        stage, key = PRECEDING.get(row["stage"], ("", "source_code"))
        before = first.get((stage, row["form"], key, row[key])) if row[key] else None
        if before and before != LAST_DAY and row["dated"] and row["dated"] < before:
            number, own = row["number"], row["stage"]
            yield f"entry {number}: {own} on {row['dated']}, before {stage} on {before}"
    starts = {r["subsidy"]: r["starts_on"] for r in rows.get(SUBSIDIES.name, [])}
    for end in rows.get(SUBSIDY_ENDS.name, []):
        start = starts.get(end["subsidy"])
        if start and end["dated"] < start:
            yield f"subsidy {end['subsidy']}: ended on {end['dated']}, before {start}"
