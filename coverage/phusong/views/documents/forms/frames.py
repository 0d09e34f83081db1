"""From the rows of a table to the cells of a printed one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from phusong.views.documents.model import Cell, Column, Gap, Kind
from phusong.views.labels import tell
from phusong.vocabulary.schema import Table
from phusong.vocabulary.terms import Edition, Operator, Term

#: Columns of names and remarks, which begin with a capital where they stand alone.
NAMES = {"hamlet", "commune", "obstacle", "item"}


def read_cell(value: Any, missing: Cell = None) -> Cell:
    """Return a value of a frame as a cell.

    Parameters
    ----------
    value : anything that a frame may hold.
    missing : what an empty one stands for.
    """
    if isinstance(value, Gap):
        return value
    if value is None or pd.isna(value):
        return missing
    if isinstance(value, pd.Timestamp):
        return value.date()
    if isinstance(value, str | date):
        return value
    return int(value)


def list_rows(
    frame: pd.DataFrame,
    table: Table,
    names: Sequence[str],
    language: str,
    *,
    missing: Mapping[str, Cell] | None = None,
) -> tuple[tuple[Cell, ...], ...]:
    """Return rows of a frame as cells; words of closed lists by their labels.

    Parameters
    ----------
    frame : rows.
    table : its declaration.
    names : columns, in order.
    language : ``vi`` or ``en``.
    missing : by column, what an empty cell stands for.
    """
    for name in NAMES & set(names):
        frame = frame.assign(**{name: frame[name].map(begin_large, na_action="ignore")})
    labels = {name: _labels(table.column(name).terms, language) for name in names}
    gaps = missing or {}
    return tuple(
        tuple(
            labels[name].get(value, value) if isinstance(value, str) else value
            for name, value in (
                (n, read_cell(v, gaps.get(n))) for n, v in zip(names, row, strict=True)
            )
        )
        for row in frame[list(names)].itertuples(index=False, name=None)
    )


def declare(table: Table, name: str, language: str, kind: Kind, unit: str = "") -> Column:
    """Return a printed column under the label of the table's own.

    Parameters
    ----------
    table : its declaration.
    name : of the column.
    language : ``vi`` or ``en``.
    kind : what it holds.
    unit : stands under the heading.
    """
    column = table.column(name)
    label = column.vi if language == "vi" else column.en
    return Column(name, label, kind, unit)


def add_up(values: pd.Series) -> int | Gap:
    """Return a sum of counts, hidden where one of them is.

    Parameters
    ----------
    values : counts; empty where hidden.
    """
    return Gap.HIDDEN if values.isna().any() else int(values.sum())


def begin_large(text: str) -> str:
    """Return text with a capital at its beginning.

    Parameters
    ----------
    text : a label or a name.
    """
    return text[:1].upper() + text[1:]


def _labels(
    terms: type[Term] | type[Edition] | type[Operator] | None, language: str
) -> dict[str, str]:
    """Return the labels of a closed list by its values."""
    return {
        str(term): begin_large(tell(term, language))
        for term in (terms.list_terms() if terms else ())
    }
