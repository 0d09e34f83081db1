"""Cut what tells of networks down to one operator: its own, and whether any network serves a place."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pandas as pd

from phusong.store import read_table
from phusong.vocabulary.terms import Operator

#: Tables that tell of operators' networks.
NETWORK_TABLES = (
    "reach",
    "sites",
    "signal",
    "residential_signal",
    "measurements",
    "accepted_fibre_nodes",
    "accepted_fibre_routes",
)


@lru_cache(maxsize=32)
def read_network(
    folder: Path,
    stamp: str,  # noqa: ARG001
    table: str,
    own: Operator | None,
) -> pd.DataFrame:
    """Return a table of networks, cut down to one operator where one is given.

    Parameters
    ----------
    folder, stamp : the results, and what changes with them.
    table : one of `NETWORK_TABLES`.
    own : the operator who looks; None: whoever may see all.
    """
    frame = read_table(folder, table)
    if own is None:
        return frame
    return keep_own_network(table, frame, read_table(folder, "carriers"), operator=own)


def keep_own_network(
    table: str, frame: pd.DataFrame, carriers: pd.DataFrame, *, operator: Operator
) -> pd.DataFrame:
    """Return the rows of a table that an operator may see, without others' names in them.

    Parameters
    ----------
    table : its name.
    frame : its rows.
    carriers : table `carriers`, which says what the operator itself has on a mast.
    operator : who looks.
    """
    if table in ("signal", "residential_signal"):
        served = frame["operators"].fillna("").str.split("|").map(lambda names: operator in names)
        return frame.assign(operators=pd.Series(str(operator), frame.index).where(served))
    if table == "sites":
        return _keep_masts(frame, carriers[carriers["operator"] == operator])
    return frame[frame["operator"] == operator].reset_index(drop=True)


def _keep_masts(sites: pd.DataFrame, carriers: pd.DataFrame) -> pd.DataFrame:
    """Return the masts that carry an operator's antennas, told by these antennas alone."""
    groups = carriers.groupby("site_id")
    own = pd.DataFrame(
        {
            "height_m": groups["height_m"].max(),
            "operators": groups["operator"].first(),
            "technologies": groups["technology"].agg(lambda names: "|".join(sorted(set(names)))),
            "cells": groups.size(),
        }
    )
    places = sites[["site_id", "lon", "lat"]]
    return places.merge(own.reset_index(), on="site_id")[list(sites.columns)]
