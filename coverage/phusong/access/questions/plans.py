"""The question of what is to be built: all of it, one operator's, or all without sums of money."""

from __future__ import annotations

import pandas as pd

from phusong.access.authorisation import authorise, check_permission
from phusong.access.desk import Desk
from phusong.access.permissions import Extent, find_extent
from phusong.access.principals import Principal
from phusong.access.questions.counts import ask_counts
from phusong.access.scope import filter_own
from phusong.pipeline.plan_shelf import PLAN_FOLDER
from phusong.store import read_table
from phusong.vocabulary.options import ScenarioName
from phusong.vocabulary.pupils import CountedUnit
from phusong.vocabulary.tables.pupils import ALL_LEVELS

#: Tables of a plan.
PLAN_TABLES = ("rollout", "trenches", "antennas", "commitments")


@authorise
def ask_plan(
    principal: Principal, desk: Desk, table: str, scenario: str = ScenarioName.BASELINE
) -> pd.DataFrame:
    """Return a table of a plan; empty where nothing was planned.

    Parameters
    ----------
    principal, desk : who asks, and where.
    table : one of `PLAN_TABLES`.
    scenario : name of the plan's scenario.

    Returns
    -------
    The table. An operator sees its own rows; offices that do not plan see no operator, no piece and no sum.
    `pupils_connected` is filled in only where the role sees the hamlet's count of pupils.

    Raises
    ------
    NotAllowed
        If the role sees no plan, or asks for commitments, which are an operator's and the planners'.
    """
    extent = find_extent(principal.role, "ask_plan")
    if table not in PLAN_TABLES or scenario not in list(ScenarioName):
        raise ValueError(f"there is no table {table} of a plan {scenario}")
    if table == "commitments":
        check_permission(principal, desk, "ask_plan", table)
    planned = read_table(desk.folder / PLAN_FOLDER / scenario, table)
    frame = filter_own(principal, "ask_plan", planned).reset_index(drop=True)
    if extent == Extent.WITHOUT_MONEY:
        hidden = [c for c in frame.columns if c.endswith("_vnd")]
        frame = frame.drop(columns=[*hidden, "operator", "piece", "basis_id"], errors="ignore")
    if "pupils_connected" in frame:
        frame = frame.assign(pupils_connected=_count_shown(principal, desk, frame))
    return frame


def _count_shown(principal: Principal, desk: Desk, rollout: pd.DataFrame) -> pd.Series:
    """Return the pupils that a hamlet's connection reaches, where the role sees how many learn there."""
    counts = ask_counts(principal, desk)
    line = (counts["unit"] == CountedUnit.HAMLET) & (counts["level"] == ALL_LEVELS)
    seen = counts[line].drop_duplicates("unit_code").set_index("unit_code")["pupils"]
    shown = rollout["hamlet_id"].map(seen).astype("Int64")
    return shown.where(rollout["wave"].notna())
