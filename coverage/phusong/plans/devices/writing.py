"""Write the plan: the table of pupils, and the lists that go with it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from phusong.plans.devices.assigning import Assignment, describe_kinds
from phusong.plans.devices.coding import ABSENT, code_words, spell_words
from phusong.plans.devices.deciding import AllocationPolicy, Decision
from phusong.plans.devices.fitting import KINDS, code_bands
from phusong.plans.devices.handing import Handed
from phusong.plans.devices.leftovers import (
    count_outcomes,
    list_mismatches,
    list_surplus,
    price_devices,
)
from phusong.plans.devices.standing import OUTCOMES
from phusong.plans.devices.telling import (
    KITS,
    STATES,
    WAITING,
    is_outcome,
    tell_changes,
    tell_kits,
    tell_reasons,
)
from phusong.vocabulary.parameters import Devices
from phusong.vocabulary.pupils import Level, Tier


@dataclass(frozen=True, eq=False)
class DevicePlan:
    """Hold the plan.

    Parameters
    ----------
    devices : the table `devices`, a row for each pupil in the order of the pupils given.
    fitness : the table `lot_fitness`.
    surplus : each lot with what became of it.
    mismatches : devices and signals that do not go together.
    waiting : student_key, waiting, tier, level, outcome, would_change; first served next.
    packages : package_id, operator, quantity, held (by awards), given, kept (for later waves), left.
    proof : aim, found, bound, gap.
    shadow : what one device more would do; empty where side conditions bind.
    reconciliation : pupils by outcome and tier; each pupil is in one line.
    """

    devices: pd.DataFrame
    fitness: pd.DataFrame
    surplus: pd.DataFrame
    mismatches: pd.DataFrame
    waiting: pd.DataFrame
    packages: pd.DataFrame
    proof: pd.DataFrame
    shadow: pd.DataFrame
    reconciliation: pd.DataFrame

    @property
    def gap(self) -> float:
        """Return the largest gap of all aims."""
        return float(self.proof["gap"].max()) if len(self.proof) else 0.0


@dataclass(frozen=True, eq=False)
class Told:
    """Hold what the plan was told: pupils, awards, judged lots, rules, numbers and the day."""

    students: pd.DataFrame
    awards: pd.DataFrame
    fitness: pd.DataFrame
    policy: AllocationPolicy
    devices: Devices
    as_of: pd.Timestamp


def write_plan(told: Told, assignment: Assignment, handed: Handed) -> DevicePlan:
    """Return the plan in words.

    Parameters
    ----------
    told : what the plan was told.
    assignment : who in line gets what, and the proof.
    handed : devices and packages together.
    """
    decision = handed.decision
    table = _write_pupils(told, handed)
    columns = ["student_key", "waiting", "tier", "level", "outcome", "would_change"]
    line = decision.standing.line
    waits = line[is_outcome(decision.outcome[line], WAITING)]
    situation = assignment.traits.situation[assignment.posed.first]
    return DevicePlan(
        devices=table,
        fitness=told.fitness,
        surplus=list_surplus(decision),
        mismatches=list_mismatches(decision, told.students, situation),
        waiting=table[columns].iloc[waits].reset_index(drop=True),
        packages=handed.packages,
        proof=pd.DataFrame(
            [asdict(proof) for proof in assignment.proofs], columns=["aim", "found", "bound", "gap"]
        ),
        shadow=_price(told, assignment, decision),
        reconciliation=count_outcomes(
            decision.outcome, tuple(str(o) for o in OUTCOMES), told.students["tier"]
        ),
    )


def _price(told: Told, assignment: Assignment, decision: Decision) -> pd.DataFrame:
    """Return what one device more would do; an empty table where side conditions bind."""
    if assignment.flow is None:
        columns = ["lot_id", "kind", "modem", "student_key", "tier", "level"]
        return pd.DataFrame({name: pd.Series(dtype="object") for name in columns})
    kinds = pd.DataFrame(
        {"kind": [str(k) for k in KINDS] * 2, "modem": np.repeat([True, False], len(KINDS))}
    )
    level, signal = describe_kinds(kinds, devices=told.devices, offline=told.policy.offline)
    return price_devices(
        decision,
        assignment.flow,
        assignment.traits,
        kinds,
        level=level,
        signal=signal,
        students=told.students,
    )


def _write_pupils(told: Told, handed: Handed) -> pd.DataFrame:
    """Return the table `devices`."""
    decision, students, given = handed.decision, told.students, handed.given
    index, line = students.index, decision.standing.line
    ids = list(handed.packages["package_id"])
    kit, kit_then = tell_kits(
        decision, given, modem=handed.modem, line=handed.line, hotspot=handed.hotspot
    )
    place, waiting = np.zeros((2, len(students)), dtype=np.int64)
    place[line] = np.arange(1, len(line) + 1)
    waits = line[is_outcome(decision.outcome[line], WAITING)]
    waiting[waits] = np.arange(1, len(waits) + 1)
    lot, kind = _name_devices(decision, told.awards, index)
    holder = np.maximum(decision.standing.award, decision.standing.ended)
    state = np.append(code_words(told.awards["state"], STATES), ABSENT)[holder]
    changes = tell_changes(
        decision,
        given,
        bands=code_bands(students, devices=told.devices),
        place=waiting,
        devices=told.devices,
        offline=told.policy.offline,
    )
    rule = np.zeros(len(students), dtype=np.int64)
    return pd.DataFrame(
        {
            "student_key": students["student_key"].astype("str"),
            "outcome": spell_words(decision.outcome, OUTCOMES, index),
            "lot_id": lot,
            "device_kind": kind,
            "package_id": spell_words(given.now, ids, index),
            "kit": spell_words(kit, KITS, index),
            "tier": spell_words(code_words(students["tier"], tuple(Tier)), tuple(Tier), index),
            "level": spell_words(code_words(students["level"], tuple(Level)), tuple(Level), index),
            "rank": _count_from_one(place, index),
            "waiting": _count_from_one(waiting, index),
            "wave": pd.Series(decision.homes.wave, index).astype("Int64").mask(
                decision.homes.wave < 0
            ),
            "kit_then": spell_words(kit_then, KITS, index),
            "package_then": spell_words(given.then, ids, index),
            "reason": tell_reasons(
                decision, given, students, state=state, devices=told.devices,
                floor=told.policy.commune_floor > 0,
            ),
            "would_change": changes.set_axis(index),
            "policy": spell_words(rule, [f"{told.policy.name}, {told.policy.unit}"], index),
            "as_of": pd.Series(pd.Timestamp(told.as_of), index, dtype="datetime64[us]"),
        }
    )  # fmt: skip


def _count_from_one(place: np.ndarray, index: pd.Index) -> pd.Series:
    """Return places, empty for 0."""
    return pd.Series(place, index).astype("Int64").mask(place == 0)


def _name_devices(
    decision: Decision, awards: pd.DataFrame, index: pd.Index
) -> tuple[pd.Series, pd.Series]:
    """Return the lot and the kind of each pupil's device, given now or before."""
    ids = [str(lot) for lot in decision.stock.lots["lot_id"]]
    kept = awards["lot_id"].fillna("").astype("str")
    more = sorted({*kept} - {*ids, ""})
    names = [*ids, *more]
    before = np.append(code_words(kept, names), ABSENT)[decision.standing.award]
    code = np.where(decision.lot >= 0, decision.lot, before)
    kinds = code_words(decision.stock.lots["kind"], KINDS)
    of_lot = np.concatenate([kinds, np.full(len(more) + 1, ABSENT)])
    return spell_words(code, names, index), spell_words(of_lot[code], KINDS, index)
