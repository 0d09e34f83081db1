"""What becomes of an award: approved by another person, handed over, confirmed, or undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select, update

from phusong.ledger.acting import Acting, is_same_person
from phusong.ledger.awards import Wish, items_of, stand, tell_move, write_award
from phusong.ledger.book import Ledger
from phusong.ledger.chronology import check_follows, find_last_move, find_lot_day
from phusong.ledger.faults import LedgerFault, NotAllowed
from phusong.ledger.holds import HOME, PUPIL, hold, let_go
from phusong.ledger.privacy import check_hash
from phusong.ledger.stock import LOT, find_stock, move_stock
from phusong.ledger.tables import (
    AWARD_MOVES,
    AWARD_TOKENS,
    AWARDS,
    JOURNAL,
    LOT_SERIALS,
    RELEASES,
    STANDING,
)
from phusong.ledger.writing import Row, Writing
from phusong.vocabulary.book import AwardState

#: From which states one comes into a state.
FROM: dict[AwardState, frozenset[AwardState]] = {
    AwardState.APPROVED: frozenset({AwardState.PROPOSED}),
    AwardState.HANDED_OVER: frozenset({AwardState.APPROVED}),
    AwardState.CONFIRMED: frozenset({AwardState.HANDED_OVER}),
    AwardState.CANCELLED: frozenset({AwardState.PROPOSED, AwardState.APPROVED}),
    AwardState.RETURNED: frozenset({AwardState.HANDED_OVER, AwardState.CONFIRMED}),
    AwardState.REPLACED: frozenset({AwardState.HANDED_OVER, AwardState.CONFIRMED}),
    AwardState.LOST: frozenset({AwardState.HANDED_OVER, AwardState.CONFIRMED}),
}
#: States in which an award has come to its end.
ENDED = frozenset({AwardState.CANCELLED, AwardState.RETURNED, AwardState.REPLACED, AwardState.LOST})
_CHUNK = 500


def approve(ledger: Ledger, awards: Sequence[int], *, dated: str, acting: Acting) -> int:
    """Approve awards, all or none, and return how many.

    Raises
    ------
    NotAllowed
        If whoever approves proposed one of them, or may not approve.
    LedgerFault
        If one of them is not waiting for approval (any more).
    """

    def _work(writing: Writing) -> int:
        known = read_awards(writing.connection, awards)
        for award in known.values():
            _check_other_person(award, acting)
        return _step(writing, known, AwardState.APPROVED, dated, approved_by=acting.actor)

    return int(ledger.run("approve", acting, {"awards": list(awards), "dated": dated}, _work))


def _check_other_person(award: Row, acting: Acting) -> None:
    """Refuse whoever proposed an award as its approver."""
    proposer = (award["role"], award["organisation"], award["account"])
    if is_same_person(proposer, (acting.role, acting.organisation, acting.account)):
        raise NotAllowed(
            f"award {award['award']} was proposed by the same {acting.role} who would approve it",
            kind="award",
            subject=str(award["award"]),
            cure="another person approves",
        )


def hand_over(
    ledger: Ledger,
    awards: Sequence[int],
    *,
    dated: str,
    acting: Acting,
    record: str = "",
    serials: Mapping[int, str] | None = None,
) -> int:
    """Hand over what was approved, all or none, and return how many.

    Parameters
    ----------
    ledger : the book.
    awards : numbers of the awards.
    dated : day of the hand-over, on which a data package begins.
    acting : who, why, when.
    record : number of the hand-over record (biên bản bàn giao).
    serials : award → keyed hash of the device's serial.

    Raises
    ------
    LedgerFault
        If one is not approved, or a device is in another lot or in other hands.
    """
    told = {int(a): check_hash(s, "a serial") for a, s in (serials or {}).items()}

    def _work(writing: Writing) -> int:
        known = read_awards(writing.connection, awards)
        _check_lots_came(writing.connection, known, dated)
        for award, serial in told.items():
            _claim_serial(writing, known[award], serial)
        return _step(writing, known, AwardState.HANDED_OVER, dated, record=record, serials=told)

    hashes = {str(a): s for a, s in told.items()}
    asked = {"awards": list(awards), "dated": dated, "record": record, "serials": hashes}
    return int(ledger.run("hand over", acting, asked, _work))


def _check_lots_came(connection: Connection, known: Mapping[int, Row], dated: str) -> None:
    """Refuse to hand over on a day before the lot came."""
    for lot_id in sorted({a["lot_id"] for a in known.values() if a["lot_id"]}):
        came = find_lot_day(connection, lot_id)
        check_follows(f"the hand-over from {lot_id}", dated, "its receipt", came)


def _claim_serial(writing: Writing, award: Row, serial: str) -> None:
    """Give a device to an award, and name it in its lot where the register did not."""
    asked = select(LOT_SERIALS.c.lot_id).where(LOT_SERIALS.c.serial == serial)
    lot_id = writing.connection.execute(asked).scalar_one_or_none()
    if lot_id is None and award["lot_id"]:
        row = {"serial": serial, "lot_id": award["lot_id"]}
        writing.record("lot", award["lot_id"], {LOT_SERIALS: [row]})
        writing.flush()
    elif lot_id != award["lot_id"]:
        raise LedgerFault(f"award {award['award']}: the device is in lot {lot_id}, not in its own")
    holder = select(STANDING.c.award).where(STANDING.c.serial == serial)
    other = writing.connection.execute(holder).scalar_one_or_none()
    if other is not None:
        raise LedgerFault(f"award {award['award']}: the device went out with award {other}")
    place = STANDING.c.award == award["award"]
    writing.connection.execute(update(STANDING).where(place).values(serial=serial))


def confirm(
    ledger: Ledger, awards: Sequence[int], *, dated: str, acting: Acting, record: str = ""
) -> int:
    """Confirm that pupils have what was handed over, all or none, and return how many."""

    def _work(writing: Writing) -> int:
        known = read_awards(writing.connection, awards)
        return _step(writing, known, AwardState.CONFIRMED, dated, record=record)

    asked = {"awards": list(awards), "dated": dated, "record": record}
    return int(ledger.run("confirm", acting, asked, _work))


def cancel(ledger: Ledger, award: int, *, dated: str, acting: Acting, frees: bool = False) -> None:
    """Cancel an award that was not handed over; with `frees` the same decision frees the pupil."""
    _undo(ledger, "cancel", award, AwardState.CANCELLED, dated, acting, frees, {"taken": -1})


def take_back(
    ledger: Ledger,
    award: int,
    *,
    fit: bool,
    dated: str,
    acting: Acting,
    record: str = "",
    frees: bool = False,
) -> None:
    """Take a device back: into store where it is fit, set aside where not.

    The pupil stays served until a decision frees them, see `free_pupil`.
    """
    moves = {"taken": -1} if fit else {"taken": -1, "set_aside": 1}
    _undo(ledger, "return", award, AwardState.RETURNED, dated, acting, frees, moves, record)


def lose(
    ledger: Ledger, award: int, *, dated: str, acting: Acting, record: str = "", frees: bool = False
) -> None:
    """Write down that a device is lost or sold; the pupil stays served until a decision frees them."""
    moves = {"taken": -1, "gone": 1}
    _undo(ledger, "lose", award, AwardState.LOST, dated, acting, frees, moves, record)


def _undo(
    ledger: Ledger,
    action: str,
    award: int,
    state: AwardState,
    dated: str,
    acting: Acting,
    frees: bool,
    moves: dict[str, int],
    record: str = "",
) -> None:
    """End an award, move its device, and free the pupil if that is decided too."""

    def _work(writing: Writing) -> None:
        known = read_awards(writing.connection, [award])
        end_award(writing, known[award], state, dated, moves, record=record)
        if frees:
            acting.check_may("free")
            _free(writing, award, dated, action="free")

    asked = {"award": award, "dated": dated, "frees": frees, "record": record, **moves}
    ledger.run(action, acting, asked, _work)


def end_award(
    writing: Writing,
    award: Row,
    state: AwardState,
    dated: str,
    moves: dict[str, int],
    *,
    record: str = "",
    frees: bool = False,
) -> None:
    """End an award, move what it held, and free the pupil if that is wanted.

    Parameters
    ----------
    writing : the command at work.
    award : from `read_awards`.
    state : to which it comes.
    dated : day.
    moves : of the device: changes of `taken`, `set_aside`, `gone` [pieces].
    record : number of the signed record.
    frees : whether the award lets go of its pupil, as one does whose device never left the store.
    """
    number = int(award["award"])
    _step(writing, {number: award}, state, dated, record=record)
    _move_items(writing, award, state, dated, moves)
    if frees:
        _free(writing, number, dated)


def send_back(ledger: Ledger, awards: Sequence[int], *, dated: str, acting: Acting) -> int:
    """Send proposals back to whoever made them, all or none, and return how many.

    What they held is back in store, and their pupils stand in line again.

    Raises
    ------
    LedgerFault
        If one of them is not waiting for approval (any more).
    """

    def _work(writing: Writing) -> int:
        known = read_awards(writing.connection, awards)
        for number, award in known.items():
            if award["state"] != AwardState.PROPOSED:
                what = f"award {number} is {AwardState.of(award['state']).en}, not proposed"
                raise LedgerFault(what, cure="cancel it: phusong ledger cancel")
            end_award(writing, award, AwardState.CANCELLED, dated, {"taken": -1}, frees=True)
        return len(known)

    asked = {"awards": list(awards), "dated": dated}
    return int(ledger.run("send back", acting, asked, _work))


def _move_items(
    writing: Writing, award: Row, state: AwardState, dated: str, moves: dict[str, int]
) -> None:
    """Move what an ended award held: the device as told, a package back only before it was handed over."""
    for item in items_of(Wish(award["student_key"], award["lot_id"], award["package_id"])):
        own = moves if item.startswith(LOT) else {"taken": -1}
        if item.startswith(LOT) or state == AwardState.CANCELLED:
            move_stock(writing, item, own, reason=str(state), dated=dated)


def free_pupil(ledger: Ledger, award: int, *, dated: str, acting: Acting) -> None:
    """Decide that the pupil of an ended award may be given another one."""

    def _work(writing: Writing) -> None:
        known = read_awards(writing.connection, [award])[award]
        check_follows(f"freeing the pupil of award {award}", dated, "its end", known["last_dated"])
        if known["state"] not in ENDED or known["state"] == AwardState.REPLACED:
            cure = "cancel it, or take the device back, first"
            raise LedgerFault(f"award {award} is {known['state']}", cure=cure)
        _free(writing, award, dated)

    ledger.run("free", acting, {"award": award, "dated": dated}, _work)


def _free(writing: Writing, award: int, dated: str, *, action: str = "") -> None:
    """Write the decision down, and let the award hold nothing."""
    asked = select(RELEASES.c.dated).where(RELEASES.c.award == award)
    if writing.connection.execute(asked).scalar_one_or_none() is not None:
        raise LedgerFault(f"the pupil of award {award} has been freed already")
    rows = {RELEASES: [{"award": award, "dated": dated}]}
    writing.record("release", str(award), rows, action=action)
    let_go(writing, award)


def replace(
    ledger: Ledger,
    award: int,
    lot_id: str,
    *,
    fit: bool,
    dated: str,
    acting: Acting,
    record: str = "",
) -> int:
    """Exchange a device for one of another lot: a new award, which another person approves as any other.

    Returns
    -------
    number of the new award, which holds the pupil from now on.
    """

    def _work(writing: Writing) -> int:
        known = read_awards(writing.connection, [award])
        old = known[award]
        if not old["lot_id"]:
            raise LedgerFault(f"award {award} is a package without a device")
        _step(writing, known, AwardState.REPLACED, dated, record=record)
        moves = {"taken": -1} if fit else {"taken": -1, "set_aside": 1}
        move_stock(writing, LOT + old["lot_id"], moves, reason="replaced", dated=dated)
        find_stock(writing.connection, LOT + lot_id)
        move_stock(writing, LOT + lot_id, {"taken": 1}, reason="proposed", dated=dated)
        return _put_in_place(writing, old, lot_id, dated)

    asked = {"award": award, "lot_id": lot_id, "fit": fit, "dated": dated, "record": record}
    return int(ledger.run("replace", acting, asked, _work))


def _put_in_place(writing: Writing, old: Row, lot_id: str, dated: str) -> int:
    """Write the award that takes another one's place, and let it hold what that one held."""
    asked = select(AWARD_TOKENS.c.token).where(AWARD_TOKENS.c.award == old["award"])
    tokens = sorted(writing.connection.execute(asked).scalars())
    tokens.sort(key=lambda t: (not t.startswith(PUPIL), t.startswith(HOME), t))
    named = ("student_key", "household_key", "tier", "level", "policy")
    wish = Wish(lot_id=lot_id, **{n: old[n] for n in named})
    number = writing.take_number(AWARDS)
    per_household = bool(old["per_household"])
    write_award(writing, number, wish, tokens, dated, per_household, replaces=old["award"])
    writing.connection.execute(insert(STANDING), [stand(writing, number)])
    let_go(writing, old["award"])
    hold(writing, [{"token": t, "award": number} for t in tokens])
    return number


