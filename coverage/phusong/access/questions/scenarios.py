"""The plans that were kept, as figures to put side by side; and an operator's own files of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from phusong.access.authorisation import authorise
from phusong.access.desk import Desk
from phusong.access.operators import list_operators
from phusong.access.permissions import Extent, find_extent
from phusong.access.principals import Principal
from phusong.access.scope import check_own
from phusong.pipeline.comparison import PARETO_NAME, SENSITIVITY_NAME
from phusong.pipeline.kept_plans import find_shown, is_kept, list_kept
from phusong.pipeline.plan_shelf import PLAN_FOLDER
from phusong.vocabulary.options import ConnectionBasis
from phusong.vocabulary.terms import Operator

#: Figures of a plan that are put side by side; those in đồng are the planners'.
FIGURES = (
    "name", "scenario", "waves", "made_on", "as_of", "author", "hamlets", "hamlets_reached", "weight",
    "weight_reached", "hamlets_planned", "hamlets_promised",
)  # fmt: skip
MONEY = ("asked_vnd", "budget_vnd", "cost_low_vnd", "cost_vnd", "cost_high_vnd", "whole_cost_vnd")
MARKS = ("shown", "stale")
PICTURES = (PARETO_NAME, SENSITIVITY_NAME)


@authorise
def ask_scenarios(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return one row a plan that was kept, by name: `FIGURES`, for planners `MONEY`, and `MARKS`.

    Returns
    -------
    `asked_vnd` is empty where no budget was set; `hamlets_promised` are those that operators have taken on or
    are building at; `shown` is the plan that map and reports show; `stale` says that it is out of date.

    Raises
    ------
    NotAllowed
        If the role sees no plan, or an operator's part of it alone.
    """
    extent = find_extent(principal.role, "ask_scenarios")
    rows = [_describe(plan) for plan in list_kept(desk.folder)]
    columns = [*FIGURES, *(MONEY if extent == Extent.WHOLE else ()), *MARKS]
    return pd.DataFrame(rows, columns=columns)


def _describe(plan: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of a plan."""
    planned = plan.get("by_basis", {}).get(str(ConnectionBasis.PLANNED))
    own = int(planned["hamlets"]) if planned else int(plan["hamlets_reached"])
    return {
        **plan,
        **plan["spent"],
        "asked_vnd": plan["asked"]["budget_vnd"],
        "hamlets_planned": own,
        "hamlets_promised": int(plan["hamlets_reached"]) - own,
        "stale": bool(plan["outdated"]),
    }


@authorise
def ask_picture(principal: Principal, desk: Desk, name: str) -> str:
    """Return one of `PICTURES` as SVG; empty where plans were not compared.

    Raises
    ------
    NotAllowed
        If the role does not see what plans cost.
    """
    check_own(principal, desk, "ask_picture", {name}, PICTURES, subject="picture")
    path = desk.folder / PLAN_FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


@authorise
def ask_workbook(principal: Principal, desk: Desk, operator: Operator, plan: str = "") -> bytes:
    """Return an operator's workbook of a plan; empty where it has nothing to build.

    Parameters
    ----------
    principal, desk : who asks, and where.
    operator : whose it is.
    plan : name of a kept plan; empty: the one that is shown.

    Raises
    ------
    NotAllowed
        If it is another operator's, or the role does not see what plans cost.
    """
    own = list_operators(desk) if principal.operator is None else [principal.operator]
    check_own(principal, desk, "ask_workbook", {operator}, own, subject=f"workbook {operator}")
    name = plan or find_shown(desk.folder)
    path: Path = desk.folder / PLAN_FOLDER / name / f"{Operator(operator).file_stem}.xlsx"
    return path.read_bytes() if is_kept(desk.folder, name) and path.exists() else b""
