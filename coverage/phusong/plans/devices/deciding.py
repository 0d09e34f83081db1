"""What an allocation decides, before it is put into words: the rules in force, and arrays over the pupils."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from phusong.plans.devices.coding import ABSENT
from phusong.plans.devices.fitting import UNLIT
from phusong.plans.devices.posing import Posed
from phusong.plans.devices.standing import Standing, code_outcome
from phusong.plans.devices.stocks import Stock
from phusong.vocabulary.book import AllocationUnit, Outcome
from phusong.vocabulary.pupils import DeviceKind


@dataclass(frozen=True)
class AllocationPolicy:
    """Hold by which rules devices are given.

    Parameters
    ----------
    name : of the policy, as the plan will tell it.
    unit : one device a pupil, or one a household.
    purchase : kind of device that money buys.
    offline : whether devices go where nothing is on the air, with lessons to use offline.
    commune_floor : share of each commune's pupils in line who are served before tiers count, 0..1.
    """

    name: str
    unit: AllocationUnit
    purchase: DeviceKind = DeviceKind.TABLET
    offline: bool = True
    commune_floor: float = 0


@dataclass(frozen=True, eq=False)
class Homes:
    """Hold what carries a device at each pupil's home, today and later.

    Parameters
    ----------
    situation : `Situation` [n].
    wave : that connects the hamlet, 0 for today, -1 for never [n].
    wired : whether that wave brings a line [n].
    """

    situation: np.ndarray
    wave: np.ndarray
    wired: np.ndarray


@dataclass(frozen=True, eq=False)
class Decision:
    """Hold what was decided about devices.

    Parameters
    ----------
    standing : where each pupil stood before.
    homes : what carries a device at each pupil's home.
    stock : lots and types.
    posed : classes of the pupils in line.
    waiting : pupils of each class who wait [c].
    left : devices of each type that are left [l].
    lot : lot given to each pupil, `ABSENT` for none [n].
    misfit : to the level, of the device given [n].
    bound : whether it was given on condition of a hotspot [n].
    outcome : of each pupil; packages may still change it [n].
    """

    standing: Standing
    homes: Homes
    stock: Stock
    posed: Posed
    waiting: np.ndarray
    left: np.ndarray
    lot: np.ndarray
    misfit: np.ndarray
    bound: np.ndarray
    outcome: np.ndarray


def decide(
    standing: Standing,
    homes: Homes,
    stock: Stock,
    posed: Posed,
    got: np.ndarray,
    single: np.ndarray,
) -> Decision:
    """Return what a dealt assignment means for every pupil.

    Parameters
    ----------
    standing, homes, stock, posed : see `Decision`.
    got, single : type and lot of each pupil in line, -1 for who waits.
    """
    problem, line = posed.problem, standing.line
    size = len(standing.outcome)
    lot, misfit = np.full((2, size), ABSENT)
    bound = np.zeros(size, dtype=bool)
    lot[line] = single
    has = got >= 0
    misfit[line[has]] = problem.level[problem.member[has], got[has]]
    bound[line[has]] = posed.paired[problem.member[has], got[has]]
    waiting = np.bincount(problem.member[~has], minlength=problem.classes)
    left = problem.stock - np.bincount(got[has], minlength=len(problem.stock))
    outcome = standing.outcome.copy()
    dark = np.isin(homes.situation[line], UNLIT)
    given = np.where(dark, code_outcome(Outcome.AWARDED_OFFLINE), code_outcome(Outcome.AWARDED))
    outcome[line] = np.where(has, given, explain_waiting(posed, left)[problem.member])
    _serve_homes(standing, outcome)
    return Decision(standing, homes, stock, posed, waiting, left, lot, misfit, bound, outcome)


def explain_waiting(posed: Posed, left: np.ndarray) -> np.ndarray:
    """Return the outcome of those who wait, for each class [c].

    Parameters
    ----------
    posed : classes and types.
    left : devices of each type that are left [l].
    """
    suits = posed.level_fits & posed.signal_fits
    over = left > 0
    # a device that needs a hotspot is left for want of hotspots, whatever its earmark
    kept_away = (suits & posed.earmarked & ~posed.paired)[:, over].any(axis=1)
    stocked = posed.problem.stock > 0
    barred = ~suits[:, stocked].any(axis=1) & bool(stocked.any())
    return np.select(
        [kept_away, barred | bool(over.any())],
        [code_outcome(Outcome.RESTRICTED), code_outcome(Outcome.NO_FIT)],
        code_outcome(Outcome.OUT_OF_STOCK),
    )


def _serve_homes(standing: Standing, outcome: np.ndarray) -> None:
    """Tell those behind another pupil of their household whether it has been served."""
    if standing.home is None:
        return
    given = [code_outcome(o) for o in (Outcome.AWARDED, Outcome.AWARDED_OFFLINE)]
    served = np.zeros(standing.home.max(initial=-1) + 1, dtype=bool)
    served[standing.home[np.isin(outcome, given)]] = True
    behind = np.flatnonzero(outcome == code_outcome(Outcome.HOUSEHOLD_WAITING))
    outcome[behind[served[standing.home[behind]]]] = code_outcome(Outcome.HOUSEHOLD_SERVED)
