"""Section III and annex IV: who was given what, who waits, and that nobody stands in two places."""

from __future__ import annotations

from typing import Any

import pandas as pd

from phusong.views.documents.cells import write_count
from phusong.views.documents.forms.frames import add_up, begin_large, declare, list_rows, read_cell
from phusong.views.documents.forms.mobilisation import print_lots
from phusong.views.documents.forms.report_words import Say, Sharing
from phusong.views.documents.inputs import (
    PACKAGES,
    STATES,
    Cover,
    Reconciliation,
    ReportFigures,
)
from phusong.views.documents.model import (
    Amount,
    Annex,
    Block,
    Cell,
    Column,
    FigureLine,
    Gap,
    Kind,
    Number,
    Paragraph,
    Share,
    Table,
    add_total,
)
from phusong.views.documents.words import Word
from phusong.views.figures import format_number
from phusong.views.labels import tell
from phusong.vocabulary.book import Outcome
from phusong.vocabulary.pupils import Tier

#: Outcomes by which a pupil has been served, and those by which one waits.
SERVED = (Outcome.KEPT, Outcome.AWARDED, Outcome.AWARDED_OFFLINE, Outcome.PACKAGE_ONLY)
WAITING = (
    Outcome.OUT_OF_STOCK,
    Outcome.RESTRICTED,
    Outcome.NO_FIT,
    Outcome.HOUSEHOLD_WAITING,
    Outcome.CONNECTION_WAITING,
    Outcome.HELD,
)


def tell_sharing(cover: Cover, figures: ReportFigures) -> tuple[Block, ...]:
    """Return the blocks of section III.

    Parameters
    ----------
    cover : for language, date and edition.
    figures : of the report.
    """
    tongue = cover.language
    blocks: list[Block] = []
    if figures.reconciliation is not None:
        blocks += _tell_reconciliation(figures.reconciliation, cover)
    blocks += _tell_care(figures, tongue)
    if figures.awards is not None:
        blocks.append(_print_tiers(figures.awards, cover))
    if figures.states is not None:
        blocks.append(_print_states(figures.states, tongue))
    if figures.packages is not None:
        blocks.append(_print_packages(figures.packages, cover))
    blocks = blocks or [Paragraph(tell(Say.NO_DATA, tongue))]
    return (*blocks, Paragraph(tell(Say.SEE_ANNEX, tongue, number="IV"), slanted=True))


def annex_sharing(cover: Cover, figures: ReportFigures) -> Annex:
    """Return annex IV: every outcome by tier, and the devices by kind.

    Parameters
    ----------
    cover : for language.
    figures : of the report.
    """
    tongue = cover.language
    blocks: list[Block] = []
    if figures.awards is not None:
        blocks.append(_print_outcomes(figures.awards, tongue))
    if figures.lots is not None:
        blocks.append(print_lots(figures.lots, cover))
    blocks = blocks or [Paragraph(tell(Say.NO_DATA, tongue))]
    return Annex(4, tell(Sharing.ANNEX, tongue), tuple(blocks), landscape=True)


def _tell_reconciliation(told: Reconciliation, cover: Cover) -> list[Block]:
    """Return the sum that must come out, and what share has been served."""
    tongue, unit = cover.language, tell(Say.PUPIL, cover.language)
    counts = {name: write_count(n, language=tongue) for name, n in vars(told).items()}
    lines = ((Sharing.AWARDED, told.awarded), (Sharing.WAITING, told.waiting))
    return [
        Paragraph(tell(Sharing.RECONCILED, tongue, **counts)),
        *(
            FigureLine(
                tell(label, tongue), Share(n, told.eligible), unit, cover.as_of, cover.edition
            )
            for label, n in lines
        ),
    ]


def _tell_care(figures: ReportFigures, language: str) -> list[Block]:
    """Return how many second awards were prevented, and how long a device was under way."""
    lines = (
        (Sharing.DOUBLES, figures.doubles_prevented, Say.CASE),
        (Sharing.DAYS, figures.days_to_hand_over, Say.DAY),
    )
    return [
        Amount(tell(label, language), n, unit=tell(unit, language))
        for label, n, unit in lines
        if n is not None
    ]


