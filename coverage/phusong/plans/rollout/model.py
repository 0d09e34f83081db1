"""The plan as a mixed-integer programme, solved by HiGHS one declared aim after the other.

Built[p, w] says that piece p stands by the end of wave w, and connected[h, w] that hamlet h is:

- what stands, stays; a piece stands no earlier than the one before it, nor before its first wave;
- a hamlet is connected when a piece that serves it stands;
- what has been spent by the end of a wave is within what has been granted by then.

The aims are lexicographic: each is brought to its best, then held there while the next is sought. A gap is
told for each: (bound − found) / bound, where the bound is HiGHS's own for that aim under the aims before it
(Huangfu and Hall, Mathematical Programming Computation 10, 2018).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from phusong.plans.rollout.facilities import Facilities
from phusong.vocabulary.options import AimName


@dataclass(frozen=True)
class Aim:
    """Hold one aim: what is counted for each hamlet, or what is spent.

    Parameters
    ----------
    name : of the aim.
    worth : of connecting each hamlet, a wave earlier counting once more [h]; None: the least spent.
    groups, share : with them, of each group of hamlets no more than a share of its worth counts, at the end.
    """

    name: AimName
    worth: np.ndarray | None = None
    groups: np.ndarray | None = None
    share: float = 1.0


@dataclass(frozen=True)
class Proof:
    """Hold how good one aim's answer is.

    Parameters
    ----------
    aim : its name.
    found : value reached.
    bound : no plan does better under the aims before it.
    gap : |bound − found| / |bound|, 0 where both are 0.
    """

    aim: str
    found: float
    bound: float
    gap: float


@dataclass(frozen=True)
class Solution:
    """Hold the waves.

    Parameters
    ----------
    piece_wave : wave in which each piece is built, −1 for never [p].
    hamlet_wave : wave by which each hamlet is connected, −1 for never [h].
    proofs : one an aim.
    """

    piece_wave: np.ndarray
    hamlet_wave: np.ndarray
    proofs: list[Proof]


class _Model:
    """Lay out the variables: built [p, w], connected [h, w], counted [g]; and the rows that tie them."""

    def __init__(self, facilities: Facilities, hamlets: pd.Series, waves: int) -> None:
        self.pieces, self.waves = facilities.pieces, waves
        # sums near 1, since the solver's tolerances are absolute
        self.coin = max(
            1.0, float(facilities.pieces["cost_vnd"].mean() if len(facilities.pieces) else 1)
        )
        self.count, self.homes = len(facilities.pieces), len(hamlets)
        self.rows: list[sparse.csr_array] = []
        self.least: list[np.ndarray] = []
        self.most: list[np.ndarray] = []
        self.extra = 0
        self._tie_time()
        self._tie_order()
        self._tie_service(facilities.serves, hamlets)

    @property
    def size(self) -> int:
        """Return the number of variables without those that aims add."""
        return (self.count + self.homes) * self.waves

    def built(self, piece: np.ndarray, wave: np.ndarray | int) -> np.ndarray:
        """Return the variables of pieces built by a wave."""
        return np.asarray(piece * self.waves + wave)

    def connected(self, hamlet: np.ndarray, wave: np.ndarray | int) -> np.ndarray:
        """Return the variables of hamlets connected by a wave."""
        return np.asarray((self.count + hamlet) * self.waves + wave)

    def _require(self, lower: np.ndarray, upper: np.ndarray) -> None:
        """Require each variable of one list to be at most that of another."""
        rows = np.tile(np.arange(len(lower)), 2)
        signs = np.repeat([1.0, -1.0], len(lower))
        cells = np.concatenate([lower, upper])
        shape = (len(lower), self.size)
        self.add(sparse.csr_array((signs, (rows, cells)), shape=shape), -np.inf, 0.0)

    def add(
        self, rows: sparse.csr_array, least: np.ndarray | float, most: np.ndarray | float
    ) -> None:
        """Add rows: least ≤ row · x ≤ most."""
        self.rows.append(rows)
        self.least.append(np.broadcast_to(least, rows.shape[0]).astype(float))
        self.most.append(np.broadcast_to(most, rows.shape[0]).astype(float))

    def _tie_time(self) -> None:
        """Let what stands, or is connected, stay so."""
        early = np.arange(self.size).reshape(-1, self.waves)[:, :-1].ravel()
        if len(early):
            self._require(early, early + 1)

    def _tie_order(self) -> None:
        """Let no piece stand before the one before it."""
        place = pd.Series(np.arange(self.count), index=self.pieces["piece"])
        waiting = np.flatnonzero((self.pieces["before"] != "").to_numpy())
        first = self.pieces["before"].iloc[waiting].map(place).to_numpy(dtype=np.int64)
        for wave in range(self.waves):
            self._require(self.built(waiting, wave), self.built(first, wave))

    def _tie_service(self, serves: pd.DataFrame, hamlets: pd.Series) -> None:
        """Let a hamlet be connected only where a piece that serves it stands."""
        home = pd.Series(np.arange(self.homes), index=hamlets)
        place = pd.Series(np.arange(self.count), index=self.pieces["piece"])
        mine = serves[serves["hamlet_id"].isin(home.index)]
        hamlet = mine["hamlet_id"].map(home).to_numpy(dtype=np.int64)
        piece = mine["piece"].map(place).to_numpy(dtype=np.int64)
        every = np.arange(self.homes)
        for wave in range(self.waves):
            rows = np.concatenate([every, hamlet])
            cells = np.concatenate([self.connected(every, wave), self.built(piece, wave)])
            signs = np.concatenate([np.ones(self.homes), -np.ones(len(piece))])
            table = sparse.csr_array((signs, (rows, cells)), shape=(self.homes, self.size))
            self.add(table, -np.inf, 0.0)

    def grant(self, budget: np.ndarray, pieces: np.ndarray) -> None:
        """Keep what some pieces have cost by the end of each wave within the sum granted by then."""
        cost = self.pieces["cost_vnd"].to_numpy(dtype=float)[pieces] / self.coin
        for wave in np.flatnonzero(np.isfinite(budget)):
            cells = self.built(pieces, int(wave))
            zero = np.zeros(len(pieces), dtype=np.int64)
            row = sparse.csr_array((cost, (zero, cells)), shape=(1, self.size))
            self.add(row, -np.inf, float(budget[wave]) / self.coin)

    def weigh(self, aim: Aim) -> np.ndarray:
        """Return what an aim asks to be as large as possible, for each variable; groups are counted apart."""
        value = np.zeros(self.size)
        if aim.worth is None:
            last = self.built(np.arange(self.count), self.waves - 1)
            value[last] = -self.pieces["cost_vnd"].to_numpy(dtype=float) / self.coin
        else:
            first = 0 if aim.groups is None else self.waves - 1
            for wave in range(first, self.waves):
                value[self.connected(np.arange(self.homes), wave)] = aim.worth
        return value


def solve_aims(
    facilities: Facilities,
    hamlets: pd.Series,
    aims: list[Aim],
    *,
    waves: int,
    budget: np.ndarray | None = None,
    budgets: dict[str, np.ndarray] | None = None,
    kept: dict[str, int] | None = None,
    must: np.ndarray | None = None,
    gap: float,
) -> Solution:
    """Return when each piece is built and each hamlet connected.

    Parameters
    ----------
    facilities : what can be built.
    hamlets : hamlet_id [h].
    aims : the first is the most important.
    waves : number of waves.
    budget : granted by the end of each wave [waves] [VND]; None: whatever it takes.
    budgets : the same by operator, for their own pieces.
    kept : piece → wave by whose end it must stand, because somebody has promised it.
    must : whether each hamlet must be connected in the end [h].
    gap : how far from its best an aim may stop, 0..1.

    Raises
    ------
    ValueError
        If nothing satisfies promises and budget together.
    """
    model = _Model(facilities, hamlets, waves)
    everything = np.arange(model.count)
    if budget is not None:
        model.grant(budget, everything)
    for operator, granted in (budgets or {}).items():
        theirs = np.flatnonzero((facilities.pieces["operator"] == operator).to_numpy())
        model.grant(granted, theirs)
    low, high = _bound_variables(model, kept or {})
    if must is not None:
        low[model.connected(np.flatnonzero(must), waves - 1)] = 1.0
    found = np.zeros(model.size)
    proofs = []
    for aim in aims:
        found, proof = _seek(model, aim, low, high, gap)
        proofs.append(proof)
        value = model.weigh(aim)
        if aim.groups is None:
            held = sparse.csr_array(value.reshape(1, -1))
            model.add(held, proof.found - 0.5 if aim.worth is not None else -np.inf, np.inf)
        else:
            _hold_groups(model, aim, found)
    built = found[: model.count * waves].reshape(-1, waves) > 0.5
    lit = found[model.count * waves : model.size].reshape(-1, waves) > 0.5
    return Solution(_first_wave(built), _first_wave(lit), proofs)


def _bound_variables(model: _Model, kept: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """Return the least and the most of each variable: first waves and promises."""
    low, high = np.zeros(model.size), np.ones(model.size)
    wave = np.tile(np.arange(model.waves), model.count)
    first = np.repeat(model.pieces["from_wave"].to_numpy(dtype=np.int64), model.waves)
    high[: model.count * model.waves][wave < first] = 0.0
    place = pd.Series(np.arange(model.count), index=model.pieces["piece"])
    for piece, due in kept.items():
        at = model.built(
            np.array([place[piece]]), np.arange(min(due, model.waves - 1), model.waves)
        )
        low[at] = 1.0
    return low, high


def _seek(
    model: _Model, aim: Aim, low: np.ndarray, high: np.ndarray, gap: float
) -> tuple[np.ndarray, Proof]:
    """Return the variables at which an aim is best, and how good that is."""
    value = model.weigh(aim)
    rows = sparse.vstack(model.rows, format="csr")
    least, most = np.concatenate(model.least), np.concatenate(model.most)
    whole = np.concatenate(
        [np.ones(model.count * model.waves), np.zeros(model.homes * model.waves)]
    )
    if aim.groups is not None and aim.worth is not None:
        value, rows, least, most, low, high, whole = _count_groups(
            model, aim, rows, least, most, low, high, whole
        )
    answer = milp(
        -value,
        constraints=LinearConstraint(rows, least, most),
        bounds=Bounds(low, high),
        integrality=whole,
        options={"mip_rel_gap": gap},
    )
    if answer.x is None:
        raise ValueError("the promises cannot be kept within the budget")
    unit = model.coin if aim.worth is None else 1.0
    best = float(-answer.fun) * unit
    bound = float(-(answer.mip_dual_bound or answer.fun)) * unit
    off = abs(bound - best) / abs(bound) if abs(bound) > 1e-9 else 0.0
    return answer.x[: model.size], Proof(str(aim.name), best, bound, off)


def _count_groups(
    model: _Model,
    aim: Aim,
    rows: sparse.csr_array,
    least: np.ndarray,
    most: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
    whole: np.ndarray,
) -> tuple[np.ndarray, ...]:
    """Return the programme with one more variable a group: the worth reached in it, up to its share."""
    number, names = pd.factorize(aim.groups, sort=True)
    worth = np.asarray(aim.worth, dtype=float)
    total = np.bincount(number, worth, minlength=len(names))
    last = model.connected(np.arange(model.homes), model.waves - 1)
    reached = sparse.csr_array((-worth, (number, last)), shape=(len(names), model.size))
    counted = sparse.eye_array(len(names), format="csr")
    wide = sparse.hstack([rows, sparse.csr_array((rows.shape[0], len(names)))], format="csr")
    table = sparse.vstack([wide, sparse.hstack([reached, counted])], format="csr")
    return (
        np.concatenate([np.zeros(model.size), np.ones(len(names))]),
        table,
        np.concatenate([least, np.full(len(names), -np.inf)]),
        np.concatenate([most, np.zeros(len(names))]),
        np.concatenate([low, np.zeros(len(names))]),
        np.concatenate([high, aim.share * total]),
        np.concatenate([whole, np.zeros(len(names))]),
    )


def _hold_groups(model: _Model, aim: Aim, found: np.ndarray) -> None:
    """Keep in each group what it has been given, up to its share."""
    number, names = pd.factorize(aim.groups, sort=True)
    worth = np.asarray(aim.worth, dtype=float)
    last = model.connected(np.arange(model.homes), model.waves - 1)
    total = np.bincount(number, worth, minlength=len(names))
    given = np.bincount(number, worth * found[last], minlength=len(names))
    rows = sparse.csr_array((worth, (number, last)), shape=(len(names), model.size))
    model.add(rows, np.minimum(given, aim.share * total) - 0.5, np.inf)


def _first_wave(stands: np.ndarray) -> np.ndarray:
    """Return the first wave in which each row is true, −1 where none is."""
    return np.where(stands.any(axis=1), stands.argmax(axis=1), -1)
