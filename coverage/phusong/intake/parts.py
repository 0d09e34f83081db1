"""Look into a zipped workbook before anything parses it: no bomb, no DTD, no sheet larger than its data."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from phusong.intake.archives import check_overlaps
from phusong.intake.rules import refuse

CHUNK = 1 << 20
#: Bytes kept from one chunk to the next, so that no mark is cut in two.
OVERLAP = 256
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=\"(\d{1,9})\"")
_WIDE = re.compile(rb"\br=\"([A-Z]{2,4})\d")
_FAILED = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=\"([A-Z]{1,4}\d{1,9})\"[^>]*?\bt=\"e\"")
_DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_REPEATED = re.compile(
    rb"<table:table-cell\b(?=[^>]*number-columns-repeated=\"(\d{1,9})\")[^>]*office:value-type"
)
LETTERS = 26
_WORKBOOK_PART = "xl/workbook.xml"
_FROM_1904 = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*[\"'](?:1|true|on)[\"']")
_NULL_DATE = re.compile(rb"<table:null-date\b[^>]*date-value=[\"']1904-01-01")
#: DATEMODE behind HIDEOBJ among the first records of an old workbook (MS-XLS 2.4.77).
_DATE_MODE = re.compile(rb"\x8d\x00\x02\x00..\x22\x00\x02\x00\x01\x00", re.DOTALL)


def check_parts(
    path: Path, *, file: str, ratio_cap: float, column_cap: int, cell_cap: int
) -> list[str]:
    """Refuse a zipped workbook that could harm whoever parses it; return its cells of failed formulas.

    Parameters
    ----------
    path : xlsx, xlsm or ods.
    file : the file as the user named it.
    ratio_cap : how many times larger it may be unpacked.
    column_cap : how many columns a sheet may have.
    cell_cap : how many cells the box around a sheet's data may have: two cells in opposite corners make a
        sheet of 17 thousand million.

    Raises
    ------
    SourceFault
        If it is a bomb, has two parts over the same bytes, declares a document type, or holds such a sheet.
    """
    failed: list[str] = []
    budget = int(ratio_cap * path.stat().st_size)
    with zipfile.ZipFile(path) as archive:
        if any(name.endswith("workbook.bin") for name in archive.namelist()):
            raise refuse("form_binary_workbook", file=file)
        check_overlaps(archive, file=file)
        for entry in archive.infolist():
            extent = _Extent()
            for chunk in _stream(archive, entry):
                budget -= len(chunk)
                if budget < 0:
                    raise refuse("archive_ratio", file=file, cap=f"{ratio_cap:g}")
                _check_chunk(chunk, entry.filename, file, column_cap)
                if _SHEET.fullmatch(entry.filename):
                    extent.grow(chunk)
            extent.check(file, column_cap, cell_cap)
            failed += extent.failed
    return failed


def _stream(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield what really comes out of an entry, whatever the directory says."""
    with archive.open(entry) as source:
        while chunk := source.read(CHUNK):
            yield chunk


def _check_chunk(chunk: bytes, name: str, file: str, column_cap: int) -> None:
    """Refuse a part that declares a document type, or repeats a cell without end."""
    if name.endswith((".xml", ".rels")) and _DECLARED.search(chunk.replace(b"\0", b"")):
        raise refuse("document_type", file=file, value=name)
    if name == "content.xml" and any(int(n) > column_cap for n in _REPEATED.findall(chunk)):
        raise refuse("too_many_columns", file=file, cap=column_cap)


class _Extent:
    """Hold how far the cells of a sheet reach."""

    def __init__(self) -> None:
        self.rows, self.columns, self.tail = 0, LETTERS, b""
        self.failed: dict[str, None] = {}

    def grow(self, chunk: bytes) -> None:
        """Take in more of the sheet."""
        text = self.tail + chunk
        self.rows = max([self.rows, *map(int, _ROW.findall(text))])
        self.columns = max([self.columns, *map(column_number, set(_WIDE.findall(text)))])
        if b't="e"' in text:  # the parser would hand such a cell on as an empty one
            self.failed |= dict.fromkeys(cell.decode() for cell in _FAILED.findall(text))
        self.tail = text[-OVERLAP:]

    def check(self, file: str, column_cap: int, cell_cap: int) -> None:
        """Refuse a sheet that reaches too far."""
        if self.columns > column_cap:
            raise refuse("too_many_columns", file=file, value=str(self.columns), cap=column_cap)
        if self.rows * self.columns > cell_cap:
            raise refuse("sparse_sheet", file=file, value=f"{self.rows} × {self.columns}")


def counts_from_1904(path: Path) -> bool:
    """Return whether a workbook that is safe to open counts its days from 1 January 1904.

    Parameters
    ----------
    path : xlsx, xlsm, ods or xls.
    """
    if not zipfile.is_zipfile(path):
        return _DATE_MODE.search(path.read_bytes()) is not None
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if _WORKBOOK_PART in names:
            return _FROM_1904.search(archive.read(_WORKBOOK_PART)) is not None
        if "content.xml" not in names:
            return False
        tail = b""
        for chunk in _stream(archive, archive.getinfo("content.xml")):
            if _NULL_DATE.search(tail + chunk):
                return True
            tail = chunk[-OVERLAP:]
    return False


def column_number(letters: bytes) -> int:
    """Return the number of a column by its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = LETTERS * number + letter - ord("A") + 1
    return number
