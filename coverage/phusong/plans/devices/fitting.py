"""How well a device fits a pupil: by level and grade, and by what carries it at home."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import pandas as pd

from phusong.plans.devices.coding import ABSENT, code_words, read_flags
from phusong.plans.devices.problem import NEVER
from phusong.vocabulary.options import OptionKind
from phusong.vocabulary.parameters import Devices
from phusong.vocabulary.pupils import DeviceKind, HomeConnection, Level
from phusong.vocabulary.terms import GapClass

LEVELS = tuple(Level)
KINDS = tuple(DeviceKind)
#: Bands of the fit to the level, as the parameters name them.
BANDS = ("early", "primary", "secondary", "upper")
#: Last grade of primary and of lower secondary, by the law on education.
LAST_PRIMARY, LAST_SECONDARY = 5, 9
HELD_IN_HAND = (DeviceKind.TABLET, DeviceKind.SMARTPHONE)


class Situation(IntEnum):
    """Name what carries a device in a pupil's home, today and later."""

    HOME_FIXED = 0
    HOME_MOBILE = 1
    FIBRE = 2
    FULL_4G = 3
    PART_4G = 4
    ONLY_3G = 5
    DARK = 6
    DARK_FIBRE = 7
    DARK_MOBILE = 8


#: Where mobile signal is all there is.
MOBILE_ONLY = (Situation.FULL_4G, Situation.PART_4G, Situation.ONLY_3G)
#: Where nothing is on the air, or nobody knows.
UNLIT = (Situation.DARK, Situation.DARK_FIBRE, Situation.DARK_MOBILE)
AT_HOME = (Situation.HOME_FIXED, Situation.HOME_MOBILE)
_BY_CLASS = {
    GapClass.K1: Situation.FIBRE,
    GapClass.K2: Situation.FULL_4G,
    GapClass.K3: Situation.PART_4G,
    GapClass.K4: Situation.ONLY_3G,
}
#: What brings a connection that is not the mobile network's; a satellite dish feeds a school-like hot spot.
_WIRED = (OptionKind.FIBRE, OptionKind.SATELLITE)


def code_bands(students: pd.DataFrame, *, devices: Devices) -> np.ndarray:
    """Return the band of the fit to the level for each pupil; the youngest where nothing is known [n].

    Parameters
    ----------
    students : level, grade.
    devices : up to which grade a pupil is among the youngest.
    """
    grade = students["grade"].to_numpy(dtype=np.float32, na_value=np.nan)
    level = code_words(students["level"], LEVELS)
    early = ~(grade > devices.number("early_grade"))
    by_grade = np.select(
        [early, grade <= LAST_PRIMARY, grade <= LAST_SECONDARY], [0, 1, 2], len(BANDS) - 1
    )
    by_level = np.array([ABSENT, 2, 3, 0, 3, ABSENT])[level]  # TH, THCS, THPT, MN, GDTX, not stated
    primary = (level == LEVELS.index(Level.TH)) & ~early
    return np.select([by_level >= 0, primary], [by_level, 1], by_grade).astype(np.int64)


def code_situations(
    students: pd.DataFrame, rollout: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what carries a device at each pupil's home, and when more does.

    Parameters
    ----------
    students : hamlet_id, hamlet_class, connection, connection_adequate.
    rollout : hamlet_id, wave (from 1; empty for never), option.

    Returns
    -------
    The `Situation` of each pupil, the wave that connects the hamlet (0: today, −1: never), and whether
    that wave brings a line instead of mobile signal [n each].
    """
    classes = [str(c) for c in _BY_CLASS]
    lit = code_words(students["hamlet_class"], classes)
    wave, wired = _find_waves(students, rollout)
    dark = np.select(
        [wave < 0, wired], [Situation.DARK, Situation.DARK_FIBRE], Situation.DARK_MOBILE
    )
    there = np.array([int(s) for s in _BY_CLASS.values()] + [ABSENT])[lit]
    own = read_flags(students["connection_adequate"], empty=False)
    kind = code_words(students["connection"], [HomeConnection.MOBILE_3G, HomeConnection.MOBILE_4G])
    at_home = np.where(kind >= 0, Situation.HOME_MOBILE, Situation.HOME_FIXED)
    situation = np.select([own, lit >= 0], [at_home, there], dark)
    # fibre or full 4G is what a wave would bring; elsewhere a wave is still to come
    today = own | (there == Situation.FIBRE) | (there == Situation.FULL_4G)
    wave = np.where(today | ((lit >= 0) & (wave < 0)), 0, wave)
    return situation.astype(np.int64), wave, wired


def _find_waves(students: pd.DataFrame, rollout: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the wave that connects each pupil's hamlet, −1 for none, and whether by a line."""
    planned = rollout[rollout["wave"].notna() & (rollout["option"] != OptionKind.NOTHING)]
    place = code_words(students["hamlet_id"], list(planned["hamlet_id"]))
    waves = np.append(planned["wave"].to_numpy(dtype=np.int64), -1)
    lines = np.append(planned["option"].isin([str(o) for o in _WIRED]).to_numpy(dtype=bool), False)
    return waves[place], lines[place]


def fit_levels(stock: pd.DataFrame, *, devices: Devices) -> np.ndarray:
    """Return the misfit of each lot to each band of levels, `NEVER` where forbidden [band, lot].

    Parameters
    ----------
    stock : kind of each lot.
    devices : how well each kind fits.
    """
    table = np.array(
        [[devices.number(f"{band}_{kind}") for kind in KINDS] for band in BANDS], dtype=np.int64
    )
    table[table >= devices.number("never_fit")] = NEVER
    return table[:, code_words(stock["kind"], KINDS)]


def fit_signals(
    stock: pd.DataFrame, *, devices: Devices, hotspots: bool, offline: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Return the misfit of each lot to each situation, `NEVER` where forbidden.

    Parameters
    ----------
    stock : kind and modem of each lot.
    devices : what each misfit weighs.
    hotspots : whether a device without modem can be given together with a mobile hotspot.
    offline : whether devices go where nothing is on the air, with lessons to use offline.

    Returns
    -------
    Misfits [situation, lot], and whether the pair needs a hotspot [situation, lot].
    """
    modem = stock["modem"].to_numpy(dtype=bool)
    big = ~stock["kind"].isin([str(k) for k in HELD_IN_HAND]).to_numpy(dtype=bool)
    misfit = np.zeros((len(Situation), len(stock)), dtype=np.int64)
    misfit[Situation.HOME_MOBILE] = np.where(modem, 0, devices.number("home_tether"))
    misfit[Situation.PART_4G] = big * int(devices.number("computer_in_part"))
    misfit[Situation.ONLY_3G] = big * int(devices.number("computer_on_3g"))
    misfit[Situation.DARK_MOBILE] = np.where(modem, 0, devices.number("modem_later"))
    paired = np.zeros(misfit.shape, dtype=bool)
    paired[list(MOBILE_ONLY)] = ~modem
    misfit[paired] += int(devices.number("hotspot_needed"))
    if not hotspots:
        misfit[paired] = NEVER
    if not offline:
        misfit[list(UNLIT)] = NEVER
    return misfit, paired
