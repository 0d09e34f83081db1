"""What a rollout may choose from on one ground: ways, radio options, forests of trenches, promises."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from phusong.pipeline.grounds import Ground
from phusong.plans.commitments import BASIS, find_promised
from phusong.plans.options import Options, list_options
from phusong.plans.options.pricing import quote_price
from phusong.plans.rollout import Facilities, join_facilities, list_antennas, list_satellites
from phusong.plans.rollout.facilities import COSTS
from phusong.plans.scenarios import Scenario
from phusong.plans.trenches import Forest, grow_forest
from phusong.plans.ways import Ways, build_ways
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.options import ConnectionBasis, OptionKind
from phusong.vocabulary.terms import GapClass, Operator, PointKind, Technology

#: Classes for which something is to be built; KU is to be verified first.
WANTING = [str(c) for c in (GapClass.K2, GapClass.K3, GapClass.K4, GapClass.K5)]
DARK = WANTING[1:]


@dataclass(frozen=True)
class Choices:
    """Hold what a plan chooses from.

    Parameters
    ----------
    scenario : under which it was laid out.
    hamlets : those to plan for, with gap_class.
    unplaced : hamlets that want something and have no place, to be surveyed first.
    unknown : hamlets of class KU, to be verified first.
    options : radio options.
    forests : trenches.
    ways : the graph they run on.
    promised : wave by whose end each promise is due, by piece.
    bases : what each promise rests on: piece, basis, basis_id, basis_on, basis_probability.
    facilities : everything that may be built.
    """

    scenario: Scenario
    hamlets: pd.DataFrame
    unplaced: list[str]
    unknown: list[str]
    options: Options | None
    forests: list[Forest]
    ways: Ways
    promised: dict[str, int]
    bases: pd.DataFrame
    facilities: Facilities


def lay_choices(ground: Ground, scenario: Scenario, *, options: Options | None = None) -> Choices:
    """Return what a plan under a scenario may choose from.

    Parameters
    ----------
    ground : what to plan on.
    scenario : what is changed about the question.
    options : radio options of the same hamlets and prices, where they were listed before; None: list them.

    Raises
    ------
    ParameterFault
        If the ground does not hang together, with why.
    """
    column = "class_without_3g" if scenario.without_3g else "class"
    named = ground.hamlets.rename(columns={column: "gap_class"})
    want = named[named["gap_class"].isin(WANTING)]
    placed = want[want["x_m"].notna() & want["y_m"].notna()].reset_index(drop=True)
    try:
        ways = build_ways(
            ground.roads,
            placed,
            ground.nodes,
            ground.terrain,
            routes=ground.routes,
            rollout=ground.parameters.rollout,
            crs=ground.crs,
        )
        if scenario.radio and options is None:
            options = find_options(ground, placed)
        forests = grow_forests(ground, placed, ways, scenario)
    except ValueError as fault:
        raise ParameterFault(f"no plan: {fault}") from fault
    radio = options if scenario.radio else None
    promised, due, bases = list_promises(ground, placed)
    return Choices(
        scenario=scenario,
        hamlets=placed,
        unplaced=sorted(set(want["hamlet_id"]) - set(placed["hamlet_id"])),
        unknown=named.loc[named["gap_class"] == GapClass.KU, "hamlet_id"].tolist(),
        options=radio,
        forests=forests,
        ways=ways,
        promised=due,
        bases=bases,
        facilities=gather_facilities(ground, placed, scenario, radio, forests, promised),
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
    # As for the gaps themselves: who lives there decides, never a field that stays without signal.
    lived_in = ground.points["kind"] != PointKind.GROUND
    points = ground.points[ground.points["hamlet_id"].isin(dark["hamlet_id"]) & lived_in]
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
        grow_one(ground, placed, ways, mask, f"{operator or 'shared'}-{group}", operator)
        for operator in builders
        for group, mask in wanted.items()
    ]


def grow_one(
    ground: Ground,
    placed: pd.DataFrame,
    ways: Ways,
    wanted: np.ndarray,
    name: str,
    operator: str | None,
) -> Forest:
    """Return one forest under the parameters of the ground.

    Parameters
    ----------
    ground : what to plan on.
    placed : hamlets to plan for.
    ways : graph.
    wanted : which of them it joins [h].
    name : of the forest.
    operator : from whose nodes; None: from anybody's.
    """
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


def add_forests(choices: Choices, forests: list[Forest]) -> Choices:
    """Return the choices with more trenches to choose from.

    Parameters
    ----------
    choices : so far.
    forests : under names of their own; those who may have no fibre get none of it.
    """
    dark = choices.hamlets.loc[choices.hamlets["gap_class"].isin(DARK), "hamlet_id"]
    fibre = list_fibre(forests, choices.scenario, dark)
    return replace(
        choices,
        forests=[*choices.forests, *forests],
        facilities=join_facilities([choices.facilities, *fibre]),
    )


def list_fibre(forests: list[Forest], scenario: Scenario, dark: pd.Series) -> list[Facilities]:
    """Return the pieces of forests, serving whom the scenario lets have fibre.

    Parameters
    ----------
    forests : trenches and cabinets.
    scenario : whether hamlets without lessons may have fibre.
    dark : ids of the hamlets without lessons.
    """
    fibre = [forest.facilities for forest in forests]
    if scenario.fibre_for_dark:
        return fibre
    return [Facilities(f.pieces, f.serves[~f.serves["hamlet_id"].isin(dark)]) for f in fibre]


def list_promises(
    ground: Ground, placed: pd.DataFrame
) -> tuple[Facilities, dict[str, int], pd.DataFrame]:
    """Return what is promised as pieces that cost the plan nothing, by which wave, and on what each rests.

    A promise is an operator's commitment, or fibre that somebody is already building next to the hamlet;
    where both are, the earlier one, and of two in one wave the commitment.

    Parameters
    ----------
    ground : what to plan on.
    placed : hamlets to plan for, with gap_class.
    """
    owed = [
        find_promised(ground.commitments, placed, year=ground.year),
        _find_building(ground, placed),
    ]
    every = pd.concat([t for t in owed if len(t)] or owed[:1], ignore_index=True)
    first = every.sort_values(["hamlet_id", "wave"], kind="stable").drop_duplicates("hamlet_id")
    ids = "promised-" + first["hamlet_id"].astype("str")
    fibre = first["technology"] == Technology.FIBRE
    pieces = pd.DataFrame(
        {
            "piece": ids,
            "kind": np.where(fibre, str(OptionKind.FIBRE), str(OptionKind.NEW_SITE)),
            "operator": first["operator"],
            "before": "",
            "from_wave": first["wave"].astype("int64"),
            **dict.fromkeys(COSTS, 0),
        }
    ).reset_index(drop=True)
    serves = pd.DataFrame({"piece": ids, "hamlet_id": first["hamlet_id"]}).reset_index(drop=True)
    due = dict(zip(pieces["piece"], pieces["from_wave"].astype(int), strict=True))
    rollout = ground.parameters.rollout
    likely = {
        str(ConnectionBasis.COMMITTED): rollout.number("commitment_probability"),
        str(ConnectionBasis.BUILDING): rollout.number("building_probability"),
    }
    probability = first["basis"].map(likely).astype("float64")
    bases = first[BASIS].assign(piece=ids, basis_probability=probability)
    return Facilities(pieces, serves), due, bases.reset_index(drop=True)


def _find_building(ground: Ground, placed: pd.DataFrame) -> pd.DataFrame:
    """Return the hamlets within reach of an access node under construction, as promises of the first wave."""
    near = np.full(len(placed), np.inf)
    at = np.zeros(len(placed), dtype=np.int64)
    if len(ground.building) and len(placed):
        tree = cKDTree(ground.building[["x_m", "y_m"]].to_numpy())
        near, at = tree.query(placed[["x_m", "y_m"]].to_numpy(dtype=float))
    near_enough = near <= ground.parameters.fibre.number("ready_distance_m")
    cabinets = ground.building.iloc[at[near_enough]]
    return pd.DataFrame(
        {
            "hamlet_id": placed.loc[near_enough, "hamlet_id"].to_numpy(),
            "operator": cabinets["operator"].to_numpy(dtype=object),
            "technology": str(Technology.FIBRE),
            "wave": 0,
            "basis": str(ConnectionBasis.BUILDING),
            "basis_id": cabinets["node_id"].to_numpy(dtype=object),
            "basis_on": cabinets["as_of"].to_numpy(),
        }
    )


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
    fibre = list_fibre(forests, scenario, dark["hamlet_id"])
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
