"""Who is served: as many of the first tier as can be, then of the second, and in a tier by rank.

The sets of pupils that the lots can serve together are the independent sets of a transversal matroid, so
one set is best for every prefix of the order at once, whatever decreasing weights stand for it (Rado 1957;
Edmonds 1971). Linear weights do, which a minimum cost flow carries exactly. Pupils of a class differ by
their place alone; the order is first cut into bands, and the one band of each class in which it may change
from served to waiting is cut again, until single pupils are left.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from phusong.plans.devices.exchange import ask_lots, find_exchanges, threaten_classes
from phusong.plans.devices.flows import Arcs, solve_flow
from phusong.plans.devices.problem import Problem


@dataclass(frozen=True, eq=False)
class _Cells:
    """Hold the pupils whose outcome is open, by class and band, in the order of both.

    Parameters
    ----------
    owner, band, count : class, band and pupils of each cell.
    until : pupils of the class in its cells up to this one, itself included.
    bands : number of bands.
    """

    owner: np.ndarray
    band: np.ndarray
    count: np.ndarray
    until: np.ndarray
    bands: int


def choose_served(problem: Problem, *, factor: int, singly: int) -> np.ndarray:
    """Return how many pupils of each class are served, the first in the order [c].

    Parameters
    ----------
    problem : whom to serve with what.
    factor : bands into which an open band is cut in each round.
    singly : pupils few enough to stand for themselves.
    """
    order, begins = problem.index
    hopeful = problem.allowed.any(axis=1) if len(problem.stock) else False
    least = np.zeros(problem.classes, dtype=np.int64)
    most = np.where(hopeful, problem.sizes, 0)
    width = len(order)
    while (least < most).any():
        open_ = int((most - least).sum())
        width = 1 if open_ <= singly else max(1, -(-min(width, open_) // factor))
        cells = _cut_cells(order, begins, least, most, width)
        least, most = _narrow(problem, cells, least, most)
    return least


def _cut_cells(
    order: np.ndarray, begins: np.ndarray, least: np.ndarray, most: np.ndarray, width: int
) -> _Cells:
    """Return the open pupils by class and band of `width` open pupils."""
    inside = np.zeros(len(order) + 1, dtype=np.int64)
    np.add.at(inside, begins[:-1] + least, 1)
    np.add.at(inside, begins[:-1] + most, -1)
    row = np.flatnonzero(np.cumsum(inside[:-1]) > 0)
    place = order[row]
    marked = np.zeros(len(order), dtype=bool)
    marked[place] = True
    band = (np.cumsum(marked)[place] - 1) // width
    owner = np.searchsorted(begins, row, side="right") - 1
    starts = np.flatnonzero(np.diff(owner, prepend=-1) | np.diff(band, prepend=-1))
    count = np.diff(starts, append=len(row))
    owner, band = owner[starts], band[starts]
    total = np.cumsum(count)
    fresh = np.diff(owner, prepend=-1) != 0
    before = (total - count)[fresh]
    until = total - np.repeat(before, np.diff(np.flatnonzero(fresh), append=len(owner)))
    return _Cells(owner, band, count, until, int(band.max()) + 1)


def _narrow(
    problem: Problem, cells: _Cells, least: np.ndarray, most: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return narrower bounds of the pupils served in each class."""
    flow = _serve_cells(problem, cells, most)
    served = flow.sum(axis=1)
    open_ = _find_open(problem, cells, flow, served - least)
    early = cells.band < open_[cells.owner]
    within = cells.band == open_[cells.owner]
    size = problem.classes
    before = np.bincount(cells.owner[early], cells.count[early], minlength=size).astype(np.int64)
    inside = np.bincount(cells.owner[within], cells.count[within], minlength=size).astype(np.int64)
    low = np.where(open_ < 0, served, least + before)
    # a band of one pupil has nothing left to be cut
    alone = cells.bands == cells.count.sum()
    return (served, served) if alone else (low, low + inside)


def _serve_cells(problem: Problem, cells: _Cells, most: np.ndarray) -> np.ndarray:
    """Return devices by class and lot such that whoever waits waits as late in the order as can be."""
    classes, lots = problem.allowed.nonzero()
    size, end = problem.classes, problem.classes + len(problem.stock)
    shelf = np.arange(len(problem.stock))
    takes = Arcs(classes, size + lots, most[classes], np.zeros(len(classes)))
    waits = Arcs(cells.owner, np.full(len(cells.owner), end), cells.count, cells.bands - cells.band)
    leaves = Arcs(size + shelf, np.full(len(shelf), end), problem.stock, np.zeros(len(shelf)))
    supply = np.concatenate([most, np.zeros(len(shelf), dtype=np.int64), [-most.sum()]])
    taken = solve_flow([takes, waits, leaves], supply)[0]
    flow = np.zeros(problem.allowed.shape, dtype=np.int64)
    flow[classes, lots] = taken
    return flow


def _find_open(problem: Problem, cells: _Cells, flow: np.ndarray, served: np.ndarray) -> np.ndarray:
    """Return for each class the band in which its last served pupil may lie; -1 where nothing is open."""
    took = cells.until - cells.count < served[cells.owner]
    waits = cells.until > served[cells.owner]
    last = np.full(problem.classes, -1)
    np.maximum.at(last, cells.owner[took], cells.band[took])
    first = np.full(problem.classes, cells.bands)
    np.minimum.at(first, cells.owner[waits], cells.band[waits])
    found = find_exchanges(
        flow,
        problem.allowed,
        problem.stock,
        last_served=last,
        first_waiting=first,
        places=cells.bands,
    )
    could_take = ask_lots(problem.allowed, found.last, nothing=-1) >= first
    could_lose = threaten_classes(flow, found.first, nothing=cells.bands) <= last
    return np.select(
        [could_take & (first < cells.bands), could_lose & (last >= 0)], [first, last], -1
    )
