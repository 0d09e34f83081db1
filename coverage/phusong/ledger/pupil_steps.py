"""The commands by which a change with a pupil is written down, with what it means for award and stock."""

from __future__ import annotations

from typing import Any

from phusong.ledger.acting import Acting
from phusong.ledger.award_steps import end_award, read_awards
from phusong.ledger.book import Ledger
from phusong.ledger.chronology import check_follows
from phusong.ledger.faults import LedgerFault
from phusong.ledger.holds import find_held, list_tokens
from phusong.ledger.pupil_changes import Pupil, find_barring, find_changes, refuse_changed
from phusong.ledger.tables import CHANGE_ENDS, CHANGE_TOKENS, PUPIL_CHANGES
from phusong.ledger.writing import Row, Writing
from phusong.vocabulary.book import AwardState, DeviceGoes, PupilChange

#: States of an award whose device has not left the store, and in which the pupil has it in hand.
UNDELIVERED = (AwardState.PROPOSED, AwardState.APPROVED)
IN_HAND = (AwardState.HANDED_OVER, AwardState.CONFIRMED)


def decline(ledger: Ledger, pupil: Pupil, *, dated: str, acting: Acting, record: str = "") -> int:
    """Write down that a family wants nothing, and return the number under which it can be withdrawn.

    What was proposed or approved is cancelled, its device back in store; the pupil is not proposed again.

    Parameters
    ----------
    ledger : the book.
    pupil : whose family declines.
    dated : day on which it was said.
    acting : who, why, when.
    record : number of the signed record.

    Raises
    ------
    LedgerFault
        If that is written down already, or the pupil has the device in hand: it is taken back first.
    """

    def _work(writing: Writing) -> int:
        tokens = _list_known(pupil)
        _check_not_barred(writing, pupil, tokens)
        for award in _find_awards(writing, tokens):
            if award["state"] in IN_HAND:
                cure = f"take it back first: phusong ledger return {award['award']}"
                what = f"{pupil.student_key} has the device of award {award['award']} in hand"
                raise LedgerFault(what, cure=cure)
            _cancel_undelivered(writing, award, dated)
        return _write_change(writing, pupil, PupilChange.DECLINED, dated, record=record)

    return int(ledger.run("decline", acting, _ask(pupil, dated, record), _work))


def move(
    ledger: Ledger,
    pupil: Pupil,
    school_id: str,
    *,
    device: DeviceGoes = DeviceGoes.ALONG,
    fit: bool = True,
    dated: str,
    acting: Acting,
    record: str = "",
) -> int:
    """Write down that a pupil goes to another school of the province, and return the change's number.

    An award goes along, whatever its state. A device in hand goes along too, or comes back and is returned by
    the same command. The newest move that is written down counts.

    Parameters
    ----------
    ledger, pupil, dated, acting, record : see `decline`.
    school_id : of the school that the pupil goes to.
    device : whether the device goes along or comes back.
    fit : whether a device that comes back goes into store, or is set aside.
    """

    def _work(writing: Writing) -> int:
        tokens = _list_known(pupil)
        for number in find_changes(writing.connection, tokens, PupilChange.MOVED):
            _end_change(writing, number, dated)
        held = _take_device_back(writing, pupil, device, fit, dated, record)
        described: dict[str, Any] = {"school_id": school_id.strip(), "device": held and str(device)}
        return _write_change(
            writing, pupil, PupilChange.MOVED, dated, record=record, award=held, **described
        )

    if not school_id.strip():
        raise LedgerFault("a move needs the school that the pupil goes to")
    asked = {**_ask(pupil, dated, record), "school_id": school_id, "device": str(device)}
    return int(ledger.run("move", acting, {**asked, "fit": fit}, _work))


def depart(
    ledger: Ledger,
    pupil: Pupil,
    *,
    device: DeviceGoes | None = None,
    fit: bool = True,
    dated: str,
    acting: Acting,
    record: str = "",
) -> int:
    """Write down that a pupil leaves the province, and return the number under which it can be withdrawn.

    What was proposed or approved is cancelled. A device in hand goes along or comes back: that is to be said.
    The pupil is not proposed again, and an award that was handed over goes on holding them.

    Parameters
    ----------
    ledger, pupil, dated, acting, record : see `decline`.
    device : whether the device goes along or comes back; None where none is in hand.
    fit : see `move`.

    Raises
    ------
    LedgerFault
        If it is written down already, or nobody says what becomes of a device in hand.
    """

    def _work(writing: Writing) -> int:
        tokens = _list_known(pupil)
        known = find_changes(writing.connection, tokens, PupilChange.DEPARTED)
        if known:
            raise LedgerFault(f"{pupil.student_key} has left already (number {known[0]})")
        for award in _find_awards(writing, tokens):
            _cancel_undelivered(writing, award, dated)
        held = _take_device_back(writing, pupil, device, fit, dated, record)
        goes = held and str(device)
        return _write_change(
            writing, pupil, PupilChange.DEPARTED, dated, record=record, award=held, device=goes
        )

    asked = {**_ask(pupil, dated, record), "device": device and str(device), "fit": fit}
    return int(ledger.run("depart", acting, asked, _work))


