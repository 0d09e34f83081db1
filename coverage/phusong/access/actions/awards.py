"""Deeds about awards: proposed, approved by somebody else, handed over, confirmed, taken back.

The book itself says which role may do what, that nobody approves what they proposed, and that a pupil is
served once. What is checked here is that the pupils are one's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from phusong.access.authorisation import authorise
from phusong.access.book import act, choose_day, name_day, open_book
from phusong.access.desk import Desk
from phusong.access.own_awards import check_one_school, check_own_awards, find_own_allocation
from phusong.access.principals import Principal
from phusong.access.scope import check_own
from phusong.access.selection import is_among
from phusong.access.serials import hash_serial
from phusong.ledger import award_steps, awards
from phusong.ledger.imports import list_wishes
from phusong.ledger.writing import Row
from phusong.persons.vault import Vault
from phusong.pipeline.result_files import PERSONAL_FOLDER, TOKENS


@authorise
def propose_awards(
    principal: Principal, desk: Desk, students: Iterable[str], *, why: str, key: str
) -> Row:
    """Propose what the plan gives to some pupils; whoever has an award already is left out and named.

    Parameters
    ----------
    principal, desk : who acts, and where.
    students : pseudonyms of pupils of one's own communes or schools.
    why, key : see `phusong.access.book.act`; so in all deeds.

    Returns
    -------
    `awards`: pupil → number; `refused`: pupil → why not.

    Raises
    ------
    NotAllowed
        If the role sees no awards, or a pupil is not theirs; so do all deeds of this module.
    LedgerFault
        If the book refuses; so do all deeds.
    """
    asked = sorted(set(students))
    plan, positions = find_own_allocation(principal, desk, "propose_awards")
    wanted = is_among(plan["student_key"], asked)
    own = plan.iloc[positions[wanted[positions]]]
    check_own(principal, desk, "propose_awards", asked, own["student_key"], subject="propose")
    wishes = list_wishes(own, tokens=_read_tokens(desk, asked), households={})
    acting = act(principal, desk, why=why, key=key)
    book, day = open_book(desk), name_day(desk)
    return awards.propose(book, wishes, dated=day, acting=acting, skip_awarded=True)


def _read_tokens(desk: Desk, students: list[str]) -> dict[str, tuple[str, ...]]:
    """Return the identities of some pupils as keyed hashes; they go into the book and nowhere else."""
    own = Vault(desk.folder / PERSONAL_FOLDER).read(TOKENS, of=students)
    grouped: dict[str, tuple[str, ...]] = own.groupby("student_key")["token"].agg(tuple).to_dict()
    return grouped


@authorise
def approve_awards(
    principal: Principal,
    desk: Desk,
    numbers: Iterable[int],
    *,
    why: str,
    key: str,
    dated: str = "",
) -> int:
    """Approve awards that somebody else proposed, all or none, and return how many.

    Parameters
    ----------
    principal, desk, why, key : see `propose_awards`.
    numbers : of the awards.
    dated : day on the record, ISO; empty: today. So in all deeds.
    """
    own = _check_own(principal, desk, "approve_awards", numbers)
    acting = act(principal, desk, why=why, key=key)
    return award_steps.approve(open_book(desk), own, dated=choose_day(desk, dated), acting=acting)


@authorise
def send_back_awards(
    principal: Principal,
    desk: Desk,
    numbers: Iterable[int],
    *,
    why: str,
    key: str,
    dated: str = "",
) -> int:
    """Send proposals back to whoever made them, all or none, and return how many."""
    own = _check_own(principal, desk, "send_back_awards", numbers)
    acting = act(principal, desk, why=why, key=key)
    return award_steps.send_back(open_book(desk), own, dated=choose_day(desk, dated), acting=acting)


@authorise
def hand_over_awards(
    principal: Principal,
    desk: Desk,
    numbers: Iterable[int],
    *,
    why: str,
    key: str,
    record: str = "",
    serials: Mapping[int, str] | None = None,
    dated: str = "",
) -> int:
    """Hand over what was approved, all or none, and return how many.

    Parameters
    ----------
    principal, desk, why, key : see `propose_awards`.
    numbers : of the awards.
    record : number of the hand-over record.
    serials : award → the device's serial number as it stands on the device; the book gets its keyed hash.

    Raises
    ------
    LedgerFault
        If the record is of more than one school: each school signs its own.
    """
    own = _check_own(principal, desk, "hand_over_awards", numbers)
    check_one_school(principal, desk, "hand_over_awards", own, record)
    hashed = {award: hash_serial(desk, text) for award, text in (serials or {}).items()}
    acting = act(principal, desk, why=why, key=key)
    day = choose_day(desk, dated)
    return award_steps.hand_over(
        open_book(desk), own, dated=day, acting=acting, record=record, serials=hashed
    )


@authorise
def confirm_awards(
    principal: Principal,
    desk: Desk,
    numbers: Iterable[int],
    *,
    why: str,
    key: str,
    record: str = "",
    dated: str = "",
) -> int:
    """Confirm that pupils have what was handed over, all or none, and return how many."""
    own = _check_own(principal, desk, "confirm_awards", numbers)
    check_one_school(principal, desk, "confirm_awards", own, record)
    acting = act(principal, desk, why=why, key=key)
    book, day = open_book(desk), choose_day(desk, dated)
    return award_steps.confirm(book, own, dated=day, acting=acting, record=record)


@authorise
def cancel_award(
    principal: Principal,
    desk: Desk,
    number: int,
    *,
    why: str,
    key: str,
    frees: bool = False,
    dated: str = "",
) -> None:
    """Cancel an award that was not handed over: returned to whoever proposed it, or no longer wanted."""
    [own] = _check_own(principal, desk, "cancel_award", [number])
    acting = act(principal, desk, why=why, key=key)
    book, day = open_book(desk), choose_day(desk, dated)
    award_steps.cancel(book, own, dated=day, acting=acting, frees=frees)


@authorise
def take_back_device(
    principal: Principal,
    desk: Desk,
    number: int,
    *,
    fit: bool,
    why: str,
    key: str,
    record: str = "",
    dated: str = "",
) -> None:
    """Take a device back: into store where it is fit, set aside where not; the pupil stays served."""
    [own] = _check_own(principal, desk, "take_back_device", [number])
    acting = act(principal, desk, why=why, key=key)
    book, day = open_book(desk), choose_day(desk, dated)
    award_steps.take_back(book, own, fit=fit, dated=day, acting=acting, record=record)


@authorise
def report_lost(
    principal: Principal,
    desk: Desk,
    number: int,
    *,
    why: str,
    key: str,
    record: str = "",
    dated: str = "",
) -> None:
    """Write down that a device is lost or sold; the pupil stays served."""
    [own] = _check_own(principal, desk, "report_lost", [number])
    acting = act(principal, desk, why=why, key=key)
    book, day = open_book(desk), choose_day(desk, dated)
    award_steps.lose(book, own, dated=day, acting=acting, record=record)


@authorise
def free_pupil(
    principal: Principal, desk: Desk, number: int, *, why: str, key: str, dated: str = ""
) -> None:
    """Decide that the pupil of an ended award may be given another one."""
    [own] = _check_own(principal, desk, "free_pupil", [number])
    acting = act(principal, desk, why=why, key=key)
    day = choose_day(desk, dated)
    award_steps.free_pupil(open_book(desk), own, dated=day, acting=acting)


def _check_own(principal: Principal, desk: Desk, name: str, numbers: Iterable[int]) -> list[int]:
    """Return numbers of awards, all of them one's own; the answer to others' and to none is the same."""
    return [int(n) for n in check_own_awards(principal, desk, name, numbers)["award"]]
