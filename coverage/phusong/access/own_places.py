"""Cut what is told down to the communes of a commune's account: its hamlets, and nobody else's."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pandas as pd

from phusong.access.desk import Desk
from phusong.access.permissions import Extent, find_extent
from phusong.access.principals import Principal
from phusong.access.scope import check_own
from phusong.pipeline.former_explanation import read_changes
from phusong.pipeline.settings import read_settings
from phusong.store import read_table
from phusong.vocabulary.book import Role

#: Columns that say where a row lies, the first that a table has counts.
HAMLET, COMMUNE, AREA = "hamlet_id", "commune_code", "area_code"
#: Where a former hamlet is at present, in table `hamlet_lineage`.
NOW = "to_hamlet_id"


def find_own_communes(principal: Principal, name: str) -> frozenset[str] | None:
    """Return the communes to which an answer is cut down; None: it is not cut down to communes.

    No commune at all cuts it down to nothing.

    Parameters
    ----------
    principal : who asks.
    name : of the question or action.
    """
    own = find_extent(principal.role, name) == Extent.OWN
    return principal.communes if own and principal.role == Role.COMMUNE else None


def cut_to_own(principal: Principal, desk: Desk, name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a table that a question lets a commune's account see; to other roles all of them.

    Parameters
    ----------
    principal, desk : who asks, and where.
    name : of the question.
    frame : any table.
    """
    communes = find_own_communes(principal, name)
    if communes is None:
        return frame
    return cut_to_communes(desk.folder, desk.stamp, frame, communes)


def cut_to_communes(
    folder: Path, stamp: str, frame: pd.DataFrame, communes: frozenset[str]
) -> pd.DataFrame:
    """Return the rows that lie in some communes; of a table that does not say where, none.

    Indicators of the whole province are published, so they stay; those of areas are told in the edition in
    which accounts name communes.

    Parameters
    ----------
    folder, stamp : the results, and what changes with them.
    frame : any table.
    communes : codes.
    """
    if COMMUNE in frame:
        return frame[frame[COMMUNE].isin(communes)].reset_index(drop=True)
    for column in (HAMLET, NOW):
        if column in frame:
            own = list_hamlets(folder, stamp, communes)
            return frame[frame[column].isin(own)].reset_index(drop=True)
    if AREA in frame:
        head = read_settings(folder)[1].province
        here = frame[AREA].isin(communes) & (frame["edition"] == str(head.edition))
        return frame[here | (frame[AREA] == head.code)].reset_index(drop=True)
    return frame.iloc[:0]


@lru_cache(maxsize=64)
def list_hamlets(
    folder: Path,
    stamp: str,  # noqa: ARG001
    communes: frozenset[str],
) -> frozenset[str]:
    """Return the ids of the hamlets of some communes, and of former ones of which they hold any part.

    Parameters
    ----------
    folder, stamp : the results, and what changes with them.
    communes : codes.
    """
    hamlets = read_table(folder, "hamlets", columns=[HAMLET, COMMUNE])
    own = set(hamlets.loc[hamlets[COMMUNE].isin(communes), HAMLET])
    changes = read_changes(folder)
    former = set(changes.loc[changes[NOW].isin(own), "from_hamlet_id"])
    return frozenset(own | (former - set(hamlets[HAMLET])))


def check_place(principal: Principal, desk: Desk, *, commune: str, hamlet: str, name: str) -> None:
    """Refuse, and log, that a commune's account asks for another commune or its hamlet.

    Parameters
    ----------
    principal, desk : who asks, and where.
    commune, hamlet : codes; empty: none is asked for.
    name : of the question or action.

    Raises
    ------
    NotAllowed
        If either is not its own; to other roles nothing is refused here.
    """
    communes = find_own_communes(principal, name)
    if communes is None:
        return
    asked = {code for code in (commune, hamlet) if code}
    own = communes | list_hamlets(desk.folder, desk.stamp, communes)
    check_own(principal, desk, name, asked, own, subject="another commune")
