"""Section IV and annexes II and V: signal and fibre to the hamlets, what operators promised and did."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from phusong.views.changed_lists import ChangedLine, label_list, note_lists
from phusong.views.documents.forms.frames import add_up, begin_large
from phusong.views.documents.forms.heading import name_communes
from phusong.views.documents.forms.plan_head import head_plan, mark_promised
from phusong.views.documents.forms.plan_words import PlanWord
from phusong.views.documents.forms.promises import print_late, print_operators, print_progress
from phusong.views.documents.forms.report_words import Network, Say
from phusong.views.documents.inputs import Cover, ReportFigures
from phusong.views.documents.model import (
    Annex,
    Block,
    Cell,
    Column,
    FigureLine,
    Kind,
    Paragraph,
    Share,
    Table,
    add_total,
)
from phusong.views.documents.words import Word
from phusong.views.labels import tell
from phusong.vocabulary.terms import Counted, Indicator

#: What section IV tells of the whole province; in annex II a share of all hamlets stands behind SHARED.
TOLD = (
    Indicator.SIGNAL_3G,
    Indicator.SIGNAL_4G,
    Indicator.FIBRE,
    Indicator.WHITE_GAP,
    Indicator.PARTIAL_GAP,
    Indicator.COVERED,
    Indicator.CLASS_KU,
)
SHARED = (*TOLD[:3], Indicator.COVERED)


def tell_network(cover: Cover, figures: ReportFigures) -> tuple[Block, ...]:
    """Return the blocks of section IV.

    Parameters
    ----------
    cover : for language, edition and province.
    figures : of the report.
    """
    tongue = cover.language
    blocks: list[Block] = [Paragraph(tell(Network.SIGNAL, tongue), strong=True)]
    blocks += _tell_signal(figures, cover)
    blocks.append(Paragraph(tell(Network.PROMISES, tongue), strong=True))
    if figures.commitments is None:
        blocks.append(_nothing(tongue))
    else:
        blocks.append(print_operators(figures.commitments, cover))
        blocks.append(Paragraph(tell(Say.SEE_ANNEX, tongue, number="V"), slanted=True))
    if figures.villages is not None:
        blocks.append(Paragraph(tell(Network.PLAN, tongue), strong=True))
        blocks += head_plan(figures.plan, figures.villages, tongue)
        bases = figures.plan.bases if figures.plan is not None else None
        blocks.append(print_waves(figures.villages, tongue, bases=bases))
    return tuple(blocks)


def annex_communes(cover: Cover, indicators: pd.DataFrame | None) -> Annex:
    """Return annex II: how many hamlets of each commune have what, and the province.

    Parameters
    ----------
    cover : for language, edition and province.
    indicators : table `indicators`.
    """
    tongue = cover.language
    title = tell(Network.ANNEX_II, tongue)
    if indicators is None:
        return Annex(2, title, (_nothing(tongue),))
    own = _of_hamlets(indicators, cover)
    columns = [
        Column("area", name_communes(cover)),
        Column("hamlets", tell(Network.HAMLETS, tongue), Kind.INT),
    ]
    for name in SHARED:
        of = (str(name), "hamlets")
        columns.append(Column(str(name), _head(name, tongue), Kind.INT))
        columns.append(Column(f"{name}_rate", tell(Say.RATE, tongue), Kind.SHARE, "%", of))
    white = " ".join([_head(Indicator.WHITE_GAP, tongue), *_bracket(_find_technologies(own))])
    columns.append(Column("white", white, Kind.INT))
    columns.append(Column("not_white", tell(Network.NOT_WHITE, tongue), Kind.INT))
    columns.append(Column("partial", tell(Network.OF_THEM_PARTIAL, tongue), Kind.INT))
    columns.append(Column("unknown", tell(Network.UNKNOWN, tongue), Kind.INT))
    lines = {code: _line(part) for code, part in own.groupby("area_code", sort=True)}
    total = lines.pop(cover.province_code, None)
    table = Table(
        title,
        "",
        tuple(columns),
        tuple(lines.values()),
        total,
        own["as_of"].max().date(),
        cover.edition,
        numbered=True,
    )
    return Annex(2, title, (table,), landscape=True)


def annex_promises(cover: Cover, commitments: pd.DataFrame | None) -> Annex:
    """Return annex V: each operator's progress, and each commitment.

    Parameters
    ----------
    cover : for language, date and edition.
    commitments : table COMMITMENTS.
    """
    tongue = cover.language
    title = tell(Network.ANNEX_V, tongue)
    if commitments is None:
        return Annex(5, title, (_nothing(tongue),))
    tables = [print_operators(commitments, cover), print_late(commitments, tongue)]
    tables.append(print_progress(commitments, tongue))
    return Annex(5, title, tuple(t for t in tables if t.rows), landscape=True)


def find_indicator(indicators: pd.DataFrame, name: Indicator, cover: Cover) -> Any | None:
    """Return the province's own line of an indicator of hamlets, if there is one.

    Parameters
    ----------
    indicators : table `indicators`.
    name : of the indicator.
    cover : for edition and province.
    """
    own = _of_hamlets(indicators, cover)
    lines = own[(own["area_code"] == cover.province_code) & (own["indicator"] == name)]
    return next(lines.itertuples(index=False), None)


def print_waves(
    villages: pd.DataFrame, language: str, *, bases: pd.DataFrame | None = None
) -> Table:
    """Return the rollout by wave: hamlets, pupils, costs.

    Parameters
    ----------
    villages : table VILLAGES.
    language : ``vi`` or ``en``.
    bases : table BASES, by which the hamlets that operators have taken on are told apart; None: not known.
    """
    title = tell(Network.BY_WAVE, language)
    money = (
        ("capex_low_vnd", Network.COST_LOW),
        ("capex_vnd", Network.COST),
        ("capex_high_vnd", Network.COST_HIGH),
    )
    columns = [
        Column("wave", tell(Network.WAVE, language)),
        Column("hamlets", tell(Network.HAMLETS, language), Kind.INT),
        Column("pupils", tell(Network.PUPILS, language), Kind.INT),
    ]
    promised = None if bases is None else mark_promised(villages, bases)
    if promised is not None:
        columns.insert(2, Column("promised", tell(PlanWord.OF_WHICH, language), Kind.INT))
    unit = tell(Say.VND, language)
    columns += [Column(name, tell(head, language), Kind.MONEY, unit) for name, head in money]
    rows: list[tuple[Cell, ...]] = []
    for wave, part in villages.groupby("wave", dropna=False, sort=True):
        name = tell(Network.OUTSIDE, language) if pd.isna(wave) else str(wave)
        sums = (add_up(part[column]) for column in ("pupils_connected", *(n for n, _ in money)))
        owed = () if promised is None else (int(promised[part.index].sum()),)
        rows.append((name, len(part), *owed, *sums))
    table = Table(title, title, tuple(columns), tuple(rows))
    named = [column.name for column in columns[1:]]
    return add_total(table, *named, label=tell(Word.TOTAL, language))


def _tell_signal(figures: ReportFigures, cover: Cover) -> Iterable[Block]:
    """Return the province's indicators, and how they have changed."""
    tongue = cover.language
    if figures.indicators is None:
        return [_nothing(tongue)]
    blocks: list[Block] = []
    for name in TOLD:
        line = find_indicator(figures.indicators, name, cover)
        if line is not None:
            label = _label(name, tongue)
            share = Share(int(line.numerator), int(line.denominator))
            # In class KU the unknown are the figure itself.
            unknown = None if name == Indicator.CLASS_KU else int(line.unknown)
            unit, day = tell(Say.HAMLET, tongue), line.as_of.date()
            blocks.append(FigureLine(label, share, unit, day, cover.edition, unknown))
    blocks += _explain_gaps(_of_hamlets(figures.indicators, cover), tongue)
    if figures.earlier is not None:
        blocks.append(_print_change(figures.indicators, figures.earlier, cover))
    blocks.append(Paragraph(tell(Say.SEE_ANNEX, tongue, number="II"), slanted=True))
    return [*blocks, *_print_lists(figures, cover)]


