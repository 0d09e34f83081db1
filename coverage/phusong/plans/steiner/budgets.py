"""How much a budget can join: a frontier of trees drawn once, from which every budget takes its best.

At a rate of cost to prize the question is one of least loss. Its bound holds for every tree, hence
prize ≤ all prizes − (bound − budget) / rate for every tree within the budget: the Lagrangian bound, whose
least over all rates tried is given. The rates are those at which two neighbours on the frontier tie (as
supported points are enumerated: Aneja & Nair 1979, Management Science 25:73–78). What lies between those
is sought at a ladder of budgets: the tree at hand is cut back by lot, filled up again and improved.

No budget asked for is known when the frontier is drawn, and every budget takes the most that it can pay
among the same trees. So a larger budget never collects less.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from phusong.plans.steiner.choosing import Choice
from phusong.plans.steiner.filling import fill_budget
from phusong.plans.steiner.graphs import Graph
from phusong.plans.steiner.growing import settle_tree, tree_cost
from phusong.plans.steiner.improving import improve_tree
from phusong.plans.steiner.network import Network
from phusong.plans.steiner.prizes import Harvest, Market, open_market
from phusong.plans.steiner.pruning import order_branches
from phusong.plans.steiner.reductions import Shrunk, shrink_graph
from phusong.plans.steiner.search import REACH, Search

#: Budgets at which trees are sought between the corners: so many, so many of them to a doubling.
RUNGS, RUNGS_TO_A_DOUBLING = 32, 6

#: What a running sum of a million costs can be off by, as a share.
ROUNDING = 1e-9


class _Chain(NamedTuple):
    """Hold a tree as nested trees: edges by when they come, and what has been spent and collected by then."""

    edges: np.ndarray
    until: np.ndarray
    spent: np.ndarray
    collected: np.ndarray


class _Ground(NamedTuple):
    """Hold a market's reduced graph, its root, its prizes by vertex, and its true costs by edge."""

    shrunk: Shrunk
    graph: Graph
    root: int
    prize: np.ndarray
    cost: np.ndarray


@dataclass(frozen=True, eq=False)
class Frontier:
    """Hold trees of all sizes, and bounds at several rates; see `trace_frontier`.

    Parameters
    ----------
    market : the network with its prizes.
    ground : what of it is searched.
    chains : nested trees.
    bounds : rate of cost to prize, and bound under the loss at it [n, 2].
    """

    market: Market
    ground: _Ground
    chains: list[_Chain] = field(default_factory=list)
    bounds: list[tuple[float, float]] = field(default_factory=list)

    def spend(self, budget: float) -> Harvest:
        """Return the most that a budget [unit of costs] can collect, a bound over it, and the gap.

        Raises
        ------
        ValueError
            If the budget is negative or no number.
        """
        if not budget >= 0:
            raise ValueError(f"a budget of {budget} cannot be spent")
        edges = self.ground.shrunk.expand(self.pick(budget))
        found = self.market.tell(edges, bound=0, gap=0)
        if found.cost > budget:  # by the rounding of running sums
            edges = self.ground.shrunk.expand(self.pick(budget * (1 - ROUNDING)))
            found = self.market.tell(edges, bound=0, gap=0)
        most = max(self._bound(budget), found.prize)
        gap = (most - found.prize) / most if most > 0 else 0.0
        return self.market.tell(edges, bound=most, gap=gap)

    def pick(self, budget: float) -> np.ndarray:
        """Return the edges, on the ground, of the tree that collects most within a budget."""
        best, edges = (-1.0, 0.0), np.empty(0, np.int64)
        for chain in self.chains:
            i = int(np.searchsorted(chain.spent, budget, side="right")) - 1
            if (chain.collected[i], -chain.spent[i]) > best:
                best = (chain.collected[i], -chain.spent[i])
                edges = chain.edges[: chain.until[i]]
        return edges

    def _bound(self, budget: float) -> float:
        """Return a prize that no tree within a budget can exceed."""
        everything = self.market.reachable
        return min(
            [everything, *(everything - (bound - budget) / rate for rate, bound in self.bounds)]
        )


