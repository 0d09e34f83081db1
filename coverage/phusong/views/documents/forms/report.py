"""The weekly and the final report to the provincial committee: up to six sections and five annexes."""

from __future__ import annotations

from dataclasses import replace

from phusong.views.documents.forms.aims import print_aims
from phusong.views.documents.forms.allocation import annex_sharing, tell_sharing
from phusong.views.documents.forms.heading import begin, name_programme
from phusong.views.documents.forms.infrastructure import (
    annex_communes,
    annex_promises,
    tell_network,
)
from phusong.views.documents.forms.mobilisation import annex_giving, tell_giving
from phusong.views.documents.forms.report_words import Say
from phusong.views.documents.forms.situation import annex_schools, tell_situation
from phusong.views.documents.forms.trouble import list_proposals, tell_trouble
from phusong.views.documents.inputs import Cover, ReportFigures
from phusong.views.documents.model import (
    Annex,
    Block,
    Document,
    DocumentKind,
    Paragraph,
    Section,
)
from phusong.views.figures import format_date
from phusong.views.labels import tell


def compose_weekly(cover: Cover, figures: ReportFigures) -> Document:
    """Return the report of one week.

    Parameters
    ----------
    cover : who, to whom, when, by which data.
    figures : of the report; what was not delivered is said to be missing.
    """
    first, last = map(format_date, figures.period)
    subject = tell(
        Say.WEEKLY, cover.language, programme=name_programme(cover), first=first, last=last
    )
    return _compose(cover, figures, DocumentKind.WEEKLY, subject)


def compose_final(cover: Cover, figures: ReportFigures) -> Document:
    """Return the report at the programme's end.

    Parameters
    ----------
    cover : who, to whom, when, by which data.
    figures : of the report; what was not delivered is said to be missing.
    """
    whole = replace(figures, changes=None)  # the last week is no part of the whole programme
    subject = tell(Say.FINAL, cover.language, programme=name_programme(cover))
    return _compose(cover, whole, DocumentKind.FINAL, subject)


def _compose(cover: Cover, figures: ReportFigures, kind: DocumentKind, subject: str) -> Document:
    """Return a report; sections V and VI and annexes with nothing in them are left out."""
    tongue = cover.language
    parts = (
        ("I", Say.I, (*_print_aims(cover, figures), *tell_situation(cover, figures))),
        ("II", Say.II, tell_giving(cover, figures)),
        ("III", Say.III, tell_sharing(cover, figures)),
        ("IV", Say.IV, tell_network(cover, figures)),
    )
    own = [
        (title, blocks)
        for title, blocks in (
            (Say.V, tell_trouble(cover, figures)),
            (Say.VI, list_proposals(cover, figures)),
        )
        if blocks
    ]
    last = tuple((number, *part) for number, part in zip(("V", "VI"), own, strict=False))
    return begin(
        cover,
        kind,
        title=tell(Say.TITLE, tongue),
        subject=subject,
        opening=(Paragraph(_open(cover)),),
        sections=tuple(
            Section(number, tell(title, tongue), blocks) for number, title, blocks in parts + last
        ),
        closing=(Paragraph(_close(cover)),) if cover.addressees else (),
        annexes=_annexes(cover, figures),
    )


def _print_aims(cover: Cover, figures: ReportFigures) -> tuple[Block, ...]:
    """Return the table of the three aims, if anything is known of them."""
    table = print_aims(cover, figures)
    return () if table is None else (table,)


def _annexes(cover: Cover, figures: ReportFigures) -> tuple[Annex, ...]:
    """Return the annexes that hold something; their numbers never shift."""
    every = (
        annex_schools(cover, figures.pupil_counts),
        annex_communes(cover, figures.indicators) if figures.indicators is not None else None,
        annex_giving(cover, figures),
        annex_sharing(cover, figures),
        annex_promises(cover, figures.commitments) if figures.commitments is not None else None,
    )
    return tuple(annex for annex in every if annex is not None)


def _open(cover: Cover) -> str:
    """Return the first sentence."""
    date = format_date(cover.as_of)
    if not cover.basis:
        return tell(Say.OPENING_FREE, cover.language, agency=cover.agency, date=date)
    values = {"basis": cover.basis, "agency": cover.agency, "date": date}
    return tell(Say.OPENING, cover.language, **values)


def _close(cover: Cover) -> str:
    """Return the last sentence."""
    whom = ", ".join(cover.addressees)
    return tell(Say.CLOSING, cover.language, agency=cover.agency, whom=whom)