def _print_lists(figures: ReportFigures, cover: Cover) -> Iterable[Block]:
    """Return the rates on the former and on the present list of hamlets; nothing where none changed."""
    tongue, rates = cover.language, figures.changed_rates
    if not rates:
        return []
    blocks: list[Block] = [Paragraph(tell(ChangedLine.TITLE, tongue), strong=True)]
    for rate in rates:
        share = Share(int(rate["numerator"]), int(rate["denominator"]))
        day = date.fromisoformat(rate["as_of"])
        label, unit = label_list(rate, tongue), tell(Say.HAMLET, tongue)
        blocks.append(FigureLine(label, share, unit, day, cover.edition, int(rate["unknown"])))
    return [*blocks, Paragraph(note_lists(rates[0], tongue), slanted=True)]


def _label(name: Indicator, language: str) -> str:
    """Return what an indicator counts; of a partial gap also among whom."""
    label = tell(Network.OF_HAMLETS, language, indicator=tell(name, language))
    among = tell(Network.AMONG, language) if name == Indicator.PARTIAL_GAP else ""
    return f"{label} {among}".rstrip()


def _find_technologies(own: pd.DataFrame) -> str:
    """Return which technologies count officially, as text; empty where the indicators do not tell."""
    white = own[own["indicator"] == Indicator.WHITE_GAP]
    named = white["technologies"].dropna().unique()
    return str(named[0]).replace("|", ", ") if len(named) else ""


