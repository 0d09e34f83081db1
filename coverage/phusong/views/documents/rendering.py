"""A document as the bytes of a file, by the end of the file's name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from phusong.views.documents.excel import render_excel
from phusong.views.documents.model import Document
from phusong.views.documents.pdf import render_pdf
from phusong.views.documents.word import render_word

#: Word first: it is what an office amends and signs.
RENDERERS: Final[dict[str, Callable[[Document], bytes]]] = {
    "docx": render_word,
    "xlsx": render_excel,
    "pdf": render_pdf,
}


def render_document(document: Document, suffix: str) -> bytes:
    """Return a document as a file; the same document gives the same bytes.

    Parameters
    ----------
    document : any form.
    suffix : ``docx``, ``xlsx`` or ``pdf``.

    Raises
    ------
    KeyError
        If there is no such kind of file.
    """
    return RENDERERS[suffix](document)