def read_awards(connection: Connection, numbers: Sequence[int]) -> dict[int, Row]:
    """Return awards with how they stand, who proposed them, and the day of their last step.

    Parameters
    ----------
    connection : to the book.
    numbers : of the awards.

    Raises
    ------
    LedgerFault
        If one is not in the book, or is named twice.
    """
    if len(set(numbers)) < len(numbers):
        raise LedgerFault("an award is named twice")
    asked = (
        select(AWARDS, STANDING.c.state, JOURNAL.c.role, JOURNAL.c.organisation, JOURNAL.c.account)
        .join(STANDING, STANDING.c.award == AWARDS.c.award)
        .join(JOURNAL, JOURNAL.c.number == AWARDS.c.line)
    )
    found: dict[int, Row] = {}
    for start in range(0, len(numbers), _CHUNK):
        chunk = list(numbers[start : start + _CHUNK])
        part = asked.where(AWARDS.c.award.in_(chunk))
        found.update({r["award"]: dict(r) for r in connection.execute(part).mappings()})
        for award, day in find_last_move(connection, chunk).items():
            found[award]["last_dated"] = day
    missing = [n for n in numbers if n not in found]
    if missing:
        raise LedgerFault(f"there is no award {missing[0]}")
    return {n: found[n] for n in numbers}


