"""The rollout of a finished run: its trenches beside other ways to dig them, its plan beside a greedy one.

Run it from the source tree: `python -m benchmarks.rollout [DIR]`. DIR is the output folder of a run;
without it the demonstration province is planned, if `phusong demo` has made it. On one graph, in one run,
the trenches to every hamlet that wants something are laid four ways: ours; each hamlet alone along its
shortest way, as planning tools do that route villages one by one (their sum counts shared trenches again
and again); nearest first; and networkx's Mehlhorn. The plan stands beside one that keeps the same promises
and digs for the others, K5 first and then in order of đồng per pupil, each along its shortest way from what
was dug by then; neither owes a floor to any commune.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from benchmarks.steiner import join_mehlhorn, join_nearest_first, take_time
from benchmarks.terrain import describe_machine, print_table
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

from phusong.intake.steiner_instances import SteinerInstance
from phusong.pipeline.choices import DARK, Choices, lay_choices
from phusong.pipeline.comparison import move_lever
from phusong.pipeline.grounds import Ground, read_ground
from phusong.pipeline.planning import Money, choose_plan
from phusong.plans.options.pricing import quote_price
from phusong.plans.scenarios import SCENARIOS
from phusong.plans.ways import Ways, list_roots
from phusong.plans.ways.graph import view_costs
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.options import ScenarioName
from phusong.vocabulary.terms import GapClass

DEMO = Path("data/processed/demo_province")
#: Share of what reaches everybody that is granted in the comparison of plans.
BUDGET_SHARE = 0.3


def lay_instance(ways: Ways) -> tuple[SteinerInstance, np.ndarray]:
    """Return the graph with the hamlets that a live node can reach, and the live nodes."""
    roots = list_roots(ways)
    cost = view_costs(ways)
    far = measure_from(ways, cost, roots)
    stops = ways.hamlet_vertex[np.isfinite(far[ways.hamlet_vertex])]
    vertices = int(max(ways.tail.max(), ways.head.max(), ways.hamlet_vertex.max())) + 1
    return SteinerInstance(
        "trenches", vertices, ways.tail, ways.head, cost, np.unique(stops)
    ), roots


def measure_from(ways: Ways, cost: np.ndarray, sources: np.ndarray) -> np.ndarray:
    """Return what the cheapest way from any source costs, by vertex."""
    return trace_from(ways, cost, sources)[0]


def trace_from(ways: Ways, cost: np.ndarray, sources: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return what the cheapest way from any source costs, and which vertex comes before, by vertex."""
    size = int(max(ways.tail.max(), ways.head.max(), ways.hamlet_vertex.max())) + 1
    ends = np.sort(np.column_stack([ways.tail, ways.head]), axis=1)
    order = np.lexsort((cost, ends[:, 1], ends[:, 0]))
    first = np.ones(len(order), bool)
    first[1:] = (ends[order][1:] != ends[order][:-1]).any(axis=1)
    kept = order[first]
    # a free edge stays an edge: what is stored as zero would be none
    table = sparse.csr_array(
        (np.maximum(cost[kept], 1e-6), (ends[kept, 0], ends[kept, 1])), shape=(size, size)
    )
    near, before, _ = dijkstra(
        table, directed=False, indices=sources, min_only=True, return_predecessors=True
    )
    return near, before


