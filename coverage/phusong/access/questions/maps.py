"""The questions of the map: the page that was published, or what a map is drawn from, for a role."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from phusong.access.authorisation import authorise
from phusong.access.desk import Desk
from phusong.access.networks import NETWORK_TABLES, read_network
from phusong.access.own_places import cut_to_communes, find_own_communes
from phusong.access.permissions import Extent, find_extent
from phusong.access.principals import Principal
from phusong.access.questions.counts import ask_counts
from phusong.access.questions.plans import ask_plan
from phusong.pipeline.kept_plans import find_shown, is_kept, read_plan
from phusong.pipeline.plan_shelf import list_plans
from phusong.pipeline.publication import MAP_NAME, draw_province, gather_tables
from phusong.pipeline.settings import read_settings
from phusong.places.registers import Register
from phusong.store import read_table
from phusong.views.map_data import Telling, tell_map
from phusong.vocabulary.terms import Operator


@authorise
def ask_map_page(principal: Principal, desk: Desk) -> str:
    """Return the map of the province as one page.

    It tells of pupils what anybody may see, by commune. Planners see the plan on it, with operators and sums.
    Others see what is, without the plan; an operator
    sees its own network on it and whether any network serves a place, a commune its own hamlets.

    Raises
    ------
    NotAllowed
        If the role sees no coverage.
    """
    networks, plan = (find_extent(principal.role, d) for d in ("ask_network", "ask_plan"))
    planned = bool(find_shown(desk.folder))
    if networks == Extent.WHOLE and (plan == Extent.WHOLE or not planned):
        return _read_page(desk.folder, desk.stamp)
    return _draw_page(desk.folder, desk.stamp, _find_sight(principal))


@authorise
def ask_map(principal: Principal, desk: Desk, plan: str = "", language: str = "vi") -> Telling:
    """Return what a map is drawn from: findings, networks, and as much of pupils and plan as the role sees.

    Parameters
    ----------
    principal, desk : who asks, and where.
    plan : name of a kept plan, empty for the one that is shown; where it is not kept the map shows none.
    language : ``vi`` or ``en``.

    Raises
    ------
    NotAllowed
        If the role sees no coverage.
    """
    read, summary = _reader(desk.folder, desk.stamp, _find_sight(principal)), _read_summary(desk)
    drawn = _ask_plan(principal, desk, plan or find_shown(desk.folder))
    register = _open_register(desk.folder, desk.stamp)
    counted = find_extent(principal.role, "ask_counts") != Extent.NONE
    counts = ask_counts(principal, desk) if counted else read("pupil_counts_public").iloc[:0]
    tables = gather_tables(read, summary, counts, register=register)
    return tell_map(tables, summary, plan=drawn, language=language)


def _ask_plan(principal: Principal, desk: Desk, name: str) -> dict[str, Any] | None:
    """Return a plan's tables as the role sees them, and what is told of it; None: no plan, or not for it."""
    extent = find_extent(principal.role, "ask_plan")
    if extent == Extent.NONE or not is_kept(desk.folder, name):
        return None
    plan: dict[str, Any] = {
        table: ask_plan(principal, desk, table, name)
        for table in ("rollout", "trenches", "antennas")
    }
    told = {**read_plan(desk.folder, name), "outdated": list_plans(desk.folder)[name]}
    if extent != Extent.WHOLE:
        rows = plan["rollout"]
        own = {
            "hamlets": len(rows),
            "hamlets_reached": int(rows["wave"].notna().sum()),
            "part": extent == Extent.OWN,
        }
        told = {n: told[n] for n in ("name", "scenario", "waves", "as_of", "outdated")} | own
    return {**plan, "told": told}


class Sight(NamedTuple):
    """Say to what a map is cut down: one operator's network, or some communes; None: it is not."""

    operator: Operator | None
    communes: frozenset[str] | None


def _find_sight(principal: Principal) -> Sight:
    """Return to what the map of somebody is cut down."""
    own = find_extent(principal.role, "ask_network") == Extent.OWN
    return Sight(principal.operator if own else None, find_own_communes(principal, "ask_map"))


def _read_summary(desk: Desk) -> dict[str, Any]:
    """Return the summary that was published."""
    told: dict[str, Any] = json.loads((desk.folder / "summary.json").read_text(encoding="utf-8"))
    return told


@lru_cache(maxsize=2)
def _read_page(folder: Path, stamp: str) -> str:
    """Return the page that was published."""
    return (folder / MAP_NAME).read_text(encoding="utf-8")


@lru_cache(maxsize=8)
def _draw_page(folder: Path, stamp: str, sight: Sight) -> str:
    """Return the page without a plan, cut down to what is in sight."""
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    register = _open_register(folder, stamp)
    return draw_province(_reader(folder, stamp, sight), summary, register=register)


@lru_cache(maxsize=2)
def _open_register(folder: Path, stamp: str) -> Register:
    """Return the register of a run."""
    return read_settings(folder)[1].province.unit_register


def _reader(folder: Path, stamp: str, sight: Sight) -> Any:
    """Return what reads a table of the map, cut down to what is in sight."""

    def _read(table: str) -> Any:
        networks = table in NETWORK_TABLES
        frame = (
            read_network(folder, stamp, table, sight.operator)
            if networks
            else read_table(folder, table)
        )
        if sight.communes is None:
            return frame
        return cut_to_communes(folder, stamp, frame, sight.communes)

    return _read
