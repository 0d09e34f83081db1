"""Questions about the findings: summary, indicators, hamlets, gaps and networks."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from phusong.access.authorisation import authorise
from phusong.access.desk import Desk
from phusong.access.networks import NETWORK_TABLES, read_network
from phusong.access.own_places import cut_to_own
from phusong.access.permissions import Extent, find_extent
from phusong.access.principals import Principal
from phusong.pipeline.run_history import RunHistory, read_history
from phusong.store import has_table, read_table
from phusong.vocabulary.schema import empty_table
from phusong.vocabulary.tables import TABLES

#: What `gaps` says of pupils; counts leave through `ask_counts` alone.
PUPIL_COLUMNS = ("pupils", "pupils_without_device", "pupils_eligible")
_NAMES = ["hamlet_id", "kind", "name", "commune_code", "population", "location_quality"]


@authorise
def ask_summary(principal: Principal, desk: Desk) -> dict[str, Any]:
    """Return the summary, which is made to be published.

    Raises
    ------
    NotAllowed
        If the role sees none of it; so do all questions of this room.
    """
    told: dict[str, Any] = json.loads((desk.folder / "summary.json").read_text(encoding="utf-8"))
    return told


@authorise
def ask_indicators(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return table `indicators`; to a commune its own and the province's."""
    told = _read(desk.folder, desk.stamp, "indicators")
    return cut_to_own(principal, desk, "ask_indicators", told).copy()


@authorise
def ask_history(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the indicators of the last run of each day of data, oldest day first."""
    history = read_runs(desk.folder, desk.stamp)
    last = history.runs.drop_duplicates("as_of", keep="last")["run"]
    figures = history.figures[history.figures["run"].isin(last)]
    figures = cut_to_own(principal, desk, "ask_history", figures)
    return figures.sort_values("as_of", kind="stable", ignore_index=True)


@authorise
def ask_gaps(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return table `gaps` without its counts of pupils, with the hamlets' names, worst class first."""
    names = _read(desk.folder, desk.stamp, "hamlets")[_NAMES]
    gaps = _read(desk.folder, desk.stamp, "gaps").drop(columns=list(PUPIL_COLUMNS))
    joined = pd.DataFrame(names).merge(gaps, on="hamlet_id")
    joined = cut_to_own(principal, desk, "ask_gaps", joined)
    return joined.sort_values(["class", "hamlet_id"], ascending=[False, True], ignore_index=True)


@authorise
def ask_places(principal: Principal, desk: Desk, table: str) -> pd.DataFrame:
    """Return `communes` or `hamlets`, with their outlines, or `hamlet_lineage`.

    Parameters
    ----------
    principal, desk : who asks, and where.
    table : which of the three.
    """
    if table not in ("communes", "hamlets", "hamlet_lineage"):
        raise ValueError(f"“{table}” is no table of places")
    if not has_table(desk.folder, table):  # results from before hamlets were followed
        return empty_table(TABLES[table])
    return cut_to_own(principal, desk, "ask_places", _read(desk.folder, desk.stamp, table)).copy()


@authorise
def ask_network(principal: Principal, desk: Desk, table: str) -> pd.DataFrame:
    """Return a table of networks; an operator sees its own network, and what any network does.

    A commune sees what is known of its own hamlets, and nobody's masts or lines.

    Parameters
    ----------
    principal, desk : who asks, and where.
    table : one of `NETWORK_TABLES`.
    """
    extent = find_extent(principal.role, "ask_network")
    if table not in NETWORK_TABLES:
        raise ValueError(f"“{table}” is no table of networks")
    own = principal.operator if extent == Extent.OWN else None
    told = read_network(desk.folder, desk.stamp, table, own)
    return cut_to_own(principal, desk, "ask_network", told).copy()


@lru_cache(maxsize=2)
def read_runs(folder: Path, stamp: str) -> RunHistory:
    """Return the history of the runs; `stamp` makes the cache forget when the results change.

    Parameters
    ----------
    folder, stamp : the results, and what changes with them.
    """
    return read_history(folder)


@lru_cache(maxsize=16)
def _read(folder: Path, stamp: str, table: str) -> pd.DataFrame:
    """Return a table; `stamp` makes the cache forget when the results change."""
    return read_table(folder, table)
