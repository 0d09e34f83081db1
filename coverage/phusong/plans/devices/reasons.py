"""Why somebody waits, read off the allocation: who has what would have served them, and what keeps the rest.

Nothing is said that the allocation does not show. A device fits a pupil if level, signal and earmark allow
it; of two pupils the one with the better rank is ahead. Without side conditions nobody behind has a device
that fits somebody who waits, since exchanging the two would serve a better set; with a floor in every commune
somebody behind may.
"""

from __future__ import annotations

import numpy as np

from phusong.plans.devices.deciding import Decision
from phusong.vocabulary.book import AllocationReason

#: Words of which the first that holds is told, and where each holds [pupils in line].
Causes = list[tuple[tuple[AllocationReason, ...], tuple[np.ndarray, ...]]]


def find_causes(decision: Decision, *, floor: bool) -> Causes:
    """Return what speaks against each pupil in line who waits.

    Parameters
    ----------
    decision : what was decided.
    floor : whether some of every commune come before the tiers.

    Returns
    -------
    For each place of a reason the words that may stand there, and where each of them holds.
    """
    posed, left = decision.posed, decision.left > 0
    problem, paired = posed.problem, posed.paired
    member, stocked = problem.member, problem.stock > 0
    allowed = problem.allowed & stocked
    near = ~posed.earmarked & stocked
    suited = near & posed.level_fits
    for_others = stocked & posed.earmarked & posed.level_fits & posed.signal_fits & ~paired
    none = ~_any(allowed)
    ahead, behind = _find_holders(decision)
    place = np.arange(len(member))
    earlier = _reach(allowed & (~paired | ~left), ahead)[member] < place
    later = _reach(allowed & ~paired, -behind)[member] < -place
    short: np.ndarray = _any(allowed & paired & left)[member]
    short |= _reach(allowed & paired, -behind)[member] < -place
    barred = suited & (paired | ~posed.signal_fits)
    unheard = _any(barred & left) | (_any(suited) & ~_any(suited & ~barred))
    misfits = near & ~posed.level_fits
    no_level = _any(misfits & left) | (_any(misfits) & ~_any(suited))
    kept_away = _any(for_others & left) | (_any(for_others) & none)
    empty = np.full(len(member), not stocked.any())
    other = earlier | short | (later & floor)
    reason = AllocationReason
    return [
        (
            (reason.STORE_EMPTY, reason.EARLIER_SERVED, reason.NONE_FITS, reason.ALL_GIVEN),
            (empty, earlier, (none & ~kept_away)[member], ~none[member] & ~other),
        ),
        ((reason.FLOOR,), (later & floor,)),
        ((reason.HOTSPOT_SHORT,), (short,)),
        ((reason.EARMARKED,), (kept_away[member],)),
        ((reason.NEEDS_MODEM,), (unheard[member],)),
        ((reason.LEVEL_MISFIT,), (no_level[member],)),
    ]


def _find_holders(decision: Decision) -> tuple[np.ndarray, np.ndarray]:
    """Return the places in line of the first and of the last pupil who are given each type [l] each.

    Of a type that nobody is given the first lies behind everybody, the last before.
    """
    got = np.append(decision.stock.type_of, -1)[decision.lot[decision.standing.line]]
    types, place = len(decision.posed.problem.stock), np.flatnonzero(got >= 0)
    first, last = np.full(types, len(got)), np.full(types, -1)
    np.minimum.at(first, got[place], place)
    np.maximum.at(last, got[place], place)
    return first, last


def _any(pairs: np.ndarray) -> np.ndarray:
    """Return which classes have any of their pairs with types [c]."""
    return np.asarray(pairs.any(axis=1))


def _reach(pairs: np.ndarray, value: np.ndarray) -> np.ndarray:
    """Return the least value among the types that each class is paired with [c]."""
    most = np.iinfo(np.int64).max
    return np.where(pairs, value[None, :], most).min(axis=1, initial=most)
