"""A document as a workbook: what it is about, its text with the figures as numbers, and a sheet a table.

Text is written as text, so that no name can act as a formula, a link or a number.
"""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Final

import xlsxwriter

from phusong.views.documents.cells import clean_text, write_cell
from phusong.views.documents.excel_parts import Formats, Sheet, name_sheets
from phusong.views.documents.layout import (
    name_document,
    note_table,
    write_number,
)
from phusong.views.documents.model import (
    Amount,
    Block,
    Bullet,
    Cell,
    Document,
    FigureLine,
    HandOverSheet,
    Kind,
    Paragraph,
    Share,
    Table,
)
from phusong.views.documents.packing import repack
from phusong.views.documents.widths import measure_room, share_width
from phusong.views.documents.words import Heading, Word
from phusong.views.labels import tell
from phusong.views.summary import label_edition

OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
#: The columns of the sheet of text: what is said, and the parts of a figure.
BODY: Final = (
    (Heading.CONTENT, Kind.TEXT, 70),
    (Heading.NUMERATOR, Kind.INT, 20),
    (Heading.DENOMINATOR, Kind.INT, 14),
    (Heading.SHARE, Kind.SHARE, 10),
    (Heading.UNIT, Kind.TEXT, 14),
    (Heading.NOT_KNOWN, Kind.INT, 14),
    (Heading.AS_OF, Kind.DATE, 13),
    (Heading.EDITION, Kind.TEXT, 34),
)
#: Letters of a sheet of A4 at the size we print; tables with more columns lie on their side.
LETTERS: Final = 96
BROAD_COLUMNS: Final = 7


