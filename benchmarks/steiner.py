"""Steiner trees: what joining hamlets costs, beside the proven optimum and beside other ways.

Run it from the source tree: `python -m benchmarks.steiner [DIR]`. DIR holds `.gr[.gz]` files and
`optimum.csv`; each row is one of them, Mehlhorn's tree from networkx beside ours. Without DIR there is one
made-up road network with 2,000 hamlets, and besides these two the tree that joins nearest first (again and
again the hamlet nearest to what is joined by then, over the shortest way, whatever is superfluous cut off in
the end), all on the same graph in this run.
Kernels are compiled before the clock starts; seconds are of one core.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
from benchmarks.terrain import describe_machine, print_table
from scipy.spatial import Delaunay

from phusong.intake.steiner_instances import (
    SteinerInstance,
    read_steiner_instance,
    read_steiner_optima,
)
from phusong.plans.steiner import Tree, build_network, connect_terminals
from phusong.plans.steiner.graphs import arc_costs
from phusong.plans.steiner.growing import grow_tree, settle_tree, tree_cost
from phusong.plans.steiner.network import set_task

SEED = 20210921
#: Vertices × rounds: so much search has an instance; the smallest have most rounds.
ROUND_VERTICES, FEWEST, MOST = 1_500_000, 20, 400
ROAD_VERTICES, HAMLETS, LIVE_NODES, ROAD_ROUNDS = 36_000, 2_000, 20, 4
#: Share of the straight joins between neighbours that are roads, and how far roads wind.
ROAD_SHARE, WINDING = 0.5, 0.4


def choose_rounds(vertices: int) -> int:
    """Return the rounds of search that an instance gets."""
    return int(np.clip(ROUND_VERTICES // max(vertices, 1), FEWEST, MOST))


def join(instance: SteinerInstance, roots: np.ndarray, rounds: int) -> Tree:
    """Return our tree."""
    network = build_network(instance.tail, instance.head, instance.cost, vertices=instance.vertices)
    return connect_terminals(
        network, roots=roots, terminals=instance.terminals, seed=SEED, effort=rounds
    )


def make_roads() -> tuple[SteinerInstance, np.ndarray]:
    """Return a made-up network of winding roads with hamlets, and its live nodes; costs are metres."""
    rng = np.random.default_rng(SEED)
    place = rng.uniform(0, 100_000, (ROAD_VERTICES, 2))
    corners = Delaunay(place).simplices
    ends = np.unique(
        np.sort(np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]]), axis=1),
        axis=0,
    )
    length = np.hypot(*(place[ends[:, 0]] - place[ends[:, 1]]).T)
    length = np.round(length * (1 + rng.uniform(0, WINDING, len(ends))))
    every = nx.Graph()
    every.add_weighted_edges_from(zip(*ends.T.tolist(), length.tolist(), strict=True))
    spine = {(min(e), max(e)) for e in nx.minimum_spanning_edges(every, data=False)}
    kept = rng.random(len(ends)) < ROAD_SHARE
    kept |= np.array([tuple(e) in spine for e in ends.tolist()])
    chosen = rng.permutation(ROAD_VERTICES)[: HAMLETS + LIVE_NODES]
    made = SteinerInstance("roads", ROAD_VERTICES, *ends[kept].T, length[kept], chosen[LIVE_NODES:])
    return made, chosen[:LIVE_NODES]


def join_nearest_first(instance: SteinerInstance, roots: np.ndarray) -> float:
    """Return what it costs if the hamlet nearest to what is joined by then is joined, until all are."""
    network = build_network(instance.tail, instance.head, instance.cost, vertices=instance.vertices)
    task = set_task(network, roots=roots, terminals=instance.terminals)
    graph = task.graph
    inside = grow_tree(graph, arc_costs(graph), task.root, graph.terminal)
    return float(tree_cost(graph, settle_tree(graph, inside, task.root)))


def join_mehlhorn(instance: SteinerInstance, roots: np.ndarray) -> float:
    """Return the cost of networkx's tree, live nodes joined at no cost."""
    graph, dear_first = nx.Graph(), np.argsort(-instance.cost, kind="stable")
    edges = (
        column[dear_first].tolist() for column in (instance.tail, instance.head, instance.cost)
    )
    graph.add_weighted_edges_from(zip(*edges, strict=True))
    graph.add_weighted_edges_from((int(roots[0]), int(r), 0.0) for r in roots[1:])
    ends = [*map(int, roots), *map(int, instance.terminals)]
    tree = nx.approximation.steiner_tree(graph, ends, weight="weight", method="mehlhorn")
    return float(tree.size("weight"))


def take_time(work: Callable[[], Any]) -> tuple[Any, float]:
    """Return what work gives, and the seconds of processor it took."""
    start = time.process_time()
    return work(), time.process_time() - start


def describe(
    instance: SteinerInstance, cost: float, bound: float | None, optimum: float | None, spent: float
) -> dict[str, Any]:
    """Return one row of the table."""
    return {
        "instance": instance.name,
        "vertices": instance.vertices,
        "edges": len(instance.tail),
        "terminals": len(instance.terminals),
        "cost": cost,
        "lower_bound": bound,
        "gap": None if bound is None else round((cost - bound) / cost, 7) if cost else 0.0,
        "optimum": optimum,
        "excess": None if optimum is None else round(cost / optimum - 1, 7) if optimum else 0.0,
        "seconds": round(spent, 2),
    }


def measure_folder(directory: Path) -> list[dict[str, Any]]:
    """Return a row for every instance in a folder."""
    table = directory / "optimum.csv"
    optima = read_steiner_optima(table) if table.exists() else {}
    rows = []
    for path in sorted(p for p in directory.iterdir() if ".gr" in p.suffixes):
        instance = read_steiner_instance(path)
        rounds = choose_rounds(instance.vertices)
        tree, spent = take_time(lambda i=instance, r=rounds: join(i, np.empty(0, np.int64), r))
        optimum = optima.get(instance.name)
        row = describe(instance, tree.cost, tree.lower_bound, optimum, spent)
        peer, peer_spent = take_time(lambda i=instance: join_mehlhorn(i, np.empty(0, np.int64)))
        rows.append(row | {"mehlhorn_cost": peer, "mehlhorn_seconds": round(peer_spent, 2)})
    return rows


def measure_roads() -> list[dict[str, Any]]:
    """Return a row for every way to join the hamlets of the made-up roads."""
    instance, roots = make_roads()
    tree, spent = take_time(lambda: join(instance, roots, ROAD_ROUNDS))
    rows = [describe(instance, tree.cost, tree.lower_bound, None, spent)]
    for name, way in (("nearest first", join_nearest_first), ("networkx", join_mehlhorn)):
        cost, spent = take_time(lambda w=way: w(instance, roots))
        rows.append(describe(instance, cost, None, None, spent) | {"instance": f"roads, {name}"})
    return rows


def run(directory: Path | None = None) -> dict[str, Any]:
    """Return the report of `phusong bench steiner [DIR]`."""
    rng = np.random.default_rng(SEED)
    tail, head = rng.integers(0, 60, (2, 150))
    small = SteinerInstance("small", 60, tail, head, rng.integers(1, 99, 150), np.arange(20))
    join(small, np.empty(0, np.int64), FEWEST)
    rows = measure_roads() if directory is None else measure_folder(directory)
    return {"name": "steiner", "machine": describe_machine(), "rows": rows}


if __name__ == "__main__":
    print_table(run(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
