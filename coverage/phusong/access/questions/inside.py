"""Counts for offices: more of them than the public sees, and together with the public ones still safe.

Offices see with a smaller k. Were their table hidden on its own, it might hide other counts than the public
one for a neighbour's sake, and whoever holds both could work out a small count. So what offices do not see
is chosen among what the public does not see: the small counts first, then as many of the others around them
as the three rules of `views.disclosure` ask for.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from phusong.gaps.pupils.measures import MEASURES
from phusong.views.disclosure import bound_cells, find_determined, find_small, find_weak
from phusong.views.disclosure_sums import Cells, tie_cells


def show_inside(
    counts: pd.DataFrame, public: pd.DataFrame, hamlets: pd.DataFrame, *, k: int
) -> pd.DataFrame:
    """Return counts for an office: hidden is what tells of fewer than k pupils, and what would give it away.

    Parameters
    ----------
    counts : table `pupil_counts`.
    public : table `pupil_counts_public`; its rows are those returned.
    hamlets : result table.
    k : the smallest count shown inside [pupils], not more than outside.
    """
    key = ["unit", "unit_code", "edition", "level"]
    table = public[key].merge(counts, on=key, how="left", validate="one_to_one")
    if table.empty:
        return public
    cells = tie_cells(table, hamlets)
    closed = _find_closed(cells, public)
    hidden = _grow(cells, closed, k=k).reshape(-1, len(MEASURES))[cells.row]
    shown = {}
    for n, name in enumerate(MEASURES):
        shown[name] = table[name].astype("Int64").mask(hidden[:, n])
    names = np.array(MEASURES)
    listed = ["|".join(names[line]) for line in hidden]
    return table.assign(**shown, hidden=pd.Series(listed, dtype="str"))[list(public.columns)]


def _find_closed(cells: Cells, public: pd.DataFrame) -> np.ndarray:
    """Return which counts the public does not see."""
    empty = public[list(MEASURES)].isna().to_numpy()
    closed = np.zeros((len(cells.value) // len(MEASURES), len(MEASURES)), dtype=bool)
    np.logical_or.at(closed, cells.row, empty)
    return closed.ravel()


def _grow(cells: Cells, closed: np.ndarray, *, k: int) -> np.ndarray:
    """Return the small counts and, among what is closed to the public, what must be hidden with them."""
    small = find_small(cells.value, k=k, hide_zero=True) & closed
    hidden = small.copy()
    while True:
        weak = find_weak(cells, hidden, k=k, hide_zero=True)
        around = weak | _touch(cells, _find_told(cells, hidden, small, k=k))
        wider = (np.abs(cells.sums[np.flatnonzero(around)]).sum(axis=0) > 0) & closed & ~hidden
        if not wider.any():
            return closed if around.any() else hidden
        hidden |= wider


def _find_told(cells: Cells, hidden: np.ndarray, small: np.ndarray, *, k: int) -> np.ndarray:
    """Return the small counts that have too little room, or that follow from what is shown."""
    low, high = bound_cells(cells, hidden, hide_zero=True)
    narrow = small & (high - low < k - 1)
    return narrow | (find_determined(cells, hidden, small) & small)


def _touch(cells: Cells, told: np.ndarray) -> np.ndarray:
    """Return the sums in which a count stands."""
    touching: np.ndarray = (abs(sparse.csr_array(cells.sums)) @ told.astype(np.int64)) > 0
    return touching
