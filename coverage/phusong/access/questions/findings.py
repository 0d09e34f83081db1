"""Questions about the findings: summary, indicators, hamlets, gaps and networks."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from phusong.access.desk import Desk, admit
from phusong.access.permissions import Data, Extent
from phusong.access.principals import Principal
from phusong.access.questions.networks import keep_own_network
from phusong.pipeline.run_history import RunHistory, read_history
from phusong.store import read_table
from phusong.vocabulary.terms import Operator

#: What `gaps` says of pupils; counts leave through `ask_counts` alone.
PUPIL_COLUMNS = ("pupils", "pupils_without_device", "pupils_eligible")
#: Tables that tell of operators' networks.
NETWORK_TABLES = (
    "reach",
    "sites",
    "signal",
    "accepted_fibre_nodes",
    "accepted_fibre_routes",
)
_NAMES = ["hamlet_id", "kind", "name", "commune_code", "population", "location_quality"]


def ask_summary(principal: Principal, desk: Desk) -> dict[str, Any]:
    """Return the summary, which is made to be published.

    Raises
    ------
    NotAllowed
        If the role sees none of it; so do all questions of this room.
    """
    admit(principal, desk, Data.SUMMARY)
    told: dict[str, Any] = json.loads((desk.folder / "summary.json").read_text(encoding="utf-8"))
    return told


def ask_indicators(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return table `indicators`."""
    admit(principal, desk, Data.INDICATORS)
    return _read(desk.folder, desk.stamp, "indicators").copy()


def ask_history(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the indicators of the last run of each day of data, oldest day first."""
    admit(principal, desk, Data.INDICATORS)
    history = read_runs(desk.folder, desk.stamp)
    last = history.runs.drop_duplicates("as_of", keep="last")["run"]
    figures = history.figures[history.figures["run"].isin(last)]
    return figures.sort_values("as_of", kind="stable", ignore_index=True)


def ask_gaps(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return table `gaps` without its counts of pupils, with the hamlets' names, worst class first."""
    admit(principal, desk, Data.COVERAGE)
    names = _read(desk.folder, desk.stamp, "hamlets")[_NAMES]
    gaps = _read(desk.folder, desk.stamp, "gaps").drop(columns=list(PUPIL_COLUMNS))
    joined = pd.DataFrame(names).merge(gaps, on="hamlet_id")
    return joined.sort_values(["class", "hamlet_id"], ascending=[False, True], ignore_index=True)


def ask_places(principal: Principal, desk: Desk, table: str) -> pd.DataFrame:
    """Return `communes` or `hamlets`, with their outlines.

    Parameters
    ----------
    principal, desk : who asks, and where.
    table : which of the two.
    """
    admit(principal, desk, Data.COVERAGE)
    if table not in ("communes", "hamlets"):
        raise ValueError(f"“{table}” is no table of places")
    return _read(desk.folder, desk.stamp, table).copy()


def ask_network(principal: Principal, desk: Desk, table: str) -> pd.DataFrame:
    """Return a table of networks; an operator sees its own network, and what any network does.

    Parameters
    ----------
    principal, desk : who asks, and where.
    table : one of `NETWORK_TABLES`.
    """
    extent = admit(principal, desk, Data.NETWORKS)
    if table not in NETWORK_TABLES:
        raise ValueError(f"“{table}” is no table of networks")
    own = principal.operator if extent == Extent.OWN else None
    return read_network(desk.folder, desk.stamp, table, own).copy()


@lru_cache(maxsize=32)
def read_network(folder: Path, stamp: str, table: str, own: Operator | None) -> pd.DataFrame:
    """Return a table of networks, cut down to one operator where one is given.

    Parameters
    ----------
    folder, stamp : the results, and what changes with them.
    table : one of `NETWORK_TABLES`.
    own : the operator who looks; None: whoever may see all.
    """
    frame = _read(folder, stamp, table)
    if own is None:
        return frame
    return keep_own_network(table, frame, _read(folder, stamp, "carriers"), operator=own)


@lru_cache(maxsize=2)
def read_runs(folder: Path, stamp: str) -> RunHistory:  # noqa: ARG001
    """Return the history of the runs; `stamp` makes the cache forget when the results change.

    Parameters
    ----------
    folder, stamp : the results, and what changes with them.
    """
    return read_history(folder)


@lru_cache(maxsize=16)
def _read(folder: Path, stamp: str, table: str) -> pd.DataFrame:  # noqa: ARG001
    """Return a table; `stamp` makes the cache forget when the results change."""
    return read_table(folder, table)
