"""What households are helped with, and what operators have promised to build.

An installation fee waived or a connection charge supported is for a household and a service; a second one
while the first runs is refused unless it is said to come beside it.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select

from phusong.ledger.acting import Acting
from phusong.ledger.book import Ledger
from phusong.ledger.chronology import check_follows
from phusong.ledger.facts import clean_row, is_told_again, read_latest
from phusong.ledger.faults import LedgerFault, Refusal
from phusong.ledger.giving import CHANGED, NEW, SAME
from phusong.ledger.tables import (
    COMMITMENT_MOVES,
    COMMITMENTS,
    SUBSIDIES,
    SUBSIDY_ENDS,
    SUBSIDY_HOLDS,
)
from phusong.ledger.writing import Row, Writing
from phusong.vocabulary.book import CommitmentState

#: The order in which a commitment goes on; what was withdrawn may be promised again.
_ORDER = (
    CommitmentState.PLANNED,
    CommitmentState.BUILDING,
    CommitmentState.ON_AIR,
    CommitmentState.ACCEPTED,
)


class SubsidyStands(Refusal):
    """Refuse a second subsidy of a household for a service, and name the first."""


def add_months(day: str, months: int) -> str:
    """Return the day some months later; the month's last day where it has fewer."""
    start = date.fromisoformat(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last)).isoformat()


@dataclass(frozen=True)
class Subsidy:
    """Say what a household is helped with.

    Parameters
    ----------
    household_key : pseudonym of the household.
    service : technology of the connection, such as ``FIBRE``.
    payer : organisation that bears it.
    starts_on : ISO date.
    waiver_vnd : installation fee waived [VND].
    vnd_month, months : charge supported [VND a month], for how long [months].
    package_id : package that it belongs to.
    """

    household_key: str
    service: str
    payer: str
    starts_on: str
    waiver_vnd: int = 0
    vnd_month: int = 0
    months: int = 0
    package_id: str | None = None


def subsidise(
    ledger: Ledger, subsidies: Iterable[Subsidy], *, acting: Acting, beside: bool = False
) -> list[int]:
    """Write down what households are helped with, all or none, and return the numbers.

    Parameters
    ----------
    ledger : the book.
    subsidies : one a household and service.
    acting : who, why, when.
    beside : let them stand beside others for the same service.

    Raises
    ------
    SubsidyStands
        If one runs already on the day that another starts.
    """
    listed = list(subsidies)

    def _work(writing: Writing) -> list[int]:
        return [_grant(writing, s, beside=beside) for s in listed]

    asked = {"subsidies": [asdict(s) for s in listed], "beside": beside}
    return list(ledger.run("subsidise", acting, asked, _work))


def _grant(writing: Writing, told: Subsidy, *, beside: bool) -> int:
    """Write down one subsidy."""
    number = writing.take_number(SUBSIDIES)
    ends_on = add_months(told.starts_on, told.months) if told.months else None
    if not beside:
        _take_hold(writing, told, number)
    row = {**asdict(told), "subsidy": number, "ends_on": ends_on, "beside": int(beside)}
    writing.record("subsidy", str(number), {SUBSIDIES: [row]})
    writing.flush()
    return number


def _take_hold(writing: Writing, told: Subsidy, number: int) -> None:
    """Let a subsidy hold the household's service, if none that runs holds it."""
    key = {"household_key": told.household_key, "service": told.service}
    place = [SUBSIDY_HOLDS.c[name] == value for name, value in key.items()]
    asked = (
        select(SUBSIDIES.c.subsidy, SUBSIDIES.c.starts_on, SUBSIDIES.c.ends_on)
        .join(SUBSIDY_HOLDS, SUBSIDY_HOLDS.c.subsidy == SUBSIDIES.c.subsidy)
        .where(*place)
    )
    first = writing.connection.execute(asked).one_or_none()
    if first is not None and (first.ends_on is None or first.ends_on > told.starts_on):
        until = f" until {first.ends_on}" if first.ends_on else ""
        raise SubsidyStands(
            f"{told.household_key} has subsidy {first.subsidy} for {told.service} "
            f"since {first.starts_on}{until}",
            kind="household",
            subject=told.household_key,
            cure="end that one first, or say that this one comes beside it",
        )
    writing.connection.execute(delete(SUBSIDY_HOLDS).where(*place))
    writing.connection.execute(insert(SUBSIDY_HOLDS), [{**key, "subsidy": number}])


