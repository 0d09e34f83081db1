"""What is one's own: the one place where it is decided whose rows somebody is shown and may change.

A school's account has its schools; an education official or an approver the communes of the account, and
the whole province where it names none; a commune its own, always; an operator its network.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from phusong.access.desk import Desk, refuse
from phusong.access.permissions import PERMISSIONS, Extent, find_extent
from phusong.access.principals import Principal
from phusong.vocabulary.book import Role

#: Between several codes in one cell.
SEPARATOR = "|"


def filter_own(
    principal: Principal, name: str, frame: pd.DataFrame, *, whole: bool = False
) -> pd.DataFrame:
    """Return the rows of a table that a question or action lets somebody see.

    Parameters
    ----------
    principal : who asks.
    name : of the question or action; where its row says more than `OWN`, every row is returned.
    frame : with what tells whose each row is: `school_id` for schools, `commune_code` (several parted by |)
        for officials, `operator` for operators.
    whole : whether every code of a cell must be one's own, and not one of them alone.
    """
    if find_extent(principal.role, name) != Extent.OWN:
        return frame
    if principal.role == Role.SCHOOL:
        return frame[frame["school_id"].isin(principal.schools)]
    if principal.operator is not None:
        return frame[frame["operator"] == principal.operator]
    if not principal.communes:
        return frame
    own, cells = principal.communes, frame["commune_code"].astype("category").cat
    listed = [set(str(cell).split(SEPARATOR)) for cell in cells.categories]
    known = [codes <= own if whole else bool(codes & own) for codes in listed]
    return frame[np.array([*known, False])[cells.codes]]  # an empty cell has the last place, −1


def check_own(
    principal: Principal,
    desk: Desk,
    name: str,
    asked: Iterable[object],
    own: Iterable[object],
    *,
    subject: str,
) -> None:
    """Refuse, and log, what is not one's own; the answer to another's and to nothing at all is the same.

    Parameters
    ----------
    principal, desk : who asks, and where.
    name : of the question or action.
    asked : ids that it is about.
    own : ids that are one's own.
    subject : what the log says was asked for.

    Raises
    ------
    NotAllowed
        If any of them is not.
    """
    if not set(asked) <= set(own):
        refuse(principal, desk, PERMISSIONS[name].data, subject=subject)
