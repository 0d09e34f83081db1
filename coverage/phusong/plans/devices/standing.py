"""Where each pupil stands before anything is given: served already, in need, or out of the question."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from phusong.plans.devices.coding import ABSENT, code_values, code_words, read_flags
from phusong.vocabulary.book import AllocationUnit, AwardState, Outcome
from phusong.vocabulary.pupils import Identity

OUTCOMES = tuple(Outcome)
#: States of an award that holds its pupil and its device, the firmest first.
HOLDING = (
    AwardState.CONFIRMED,
    AwardState.HANDED_OVER,
    AwardState.APPROVED,
    AwardState.PROPOSED,
    AwardState.REPLACED,
    AwardState.LOST,
)
#: A returned device is out of stock until somebody has looked at it and taken it in again as a lot.
GONE = (*HOLDING, AwardState.RETURNED)
#: States of which a pupil can have one alone.
LIVING = HOLDING[:4]
#: Stands for no rank.
LAST = np.iinfo(np.int64).max


def code_outcome(outcome: Outcome) -> int:
    """Return the number of an outcome."""
    return OUTCOMES.index(outcome)


@dataclass(frozen=True, eq=False)
class Standing:
    """Hold where each pupil stands.

    Parameters
    ----------
    outcome : number of the outcome where it is settled, `ABSENT` for those who stand in line [n].
    line : rows of those who stand in line, first served first.
    award : row of the award that each pupil holds, `ABSENT` for none [n].
    rank : of each pupil, `LAST` for none [n].
    home : number of each pupil's household, counted only where one device goes to each; else None [n].
    """

    outcome: np.ndarray
    line: np.ndarray
    award: np.ndarray
    rank: np.ndarray
    home: np.ndarray | None


def sort_pupils(
    students: pd.DataFrame,
    awards: pd.DataFrame,
    *,
    unit: AllocationUnit,
    links: pd.DataFrame,
    declined: Collection[str],
) -> Standing:
    """Return where each pupil stands.

    Parameters
    ----------
    students : the table `students`.
    awards : student_key, lot_id, state.
    unit : whom one device goes to.
    links : the table `pupil_links`.
    declined : pseudonyms of those whose families want nothing.

    Raises
    ------
    ValueError
        If a pupil in need has no rank or another's, or holds two living awards.
    """
    rank = students["rank"].astype("Int64").to_numpy(dtype=np.int64, na_value=LAST)
    award = _find_awards(students, awards)
    outcome = _settle(students, award >= 0, declined)
    _hold_doubles(students, links, outcome, rank)
    home = None
    if unit == AllocationUnit.PER_HOUSEHOLD:
        home = _number_homes(students)
        _put_behind(outcome, rank, home)
    waiting = np.flatnonzero(outcome == ABSENT)
    line = waiting[np.argsort(rank[waiting], kind="stable")]
    places = rank[line]
    if len(line) and (places[-1] == LAST or (np.diff(places) == 0).any()):
        raise ValueError("pupils in need must have ranks, each another")
    return Standing(outcome, line, award, rank, home)


def _find_awards(students: pd.DataFrame, awards: pd.DataFrame) -> np.ndarray:
    """Return the row of the award that each pupil holds, the firmest, then by lot."""
    state = code_words(awards["state"], HOLDING)
    living = (state >= 0) & (state < len(LIVING))
    twice = awards["student_key"][living][awards["student_key"][living].duplicated()]
    if len(twice):
        raise ValueError(f"pupil {twice.iloc[0]} holds two awards")
    holding = np.flatnonzero(state >= 0)
    lot = code_values(awards["lot_id"])[0]
    firm = holding[np.lexsort([lot[holding], state[holding]])]
    keys = awards["student_key"].iloc[firm]
    first = firm[~keys.duplicated().to_numpy()]
    if not len(first):
        return np.full(len(students), ABSENT)
    row = code_words(students["student_key"], list(awards["student_key"].iloc[first]))
    return np.append(first, ABSENT)[row]


def _settle(students: pd.DataFrame, kept: np.ndarray, declined: Collection[str]) -> np.ndarray:
    """Return the outcome of those for whom it is settled, `ABSENT` for those in need of a device."""
    eligible = read_flags(students["eligible"], empty=False)
    unjudged = students["eligible"].isna().to_numpy()
    needs = read_flags(students["device_needed"], empty=False)
    unsure = students["device_needed"].isna().to_numpy()
    cut_off = ~read_flags(students["connection_adequate"], empty=True)
    refused = (
        code_words(students["student_key"], sorted(declined)) >= 0
        if declined
        else np.zeros(len(students), dtype=bool)
    )
    rules = {
        Outcome.KEPT: kept,
        Outcome.UNJUDGED: unjudged | (eligible & unsure & ~refused),
        Outcome.INELIGIBLE: ~eligible,
        Outcome.DECLINED: refused,
        Outcome.CONNECTION_WAITING: ~needs & cut_off,
        Outcome.NOT_NEEDED: ~needs,
    }
    return np.select(list(rules.values()), [code_outcome(o) for o in rules], ABSENT)


def _hold_doubles(
    students: pd.DataFrame, links: pd.DataFrame, outcome: np.ndarray, rank: np.ndarray
) -> None:
    """Let one of those who may be the same pupil stand in line, the first; nobody beside an award."""
    probable = links[links["verdict"] == Identity.PROBABLE]
    if probable.empty:
        return
    words = sorted({*probable["left_key"], *probable["right_key"]})
    ends = [code_words(probable[side], words) for side in ("left_key", "right_key")]
    shape = (len(words), len(words))
    tie = coo_array((np.ones(len(probable)), tuple(ends)), shape=shape)
    group = connected_components(tie, directed=False)[1]
    key = code_words(students["student_key"], words)
    row = np.flatnonzero(
        (key >= 0) & ((outcome == ABSENT) | (outcome == code_outcome(Outcome.KEPT)))
    )
    settled = outcome[row] != ABSENT
    row = row[np.lexsort([rank[row], ~settled])]
    again = pd.Series(group[key[row]]).duplicated().to_numpy()
    late = row[again]
    outcome[late[outcome[late] == ABSENT]] = code_outcome(Outcome.HELD)


def _number_homes(students: pd.DataFrame) -> np.ndarray:
    """Return a number for each household; a pupil without one is a household alone."""
    home = pd.factorize(students["household_key"])[0].astype(np.int64)
    alone = home < 0
    home[alone] = home.max(initial=-1) + 1 + np.arange(int(alone.sum()))
    return home


def _put_behind(outcome: np.ndarray, rank: np.ndarray, home: np.ndarray) -> None:
    """Let the first pupil of each household stand in line, nobody where an award is held."""
    served = np.zeros(home.max(initial=-1) + 1, dtype=bool)
    served[home[outcome == code_outcome(Outcome.KEPT)]] = True
    row = np.flatnonzero(outcome == ABSENT)
    row = row[np.argsort(rank[row], kind="stable")]
    again = np.ones(len(row), dtype=bool)
    again[np.unique(home[row], return_index=True)[1]] = False
    outcome[row[again]] = code_outcome(Outcome.HOUSEHOLD_WAITING)
    outcome[row[served[home[row]]]] = code_outcome(Outcome.HOUSEHOLD_SERVED)
