"""What is one's own: the pupils of an official's communes, of a school, or of the province."""

from __future__ import annotations

import pandas as pd

from phusong.access.principals import Principal
from phusong.vocabulary.book import Role


def keep_own(principal: Principal, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows about somebody's own pupils.

    Parameters
    ----------
    principal : who asks.
    frame : with `school_id` and `commune_code` of each row's pupil.
    """
    if principal.role == Role.SCHOOL:
        return frame[frame["school_id"].isin(principal.schools)]
    if principal.communes:
        return frame[frame["commune_code"].isin(principal.communes)]
    return frame
