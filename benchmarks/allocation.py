"""Allocation of devices: classes of pupils beside one node a pupil, in one run, and beside a greedy queue.

Run it from the source tree: `python -m benchmarks.allocation [PUPILS LOTS]`; without figures 100,000 pupils
with 50 lots and 2,000,000 with 200. Every row has a process of its own, and so its own peak of memory:

- `phusong` is the whole of `allocate_devices`: tables in, tables out, packages, reasons and proof included;
- `phusong, flows alone` is the part that the peers do: who is served, which lot; and the proof;
- `one node a pupil` is the same minimum cost flow with a node for every pupil, lots that are alike taken
  together, solved by OR-tools, once for who is served and once for the fit; its answer must be ours. `ratio`
  is its seconds over those of our flows, `ratio_whole` over those of the whole;
- `greedy queue` gives each pupil in the order the best fitting device that is left; its gap is the share of
  pupils whom it fails to serve.

Worlds are made up, all pupils in need; making them is not measured.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from benchmarks.terrain import describe_machine, print_table

from phusong.plans.devices import AllocationPolicy, allocate_devices, judge_lots
from phusong.plans.devices.assigning import assign_devices, solve_problem
from phusong.plans.devices.deciding import Homes
from phusong.plans.devices.fitting import code_situations
from phusong.plans.devices.flows import Arcs, solve_flow
from phusong.plans.devices.handing import hold_packages
from phusong.plans.devices.matching import deal_lots
from phusong.plans.devices.problem import Problem
from phusong.plans.devices.standing import sort_pupils
from phusong.plans.devices.stocks import count_kept, list_bought, take_stock
from phusong.simulate.allocation import AllocationWorld, make_allocation
from phusong.vocabulary.book import AllocationUnit
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.pupils import DeviceKind
from phusong.vocabulary.schema import empty_table
from phusong.vocabulary.tables.pupils import PUPIL_LINKS

SIZES = ((100_000, 50), (2_000_000, 200))
SEED = 20210921
POLICY = AllocationPolicy("vp242-1", AllocationUnit.PER_STUDENT)
MIB = 1024


def allocate(world: AllocationWorld) -> Any:
    """Return our plan."""
    return allocate_devices(
        world.students,
        world.lots,
        world.packages,
        world.awards,
        world.rollout,
        policy=POLICY,
        devices=load_parameters().devices,
        as_of=pd.Timestamp("2021-10-15"),
        communes=world.communes,
    )


def pose(world: AllocationWorld) -> Problem:
    """Return the problem that our plan solves."""
    devices, empty = load_parameters().devices, world.awards
    standing = sort_pupils(
        world.students,
        empty,
        unit=AllocationUnit.PER_STUDENT,
        links=empty_table(PUPIL_LINKS),
        declined=(),
    )
    homes = Homes(*code_situations(world.students, world.rollout))
    none = list_bought(0, kind=DeviceKind.TABLET, devices=devices)
    fitness = judge_lots(world.lots, devices=devices)
    return assign_devices(
        world.students.iloc[standing.line],
        Homes(*(part[standing.line] for part in (homes.situation, homes.wave, homes.wired))),
        take_stock(world.lots, fitness, count_kept(empty, []), bought=none),
        hold_packages(world.packages, empty.assign(package_id=None)),
        policy=POLICY,
        devices=devices,
        communes=world.communes,
        signals=None,
    ).posed.problem


def solve_classes(problem: Problem) -> tuple[np.ndarray, float]:
    """Return our flow, and its largest gap."""
    devices = load_parameters().devices
    flow, proofs = solve_problem(problem, [("all", len(problem.member))], devices)
    return flow, max(proof.gap for proof in proofs)


def solve_singly(problem: Problem) -> tuple[np.ndarray, int]:
    """Return who is served and the misfit, with a node for every pupil."""
    pupils, lots = len(problem.member), len(problem.stock)
    degree = problem.allowed.sum(axis=1)
    per_class = np.concatenate([[0], np.cumsum(degree)])
    _, some = problem.allowed.nonzero()
    count = degree[problem.member]
    tail = np.repeat(np.arange(pupils, dtype=np.int32), count)
    within = np.arange(len(tail)) - np.repeat(np.cumsum(count) - count, count)
    lot = some[per_class[problem.member][tail] + within]
    end, shelf = pupils + lots, pupils + np.arange(lots)
    takes = Arcs(tail, pupils + lot, np.ones(len(tail)), np.zeros(len(tail)))
    nodes = np.arange(pupils)
    waits = Arcs(nodes, np.full(pupils, end), np.ones(pupils), pupils - nodes)
    leaves = Arcs(shelf, np.full(lots, end), problem.stock, np.zeros(lots))
    supply = np.zeros(end + 1, dtype=np.int64)
    supply[:pupils], supply[end] = 1, -pupils
    served = solve_flow([takes, waits, leaves], supply)[1] == 0
    mine = served[tail]
    cost = problem.misfit[problem.member[tail[mine]], lot[mine]]
    takes = Arcs(tail[mine], pupils + lot[mine], np.ones(int(mine.sum())), cost)
    supply[:pupils], supply[end] = served, -served.sum()
    return served, int(solve_flow([takes, leaves], supply)[0] @ cost)


def queue(problem: Problem) -> int:
    """Return how many a greedy queue serves: each in the order takes the best that is left."""
    left = problem.stock.copy()
    order = [
        row[np.argsort(cost[row], kind="stable")].tolist()
        for row, cost in zip(
            (np.flatnonzero(a) for a in problem.allowed), problem.misfit, strict=True
        )
    ]
    served = 0
    for kind in problem.member.tolist():
        for lot in order[kind]:
            if left[lot]:
                left[lot] -= 1
                served += 1
                break
    return served


def measure(pupils: int, lots: int, way: str) -> dict[str, Any]:
    """Return one row, measured in this process."""
    world = make_allocation(pupils, lots, seed=SEED)
    row: dict[str, Any] = {"pupils": pupils, "lots": lots, "way": way}
    if way == "phusong":
        start = time.perf_counter()
        plan = allocate(world)
        row |= {"seconds": round(time.perf_counter() - start, 3), "gap": plan.gap}
        row["served"] = int(plan.surplus["given"].sum())
    else:
        problem = pose(world)
        start = time.perf_counter()
        flow, gap = solve_classes(problem)
        ours = {"seconds": round(time.perf_counter() - start, 3), "peak_mib": read_peak()}
        ours |= {"gap": gap, "served": int(flow.sum())}
        row["ours"] = ours | {"classes": problem.classes, "types": len(problem.stock)}
        start = time.perf_counter()
        if way == "one node a pupil":
            served, misfit = solve_singly(problem)
            if (served != (deal_lots(problem, flow) >= 0)).any() or misfit != int(
                (flow * problem.misfit).sum()
            ):
                raise RuntimeError("one node a pupil found another optimum")
            row |= {"served": int(served.sum()), "gap": 0.0}
        else:
            count = queue(problem)
            row |= {"served": count, "gap": round(1 - count / int(flow.sum()), 6)}
        row["seconds"] = round(time.perf_counter() - start, 3)
    return row | {"peak_mib": read_peak()}


def read_peak() -> int:
    """Return the peak of this process's memory so far [MiB]."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB)


