"""Put the pupils into classes: everything that decides which lots suit them, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from phusong.plans.devices.coding import renumber
from phusong.plans.devices.fitting import BANDS, LEVELS, Situation
from phusong.plans.devices.problem import NEVER, Problem
from phusong.plans.devices.stocks import Belonging


@dataclass(frozen=True, eq=False)
class Traits:
    """Hold what decides about pupils, all arrays of one length.

    Parameters
    ----------
    level : place in the list of levels, -1 where not stated.
    band : of the fit to the level.
    situation : what carries a device at home.
    air : number of the set of operators on the air; 0 for all where it does not matter.
    """

    level: np.ndarray
    band: np.ndarray
    situation: np.ndarray
    air: np.ndarray


@dataclass(frozen=True, eq=False)
class Posed:
    """Hold the problem and what its classes are.

    Parameters
    ----------
    problem : classes of pupils and types of lots.
    paired : whether a class can use a type only through a mobile hotspot [c, l].
    earmarked : whether a type is kept from a class by its earmark [c, l].
    level_fits, signal_fits : whether a type suits a class's level, and its signal [c, l].
    air : number of the operators on the air of each class [c].
    first : the first pupil of each class, by place in the line [c].
    """

    problem: Problem
    paired: np.ndarray
    earmarked: np.ndarray
    level_fits: np.ndarray
    signal_fits: np.ndarray
    air: np.ndarray
    first: np.ndarray


def pose_problem(
    traits: Traits,
    belonging: Belonging,
    *,
    able: np.ndarray,
    admits: np.ndarray,
    level: np.ndarray,
    signal: np.ndarray,
    paired: np.ndarray,
    stock: np.ndarray,
) -> Posed:
    """Return the pupils as classes.

    Parameters
    ----------
    traits : of the pupils in line, first served first.
    belonging : to the places that lots are earmarked for.
    able, admits : types that are fit for each level, and that its earmark admits [level, l].
    level : misfit of types to bands [band, l].
    signal : misfit of types to situations [situation, l].
    paired : pairs that need a hotspot [situation, l].
    stock : devices of each type [l].
    """
    whole = traits.level % (len(LEVELS) + 1)
    for part, size in (
        (traits.band, len(BANDS)),
        (traits.situation, len(Situation)),
        (belonging.home, len(belonging.by_home)),
        (belonging.school, len(belonging.by_school)),
        (traits.air, int(traits.air.max(initial=0)) + 1),
    ):
        whole = whole * size + part
    member, first = renumber(whole)
    stage = traits.level[first] % (len(LEVELS) + 1)
    near = belonging.by_home[belonging.home[first]] & belonging.by_school[belonging.school[first]]
    near &= admits[stage]
    by_level, by_signal = level[traits.band[first]], signal[traits.situation[first]]
    level_fits = able[stage] & (by_level >= 0)
    fits = near & level_fits & (by_signal >= 0)
    posed = Problem(
        member,
        np.where(fits, by_level, NEVER).astype(np.int32),
        np.where(fits, by_signal, 0).astype(np.int32),
        stock,
    )
    return Posed(
        posed,
        paired[traits.situation[first]],
        ~near,
        level_fits,
        by_signal >= 0,
        traits.air[first],
        first,
    )
