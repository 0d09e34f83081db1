"""The allocation from end to end: pupils, lots, packages and awards in; a device plan with its proof out."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from phusong.plans.devices.adequacy import judge_lots
from phusong.plans.devices.assigning import assign_devices
from phusong.plans.devices.deciding import AllocationPolicy, Homes, decide
from phusong.plans.devices.fitting import code_situations
from phusong.plans.devices.handing import hand_packages, hold_packages
from phusong.plans.devices.standing import GONE, Known, sort_pupils
from phusong.plans.devices.stocks import count_kept, list_bought, take_stock
from phusong.plans.devices.writing import DevicePlan, Told, write_plan
from phusong.vocabulary.parameters import Devices
from phusong.vocabulary.schema import empty_table
from phusong.vocabulary.tables.pupils import PUPIL_LINKS

COMMUNES = ("commune_code", "edition", "district_code")
#: What decides which lots suit a pupil.
IN_LINE = (
    "level",
    "grade",
    "tier",
    "hamlet_id",
    "commune_code",
    "edition",
    "school_id",
)
AWARDS = ("student_key", "lot_id", "state", "package_id")
#: What a book says of an award besides.
HOLDS = "holds"


def allocate_devices(
    students: pd.DataFrame,
    lots: pd.DataFrame,
    packages: pd.DataFrame,
    awards: pd.DataFrame,
    rollout: pd.DataFrame,
    *,
    policy: AllocationPolicy,
    devices: Devices,
    as_of: pd.Timestamp,
    communes: pd.DataFrame | None = None,
    signals: pd.DataFrame | None = None,
    links: pd.DataFrame | None = None,
    declined: Collection[str] = (),
    known: Known | None = None,
    book: pd.DataFrame | None = None,
    cash_vnd: int = 0,
) -> DevicePlan:
    """Return who gets which device with what beside it, why, and the proof that nothing is better.

    Parameters
    ----------
    students : the table `students`.
    lots, packages : the tables `accepted_lots` and `accepted_packages`.
    awards : student_key, lot_id, state (`AwardState`) and, where known, package_id and whether an award
        `holds` its pupil: what was decided before.
    rollout : hamlet_id, wave (from 1, empty for never), option and, where known, operator.
    policy, devices : rules and numbers.
    as_of : day of the plan.
    communes : commune_code, edition, district_code; without it nobody lives in the district of an earmark.
    signals : hamlet_id, operator, technology, status; without it see `find_air`.
    links : the table `pupil_links`: of pupils who may be one, one stands in line.
    declined : pseudonyms of those whose families want nothing, where nothing else is `known`.
    known : families that decline, pupils who have left, households that are served; see `sort_pupils`.
    book : item, taken, free of the book's store; None: counted from the awards.
    cash_vnd : money to buy devices with [VND].

    Raises
    ------
    ValueError
        If pupils in need lack ranks of their own, ranks do not follow tiers, or a pupil holds two awards.
    """
    students = students.reset_index(drop=True)
    columns = [*AWARDS, HOLDS] if HOLDS in awards else list(AWARDS)
    awards = awards.reindex(columns=columns).reset_index(drop=True)
    packages = hold_packages(packages, awards, book)
    standing = sort_pupils(
        students,
        awards,
        unit=policy.unit,
        links=empty_table(PUPIL_LINKS) if links is None else links,
        declined=declined,
        known=known,
    )
    homes = Homes(*code_situations(students, rollout))
    fitness = judge_lots(lots, devices=devices)
    stock = take_stock(
        lots,
        fitness,
        count_kept(awards, [str(s) for s in GONE]),
        bought=list_bought(cash_vnd, kind=policy.purchase, devices=devices),
        book=book,
    )
    here = Homes(*(part[standing.line] for part in (homes.situation, homes.wave, homes.wired)))
    assignment = assign_devices(
        students[list(IN_LINE)].iloc[standing.line],
        here,
        stock,
        packages,
        policy=policy,
        devices=devices,
        communes=pd.DataFrame(columns=list(COMMUNES)) if communes is None else communes,
        signals=signals,
    )
    decision = decide(standing, homes, stock, assignment.posed, assignment.got, assignment.lot)
    handed = hand_packages(
        decision, students, awards, packages, rollout, signals=signals, devices=devices
    )
    told = Told(students, awards, fitness, policy, devices, as_of)
    return write_plan(told, assignment, handed)
