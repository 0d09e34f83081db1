"""A sheet written from its top, a row at a time: text as text, numbers as numbers, ready to be printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

import xlsxwriter

from phusong.views.documents.cells import clean_text, write_cell
from phusong.views.documents.layout import write_banner, write_trace
from phusong.views.documents.measures import read_measures
from phusong.views.documents.model import TENTHS, Cell, Document, Gap, Kind, Share
from phusong.views.documents.word_parts import FACE

#: A cell holds no more letters, a sheet's name no more, a foot no more.
CELL_LETTERS: Final = 32_767
NAME_LETTERS: Final = 31
FOOT_LETTERS: Final = 255
#: Height of a line of text, with Vietnamese tones above and below [pt], and the tallest row.
LINE_PT: Final = 17
TALLEST_PT: Final = 409
_FORBIDDEN_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\']")
_A4: Final = 9
_PATTERNS: Final = {
    Kind.INT: "#,##0",
    Kind.MONEY: "#,##0",
    Kind.VALUE: "#,##0",
    Kind.SHARE: "0.0%",
    Kind.DATE: "dd/mm/yyyy",
    Kind.TEXT: "@",
}


class Formats:
    """Be the looks of the cells of a workbook, each made once.

    Parameters
    ----------
    book : the workbook.
    """

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def of(
        self,
        kind: Kind,
        *,
        strong: bool = False,
        lined: bool = False,
        left: bool = False,
        centred: bool = False,
        slanted: bool = False,
    ) -> Any:
        """Return the look of a cell of a kind."""
        align = "left" if left or kind == Kind.TEXT else "right"
        options = {
            "font_name": FACE,
            "font_size": read_measures()["table_pt"],
            "num_format": _PATTERNS[kind],
            "align": "center" if centred else align,
            "valign": "vcenter",
            "text_wrap": True,
            "bold": strong,
            "italic": slanted,
            "border": int(lined),
        }
        key = repr(options)
        if key not in self._made:
            self._made[key] = self._book.add_format(options)
        return self._made[key]


class Sheet:
    """Be a sheet that is written row by row under the document's warning.

    Parameters
    ----------
    book : the workbook.
    name : of the sheet, fit for one.
    document : for language, warning and foot.
    formats : looks of the cells.
    """

    def __init__(
        self, book: xlsxwriter.Workbook, name: str, document: Document, formats: Formats
    ) -> None:
        self._sheet: Any = book.add_worksheet(name)
        self._document, self._formats = document, formats
        self.language, self._row = document.language, 0
        self._columns, self._letters = 1, 1.0

    def set_widths(self, letters: Sequence[float]) -> None:
        """Set the widths of the columns [letters]."""
        self._columns, self._letters = len(letters), sum(letters)
        for at, width in enumerate(letters):
            self._sheet.set_column(at, at, round(width, 1))

    def write_title(self, text: str) -> None:
        """Write the title, and above it that it is internal, or that the data are made up."""
        banner, note = write_banner(self._document)
        if banner:
            self._write_across(f"{banner}. {note}", strong=True)
        self._write_across(text, strong=True)

    def write_headings(self, texts: Sequence[str]) -> int:
        """Write the headings and return their row."""
        look = self._formats.of(Kind.TEXT, strong=True, lined=True, centred=True)
        for at, text in enumerate(texts):
            self._write_text(at, text, look)
        self._row += 1
        return self._row - 1

    def write_row(
        self,
        cells: Sequence[tuple[Cell | Share, Kind]],
        *,
        strong: bool = False,
        lined: bool = False,
        left: bool = False,
    ) -> None:
        """Write a row of cells, each as what it is."""
        for at, (cell, kind) in enumerate(cells):
            look = self._formats.of(kind, strong=strong, lined=lined, left=left)
            self._write_cell(at, cell, kind, look)
        self._row += 1

    def write_note(self, text: str) -> None:
        """Write a note across the sheet."""
        self._write_across(text, slanted=True)

    def finish(self, *, heading_row: int | None, landscape: bool) -> None:
        """Freeze the headings and set the sheet up for A4."""
        sheet, size = self._sheet, read_measures()
        if heading_row is not None:
            sheet.freeze_panes(heading_row + 1, 0)
            sheet.repeat_rows(heading_row)
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(_A4)
        sides = ("left", "right", "top", "bottom")
        sheet.set_margins(*(size[f"margin_{side}_mm"] / 25.4 for side in sides))
        sheet.fit_to_pages(1, 0)
        sheet.set_header("&C&P")
        foot = write_trace(self._document).replace("&", "&&")
        sheet.set_footer("&C" + foot[: FOOT_LETTERS - 2])

    def _write_across(self, text: str, **look: bool) -> None:
        """Write a line of text that runs over every column."""
        style = self._formats.of(Kind.TEXT, **look)
        wide = max(self._columns, 2)
        # A merged cell does not grow by itself.
        lines = -(-len(text) // max(int(self._letters), 1))
        self._sheet.set_row(self._row, min(lines * LINE_PT, TALLEST_PT))
        self._sheet.merge_range(self._row, 0, self._row, wide - 1, "", style)
        self._write_text(0, text, style)
        self._row += 1

    def _write_text(self, at: int, text: str, look: Any) -> None:
        """Write text as text, cut where a cell ends."""
        clean = clean_text(text)
        if len(clean) > CELL_LETTERS:
            clean = clean[: CELL_LETTERS - 1] + "…"
        self._sheet.write_string(self._row, at, clean, look)

    def _write_cell(self, at: int, cell: Cell | Share, kind: Kind, look: Any) -> None:
        """Write a cell: numbers and dates as such, shares as printed, gaps by their word."""
        sheet, row = self._sheet, self._row
        if isinstance(cell, Share) and cell.tenths is not None:
            sheet.write_number(row, at, cell.tenths / TENTHS, look)
        elif isinstance(cell, Gap | Share):
            self._write_text(at, write_cell(cell, kind, language=self.language), look)
        elif isinstance(cell, str):
            self._write_text(at, cell, look)
        elif isinstance(cell, date):
            sheet.write_datetime(row, at, datetime(cell.year, cell.month, cell.day), look)
        elif cell is None:
            sheet.write_blank(row, at, None, look)
        else:
            sheet.write_number(row, at, cell, look)


def name_sheets(names: Sequence[str]) -> list[str]:
    """Return names fit for sheets: short, without forbidden signs, no two alike.

    Parameters
    ----------
    names : in order.
    """
    taken: set[str] = set()
    fit = []
    for name in names:
        base = _FORBIDDEN_IN_NAMES.sub(" ", clean_text(name)).strip()[:NAME_LETTERS] or "-"
        chosen, number = base, 1
        while chosen.lower() in taken:
            number += 1
            tail = f" {number}"
            chosen = base[: NAME_LETTERS - len(tail)] + tail
        taken.add(chosen.lower())
        fit.append(chosen)
    return fit
