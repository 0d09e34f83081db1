"""A school's list: who gets what, class by class, one set of signatures for each class."""

from __future__ import annotations

import pandas as pd

from phusong.views.documents.cells import write_count
from phusong.views.documents.forms.frames import begin_large
from phusong.views.documents.forms.handed import print_handed, read_handed
from phusong.views.documents.forms.heading import begin, name_programme
from phusong.views.documents.forms.other_words import Handing
from phusong.views.documents.forms.report_words import Say
from phusong.views.documents.inputs import Cover, SchoolFigures
from phusong.views.documents.model import (
    Amount,
    Block,
    Document,
    DocumentKind,
    HandOverSheet,
    Paragraph,
    SignatureBlock,
)
from phusong.views.labels import tell
from phusong.vocabulary.pupils import DeviceKind


def compose_school_list(cover: Cover, figures: SchoolFigures) -> Document:
    """Return the list that a school hands devices over by.

    Parameters
    ----------
    cover : who, when, by which data.
    figures : the school and its awards.
    """
    tongue = cover.language
    awards = read_handed(figures.awards)
    school = ", ".join(filter(None, [figures.school, figures.commune]))
    subject = {"programme": name_programme(cover), "school": school}
    groups = [_sheet(str(name), part, tongue) for name, part in awards.groupby("group", sort=True)]
    return begin(
        cover,
        DocumentKind.SCHOOL,
        title=tell(Handing.LIST, tongue),
        subject=tell(Handing.LIST_SUBJECT, tongue, **subject),
        opening=(Paragraph(tell(Handing.INTERNAL, tongue), slanted=True), *_count(awards, tongue)),
        addressees=(),
        closing=tuple(groups) or (Paragraph(tell(Say.NO_DATA, tongue)),),
    )


def _count(awards: pd.DataFrame, language: str) -> list[Block]:
    """Return how many devices of each kind there are."""
    unit = tell(Say.DEVICE, language)
    counts = awards["device_kind"].value_counts()
    lines: list[Block] = []
    for kind in DeviceKind:
        n = int(counts.get(str(kind), 0))
        if n:
            name = tell(Handing.COUNT, language, device=tell(kind, language))
            lines.append(Amount(begin_large(name), n, unit=unit))
    return lines


def _sheet(group: str, awards: pd.DataFrame, language: str) -> HandOverSheet:
    """Return the hand-over of one class."""
    name = tell(Handing.GROUP, language, group=group)
    count = write_count(len(awards), language=language)
    signs = tell(Handing.SIGN, language)
    return HandOverSheet(
        name,
        print_handed(awards, name, "", language),
        tell(Handing.STATEMENT, language, n=count, group=group),
        (
            SignatureBlock((tell(Handing.TEACHER, language),), signs),
            SignatureBlock((tell(Handing.SCHOOL, language),), signs),
        ),
    )
