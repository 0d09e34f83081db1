"""The pieces of a Word file: runs, lines, borders, fields and tables, below what python-docx offers."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from phusong.views.documents.cells import MARK

#: The face that the decree names; every office has it.
FACE: Final = "Times New Roman"
ALIGN: Final = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_TEXT: Final = f"{qn('w:r')}/{qn('w:t')}"
#: Word counts lengths in twentieths of a point, sizes in halves, and lines in eighths.
TWIPS_MM: Final = 1440 / 25.4


@dataclass(frozen=True)
class Style:
    """Say how a line of text looks: size [pt], weight, slant, alignment, room around it [pt]."""

    size: float
    bold: bool = False
    italic: bool = False
    align: str = "left"
    before: float = 0
    after: float = 0
    indent_mm: float = 0
    keep: bool = False


def write_line(paragraph: Paragraph, text: str, style: Style) -> Paragraph:
    """Write text into an empty paragraph and return it.

    Parameters
    ----------
    paragraph : empty.
    text : cleaned text.
    style : how it looks.
    """
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = style.bold, style.italic, Pt(style.size)
    shape = paragraph.paragraph_format
    paragraph.alignment = ALIGN[style.align]
    shape.space_before, shape.space_after = Pt(style.before), Pt(style.after)
    shape.first_line_indent = Mm(style.indent_mm) if style.indent_mm else None
    shape.keep_with_next = style.keep or None
    return paragraph


def name_face(properties: Any) -> None:
    """Name the face for every script, so that no theme chooses another.

    Parameters
    ----------
    properties : `w:rPr` of a style.
    """
    fonts = properties.get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FACE)


def draw_rule(paragraph: Paragraph, *, room_mm: float, width_pt: float) -> None:
    """Draw a line of a length in the middle of a paragraph that holds nothing else.

    Parameters
    ----------
    paragraph : empty.
    room_mm : width that it stands in [mm].
    width_pt : length of the line [pt].
    """
    room_pt = room_mm * TWIPS_MM / 20
    side = Pt(max(0.0, (room_pt - width_pt) / 2))
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = side
    shape.space_before, shape.space_after = Pt(1), Pt(3)
    shape.line_spacing = Pt(2)
    borders = OxmlElement("w:pBdr")
    borders.append(_border("top"))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
    )


def box(paragraph: Paragraph) -> None:
    """Draw a box around a paragraph; boxes of neighbours join."""
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        borders.append(_border(side, space="4"))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
    )


def write_page_number(paragraph: Paragraph, size: float) -> None:
    """Write the field that counts pages.

    Parameters
    ----------
    paragraph : of a header.
    size : of the figures [pt].
    """
    run = paragraph.add_run()
    run.font.size = Pt(size)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = text
        run._r.append(part)


def build_table(widths_mm: Sequence[float], *, borders: bool) -> Any:
    """Return an empty table (`w:tbl`) of fixed columns.

    Parameters
    ----------
    widths_mm : of the columns [mm].
    borders : whether its lines are drawn.
    """
    table = OxmlElement("w:tbl")
    properties = _add(table, "w:tblPr")
    _add(properties, "w:tblW", w=_twips(sum(widths_mm)), type="dxa")
    if borders:
        lines = _add(properties, "w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            lines.append(_border(side))
    _add(properties, "w:tblLayout", type="fixed")
    margins = _add(properties, "w:tblCellMar")
    for side in ("left", "right"):
        _add(margins, f"w:{side}", w="57", type="dxa")
    grid = _add(table, "w:tblGrid")
    for width in widths_mm:
        _add(grid, "w:gridCol", w=_twips(width))
    return table


def add_row(table: Any, *, heading: bool = False) -> Any:
    """Return a new row (`w:tr`) that no page breaks; a heading row returns on every page.

    Parameters
    ----------
    table : `w:tbl`.
    heading : whether it is a heading.
    """
    row = _add(table, "w:tr")
    properties = _add(row, "w:trPr")
    _add(properties, "w:cantSplit")
    if heading:
        _add(properties, "w:tblHeader")
    return row


def add_cell(row: Any, width_mm: float, lines: Sequence[tuple[str, Style]]) -> Any:
    """Return a new cell (`w:tc`) that holds lines of text.

    Parameters
    ----------
    row : `w:tr`.
    width_mm : of the cell [mm].
    lines : text and look of each; an empty cell has one empty line.
    """
    cell = _add(row, "w:tc")
    properties = _add(cell, "w:tcPr")
    _add(properties, "w:tcW", w=_twips(width_mm), type="dxa")
    _add(properties, "w:vAlign", val="center")
    for text, style in lines:
        line = deepcopy(_draw_line(style))
        if text:
            line.find(_TEXT).text = text
        cell.append(line)
    return cell


@cache
def _draw_line(style: Style) -> Any:
    """Return a paragraph without words, to be copied: a large table has thousands of them."""
    paragraph = Paragraph(OxmlElement("w:p"), None)  # type: ignore[arg-type]  # stands nowhere yet
    write_line(paragraph, MARK, style)
    text = paragraph._p.find(_TEXT)
    text.text = ""
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return paragraph._p


def _add(parent: Any, tag: str, **attributes: str) -> Any:
    """Return a new child with its attributes."""
    child = OxmlElement(tag)
    for name, value in attributes.items():
        child.set(qn(f"w:{name}"), value)
    parent.append(child)
    return child


def _border(side: str, space: str = "0") -> Any:
    """Return a thin black line on one side."""
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "4"), ("space", space), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    return line


def _twips(millimetres: float) -> str:
    """Return a length as Word counts it."""
    return str(round(millimetres * TWIPS_MM))
