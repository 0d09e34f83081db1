"""An operator's annex: its hamlets of the rollout, what it promised, and what is late."""

from __future__ import annotations

from phusong.views.documents.forms.frames import declare, list_rows
from phusong.views.documents.forms.heading import begin
from phusong.views.documents.forms.infrastructure import print_waves
from phusong.views.documents.forms.other_words import Carrier
from phusong.views.documents.forms.plan_head import head_plan
from phusong.views.documents.forms.promises import print_late, print_operators, print_progress
from phusong.views.documents.forms.report_words import Say
from phusong.views.documents.inputs import BASES, COMMITMENTS, VILLAGES, Cover, OperatorFigures
from phusong.views.documents.model import (
    Annex,
    Block,
    Document,
    DocumentKind,
    Kind,
    Paragraph,
    Section,
    Table,
    add_total,
)
from phusong.views.documents.words import Word
from phusong.views.figures import format_date
from phusong.views.labels import tell
from phusong.vocabulary.schema import conform_table

#: The columns of the list of hamlets; of pupils an operator sees sums by commune alone.
COLUMNS = (
    ("commune", Kind.TEXT),
    ("hamlet", Kind.TEXT),
    ("class", Kind.TEXT),
    ("option", Kind.TEXT),
    ("wave", Kind.INT),
    ("capex_low_vnd", Kind.MONEY),
    ("capex_vnd", Kind.MONEY),
    ("capex_high_vnd", Kind.MONEY),
)
#: What is told of each hamlet besides, where the plan tells it.
RESTS_ON = (("basis", Kind.TEXT), ("basis_on", Kind.DATE))
SUMMED = ("capex_low_vnd", "capex_vnd", "capex_high_vnd")


def compose_operator_annex(cover: Cover, figures: OperatorFigures) -> Document:
    """Return what an operator is sent.

    Parameters
    ----------
    cover : who, when, by which data.
    figures : the operator, its hamlets and its commitments.
    """
    tongue = cover.language
    operator = tell(figures.operator, tongue)
    values = {"agency": cover.agency, "operator": operator, "date": format_date(cover.as_of)}
    return begin(
        cover,
        DocumentKind.OPERATOR,
        title=tell(Carrier.TITLE, tongue),
        subject=tell(Carrier.SUBJECT, tongue, operator=operator),
        opening=(Paragraph(tell(Carrier.OPENING, tongue, **values)),),
        sections=(
            Section("I", tell(Carrier.PROMISES, tongue), _tell_promises(cover, figures)),
            Section("II", tell(Carrier.PLAN, tongue), _tell_plan(cover, figures)),
        ),
        closing=(Paragraph(tell(Carrier.ASKED, tongue)),),
        annexes=_annexes(cover, figures),
    )


def _tell_promises(cover: Cover, figures: OperatorFigures) -> tuple[Block, ...]:
    """Return how far the operator has come."""
    if figures.commitments is None:
        return (Paragraph(tell(Say.NO_DATA, cover.language)),)
    commitments = conform_table(figures.commitments, COMMITMENTS)
    see = tell(Say.SEE_ANNEX, cover.language, number="I")
    return (print_operators(commitments, cover), Paragraph(see, slanted=True))


def _tell_plan(cover: Cover, figures: OperatorFigures) -> tuple[Block, ...]:
    """Return the operator's hamlets by wave."""
    if figures.villages is None:
        return (Paragraph(tell(Say.NO_DATA, cover.language)),)
    villages = conform_table(figures.villages, VILLAGES)
    see = tell(Say.SEE_ANNEX, cover.language, number="II")
    head = head_plan(figures.plan, villages, cover.language)
    bases = figures.plan.bases if figures.plan is not None else None
    waves = print_waves(villages, cover.language, bases=bases)
    return (*head, waves, Paragraph(see, slanted=True))


def _annexes(cover: Cover, figures: OperatorFigures) -> tuple[Annex, ...]:
    """Return the lists: commitments, and hamlets of the rollout."""
    tongue = cover.language
    nothing: tuple[Block, ...] = (Paragraph(tell(Say.NO_DATA, tongue)),)
    promised, planned = nothing, nothing
    if figures.commitments is not None:
        commitments = conform_table(figures.commitments, COMMITMENTS)
        tables = (
            print_late(commitments, tongue, skip="operator"),
            print_progress(commitments, tongue, skip="operator"),
        )
        promised = tuple(table for table in tables if table.rows) or nothing
    if figures.villages is not None:
        planned = (_print_villages(figures, tongue),)
    return (
        Annex(1, tell(Carrier.ANNEX, tongue), promised, landscape=True),
        Annex(2, tell(Carrier.VILLAGES, tongue), planned, landscape=True),
    )


def _print_villages(figures: OperatorFigures, language: str) -> Table:
    """Return the operator's hamlets one by one, first wave first."""
    villages = conform_table(figures.villages, VILLAGES)
    villages = villages.sort_values(["wave", "commune", "hamlet"], na_position="last")
    unit = tell(Say.VND, language)
    columns = tuple(
        declare(VILLAGES, name, language, kind, unit if kind == Kind.MONEY else "")
        for name, kind in COLUMNS
    )
    rows = list_rows(villages, VILLAGES, [name for name, _ in COLUMNS], language)
    if figures.plan is not None and figures.plan.bases is not None:
        bases = villages[["hamlet_id"]].merge(figures.plan.bases, on="hamlet_id", how="left")
        columns += tuple(declare(BASES, name, language, kind) for name, kind in RESTS_ON)
        more = list_rows(bases, BASES, [name for name, _ in RESTS_ON], language)
        rows = tuple((*row, *rest) for row, rest in zip(rows, more, strict=True))
    title = tell(Carrier.VILLAGES, language)
    table = Table(title, "", columns, rows, numbered=True)
    return add_total(table, *SUMMED, label=tell(Word.TOTAL, language))
