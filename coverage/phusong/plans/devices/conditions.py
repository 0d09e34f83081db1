"""Side conditions that no network carries: a floor in every commune, and devices that need a hotspot each.

With them the allocation is a mixed-integer programme, solved by HiGHS one aim after the other: the floor, the
pupils served tier by tier, their places in the order, fit to the level, fit to the signal. Each aim is
brought to its best and held there. The order counts the places of those served; it is cut into bands where
pupils are many.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from phusong.plans.devices.posing import Posed
from phusong.plans.devices.problem import Problem
from phusong.plans.devices.proving import Proof, tell_gap
from phusong.vocabulary.book import AllocationAim

#: How far a solution may lie from whole numbers, and a held aim from its value, by the solver's tolerance.
WHOLE, TIGHT = 1e-3, 1e-5
#: Between two whole numbers.
HALF = 0.5


@dataclass(frozen=True, eq=False)
class Conditions:
    """Hold the side conditions, and what they speak of.

    Parameters
    ----------
    commune : number of each pupil's commune, first served first [n].
    share : of a commune's pupils in line who are served before tiers count, 0..1.
    hotspots : hotspots of each package [h].
    carries : whether a set of operators on the air carries a package [air, h].
    """

    commune: np.ndarray
    share: float
    hotspots: np.ndarray
    carries: np.ndarray


@dataclass(frozen=True, eq=False)
class Solved:
    """Hold an assignment under side conditions.

    Parameters
    ----------
    problem : the classes, cut by tier and commune.
    flow : devices of each type in each class [c, l].
    proofs : one an aim.
    """

    problem: Problem
    flow: np.ndarray
    proofs: list[Proof]


class _Programme:
    """Lay out the variables: devices by class and type, pupils by cell, hotspots, floors."""

    def __init__(self, posed: Posed, told: Conditions, tier: np.ndarray, width: int) -> None:
        self.told = told
        stem = posed.problem.member
        group = told.commune if told.share > 0 else np.zeros_like(stem)
        key = np.stack([stem, tier, group])
        (kinds, first, member) = np.unique(key, axis=1, return_index=True, return_inverse=True)
        old = kinds[0]
        base = posed.problem
        self.problem = Problem(member.ravel(), base.level[old], base.signal[old], base.stock)
        self.tier, self.group = tier[first], group[first]
        self.classes, self.lots = self.problem.allowed.nonzero()
        self.pairs = len(self.classes)
        self._cut(width)
        paired = posed.paired[old][self.classes, self.lots]
        carried = told.carries[posed.air[old]] & (told.hotspots > 0)
        self.hot_class, self.hot = carried.nonzero()
        self.floors = int(group.max(initial=-1)) + 1 if told.share > 0 else 0
        parts = [self.pairs, len(self.cell_class), len(self.hot), self.floors]
        self.starts = np.concatenate([[0], np.cumsum(parts)])
        self.rows: list[sparse.csr_array] = []
        self.least: list[np.ndarray] = []
        self.most: list[np.ndarray] = []
        self.held: list[tuple[np.ndarray, float, int]] = []
        self._tie(paired)
        self.high = self._bound()

    @property
    def size(self) -> int:
        """Return the number of variables."""
        return int(self.starts[-1])

    def _cut(self, width: int) -> None:
        """Cut each class into cells of one band of the order."""
        order, begins = self.problem.index
        owner = np.repeat(np.arange(self.problem.classes), self.problem.sizes)
        band = order // width
        fresh = np.flatnonzero(np.diff(owner, prepend=-1) | np.diff(band, prepend=-1))
        self.cell_class, self.cell_band = owner[fresh], band[fresh]
        self.cell_count = np.diff(fresh, append=len(order))

    def add(
        self,
        row: np.ndarray,
        column: np.ndarray,
        value: np.ndarray,
        least: np.ndarray,
        most: np.ndarray,
    ) -> None:
        """Add rows given by their cells: least ≤ row · x ≤ most."""
        table = sparse.csr_array((value, (row, column)), shape=(len(least), self.size))
        self.rows.append(table)
        self.least.append(np.asarray(least, dtype=float))
        self.most.append(np.asarray(most, dtype=float))

    def _tie(self, paired: np.ndarray) -> None:
        """Tie devices to pupils, to stocks, to hotspots and to floors."""
        pair, cell, hot, floor = (
            np.arange(a, b) for a, b in zip(self.starts, self.starts[1:], strict=False)
        )
        classes, none = self.problem.classes, np.zeros(self.problem.classes)
        ones, minus = np.ones(self.pairs), -np.ones(len(cell))
        self.add(
            np.concatenate([self.classes, self.cell_class]),
            np.concatenate([pair, cell]),
            np.concatenate([ones, minus]),
            none,
            none,
        )
        stock = self.problem.stock
        self.add(self.lots, pair, ones, np.zeros(len(stock)), stock)
        self.add(
            np.concatenate([self.classes[paired], self.hot_class]),
            np.concatenate([pair[paired], hot]),
            np.concatenate([np.ones(int(paired.sum())), -np.ones(len(hot))]),
            np.full(classes, -np.inf),
            none,
        )
        spots = self.told.hotspots
        self.add(self.hot, hot, np.ones(len(hot)), np.zeros(len(spots)), spots)
        if self.floors:
            held = self.group[self.classes]
            self.add(
                np.concatenate([np.arange(self.floors), held]),
                np.concatenate([floor, pair]),
                np.concatenate([np.ones(self.floors), -ones]),
                np.full(self.floors, -np.inf),
                np.zeros(self.floors),
            )

    def _bound(self) -> np.ndarray:
        """Return the most of each variable."""
        floor = np.bincount(self.told.commune, minlength=self.floors)[: self.floors]
        return np.concatenate(
            [
                np.full(self.pairs, np.inf),
                self.cell_count,
                np.full(len(self.hot), np.inf),
                np.ceil(self.told.share * floor - 1e-9),
            ]
        )

    def aims(self, tiers: list[str]) -> list[tuple[str, np.ndarray, int]]:
        """Return the aims: name, what each variable counts, and 1 for the most or -1 for the least."""
        every = []
        pair, cell, _, floor = (
            slice(a, b) for a, b in zip(self.starts, self.starts[1:], strict=False)
        )

        def _count(part: slice, value: np.ndarray | float) -> np.ndarray:
            worth = np.zeros(self.size)
            worth[part] = value
            return worth

        if self.floors:
            every.append((str(AllocationAim.FLOOR), _count(floor, 1.0), 1))
        for number, name in enumerate(tiers):
            mine = self.tier[self.classes] == number
            every.append((f"{AllocationAim.SERVED}:{name}", _count(pair, mine), 1))
        every.append((str(AllocationAim.ORDER), _count(cell, self.cell_band), -1))
        level = self.problem.level[self.classes, self.lots]
        signal = self.problem.signal[self.classes, self.lots]
        every.append((str(AllocationAim.LEVEL_FIT), _count(pair, level), -1))
        every.append((str(AllocationAim.SIGNAL_FIT), _count(pair, signal), -1))
        return every

    def hold(self, worth: np.ndarray, found: float, sense: int) -> None:
        """Keep an aim at what it has reached."""
        self.held.append((worth, found, sense))

    def seek(self, worth: np.ndarray, sense: int, gap: float) -> tuple[np.ndarray, float, float]:
        """Return a solution, what an aim reaches in it, and what it could reach at most.

        A floor leaves the network whole, and what is held is a face of it: linear programming mostly ends in
        whole numbers, and then its optimum is the bound. Where it does not, whole numbers are asked for.
        """
        answer = self._ask(worth, sense, TIGHT, None)
        found = np.rint(answer.x)
        if np.abs(answer.x - found).max(initial=0) <= WHOLE:
            return found, float(worth @ found), float(-sense * answer.fun)
        answer = self._ask(worth, sense, HALF, gap)
        found = np.rint(answer.x)
        return found, float(worth @ found), float(-sense * answer.mip_dual_bound)

    def _ask(self, worth: np.ndarray, sense: int, slack: float, gap: float | None) -> Any:
        """Return the solver's answer, in whole numbers where a gap is given."""
        held = [
            (value, found - slack, np.inf) if way > 0 else (value, -np.inf, found + slack)
            for value, found, way in self.held
        ]
        aims = sparse.csr_array(np.array([row for row, _, _ in held]).reshape(-1, self.size))
        limits = LinearConstraint(
            sparse.vstack([*self.rows, aims], format="csr"),
            np.concatenate([*self.least, [low for _, low, _ in held]]),
            np.concatenate([*self.most, [high for _, _, high in held]]),
        )
        whole = np.ones(self.size)
        whole[self.starts[1] : self.starts[2]] = 0  # cells are whole where devices are
        answer = milp(
            -sense * worth,
            constraints=limits,
            bounds=Bounds(np.zeros(self.size), self.high),
            integrality=None if gap is None else whole,
            options={} if gap is None else {"mip_rel_gap": gap},
        )
        if answer.x is None:
            raise RuntimeError(f"the programme ended without an answer: {answer.message}")
        return answer


