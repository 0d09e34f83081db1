"""Words as small numbers and back: millions of pupils are compared as codes, never as text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

#: Code of an empty cell, or of a word that is not in the list.
ABSENT = -1
#: From how many times as many possible codes as values they are sorted instead of listed.
SPARSE = 64


def code_words(values: pd.Series, words: Sequence[object]) -> np.ndarray:
    """Return where each value stands in a list of words, `ABSENT` where it does not [n].

    Parameters
    ----------
    values : text or categories.
    words : the list.
    """
    place = {str(word): n for n, word in enumerate(words)}
    codes, found = pd.factorize(values)
    numbers = np.array([place.get(str(word), ABSENT) for word in found] + [ABSENT], dtype=np.int64)
    return numbers[codes]


def code_values(values: pd.Series) -> tuple[np.ndarray, list[str]]:
    """Return the values as places in their sorted list, `ABSENT` where empty, and the list.

    Parameters
    ----------
    values : text or categories.
    """
    codes, found = pd.factorize(values)
    words = [str(word) for word in found]
    order = np.argsort(np.array(words, dtype=object), kind="stable")
    place = np.empty(len(words) + 1, dtype=np.int64)
    place[order] = np.arange(len(words))
    place[-1] = ABSENT
    return place[codes], [words[n] for n in order]


def spell_words(codes: np.ndarray, words: Sequence[object], index: pd.Index) -> pd.Series:
    """Return the words that codes stand for, empty where `ABSENT`.

    Parameters
    ----------
    codes : places in the list [n].
    words : the list.
    index : of the result.
    """
    known = pd.array([str(word) for word in words], dtype="str")
    return pd.Series(known.take(codes, allow_fill=True), index=index)


def read_flags(values: pd.Series, *, empty: bool) -> np.ndarray:
    """Return a column of yes and no as plain booleans.

    Parameters
    ----------
    values : booleans, empty where not known.
    empty : what an empty cell counts as.
    """
    return np.asarray(values.astype("boolean").to_numpy(dtype=bool, na_value=empty))


def renumber(code: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the number of each code among those that occur, in their order, and where each stands first.

    Parameters
    ----------
    code : codes, not negative [n].
    """
    if not len(code):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    size = int(code.max()) + 1
    if size > SPARSE * len(code):
        _, first, number = np.unique(code, return_index=True, return_inverse=True)
        return number, first
    seen = np.full(size, -1, dtype=np.int64)
    seen[code[::-1]] = np.arange(len(code))[::-1]
    there = seen >= 0
    return (np.cumsum(there) - 1)[code], seen[there]
