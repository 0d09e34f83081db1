"""Which households are helped with fees: known by a pupil of theirs, never by the household itself."""

from __future__ import annotations

import pandas as pd

from phusong.access.authorisation import authorise
from phusong.access.desk import Desk
from phusong.access.own_pupils import read_own_subsidies
from phusong.access.principals import Principal
from phusong.access.selection import EVERYWHERE, Selection

#: In the order in which they are shown.
COLUMNS = (
    "subsidy",
    "student_key",
    "service",
    "payer",
    "package_id",
    "waiver_vnd",
    "vnd_month",
    "months",
    "starts_on",
    "ends_on",
    "ended_on",
)


@authorise
def ask_subsidies(
    principal: Principal, desk: Desk, selection: Selection = EVERYWHERE
) -> pd.DataFrame:
    """Return what the households of one's own pupils are helped with, the newest first.

    Parameters
    ----------
    principal, desk : who asks, and where.
    selection : of which place the pupils are, by whom a household is known.

    Returns
    -------
    `COLUMNS`; `student_key` is the first pupil of the household, `ended_on` the day of a decision that ended
    it before its time.

    Raises
    ------
    NotAllowed
        If the role sees no awards.
    """
    return read_own_subsidies(principal, desk, "ask_subsidies", selection)[list(COLUMNS)]
