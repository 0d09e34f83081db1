"""Pairs of pupils who may be one, through the front end: those of one's own communes, decided by role."""

from __future__ import annotations

import pandas as pd

from phusong.access.authorisation import authorise
from phusong.access.desk import Desk
from phusong.access.log import log_access
from phusong.access.own_pupils import find_own_pupils
from phusong.access.principals import Principal
from phusong.access.scope import check_own
from phusong.pipeline import pair_review
from phusong.store.decisions import Decision


@authorise
def ask_pairs(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the pairs that wait for a person of which a pupil is one's own, the likeliest first.

    Raises
    ------
    NotAllowed
        If the role opens no records; so do all deeds of this module.
    """
    return _list_own(principal, desk, "ask_pairs")


@authorise
def decide_pair(
    principal: Principal, desk: Desk, left: str, right: str, *, is_one: bool, why: str
) -> Decision:
    """Say that a pair of one's own is one pupil, or two; it counts from the next run.

    Parameters
    ----------
    principal, desk : who acts, and where.
    left, right : pseudonyms.
    is_one : whether both are one pupil.
    why : the reason.

    Raises
    ------
    ParameterFault
        If there is no such pair, or nothing tells the two apart.
    """
    pairs = _list_own(principal, desk, "decide_pair")
    own = {f"{a} {b}" for a, b in zip(pairs["left_key"], pairs["right_key"], strict=True)}
    asked = " ".join(sorted((left, right)))
    check_own(principal, desk, "decide_pair", {asked}, own, subject="pair of pupils")
    now, who = desk.clock(), _name(principal)
    made = pair_review.decide_pair(
        desk.folder,
        left,
        right,
        is_one=is_one,
        by=who,
        why=why,
        now=now,
        province_file=desk.province_file,
        book=desk.book or None,
    )
    log_access(desk.register, principal, "decide pair", when=now, subject=str(made.number))
    return made


@authorise
def undo_pair(principal: Principal, desk: Desk, number: int, *, why: str) -> Decision:
    """Take a decision about a pair of one's own back by another one; both stay."""
    own = _list_decided(principal, desk, "undo_pair")["number"]
    check_own(principal, desk, "undo_pair", {number}, own, subject=f"decision {number}")
    now, who = desk.clock(), _name(principal)
    file = desk.province_file
    made = pair_review.undo_pair(desk.folder, number, by=who, why=why, now=now, province_file=file)
    log_access(desk.register, principal, "undo pair", when=now, subject=str(number))
    return made


@authorise
def ask_pair_decisions(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the decisions in force about pairs of one's own: number, at, action, left, right, by, why."""
    return _list_decided(principal, desk, "ask_pair_decisions")


def _list_own(principal: Principal, desk: Desk, name: str) -> pd.DataFrame:
    """Return the pairs of which a pupil is one's own."""
    pairs = pair_review.list_pairs(
        desk.folder, book=desk.book or None, province_file=desk.province_file
    )
    mine = _list_keys(principal, desk, name)
    own = pairs["left_key"].isin(mine) | pairs["right_key"].isin(mine)
    return pairs[own].reset_index(drop=True)


def _list_decided(principal: Principal, desk: Desk, name: str) -> pd.DataFrame:
    """Return the decisions about pairs of which a pupil is one's own, newest first."""
    made = pair_review.list_pair_decisions(desk.folder, desk.province_file)
    columns = ["number", "at", "action", "left", "right", "by", "why"]
    rows = [{n: getattr(d, n) for n in columns} for d in made]
    frame = pd.DataFrame(rows, columns=columns)
    mine = _list_keys(principal, desk, name)
    own = frame["left"].isin(mine) | frame["right"].isin(mine)
    return frame[own].iloc[::-1].reset_index(drop=True)


def _list_keys(principal: Principal, desk: Desk, name: str) -> set[str]:
    """Return the pseudonyms of one's own pupils."""
    index, own = find_own_pupils(principal, desk, name)
    return set(index.pupils["student_key"].iloc[own])


def _name(principal: Principal) -> str:
    """Return by what the log knows who decided."""
    return f"{principal.role} ({principal.account_id})"
