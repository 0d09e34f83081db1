"""From pupils in line and lots to a dealt assignment with its proof: by flow, or by programme."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from phusong.plans.devices.air import (
    carry_packages,
    find_air,
    list_served_operators,
    merge_sets,
    read_carriers,
)
from phusong.plans.devices.coding import code_values, code_words
from phusong.plans.devices.conditions import Conditions, solve_conditions
from phusong.plans.devices.deciding import AllocationPolicy, Homes
from phusong.plans.devices.fitting import LEVELS, code_bands, fit_levels, fit_signals
from phusong.plans.devices.matching import deal_lots, match_lots, split_types
from phusong.plans.devices.posing import Posed, Traits, pose_problem
from phusong.plans.devices.problem import NEVER, Problem
from phusong.plans.devices.proving import Proof, prove_plan
from phusong.plans.devices.serving import choose_served
from phusong.plans.devices.stocks import Stock, admit_levels, admit_places
from phusong.vocabulary.parameters import Devices


@dataclass(frozen=True, eq=False)
class Assignment:
    """Hold a dealt assignment.

    Parameters
    ----------
    posed : classes of the pupils in line.
    traits : of the pupils in line.
    flow : devices of each type in each class [c, l]; None where side conditions bound.
    got, lot : type and single lot of each pupil in line, -1 for who waits.
    proofs : one an aim.
    """

    posed: Posed
    traits: Traits
    flow: np.ndarray | None
    got: np.ndarray
    lot: np.ndarray
    proofs: list[Proof]


def assign_devices(
    line: pd.DataFrame,
    homes: Homes,
    stock: Stock,
    packages: pd.DataFrame,
    *,
    policy: AllocationPolicy,
    devices: Devices,
    communes: pd.DataFrame,
    signals: pd.DataFrame | None,
) -> Assignment:
    """Return who in line gets a device of which lot, and the proof.

    Parameters
    ----------
    line : pupils in line, first served first.
    homes : what carries a device at their homes.
    stock : lots and types.
    packages : as `hold_packages` returns them.
    policy, devices : rules and numbers.
    communes : commune_code, edition, district_code.
    signals : operators on the air; None where not delivered.
    """
    operators = list_served_operators(packages, signals)
    bit, _, hotspot = read_carriers(packages, operators)
    spots = np.where(hotspot, packages["free"].to_numpy(dtype=np.int64), 0)
    air, sets = np.zeros(len(line), dtype=np.int64), np.zeros(1, dtype=np.int64)
    if spots.any():
        air, sets = merge_sets(find_air(line, homes.situation, signals, operators)[0])
    traits = Traits(
        code_words(line["level"], LEVELS), code_bands(line, devices=devices), homes.situation, air
    )
    posed = _pose(line, traits, stock, policy, devices, communes, hotspots=bool(spots.any()))
    carries = carry_packages(sets, bit) & hotspot[None, :]
    tier, tiers, ends = read_tiers(line)
    singly = int(devices.number("dealt_singly"))
    flow: np.ndarray | None = None
    proofs: list[Proof] = []
    if policy.commune_floor <= 0:
        flow, proofs = solve_problem(posed.problem, list(zip(tiers, ends, strict=True)), devices)
        if not _spots_suffice(posed, flow, spots, carries, devices):
            flow = None
    if flow is not None:
        got = deal_lots(posed.problem, flow)
    else:
        told = Conditions(
            code_values(line["commune_code"])[0] + 1, policy.commune_floor, spots, carries
        )
        gap = devices.number("mip_gap")
        solved = solve_conditions(posed, told, tier=tier, tiers=tiers, singly=singly, gap=gap)
        got, proofs = deal_lots(solved.problem, solved.flow), solved.proofs
    return Assignment(posed, traits, flow, got, split_types(got, stock.type_of, stock.free), proofs)


def _pose(
    line: pd.DataFrame,
    traits: Traits,
    stock: Stock,
    policy: AllocationPolicy,
    devices: Devices,
    communes: pd.DataFrame,
    *,
    hotspots: bool,
) -> Posed:
    """Return the classes of the pupils in line."""
    signal, paired = fit_signals(
        stock.types, devices=devices, hotspots=hotspots, offline=policy.offline
    )
    able, admits = admit_levels(stock.types)
    return pose_problem(
        traits,
        admit_places(line, stock.types, communes),
        able=able,
        admits=admits,
        level=fit_levels(stock.types, devices=devices),
        signal=signal,
        paired=paired,
        stock=stock.room,
    )


def read_tiers(line: pd.DataFrame) -> tuple[np.ndarray, list[str], list[int]]:
    """Return each pupil's tier as a number, the tiers in their order, and where each ends in the line.

    Parameters
    ----------
    line : tier, first served first.

    Raises
    ------
    ValueError
        If the ranks do not follow the tiers.
    """
    number, names = pd.factorize(line["tier"], use_na_sentinel=False)
    if (np.diff(number) < 0).any():
        raise ValueError("the ranks must put one tier after another")
    ends = np.cumsum(np.bincount(number, minlength=len(names)))
    told = ["" if pd.isna(name) else str(name) for name in names]
    return number.astype(np.int64), told, [int(end) for end in ends]


def solve_problem(
    problem: Problem, tiers: list[tuple[str, int]], devices: Devices
) -> tuple[np.ndarray, list[Proof]]:
    """Return the optimal flow without side conditions, and its proof.

    Parameters
    ----------
    problem : whom to serve with what.
    tiers : name of each tier and where it ends in the order.
    devices : how finely the search cuts.
    """
    served = choose_served(
        problem,
        factor=int(devices.number("band_factor")),
        singly=int(devices.number("dealt_singly")),
    )
    flow = match_lots(problem, served)
    return flow, prove_plan(problem, flow, tiers)


def _spots_suffice(
    posed: Posed, flow: np.ndarray, spots: np.ndarray, carries: np.ndarray, devices: Devices
) -> bool:
    """Return whether there are hotspots for all devices that were given on condition of one."""
    wanted = (flow * posed.paired).sum(axis=1)
    if not wanted.any():
        return True
    member = np.repeat(np.arange(len(wanted)), wanted)
    level = np.where(carries[posed.air], 0, NEVER)
    asked = Problem(member, level, np.zeros_like(level), spots)
    served = choose_served(
        asked,
        factor=int(devices.number("band_factor")),
        singly=int(devices.number("dealt_singly")),
    )
    return bool((served == wanted).all())


def describe_kinds(
    kinds: pd.DataFrame, *, devices: Devices, offline: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Return how new kinds of device without earmark would fit bands and situations.

    Parameters
    ----------
    kinds : kind, modem.
    devices : how well each fits.
    offline : whether devices go where nothing is on the air.
    """
    signal = fit_signals(kinds, devices=devices, hotspots=False, offline=offline)[0]
    return fit_levels(kinds, devices=devices), signal
