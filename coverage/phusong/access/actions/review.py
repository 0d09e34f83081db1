"""The review of addresses through the front end: the queue of one's own communes, decided by role."""

from __future__ import annotations

import pandas as pd

from phusong.access.desk import Desk, admit, refuse
from phusong.access.log import log_access
from phusong.access.permissions import Data
from phusong.access.principals import Principal
from phusong.pipeline.review import decide_group, list_decisions, open_queue, undo_decision
from phusong.store.decisions import Decision
from phusong.vocabulary.book import Role


def ask_queue(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the groups of addresses of somebody's own communes that wait for a person; the look is logged.

    Raises
    ------
    NotAllowed
        If the role opens no records; so do all deeds of this module.
    """
    _admit(principal, desk)
    queue = open_queue(desk.folder, by=_name(principal), now=desk.clock())
    if not principal.communes:
        return queue.reset_index(drop=True)
    own = queue["commune_code"].map(lambda codes: bool(principal.communes & set(codes.split("|"))))
    return queue[own.astype(bool)].reset_index(drop=True)


def decide_addresses(
    principal: Principal, desk: Desk, group: str, hamlet_id: str, *, alias: bool, why: str
) -> Decision:
    """Say which hamlet a group of one's own queue means; it counts from the next run."""
    if group not in set(ask_queue(principal, desk)["group"]):
        refuse(principal, desk, Data.RECORD, subject="group of addresses")
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


def undo_addresses(principal: Principal, desk: Desk, number: int, *, why: str) -> Decision:
    """Take a decision back by another one; both stay."""
    _admit(principal, desk)
    now = desk.clock()
    who, file = _name(principal), desk.province_file
    made = undo_decision(desk.folder, number, by=who, why=why, now=now, province_file=file)
    log_access(desk.register, principal, "undo address", when=now, subject=str(number))
    return made


def ask_decisions(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the decisions in force, newest first."""
    _admit(principal, desk)
    told = [vars(d) for d in list_decisions(desk.folder, desk.province_file)]
    return pd.DataFrame(told[::-1], columns=list(Decision.__dataclass_fields__))


def _admit(principal: Principal, desk: Desk) -> None:
    """Refuse whoever does not open pupils' records for the education offices."""
    admit(principal, desk, Data.RECORD)
    if principal.role != Role.EDUCATION:
        refuse(principal, desk, Data.RECORD, subject="review")


def _name(principal: Principal) -> str:
    """Return by what the log knows who decided."""
    return f"{principal.role} ({principal.account_id})"
