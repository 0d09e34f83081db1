"""Minimum cost flows, solved by OR-tools (cost-scaling push-relabel, Goldberg and Tarjan 1990)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow


@dataclass(frozen=True, eq=False)
class Arcs:
    """Hold arcs, all arrays of one length.

    Parameters
    ----------
    tail, head : nodes.
    room : the most that an arc carries.
    cost : of one unit, a whole number.
    """

    tail: np.ndarray
    head: np.ndarray
    room: np.ndarray
    cost: np.ndarray


def solve_flow(parts: list[Arcs], supply: np.ndarray) -> list[np.ndarray]:
    """Return the cheapest flow that brings every unit supplied to where it is asked for.

    Parameters
    ----------
    parts : groups of arcs.
    supply : units that begin in each node, negative where they end; they sum to 0 [nodes].

    Returns
    -------
    The units on the arcs of each group.

    Raises
    ------
    RuntimeError
        If no flow does, which is a fault of the caller.
    """
    solver = SimpleMinCostFlow()
    numbers = [
        solver.add_arcs_with_capacity_and_unit_cost(
            part.tail.astype(np.int32),
            part.head.astype(np.int32),
            part.room.astype(np.int64),
            part.cost.astype(np.int64),
        )
        for part in parts
    ]
    solver.set_nodes_supplies(np.arange(len(supply), dtype=np.int32), supply.astype(np.int64))
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise RuntimeError(f"the flow ended as {status}")
    return [np.asarray(solver.flows(number)) for number in numbers]
