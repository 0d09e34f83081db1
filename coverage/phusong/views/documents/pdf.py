"""A document as PDF: drawn by typst from data, with our own fonts and nothing of the machine's.

The same document gives the same bytes. It is PDF/A-2a for the archive and PDF/UA-1 for a screen reader;
only where somebody wrote a letter that our font lacks it is plain PDF, and the letter an empty box.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Any, Final, Literal

import typst

from phusong.views.documents.layout import lay_document
from phusong.views.documents.measures import TEMPLATES, read_measures
from phusong.views.documents.model import Document
from phusong.vocabulary.packaged import read_packaged_text

#: For the archive: PDF/A-2 with structure and Unicode; for a screen reader: PDF/UA-1.
STANDARDS: Final = ("a-2a", "ua-1")
_PARTS: Final = ("document.typ", "parts.typ")


def render_pdf(document: Document) -> bytes:
    """Return a document as PDF.

    Parameters
    ----------
    document : any form.
    """
    try:
        return _compile(document, "pdf", pdf_standards=list(STANDARDS))
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return _compile(document, "pdf")


def draw_pages(document: Document, *, ppi: float) -> list[bytes]:
    """Return the pages of a document as pictures (PNG), for a preview on a screen.

    Parameters
    ----------
    document : any form.
    ppi : resolution [pixels per inch].
    """
    pages = _compile(document, "png", ppi=ppi)
    return pages if isinstance(pages, list) else [pages]


def _compile(document: Document, output: Literal["pdf", "png"], **options: Any) -> Any:
    """Return what typst makes of a document."""
    day = document.dated
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return _compiler(document).compile(format=output, timestamp=moment, **options)


def _compiler(document: Document) -> typst.Compiler:
    """Return typst with the templates, the fonts, and the document as data."""
    inputs = {
        "document": json.dumps(lay_document(document), ensure_ascii=False),
        "measures": json.dumps(read_measures()),
    }
    # Its stub lists neither several files nor bytes among them.
    return typst.Compiler(_templates(), font_paths=_fonts(), sys_inputs=inputs)  # type: ignore[type-var]


@cache
def _fonts() -> typst.Fonts:
    """Return our own four faces, and no others."""
    folder = resources.files("phusong").joinpath("views", "assets", "fonts")
    with resources.as_file(folder) as place:
        return typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[place]
        )


@cache
def _templates() -> dict[str, bytes]:
    """Return the templates by name."""
    return {
        name.replace("document", "main"): read_packaged_text(*TEMPLATES, name).encode()
        for name in _PARTS
    }
