"""A document as a Word file, laid out by Decree 30/2020/NĐ-CP, for officials to read, amend and sign."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor

from phusong.views.documents import word_head
from phusong.views.documents.layout import Plain, lay_document
from phusong.views.documents.measures import read_measures
from phusong.views.documents.model import Document
from phusong.views.documents.packing import repack
from phusong.views.documents.word_page import Page
from phusong.views.documents.word_parts import (
    Style,
    name_face,
    write_line,
    write_page_number,
)

_THUMBNAIL = "/metadata/thumbnail"
#: What the library's own template says of the program that wrote it is replaced.
_APPLICATION = "/docProps/app.xml"
_ABOUT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.'
    'openxmlformats.org/officeDocument/2006/extended-properties"><Application>{maker}</Application>'
    "</Properties>"
)


def render_word(document: Document) -> bytes:
    """Return a document as a docx; the same document gives the same bytes.

    Parameters
    ----------
    document : any form.
    """
    plain, size = lay_document(document), read_measures()
    file = docx.Document()
    _set_styles(file, size, plain["language"])
    _set_page(file.sections[0], size, landscape=False)
    _set_furniture(file.sections[0], plain, size)
    page = Page(file, size, landscape=False)
    word_head.write_head(page, plain)
    page.write_blocks(plain["opening"])
    for section in plain["sections"]:
        page.write_heading(section["heading"], 2 if plain["title"] else 1)
        page.write_blocks(section["blocks"])
    page.write_blocks(plain["closing"])
    page.keep_last()
    word_head.write_end(page, plain)
    for annex in plain["annexes"]:
        _write_annex(file, annex, size)
    _set_properties(file, document, plain)
    buffer = io.BytesIO()
    file.save(buffer)
    return repack(buffer.getvalue(), document.dated)


def _write_annex(file: WordDocument, annex: Plain, size: dict[str, float]) -> None:
    """Write an annex in a section of its own."""
    section = file.add_section(WD_SECTION.NEW_PAGE)
    _set_page(section, size, landscape=annex["landscape"])
    section.different_first_page_header_footer = False
    page = Page(file, size, landscape=annex["landscape"])
    page.write_heading(annex["number"], 1, align="center")
    page.write(annex["title"], Style(size["title_pt"], bold=True, align="center", after=3))
    page.write(annex["attached"], Style(size["body_pt"], italic=True, align="center", after=3))
    page.rule(word_head.RULE_MM)
    page.write_blocks(annex["blocks"])


def _set_styles(file: WordDocument, size: dict[str, float], language: str) -> None:
    """Give every style that is used the decree's face, black, and the language of the text."""
    for name in ("Normal", "Header", "Footer", "Heading 1", "Heading 2"):
        style: Any = file.styles[name]
        name_face(style.element.get_or_add_rPr())
        style.font.size, style.font.color.rgb = Pt(size["body_pt"]), RGBColor(0, 0, 0)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing = 1
    defaults = file.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    name_face(run)
    tongue = run.find(qn("w:lang"))
    for script in ("val", "eastAsia"):
        tongue.set(qn(f"w:{script}"), "vi-VN" if language == "vi" else "en-GB")


def _set_page(section: Section, size: dict[str, float], *, landscape: bool) -> None:
    """Set paper and margins."""
    edges = (Mm(size["page_width_mm"]), Mm(size["page_height_mm"]))
    section.page_width, section.page_height = edges[::-1] if landscape else edges
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin = (
        Mm(size["margin_top_mm"]),
        Mm(size["margin_bottom_mm"]),
    )
    section.left_margin, section.right_margin = (
        Mm(size["margin_left_mm"]),
        Mm(size["margin_right_mm"]),
    )
    section.header_distance = section.footer_distance = Mm(size["margin_top_mm"] / 2.5)


def _set_furniture(section: Section, plain: Plain, size: dict[str, float]) -> None:
    """Set what stands in the margins: page number from page two, warning, source of the figures."""
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    write_page_number(number, size["page_number_pt"])
    number.alignment = word_head.CENTRED
    if plain["banner"]:
        warning = Style(size["foot_pt"], bold=True, align="center")
        write_line(section.header.add_paragraph(), plain["banner"], warning)
    trace = Style(size["foot_pt"], italic=True, align="center")
    for footer in (section.footer, section.first_page_footer):
        write_line(footer.paragraphs[0], plain["trace"], trace)


def _set_properties(file: WordDocument, document: Document, plain: Plain) -> None:
    """Say who made the file and when: the program, on the document's date; nobody's name."""
    told = file.core_properties
    day = datetime(document.dated.year, document.dated.month, document.dated.day)
    told.author = told.last_modified_by = plain["maker"]
    told.created = told.modified = day
    told.title, told.language = plain["name"][:255], plain["language"]
    told.comments = told.keywords = told.subject = told.category = ""
    told.revision = 1
    package = file.part.package
    for part in package.iter_parts():
        if part.partname == _APPLICATION:
            part._blob = _ABOUT.format(maker=plain["maker"]).encode()
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith(_THUMBNAIL):
            package.rels.pop(key)
