"""What every form takes from its cover."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from phusong.views.documents.forms.frames import begin_large
from phusong.views.documents.inputs import Cover
from phusong.views.documents.model import Document, DocumentKind
from phusong.vocabulary.offices import OfficeWord
from phusong.vocabulary.reporting import Audience


def name_programme(cover: Cover) -> str:
    """Return what the programme is called on the day.

    Parameters
    ----------
    cover : with the offices of the day, in its language.
    """
    return cover.offices.format(OfficeWord.PROGRAMME, cover.language)


def name_communes(cover: Cover) -> str:
    """Return the kinds of commune on the map of the document, as a heading.

    Parameters
    ----------
    cover : with the offices of the day, its edition and language.
    """
    offices = replace(cover.offices, edition=cover.edition)
    return begin_large(offices.list_commune_kinds(cover.language))


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
        offices=cover.offices.cite(),
        **(told | parts),
    )