def measure_apart(pupils: int, lots: int, way: str) -> dict[str, Any]:
    """Return one row, measured in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.allocation", str(pupils), str(lots), way]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    answer: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return answer


def measure_size(pupils: int, lots: int) -> list[dict[str, Any]]:
    """Return the rows of one size; the ratio is of seconds, theirs over those of our flows in their run."""
    rows = [measure_apart(pupils, lots, "phusong")]
    for way in ("one node a pupil", "greedy queue"):
        row = measure_apart(pupils, lots, way)
        ours = row.pop("ours")
        if way == "one node a pupil":
            rows.append({"pupils": pupils, "lots": lots, "way": "phusong, flows alone"} | ours)
            row["ratio"] = round(row["seconds"] / ours["seconds"], 1)
            row["ratio_whole"] = round(row["seconds"] / rows[0]["seconds"], 1)
        rows.append(row)
    return rows


def run(directory: Path | None = None) -> dict[str, Any]:  # noqa: ARG001
    """Return the report of `phusong bench allocation`; it takes no folder."""
    rows = [row for pupils, lots in SIZES for row in measure_size(pupils, lots)]
    return {"name": "allocation", "machine": describe_machine(), "rows": rows}


if __name__ == "__main__":
    if len(sys.argv) > 3:
        print(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])))
    elif len(sys.argv) > 2:
        size = [measure_size(int(sys.argv[1]), int(sys.argv[2]))]
        print_table({"name": "allocation", "machine": describe_machine(), "rows": size[0]})
    else:
        print_table(run())
