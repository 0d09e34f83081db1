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
#: States of an award whose device or package a pupil has, or is to have, the firmest first.
LIVING = (
    AwardState.CONFIRMED,
    AwardState.HANDED_OVER,
    AwardState.APPROVED,
    AwardState.PROPOSED,
)
#: An award in one of these has come to its end; it holds its pupil until a decision frees them.
ENDED = (AwardState.RETURNED, AwardState.LOST, AwardState.CANCELLED)
#: Every state in which an award may hold its pupil, the firmest first.
HOLDING = (*LIVING, AwardState.REPLACED, *ENDED)
#: States in which a device is off its lot, where no book says what lies in store.
GONE = (*LIVING, AwardState.REPLACED, AwardState.LOST, AwardState.RETURNED)
#: Outcomes of those whom an award holds.
SERVED = (Outcome.KEPT, Outcome.AWAITING_DECISION)
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
    award : row of the award that each pupil has, `ABSENT` for none [n].
    ended : row of the award that has ended and holds the pupil until a decision, `ABSENT` for none [n].
    rank : of each pupil, `LAST` for none [n].
    home : number of each pupil's household, counted only where one device goes to each; else None [n].
    """

    outcome: np.ndarray
    line: np.ndarray
    award: np.ndarray
    ended: np.ndarray
    rank: np.ndarray
    home: np.ndarray | None


@dataclass(frozen=True)
class Known:
    """Hold what is known of pupils beside their awards.

    Parameters
    ----------
    declined : pseudonyms of those whose families want nothing.
    departed : pseudonyms of those who have left the province.
    served_households : households that hold an award, of whichever of their pupils.
    """

    declined: Collection[str] = ()
    departed: Collection[str] = ()
    served_households: Collection[str] = ()


def sort_pupils(
    students: pd.DataFrame,
    awards: pd.DataFrame,
    *,
    unit: AllocationUnit,
    links: pd.DataFrame,
    declined: Collection[str] = (),
    known: Known | None = None,
) -> Standing:
    """Return where each pupil stands.

    Parameters
    ----------
    students : the table `students`.
    awards : student_key, lot_id, state and, where a book says so, whether an award `holds` its pupil; without
        it every award does but one that was cancelled.
    unit : whom one device goes to.
    links : the table `pupil_links`.
    declined : see `Known`.
    known : what else is known; None: nothing.

    Raises
    ------
    ValueError
        If a pupil in need has no rank or another's, or has two living awards.
    """
    known = known or Known(declined=declined)
    rank = students["rank"].astype("Int64").to_numpy(dtype=np.int64, na_value=LAST)
    held = _find_awards(students, awards)
    state = np.append(code_words(awards["state"], HOLDING), ABSENT)[held]
    ended = state >= len(HOLDING) - len(ENDED)
    outcome = _settle(students, (held >= 0) & ~ended, ended, known)
    _hold_doubles(students, links, outcome, rank)
    home = None
    if unit == AllocationUnit.PER_HOUSEHOLD:
        home = _number_homes(students)
        _put_behind(students, outcome, rank, home, known.served_households)
    waiting = np.flatnonzero(outcome == ABSENT)
    line = waiting[np.argsort(rank[waiting], kind="stable")]
    places = rank[line]
    if len(line) and (places[-1] == LAST or (np.diff(places) == 0).any()):
        raise ValueError("pupils in need must have ranks, each another")
    award, over = np.where(ended, ABSENT, held), np.where(ended, held, ABSENT)
    return Standing(outcome, line, award, over, rank, home)


def judge_pupils(
    students: pd.DataFrame, awards: pd.DataFrame, *, links: pd.DataFrame, known: Known
) -> dict[str, Outcome]:
    """Return what is settled of some pupils before anything is given; who stands in line is not there.

    Parameters
    ----------
    students : rows of the table `students`, with everybody whom `links` names.
    awards, links, known : see `sort_pupils`.
    """
    standing = sort_pupils(
        students, awards, unit=AllocationUnit.PER_STUDENT, links=links, known=known
    )
    keys = students["student_key"].tolist()
    return {k: OUTCOMES[o] for k, o in zip(keys, standing.outcome, strict=True) if o >= 0}


def _find_awards(students: pd.DataFrame, awards: pd.DataFrame) -> np.ndarray:
    """Return the row of the award that holds each pupil, the firmest, then by lot."""
    state = code_words(awards["state"], HOLDING)
    holds = awards["state"] != AwardState.CANCELLED
    if "holds" in awards:
        holds = awards["holds"].astype(bool)
    state = np.where(holds.to_numpy(dtype=bool), state, ABSENT)
    living = (state >= 0) & (state < len(LIVING))
    twice = awards["student_key"][living][awards["student_key"][living].duplicated()]
    if len(twice) and "holds" not in awards:
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


def _settle(
    students: pd.DataFrame, kept: np.ndarray, ended: np.ndarray, known: Known
) -> np.ndarray:
    """Return the outcome of those for whom it is settled, `ABSENT` for those in need of a device."""
    eligible = read_flags(students["eligible"], empty=False)
    unjudged = students["eligible"].isna().to_numpy()
    needs = read_flags(students["device_needed"], empty=False)
    unsure = students["device_needed"].isna().to_numpy()
    cut_off = ~read_flags(students["connection_adequate"], empty=True)
    refused, left = (_is_named(students, keys) for keys in (known.declined, known.departed))
    rules = [
        (Outcome.DEPARTED, left),
        (Outcome.DECLINED, refused & ended),
        (Outcome.KEPT, kept),
        (Outcome.AWAITING_DECISION, ended),
        (Outcome.UNJUDGED, unjudged | (eligible & unsure & ~refused)),
        (Outcome.INELIGIBLE, ~eligible),
        (Outcome.DECLINED, refused),
        (Outcome.CONNECTION_WAITING, ~needs & cut_off),
        (Outcome.NOT_NEEDED, ~needs),
    ]
    codes = [code_outcome(outcome) for outcome, _ in rules]
    return np.select([rule for _, rule in rules], codes, ABSENT)


def _is_named(students: pd.DataFrame, keys: Collection[str]) -> np.ndarray:
    """Return which pupils are among some pseudonyms [n]."""
    if not keys:
        return np.zeros(len(students), dtype=bool)
    return code_words(students["student_key"], sorted(keys)) >= 0


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
    held = [ABSENT, *(code_outcome(o) for o in SERVED)]
    row = np.flatnonzero((key >= 0) & np.isin(outcome, held))
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


def _put_behind(
    students: pd.DataFrame,
    outcome: np.ndarray,
    rank: np.ndarray,
    home: np.ndarray,
    served_households: Collection[str],
) -> None:
    """Let the first pupil of each household stand in line, nobody where an award is held."""
    served = np.zeros(home.max(initial=-1) + 1, dtype=bool)
    served[home[np.isin(outcome, [code_outcome(o) for o in SERVED])]] = True
    if served_households:
        served[home[code_words(students["household_key"], sorted(served_households)) >= 0]] = True
    row = np.flatnonzero(outcome == ABSENT)
    row = row[np.argsort(rank[row], kind="stable")]
    again = np.ones(len(row), dtype=bool)
    again[np.unique(home[row], return_index=True)[1]] = False
    outcome[row[again]] = code_outcome(Outcome.HOUSEHOLD_WAITING)
    outcome[row[served[home[row]]]] = code_outcome(Outcome.HOUSEHOLD_SERVED)
