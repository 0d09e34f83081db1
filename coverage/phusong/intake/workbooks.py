"""Read a sheet of a workbook as text, cell by cell as the file stores it, never as a program shows it."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import locate_header
from phusong.intake.numbers import LARGEST_WHOLE
from phusong.intake.parts import check_parts, counts_from_1904
from phusong.intake.reading import Grid, Merge, make_grid, stack_rows
from phusong.intake.rules import refuse
from phusong.vocabulary.errors import SourceFault
from phusong.vocabulary.parameters import Intake

#: How many cells of failed formulas are named.
SHOWN_CELLS = 10


@dataclass(frozen=True)
class Sheet:
    """Hold a sheet as it was read, once.

    Parameters
    ----------
    grid : its cells, with its headings located; of a sheet that is too large, the first rows alone.
    fault : why it is too large, or None.
    """

    grid: Grid
    fault: SourceFault | None = None


class Workbook:
    """Hold a workbook that is opened once, and every sheet that was read of it.

    Parameters
    ----------
    book : the opened file.
    kind : source kind, whose headings are located.
    intake : caps, and where to look for headings.
    file : the file as the user named it.
    from_1904 : whether days stored as numbers are counted from 1904.
    """

    def __init__(
        self, book: CalamineWorkbook, kind: str, intake: Intake, *, file: str, from_1904: bool
    ) -> None:
        self.book, self.kind, self.intake, self.file = book, kind, intake, file
        self.from_1904 = from_1904
        #: Cells in which a formula has failed, of whichever sheet.
        self.failed: list[str] = []
        self._sheets: dict[str, Sheet] = {}

    def read_sheet(self, name: str) -> Sheet:
        """Read a sheet, or return it as it was read before.

        Raises
        ------
        SourceFault
            If the workbook is damaged there.
        """
        if name not in self._sheets:
            with _refuse_damage(self.file):
                self._sheets[name] = self._read(self.book.get_sheet_by_name(name))
        return self._sheets[name]

    def _read(self, sheet: CalamineSheet) -> Sheet:
        """Read a sheet as text and locate its headings."""
        search_rows, fault = int(self.intake.number("header_search_rows")), None
        try:
            check_extent(sheet, self.intake, file=self.file)
            grid = stack_rows(_list_rows(sheet))
        except SourceFault as error:
            head, fault = sheet.to_python(skip_empty_area=False, nrows=search_rows + 2), error
            grid = make_grid([[show_cell(cell) for cell in row] for row in head])
        noted = replace(grid, merges=list_merges(sheet), sheet=sheet.name, from_1904=self.from_1904)
        return Sheet(locate_header(noted, self.kind, search_rows=search_rows), fault)

    def list_sheets(self, options: ReadOptions, findings: Findings) -> list[str]:
        """List the sheets that may hold the table: the one that is named, else all that are visible.

        Raises
        ------
        SourceFault
            If there is no sheet of that name.
        """
        if options.sheet is not None:
            if options.sheet not in self.book.sheet_names:
                choices = ", ".join(self.book.sheet_names)
                raise refuse("no_such_sheet", file=self.file, value=options.sheet, choices=choices)
            return [options.sheet]
        sheets = [s for s in self.book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
        hidden = [s.name for s in sheets if s.visible != SheetVisibleEnum.Visible]
        if hidden and len(hidden) < len(sheets):
            findings.skip("hidden_sheet", len(hidden), ", ".join(hidden))
            return [s.name for s in sheets if s.name not in hidden]
        return [s.name for s in sheets]


def open_workbook(path: Path, kind: str, intake: Intake, *, file: str) -> Workbook:
    """Open a workbook that is safe to parse; whatever is wrong with it becomes a refusal.

    Parameters
    ----------
    path : xlsx, xlsm, xlsb, xls or ods.
    kind : source kind, whose headings are located.
    intake : caps, and where to look for headings.
    file : the file as the user named it.

    Raises
    ------
    SourceFault
        If the workbook is damaged, locked or too large.
    """
    ratio_cap = intake.number("archive_ratio_cap")
    column_cap, cell_cap = (int(intake.number(name)) for name in ("column_cap", "cell_cap"))
    with _refuse_damage(file):
        failed: list[str] = []
        if zipfile.is_zipfile(path):
            failed = check_parts(
                path, file=file, ratio_cap=ratio_cap, column_cap=column_cap, cell_cap=cell_cap
            )
        book = CalamineWorkbook.from_path(path)
        workbook = Workbook(book, kind, intake, file=file, from_1904=counts_from_1904(path))
        workbook.failed = failed
        return workbook


@contextmanager
def _refuse_damage(file: str) -> Iterator[None]:
    """Turn what the parser says of a damaged workbook into a refusal."""
    try:
        yield
    except PasswordError as error:
        raise refuse("locked_file", file=file) from error
    except (CalamineError, OSError, zipfile.BadZipFile, zlib.error, RuntimeError) as error:
        raise refuse("damaged_file", file=file, detail=error) from error


def read_workbook(book: Workbook, options: ReadOptions, findings: Findings) -> Grid | None:
    """Read the sheet that holds the table as a grid; None where a person must say which sheet.

    Parameters
    ----------
    book : opened.
    options : sheet, where the user names one.
    findings : notebook of this reading.

    Raises
    ------
    SourceFault
        If the workbook is damaged there, the sheet is too large or empty, or there is none of that name.
    """
    grids = {}
    for name in book.list_sheets(options, findings):
        sheet = book.read_sheet(name)
        if sheet.fault is not None:
            raise sheet.fault
        if not sheet.grid.frame.empty:
            grids[name] = sheet.grid
    if book.failed:
        shown = ", ".join(book.failed[:SHOWN_CELLS])
        findings.warn("formula_error", "", [0], [shown])
    return _pick_grid(grids, findings, book.file)


def _pick_grid(grids: dict[str, Grid], findings: Findings, file: str) -> Grid | None:
    """Return the sheet whose headings name most columns; ask where several do."""
    if not grids:
        raise refuse("empty_file", file=file)
    scores = {name: grid.header.score if grid.header else 0 for name, grid in grids.items()}
    best = [name for name, score in scores.items() if score == max(scores.values())]
    if len(best) > 1:
        why = "nhiều trang tính có cùng tiêu đề · several sheets hold such a table"
        findings.ask("sheet", best, why)
        return None
    if len(grids) > 1:
        findings.skip("sheet_chosen", 1, best[0])
    return grids[best[0]]


def check_extent(sheet: CalamineSheet, intake: Intake, *, file: str) -> None:
    """Refuse a sheet with too many rows or columns.

    Raises
    ------
    SourceFault
        Naming the cap.
    """
    row_cap, column_cap = (int(intake.number(name)) for name in ("row_cap", "column_cap"))
    last_row, last_column = sheet.end or (0, 0)
    if last_row > row_cap:
        raise refuse("too_many_rows", file=file, value=str(last_row + 1), cap=row_cap)
    if last_column >= column_cap:
        raise refuse("too_many_columns", file=file, value=str(last_column + 1), cap=column_cap)


def list_merges(sheet: CalamineSheet) -> tuple[Merge, ...]:
    """Return the merged cells of a sheet; none where its form does not tell them."""
    ranges = sheet.merged_cell_ranges or []
    return tuple(
        Merge(first[0] + 1, first[1], last[0] + 1, last[1])
        for first, last in ranges
        if first != last
    )


def _list_rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    """List the rows of a sheet as text, from its first row and column on, one at a time."""
    lead = [""] * (sheet.start[1] if sheet.start else 0)
    for row in sheet.iter_rows():
        yield lead + [cell if type(cell) is str else show_cell(cell) for cell in row]


def show_cell(value: object) -> str:
    """Return a cell of a workbook as text.

    A number with three decimals is given a fourth, so that nobody can take its point for a thousands mark.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _show_number(float(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return "" if value is None else str(value)


def _show_number(value: float) -> str:
    if value.is_integer() and abs(value) < LARGEST_WHOLE:
        return str(int(value))
    text = repr(value)
    decimals = text.partition(".")[2]
    return f"{text}0" if len(decimals) == 3 and decimals.isdigit() else text