def _bracket(text: str) -> list[str]:
    """Return a text in brackets; nothing where there is none."""
    return [f"({text})"] if text else []


def _explain_gaps(own: pd.DataFrame, language: str) -> tuple[Block, ...]:
    """Return what white gap, partial gap and coverage mean, and which technologies count."""
    technologies = _find_technologies(own)
    if not technologies:
        return ()
    text = tell(Network.OFFICIAL, language, technologies=technologies)
    return (Paragraph(text, slanted=True),)


def _print_change(now: pd.DataFrame, before: pd.DataFrame, cover: Cover) -> Table:
    """Return the province's indicators in this report and in the one before."""
    tongue = cover.language
    title = tell(Network.CHANGE, tongue)
    rows: list[tuple[Cell, ...]] = []
    for name in TOLD:
        lines = [find_indicator(frame, name, cover) for frame in (before, now)]
        if all(line is not None for line in lines):
            old, new = (int(line.numerator) for line in lines)  # type: ignore[union-attr]
            gain, loss = max(new - old, 0), max(old - new, 0)
            label = _label(name, tongue)
            rows.append((label, old, new, gain, loss))
    heads = (Network.BEFORE, Network.NOW, Network.MORE, Network.LESS)
    columns = [Column("indicator", tell(Network.INDICATOR, tongue))]
    columns += [Column(str(head), tell(head, tongue), Kind.INT) for head in heads]
    return Table(title, title, tuple(columns), tuple(rows))


def _of_hamlets(indicators: pd.DataFrame, cover: Cover) -> pd.DataFrame:
    """Return the lines that count hamlets in the edition of the document."""
    counted = indicators["counted"] == Counted.HAMLETS
    return indicators[counted & (indicators["edition"] == cover.edition)]


def _line(part: pd.DataFrame) -> tuple[Cell, ...]:
    """Return the cells of one area."""
    own = part.set_index("indicator")
    first = own.iloc[0]
    hamlets = int(own.loc[str(Indicator.SIGNAL_4G), "denominator"])
    counts = [int(own.loc[str(name), "numerator"]) for name in SHARED]
    white, partial = own.loc[str(Indicator.WHITE_GAP)], own.loc[str(Indicator.PARTIAL_GAP)]
    gaps = [int(n) for n in (white["numerator"], partial["denominator"], partial["numerator"])]
    unknown = int(own.loc[str(Indicator.SIGNAL_4G), "unknown"])
    return (begin_large(str(first["area"])), hamlets, *counts, *gaps, unknown)


def _head(name: Indicator, language: str) -> str:
    """Return an indicator as a heading."""
    return begin_large(tell(name, language))


def _nothing(language: str) -> Paragraph:
    """Return that there are no data."""
    return Paragraph(tell(Say.NO_DATA, language))
