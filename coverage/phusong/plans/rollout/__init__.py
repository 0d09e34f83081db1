"""The rollout: who builds what for which hamlet in which wave, with proof of how good the plan is."""

from phusong.plans.rollout.facilities import (
    Facilities,
    join_facilities,
    list_antennas,
    list_satellites,
)
from phusong.plans.rollout.model import Aim, Proof, Solution, solve_aims
from phusong.plans.rollout.planning import Plan, plan_rollout
from phusong.plans.rollout.segments import Segments, cut_segments

__all__ = [
    "Aim",
    "Facilities",
    "Plan",
    "Proof",
    "Segments",
    "Solution",
    "cut_segments",
    "join_facilities",
    "list_antennas",
    "list_satellites",
    "plan_rollout",
    "solve_aims",
]
