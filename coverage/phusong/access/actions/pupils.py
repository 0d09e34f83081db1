"""Deeds about what changes with a pupil: declined, moved to another school, left, and withdrawn."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from phusong.access.authorisation import authorise
from phusong.access.book import act, choose_day, open_book
from phusong.access.desk import Desk
from phusong.access.own_pupils import find_own_pupil, find_own_pupils
from phusong.access.principals import Principal
from phusong.access.scope import check_own
from phusong.ledger import pupil_steps
from phusong.ledger.pupil_changes import Pupil, list_pupil_changes
from phusong.pipeline.pupil_identity import find_pupil, find_school
from phusong.vocabulary.book import DeviceGoes


@dataclass(frozen=True)
class Goes:
    """Say what becomes of a device in the hands of a pupil who moves or leaves.

    Parameters
    ----------
    device : whether it goes along or comes back; None where none is in hand.
    fit : whether one that comes back goes into store, or is set aside.
    """

    device: DeviceGoes | None = None
    fit: bool = True


@authorise
def record_decline(
    principal: Principal,
    desk: Desk,
    student: str,
    *,
    why: str,
    key: str,
    record: str = "",
    dated: str = "",
) -> int:
    """Write down that a family wants nothing; what was proposed is cancelled, and nothing is proposed again.

    Parameters
    ----------
    principal, desk : who acts, and where.
    student : pseudonym of a pupil of one's own, whole or as lists show it.
    why, key : see `phusong.access.book.act`; so in all deeds.
    record : number of the signed record.
    dated : day on the record, ISO; empty: today.

    Returns
    -------
    number under which it can be withdrawn.

    Raises
    ------
    NotAllowed
        If the role sees no awards, or the pupil is not theirs or not there; so do all deeds of this module.
    LedgerFault
        If the book refuses; so do all deeds.
    """
    pupil = _find(principal, desk, "record_decline", student)
    acting = act(principal, desk, why=why, key=key)
    book, day = open_book(desk), choose_day(desk, dated)
    return pupil_steps.decline(book, pupil, dated=day, acting=acting, record=record)


@authorise
def record_move(
    principal: Principal,
    desk: Desk,
    student: str,
    school: str,
    goes: Goes,
    *,
    why: str,
    key: str,
    record: str = "",
    dated: str = "",
) -> int:
    """Write down that a pupil goes to another school of the province; the award goes along.

    Parameters
    ----------
    principal, desk, student, why, key, record, dated : see `record_decline`.
    school : id of the school that the pupil goes to.
    goes : what becomes of a device in hand.
    """
    pupil = _find(principal, desk, "record_move", student)
    place, acting = find_school(desk.folder, school), act(principal, desk, why=why, key=key)
    return pupil_steps.move(
        open_book(desk),
        pupil,
        place,
        device=goes.device or DeviceGoes.ALONG,
        fit=goes.fit,
        dated=choose_day(desk, dated),
        acting=acting,
        record=record,
    )


@authorise
def record_departure(
    principal: Principal,
    desk: Desk,
    student: str,
    goes: Goes,
    *,
    why: str,
    key: str,
    record: str = "",
    dated: str = "",
) -> int:
    """Write down that a pupil leaves the province; a device in hand comes back or goes along, as is decided.

    Parameters
    ----------
    principal, desk, student, why, key, record, dated : see `record_decline`.
    goes : what becomes of a device in hand.
    """
    pupil = _find(principal, desk, "record_departure", student)
    return pupil_steps.depart(
        open_book(desk),
        pupil,
        device=goes.device,
        fit=goes.fit,
        dated=choose_day(desk, dated),
        acting=act(principal, desk, why=why, key=key),
        record=record,
    )


@authorise
def withdraw_change(
    principal: Principal, desk: Desk, number: int, *, why: str, key: str, dated: str = ""
) -> None:
    """Withdraw what was written down about one's own pupil: from now on they stand in line again.

    Parameters
    ----------
    principal, desk, why, key, dated : see `record_decline`.
    number : of what was written down.
    """
    own = _list_own(principal, desk, "withdraw_change")["change"]
    check_own(principal, desk, "withdraw_change", {number}, own, subject=f"change {number}")
    acting = act(principal, desk, why=why, key=key)
    pupil_steps.withdraw(open_book(desk), number, dated=choose_day(desk, dated), acting=acting)


@authorise
def ask_pupil_changes(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return what is in force about one's own pupils, newest first; columns of `list_pupil_changes`."""
    return _list_own(principal, desk, "ask_pupil_changes").iloc[::-1].reset_index(drop=True)


def _find(principal: Principal, desk: Desk, name: str, student: str) -> Pupil:
    """Return one pupil of one's own as the book knows them."""
    row = find_own_pupil(principal, desk, name, student, subject="pupil of the book")
    return find_pupil(desk.folder, open_book(desk), str(row["student_key"]))


def _list_own(principal: Principal, desk: Desk, name: str) -> pd.DataFrame:
    """Return what is in force about one's own pupils, oldest first."""
    changes = list_pupil_changes(open_book(desk))
    standing = changes[changes["ended_on"].isna()].drop(columns="ended_on")
    index, own = find_own_pupils(principal, desk, name)
    mine = set(index.pupils["student_key"].iloc[own])
    return standing[standing["student_key"].isin(mine)].reset_index(drop=True)
