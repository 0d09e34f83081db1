"""Controlled rounding: counts become multiples of k near what they are, and every sum still agrees.

The multiples nearest to what is wanted are found by mixed integer programming (controlled rounding: L. H.
Cox, Journal of the American Statistical Association 82, 1987, 520–524; solver: HiGHS). Each cell may take the
multiple below or above its count; only where no such multiples add up may it lie one further away.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

#: By how many more multiples a cell may lie away, tried one after another until the sums can be met.
ALLOWANCES = (0, 1, 2, 4, 16, 256, 65_536)
#: How much rather any other count moves than one that was published before.
STEADY = 50
#: How near to the best sum of distances a table must be [share], and how many branches are tried for it.
GAP, BRANCHES = 0.02, 2_000


@dataclass(frozen=True)
class RoundingProblem:
    """Hold counts that are to become multiples of k, and the sums that must agree.

    Parameters
    ----------
    value : the counts, in units of k.
    target : the multiples wanted.
    least, most : the multiples allowed.
    kept : whether the target is what was published before: it moves only for the sums' sake.
    sums : matrix; sums @ multiples = right.
    right : what the sums come to, in units of k.
    """

    value: np.ndarray
    target: np.ndarray
    least: np.ndarray
    most: np.ndarray
    kept: np.ndarray
    sums: sparse.csr_array
    right: np.ndarray


def fit_multiples(problem: RoundingProblem) -> np.ndarray | None:
    """Return the multiples nearest to those wanted for which every sum agrees; None where there are none.

    Parameters
    ----------
    problem : counts, what is wanted of them, and sums.
    """
    off = problem.right - problem.sums @ problem.target
    if not off.any():
        return problem.target
    for allowance in ALLOWANCES:
        found = _solve(problem, off, allowance)
        if found is not None:
            return found
    return None


def _solve(problem: RoundingProblem, off: np.ndarray, allowance: int) -> np.ndarray | None:
    """Return the multiples nearest to the target: a step up and a step down of it, both of least cost."""
    up = problem.most + allowance - problem.target
    down = problem.target - np.maximum(problem.least - allowance, 0)
    weight = np.where(problem.kept, STEADY, 1)
    distance = [weight * (1 + np.abs(problem.target + n - problem.value)) for n in (1, -1)]
    answer = milp(
        np.concatenate(distance),
        constraints=LinearConstraint(
            sparse.hstack([problem.sums, -problem.sums], format="csc"), off, off
        ),
        bounds=Bounds(0, np.concatenate([up, down])),
        integrality=np.ones(2 * len(problem.value)),
        options={"mip_rel_gap": GAP, "node_limit": BRANCHES},
    )
    if answer.x is None:
        return None
    steps = np.rint(answer.x).astype(np.int64).reshape(2, -1)
    fitted: np.ndarray = problem.target + steps[0] - steps[1]
    return fitted


def draw_targets(
    value: np.ndarray, chance: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the multiple wanted of each count, the one below and the one above.

    Parameters
    ----------
    value : counts, in units of k.
    chance : a number of 0…1 for each, which nobody outside can know: the multiple above is wanted as often
        as the count lies near it, so that sums of many counts stay true.
    """
    below = np.floor(value + 1e-9).astype(np.int64)
    part = np.maximum(value - below, 0)
    above = below + (part > 1e-9)
    return below + (chance < part), below, above
