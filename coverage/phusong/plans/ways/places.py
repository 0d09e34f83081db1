"""Who is to be joined: hamlets and live fibre nodes with their places in metres."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from phusong.reach.fibre import usable_nodes
from phusong.vocabulary.metres import WGS84, transform_xy


class Places(NamedTuple):
    """Hold places to be joined, ordered by where they lie.

    Parameters
    ----------
    xy : [n, 2] [m].
    row : of each in the table it came from [n].
    """

    xy: np.ndarray
    row: np.ndarray


def locate_hamlets(hamlets: pd.DataFrame, *, crs: int) -> Places:
    """Return the places of hamlets.

    Parameters
    ----------
    hamlets : hamlet_id with x_m and y_m, or with centre_lon and centre_lat as in table `hamlets`.
    crs : EPSG code of the province's metric system.

    Raises
    ------
    ValueError
        If a hamlet has no place; all such are named.
    """
    if "x_m" in hamlets:
        xy = hamlets[["x_m", "y_m"]].to_numpy(dtype=float)
    else:
        xy = _move(hamlets, "centre_lon", "centre_lat", crs)
    lost = hamlets["hamlet_id"].to_numpy()[~np.isfinite(xy).all(axis=1)]
    if len(lost):
        raise ValueError(
            f"no cable can be led to hamlets without a place: {', '.join(map(str, lost))}"
        )
    return _order(xy, hamlets["hamlet_id"])


def locate_nodes(nodes: pd.DataFrame, *, crs: int) -> tuple[Places, pd.DataFrame]:
    """Return the places of the nodes that can feed a line today, and those nodes.

    Parameters
    ----------
    nodes : accepted_fibre_nodes; live access nodes with a port free or not counted are kept.
    crs : EPSG code of the province's metric system.
    """
    live = usable_nodes(nodes)
    return _order(_move(live, "lon", "lat", crs), live["node_id"]), live


def _move(table: pd.DataFrame, lon: str, lat: str, crs: int) -> np.ndarray:
    """Return the places of a table in metres, NaN where it has none [n, 2]."""
    degrees = table[[lon, lat]].to_numpy(dtype=float)
    xy = np.full(degrees.shape, np.nan)
    known = np.isfinite(degrees).all(axis=1)
    xy[known] = np.column_stack(transform_xy(*degrees[known].T, source=WGS84, target=crs))
    return xy


def _order(xy: np.ndarray, ids: pd.Series) -> Places:
    """Return places from west to east, those in one place by their ids."""
    rank = np.unique(ids.to_numpy(dtype=str), return_inverse=True)[1]
    row = np.lexsort((rank, xy[:, 1], xy[:, 0]))
    return Places(xy[row], row)
