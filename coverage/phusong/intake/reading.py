"""What a file is once it is read: text in a grid, then rows under headings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd

from phusong.vietnamese.keys import normalise

#: Rows that are turned into columns at a time, so that a national list is never held as separate cells.
CHUNK_ROWS = 20_000
#: A cell that begins with a sign of this kind shows something: asked first, since nearly every cell does.
#: What a spreadsheet shows where a formula has failed.
FORMULA_ERRORS = (
    "#REF!", "#NAME?", "#VALUE!", "#N/A", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA",
)  # fmt: skip
_SEEN = r"^[!-~\u00c0-\u024f\u1e00-\u1eff]"


class Merge(NamedTuple):
    """Say which cells are merged: rows as a spreadsheet numbers them, columns from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Header:
    """Say where the headings stand.

    Parameters
    ----------
    position : position of the first heading row in the grid.
    height : 1, or more where further rows of headings follow.
    names : the headings, one a column, those of several rows joined by colons.
    score : how many canonical columns they name; 0 where no row names any.
    """

    position: int
    height: int
    names: list[str]
    score: int


@dataclass(frozen=True)
class Grid:
    """Hold a table before its headings are known: every cell text.

    Parameters
    ----------
    frame : text, an empty cell ``""``; index = row number as a spreadsheet shows it; columns 0, 1, 2, ….
    widths : cells in each row as the file wrote them, on the same index; None where every row is as wide.
    broken : row number → rule, for rows that could not be taken apart.
    header : where the headings stand; None before they are sought.
    merges : merged cells, rows as a spreadsheet numbers them, columns from 0.
    sheet : name of the sheet in its workbook; empty where there is none.
    from_1904 : whether days are counted from 1904, as workbooks of old Macs do.
    """

    frame: pd.DataFrame
    widths: pd.Series | None = None
    broken: dict[int, str] = field(default_factory=dict)
    header: Header | None = None
    merges: tuple[Merge, ...] = ()
    sheet: str = ""
    from_1904: bool = False


@dataclass(frozen=True)
class RawTable:
    """Hold a file as it came: text, and shapes where it has any.

    Parameters
    ----------
    frame : text, an empty cell ``""``; index = row number as a spreadsheet shows it; columns = the headings
        as they stand in the file.
    geometry : shapes on the same index, or None.
    crs : EPSG code of the shapes as the file states it, or None.
    file : the file as the user named it.
    layer : what its container calls the layer, where it is one.
    answers : heading → canonical column as a person says it is; empty where it is to stay unread.
    titles : what stands above the headings, line by line.
    sheet : name of the sheet in its workbook; empty where there is none.
    from_1904 : whether days stored as numbers are counted from 1904.
    failed : whether formulas have failed in it: such cells are read as empty.
    month_first : whether 03/04/2015 is the 4th of March, as a person says; None where nobody does.
    added : headings of columns that the file lacks, for what its titles and group lines say.
    """

    frame: pd.DataFrame
    geometry: gpd.GeoSeries | None = None
    crs: int | None = None
    file: str = ""
    layer: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    sheet: str = ""
    from_1904: bool = False
    failed: bool = False
    month_first: bool | None = None
    added: tuple[str, ...] = ()


def blank_invisible(cells: pd.Series) -> pd.Series:
    """Return text in which the cells that show nothing are empty.

    Parameters
    ----------
    cells : stripped text.
    """
    strange = cells[~cells.str.match(_SEEN) & (cells != "")]
    hidden = [text for text in strange.unique() if not normalise(text)]
    return cells.mask(cells.isin(hidden), "") if hidden else cells


def make_grid(rows: list[list[str]], *, first_row: int = 1, widths: bool = False) -> Grid:
    """Return rows of text as a grid, short rows filled up with empty cells.

    Parameters
    ----------
    rows : cells by row.
    first_row : number of the first row as a spreadsheet shows it.
    widths : whether to keep how many cells each row had.
    """
    counts = [len(r) for r in rows]
    width = max(counts, default=0)
    filled = [r if len(r) == width else [*r, *[""] * (width - len(r))] for r in rows]
    index = pd.RangeIndex(first_row, first_row + len(rows))
    columns = {
        i: pd.array(list(cells), dtype="str") for i, cells in enumerate(zip(*filled, strict=True))
    }
    frame = pd.DataFrame(columns, index=index)
    return Grid(frame, pd.Series(np.array(counts, dtype=int), index=index) if widths else None)


def stack_rows(rows: Iterable[list[str]], *, first_row: int = 1, widths: bool = False) -> Grid:
    """Build one grid of many rows, chunk by chunk, so that their cells are never all held as objects.

    Parameters
    ----------
    rows : cells by row.
    first_row, widths : as for `make_grid`.
    """
    source, parts = iter(rows), []
    while chunk := list(islice(source, CHUNK_ROWS)):
        parts.append(make_grid(chunk, first_row=first_row, widths=widths))
        first_row += len(chunk)
    if len(parts) < 2:
        return parts[0] if parts else make_grid([], first_row=first_row, widths=widths)
    frame = pd.concat([part.frame for part in parts]).sort_index(axis=1)
    if len({part.frame.shape[1] for part in parts}) > 1:
        frame = frame.fillna("")
    counts = [part.widths for part in parts if part.widths is not None]
    return Grid(frame, pd.concat(counts) if counts else None)
