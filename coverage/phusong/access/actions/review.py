"""The review of addresses through the front end: the queue of one's own communes, decided by role."""

from __future__ import annotations

import pandas as pd

from phusong.access.authorisation import authorise
from phusong.access.desk import Desk
from phusong.access.log import log_access
from phusong.access.principals import Principal
from phusong.access.scope import check_own, filter_own
from phusong.pipeline.review import decide_group, list_decisions, open_queue, undo_decision
from phusong.store import read_table
from phusong.store.decisions import Decision


@authorise
def ask_queue(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the groups of addresses of somebody's own communes that wait for a person; the look is logged.

    Raises
    ------
    NotAllowed
        If the role opens no records; so do all deeds of this module.
    """
    return _read_queue(principal, desk, "ask_queue")


@authorise
def decide_addresses(
    principal: Principal, desk: Desk, group: str, hamlet_id: str, *, alias: bool, why: str
) -> Decision:
    """Say which hamlet, of one's own, a group of one's own queue means; it counts from the next run."""
    queue = _read_queue(principal, desk, "decide_addresses")["group"]
    check_own(principal, desk, "decide_addresses", {group}, queue, subject="group of addresses")
    hamlets = read_table(desk.folder, "hamlets", columns=["hamlet_id", "commune_code"])
    own = filter_own(principal, "decide_addresses", hamlets)["hamlet_id"]
    check_own(principal, desk, "decide_addresses", {hamlet_id}, own, subject="hamlet")
    now = desk.clock()
    for known in list_decisions(desk.folder, desk.province_file):
        if (known.group, known.hamlet_id) == (group, hamlet_id):
            return known
    made = decide_group(
        desk.folder,
        group,
        hamlet_id,
        alias=alias,
        by=_name(principal),
        why=why,
        now=now,
        province_file=desk.province_file,
    )
    log_access(desk.register, principal, "decide address", when=now, subject=str(made.number))
    return made


@authorise
def undo_addresses(principal: Principal, desk: Desk, number: int, *, why: str) -> Decision:
    """Take a decision about one's own communes back by another one; both stay."""
    own = _read_decisions(principal, desk, "undo_addresses")["number"]
    check_own(principal, desk, "undo_addresses", {number}, own, subject=f"decision {number}")
    now = desk.clock()
    who, file = _name(principal), desk.province_file
    made = undo_decision(desk.folder, number, by=who, why=why, now=now, province_file=file)
    log_access(desk.register, principal, "undo address", when=now, subject=str(number))
    return made


@authorise
def ask_decisions(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the decisions in force about one's own communes, newest first."""
    return _read_decisions(principal, desk, "ask_decisions").iloc[::-1].reset_index(drop=True)


def _read_queue(principal: Principal, desk: Desk, name: str) -> pd.DataFrame:
    """Return one's own part of the queue; the log of the personal store has how much of it that is."""
    queue = open_queue(
        desk.folder,
        by=_name(principal),
        now=desk.clock(),
        keep=lambda groups: filter_own(principal, name, groups),
    )
    return queue.reset_index(drop=True)


def _read_decisions(principal: Principal, desk: Desk, name: str) -> pd.DataFrame:
    """Return the decisions in force about one's own communes, oldest first."""
    rows = [vars(decision) for decision in list_decisions(desk.folder, desk.province_file)]
    frame = pd.DataFrame(rows, columns=list(Decision.__dataclass_fields__))
    return filter_own(principal, name, frame)


def _name(principal: Principal) -> str:
    """Return by what the log knows who decided."""
    return f"{principal.role} ({principal.account_id})"