def withdraw(ledger: Ledger, change: int, *, dated: str, acting: Acting) -> None:
    """Withdraw what was written down: the family wants a device after all, the pupil has come back.

    Parameters
    ----------
    ledger, dated, acting : see `decline`.
    change : its number.

    Raises
    ------
    LedgerFault
        If there is no such change in force.
    """

    def _work(writing: Writing) -> None:
        _end_change(writing, change, dated)

    ledger.run("withdraw", acting, {"change": change, "dated": dated}, _work)


def _ask(pupil: Pupil, dated: str, record: str) -> dict[str, Any]:
    """Return what a command is asked, to tell a repeated one."""
    return {"student_key": pupil.student_key, "dated": dated, "record": record}


def _list_known(pupil: Pupil) -> list[str]:
    """Return by what a pupil is known."""
    return list_tokens(pupil.student_key, pupil.tokens, None, per_household=False)


def _check_not_barred(writing: Writing, pupil: Pupil, tokens: list[str]) -> None:
    """Refuse to write down a second time what bars the pupil already."""
    known = refuse_changed(pupil.student_key, tokens, find_barring(writing.connection, tokens))
    if known is not None:
        raise known


def _find_awards(writing: Writing, tokens: list[str]) -> list[Row]:
    """Return the awards that hold whoever is known by some tokens, by number."""
    numbers = sorted(set(find_held(writing.connection, tokens).values()))
    return list(read_awards(writing.connection, numbers).values())


def _cancel_undelivered(writing: Writing, award: Row, dated: str) -> None:
    """Cancel an award whose device is still in store, and let it hold nothing."""
    if award["state"] in UNDELIVERED:
        end_award(writing, award, AwardState.CANCELLED, dated, {"taken": -1}, frees=True)


def _take_device_back(
    writing: Writing, pupil: Pupil, device: DeviceGoes | None, fit: bool, dated: str, record: str
) -> int | None:
    """Return the award whose device the pupil has in hand, and return the device if it comes back."""
    held = _find_awards(writing, _list_known(pupil))
    found = [a for a in held if a["state"] in IN_HAND and a["lot_id"]]
    if not found:
        return None
    award = found[0]
    number = int(award["award"])
    if device is None:
        cure = "say whether it goes along or comes back: --device along, --device back"
        raise LedgerFault(
            f"{pupil.student_key} has the device of award {number} in hand", cure=cure
        )
    if device == DeviceGoes.BACK:
        moves = {"taken": -1} if fit else {"taken": -1, "set_aside": 1}
        end_award(writing, award, AwardState.RETURNED, dated, moves, record=record)
    return number


def _write_change(
    writing: Writing, pupil: Pupil, kind: PupilChange, dated: str, *, record: str, **told: Any
) -> int:
    """Write a change down, and return its number."""
    number = writing.take_number(PUPIL_CHANGES)
    row = {"change": number, "student_key": pupil.student_key, "kind": str(kind), "dated": dated}
    rows = {
        PUPIL_CHANGES: [{**row, "record": record or None, **told}],
        CHANGE_TOKENS: [{"change": number, "token": t} for t in _list_known(pupil)],
    }
    writing.record("pupil", pupil.student_key, rows)
    return number


def _end_change(writing: Writing, change: int, dated: str) -> None:
    """End a change that is in force."""
    known = writing.connection.execute(
        PUPIL_CHANGES.select().where(PUPIL_CHANGES.c.change == change)
    ).one_or_none()
    ended = writing.connection.execute(
        CHANGE_ENDS.select().where(CHANGE_ENDS.c.change == change)
    ).one_or_none()
    if known is None or ended is not None:
        raise LedgerFault(
            f"nothing under number {change} is in force", cure="look: phusong ledger changes"
        )
    check_follows(f"withdrawing number {change}", dated, "what was written down", known.dated)
    writing.record("pupil", known.student_key, {CHANGE_ENDS: [{"change": change, "dated": dated}]})
