"""The question of what is to be built: all of it, one operator's, or all without sums of money."""

from __future__ import annotations

from typing import Any

import pandas as pd

from phusong.access.authorisation import authorise, check_permission
from phusong.access.desk import Desk
from phusong.access.permissions import Extent, find_extent
from phusong.access.principals import Principal
from phusong.access.questions.counts import ask_counts
from phusong.access.scope import filter_own
from phusong.pipeline.kept_plans import describe_state, find_shown, is_name, read_kept_table
from phusong.pipeline.plan_differences import compare_tables
from phusong.pipeline.plan_documents import PLAN_TABLES
from phusong.vocabulary.options import PlanChange
from phusong.vocabulary.pupils import CountedUnit
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.plans import ROLLOUT
from phusong.vocabulary.tables.pupils import ALL_LEVELS

#: Columns that say who builds, and which piece or promise.
_BUILDERS = ("operator", "piece", "basis_id", "from_id")


@authorise
def ask_plan(principal: Principal, desk: Desk, table: str, plan: str = "") -> pd.DataFrame:
    """Return a table of a plan; empty where nothing was planned.

    Parameters
    ----------
    principal, desk : who asks, and where.
    table : one of `PLAN_TABLES`.
    plan : name of a kept plan; empty: the one that is shown.

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
    if table not in PLAN_TABLES or (plan and not is_name(plan)):
        raise ValueError(f"there is no table {table} of a plan {plan}")
    if table == "commitments":
        check_permission(principal, desk, "ask_plan", table)
    planned = read_kept_table(desk.folder, plan or find_shown(desk.folder), table)
    frame = filter_own(principal, "ask_plan", planned).reset_index(drop=True)
    if extent == Extent.WITHOUT_MONEY:
        frame = frame.drop(columns=[c for c in frame.columns if _is_hidden(c)])
    if "pupils_connected" in frame:
        frame = frame.assign(pupils_connected=_count_shown(principal, desk, frame))
    return frame


def _is_hidden(column: str) -> bool:
    """Return whether a column says who builds what, or for how much: for planners and builders alone."""
    return column.endswith("_vnd") or column.removesuffix("_a").removesuffix("_b") in _BUILDERS


@authorise
def ask_plan_state(principal: Principal, desk: Desk, plan: str = "") -> dict[str, Any] | None:
    """Return what must stand beside any figure of a plan; None where none of the name is kept.

    Parameters
    ----------
    principal, desk : who asks, and where.
    plan : name of a kept plan; empty: the one that is shown.

    Returns
    -------
    See `describe_state`, without the budget for whoever does not see what plans cost, and without the counts
    of the province for an operator.

    Raises
    ------
    NotAllowed
        If the role sees no plan.
    """
    extent = find_extent(principal.role, "ask_plan_state")
    state = describe_state(desk.folder, plan)
    if state is None or extent == Extent.WHOLE:
        return state
    hidden = {"budget_vnd", "by_basis"} if extent == Extent.OWN else {"budget_vnd"}
    return {name: value for name, value in state.items() if name not in hidden}


@authorise
def ask_difference(principal: Principal, desk: Desk, first: str, second: str) -> pd.DataFrame:
    """Return what becomes of each hamlet from one kept plan to another; those unchanged are left out.

    Parameters
    ----------
    principal, desk : who asks, and where.
    first, second : names of kept plans.

    Returns
    -------
    Rows of `plan_difference`; offices that do not plan see no operator and no sum, and nobody a count of
    pupils that the role does not see.

    Raises
    ------
    NotAllowed
        If the role sees no plan as a whole.
    """
    tables = [ask_plan(principal, desk, "rollout", plan=name) for name in (first, second)]
    whole = [conform_table(table.assign(**_fill_hidden(table)), ROLLOUT) for table in tables]
    found = compare_tables(*whole)
    changed = found[found["change"] != PlanChange.SAME].reset_index(drop=True)
    if find_extent(principal.role, "ask_difference") == Extent.WITHOUT_MONEY:
        changed = changed.drop(columns=[c for c in changed.columns if _is_hidden(c)])
    return changed


def _fill_hidden(table: pd.DataFrame) -> dict[str, Any]:
    """Return sums of nothing for columns of money that a role does not see."""
    return {c.name: 0 for c in ROLLOUT.columns if c.unit == "VND" and c.name not in table}


def _count_shown(principal: Principal, desk: Desk, rollout: pd.DataFrame) -> pd.Series:
    """Return the pupils that a hamlet's connection reaches, where the role sees how many learn there."""
    counts = ask_counts(principal, desk)
    line = (counts["unit"] == CountedUnit.HAMLET) & (counts["level"] == ALL_LEVELS)
    seen = counts[line].drop_duplicates("unit_code").set_index("unit_code")["pupils"]
    shown = rollout["hamlet_id"].map(seen).astype("Int64")
    return shown.where(rollout["wave"].notna())