def render_excel(document: Document) -> bytes:
    """Return a document as an xlsx; the same document gives the same bytes.

    Parameters
    ----------
    document : any form.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        _set_properties(book, document)
        formats = Formats(book)
        own = [tell(Heading.COVER, document.language), tell(Heading.BODY, document.language)]
        names = name_sheets([*own, *(table.name for table in document.tables)])
        _write_cover(Sheet(book, names[0], document, formats), document, names)
        _write_body(Sheet(book, names[1], document, formats), document)
        closing = {id(b.table): b for b in document.blocks if isinstance(b, HandOverSheet)}
        for name, table in zip(names[2:], document.tables, strict=True):
            _write_table(Sheet(book, name, document, formats), table, closing.get(id(table)))
    return repack(buffer.getvalue(), document.dated)


def _set_properties(book: xlsxwriter.Workbook, document: Document) -> None:
    """Say who made the file and when: the program, on the document's date; nobody's name."""
    day = document.dated
    book.set_properties(
        {
            "title": name_document(document)[:255],
            "author": tell(Word.MAKER, document.language),
            "created": datetime(day.year, day.month, day.day),
        }
    )


def _write_warning(document: Document) -> str:
    """Return what the counts of pupils are: whole figures for the office, or rounded ones."""
    word = Word.INTERNAL_NOTE if document.internal else Word.HIDDEN
    return tell(word, document.language)


def _write_cover(sheet: Sheet, document: Document, names: list[str]) -> None:
    """Write what the document is, and how many rows each sheet has."""
    tongue = document.language
    lines: list[tuple[str, Cell]] = [
        (tell(Heading.AGENCY, tongue), document.agency),
        (tell(Heading.NUMBER, tongue), write_number(document)),
        (tell(Heading.DATED, tongue), document.dated),
        (tell(Heading.SUBJECT, tongue), name_document(document)),
        (tell(Heading.ADDRESSEES, tongue), "; ".join(document.addressees)),
        (tell(Heading.AS_OF, tongue), document.as_of),
        (tell(Heading.EDITION, tongue), label_edition(document.edition, tongue)),
        (tell(Heading.ANCHOR, tongue), document.anchor),
        (tell(Heading.ROUNDING, tongue), tell(Word.ROUNDING, tongue)),
        (tell(Heading.WARNING, tongue), _write_warning(document)),
    ]
    counted = zip(names[2:], document.tables, strict=True)
    lines += [(tell(Heading.ROWS, tongue, sheet=n), len(table.rows)) for n, table in counted]
    sheet.set_widths([34, 80])
    sheet.write_title(name_document(document))
    for label, value in lines:
        kind = Kind.DATE if isinstance(value, date) else Kind.INT
        sheet.write_row([(label, Kind.TEXT), (value, kind)], left=True)
    sheet.finish(heading_row=None, landscape=False)


def _write_body(sheet: Sheet, document: Document) -> None:
    """Write the text, a line a row; the parts of a figure stand in columns of their own."""
    sheet.set_widths([width for _, _, width in BODY])
    sheet.write_title(name_document(document))
    heading = sheet.write_headings([tell(label, document.language) for label, _, _ in BODY])
    kinds = [kind for _, kind, _ in BODY]
    parts = [("", document.opening)]
    parts += [(f"{part.number}. {part.title}", part.blocks) for part in document.sections]
    parts += [("", document.closing), *((part.title, part.blocks) for part in document.annexes)]
    for title, blocks in parts:
        if title:
            sheet.write_row([(title, Kind.TEXT)], strong=True)
        for block in blocks:
            cells = _cells_of(block, document.language)
            if cells:
                sheet.write_row(list(zip(cells, kinds, strict=False)))
    sheet.finish(heading_row=heading, landscape=True)


def _cells_of(block: Block, language: str) -> list[Cell | Share]:
    """Return a block as the cells of a row; a table refers to its own sheet."""
    match block:
        case Paragraph() | Bullet():
            return [block.text]
        case FigureLine():
            share, edition = block.share, label_edition(block.edition, language)
            parts: list[Cell | Share] = [share.numerator, share.denominator, share, block.unit]
            return [block.label, *parts, block.unknown, block.as_of, edition]
        case Amount():
            unit = tell(Word.UNIT_MONEY, language) if block.kind in (Kind.MONEY, Kind.VALUE) else ""
            return [block.label, block.value, None, None, block.unit or unit]
        case Table():
            return [f"[{block.title or block.name}]"]
        case HandOverSheet():
            return [f"[{block.group}]"]


def _write_table(sheet: Sheet, table: Table, closing: HandOverSheet | None) -> None:
    """Write a table under its title; its last row, notes and places to sign below."""
    tongue = sheet.language
    columns = table.columns
    heads = [{"label": clean_text(c.label), "unit": clean_text(c.unit)} for c in columns]
    texts = [
        [write_cell(c, col.kind, language=tongue) for c, col in zip(row, columns, strict=True)]
        for row in table.shares()
    ]
    aligns = ["left" if c.kind == Kind.TEXT else "right" for c in columns]
    broad = len(columns) > BROAD_COLUMNS
    shares = share_width(heads, texts, aligns, room=measure_room(landscape=broad))
    page = LETTERS * (1.45 if broad else 1)
    sheet.set_widths([share * page for share in shares])
    sheet.write_title(table.title or table.name)
    heading = sheet.write_headings([_head(column.label, column.unit) for column in columns])
    rows = table.shares()
    for at, row in enumerate(rows):
        last = table.total is not None and at == len(rows) - 1
        cells = [(cell, column.kind) for cell, column in zip(row, columns, strict=True)]
        sheet.write_row(cells, strong=last, lined=True)
    for note in note_table(table, tongue):
        sheet.write_note(note)
    if closing is not None:
        sheet.write_note(closing.statement)
        for place in closing.signatures:
            sheet.write_row([(" / ".join([*place.lines, place.note]), Kind.TEXT)], strong=True)
    sheet.finish(heading_row=heading, landscape=broad)


def _head(label: str, unit: str) -> str:
    """Return a heading with its unit."""
    return f"{label} ({unit})" if unit else label
