"""Data packages and support for lines: by rank to whom their signal carries them, the rest for later.

Nothing is given where nothing is on the air: what is left is kept for those whom a wave of the rollout will
connect, the earlier wave first. In a hamlet with fibre one line serves a household, so one pupil of it asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from phusong.plans.devices.air import (
    ALL,
    carry_packages,
    code_bits,
    find_air,
    list_served_operators,
    merge_sets,
    read_carriers,
)
from phusong.plans.devices.coding import ABSENT, code_words, renumber
from phusong.plans.devices.fitting import AT_HOME, Situation
from phusong.plans.devices.matching import deal_lots, match_lots
from phusong.plans.devices.problem import NEVER, Problem
from phusong.plans.devices.serving import choose_served
from phusong.vocabulary.parameters import Devices


@dataclass(frozen=True, eq=False)
class Asking:
    """Hold who asks for a package, all arrays of one length and in the order of service.

    Parameters
    ----------
    row : of the pupil.
    modem : whether the device at hand takes a SIM.
    bound : whether it was given on condition of a hotspot.
    own : package that comes with the lot, `ABSENT` for none.
    """

    row: np.ndarray
    modem: np.ndarray
    bound: np.ndarray
    own: np.ndarray


@dataclass(frozen=True, eq=False)
class Given:
    """Hold the packages given and kept.

    Parameters
    ----------
    now, then : package of each pupil today, and kept for the day of connection; `ABSENT` for none [n].
    short : whether a pupil was left without for want of packages [n].
    """

    now: np.ndarray
    then: np.ndarray
    short: np.ndarray


class Counter:
    """Give packages one round after another, and remember what is left.

    Parameters
    ----------
    students : hamlet_id, household_key.
    packages : as `hold_packages` returns them.
    situation : what carries a device at each pupil's home [n].
    signals : operators on the air; None where not delivered.
    devices : how finely the search cuts.
    """

    def __init__(
        self,
        students: pd.DataFrame,
        packages: pd.DataFrame,
        situation: np.ndarray,
        signals: pd.DataFrame | None,
        devices: Devices,
    ) -> None:
        self.students, self.situation, self.devices = students, situation, devices
        self.operators = list_served_operators(packages, signals)
        self.bit, self.line, self.hotspot = read_carriers(packages, self.operators)
        self.left = packages["free"].to_numpy(dtype=np.int64).copy()
        self.radio, self.fibre = find_air(students, situation, signals, self.operators)

    def give_now(self, asking: Asking) -> tuple[np.ndarray, np.ndarray]:
        """Return the package of each pupil who asks, and who was left without for want of packages."""
        asks = ~np.isin(self.situation[asking.row], AT_HOME)
        lone = self._first_of_homes(asking.row, self.situation[asking.row] == Situation.FIBRE)
        asks &= lone
        got = np.full(len(asking.row), ABSENT)
        for part in (asks & asking.bound, asks & ~asking.bound):
            some = np.flatnonzero(part)
            got[some] = self._round(
                asking.modem[some],
                asking.bound[some],
                asking.own[some],
                self.radio[asking.row[some]],
                self.fibre[asking.row[some]],
            )
        reached = (self.radio[asking.row] | self.fibre[asking.row]) > 0
        return got, asks & reached & (got < 0)

    def keep_for_later(self, asking: Asking, operators: np.ndarray) -> np.ndarray:
        """Return the package kept for each pupil until their hamlet is connected.

        Parameters
        ----------
        asking : whose hamlets are to be connected, the earlier wave first.
        operators : who connects them, as sets of bits.
        """
        wired = self.situation[asking.row] == Situation.DARK_FIBRE
        some = np.flatnonzero(self._first_of_homes(asking.row, wired))
        got = np.full(len(asking.row), ABSENT)
        got[some] = self._round(
            asking.modem[some],
            np.zeros(len(some), dtype=bool),
            asking.own[some],
            (operators * ~wired)[some],
            (operators * wired)[some],
        )
        return got

    def _first_of_homes(self, row: np.ndarray, wired: np.ndarray) -> np.ndarray:
        """Return who asks: everybody, but of a household with a line its first alone."""
        if not wired.any():
            return np.ones(len(row), dtype=bool)
        home = self.students["household_key"].iloc[row[wired]]
        late = home.duplicated().to_numpy() & home.notna().to_numpy()
        asks = np.ones(len(row), dtype=bool)
        asks[np.flatnonzero(wired)[late]] = False
        return asks

    def _round(
        self,
        modem: np.ndarray,
        bound: np.ndarray,
        own: np.ndarray,
        radio: np.ndarray,
        fibre: np.ndarray,
    ) -> np.ndarray:
        """Return the package of each pupil, and take it from what is left."""
        if not len(modem) or not self.left.any():
            return np.full(len(modem), ABSENT)
        traits = np.stack([modem, bound, own, radio, fibre]).astype(np.int64)
        sets, pairs = merge_sets(radio * (ALL + 1) + fibre)
        key = ((modem * 2 + bound) * (len(self.left) + 1) + own + 1) * len(pairs) + sets
        member, first = renumber(key)
        modem_, bound_, own_, radio_, fibre_ = traits[:, first, None]
        by_air, by_line = (carry_packages(s[:, 0], self.bit) for s in (radio_, fibre_))
        sim = by_air & ~self.line & ~self.hotspot & (modem_ > 0) & (bound_ == 0)
        spot = by_air & self.hotspot & ((modem_ == 0) | (bound_ > 0))
        wire = by_line & self.line & (bound_ == 0)
        suits = sim | spot | wire
        cost = np.where(own_ == np.arange(len(self.left)), 0, np.where(wire, 1, 2))
        problem = Problem(member, np.where(suits, 0, NEVER), cost, self.left)
        served = choose_served(
            problem,
            factor=int(self.devices.number("band_factor")),
            singly=int(self.devices.number("dealt_singly")),
        )
        got = deal_lots(problem, match_lots(problem, served))
        self.left = self.left - np.bincount(got[got >= 0], minlength=len(self.left))
        return got


def read_operators(
    students: pd.DataFrame, rows: np.ndarray, rollout: pd.DataFrame, operators: Sequence[str]
) -> np.ndarray:
    """Return who connects each pupil's hamlet, every operator where the plan does not say [rows].

    Parameters
    ----------
    students : hamlet_id.
    rows : of the pupils.
    rollout : hamlet_id and, where it is known, operator.
    operators : that have a bit each, in its order.
    """
    if "operator" not in rollout:
        return np.full(len(rows), ALL)
    named = rollout["operator"].notna().to_numpy()
    bits = np.append(np.where(named, code_bits(rollout["operator"], operators), ALL), 0)
    return bits[code_words(students["hamlet_id"].iloc[rows], list(rollout["hamlet_id"]))]
