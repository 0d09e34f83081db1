"""Prove what was found: bounds that hold for every assignment, computed apart from how it was found.

Served: for any set of lots, whoever may have none but these cannot be more than their devices (König 1931).
Order: prices of lots bound the sum of linear weights. Fit: prices of lots bound the misfit from below; they
exist if and only if no cycle of exchanges betters the assignment. All three are linear programming duality.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from phusong.plans.devices.exchange import Exchanges, find_exchanges
from phusong.plans.devices.problem import Problem
from phusong.vocabulary.book import AllocationAim


@dataclass(frozen=True)
class Proof:
    """Hold how good the answer to one aim is.

    Parameters
    ----------
    aim : what is sought, with its tier where it has one.
    found : value reached.
    bound : no allocation does better under the aims before it.
    gap : |bound − found| / |bound|; |found| where the bound is 0.
    """

    aim: str
    found: float
    bound: float
    gap: float


def tell_gap(aim: str, found: float, bound: float) -> Proof:
    """Return a proof with its gap.

    Parameters
    ----------
    aim, found, bound : as `Proof` holds them.
    """
    off = abs(bound - found)
    return Proof(str(aim), found, bound, off / abs(bound) if bound else off)


def trace_exchanges(problem: Problem, flow: np.ndarray) -> tuple[Exchanges, np.ndarray]:
    """Return the exchanges left at the end, and the first waiting place of each class.

    Parameters
    ----------
    problem : whom to serve with what.
    flow : devices of each lot in each class [c, l].

    Returns
    -------
    Exchanges by place in the order, and the first waiting place, the number of places for none [c].
    """
    order, begins = problem.index
    served = flow.sum(axis=1)
    at = begins[:-1] + served
    padded = np.append(order, len(order))
    first = np.where(served < problem.sizes, padded[np.minimum(at, len(order))], len(order))
    last = np.where(served > 0, padded[np.maximum(at - 1, 0)], -1)
    found = find_exchanges(
        flow,
        problem.allowed,
        problem.stock,
        last_served=last,
        first_waiting=first,
        places=len(order),
    )
    return found, first


def prove_plan(problem: Problem, flow: np.ndarray, tiers: list[tuple[str, int]]) -> list[Proof]:
    """Return a proof for each aim: pupils served tier by tier, their order, fit to level, fit to signal.

    Parameters
    ----------
    problem : whom to serve with what.
    flow : devices of each lot in each class [c, l].
    tiers : name of each tier and where it ends in the order, first tier first.
    """
    found, first = trace_exchanges(problem, flow)
    proofs = _prove_tiers(problem, flow, found, first, tiers)
    proofs.append(_prove_order(problem, flow, found))
    level = np.maximum(problem.level, 0).astype(np.int64)
    levels = tell_gap(AllocationAim.LEVEL_FIT, *_weigh(problem, flow, level))
    both = _weigh(problem, flow, problem.misfit)
    signal = [value - problem.signal_base * levels.found for value in both]
    return [*proofs, levels, tell_gap(AllocationAim.SIGNAL_FIT, *signal)]


def _prove_tiers(
    problem: Problem,
    flow: np.ndarray,
    found: Exchanges,
    first: np.ndarray,
    tiers: list[tuple[str, int]],
) -> list[Proof]:
    """Return for each tier how many are served, and at most could be under the tiers before it."""
    order, begins = problem.index
    row = np.arange(len(order)) - np.repeat(begins[:-1], problem.sizes)
    served = np.zeros(len(order), dtype=bool)
    served[order] = row < np.repeat(flow.sum(axis=1), problem.sizes)
    proofs, before = [], 0
    for name, end in tiers:
        waiting: np.ndarray = np.flatnonzero(first < end)
        short = found.reach[problem.allowed[waiting].any(axis=0)].any(axis=0)
        free = np.asarray(problem.allowed[:, ~short].any(axis=1))
        total = int(served[:end].sum())
        most = int(problem.stock[short].sum()) + int(free[problem.member[:end]].sum())
        aim = f"{AllocationAim.SERVED}:{name}"
        proofs.append(tell_gap(aim, total - before, most - before))
        before = total
    return proofs


def _prove_order(problem: Problem, flow: np.ndarray, found: Exchanges) -> Proof:
    """Return the sum of linear weights of those served, and at most that any could have."""
    places = len(problem.member)
    order, begins = problem.index
    weight = places - np.arange(places)
    row = np.arange(places) - np.repeat(begins[:-1], problem.sizes)
    served = row < np.repeat(flow.sum(axis=1), problem.sizes)
    price = places - found.first
    cheapest = np.where(problem.allowed, price[None, :], places).min(axis=1, initial=places)
    gain = np.maximum(weight - cheapest[problem.member], 0)
    bound = int(problem.stock @ price) + int(gain.sum())
    return tell_gap(AllocationAim.ORDER, float(weight[order[served]].sum()), float(bound))


def _weigh(problem: Problem, flow: np.ndarray, cost: np.ndarray) -> tuple[float, float]:
    """Return the cost of an assignment and the least that serving the same pupils can cost."""
    price = _price_lots(problem, flow, cost)
    served = flow.sum(axis=1)
    mine = served > 0
    asked = np.where(problem.allowed[mine], cost[mine] + price, np.iinfo(np.int64).max)
    bound = int(served[mine] @ asked.min(axis=1, initial=np.iinfo(np.int64).max))
    return float((flow * cost).sum()), float(bound - int(problem.stock @ price))


def _price_lots(problem: Problem, flow: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """Return prices of lots under which everybody holds what is cheapest for them (Bellman and Ford).

    A lot with devices left has price 0; another costs what the cheapest chain of exchanges towards
    a free device saves. Where chains lead nowhere, a price beyond every chain stands in.
    """
    lots = len(problem.stock)
    far = np.int64(2 * (lots + 1)) * (int(cost.max(initial=0)) + 1)
    step = np.full((lots, lots), far)
    for lot in range(lots):
        mine = flow[:, lot] > 0
        change = cost[mine] - cost[mine, lot, None]
        step[lot] = np.where(problem.allowed[mine], change, far).min(axis=0, initial=far)
    price = np.where(flow.sum(axis=0) < problem.stock, 0, far)
    for _ in range(lots + 1):
        cheaper = np.minimum(price, (step + price[None, :]).min(axis=1, initial=far))
        if (cheaper == price).all():
            break
        price = cheaper
    return np.maximum(price, 0)