def _print_tiers(awards: pd.DataFrame, cover: Cover) -> Table:
    """Return the pupils of each tier: served, waiting, neither."""
    tongue = cover.language
    title = tell(Sharing.BY_TIER, tongue)
    names = ("all", "served", "waiting", "other")
    heads = (Sharing.SHORT_ALL, Sharing.SHORT_AWARDED, Sharing.SHORT_WAITING, Sharing.SHORT_OTHER)
    columns = [Column("tier", tell(Sharing.TIER, tongue))]
    columns += [Column(n, tell(h, tongue), Kind.INT) for n, h in zip(names, heads, strict=True)]
    share = Column("rate", tell(Say.RATE, tongue), Kind.SHARE, "%", ("served", "all"))
    columns.insert(3, share)
    rows = tuple(
        (f"{tier}: {tell(tier, tongue)}", *_count_tier(awards[awards["tier"] == tier]))
        for tier in Tier
        if (awards["tier"] == tier).any()
    )
    table = Table(title, title, tuple(columns), rows, as_of=cover.as_of, edition=cover.edition)
    return add_total(table, *names, label=tell(Word.TOTAL, tongue))


def _count_tier(own: pd.DataFrame) -> tuple[Number, ...]:
    """Return a tier's pupils: all, served, waiting, neither."""
    served, waits = own["outcome"].isin(SERVED), own["outcome"].isin(WAITING)
    parts = (own, own[served], own[waits], own[~served & ~waits])
    return tuple(add_up(part["pupils"]) for part in parts)


def _print_outcomes(awards: pd.DataFrame, language: str) -> Table:
    """Return pupils by outcome, a column a tier."""
    title = tell(Sharing.OUTCOMES, language)
    tiers = [tier for tier in Tier if (awards["tier"] == tier).any()]
    known = awards.set_index(["outcome", "tier"])["pupils"].to_dict()
    rows = tuple(
        (begin_large(tell(outcome, language)), *(_look(known, outcome, tier) for tier in tiers))
        for outcome in Outcome
        if (awards["outcome"] == outcome).any()
    )
    columns = [Column("outcome", tell(Sharing.OUTCOME, language))]
    columns += [Column(str(tier), str(tier), Kind.INT) for tier in tiers]
    notes = tuple(f"{tier}: {tell(tier, language)}." for tier in tiers)
    table = Table(title, title, tuple(columns), rows, notes=notes)
    return add_total(table, *map(str, tiers), label=tell(Word.TOTAL, language))


def _look(known: dict[Any, Any], outcome: Outcome, tier: Tier) -> Cell:
    """Return a count; a pair that the table does not list counts nobody, one it leaves empty is hidden."""
    return read_cell(known.get((outcome, tier), 0), Gap.HIDDEN)


def _print_states(states: pd.DataFrame, language: str) -> Table:
    """Return awards by state."""
    title = tell(Sharing.STATES, language)
    columns = (
        declare(STATES, "state", language, Kind.TEXT),
        declare(STATES, "pupils", language, Kind.INT),
    )
    rows = list_rows(states, STATES, ("state", "pupils"), language, missing={"pupils": Gap.HIDDEN})
    table = Table(title, title, columns, rows)
    return add_total(table, "pupils", label=tell(Word.TOTAL, language))


def _print_packages(packages: pd.DataFrame, cover: Cover) -> Table:
    """Return the data packages granted, and how many of them have been issued."""
    tongue = cover.language
    title = tell(Sharing.PACKAGES, tongue)
    amounts = [_write_data(gb, tongue) for gb in packages["gb_per_day"]]
    columns = (
        declare(PACKAGES, "operator", tongue, Kind.TEXT),
        declare(PACKAGES, "name", tongue, Kind.TEXT),
        Column("data", tell(Sharing.DATA, tongue)),
        declare(PACKAGES, "months", tongue, Kind.INT, tell(Sharing.MONTHS, tongue)),
        declare(PACKAGES, "quantity", tongue, Kind.INT),
        declare(PACKAGES, "issued", tongue, Kind.INT),
        Column("rate", tell(Say.RATE, tongue), Kind.SHARE, "%", ("issued", "quantity")),
        declare(PACKAGES, "first_expiry", tongue, Kind.DATE),
    )
    names = ("operator", "name", "months", "quantity", "issued", "first_expiry")
    missing: dict[str, Cell] = {"months": Gap.UNKNOWN}
    listed = list_rows(packages, PACKAGES, names, tongue, missing=missing)
    rows = tuple((*row[:2], data, *row[2:]) for row, data in zip(listed, amounts, strict=True))
    return Table(title, title, columns, rows, as_of=cover.as_of, edition=cover.edition)


def _write_data(gigabytes: float, language: str) -> str:
    """Return a package's data a day, or that it is not known."""
    if pd.isna(gigabytes):
        return tell(Gap.UNKNOWN, language)
    decimals = int(gigabytes != round(gigabytes))
    number = format_number(gigabytes, language=language, decimals=decimals)
    return tell(Sharing.PER_DAY, language, n=number)