def end_subsidy(ledger: Ledger, subsidy: int, *, dated: str, acting: Acting) -> None:
    """End a subsidy by decision, so that another may take its place."""

    def _work(writing: Writing) -> None:
        known = select(SUBSIDIES.c.starts_on).where(SUBSIDIES.c.subsidy == subsidy)
        starts = writing.connection.execute(known).one_or_none()
        if starts is None:
            raise LedgerFault(f"there is no subsidy {subsidy}")
        check_follows(f"the end of subsidy {subsidy}", dated, "its start", starts.starts_on)
        ended = select(SUBSIDY_ENDS.c.dated).where(SUBSIDY_ENDS.c.subsidy == subsidy)
        if writing.connection.execute(ended).scalar_one_or_none() is not None:
            raise LedgerFault(f"subsidy {subsidy} has been ended already")
        rows = {SUBSIDY_ENDS: [{"subsidy": subsidy, "dated": dated}]}
        writing.record("subsidy", str(subsidy), rows)
        place = SUBSIDY_HOLDS.c.subsidy == subsidy
        writing.connection.execute(delete(SUBSIDY_HOLDS).where(place))

    ledger.run("subsidise", acting, {"subsidy": subsidy, "dated": dated}, _work)


def take_commitments(
    ledger: Ledger, rows: Iterable[Mapping[str, Any]], *, acting: Acting, action: str = "register"
) -> list[Row]:
    """Write down operators' commitments as a register tells them.

    A state that goes back is not believed: the state that the book knows stays, and the answer says so.

    Returns
    -------
    `commitment_id`, `status` (new, changed, same) and `doubt`, one a row.
    """
    told = [dict(r) for r in rows]

    def _work(writing: Writing) -> list[Row]:
        known = read_latest(writing.connection, COMMITMENTS)
        return [_take_commitment(writing, row, known) for row in told]

    return list(ledger.run(action, acting, {"commitments": told}, _work))


def _take_commitment(writing: Writing, told: Row, known: dict[str, Row]) -> Row:
    """Write down one commitment, and its state where it has gone on."""
    row, number = clean_row(told, COMMITMENTS), str(told["commitment_id"])
    before = known.get(number)
    state, was = row["state"], before["state"] if before else None
    doubt = "" if was is None or may_follow(was, state) else f"goes back from {was} to {state}"
    row["state"] = was if doubt else state
    answer = {"commitment_id": number, "doubt": doubt}
    if is_told_again(row, before, COMMITMENTS):
        return {**answer, "status": SAME}
    kept = {**row, "version": before["version"] + 1 if before else 1}
    rows = {COMMITMENTS: [kept]}
    if row["state"] != was:
        rows[COMMITMENT_MOVES] = [_tell_state(writing, number, row)]
    writing.record("commitment", number, rows, before=before)
    known[number] = kept
    return {**answer, "status": CHANGED if before else NEW}


def _tell_state(writing: Writing, number: str, row: Row) -> Row:
    """Return the row that says since when a commitment is in a state."""
    reached = {
        CommitmentState.ON_AIR: row.get("on_air_on"),
        CommitmentState.ACCEPTED: row.get("as_of") or row.get("on_air_on"),
    }
    dated = reached.get(row["state"]) or row.get("as_of")
    return {
        "number": writing.take_number(COMMITMENT_MOVES),
        "commitment_id": number,
        "state": row["state"],
        "dated": dated or writing.acting.moment[:10],
        "record": row.get("accepted_under"),
    }


def may_follow(was: str, state: str) -> bool:
    """Return whether a commitment may come from one state into another, or stay."""
    if was == state or CommitmentState.WITHDRAWN in (was, state):
        return True
    return _ORDER.index(CommitmentState.of(state)) >= _ORDER.index(CommitmentState.of(was))


def move_commitment(
    ledger: Ledger, commitment_id: str, state: str, *, dated: str, acting: Acting, record: str = ""
) -> None:
    """Write down that a commitment has gone on.

    Raises
    ------
    LedgerFault
        If there is none, or it would go back.
    """

    def _work(writing: Writing) -> None:
        known = read_latest(writing.connection, COMMITMENTS, [commitment_id]).get(commitment_id)
        if known is None:
            raise LedgerFault(f"there is no commitment {commitment_id}")
        if known["state"] == state or not may_follow(known["state"], state):
            raise LedgerFault(f"commitment {commitment_id} is {known['state']} already")
        row = {**known, "version": known["version"] + 1, "state": state}
        row["on_air_on"] = dated if state == CommitmentState.ON_AIR else known["on_air_on"]
        row["accepted_under"] = record or known["accepted_under"]
        move = {"number": writing.take_number(COMMITMENT_MOVES), "dated": dated}
        move |= {"commitment_id": commitment_id, "state": state, "record": record or None}
        rows = {COMMITMENTS: [row], COMMITMENT_MOVES: [move]}
        writing.record("commitment", commitment_id, rows, before={"state": known["state"]})

    asked = {"commitment_id": commitment_id, "state": state, "dated": dated, "record": record}
    ledger.run("commit", acting, asked, _work)