def dig_greedily(ground: Ground, choices: Choices, budget: float) -> pd.Series:
    """Return whom promises connect, and digging: those with nothing first, then by đồng per pupil."""
    ways, hamlets = choices.ways, choices.hamlets
    cost = view_costs(ways).astype(float)
    cabinet = quote_price(ground.parameters.rollout.cabinet_vnd)[1]
    dark = hamlets["gap_class"].isin(DARK).to_numpy()
    weight = hamlets["weight"].to_numpy(dtype=float)
    owed = choices.facilities.serves["piece"].isin(choices.promised)
    promised = (
        hamlets["hamlet_id"].isin(choices.facilities.serves.loc[owed, "hamlet_id"]).to_numpy()
    )
    left = set(np.flatnonzero(dark & ~promised & (weight > 0)).tolist())
    live = list_roots(ways).tolist()
    nothing = (hamlets["gap_class"] == GapClass.K5).to_numpy()
    reached = np.where(dark & promised, weight, 0.0)
    while left:
        near, before = trace_from(ways, cost, np.array(sorted(set(live))))
        each = (near[ways.hamlet_vertex] + cabinet) / np.maximum(weight, 1.0)
        best = min(left, key=lambda h: (not nothing[h], each[h], h))
        price = near[ways.hamlet_vertex[best]] + cabinet
        left.discard(best)
        if not np.isfinite(price) or price > budget:
            continue
        budget -= price
        reached[best] = weight[best]
        at = int(ways.hamlet_vertex[best])
        while at >= 0:
            live.append(at)
            at = int(before[at])
    return pd.Series(reached, index=hamlets["gap_class"])


def row(what: str, ours: float, peer: float, name: str) -> dict[str, Any]:
    """Return one row of the report."""
    ratio = round(ours / peer, 4) if peer else None
    return {
        "what": what,
        "ours": round(ours),
        "peer": round(peer),
        "peer_name": name,
        "ratio": ratio,
    }


def compare_trenches(choices: Choices) -> list[dict[str, Any]]:
    """Return what joining every hamlet costs by ours and by three others, on one graph [VND]."""
    forest = choices.forests[0]
    instance, roots = lay_instance(choices.ways)
    alone = measure_from(choices.ways, view_costs(choices.ways), roots)[instance.terminals].sum()
    what, ours = "trenches to every hamlet [VND]", forest.cost_vnd
    return [
        row(what, ours, float(alone), "each hamlet alone"),
        row(what, ours, join_nearest_first(instance, roots), "nearest first"),
        row(what, ours, join_mehlhorn(instance, roots), "networkx, Mehlhorn"),
        row("trenches: cost over its proven lower bound", ours, forest.lower_bound_vnd, "bound"),
    ]


def compare_plans(ground: Ground, choices: Choices) -> list[dict[str, Any]]:
    """Return whom the plan connects with little money, beside digging greedily."""
    whole = choose_plan(ground, choices, Money())
    budget = BUDGET_SHARE * whole.whole_cost_vnd
    alike = move_lever(ground, "commune_floor", 0.0)
    plan, spent = take_time(lambda: choose_plan(alike, choices, Money(budget_vnd=budget)))
    table: pd.DataFrame = plan.hamlets
    mine = table[table["wave"] >= 0].set_index("gap_class")["weight"].astype(float)
    greedy = dig_greedily(ground, choices, budget)
    worst = max(proof.gap for proof in plan.proofs)
    return [
        *(
            row(f"pupils in {name} connected, 30 % of the money", float(mine[mine.index.isin(classes)].sum()),
                float(greedy[greedy.index.isin(classes)].sum()), "K5 first, by đồng per pupil")
            for name, classes in (("K5", DARK[-1:]), ("K3–K5", DARK))
        ),
        {"what": "plan: worst gap of its aims", "ours": round(worst, 5), "peer": 0.02,
         "peer_name": "what is asked for", "ratio": None},
        {"what": "plan: processor seconds", "ours": round(spent, 2), "peer": None, "peer_name": "",
         "ratio": None},
    ]  # fmt: skip


def run(directory: Path | None = None) -> dict[str, Any]:
    """Return the report of `phusong bench rollout [DIR]`."""
    folder = directory or DEMO
    if not (folder / "manifest.json").exists():
        raise ParameterFault(f"{folder}: there is no finished run here → `phusong demo` makes one")
    ground = read_ground(folder)
    choices, spent = take_time(lambda: lay_choices(ground, SCENARIOS[ScenarioName.BASELINE]))
    laid = {"what": "ways, options and forests: processor seconds", "ours": round(spent, 2)}
    rows = [
        {**laid, "peer": None, "peer_name": "", "ratio": None},
        *(compare_trenches(choices) if choices.forests else []),
        *compare_plans(ground, choices),
    ]
    return {"name": "rollout", "machine": describe_machine(), "rows": rows}


if __name__ == "__main__":
    print_table(run(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
