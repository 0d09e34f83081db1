"""What is told of a plan: money, whom it reaches, by what, and the proof; for people and for machines."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pandas as pd

from phusong.pipeline.grounds import Ground
from phusong.pipeline.planning import Outcome
from phusong.pipeline.publication import count_ports
from phusong.plans.rollout.facilities import COSTS
from phusong.plans.trenches import Forest
from phusong.vocabulary.options import CABINET, ConnectionBasis, CostPart, OptionKind


def describe_plan(outcome: Outcome, ground: Ground, *, waves: int) -> dict[str, Any]:
    """Return what is told of a plan, for people and for machines.

    Parameters
    ----------
    outcome : the plan.
    ground : what was planned on.
    waves : number of waves.
    """
    plan, hamlets, choices = outcome.plan, outcome.plan.hamlets, outcome.choices
    reached = hamlets["wave"] >= 0
    return {
        **ground.head,
        "counted": ground.counted,
        "made_from": ground.made_from,
        "scenario": str(outcome.scenario.name),
        "waves": waves,
        "budget_vnd": int(plan.budget[-1]),
        "whole_cost_vnd": plan.whole_cost_vnd,
        "whole_gap": plan.whole_gap,
        "spent": {name: int(plan.pieces[name].sum()) for name in COSTS},
        "spent_by_kind": _sum_cost(plan.pieces, "kind"),
        "spent_by_part": sum_parts(outcome),
        "spent_by_operator": _sum_cost(plan.pieces, "operator"),
        "spent_by_wave": _sum_cost(plan.pieces.assign(wave=plan.pieces["wave"] + 1), "wave"),
        "hamlets": len(hamlets),
        "hamlets_reached": int(reached.sum()),
        "weight": int(hamlets["weight"].sum()),
        "weight_reached": int(hamlets.loc[reached, "weight"].sum()),
        "by_class": _count_classes(hamlets),
        "by_basis": _count_bases(outcome),
        "options": {str(k): int((hamlets["option"] == k).sum()) for k in OptionKind},
        "commitments": ground.commitments["verdict"].value_counts().sort_index().to_dict(),
        "unreachable": plan.unreachable,
        "unplaced": choices.unplaced,
        "unknown": choices.unknown,
        "fibre_ports": count_ports(ground.hamlets, ground.parameters.fibre.number("ports_share")),
        "proofs": [asdict(proof) for proof in plan.proofs],
        "trenches": [_tell_forest(forest) for forest in (*choices.forests, *outcome.check)],
    }


def _tell_forest(forest: Forest) -> dict[str, Any]:
    """Return what trenches cost, and what they cost at least."""
    return {
        "name": forest.name,
        "cost_vnd": forest.cost_vnd,
        "lower_bound_vnd": forest.lower_bound_vnd,
        "gap": forest.gap,
    }


def _sum_cost(pieces: pd.DataFrame, column: str) -> dict[str, int]:
    """Return the likely cost of pieces by a column."""
    sums = pieces.groupby(column)["cost_vnd"].sum()
    return {str(name): int(cost) for name, cost in sums.items() if cost}


def _count_classes(hamlets: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Return for each class how many hamlets and how much weight there is, and is reached."""
    told = {}
    for name, group in hamlets.groupby("gap_class"):
        reached = group["wave"] >= 0
        told[str(name)] = {
            "hamlets": len(group),
            "hamlets_reached": int(reached.sum()),
            "weight": int(group["weight"].sum()),
            "weight_reached": int(group.loc[reached, "weight"].sum()),
        }
    return told


def _count_bases(outcome: Outcome) -> dict[str, dict[str, float]]:
    """Return for each basis how many hamlets and how much weight it connects, and how many to expect of them.

    Expected are the hamlets times the probability that what was promised comes about; what the plan builds
    itself counts whole, since whether it is built is the plan's own decision.
    """
    hamlets = outcome.plan.hamlets
    reached = hamlets[hamlets["wave"] >= 0].merge(outcome.choices.bases, on="piece", how="left")
    basis = reached["basis"].fillna(str(ConnectionBasis.PLANNED))
    likely = reached["basis_probability"].astype("float64").fillna(1.0)
    return {
        str(name): {
            "hamlets": int((basis == name).sum()),
            "weight": int(reached.loc[basis == name, "weight"].sum()),
            "expected_hamlets": round(float(likely[basis == name].sum()), 1),
        }
        for name in ConnectionBasis
    }


def sum_parts(outcome: Outcome) -> dict[str, int]:
    """Return what is spent by part: masts, backhaul, power, trenches, cabinets, terminals.

    Parameters
    ----------
    outcome : the plan.
    """
    pieces = outcome.plan.pieces
    named = pieces["piece"].str
    satellite = pieces["kind"] == OptionKind.SATELLITE
    cabinet = named.contains(CABINET, regex=False)
    sums = {
        CostPart.TRENCH: pieces.loc[
            (pieces["kind"] == OptionKind.FIBRE) & ~cabinet, "cost_vnd"
        ].sum(),
        CostPart.CABINET: pieces.loc[cabinet, "cost_vnd"].sum(),
        CostPart.TERMINAL: pieces.loc[satellite, "cost_vnd"].sum(),
    }
    if outcome.choices.options is not None:
        parts = outcome.choices.options.parts
        built = parts[parts["option_id"].isin(pieces["piece"])]
        sums |= {CostPart.of(str(k)): v for k, v in built.groupby("part")["cost_vnd"].sum().items()}
    return {str(part): int(cost) for part, cost in sums.items() if cost}
