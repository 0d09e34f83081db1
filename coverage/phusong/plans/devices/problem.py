"""The allocation as arithmetic: classes of pupils in their order, lots, and how badly each pair fits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

#: Stands for a pair that is forbidden.
NEVER = -1


@dataclass(frozen=True, eq=False)
class Problem:
    """Hold whom to serve, with what, and which pairs are allowed.

    Parameters
    ----------
    member : class of each pupil, first served first [n]; pupils of a class may have the same lots.
    level : misfit to the level of each class and lot; `NEVER` where the pair is forbidden [c, l].
    signal : misfit to the connection [c, l]; read where the pair is allowed.
    stock : devices of each lot [l].
    """

    member: np.ndarray
    level: np.ndarray
    signal: np.ndarray
    stock: np.ndarray

    @cached_property
    def allowed(self) -> np.ndarray:
        """Return which pairs are allowed [c, l]."""
        return self.level >= 0

    @property
    def classes(self) -> int:
        """Return the number of classes."""
        return int(self.level.shape[0])

    @cached_property
    def sizes(self) -> np.ndarray:
        """Return the pupils of each class [c]."""
        return np.bincount(self.member, minlength=self.classes)

    @cached_property
    def index(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the pupils class by class, and where each class begins; see `index_members`."""
        return index_members(self.member, self.classes)

    @property
    def signal_base(self) -> int:
        """Return what one step of level misfit weighs in steps of signal misfit.

        An assignment can be bettered only along cycles that pass each lot once, so that signal misfits can
        sum to twice the lots times the largest at most: no sum of them outweighs one step of level misfit.
        """
        largest = int(self.signal.max(initial=0))
        return 2 * max(len(self.stock), 1) * largest + 1

    @cached_property
    def misfit(self) -> np.ndarray:
        """Return both misfits as one number, the level's first; read where the pair is allowed [c, l]."""
        return np.maximum(self.level, 0).astype(np.int64) * self.signal_base + self.signal


def index_members(member: np.ndarray, classes: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the pupils class by class, each class in the order of service.

    Parameters
    ----------
    member : class of each pupil, first served first [n].
    classes : number of classes.

    Returns
    -------
    Positions of the pupils, class after class [n], and where each class begins [c + 1].
    """
    # numbers of 16 bits are sorted by radix, several times faster
    narrow = member.astype(np.uint16) if classes <= np.iinfo(np.uint16).max else member
    order = np.argsort(narrow, kind="stable")
    sizes = np.bincount(member, minlength=classes)
    return order, np.concatenate([[0], np.cumsum(sizes)])