def _step(
    writing: Writing,
    known: dict[int, Row],
    state: AwardState,
    dated: str,
    *,
    record: str = "",
    serials: Mapping[int, str] | None = None,
    **changes: Any,
) -> int:
    """Bring awards into a state, all or none."""
    for number, award in known.items():
        if award["state"] not in FROM[state]:
            before = " or ".join(sorted(s.en for s in FROM[state]))
            raise LedgerFault(
                f"award {number} is {AwardState.of(award['state']).en}, not {before}",
                cure=f"look at its story: phusong ledger story pupil {award['student_key']}",
            )
        earlier = f"award {number} as {AwardState.of(award['state']).en},"
        check_follows(f"award {number} as {state.en},", dated, earlier, award["last_dated"])
        serial = (serials or {}).get(number)
        row = tell_move(writing, number, state, dated, record or None, serial)
        before_state = {"state": award["state"]}
        writing.record("award", str(number), {AWARD_MOVES: [row]}, before=before_state)
    numbers = list(known)
    if state in ENDED:
        changes["serial"] = None
    for start in range(0, len(numbers), _CHUNK):
        place = STANDING.c.award.in_(numbers[start : start + _CHUNK])
        changed = update(STANDING).where(place).values(state=str(state), **changes)
        writing.connection.execute(changed)
    return len(known)
