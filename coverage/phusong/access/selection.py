"""What of a list is wanted: a place, words of a text, codes of columns; and a page of what is found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from phusong.access.names import read_names
from phusong.pipeline.hamlet_ids import find_present_ids, is_about
from phusong.vietnamese import base_key

#: How many rows a page of a list has [rows].
PAGE_ROWS = 100
#: How pseudonyms of pupils begin.
PUPIL_PREFIX = "hs-"
#: Parameter of the address bar → column.
PLACE_COLUMNS = {"commune": "commune_code", "hamlet": "hamlet_id", "school": "school_id"}


@dataclass(frozen=True)
class Selection:
    """Say which rows of a list are wanted.

    Parameters
    ----------
    commune, hamlet, school : codes; empty: wherever.
    text : words of a name of a school, hamlet or commune, or the beginning of a pseudonym; empty: whatever.
    codes : column and the codes of it that are wanted, for any number of columns.
    """

    commune: str = ""
    hamlet: str = ""
    school: str = ""
    text: str = ""
    codes: tuple[tuple[str, tuple[str | bool, ...]], ...] = ()

    def describe(self) -> str:
        """Return it as a log keeps it; of a text only that there was one, since people may type names."""
        named = [(n, getattr(self, n)) for n in PLACE_COLUMNS]
        places = [f"{n}={_tell_code(code)}" for n, code in named if code]
        codes = [f"{column}={'|'.join(map(str, wanted))}" for column, wanted in self.codes]
        return " ".join([*places, *codes, *(["text"] if self.text.strip() else [])])

    def match(self, frame: pd.DataFrame, folder: Path) -> np.ndarray:
        """Return which rows of a table are wanted, (n,).

        Parameters
        ----------
        frame : with the columns that are asked for; a place that it has no column for matches no row.
        folder : output folder, which says what places and schools are called.
        """
        wanted = np.ones(len(frame), dtype=bool)
        for name, column in PLACE_COLUMNS.items():
            if code := getattr(self, name):
                at_hamlet = name == "hamlet" and column in frame
                wanted &= (
                    _is_at(frame, code, folder) if at_hamlet else _is_in(frame, column, [code])
                )
        for column, codes in self.codes:
            wanted &= _is_in(frame, column, codes)
        return wanted & self._match_text(frame, folder) if self.text.strip() else wanted

    def _match_text(self, frame: pd.DataFrame, folder: Path) -> np.ndarray:
        """Return the rows of a pseudonym that begins with the text, or of a place that is named by it."""
        text = self.text.strip()
        if text.startswith(PUPIL_PREFIX) and "student_key" in frame:
            return frame["student_key"].str.startswith(text).to_numpy(dtype=bool)
        words, found = f" {base_key(text)}", np.zeros(len(frame), dtype=bool)
        for column, names in read_names(folder).items():
            codes = [code for code, name in names.items() if words in f" {base_key(name)}"]
            found |= _is_in(frame, column, [*codes, text])
        return found


def _tell_code(code: str) -> str:
    """Return a code as a log may know it: one without a digit may be a name that somebody typed."""
    return code if any(sign.isdigit() for sign in code) else "…"


def _is_at(frame: pd.DataFrame, code: str, folder: Path) -> np.ndarray:
    """Return which rows are about a hamlet, by its present id or a former one."""
    present = find_present_ids(folder, code) or [code]
    return is_about(frame, present).to_numpy(dtype=bool)


def _is_in(frame: pd.DataFrame, column: str, codes: Sequence[str | bool]) -> np.ndarray:
    """Return which rows have one of some codes."""
    if column not in frame:
        return np.zeros(len(frame), dtype=bool)
    return is_among(frame[column], codes)


def is_among(values: pd.Series, wanted: Iterable[str | bool]) -> np.ndarray:
    """Return which values are among those wanted; none where nothing is, whatever the type of the values."""
    listed = [w for w in wanted if not pd.isna(w)]
    if not listed:
        return np.zeros(len(values), dtype=bool)
    return values.isin(listed).to_numpy(dtype=bool)


#: Every row that somebody may see.
EVERYWHERE = Selection()


class Counted(NamedTuple):
    """Hold how long a list is.

    Parameters
    ----------
    found : rows that are wanted, on all pages [rows].
    total : rows that somebody may see [rows].
    """

    found: int
    total: int


def cut_page(positions: np.ndarray, page: int | None) -> np.ndarray:
    """Return the positions of one page, counted from 1, at most of the last; all where none is named."""
    if page is None:
        return positions
    first = (min(max(page, 1), count_pages(len(positions))) - 1) * PAGE_ROWS
    return positions[first : first + PAGE_ROWS]


def count_pages(found: int) -> int:
    """Return how many pages so many rows take, at least one."""
    return max(1, -(-found // PAGE_ROWS))
