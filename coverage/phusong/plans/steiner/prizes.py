"""Which hamlets are worth their trenches, and how much any other choice could be better."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from phusong.plans.steiner.choosing import Choice
from phusong.plans.steiner.network import Network, Task, set_task
from phusong.plans.steiner.trees import find_unreached


@dataclass(frozen=True, eq=False)
class Harvest:
    """Hold the edges that join some terminals to the roots, and what that collects.

    Parameters
    ----------
    edges : rows of the edges, as the network was given them, in order.
    cost : their cost.
    joined : terminals that are joined, in order.
    prize : what they are worth together.
    bound : how good any other choice could be, in the terms of the function that made this one.
    gap : share by which another could at most be better, 0 where proven.
    unreached : terminals to which no way leads, in order.
    """

    edges: np.ndarray
    cost: float
    joined: np.ndarray
    prize: float
    bound: float
    gap: float
    unreached: np.ndarray


@dataclass(frozen=True, eq=False)
class Market:
    """Hold a network with prizes, as a search reads it.

    Parameters
    ----------
    network : the network.
    task : what of it can be reached from the roots.
    terminals : vertices with a prize, each once and in order [n].
    prizes : what each is worth [n].
    """

    network: Network
    task: Task
    terminals: np.ndarray
    prizes: np.ndarray

    @property
    def reachable(self) -> float:
        """Return the prizes of all terminals that can be reached."""
        return math.fsum(self.prizes[self.task.place[self.terminals] >= 0])

    def weigh_prizes(self, rate: float) -> np.ndarray:
        """Return the prize of every vertex of the task in whole costs, at a rate of cost to prize.

        Never too much, and no more than every edge together, for which any prize would be collected.
        """
        graph = self.task.graph
        whole = np.zeros(len(graph.terminal), np.int64)
        place = self.task.place[self.terminals]
        worth = np.minimum(self.prizes * (rate * self.task.scale), float(graph.cost.sum()) + 1)
        np.add.at(whole, place[place >= 0], np.floor(worth[place >= 0]).astype(np.int64))
        return whole

    def tell(self, edges: np.ndarray, *, bound: float, gap: float) -> Harvest:
        """Return what edges of the task collect."""
        graph, place = self.task.graph, self.task.place[self.terminals]
        held = np.arange(len(graph.terminal)) == self.task.root
        held[graph.tip[2 * edges]] = True
        held[graph.tip[2 * edges + 1]] = True
        joined = (place >= 0) & held[place]
        own = self.task.edge[edges]
        return Harvest(
            edges=np.sort(self.network.row[own]),
            cost=self.network.total(own),
            joined=self.terminals[joined],
            prize=math.fsum(self.prizes[joined]),
            bound=bound,
            gap=gap,
            unreached=find_unreached(self.task, self.terminals),
        )


def open_market(
    network: Network, *, roots: np.ndarray, terminals: np.ndarray, prizes: np.ndarray
) -> Market:
    """Return a network with prizes; those of one vertex are added up.

    Raises
    ------
    ValueError
        If there is no root, a root or terminal is no vertex, or a prize is negative or not finite.
    """
    worth = np.asarray(prizes, np.float64)
    if not len(roots):
        raise ValueError("there is no root to join anything to")
    if len(worth) != len(terminals) or not (np.isfinite(worth) & (worth >= 0)).all():
        raise ValueError("every terminal needs one prize ≥ 0")
    order = np.lexsort((worth, np.asarray(terminals, np.int64)))
    unique, start = np.unique(np.asarray(terminals, np.int64)[order], return_index=True)
    total = np.array([math.fsum(p) for p in np.split(worth[order], start[1:])][: len(unique)])
    task = set_task(network, roots=roots, terminals=unique)
    return Market(network, task, unique, total)


def collect_prizes(
    network: Network,
    *,
    roots: np.ndarray,
    terminals: np.ndarray,
    prizes: np.ndarray,
    seed: int,
    effort: int,
) -> Harvest:
    """Return the tree of least loss that was found: its cost, and the prizes it misses.

    The bound is one under the loss of every tree, prizes out of reach not counted, and the gap the share
    of the loss by which another tree could lose less.

    Parameters
    ----------
    network : the network.
    roots : vertices that are joined already, one at least.
    terminals : vertices with a prize [n].
    prizes : what joining each is worth, in the unit of costs, ≥ 0 [n].
    seed : of the random numbers.
    effort : rounds of search, 1 or more.

    Raises
    ------
    ValueError
        If a root or terminal is no vertex, a prize is negative, or the effort is below 1.
    """
    if effort < 1:
        raise ValueError(f"effort {effort} is no number of rounds")
    market = open_market(network, roots=roots, terminals=terminals, prizes=prizes)
    task = market.task
    choice = Choice(task.graph, task.root, market.weigh_prizes(1))
    choice.run(effort, np.random.default_rng(seed))
    plain = market.tell(choice.edges, bound=0, gap=0)
    loss = math.fsum([plain.cost, market.reachable, -plain.prize])
    bound = min(choice.bound / task.scale, loss)
    return market.tell(choice.edges, bound=bound, gap=(loss - bound) / loss if loss > 0 else 0.0)
