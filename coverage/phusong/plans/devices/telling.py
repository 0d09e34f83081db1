"""Put the allocation into words, pupil by pupil: what comes with the device, why, what would change it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.plans.devices.coding import ABSENT, spell_words
from phusong.plans.devices.deciding import Decision
from phusong.plans.devices.fitting import AT_HOME, BANDS, KINDS, UNLIT, Situation
from phusong.plans.devices.giving import Given
from phusong.plans.devices.reasons import find_causes
from phusong.plans.devices.standing import OUTCOMES, code_outcome
from phusong.vocabulary.book import (
    AllocationChange,
    AllocationReason,
    AwardState,
    Kit,
    Outcome,
)
from phusong.vocabulary.parameters import Devices
from phusong.vocabulary.pupils import DeviceKind, Reason

#: Place, among the words of those who wait, of what the home's signal does not carry.
MODEM_SLOT = 4
KITS = tuple(Kit)
STATES = tuple(AwardState)
#: Every word that a reason is made of here; others are told as the table of pupils tells them.
WORDS = (
    *AllocationReason,
    *STATES,
    Reason.IDENTITY_PROBABLE,
    Outcome.DECLINED,
    Outcome.DEPARTED,
)
#: Places of the words of a reason, in the order in which they are told.
SLOTS = 9
GIVEN = (Outcome.AWARDED, Outcome.AWARDED_OFFLINE)
WAITING = (Outcome.OUT_OF_STOCK, Outcome.RESTRICTED, Outcome.NO_FIT)
#: Kinds that a telling proposes to buy; they take a SIM.
PROPOSED = (DeviceKind.TABLET, DeviceKind.LAPTOP, DeviceKind.SMARTPHONE)


def is_outcome(outcome: np.ndarray, wanted: tuple[Outcome, ...]) -> np.ndarray:
    """Return whose outcome is one of several [n].

    Parameters
    ----------
    outcome : numbers of outcomes [n].
    wanted : outcomes.
    """
    table = np.zeros(len(OUTCOMES) + 1, dtype=bool)
    table[[code_outcome(o) for o in wanted]] = True
    return np.asarray(table[outcome])


def tell_kits(
    decision: Decision, given: Given, *, modem: np.ndarray, line: np.ndarray, hotspot: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return what comes with each device today, and once the hamlet is connected, as numbers [n].

    Parameters
    ----------
    decision : what was decided.
    given : packages.
    modem : whether the device at hand takes a SIM [n].
    line, hotspot : which packages are for a line, and which bring a hotspot.
    """
    homes = decision.homes
    number = {kit: n for n, kit in enumerate(KITS)}
    by_package = np.where(
        np.append(hotspot, False),
        number[Kit.MODEM],
        np.where(np.append(line, False), number[Kit.FIXED_LINE], number[Kit.DATA_PACKAGE]),
    )
    bare = np.full(len(Situation), number[Kit.NOTHING])
    bare[[Situation.HOME_FIXED, Situation.FIBRE]] = number[Kit.FIXED_LINE]
    bare[[Situation.ONLY_3G, *UNLIT]] = number[Kit.OFFLINE]
    today = np.where(given.now >= 0, by_package[given.now], bare[homes.situation])
    served = is_outcome(decision.outcome, (*GIVEN, Outcome.KEPT, Outcome.PACKAGE_ONLY))
    hoping = served | is_outcome(decision.outcome, (*WAITING, Outcome.CONNECTION_WAITING))
    air = np.where(modem, number[Kit.DATA_PACKAGE], number[Kit.MODEM])
    later = np.where(homes.wired, number[Kit.FIXED_LINE], air)
    return np.where(served, today, ABSENT), np.where(hoping & (homes.wave > 0), later, ABSENT)


def tell_reasons(
    decision: Decision,
    given: Given,
    students: pd.DataFrame,
    *,
    state: np.ndarray,
    devices: Devices,
    floor: bool,
) -> pd.Series:
    """Return why each pupil's outcome is what it is, words by |.

    Parameters
    ----------
    decision : what was decided.
    given : packages.
    students : reasons.
    state : number of the state of the award that holds each pupil, `ABSENT` for none [n].
    devices : from which misfit on a device is a last resort.
    floor : whether some of every commune come before the tiers.
    """
    size = len(decision.outcome)
    parts = np.full((SLOTS, size), ABSENT)
    awarded = is_outcome(decision.outcome, GIVEN)
    parts[0] = np.where(awarded, _judge_level(decision, devices), ABSENT)
    parts[0] = np.where(state >= 0, len(AllocationReason) + state, parts[0])
    connected = awarded | is_outcome(
        decision.outcome, (Outcome.PACKAGE_ONLY, Outcome.CONNECTION_WAITING)
    )
    parts[1] = np.where(connected, _judge_signal(decision), ABSENT)
    parts[2] = np.where(given.short, _word(AllocationReason.PACKAGE_SHORT), ABSENT)
    describe_waiting(decision, parts[3:], floor=floor)
    behind = decision.standing.outcome
    fixed = [
        (behind, Outcome.HOUSEHOLD_SERVED, AllocationReason.SIBLING_SERVED),
        (behind, Outcome.HOUSEHOLD_WAITING, AllocationReason.SIBLING_FIRST),
        (decision.outcome, Outcome.HELD, Reason.IDENTITY_PROBABLE),
        (decision.outcome, Outcome.DECLINED, Outcome.DECLINED),
        (decision.outcome, Outcome.DEPARTED, Outcome.DEPARTED),
    ]
    for whose, outcome, word in fixed:
        parts[0][whose == code_outcome(outcome)] = WORDS.index(word)
    told = _join_words(parts, students.index)
    others = is_outcome(
        decision.outcome, (Outcome.INELIGIBLE, Outcome.UNJUDGED, Outcome.NOT_NEEDED)
    )
    return told.mask(others, students["reasons"].astype("str"))


