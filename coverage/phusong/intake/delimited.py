"""Read rows of text between separators, as spreadsheets and network systems export them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from phusong.intake.decoding import LOST
from phusong.intake.headings import locate_header
from phusong.intake.reading import Grid, Header, make_grid, stack_rows
from phusong.intake.rules import refuse

#: Longest cell that the library reads by itself [characters].
FIELD_LIMIT = 131_072
SEPARATORS = (",", ";", "\t", "|")


def read_delimited(text: str, kind: str, *, file: str, search_rows: int, row_cap: int) -> Grid:
    """Return rows of text as a grid.

    The separator is the one under which most headings are known. Where a quotation mark is left open, each
    line is a row of its own, so that no row is swallowed by the one before it.

    Parameters
    ----------
    text : the file.
    kind : source kind, whose headings are looked for.
    file : the file as the user named it.
    search_rows : how many rows may stand above the headings.
    row_cap : how many rows a file may have.

    Raises
    ------
    SourceFault
        If the file is empty or has too many rows.
    """
    if not text.strip("\ufeff \t\r\n"):
        raise refuse("empty_file", file=file)
    _allow_long_fields(text)
    separator, lead = _stated_separator(text)
    body = text.split("\n", 1)[1] if lead else text
    separator, header = choose_separator(body, kind, separator, search_rows=search_rows)
    first_row, broken = 1 + lead, {}
    try:
        records = islice(_read_records(body, separator), row_cap + 2)
        grid = stack_rows(records, first_row=first_row, widths=True)
    except (csv.Error, _OpenQuoteError):
        header = None  # the rows are other ones now
        broken = _find_open_quotes(body, separator, first_row=first_row)
        lines = islice(_read_lines(body, separator), row_cap + 2)
        grid = stack_rows(lines, first_row=first_row, widths=True)
    if len(grid.frame) > row_cap + 1:
        raise refuse("too_many_rows", file=file, value=f"> {row_cap}", cap=row_cap)
    if header is not None:
        blanks = [""] * (grid.frame.shape[1] - len(header.names))
        header = replace(header, names=[*header.names, *blanks])
    return Grid(grid.frame, grid.widths, {**_spoilt_rows(text, grid), **broken}, header)


class _OpenQuoteError(Exception):
    """Say that a quotation mark swallows the rows after it."""


def _stated_separator(text: str) -> tuple[str, int]:
    """Return the separator that a first line such as ``sep=;`` states, and how many lines that takes."""
    first = text[:8].split("\n", 1)[0].strip("\r\ufeff ")
    return (first[4], 1) if first.startswith("sep=") and len(first) == 5 else ("", 0)


def choose_separator(
    text: str, kind: str, stated: str, *, search_rows: int
) -> tuple[str, Header | None]:
    """Return the separator under which the first rows name most columns, else cut them widest, and those.

    Parameters
    ----------
    text : the file.
    kind : source kind, whose headings are looked for.
    stated : the separator that the file states, or nothing.
    search_rows : how many rows may stand above the headings.
    """
    lines = list(islice(io.StringIO(text, newline=""), search_rows + 2))
    there = [stated] if stated else [s for s in SEPARATORS if any(s in line for line in lines)]

    def _weigh(separator: str) -> tuple[int, int, str, Header | None]:
        rows = list(csv.reader(lines, delimiter=separator))
        header = locate_header(make_grid(rows), kind, search_rows=search_rows).header
        return (header.score if header else 0), sum(len(r) for r in rows), separator, header

    weighed = [_weigh(separator) for separator in there or SEPARATORS[:1]]
    _, _, separator, header = max(weighed, key=lambda found: found[:2])
    return separator, header


def _allow_long_fields(text: str) -> None:
    """Let a cell be as long as the longest line: an outline in text may take megabytes.

    A quotation mark that is left open swallows lines, and so is still found.
    """
    at, longest = 0, FIELD_LIMIT
    while at + FIELD_LIMIT < len(text):
        end = text.rfind("\n", at, at + FIELD_LIMIT)
        if end < 0:
            end = text.find("\n", at + FIELD_LIMIT)
            end = len(text) if end < 0 else end
            longest = max(longest, end - at)
        at = end + 1
    csv.field_size_limit(longest)


def _read_records(text: str, separator: str) -> Iterator[list[str]]:
    """Yield the cells of each record, stopping where an open quotation mark swallows rows."""
    reader = csv.reader(_list_lines(text), delimiter=separator)
    if '"' not in text:
        yield from reader  # without quotation marks no record goes on in the next line
        return
    width, line, last = 0, 0, None
    for record in reader:
        if reader.line_num > line + 1:
            if any(
                part.count(separator) >= max(width - 1, 1)
                for cell in record
                for part in cell.splitlines()[1:]
            ):
                raise _OpenQuoteError
            last = record
        else:
            last = None
        width, line = max(width, len(record)), reader.line_num
        yield record
    if last is not None and text.count('"') % 2:
        raise _OpenQuoteError


def _list_lines(text: str) -> Iterator[str]:
    """Return the lines of a text with their ends; as bytes it takes a quarter of what a `StringIO` would."""
    content = io.BytesIO(text.encode("utf-8", "surrogatepass"))
    return io.TextIOWrapper(content, encoding="utf-8", errors="surrogatepass", newline="")


def _read_lines(text: str, separator: str) -> Iterator[list[str]]:
    """Read every line as a row of its own."""
    for line in text.splitlines():
        try:
            yield next(csv.reader([line], delimiter=separator), [])
        except csv.Error:
            yield [line]


def _find_open_quotes(text: str, separator: str, *, first_row: int) -> dict[int, str]:
    """Find the lines whose quotation marks do not match, or that cannot be taken apart."""
    broken = {}
    for number, line in enumerate(text.splitlines(), first_row):
        if line.count('"') % 2 or not _is_readable(line, separator):
            broken[number] = "unclosed_quote"
    return broken


def _is_readable(line: str, separator: str) -> bool:
    """Say whether a line can be taken apart."""
    try:
        next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return False
    return True


def _spoilt_rows(text: str, grid: Grid) -> dict[int, str]:
    """Return the rows that hold a NUL or a letter that was lost."""
    spoilt: dict[int, str] = {}
    for mark, rule in (("\0", "control_character"), (LOST, "lost_characters")):
        if mark in text:
            for column in grid.frame.columns:
                rows = grid.frame.index[grid.frame[column].str.contains(mark, regex=False)]
                spoilt.update(dict.fromkeys(rows.tolist(), rule))
    return spoilt
