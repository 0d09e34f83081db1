"""The weekly and the final report to the provincial committee: six sections and five annexes."""

from __future__ import annotations

from phusong.views.documents.cells import write_count
from phusong.views.documents.forms.allocation import annex_sharing, tell_sharing
from phusong.views.documents.forms.heading import begin
from phusong.views.documents.forms.infrastructure import (
    annex_communes,
    annex_promises,
    find_indicator,
    tell_network,
)
from phusong.views.documents.forms.mobilisation import annex_giving, tell_giving
from phusong.views.documents.forms.promises import is_late
from phusong.views.documents.forms.report_words import Say, Trouble
from phusong.views.documents.forms.situation import annex_schools, count_matched, tell_situation
from phusong.views.documents.inputs import Cover, ReportFigures
from phusong.views.documents.model import (
    Annex,
    Block,
    Bullet,
    Document,
    DocumentKind,
    Gap,
    Paragraph,
    Section,
)
from phusong.views.figures import format_date
from phusong.views.labels import tell
from phusong.vocabulary.terms import Indicator


def compose_weekly(cover: Cover, figures: ReportFigures) -> Document:
    """Return the report of one week.

    Parameters
    ----------
    cover : who, to whom, when, by which data.
    figures : of the report; what was not delivered is said to be missing.
    """
    first, last = map(format_date, figures.period)
    subject = tell(Say.WEEKLY, cover.language, first=first, last=last)
    return _compose(cover, figures, DocumentKind.WEEKLY, subject)


def compose_final(cover: Cover, figures: ReportFigures) -> Document:
    """Return the report at the programme's end.

    Parameters
    ----------
    cover : who, to whom, when, by which data.
    figures : of the report; what was not delivered is said to be missing.
    """
    return _compose(cover, figures, DocumentKind.FINAL, tell(Say.FINAL, cover.language))


def _compose(cover: Cover, figures: ReportFigures, kind: DocumentKind, subject: str) -> Document:
    """Return a report; both have the same sections and annexes."""
    tongue = cover.language
    parts = (
        ("I", Say.I, tell_situation(cover, figures.pupil_counts, figures.quality)),
        (
            "II",
            Say.II,
            tell_giving(
                cover,
                figures.window,
                figures.money,
                figures.spending,
                figures.kind,
                figures.lots,
            ),
        ),
        ("III", Say.III, tell_sharing(cover, figures)),
        ("IV", Say.IV, tell_network(cover, figures)),
        ("V", Say.V, _tell_trouble(cover, figures)),
        ("VI", Say.VI, _tell_own(figures.proposals, tongue)),
    )
    return begin(
        cover,
        kind,
        title=tell(Say.TITLE, tongue),
        subject=subject,
        opening=(Paragraph(_open(cover)),),
        sections=tuple(
            Section(number, tell(title, tongue), blocks) for number, title, blocks in parts
        ),
        closing=(Paragraph(_close(cover)),) if cover.addressees else (),
        annexes=_annexes(cover, figures),
    )


def _annexes(cover: Cover, figures: ReportFigures) -> tuple[Annex, ...]:
    """Return the five annexes, whose numbers never shift."""
    return (
        annex_schools(cover, figures.pupil_counts),
        annex_communes(cover, figures.indicators),
        annex_giving(cover, figures.money, figures.kind),
        annex_sharing(cover, figures),
        annex_promises(cover, figures.commitments),
    )


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


def _tell_trouble(cover: Cover, figures: ReportFigures) -> tuple[Block, ...]:
    """Return what the figures themselves say is amiss, then the office's own words."""
    counts: list[tuple[Trouble, int]] = []
    if figures.commitments is not None:
        counts.append((Trouble.LATE, int(is_late(figures.commitments).sum())))
    line = None
    if figures.indicators is not None:
        line = find_indicator(figures.indicators, Indicator.SIGNAL_4G, cover)
    if line is not None:
        counts.append((Trouble.UNKNOWN, int(line.unknown)))
    matched = count_matched(figures.quality.addresses)
    if (
        matched
        and not isinstance(matched.numerator, Gap)
        and not isinstance(matched.denominator, Gap)
    ):
        counts.append((Trouble.UNMATCHED, matched.denominator - matched.numerator))
    if figures.reconciliation is not None:
        counts.append((Trouble.WAITING, figures.reconciliation.waiting))
    tongue = cover.language
    lines = [tell(t, tongue, n=write_count(n, language=tongue)) for t, n in counts if n]
    return _tell_own((*lines, *figures.difficulties), tongue)


def _tell_own(lines: tuple[str, ...], language: str) -> tuple[Block, ...]:
    """Return lines as a list, or that there are none."""
    return tuple(Bullet(text) for text in lines) or (Paragraph(tell(Trouble.NONE, language)),)
