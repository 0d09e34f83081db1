"""What is left over and why, what cannot go together, and what one device more would do."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.plans.devices.coding import code_words, spell_words
from phusong.plans.devices.deciding import Decision
from phusong.plans.devices.fitting import MOBILE_ONLY, Situation
from phusong.plans.devices.posing import Traits
from phusong.plans.devices.proving import trace_exchanges
from phusong.vocabulary.book import MismatchKind, SurplusWhy
from phusong.vocabulary.terms import GapClass

CLASSES = tuple(GapClass)


def list_surplus(decision: Decision) -> pd.DataFrame:
    """Return each lot with what became of it.

    Parameters
    ----------
    decision : what was decided.

    Returns
    -------
    lot_id, kind, received, adequacy, allocable, kept (held by awards), given, left, why (`SurplusWhy`), and
    waiting: pupils who wait and whom these devices would suit but for their earmark.
    """
    lots, posed = decision.stock.lots, decision.posed
    given = np.bincount(decision.lot[decision.lot >= 0], minlength=len(lots))
    left = decision.stock.free - given
    suits = posed.level_fits & posed.signal_fits & ~posed.paired
    shut_out = suits & posed.earmarked
    waiting = (decision.waiting @ shut_out.astype(np.int64))[decision.stock.type_of]
    waiting = np.where(left > 0, waiting, 0)
    unfit = lots["allocable"].to_numpy(dtype=np.int64) == 0
    why = np.select(
        [unfit, left == 0, np.full(len(lots), decision.waiting.sum() == 0), waiting > 0],
        [
            str(SurplusWhy.UNFIT),
            str(SurplusWhy.NONE_LEFT),
            str(SurplusWhy.NOBODY_WAITS),
            str(SurplusWhy.EARMARKED),
        ],
        str(SurplusWhy.MISFIT),
    )
    table = lots[["lot_id", "kind", "received", "adequacy", "allocable", "kept"]]
    return table.assign(given=given, left=left, why=why, waiting=waiting)


def list_mismatches(
    decision: Decision, students: pd.DataFrame, situation: np.ndarray
) -> pd.DataFrame:
    """Return devices and signals that do not go together, however devices are given.

    Parameters
    ----------
    decision : what was decided.
    students : hamlet_class.
    situation : what carries a device in each class of pupils [c].

    Returns
    -------
    mismatch (`MismatchKind`), lot_id, kind, class (of the hamlets), devices, pupils: devices without modem
    that are left, and the pupils who wait for want of one; or devices given without, where only mobile
    signal will come.
    """
    posed, lots = decision.posed, decision.stock.lots
    stuck = posed.level_fits & ~posed.earmarked & posed.paired
    left = decision.stock.free - np.bincount(decision.lot[decision.lot >= 0], minlength=len(lots))
    rows = []
    for lot in np.flatnonzero(left > 0).tolist():
        for lit, name in zip(MOBILE_ONLY, (GapClass.K2, GapClass.K3, GapClass.K4), strict=True):
            mine = stuck[:, decision.stock.type_of[lot]] & (situation == lit)
            pupils = int(decision.waiting[mine].sum())
            if pupils:
                word = str(MismatchKind.NO_MODEM)
                rows.append((word, *_name_lot(lots, lot), str(name), int(left[lot]), pupils))
    columns = ["mismatch", "lot_id", "kind", "class", "devices", "pupils"]
    later = _find_later(decision, students)
    return pd.DataFrame([*rows, *later], columns=columns)


def _name_lot(lots: pd.DataFrame, lot: int) -> tuple[str, str]:
    """Return the id and the kind of a lot."""
    return str(lots["lot_id"].iloc[lot]), str(lots["kind"].iloc[lot])


def _find_later(decision: Decision, students: pd.DataFrame) -> list[tuple[object, ...]]:
    """Return devices without modem given where only mobile signal will come, by lot and class."""
    lots = decision.stock.lots
    modem = np.append(lots["modem"].to_numpy(dtype=bool), True)
    late = (decision.homes.situation == Situation.DARK_MOBILE) & ~modem[decision.lot]
    rows = np.flatnonzero(late)
    if not len(rows):
        return []
    number = code_words(students["hamlet_class"].iloc[rows], CLASSES)
    found, count = np.unique(np.stack([decision.lot[rows], number]), axis=1, return_counts=True)
    word = str(MismatchKind.MODEM_LATER)
    return [
        (word, *_name_lot(lots, lot), str(CLASSES[name]) if name >= 0 else "", int(n), int(n))
        for (lot, name), n in zip(found.T, count, strict=True)
    ]


def price_devices(
    decision: Decision,
    flow: np.ndarray,
    traits: Traits,
    kinds: pd.DataFrame,
    *,
    level: np.ndarray,
    signal: np.ndarray,
    students: pd.DataFrame,
) -> pd.DataFrame:
    """Return what one device more would do, of each lot, and of each kind without earmark.

    Parameters
    ----------
    decision : what was decided.
    flow : devices of each type in each class [c, l].
    traits : of the pupils in line.
    kinds : kind and modem of new lots without earmark.
    level : their misfit to bands [band, kinds].
    signal : their misfit to situations [situation, kinds].
    students : student_key, tier, level.

    Returns
    -------
    lot_id (empty: a new lot), kind, modem, and the pupil who would be served besides: student_key, tier,
    level; empty where nobody would.
    """
    problem = decision.posed.problem
    found, first = trace_exchanges(problem, flow)
    every = decision.posed.first
    suits = (level[traits.band[every]] >= 0) & (signal[traits.situation[every]] >= 0)
    places = len(problem.member)
    waits = np.where(suits, first[:, None], places).min(axis=0, initial=places)
    gives = (flow > 0).T.astype(np.float32) @ suits.astype(np.float32) > 0
    freed = np.where(gives, found.first[:, None], places).min(axis=0, initial=places)
    fresh = np.minimum(waits, freed)
    lots = decision.stock.lots
    place = np.concatenate([found.first[decision.stock.type_of], fresh])
    row = np.append(decision.standing.line, -1)[np.where(place < places, place, -1)]
    columns = ["lot_id", "kind", "modem"]
    told = [lots[columns].astype("object"), kinds.assign(lot_id=None)[columns].astype("object")]
    table = pd.concat(told, ignore_index=True)
    return _name_pupils(table, row, students)


def _name_pupils(table: pd.DataFrame, row: np.ndarray, students: pd.DataFrame) -> pd.DataFrame:
    """Return a table with the pupil of each row, empty for −1."""
    known = students[["student_key", "tier", "level"]].iloc[row[row >= 0]].astype(object)
    known.index = pd.Index(np.flatnonzero(row >= 0))
    return table.join(known)


def count_outcomes(outcome: np.ndarray, words: tuple[str, ...], tier: pd.Series) -> pd.DataFrame:
    """Return pupils by outcome and tier; each pupil is in one line.

    Parameters
    ----------
    outcome : number of each pupil's outcome [n].
    words : what the numbers stand for.
    tier : of each pupil, empty for none.
    """
    number, tiers = pd.factorize(tier, sort=True)
    size = len(tiers) + 1
    count = np.bincount(outcome * size + number % size, minlength=len(words) * size)
    there = np.flatnonzero(count)
    return pd.DataFrame(
        {
            "outcome": spell_words(there // size, words, pd.RangeIndex(len(there))),
            "tier": spell_words(
                np.where(there % size < size - 1, there % size, -1), list(tiers),
                pd.RangeIndex(len(there)),
            ),
            "pupils": count[there],
        }
    )  # fmt: skip