def spend_budget(
    network: Network,
    *,
    roots: np.ndarray,
    terminals: np.ndarray,
    prizes: np.ndarray,
    budget: float,
    seed: int,
    effort: int,
) -> Harvest:
    """Return the most that a budget was found to collect; its bound is over what any tree can collect.

    For several budgets draw the frontier once (`trace_frontier`) and ask it: the answers are the same.

    Parameters
    ----------
    network : the network.
    roots : vertices that are joined already, one at least.
    terminals : vertices with a prize [n].
    prizes : what joining each is worth, ≥ 0, in any unit [n].
    budget : what the edges may cost together.
    seed : of the random numbers.
    effort : rates of cost to prize to be tried, 1 or more.

    Raises
    ------
    ValueError
        If a root or terminal is no vertex, a prize or the budget is negative, or the effort is below 1.
    """
    frontier = trace_frontier(
        network, roots=roots, terminals=terminals, prizes=prizes, seed=seed, effort=effort
    )
    return frontier.spend(budget)


def trace_frontier(
    network: Network,
    *,
    roots: np.ndarray,
    terminals: np.ndarray,
    prizes: np.ndarray,
    seed: int,
    effort: int,
) -> Frontier:
    """Return trees of all sizes, from nothing to whatever can be reached, and the bounds on them.

    Parameters and faults are those of `spend_budget`.
    """
    if effort < 1:
        raise ValueError(f"effort {effort} is no number of rates")
    market = open_market(network, roots=roots, terminals=terminals, prizes=prizes)
    rng = np.random.default_rng(seed)
    frontier = Frontier(market, _lay_ground(market))
    ground = frontier.ground
    search = Search(ground.graph, ground.root, rng)
    search.run(1, recombine=False)
    none, everything = _hang(ground, np.empty(0, np.int64)), _hang(ground, search.edges)
    frontier.chains.extend([none, everything])
    _find_corners(frontier, effort, rng)
    for rung in range(RUNGS - 1, -1, -1):
        share = 2.0 ** (-rung / RUNGS_TO_A_DOUBLING)
        _climb_rung(frontier, share * everything.spent[-1], effort, rng)
    return frontier


def _lay_ground(market: Market) -> _Ground:
    """Return the ground of a market."""
    task = market.task
    shrunk = shrink_graph(task.graph, task.root, reach=REACH, forced=False)
    prize = np.zeros(len(shrunk.graph.terminal))
    place = task.place[market.terminals]
    np.add.at(prize, shrunk.place[place[place >= 0]], market.prizes[place >= 0])
    parts = market.network.cost[task.edge[shrunk.told]]
    cost = np.add.reduceat(parts, shrunk.start[:-1]) if len(parts) else parts
    return _Ground(shrunk, shrunk.graph, shrunk.root, prize, cost)


def _find_corners(frontier: Frontier, effort: int, rng: np.random.Generator) -> None:
    """Try rates, each time where most may lie between two corners of the frontier."""
    ends = (_corner(frontier.chains[0]), _corner(frontier.chains[1]))
    open_ends = [ends] if _area(ends) > 0 else []
    for _ in range(effort):
        if not open_ends:
            return
        open_ends.sort(key=_area)
        low, high = open_ends.pop()
        middle = _try_rate(frontier, (high[0] - low[0]) / (high[1] - low[1]), rng)
        open_ends += [p for p in ((low, middle), (middle, high)) if _area(p) > 0]


def _corner(chain: _Chain) -> tuple[float, float]:
    """Return what the whole of a chain costs and collects."""
    return float(chain.spent[-1]), float(chain.collected[-1])


def _area(ends: tuple[tuple[float, float], tuple[float, float]]) -> float:
    """Return how much may lie between two corners: the box they span, 0 where one is no better."""
    (spent, collected), (spent_more, collected_more) = ends
    return max(0.0, spent_more - spent) * max(0.0, collected_more - collected)


