"""Read back what was written: Word by python-docx, Excel by calamine, PDF by poppler or by its own tables."""

import io
import re
import shutil
import subprocess
import zipfile
import zlib

import docx
import pytest
from python_calamine import CalamineWorkbook


def words_of(document_bytes):
    """Every text of a Word file, tables, headers and footers with it, in the order of its XML."""
    file = docx.Document(io.BytesIO(document_bytes))
    parts = [file.element.body]
    for section in file.sections:
        parts += [
            part._element for part in (section.header, section.footer, section.first_page_footer)
        ]
    lines = []
    for part in parts:
        for paragraph in part.iter("{*}p"):
            lines.append("".join(t.text or "" for t in paragraph.iter("{*}t")))
    return lines


def sheets_of(book_bytes):
    """Every sheet by name: rows of cells, typed."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(book_bytes))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def members_of(packed):
    """Every member of an office file as text."""
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        return {name: file.read(name).decode("utf-8", "replace") for name in file.namelist()}


def streams_of(pdf):
    """A PDF's bytes with every stream unpacked behind them."""
    found = [pdf]
    for raw in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            found.append(zlib.decompress(raw))
        except zlib.error:
            continue
    return b"\n".join(found)


def letters_of(pdf):
    """Every letter that a PDF's fonts map a drawn shape to."""
    told = streams_of(pdf)
    letters = set()
    for block in re.findall(rb"beginbf(?:char|range)(.*?)endbf", told, re.S):
        for text in re.findall(rb"> ?<([0-9A-Fa-f]{4,})>", block):
            letters |= set(bytes.fromhex(text.decode()).decode("utf-16-be", "replace"))
    return letters


def text_of(pdf):
    """A PDF's text on one line, without the blanks of no width that let a word be broken; the test is skipped where poppler is missing."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext of poppler-utils is not installed")
    command = ["pdftotext", "-raw", "-", "-"]
    found = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return " ".join(found.stdout.decode("utf-8").replace("\u200b", "").split())
