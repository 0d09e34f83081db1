"""The review of addresses through the front end: the queue of one's own communes, decided by role."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.access.authorisation import authorise
from phusong.access.desk import Desk
from phusong.access.log import log_access
from phusong.access.principals import Principal
from phusong.access.scope import check_own, filter_own
from phusong.access.selection import EVERYWHERE, Selection, cut_page
from phusong.persons.vault import Vault
from phusong.pipeline.result_files import PERSONAL_FOLDER, REVIEW
from phusong.pipeline.review import decide_group, list_decisions, open_queue, undo_decision
from phusong.store import read_table
from phusong.store.decisions import Decision
from phusong.vietnamese import base_key, base_keys


@authorise
def ask_queue(
    principal: Principal, desk: Desk, selection: Selection = EVERYWHERE, *, page: int | None = None
) -> pd.DataFrame:
    """Return the groups of addresses of somebody's own communes that wait for a person; the look is logged.

    Parameters
    ----------
    principal, desk : who asks, and where.
    selection : which of them: those that may be about a place or are of a school, and say some words.
    page : counted from 1; None: all of them.

    Raises
    ------
    NotAllowed
        If the role opens no records; so do all deeds of this module.
    """

    def _keep(groups: pd.DataFrame) -> pd.DataFrame:
        wanted = _narrow(desk, filter_own(principal, "ask_queue", groups), selection)
        return wanted.iloc[cut_page(np.arange(len(wanted)), page)]

    queue = open_queue(desk.folder, by=_name(principal), now=desk.clock(), keep=_keep)
    return queue.reset_index(drop=True)


@authorise
def count_queue(
    principal: Principal, desk: Desk, selection: Selection = EVERYWHERE
) -> tuple[int, int]:
    """Return how many groups `ask_queue` has on all its pages [groups], and of how many records [records]."""
    groups = _read_groups(principal, desk, "count_queue")
    wanted = _narrow(desk, groups, selection)
    return len(wanted), int(wanted["records"].sum())


def _narrow(desk: Desk, queue: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Return the groups that name a place or have a candidate there, of a school, with some words."""
    kept = queue
    if selection.commune:
        names = ["hamlet_id", "commune_code"]
        hamlets = read_table(desk.folder, "hamlets", columns=names)
        inside = set(hamlets.loc[hamlets["commune_code"] == selection.commune, "hamlet_id"])
        named = _has_any(kept["commune_code"], {selection.commune})
        kept = kept[named | _has_any(kept["candidates"], inside)]
    if selection.hamlet:
        kept = kept[_has_any(kept["candidates"], {selection.hamlet})]
    if selection.school:  # a queue of before this column was kept says of no group whose it is
        kept = kept[_has_any(kept.get("schools", kept["group"]), {selection.school})]
    if words := base_key(selection.text):
        written = kept["text"].fillna("") + " " + kept["example"].fillna("")
        kept = kept[base_keys(written).str.contains(words, regex=False)]
    return kept


def _has_any(codes: pd.Series, wanted: set[str]) -> pd.Series:
    """Return in which rows one of some codes stands among those by `|`."""
    return codes.fillna("").map(lambda text: not wanted.isdisjoint(text.split("|"))).astype(bool)


@authorise
def decide_addresses(
    principal: Principal, desk: Desk, group: str, hamlet_id: str, *, alias: bool, why: str
) -> Decision:
    """Say which hamlet, of one's own, a group of one's own queue means; it counts from the next run."""
    queue = _read_groups(principal, desk, "decide_addresses")["group"]
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


def _read_groups(principal: Principal, desk: Desk, name: str) -> pd.DataFrame:
    """Return one's own groups, of which nothing is shown: no look, and none is logged."""
    return filter_own(principal, name, Vault(desk.folder / PERSONAL_FOLDER).read(REVIEW))


def _read_decisions(principal: Principal, desk: Desk, name: str) -> pd.DataFrame:
    """Return the decisions in force about one's own communes, oldest first."""
    rows = [vars(decision) for decision in list_decisions(desk.folder, desk.province_file)]
    frame = pd.DataFrame(rows, columns=list(Decision.__dataclass_fields__))
    return filter_own(principal, name, frame)


def _name(principal: Principal) -> str:
    """Return by what the log knows who decided."""
    return f"{principal.role} ({principal.account_id})"
