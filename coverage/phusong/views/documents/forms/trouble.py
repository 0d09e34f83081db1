"""Sections V and VI: what the figures themselves say is amiss, and what is proposed about it."""

from __future__ import annotations

import pandas as pd

from phusong.views.documents.cells import write_count
from phusong.views.documents.forms.frames import begin_large
from phusong.views.documents.forms.infrastructure import find_indicator
from phusong.views.documents.forms.mobilisation import is_closed
from phusong.views.documents.forms.promises import is_late
from phusong.views.documents.forms.report_words import Proposal, Trouble
from phusong.views.documents.forms.situation import count_matched
from phusong.views.documents.inputs import Cover, ReportFigures
from phusong.views.documents.model import Block, Bullet, Gap
from phusong.views.labels import tell
from phusong.vocabulary.book import ContributionForm
from phusong.vocabulary.reporting import SupportStatus
from phusong.vocabulary.terms import Indicator


def tell_trouble(cover: Cover, figures: ReportFigures) -> tuple[Block, ...]:
    """Return what is amiss by the figures, then in the office's own words; nothing where nothing is.

    Parameters
    ----------
    cover : for language, date and edition.
    figures : of the report.
    """
    counts = (
        (Trouble.LATE, _count_late(figures)),
        (Trouble.UNKNOWN, _count_unknown(figures, cover)),
        (Trouble.UNMATCHED, _count_unmatched(figures)),
        (Trouble.WAITING, _count_status(figures, SupportStatus.WAITING_DEVICE)),
        (Trouble.CUT_OFF, _count_status(figures, SupportStatus.WAITING_CONNECTION)),
        (Trouble.OVERDUE, _count_overdue(figures, cover)),
    )
    tongue = cover.language
    lines = [tell(t, tongue, n=write_count(n, language=tongue)) for t, n in counts if n]
    for form, left in _list_unspent(figures.spending):
        name = begin_large(tell(form, tongue))
        n = write_count(left, language=tongue)
        lines.append(tell(Trouble.UNSPENT, tongue, form=name, n=n))
    return tuple(Bullet(text) for text in (*lines, *figures.difficulties))


def list_proposals(cover: Cover, figures: ReportFigures) -> tuple[Block, ...]:
    """Return what is proposed about what is amiss, then what the office proposes; nothing where nothing is.

    Parameters
    ----------
    cover : for language, date and edition.
    figures : of the report.
    """
    tongue = cover.language
    counts = (
        (Proposal.LATE, _count_late(figures)),
        (Proposal.OVERDUE, _count_overdue(figures, cover)),
        (Proposal.HELD, _count_status(figures, SupportStatus.HELD)),
        (Proposal.UNMATCHED, _count_unmatched(figures)),
    )
    lines = [tell(p, tongue, n=write_count(n, language=tongue)) for p, n in counts if n]
    waiting = _count_status(figures, SupportStatus.WAITING_DEVICE)
    if waiting and _list_unspent(figures.spending):
        n = write_count(waiting, language=tongue)
        lines.append(tell(Proposal.SPEND, tongue, n=n))
    return tuple(Bullet(text) for text in (*lines, *figures.proposals))


def _count_late(figures: ReportFigures) -> int:
    """Return the operators' commitments that are overdue."""
    return 0 if figures.commitments is None else int(is_late(figures.commitments).sum())


def _count_unknown(figures: ReportFigures, cover: Cover) -> int:
    """Return the hamlets of whose 4G nothing is known."""
    if figures.indicators is None:
        return 0
    line = find_indicator(figures.indicators, Indicator.SIGNAL_4G, cover)
    return 0 if line is None else int(line.unknown)


def _count_unmatched(figures: ReportFigures) -> int:
    """Return the pupils whose hamlet has not been found."""
    matched = count_matched(figures.quality.addresses)
    if matched is None:
        return 0
    found, whole = matched.numerator, matched.denominator
    return 0 if isinstance(found, Gap) or isinstance(whole, Gap) else whole - found


def _count_status(figures: ReportFigures, status: SupportStatus) -> int:
    """Return the pupils in a status."""
    placed = figures.reconciliation
    return 0 if placed is None else placed.parts.get(status, 0)


def _count_overdue(figures: ReportFigures, cover: Cover) -> int:
    """Return the pledges that are open though the campaign has ended."""
    if figures.pledges is None or not is_closed(figures, cover):
        return 0
    return len(figures.pledges)


def _list_unspent(spending: pd.DataFrame | None) -> list[tuple[ContributionForm, int]]:
    """Return the forms of money of which something is received and not spent [VND]; they have no total."""
    if spending is None:
        return []
    left = spending[spending["balance_vnd"] > 0]
    return [
        (ContributionForm.of(form), int(n))
        for form, n in zip(left["form"], left["balance_vnd"], strict=True)
    ]
