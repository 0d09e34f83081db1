"""The record of one hand-over: who gave what to whom, where, and what they promise."""

from __future__ import annotations

from phusong.views.documents.cells import write_day
from phusong.views.documents.forms.handed import print_handed, read_handed
from phusong.views.documents.forms.heading import begin, name_programme
from phusong.views.documents.forms.other_words import Handing
from phusong.views.documents.inputs import Cover, HandOverFigures
from phusong.views.documents.model import (
    Block,
    Bullet,
    Document,
    DocumentKind,
    Paragraph,
    Section,
    SignatureBlock,
)
from phusong.views.labels import tell

PROMISES = (Handing.PROMISE_1, Handing.PROMISE_2, Handing.PROMISE_3)


def compose_hand_over(cover: Cover, figures: HandOverFigures) -> Document:
    """Return the record of a hand-over; the three parties sign side by side.

    Parameters
    ----------
    cover : who, when, by which data.
    figures : parties, place and awards.
    """
    tongue = cover.language
    title = tell(Handing.DEVICES, tongue, school=figures.school)
    name = tell(Handing.CONTENT, tongue).capitalize()
    table = print_handed(read_handed(figures.awards), name, title, tongue, skip=("state",))
    promises = figures.promises or tuple(tell(line, tongue) for line in PROMISES)
    return begin(
        cover,
        DocumentKind.HAND_OVER,
        title=tell(Handing.RECORD, tongue),
        subject=tell(Handing.RECORD_SUBJECT, tongue, programme=name_programme(cover)),
        opening=_open(cover, figures),
        sections=(
            Section("I", tell(Handing.CONTENT, tongue), (table,)),
            Section("II", tell(Handing.USE, tongue), tuple(Bullet(text) for text in promises)),
        ),
        closing=(Paragraph(tell(Handing.END, tongue)),),
        addressees=(),
        recipients=(),
        signatures=_sign(figures, tongue),
    )


def _open(cover: Cover, figures: HandOverFigures) -> tuple[Block, ...]:
    """Return when and where, and who was there, by organisation and role."""
    tongue = cover.language
    day = tell(Handing.OPEN_DAY, tongue)
    if figures.handed_on is not None:
        day = write_day(figures.handed_on, language=tongue)
    parties = (
        (Handing.GIVER, figures.giver, figures.giver_role),
        (Handing.RECEIVER, figures.receiver, figures.receiver_role),
        (Handing.WITNESS, figures.witness, figures.witness_role),
    )
    number = [Paragraph(_write_number(figures, tongue), slanted=True)] if figures.handed_on else []
    return (
        *number,
        Paragraph(tell(Handing.TODAY, tongue, day=day, where=figures.where)),
        *(Bullet(tell(line, tongue, party=p, role=role)) for line, p, role in parties if p),
        Paragraph(tell(Handing.AGREED, tongue)),
    )


def _write_number(figures: HandOverFigures, language: str) -> str:
    """Return under which number the book keeps the hand-over, or that it keeps none."""
    if not figures.record:
        return tell(Handing.NO_RECORD, language)
    return tell(Handing.RECORD_NUMBER, language, record=figures.record)


def _sign(figures: HandOverFigures, language: str) -> tuple[SignatureBlock, ...]:
    """Return a place to sign for each party."""
    note, seal = tell(Handing.SIGN, language), tell(Handing.SEAL, language)
    sides = [(Handing.SIDE_GIVER, note), (Handing.SIDE_RECEIVER, note)]
    sides += [(Handing.SIDE_WITNESS, seal)] if figures.witness else []
    return tuple(SignatureBlock((tell(side, language),), how) for side, how in sides)
