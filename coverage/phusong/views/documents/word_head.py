"""The head and the end of a Word document: who writes, to whom, what about; who signs, who gets a copy."""

from __future__ import annotations

from typing import Any, Final

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from phusong.views.documents.layout import Plain
from phusong.views.documents.widths import measure_em
from phusong.views.documents.word_page import Page, signature_lines
from phusong.views.documents.word_parts import (
    Style,
    add_cell,
    add_row,
    box,
    build_table,
    draw_rule,
    write_line,
)

CENTRED: Final = WD_ALIGN_PARAGRAPH.CENTER
#: The line below the subject of a document and below the head of an annex [mm].
RULE_MM: Final = 28.0
#: The writer's half of the head; the country's half is wider.
LEFT_SHARE: Final = 0.4
#: Where a list of addressees begins [mm].
ADDRESSEES_MM: Final = 32.0


def write_head(page: Page, plain: Plain) -> None:
    """Write everything above the first paragraph.

    Parameters
    ----------
    page : the first page.
    plain : the document as `layout` gives it.
    """
    size = page.size
    _write_halves(page, plain["head"])
    page.write("", Style(size["foot_pt"]))
    if plain["banner"]:
        box(page.write(plain["banner"], Style(size["note_pt"], bold=True, align="center")))
        box(page.write(plain["banner_note"], Style(size["note_pt"], align="center")))
    if plain["title"]:
        page.write_heading(plain["title"], 1, align="center")
    if plain["subject"]:
        subject = Style(size["title_pt"], bold=True, align="center", after=4)
        page.write(plain["subject"], subject)
        page.rule(RULE_MM)
    _write_addressees(page, plain)


def write_end(page: Page, plain: Plain) -> None:
    """Write who gets a copy at the left and who signs at the right; several signers side by side.

    Parameters
    ----------
    page : the last page of the body.
    plain : the document as `layout` gives it.
    """
    size, places = page.size, plain["signatures"]
    page.write("", Style(size["foot_pt"], keep=True))
    if len(places) > 1:
        page.sign(places)
        return
    width = page.room_mm / 2
    table = build_table([width, width], borders=False)
    row = add_row(table)
    heading = Style(size["recipients_heading_pt"], bold=True, italic=True, after=2)
    line = Style(size["recipients_pt"], after=1)
    told = [(plain["recipients"]["heading"], heading)]
    told += [(text, line) for text in plain["recipients"]["lines"]]
    _raise(add_cell(row, width, told))
    _raise(
        add_cell(row, width, [told for place in places for told in signature_lines(place, size)])
    )
    page.place(table)
    page.write("", Style(size["foot_pt"]))


def _write_halves(page: Page, head: Plain) -> None:
    """Write who writes at the left, and the country, the motto and the day at the right."""
    size = page.size
    left, right = page.room_mm * LEFT_SHARE, page.room_mm * (1 - LEFT_SHARE)
    table = build_table([left, right], borders=False)
    row = add_row(table)
    above = [(head["parent"], Style(size["agency_pt"], align="center"))] if head["parent"] else []
    agency = Style(size["agency_pt"], bold=True, align="center")
    writer = add_cell(row, left, [*above, (head["agency"], agency)])
    wide = min(agency.size * measure_em(head["agency"], bold=True), left / 25.4 * 72)
    _rule(writer, left, wide * size["agency_line_share"])
    _line(writer, head["number"], Style(size["number_pt"], align="center", before=2))
    if head["regarding"]:
        _line(writer, head["regarding"], Style(size["regarding_pt"], align="center", before=6))
    motto = Style(size["motto_pt"], bold=True, align="center")
    country = Style(size["country_pt"], bold=True, align="center")
    told = add_cell(row, right, [(head["country"], country), (head["motto"], motto)])
    _rule(told, right, motto.size * measure_em(head["motto"], bold=True))
    _line(told, head["place"], Style(size["place_pt"], italic=True, align="center", before=2))
    for cell in (writer, told):
        _raise(cell)
    page.place(table)


def _write_addressees(page: Page, plain: Plain) -> None:
    """Write to whom: one in the middle, several in a list."""
    names = plain["addressees"]
    style = Style(page.size["body_pt"], align="center", before=8, after=8)
    if len(names) == 1:
        page.write(f"{plain['to']} {names[0]}", style)
    elif names:
        lines = [plain["to"], *(f"- {name}" for name in names)]
        for at, text in enumerate(lines):
            line = page.write(text, Style(style.size, before=8 if at == 0 else 0, after=2))
            line.paragraph_format.left_indent = Mm(ADDRESSEES_MM)


def _rule(cell: Any, room_mm: float, width_pt: float) -> None:
    """Draw a line at the end of a cell."""
    draw_rule(_paragraph(cell), room_mm=room_mm, width_pt=width_pt)


def _line(cell: Any, text: str, style: Style) -> None:
    """Write a line at the end of a cell."""
    write_line(_paragraph(cell), text, style)


def _paragraph(cell: Any) -> Paragraph:
    """Return a new paragraph at the end of a cell."""
    element = OxmlElement("w:p")
    cell.append(element)
    return Paragraph(element, cell)


def _raise(cell: Any) -> None:
    """Set what stands in a cell at its top."""
    cell.find(qn("w:tcPr")).find(qn("w:vAlign")).set(qn("w:val"), "top")
