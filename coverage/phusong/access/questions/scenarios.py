"""The plans that were kept, as figures to put side by side; and an operator's own files of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from phusong.access.authorisation import authorise
from phusong.access.desk import Desk
from phusong.access.permissions import Extent, find_extent
from phusong.access.principals import Principal
from phusong.access.scope import check_own
from phusong.pipeline.comparison import PARETO_NAME, SENSITIVITY_NAME
from phusong.pipeline.plan_shelf import PLAN_FOLDER, PLAN_NAME, list_plans
from phusong.vocabulary.options import ScenarioName
from phusong.vocabulary.terms import Operator

#: Figures of a plan that are put side by side; those in đồng are the planners'.
FIGURES = ("scenario", "author", "hamlets", "hamlets_reached", "weight", "weight_reached")
MONEY = ("budget_vnd", "cost_low_vnd", "cost_vnd", "cost_high_vnd", "whole_cost_vnd")
PICTURES = (PARETO_NAME, SENSITIVITY_NAME)


@authorise
def ask_scenarios(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return one row a plan that was kept: `FIGURES`, for planners `MONEY`, and whether it is out of date.

    Raises
    ------
    NotAllowed
        If the role sees no plan, or an operator's part of it alone.
    """
    extent = find_extent(principal.role, "ask_scenarios")
    stale = list_plans(desk.folder)
    rows = [{**_read_plan(desk, name), "stale": bool(parts)} for name, parts in stale.items()]
    columns = [*FIGURES, *(MONEY if extent == Extent.WHOLE else ()), "stale"]
    return pd.DataFrame(rows, columns=columns)


def _read_plan(desk: Desk, scenario: str) -> dict[str, Any]:
    """Return the figures of a plan."""
    path = desk.folder / PLAN_FOLDER / scenario / PLAN_NAME
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {"author": "", **told, **told["spent"]}


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
def ask_workbook(
    principal: Principal, desk: Desk, operator: Operator, scenario: str = ScenarioName.BASELINE
) -> bytes:
    """Return an operator's workbook of a plan; empty where it has nothing to build.

    Raises
    ------
    NotAllowed
        If it is another operator's, or the role does not see what plans cost.
    """
    own = Operator if principal.operator is None else {principal.operator}
    check_own(principal, desk, "ask_workbook", {operator}, own, subject=f"workbook {operator}")
    name = ScenarioName.of(scenario)
    path: Path = desk.folder / PLAN_FOLDER / name / f"{operator.lower()}.xlsx"
    return path.read_bytes() if path.exists() else b""
