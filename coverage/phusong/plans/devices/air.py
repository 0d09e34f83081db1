"""Which operators are on the air at each pupil's home, and which packages they carry."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from phusong.plans.devices.coding import code_words, renumber
from phusong.plans.devices.fitting import MOBILE_ONLY, Situation
from phusong.plans.devices.stocks import read_hotspots
from phusong.vocabulary.terms import Operator, Status, Technology

#: How many operators are told apart: two sets of them stand in one whole number of 64 bits.
MOST_OPERATORS = 31
#: Every operator's bit.
ALL = (1 << MOST_OPERATORS) - 1
ON_THE_AIR = (Status.FULL, Status.PARTIAL)
MOBILE = (Technology.G3, Technology.G4, Technology.G5)


def list_served_operators(*tables: pd.DataFrame | None) -> list[str]:
    """Return the operators that have a bit each, the known ones first; of very many, the last have none.

    Parameters
    ----------
    tables : with a column of operators, or without; None: not delivered.
    """
    named = [t["operator"].dropna().unique() for t in tables if t is not None and "operator" in t]
    listed = Operator.list_with(name for names in named for name in names)
    return [str(operator) for operator in listed[:MOST_OPERATORS]]


def code_bits(names: pd.Series, operators: Sequence[str]) -> np.ndarray:
    """Return each operator as a bit; none for one without [n].

    Parameters
    ----------
    names : of operators.
    operators : that have a bit each, in its order.
    """
    place = code_words(names, operators)
    return np.where(place >= 0, 1 << np.maximum(place, 0), 0)


def find_air(
    students: pd.DataFrame,
    situation: np.ndarray,
    signals: pd.DataFrame | None,
    operators: Sequence[str],
) -> tuple[np.ndarray, np.ndarray]:
    """Return the operators that reach each pupil's hamlet by radio, and by fibre, as sets of bits [n].

    Without a table of signals, hamlets of mobile classes are taken to be reached by every operator, those
    with fibre by every line; of their mobile signal nothing is known, so none is counted.

    Parameters
    ----------
    students : hamlet_id.
    situation : what carries a device at home [n].
    signals : hamlet_id, operator, technology, status; None where it was not delivered.
    operators : that have a bit each, in its order.
    """
    radio = np.isin(situation, MOBILE_ONLY)
    line = situation == Situation.FIBRE
    if signals is None:
        return radio * ALL, line * ALL
    hamlet, hamlets = pd.factorize(students["hamlet_id"])
    there = signals[code_words(signals["status"], ON_THE_AIR) >= 0]
    by_radio = _sum_bits(there[code_words(there["technology"], MOBILE) >= 0], hamlets, operators)
    by_line = _sum_bits(
        there[code_words(there["technology"], [Technology.FIBRE]) >= 0], hamlets, operators
    )
    return by_radio[hamlet] * (radio | line), by_line[hamlet] * line


def _sum_bits(signals: pd.DataFrame, hamlets: pd.Index, operators: Sequence[str]) -> np.ndarray:
    """Return the set of operators of each hamlet; none for the last, which stands for no hamlet."""
    bits = np.zeros(len(hamlets) + 1, dtype=np.int64)
    place = code_words(signals["hamlet_id"], list(hamlets))
    operator = code_words(signals["operator"], operators)
    known = (place >= 0) & (operator >= 0)
    np.bitwise_or.at(bits, place[known], 1 << operator[known])
    return bits


def read_carriers(
    packages: pd.DataFrame, operators: Sequence[str]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return each package's operator as a bit, whether it is for a line, and whether it has a hotspot.

    A package is for a line at home where it states no daily data but a waived installation or supported
    charges.

    Parameters
    ----------
    packages : the table `accepted_packages`.
    operators : that have a bit each, in its order.
    """
    bit = code_bits(packages["operator"], operators)
    helped = packages["install_waiver_vnd"].notna() | packages["subsidy_vnd_month"].notna()
    hotspot = read_hotspots(packages)
    line = (packages["gb_per_day"].isna() & helped).to_numpy(dtype=bool) & ~hotspot
    return bit, line, hotspot


def merge_sets(bits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the number of each set among the distinct ones, and these.

    Parameters
    ----------
    bits : sets [n].
    """
    number, first = renumber(bits)
    return number, bits[first]


def carry_packages(sets: np.ndarray, bit: np.ndarray) -> np.ndarray:
    """Return which sets of operators hold the operator of which package [sets, packages].

    Parameters
    ----------
    sets : sets of operators.
    bit : operator of each package.
    """
    return (sets[:, None] & bit[None, :]) > 0
