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
from phusong.pipeline.hamlet_ids import PARTS, bring_to_present
from phusong.vocabulary.book import Role

COLUMNS = [n for n in Challenge.__dataclass_fields__ if n not in ("about", "account")]


@authorise
def ask_challenges(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the reports with how they stand, newest first.

    A report about a former hamlet is about the present one that it is in: `former_hamlet_id` is what it
    named, `hamlet_parts` where that was split. Planners see all, communes those about their hamlets, others
    their office's own.

    Raises
    ------
    NotAllowed
        If the role sees none.
    """
    extent = find_extent(principal.role, "ask_challenges")
    pairs = list_standing(read_challenges(find_challenges(desk.folder, desk.province_file)))
    rows = [{**asdict(report), "standing": str(standing)} for report, standing in pairs]
    frame = _bring_to_present(pd.DataFrame(rows, columns=[*COLUMNS, "account"]), desk)
    if principal.role == Role.COMMUNE:
        frame = cut_to_own(principal, desk, "ask_challenges", frame)
    elif extent != Extent.WHOLE:
        office = frame["organisation"] == principal.organisation
        frame = frame[office & (frame["role"] == str(principal.role))]
    return frame[[*COLUMNS, PARTS]].iloc[::-1].reset_index(drop=True)


def _bring_to_present(frame: pd.DataFrame, desk: Desk) -> pd.DataFrame:
    """Return reports with the present hamlet of each; one about a hamlet that was split keeps its id."""
    if frame.empty:
        return frame.assign(**{PARTS: pd.Series(dtype="str")})
    days = pd.to_datetime(frame["at"].str.slice(0, 10))
    carried = bring_to_present(frame.assign(filed_on=days), desk.folder, day="filed_on")
    named = carried["hamlet_id"].fillna(carried["former_hamlet_id"])
    return carried.assign(hamlet_id=named).drop(columns="filed_on")
