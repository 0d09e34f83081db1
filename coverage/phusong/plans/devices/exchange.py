"""Who could give way to whom: the exchanges that an assignment still allows, lot by lot.

A pupil who holds a device of one lot could take one of another that suits them too, and leave theirs to
somebody who waits. Followed from lot to lot these exchanges are everything that could better an assignment
(Berge 1957; for weights Edmonds and Karp 1972): where none betters it, it is optimal.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Exchanges:
    """Hold what could still be exchanged.

    Parameters
    ----------
    reach : whether a device asked of one lot can be had from another by exchanges [l, l].
    last : the latest place in the order that would have to give way, asked of each lot; the number of
        places where a device is free [l].
    first : the earliest waiting place that a device more of each lot would serve; the number of places
        where nobody waits for it [l].
    """

    reach: np.ndarray
    last: np.ndarray
    first: np.ndarray


def find_exchanges(
    flow: np.ndarray,
    allowed: np.ndarray,
    stock: np.ndarray,
    *,
    last_served: np.ndarray,
    first_waiting: np.ndarray,
    places: int,
) -> Exchanges:
    """Return the exchanges that an assignment allows.

    Parameters
    ----------
    flow : devices of each lot in each class [c, l].
    allowed : which pairs are allowed [c, l].
    stock : devices of each lot [l].
    last_served : the latest place of those served in each class; -1 for none [c].
    first_waiting : the earliest place of those waiting in each class; `places` for none [c].
    places : number of places in the order.
    """
    held = flow > 0
    moves = held.T.astype(np.float32) @ allowed.astype(np.float32) > 0
    reach = close(moves | np.eye(len(stock), dtype=bool))
    holder = np.where(held, last_served[:, None], -1).max(axis=0, initial=-1)
    holder = np.where(flow.sum(axis=0) < stock, places, holder)
    waiting = np.where(allowed, first_waiting[:, None], places).min(axis=0, initial=places)
    last = np.where(reach, holder[None, :], -1).max(axis=1, initial=-1)
    first = np.where(reach, waiting[:, None], places).min(axis=0, initial=places)
    return Exchanges(reach, last, first)


def close(moves: np.ndarray) -> np.ndarray:
    """Return which lots can be reached from which, over any number of moves (Warshall 1962).

    Parameters
    ----------
    moves : single moves [l, l].
    """
    reach = moves.copy()
    for middle in range(len(reach)):
        reach |= reach[:, middle, None] & reach[None, middle, :]
    return reach


def ask_lots(allowed: np.ndarray, value: np.ndarray, *, nothing: int) -> np.ndarray:
    """Return for each class the largest value among the lots allowed to it [c].

    Parameters
    ----------
    allowed : which pairs are allowed [c, l].
    value : of each lot [l].
    nothing : for a class without lots.
    """
    return np.asarray(np.where(allowed, value[None, :], nothing).max(axis=1, initial=nothing))


def threaten_classes(flow: np.ndarray, value: np.ndarray, *, nothing: int) -> np.ndarray:
    """Return for each class the smallest value among the lots that it holds devices of [c].

    Parameters
    ----------
    flow : devices of each lot in each class [c, l].
    value : of each lot [l].
    nothing : for a class without devices.
    """
    return np.asarray(np.where(flow > 0, value[None, :], nothing).min(axis=1, initial=nothing))
