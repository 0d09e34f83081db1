"""Sums and stock of the book as a clerk reads them, in Vietnamese or English."""

from __future__ import annotations

from typing import Any

import pandas as pd

from phusong.ledger.telling import check_language
from phusong.ledger.words import Heading, Measure
from phusong.views.figures import format_number
from phusong.vocabulary.book import AwardState, ContributionForm
from phusong.vocabulary.terms import Term

#: Columns whose cells are words of a closed list.
_LISTS: dict[str, type[Term]] = {
    "form": ContributionForm,
    "measure": Measure,
    "state": AwardState,
}
#: Columns that part the sums by a window are left out where nothing is in them.
_PARTS = ("_before", "_within", "_after", "_undated")


def table_lines(frame: pd.DataFrame, language: str) -> list[str]:
    """Return a table as lines of text, columns and words in the language; one line where it has no rows.

    Parameters
    ----------
    frame : of `queries`, with columns of `Heading`.
    language : ``vi`` or ``en``.
    """
    check_language(language)
    if frame.empty:
        return [str(getattr(Heading.NOTHING, language))]
    idle = [c for c in frame.columns if c.endswith(_PARTS) and not frame[c].any()]
    shown = frame.drop(columns=idle)
    columns = [
        [str(getattr(Heading.of(name), language)), *(_tell(name, v, language) for v in shown[name])]
        for name in shown.columns
    ]
    numeric = [pd.api.types.is_numeric_dtype(shown[name]) for name in shown.columns]
    padded = [_pad(cells, right) for cells, right in zip(columns, numeric, strict=True)]
    return ["  ".join(row).rstrip() for row in zip(*padded, strict=True)]


def _pad(cells: list[str], right: bool) -> list[str]:
    """Return the cells of a column, all as wide as the widest."""
    width = max(map(len, cells))
    return [cell.rjust(width) if right else cell.ljust(width) for cell in cells]


def _tell(name: str, value: Any, language: str) -> str:
    """Return one cell in words."""
    if name in _LISTS:
        return str(getattr(_LISTS[name].of(value), language))
    if isinstance(value, str):
        return value
    return format_number(value, language=language)
