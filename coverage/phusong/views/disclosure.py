"""The door through which counts of pupils leave: no small group can be read off or worked out.

A count of 1…k−1 is hidden. Whatever would let it be worked out is hidden too, for counts hang together by
sums, and a sum with one hidden part gives it away. The sums are

- province = districts + unplaced outcomes = communes + unplaced outcomes = schools; district = communes;
  commune = hamlets + its unplaced;
- level `all` = the levels; eligible = the tiers; without a device ≥ poor + near-poor + other hardship;
- a commune of a later edition = the communes it was made of; hamlets, schools and the province are the
  same in every edition.

Three rules are repeated until nothing changes. A sum has no hidden count, or at least two. Followed from
sum to sum, the least and the most that a small count can be lie k−1 or more apart. And no combination of
any sums determines a small count: a random vector of the null space of all sums is zero exactly at the
hidden counts that the shown ones determine (the null vector comes from LSQR, Paige and Saunders, ACM
Transactions on Mathematical Software 8(1), 1982).

A count hidden for its neighbour's sake looks like a small one. To tell them apart would let the sums be
solved after all, so no label says “below k”.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import lsqr

from phusong.gaps.pupils.measures import MEASURES
from phusong.views.disclosure_sums import Cells, tie_cells

#: Below this a coordinate of the null vector counts as zero; LSQR is asked for far more.
STILL = 1e-5
PRECISION = 1e-10


def suppress_counts(
    counts: pd.DataFrame,
    hamlets: pd.DataFrame,
    *,
    k: int,
    base: int = 1,
    hide_zero: bool = False,
) -> pd.DataFrame:
    """Return the counts with everything hidden that would tell of fewer than k pupils.

    Parameters
    ----------
    counts : table `pupil_counts`, or rows of it; what is published together must be passed together.
    hamlets : result table, which says what commune a hamlet belongs to.
    k : the smallest count shown [pupils].
    base : counts shown are rounded to its multiples, halves upwards; 1 rounds nothing.
    hide_zero : whether 0 is hidden as well.

    Returns
    -------
    The same rows; a hidden count is empty, and `hidden` lists the names of those of the row, by `|`.
    Schools are no persons and are never hidden.
    """
    table = counts.reset_index(drop=True)
    if table.empty:
        return _write_table(table, np.zeros((0, len(MEASURES)), dtype=bool), base=base)
    cells = tie_cells(table, hamlets)
    hidden = hide_cells(cells, k=k, hide_zero=hide_zero)
    return _write_table(table, hidden.reshape(-1, len(MEASURES))[cells.row], base=base)


def hide_cells(cells: Cells, *, k: int, hide_zero: bool) -> np.ndarray:
    """Return which counts must be hidden so that none under k can be told, alone or from the sums.

    Parameters
    ----------
    cells : counts and sums.
    k : the smallest count shown.
    hide_zero : whether 0 is hidden as well.
    """
    small = find_small(cells.value, k=k, hide_zero=hide_zero)
    hidden = close_sums(cells, small, k=k, hide_zero=hide_zero)
    asked = small
    while True:
        wider = _widen_bounds(cells, hidden, small, k=k, hide_zero=hide_zero)
        if not wider.size:
            # Hiding more frees counts and never fixes one, so only those still fixed are asked again.
            told = find_determined(cells, hidden, asked)
            asked = told & small
            wider = _widen_told(cells, hidden, asked, told)
        if not wider.size:
            break
        hidden[wider] = True
        hidden = close_sums(cells, hidden, k=k, hide_zero=hide_zero)
    return hidden


def find_small(value: np.ndarray, *, k: int, hide_zero: bool) -> np.ndarray:
    """Return which counts tell of fewer than k pupils.

    Parameters
    ----------
    value : counts [pupils].
    k : the smallest count shown.
    hide_zero : whether 0 is one of them.
    """
    return (value < k) & ((value > 0) | hide_zero)


def close_sums(cells: Cells, hidden: np.ndarray, *, k: int, hide_zero: bool) -> np.ndarray:
    """Return what must be hidden so that no single sum gives a hidden count away.

    Parameters
    ----------
    cells : counts and sums.
    hidden : what is hidden so far.
    k : the smallest count shown.
    hide_zero : whether a hidden count may be 0.
    """
    closed = hidden.copy()
    while True:
        weak = find_weak(cells, closed, k=k, hide_zero=hide_zero)
        chosen = _choose_next(cells, weak, closed)
        if not chosen.size:
            return closed
        closed[chosen] = True


def find_weak(cells: Cells, hidden: np.ndarray, *, k: int, hide_zero: bool) -> np.ndarray:
    """Return the sums that give a hidden count away, or leave it less room than k−1.

    Parameters
    ----------
    cells, hidden, k, hide_zero : as `close_sums` takes them.
    """
    parts, totals = cells.parts, cells.totals
    number, covered = parts @ hidden, (totals @ hidden) > 0
    alone = (number + covered == 1) & ~cells.slack
    held = totals @ cells.value - parts @ (cells.value * ~hidden)
    least = 0 if hide_zero else number
    tight = ~covered & (number > 0) & (held - least < k - 1)
    return alone | tight


def _choose_next(cells: Cells, weak: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    """Return one count to hide for each weak sum: the smallest part of the smallest unit, else the total."""
    lines = cells.sums[weak].tocoo()
    row, cell, sign = lines.coords[0], lines.coords[1], lines.data
    usable = ~hidden[cell] & (cells.value[cell] > 0)
    order = np.lexsort((cells.value[cell], -sign, cells.rank[cell], row))
    order = order[usable[order]]
    first = np.unique(row[order], return_index=True)[1]
    return np.unique(cell[order[first]])


def _widen_bounds(
    cells: Cells, hidden: np.ndarray, small: np.ndarray, *, k: int, hide_zero: bool
) -> np.ndarray:
    """Return one more count to hide in each sum that holds a small count within fewer than k values.

    A count of k or more, once hidden, gives k−1 or more of room to every other part of its sum.
    """
    low, high = bound_cells(cells, hidden, hide_zero=hide_zero)
    narrow = small & hidden & (high - low < k - 1)
    if not narrow.any():
        return np.array([], dtype=np.int64)
    binding = _find_binding(cells, low, high, narrow)
    chosen = _choose_next(cells, binding, hidden)
    return chosen if chosen.size else _widen_one(cells, hidden, narrow)


def _find_binding(
    cells: Cells, low: np.ndarray, high: np.ndarray, narrow: np.ndarray
) -> np.ndarray:
    """Return the sums that keep a narrow part from being more."""
    parts, totals = cells.parts, cells.totals
    spare = totals @ high - parts @ low
    lines = parts.tocoo()
    row, cell = lines.coords
    held = narrow[cell] & (spare[row] + low[cell] <= high[cell])
    return np.bincount(row[held], minlength=cells.sums.shape[0]) > 0


def bound_cells(
    cells: Cells, hidden: np.ndarray, *, hide_zero: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Return the least and the most that each count can be, as far as the sums tell one after another.

    A part is at most its total less the least of the other parts; a total is at least the least of its
    parts; where all parts are published, the same holds the other way round. Each bound sharpens others,
    until none does.

    Parameters
    ----------
    cells, hidden, hide_zero : as `close_sums` takes them.
    """
    touched = (cells.parts + cells.totals) @ hidden > 0
    lines = cells.sums[touched].tocoo()
    row, cell, sign = lines.coords[0], lines.coords[1], lines.data
    exact = ~cells.slack[touched]
    most = 2 * int(cells.value.sum()) + 1
    low = np.where(hidden, 0 if hide_zero else 1, cells.value)
    high = np.where(hidden, most, cells.value)
    while True:
        before = low.sum() - high.sum()
        _sharpen(low, high, row, cell, sign, exact)
        if low.sum() - high.sum() == before:
            return low, high


