"""What was handed to each pupil, as a printed table; pupils stand under their codes."""

from __future__ import annotations

import pandas as pd

from phusong.views.documents.forms.frames import declare, list_rows
from phusong.views.documents.inputs import HANDED
from phusong.views.documents.model import Kind, Table
from phusong.vocabulary.schema import conform_table

COLUMNS = (
    ("student", Kind.TEXT),
    ("device_kind", Kind.TEXT),
    ("serial", Kind.TEXT),
    ("package", Kind.TEXT),
    ("package_until", Kind.DATE),
    ("kit", Kind.TEXT),
    ("state", Kind.TEXT),
)


def read_handed(awards: pd.DataFrame) -> pd.DataFrame:
    """Return the awards checked, by class and code.

    Parameters
    ----------
    awards : table HANDED.
    """
    return conform_table(awards, HANDED).sort_values(["group", "student"])


def print_handed(
    awards: pd.DataFrame, name: str, title: str, language: str, *, skip: tuple[str, ...] = ()
) -> Table:
    """Return awards one by one.

    Parameters
    ----------
    awards : as `read_handed` gives them.
    name, title : of the table.
    language : ``vi`` or ``en``.
    skip : columns that say nothing here.
    """
    listed = [(column, kind) for column, kind in COLUMNS if column not in skip]
    columns = tuple(declare(HANDED, column, language, kind) for column, kind in listed)
    rows = list_rows(awards, HANDED, [column for column, _ in listed], language)
    return Table(name, title, columns, rows, numbered=True)
