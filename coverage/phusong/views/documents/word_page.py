"""A run of pages of a Word file: headings, paragraphs, tables and places to sign, one below the other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from phusong.views.documents.layout import Plain
from phusong.views.documents.word_parts import (
    Style,
    add_cell,
    add_row,
    build_table,
    draw_rule,
    write_line,
)


class Page:
    """Be a run of pages of one orientation, onto which blocks are written one below the other.

    Parameters
    ----------
    file : the Word file; writing goes to its end.
    size : measures of the decree.
    landscape : whether the pages lie on their side.
    """

    def __init__(self, file: WordDocument, size: dict[str, float], *, landscape: bool) -> None:
        self.file, self.size = file, size
        wide = size["page_height_mm" if landscape else "page_width_mm"]
        self.room_mm = wide - size["margin_left_mm"] - size["margin_right_mm"]
        self.table_pt = size["broad_table_pt" if landscape else "table_pt"]
        gap = size["body_gap_pt"]
        indent = size["body_indent_mm"]
        self.body = Style(size["body_pt"], align="both", after=gap, indent_mm=indent)
        self.note = Style(size["note_pt"], italic=True, align="both", before=2, after=gap)

    def write(self, text: str, style: Style) -> Paragraph:
        """Write a line of text at the end."""
        return write_line(self.file.add_paragraph(), text, style)

    def write_heading(self, text: str, level: int, align: str = "left") -> None:
        """Write a heading, by which Word's outline finds its way."""
        heading = self.file.add_heading(level=level)
        style = Style(self.size["body_pt"], bold=True, align=align, before=6, after=6, keep=True)
        write_line(heading, text, style)

    def keep_last(self) -> None:
        """Keep the last line written with what follows."""
        last = list(self.file.element.body.iterchildren(qn("w:p")))[-1:]
        for element in last:
            Paragraph(element, self.file).paragraph_format.keep_with_next = True

    def rule(self, width_mm: float) -> None:
        """Draw a line in the middle of the page."""
        points = width_mm / 25.4 * 72
        draw_rule(self.file.add_paragraph(), room_mm=self.room_mm, width_pt=points)

    def place(self, table: Any) -> None:
        """Put a table (`w:tbl`) at the end."""
        self.file.element.body.insert_element_before(table, "w:sectPr")

    def write_blocks(self, blocks: list[Plain]) -> None:
        """Write blocks as `layout` gives them."""
        for block in blocks:
            getattr(self, f"_write_{block['block']}")(block)

    def _write_paragraph(self, block: Plain) -> None:
        strong = block["strong"]
        style = replace(self.body, bold=strong, italic=block["slanted"], keep=strong)
        centred = replace(style, align="center", indent_mm=0)
        self.write(block["text"], centred if block["centred"] else style)

    def _write_bullet(self, block: Plain) -> None:
        self.write(f"- {block['text']}", self.body)

    def _write_note(self, block: Plain) -> None:
        self.write(block["text"], self.note)

    def _write_sheet(self, block: Plain) -> None:
        self.write_heading(block["group"], 2)
        self._write_table(block["table"])
        self.write(block["statement"], replace(self.body, before=6, keep=True))
        self.sign(block["signatures"])

    def _write_table(self, block: Plain) -> None:
        if block["title"]:
            title = Style(self.table_pt, bold=True, align="center", before=6, after=4, keep=True)
            self.write(block["title"], title)
        widths = [share * self.room_mm for share in block["widths"]]
        table = build_table(widths, borders=True)
        head = Style(self.table_pt, bold=True, align="center", before=2, after=2)
        unit = replace(head, bold=False, italic=True)
        row = add_row(table, heading=True)
        for told, width in zip(block["heads"], widths, strict=True):
            lines = [(told["label"], head)]
            lines += [(f"({told['unit']})", unit)] if told["unit"] else []
            add_cell(row, width, lines)
        short = len(block["rows"]) <= self.size["unbroken_rows"]
        cells = [
            Style(self.table_pt, align=align, before=2, after=2, keep=short)
            for align in block["aligns"]
        ]
        for texts in block["rows"]:
            _fill_row(table, texts, widths, cells)
        if block["total"] is not None:
            _fill_row(table, block["total"], widths, [replace(c, bold=True) for c in cells])
        self.place(table)
        # Word joins tables that touch, so something always stands below one.
        for text in block["notes"] or [""]:
            self.write(text, self.note)

    def sign(self, places: list[Plain]) -> None:
        """Write places to sign side by side."""
        width = self.room_mm / len(places)
        table = build_table([width] * len(places), borders=False)
        row = add_row(table)
        for place in places:
            add_cell(row, width, signature_lines(place, self.size))
        self.place(table)
        self.write("", Style(self.size["foot_pt"]))


def _fill_row(table: Any, texts: list[str], widths: list[float], styles: list[Style]) -> None:
    """Write a row of a table."""
    row = add_row(table)
    for text, width, style in zip(texts, widths, styles, strict=True):
        add_cell(row, width, [(text, style)])


def signature_lines(place: Plain, size: dict[str, float]) -> list[tuple[str, Style]]:
    """Return the lines of a place to sign, with room for the signature.

    Parameters
    ----------
    place : lines and note.
    size : measures of the decree.
    """
    office = Style(size["body_pt"], bold=True, align="center", after=2)
    note = Style(size["note_pt"], italic=True, align="center")
    room = Style(size["foot_pt"], after=size["signing_room_mm"] / 25.4 * 72)
    return [*((text, office) for text in place["lines"]), (place["note"], note), ("", room)]
