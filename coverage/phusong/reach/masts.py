"""Masts and carriers as compiled code takes them, and who of them is in range of a point."""

from __future__ import annotations

import math
from typing import NamedTuple

import numba
import numpy as np

from phusong.reach.terrain import Terrain, elevation_at

#: Bins of the mast index along one maximum range.
BINS_A_RANGE = 2


class Masts(NamedTuple):
    """Hold masts [m], their carriers' first row [m + 1], and an index of bins over the plane."""

    x: np.ndarray
    y: np.ndarray
    height: np.ndarray
    ground: np.ndarray
    first: np.ndarray
    bin_first: np.ndarray
    bin_mast: np.ndarray
    bins: np.ndarray
    west: float
    south: float
    side: float


class Carriers(NamedTuple):
    """Hold carriers [c], ordered by mast and frequency; `row` is the caller's."""

    row: np.ndarray
    layer: np.ndarray
    frequency: np.ndarray
    eirp: np.ndarray
    azimuth: np.ndarray


def order_carriers(
    mast_index: np.ndarray,
    layer: np.ndarray,
    frequency_mhz: np.ndarray,
    eirp_dbm: np.ndarray,
    azimuth_deg: np.ndarray,
) -> Carriers:
    """Return the carriers by mast and frequency, so that sectors share one path loss.

    Parameters
    ----------
    mast_index, layer, frequency_mhz, eirp_dbm, azimuth_deg : of every carrier [c]; those of a layer
        below 0 are left out.

    Raises
    ------
    ValueError
        If the arrays do not have one entry a carrier, or a number is not finite or not positive.
    """
    mast, frequency = np.asarray(mast_index), np.asarray(frequency_mhz, dtype=float)
    columns = (mast, np.asarray(layer), frequency, np.asarray(eirp_dbm), np.asarray(azimuth_deg))
    if len({column.shape for column in columns}) != 1 or mast.ndim != 1:
        raise ValueError("mast, layer, frequency, EIRP and azimuth need one entry a carrier")
    rows = np.lexsort((np.arange(len(mast)), frequency, mast))
    rows = rows[columns[1][rows] >= 0]
    eirp, frequency = columns[3].astype(float), columns[2]
    if not (np.isfinite(eirp[rows]).all() and (frequency[rows] > 0).all()):
        raise ValueError("every carrier needs a finite EIRP and a positive frequency")
    return Carriers(
        rows.astype(np.int64),
        columns[1][rows].astype(np.int64),
        frequency[rows],
        eirp[rows],
        columns[4][rows].astype(float),
    )


def raise_masts(
    terrain: Terrain | None,
    masts_xy: np.ndarray,
    mast_heights_m: np.ndarray,
    mast_of: np.ndarray,
    range_m: float,
) -> Masts:
    """Return the masts with their ground, their carriers and an index of bins.

    Parameters
    ----------
    terrain : the grid, or None.
    masts_xy, mast_heights_m : positions [m, 2] and heights above ground [m] [m].
    mast_of : mast of every carrier, in the order of `order_carriers`.
    range_m : the longest range that will be asked for [m].

    Raises
    ------
    ValueError
        If a mast has no finite position or height, a carrier has no mast, or the range is not positive.
    """
    x, y = np.asarray(masts_xy, dtype=float).reshape(-1, 2).T.copy()
    height = np.asarray(mast_heights_m, dtype=float)
    if height.shape != x.shape or not np.isfinite([x, y, height]).all():
        raise ValueError("every mast needs a finite position and height")
    if not (math.isfinite(range_m) and range_m > 0):
        raise ValueError(f"the maximum range must be positive, not {range_m} m")
    if len(mast_of) and not (mast_of.min() >= 0 and mast_of.max() < len(x)):
        raise ValueError("a carrier stands on a mast that is not in the list")
    ground = np.full(len(x), np.nan) if terrain is None else elevation_at(terrain, x, y)
    first = np.searchsorted(mast_of, np.arange(len(x) + 1))
    bins = _lay_bins(x, y, range_m)
    return Masts(x, y, height, ground, first, *bins)


def _lay_bins(
    x: np.ndarray, y: np.ndarray, range_m: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, float, float, float]:
    """Return the bins over the plane: their first entry, entries, rows and columns, corner, side."""
    west, south = (float(x.min()), float(y.min())) if len(x) else (0.0, 0.0)
    widest = max(np.ptp(x), np.ptp(y)) if len(x) else 0.0
    # Bins far smaller than the masts are apart would cost memory and gain nothing.
    side = max(range_m / BINS_A_RANGE, widest / 1000.0)
    column = ((x - west) // side).astype(np.int64)
    row = ((y - south) // side).astype(np.int64)
    shape = (row.max(initial=0) + 1, column.max(initial=0) + 1)
    bin_of = row * shape[1] + column
    order = np.argsort(bin_of, kind="stable")
    bin_first = np.searchsorted(bin_of[order], np.arange(shape[0] * shape[1] + 1))
    bins = np.array(shape, dtype=np.int64)
    return bin_first, order, bins, west, south, float(side)


@numba.njit(cache=True)
def find_masts(
    x: float, y: float, range_m: float, masts: Masts, found: np.ndarray, length_m: np.ndarray
) -> int:
    """Write the masts in range of a point, and how far they are; return how many.

    Parameters
    ----------
    x, y : the point [m]; nothing is in range of a position that is not finite.
    range_m : the range [m], not above that of the index.
    masts : from `raise_masts`.
    found, length_m : filled from the start, long enough for all masts.
    """
    near = 0
    if not (math.isfinite(x) and math.isfinite(y)):
        return near
    rows, columns = masts.bins[0], masts.bins[1]
    top = min(math.floor((y + range_m - masts.south) / masts.side), rows - 1)
    right = min(math.floor((x + range_m - masts.west) / masts.side), columns - 1)
    left = max(math.floor((x - range_m - masts.west) / masts.side), 0)
    for row in range(max(math.floor((y - range_m - masts.south) / masts.side), 0), top + 1):
        for column in range(left, right + 1):
            place = row * columns + column
            for k in range(masts.bin_first[place], masts.bin_first[place + 1]):
                mast = masts.bin_mast[k]
                length = math.hypot(masts.x[mast] - x, masts.y[mast] - y)
                if length <= range_m:
                    found[near], length_m[near] = mast, length
                    near += 1
    return near
