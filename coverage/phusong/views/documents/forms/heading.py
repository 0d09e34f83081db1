"""What every form takes from its cover."""

from __future__ import annotations

from typing import Any

from phusong.views.documents.inputs import Cover
from phusong.views.documents.model import Document, DocumentKind
from phusong.vocabulary.reporting import Audience


def begin(cover: Cover, kind: DocumentKind, *, title: str, subject: str, **parts: Any) -> Document:
    """Return a document under its cover.

    Parameters
    ----------
    cover : who, where, when, by which data.
    kind : which form it is.
    title, subject : kind of document in capitals, and what it is about.
    parts : whatever else the document has; it goes before what the cover says.
    """
    told: dict[str, Any] = {
        "symbol": cover.symbol,
        "number": cover.number,
        "addressees": cover.addressees,
        "recipients": cover.recipients,
        "signatures": cover.signatures,
    }
    return Document(
        kind=kind,
        parent=cover.parent,
        agency=cover.agency,
        place=cover.place,
        dated=cover.dated,
        title=title,
        subject=subject,
        as_of=cover.as_of,
        edition=cover.edition,
        anchor=cover.anchor,
        demonstration=cover.demonstration,
        internal=cover.audience == Audience.INTERNAL,
        language=cover.language,
        **(told | parts),
    )
