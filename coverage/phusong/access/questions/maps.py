"""The question of the map: the page that was published, or one drawn for what a role may see."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from phusong.access.desk import Desk, admit
from phusong.access.permissions import Data, Extent, find_extent
from phusong.access.principals import Principal
from phusong.access.questions.findings import NETWORK_TABLES, read_network
from phusong.pipeline.publication import MAP_NAME, draw_province
from phusong.pipeline.rollout import PLAN_FOLDER
from phusong.store import read_table
from phusong.vocabulary.terms import Operator


def ask_map_page(principal: Principal, desk: Desk) -> str:
    """Return the map of the province as one page.

    Planners see the plan on it, with operators and sums. Others see what is, without the plan; an operator
    sees its own network on it and whether any network serves a place.

    Raises
    ------
    NotAllowed
        If the role sees no coverage.
    """
    admit(principal, desk, Data.COVERAGE)
    networks, plan = (find_extent(principal.role, d) for d in (Data.NETWORKS, Data.ROLLOUT))
    planned = (desk.folder / PLAN_FOLDER).exists()
    if networks == Extent.WHOLE and (plan == Extent.WHOLE or not planned):
        return _read_page(desk.folder, desk.stamp)
    own = principal.operator if networks == Extent.OWN else None
    return _draw_page(desk.folder, desk.stamp, own)


@lru_cache(maxsize=2)
def _read_page(folder: Path, stamp: str) -> str:  # noqa: ARG001
    """Return the page that was published."""
    return (folder / MAP_NAME).read_text(encoding="utf-8")


@lru_cache(maxsize=8)
def _draw_page(folder: Path, stamp: str, own: Operator | None) -> str:
    """Return the page without a plan, and with one operator's network alone where one is given."""
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))

    def _read(table: str) -> Any:
        if table in NETWORK_TABLES:
            return read_network(folder, stamp, table, own)
        return read_table(folder, table)

    return draw_province(_read, summary)