def _try_rate(frontier: Frontier, rate: float, rng: np.random.Generator) -> tuple[float, float]:
    """Search for the tree of least loss at a rate; keep its chain and the bound, and return its corner."""
    market, ground = frontier.market, frontier.ground
    whole = market.weigh_prizes(rate)
    prize = np.zeros(len(ground.prize), np.int64)
    some = np.flatnonzero(whole)
    prize[ground.shrunk.place[some]] = whole[some]
    choice = Choice(ground.graph, ground.root, prize)
    choice.run(1, rng)
    chain = _hang(ground, choice.edges)
    frontier.chains.append(chain)
    frontier.bounds.append((rate, choice.bound / market.task.scale))
    return _corner(chain)


def _climb_rung(frontier: Frontier, budget: float, effort: int, rng: np.random.Generator) -> None:
    """Seek a tree that collects more within a budget, by cutting back, filling up and improving."""
    ground = frontier.ground
    whole = int(budget * frontier.market.task.scale)
    edges = frontier.pick(budget)
    best = (ground.prize[_hold(ground, edges)].sum(), -ground.graph.cost[edges].sum())
    for number in range(effort):
        stray = ground.prize * rng.uniform(0.5, 1.5, len(ground.prize))
        inside = _hold(ground, edges)
        if number > 0:
            inside = _cut_back(ground, inside, stray, rng.uniform(0.0, 0.9))
        up = _settle(ground, inside)
        fill_budget(ground.graph, inside, stray, whole - int(tree_cost(ground.graph, up)))
        up = _settle(ground, inside)
        fill_budget(ground.graph, inside, ground.prize, whole - int(tree_cost(ground.graph, up)))
        up = _settle(ground, inside)
        found = (ground.prize[inside].sum(), -tree_cost(ground.graph, up))
        if found > best:
            best, edges = found, np.unique(up[up >= 0] >> 1)
    frontier.chains.append(_hang(ground, edges))


def _hold(ground: _Ground, edges: np.ndarray) -> np.ndarray:
    """Return which vertices a tree holds."""
    inside = np.arange(len(ground.prize)) == ground.root
    inside[ground.graph.tip[2 * edges]] = True
    inside[ground.graph.tip[2 * edges + 1]] = True
    return inside


def _settle(ground: _Ground, inside: np.ndarray) -> np.ndarray:
    """Return the cheapest tree found over the prizes a tree holds; `inside` becomes its vertices."""
    wanted = inside & (ground.prize > 0)
    wanted[ground.root] = True
    return improve_tree(ground.graph._replace(terminal=wanted), inside, ground.root)


def _cut_back(ground: _Ground, inside: np.ndarray, prize: np.ndarray, share: float) -> np.ndarray:
    """Return a share of a tree's vertices: those left once the poorest branches are given up."""
    wanted = inside & (prize > 0)
    wanted[ground.root] = True
    up = settle_tree(ground.graph._replace(terminal=wanted), inside, ground.root)
    order = order_branches(ground.graph, inside, up, ground.root, prize)
    left = np.zeros(len(inside), np.bool_)
    left[order[: 1 + int(share * len(order))]] = True
    return left


def _hang(ground: _Ground, edges: np.ndarray) -> _Chain:
    """Return a tree as a chain of nested trees, the branch that collects least for its cost coming last."""
    inside, prize = _hold(ground, edges), ground.prize
    wanted = inside & (prize > 0)
    wanted[ground.root] = True
    up = settle_tree(ground.graph._replace(terminal=wanted), inside, ground.root)
    order = order_branches(ground.graph, inside, up, ground.root, prize)
    came = up[order[1:]] >> 1
    until = np.concatenate([[0], np.flatnonzero(prize[order[1:]] > 0) + 1])
    spent = np.concatenate([[0.0], np.cumsum(ground.cost[came])])[until]
    return _Chain(came, until, spent, np.cumsum(prize[order])[until])
