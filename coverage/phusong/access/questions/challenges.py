"""The question of what was reported wrong, by whom, and what was decided."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd

from phusong.access.authorisation import authorise
from phusong.access.desk import Desk
from phusong.access.own_places import cut_to_own
from phusong.access.permissions import Extent, find_extent
from phusong.access.principals import Principal
from phusong.pipeline.challenges import Challenge, find_challenges, list_standing, read_challenges
from phusong.vocabulary.book import Role

COLUMNS = [n for n in Challenge.__dataclass_fields__ if n not in ("about", "account")]


@authorise
def ask_challenges(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the reports with how they stand, newest first.

    Planners see all, communes those about their hamlets, others their office's own.

    Raises
    ------
    NotAllowed
        If the role sees none.
    """
    extent = find_extent(principal.role, "ask_challenges")
    pairs = list_standing(read_challenges(find_challenges(desk.folder, desk.province_file)))
    rows = [{**asdict(report), "standing": str(standing)} for report, standing in pairs]
    frame = pd.DataFrame(rows, columns=[*COLUMNS, "account"])
    if principal.role == Role.COMMUNE:
        frame = cut_to_own(principal, desk, "ask_challenges", frame)
    elif extent != Extent.WHOLE:
        office = frame["organisation"] == principal.organisation
        frame = frame[office & (frame["role"] == str(principal.role))]
    return frame[COLUMNS].iloc[::-1].reset_index(drop=True)
