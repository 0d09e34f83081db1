"""The review of addresses: look at the queue, decide, take back. What is decided counts from the next run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pandas as pd

from phusong.persons.vault import Vault
from phusong.pipeline.result_files import PERSONAL_FOLDER, REVIEW
from phusong.pipeline.settings import find_living, read_settings
from phusong.places.registers import Register
from phusong.store import read_table
from phusong.store.decisions import (
    ALIAS,
    CONFIRM,
    UNDO,
    Decision,
    add_decision,
    list_standing,
    read_decisions,
)
from phusong.vocabulary.errors import ParameterFault


def open_queue(
    folder: Path,
    *,
    by: str,
    now: datetime,
    keep: Callable[[pd.DataFrame], pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Return the groups of addresses that wait for a person, the largest first; the look is logged.

    Parameters
    ----------
    folder : output folder.
    by : role of whoever looks.
    now : time of the look.
    keep : returns the groups that whoever looks may see; None: all.

    Returns
    -------
    group, status, commune_code, edition, text, records, candidates, example; see `places.review`.
    """
    read_settings(folder)
    vault = Vault(folder / PERSONAL_FOLDER)
    groups = vault.read(REVIEW)
    queue = keep(groups) if keep else groups
    vault.log_look(who=by, why="review of addresses", table=REVIEW, rows=len(queue), when=now)
    return queue


def decide_group(
    folder: Path,
    group: str,
    hamlet_id: str,
    *,
    alias: bool,
    by: str,
    why: str,
    now: datetime,
    province_file: Path | None = None,
) -> Decision:
    """Say which hamlet a group of addresses means, or what a hamlet is also called.

    Parameters
    ----------
    folder : output folder.
    group : from `open_queue`.
    hamlet_id : what the group means.
    alias : whether the group's text becomes one more name of the hamlet, so that its spellings are found too.
    by : role of whoever decides.
    why : the reason.
    now : time of the decision.
    province_file : where the province file is now, beside which decisions lie; None: where the run left it.

    Raises
    ------
    ParameterFault
        If the queue has no such group, the province no such hamlet, or the hamlet lies in another commune
        than the addresses say.
    """
    row = _find_group(folder, group)
    hamlet = _find_hamlet(folder, hamlet_id)
    register = read_settings(folder)[1].province.unit_register
    lies_in = _list_communes(hamlet, row["edition"], register)
    if row["commune_code"] and not lies_in & set(row["commune_code"].split("|")):
        raise ParameterFault(
            f"{hamlet_id} lies in commune {hamlet['commune_code']}, and the addresses of group {group} say "
            f"{row['commune_code']} → a decision never moves pupils to another commune; choose a hamlet there"
        )
    if alias and not row["text"]:
        raise ParameterFault(
            f"group {group} has no name that could be an alias → decide it without --alias"
        )
    decision = Decision(
        number=0,
        at=now.isoformat(timespec="seconds"),
        by=by,
        action=ALIAS if alias else CONFIRM,
        group=group,
        commune_code=hamlet["commune_code"],
        edition=hamlet["edition"],
        text=row["text"],
        hamlet_id=hamlet_id,
        why=why,
    )
    return add_decision(find_living(folder, "decisions", province_file), decision)


def undo_decision(
    folder: Path,
    number: int,
    *,
    by: str,
    why: str,
    now: datetime,
    province_file: Path | None = None,
) -> Decision:
    """Take a decision back; both stay on record.

    Raises
    ------
    SourceFault
        If no such decision stands.
    """
    undo = Decision(0, now.isoformat(timespec="seconds"), by, UNDO, undoes=number, why=why)
    return add_decision(find_living(folder, "decisions", province_file), undo)


def list_decisions(folder: Path, province_file: Path | None = None) -> list[Decision]:
    """Return the decisions about addresses in force; see `decide_group`."""
    known = read_decisions(find_living(folder, "decisions", province_file))
    return [d for d in list_standing(known) if d.action in (ALIAS, CONFIRM)]


def _find_group(folder: Path, group: str) -> pd.Series:
    """Return one group of the queue."""
    queue = Vault(folder / PERSONAL_FOLDER).read(REVIEW)
    found = queue[queue["group"] == group]
    if found.empty:
        raise ParameterFault(
            f"the queue has no group “{group}” → list it with `phusong review {folder}`"
        )
    return found.iloc[0]


def _list_communes(hamlet: pd.Series, edition: str, register: Register) -> set[str]:
    """Return the communes of an edition on the ground of a hamlet's commune."""
    if edition in ("", hamlet["edition"]):
        return {str(hamlet["commune_code"])}
    trace = register.lineage(str(hamlet["edition"]), edition)
    return set(trace.loc[trace["from_code"] == hamlet["commune_code"], "to_code"])


def _find_hamlet(folder: Path, hamlet_id: str) -> pd.Series:
    """Return one hamlet of the province."""
    hamlets = read_table(folder, "hamlets", columns=["hamlet_id", "commune_code", "edition"])
    found = hamlets[hamlets["hamlet_id"] == hamlet_id]
    if found.empty:
        raise ParameterFault(f"no hamlet has the id “{hamlet_id}”")
    return found.iloc[0]