def _word(reason: AllocationReason) -> int:
    """Return the number of a word of a reason."""
    return WORDS.index(reason)


def _judge_level(decision: Decision, devices: Devices) -> np.ndarray:
    """Return how well the device given fits the level, as a word's number [n]."""
    return np.select(
        [decision.misfit <= 0, decision.misfit >= devices.number("last_fit")],
        [_word(AllocationReason.LEVEL_BEST), _word(AllocationReason.LEVEL_LAST)],
        _word(AllocationReason.LEVEL_ACCEPTED),
    )


def _judge_signal(decision: Decision) -> np.ndarray:
    """Return what carries the device, as a word's number [n]."""
    table = np.full(len(Situation), _word(AllocationReason.SIGNAL_FITS))
    table[Situation.PART_4G] = _word(AllocationReason.SIGNAL_IN_PART)
    table[Situation.ONLY_3G] = _word(AllocationReason.ONLY_3G)
    table[list(AT_HOME)] = _word(AllocationReason.HOME_CONNECTED)
    table[list(UNLIT)] = _word(AllocationReason.SIGNAL_LATER)
    table[Situation.DARK] = _word(AllocationReason.SIGNAL_NEVER)
    there = table[decision.homes.situation]
    return np.where(decision.bound, _word(AllocationReason.THROUGH_HOTSPOT), there)


def describe_waiting(decision: Decision, parts: np.ndarray, *, floor: bool) -> None:
    """Fill in why those who wait do, read off who has what would have served them.

    Parameters
    ----------
    decision : what was decided.
    parts : numbers of words, `ABSENT` for none [slots, n].
    floor : whether some of every commune come before the tiers.
    """
    line = decision.standing.line
    waits = is_outcome(decision.outcome[line], WAITING)
    rows, causes = line[waits], find_causes(decision, floor=floor)
    for slot, (words, holds) in enumerate(causes):
        told = np.full(len(rows), ABSENT)
        for word, where in zip(words, holds, strict=True):
            told = np.where((told < 0) & where[waits], _word(word), told)
        parts[slot, rows] = told
    silent = np.isin(decision.homes.situation[rows], UNLIT)
    modem = parts[MODEM_SLOT, rows] == _word(AllocationReason.NEEDS_MODEM)
    parts[MODEM_SLOT, rows] = np.where(
        silent & modem, _judge_signal(decision)[rows], parts[MODEM_SLOT, rows]
    )


def _join_words(parts: np.ndarray, index: pd.Index) -> pd.Series:
    """Return the words of several slots, by |."""
    base = len(WORDS) + 1
    key = np.zeros(parts.shape[1], dtype=np.int64)
    for part in parts:
        key = key * base + part + 1
    codes, found = pd.factorize(key)
    said = []
    for each in found:
        digits = [int(each) // base**n % base for n in range(len(parts))][::-1]
        said.append("|".join(str(WORDS[d - 1]) for d in digits if d))
    return spell_words(codes, said, index)


def tell_changes(
    decision: Decision,
    given: Given,
    *,
    bands: np.ndarray,
    place: np.ndarray,
    devices: Devices,
    offline: bool,
) -> pd.Series:
    """Return what would change each pupil's outcome: a word, or word:kind:count.

    The n-th who waits is served by n more devices that suit everybody: these serve the first n who wait,
    whoever moves between lots. So the count is exact while no side condition binds.

    Parameters
    ----------
    decision : what was decided.
    given : packages.
    bands : of the fit to the level [n].
    place : on the waiting list, 0 for none [n].
    devices : how well each kind fits.
    offline : whether devices go where nothing is on the air.
    """
    outcome, index = decision.outcome, pd.RangeIndex(len(decision.outcome))
    told = np.full(len(outcome), ABSENT)
    dark = np.isin(decision.homes.situation, UNLIT)
    words = tuple(AllocationChange)
    signal = words.index(AllocationChange.SIGNAL)
    unsure = (Outcome.UNJUDGED, Outcome.HELD)
    told[is_outcome(outcome, unsure)] = words.index(AllocationChange.ANSWER)
    wants = is_outcome(outcome, (Outcome.AWARDED_OFFLINE, Outcome.CONNECTION_WAITING))
    told[wants & dark] = signal
    told[given.short] = words.index(AllocationChange.MORE_PACKAGES)
    waits = place > 0
    told[waits & dark & (not offline)] = signal
    said = spell_words(told, words, index)
    kinds = _propose_kinds(devices)
    ready = np.flatnonzero(waits & ~(dark & (not offline)) & (kinds[bands] >= 0))
    before = np.zeros(int(place.max(initial=0)) + 1, dtype=np.int64)
    before[place[ready]] = 1
    count = pd.Series(np.cumsum(before)[place[ready]])
    kind = spell_words(kinds[bands[ready]], KINDS, count.index)
    said.iloc[ready] = f"{AllocationChange.MORE_DEVICES}:" + kind + ":" + count.astype("str")
    return said


def _propose_kinds(devices: Devices) -> np.ndarray:
    """Return for each band the best kind among those that suit every band, `ABSENT` for none [band]."""
    never = devices.number("never_fit")
    best = []
    for band in BANDS:
        fits = {
            KINDS.index(kind): devices.number(f"{band}_{kind}")
            for kind in PROPOSED
            if all(devices.number(f"{other}_{kind}") < never for other in BANDS)
        }
        best.append(min(fits, key=lambda k: (fits[k], k), default=ABSENT))
    return np.array(best)