def _sharpen(
    low: np.ndarray,
    high: np.ndarray,
    row: np.ndarray,
    cell: np.ndarray,
    sign: np.ndarray,
    exact: np.ndarray,
) -> None:
    """Draw the bounds together once, in place, by every sum."""
    part, total = sign > 0, sign < 0
    rows = len(exact)
    top = np.zeros(rows, dtype=np.int64)
    top[row[total]] = cell[total]
    least = np.bincount(row[part], low[cell[part]], rows).astype(np.int64)
    np.maximum.at(low, top, least)
    inner, line = cell[part], row[part]
    np.minimum.at(high, inner, high[top[line]] - least[line] + low[inner])
    full = exact[line]
    most = np.bincount(line, high[inner], rows).astype(np.int64)
    np.minimum.at(high, top[exact], most[exact])
    np.maximum.at(low, inner[full], (low[top[line]] - most[line] + high[inner])[full])


def find_determined(cells: Cells, hidden: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Return which hidden counts follow from the shown ones by some combination of sums.

    Parameters
    ----------
    cells : counts and sums.
    hidden : what is hidden.
    asked : hidden counts; only what hangs together with them is looked at.
    """
    told = np.zeros(len(hidden), dtype=bool)
    place, lines = _find_neighbours(cells, hidden, asked)
    if not place.size:
        return told
    loose = sparse.eye_array(len(lines), format="csc")[:, np.flatnonzero(cells.slack[lines])]
    system = sparse.hstack([cells.sums[lines][:, place].astype(float), loose], format="csr")
    start = np.random.default_rng(0).standard_normal(system.shape[1])
    most = 10 * len(start)
    solved = lsqr(system.T.tocsr(), start, atol=PRECISION, btol=PRECISION, iter_lim=most)[0]
    null = start - system.T @ solved
    told[place] = np.abs(null[: len(place)]) < STILL
    return told


def _find_neighbours(
    cells: Cells, hidden: np.ndarray, asked: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the hidden counts that sums tie to those asked for, and these sums."""
    place = np.flatnonzero(hidden)
    net = np.abs(cells.sums[:, place])
    both = sparse.block_array([[None, net], [net.T, None]], format="csr")
    island = connected_components(both, directed=False)[1]
    sums, spots = island[: net.shape[0]], island[net.shape[0] :]
    wanted = np.unique(spots[asked[place]])
    return place[np.isin(spots, wanted)], np.flatnonzero(np.isin(sums, wanted))


def _widen_told(
    cells: Cells, hidden: np.ndarray, asked: np.ndarray, told: np.ndarray
) -> np.ndarray:
    """Return what more to hide around the counts asked for; where nothing is left, around all that follow."""
    if not asked.any():
        return np.array([], dtype=np.int64)
    wider = _widen_one(cells, hidden, asked)
    return wider if wider.size else _widen_one(cells, hidden, told)


def _widen_one(cells: Cells, hidden: np.ndarray, told: np.ndarray) -> np.ndarray:
    """Return, for each count worked out, the smallest shown part of the smallest unit; else a total."""
    lines = cells.sums[:, np.flatnonzero(told)].tocoo()
    around = cells.sums[lines.coords[0]].tocoo()
    owner = lines.coords[1][around.coords[0]]
    cell, sign = around.coords[1], around.data
    order = np.lexsort((cells.value[cell], -sign, cells.rank[cell], owner))
    order = order[(~hidden[cell] & (cells.value[cell] > 0))[order]]
    first = np.unique(owner[order], return_index=True)[1]
    return np.unique(cell[order[first]])


def _write_table(table: pd.DataFrame, mask: np.ndarray, *, base: int) -> pd.DataFrame:
    """Return the table with hidden counts empty and the others rounded."""
    value = table[list(MEASURES)].to_numpy(dtype=np.int64)
    rounded = (value + base // 2) // base * base if base > 1 else value
    shown = {name: pd.array(rounded[:, n], dtype="Int64") for n, name in enumerate(MEASURES)}
    for n, name in enumerate(MEASURES):
        shown[name][mask[:, n]] = pd.NA
    names = np.array(MEASURES)
    listed = ["|".join(names[line]) for line in mask]
    return table.assign(**shown, hidden=pd.Series(listed, dtype="str"))
