"""Read a sheet of a workbook as text, cell by cell as the file stores it, never as a program shows it."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import find_header
from phusong.intake.numbers import LARGEST_WHOLE
from phusong.intake.parts import check_parts
from phusong.intake.reading import Grid, make_grid
from phusong.intake.rules import refuse
from phusong.vocabulary.parameters import Intake


def read_workbook(
    path: Path,
    kind: str,
    options: ReadOptions,
    findings: Findings,
    *,
    file: str,
    search_rows: int,
    row_cap: int,
    ratio_cap: float,
    column_cap: int,
    cell_cap: int,
) -> Grid | None:
    """Return one sheet as a grid; None where a person must say which sheet.

    Parameters
    ----------
    path : xlsx, xlsm, xlsb, xls or ods.
    kind : source kind, whose headings are looked for.
    options : sheet, where the user names one.
    findings : notebook of this reading.
    file : the file as the user named it.
    search_rows : how many rows may stand above the headings.
    row_cap, column_cap, cell_cap : how large a sheet may be.
    ratio_cap : how many times larger a zipped workbook may be unpacked.

    Raises
    ------
    SourceFault
        If the workbook is damaged, locked or too large, or has no such sheet.
    """
    caps = {"column_cap": column_cap, "cell_cap": cell_cap}
    with _open_book(path, file=file, ratio_cap=ratio_cap, **caps) as book:
        grids = {}
        for name in _choose_sheets(book, options, findings, file):
            grid = _read_sheet(book, name, file, row_cap, column_cap)
            if not grid.frame.empty:
                grids[name] = grid
    return _pick_grid(grids, kind, findings, file, search_rows)


@contextmanager
def _open_book(
    path: Path, *, file: str, ratio_cap: float, column_cap: int, cell_cap: int
) -> Iterator[CalamineWorkbook]:
    """Yield a workbook that is safe to parse; whatever is wrong with it becomes a refusal."""
    try:
        if zipfile.is_zipfile(path):
            check_parts(
                path, file=file, ratio_cap=ratio_cap, column_cap=column_cap, cell_cap=cell_cap
            )
        with CalamineWorkbook.from_path(path) as book:
            yield book
    except PasswordError as error:
        raise refuse("locked_file", file=file) from error
    except (CalamineError, OSError, zipfile.BadZipFile, zlib.error, RuntimeError) as error:
        raise refuse("damaged_file", file=file, detail=error) from error


def peek_sheets(path: Path, intake: Intake, *, file: str, rows: int) -> dict[str, Grid]:
    """Return the first rows of each visible sheet.

    Parameters
    ----------
    path : xlsx, xlsm, xlsb, xls or ods.
    intake : caps.
    file : the file as the user named it.
    rows : how many rows.

    Raises
    ------
    SourceFault
        If the workbook is damaged, locked or too large.
    """
    caps = {name: int(intake.number(name)) for name in ("column_cap", "cell_cap")}
    ratio_cap = intake.number("archive_ratio_cap")
    with _open_book(path, file=file, ratio_cap=ratio_cap, **caps) as book:
        names = _choose_sheets(book, ReadOptions(), Findings(), file)
        heads = {n: book.get_sheet_by_name(n).to_python(False, rows) for n in names}
    return {
        n: make_grid([[show_cell(c) for c in row] for row in head]) for n, head in heads.items()
    }


def _choose_sheets(
    book: CalamineWorkbook, options: ReadOptions, findings: Findings, file: str
) -> list[str]:
    """Return the sheets that may hold the table."""
    if options.sheet is not None:
        if options.sheet not in book.sheet_names:
            choices = ", ".join(book.sheet_names)
            raise refuse("no_such_sheet", file=file, value=options.sheet, choices=choices)
        return [options.sheet]
    sheets = [s for s in book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
    hidden = [s.name for s in sheets if s.visible != SheetVisibleEnum.Visible]
    if hidden and len(hidden) < len(sheets):
        findings.skip("hidden_sheet", len(hidden), ", ".join(hidden))
        return [s.name for s in sheets if s.name not in hidden]
    return [s.name for s in sheets]


def _pick_grid(
    grids: dict[str, Grid], kind: str, findings: Findings, file: str, search_rows: int
) -> Grid | None:
    """Return the sheet whose headings name most columns; ask where several do."""
    if not grids:
        raise refuse("empty_file", file=file)
    scores = {}
    for name, grid in grids.items():
        header = find_header(grid, kind, search_rows=search_rows)
        scores[name] = header.score if header else 0
    best = [name for name, score in scores.items() if score == max(scores.values())]
    if len(best) > 1:
        why = "nhiều trang tính có cùng tiêu đề · several sheets hold such a table"
        findings.ask("sheet", best, why)
        return None
    if len(grids) > 1:
        findings.skip("sheet_chosen", 1, best[0])
    return grids[best[0]]


def _read_sheet(
    book: CalamineWorkbook, name: str, file: str, row_cap: int, column_cap: int
) -> Grid:
    """Return a sheet as text."""
    sheet = book.get_sheet_by_name(name)
    last_row, last_column = sheet.end or (0, 0)
    if last_row > row_cap:
        raise refuse("too_many_rows", file=file, value=str(last_row + 1), cap=row_cap)
    if last_column >= column_cap:
        raise refuse("too_many_columns", file=file, value=str(last_column + 1), cap=column_cap)
    rows = sheet.to_python(skip_empty_area=False)
    return make_grid([[show_cell(cell) for cell in row] for row in rows])


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