def solve_conditions(
    posed: Posed,
    told: Conditions,
    *,
    tier: np.ndarray,
    tiers: list[str],
    singly: int,
    gap: float,
) -> Solved:
    """Return the best assignment under side conditions.

    Parameters
    ----------
    posed : classes of pupils and types of lots.
    told : the side conditions.
    tier : number of each pupil's tier, first served first [n].
    tiers : names of the tiers, first tier first.
    singly : pupils few enough to stand for themselves in the order.
    gap : how far from its best an aim may stop, 0..1.

    Raises
    ------
    RuntimeError
        If the solver finds nothing, which is a fault of ours: nobody served is always allowed.
    """
    width = max(1, -(-len(tier) // singly))
    programme = _Programme(posed, told, tier, width)
    proofs: list[Proof] = []
    flow = np.zeros(programme.problem.allowed.shape, dtype=np.int64)
    if not programme.pairs:
        return Solved(programme.problem, flow, proofs)
    for name, worth, sense in programme.aims(tiers):
        answer, found, bound = programme.seek(worth, sense, gap)
        # what is counted is whole, and so is its bound
        proofs.append(tell_gap(name, found, sense * float(np.floor(sense * bound + WHOLE))))
        programme.hold(worth, found, sense)
    flow[programme.classes, programme.lots] = answer[: programme.pairs].astype(np.int64)
    return Solved(programme.problem, flow, proofs)
