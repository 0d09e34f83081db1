"""The rollout: options, trenches and promises of one ground put together, planned, and kept as tables."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from phusong.pipeline.grounds import Ground
from phusong.plans.options import Options, list_options
from phusong.plans.options.pricing import quote_price
from phusong.plans.rollout import (
    Facilities,
    Plan,
    join_facilities,
    list_antennas,
    list_satellites,
    plan_rollout,
)
from phusong.plans.rollout.facilities import COSTS
from phusong.plans.scenarios import Scenario
from phusong.plans.trenches import Forest, grow_forest
from phusong.plans.ways import Ways, build_ways
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.options import OptionKind
from phusong.vocabulary.terms import GapClass, Operator

#: Classes for which something is to be built; KU is to be verified first.
WANTING = [str(c) for c in (GapClass.K2, GapClass.K3, GapClass.K4, GapClass.K5)]
DARK = WANTING[1:]


@dataclass(frozen=True)
class Outcome:
    """Hold a plan with what it was made of.

    Parameters
    ----------
    scenario : under which it was made.
    plan : the plan.
    hamlets : those planned for, with gap_class.
    unplaced : hamlets that want something and have no place, to be surveyed first.
    unknown : hamlets of class KU, to be verified first.
    options : radio options.
    forests : trenches that the plan could choose from.
    ways : the graph they run on.
    check : the trenches to those whom the plan gives fibre, found once more for them alone.
    """

    scenario: Scenario
    plan: Plan
    hamlets: pd.DataFrame
    unplaced: list[str]
    unknown: list[str]
    options: Options | None
    forests: list[Forest]
    ways: Ways
    check: list[Forest] = field(default_factory=list)


def make_plan(
    ground: Ground, scenario: Scenario, *, budget_vnd: float | None, waves: int
) -> Outcome:
    """Return the rollout under a scenario.

    Parameters
    ----------
    ground : what to plan on.
    scenario : what is changed about the question.
    budget_vnd : for all waves together; None: the least that reaches everybody who can be reached.
    waves : number of waves; one a year.

    Raises
    ------
    ParameterFault
        If the question cannot be answered, with why.
    """
    column = "class_without_3g" if scenario.without_3g else "class"
    named = ground.hamlets.rename(columns={column: "gap_class"})
    want = named[named["gap_class"].isin(WANTING)]
    placed = want[want["x_m"].notna() & want["y_m"].notna()].reset_index(drop=True)
    rollout = ground.parameters.rollout
    try:
        ways = build_ways(
            ground.roads,
            placed,
            ground.nodes,
            ground.terrain,
            routes=ground.routes,
            rollout=rollout,
            crs=ground.crs,
        )
        options = find_options(ground, placed) if scenario.radio else None
        forests = grow_forests(ground, placed, ways, scenario)
        promised = list_promises(ground, placed)
        facilities = gather_facilities(ground, placed, scenario, options, forests, promised)
        plan = plan_rollout(
            placed,
            facilities,
            waves=waves,
            budget_vnd=budget_vnd,
            kept=dict.fromkeys(promised.pieces["piece"], 0),
            commune_floor=rollout.number("commune_floor"),
            gap=rollout.number("mip_gap"),
        )
    except ValueError as fault:
        raise ParameterFault(f"no plan: {fault}") from fault
    return Outcome(
        scenario=scenario,
        plan=plan,
        hamlets=placed,
        unplaced=sorted(set(want["hamlet_id"]) - set(placed["hamlet_id"])),
        unknown=named.loc[named["gap_class"] == GapClass.KU, "hamlet_id"].tolist(),
        options=options,
        forests=forests,
        ways=ways,
        check=_check_trenches(ground, placed, ways, plan),
    )


def find_options(ground: Ground, placed: pd.DataFrame) -> Options:
    """Return the radio options for hamlets without full 4G.

    Parameters
    ----------
    ground : what to plan on.
    placed : hamlets to plan for, with gap_class.
    """
    dark = placed[placed["gap_class"].isin(DARK)]
    urban = placed.set_index("hamlet_id")["urban"]
    points = ground.points[ground.points["hamlet_id"].isin(dark["hamlet_id"])]
    roads = ground.roads.geometry.to_crs(ground.crs)
    return list_options(
        dark,
        points.assign(urban=points["hamlet_id"].map(urban)),
        ground.masts,
        ground.carriers,
        ground.nodes[["x_m", "y_m"]].to_numpy(dtype=float),
        ground.terrain,
        shapely.union_all(roads.to_numpy()) if len(roads) else None,
        radio=ground.parameters.radio,
        rollout=ground.parameters.rollout,
        full_share=ground.parameters.policy.number("full_share"),
    )


def grow_forests(
    ground: Ground, placed: pd.DataFrame, ways: Ways, scenario: Scenario
) -> list[Forest]:
    """Return the trenches that a plan may choose from: for all, for those without lessons, for the darkest.

    Parameters
    ----------
    ground : what to plan on.
    placed : hamlets to plan for, with gap_class.
    ways : graph.
    scenario : whether all share, or each operator builds from its own nodes.
    """
    if ground.nodes.empty:
        return []
    dark = placed["gap_class"].isin(DARK).to_numpy()
    darkest = (placed["gap_class"] == GapClass.K5).to_numpy()
    groups = {"k2-k5": np.ones(len(placed), bool), "k3-k5": dark, "k5": darkest}
    wanted = {name: mask for name, mask in groups.items() if mask.any()}
    builders: list[str | None] = [None]
    if not scenario.shared:
        builders = sorted(set(ground.nodes["operator"]))
        wanted = dict(list(wanted.items())[:1])
    return [
        _grow(ground, placed, ways, mask, f"{operator or 'shared'}-{group}", operator)
        for operator in builders
        for group, mask in wanted.items()
    ]


def _grow(
    ground: Ground,
    placed: pd.DataFrame,
    ways: Ways,
    wanted: np.ndarray,
    name: str,
    operator: str | None,
) -> Forest:
    """Return one forest under the parameters of the ground."""
    rollout = ground.parameters.rollout
    return grow_forest(
        ways,
        placed["hamlet_id"].to_numpy(dtype=object),
        wanted,
        name=name,
        operator=operator,
        cabinet=quote_price(rollout.cabinet_vnd),
        effort=int(rollout.number("tree_effort")),
        seed=0,
    )


def list_promises(ground: Ground, placed: pd.DataFrame) -> Facilities:
    """Return the hamlets to which somebody is already building fibre, as pieces that cost the plan nothing.

    Parameters
    ----------
    ground : what to plan on.
    placed : hamlets to plan for.
    """
    near = np.full(len(placed), np.inf)
    at = np.zeros(len(placed), dtype=np.int64)
    if len(ground.building) and len(placed):
        tree = cKDTree(ground.building[["x_m", "y_m"]].to_numpy())
        near, at = tree.query(placed[["x_m", "y_m"]].to_numpy(dtype=float))
    mine = near <= ground.parameters.fibre.number("ready_distance_m")
    ids = "promised-" + placed.loc[mine, "hamlet_id"].astype("str")
    pieces = pd.DataFrame(
        {
            "piece": ids,
            "kind": str(OptionKind.FIBRE),
            "operator": ground.building["operator"].to_numpy(dtype=object)[at[mine]],
            "before": "",
            "from_wave": 0,
            **dict.fromkeys(COSTS, 0),
        }
    ).reset_index(drop=True)
    serves = pd.DataFrame({"piece": ids, "hamlet_id": placed.loc[mine, "hamlet_id"]})
    return Facilities(pieces, serves.reset_index(drop=True))


def gather_facilities(
    ground: Ground,
    placed: pd.DataFrame,
    scenario: Scenario,
    options: Options | None,
    forests: list[Forest],
    promised: Facilities,
) -> Facilities:
    """Return everything that may be built under a scenario.

    Parameters
    ----------
    ground, placed, scenario, options, forests, promised : see `make_plan`.
    """
    dark = placed[placed["gap_class"].isin(DARK)]
    fibre = [forest.facilities for forest in forests]
    if not scenario.fibre_for_dark:
        fibre = [
            Facilities(f.pieces, f.serves[~f.serves["hamlet_id"].isin(dark["hamlet_id"])])
            for f in fibre
        ]
    parts = [promised, *fibre]
    if options is not None:
        rollout = ground.parameters.rollout
        licensed = pd.Timestamp(str(rollout.satellite_from.value)).year
        parts += [
            list_antennas(options.options, options.serves),
            list_satellites(
                dark,
                kit=quote_price(rollout.satellite_vnd),
                pupils_a_kit=rollout.number("satellite_pupils"),
                from_wave=max(0, licensed - ground.year),
                operator=str(Operator.OTHER),
            ),
        ]
    return join_facilities(parts)


def _check_trenches(ground: Ground, placed: pd.DataFrame, ways: Ways, plan: Plan) -> list[Forest]:
    """Return the trenches for those whom the plan gives fibre, found for them alone."""
    told = plan.hamlets.set_index("hamlet_id")["piece"]
    piece = placed["hamlet_id"].map(told).fillna("")
    dug = piece.str.contains("-cabinet-", regex=False).to_numpy(dtype=bool)
    if not dug.any() or ground.nodes.empty:
        return []
    return [_grow(ground, placed, ways, dug, "check", None)]
