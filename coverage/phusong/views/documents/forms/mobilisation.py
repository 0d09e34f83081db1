"""Section II and annex III: what was given, in five forms that share no total."""

from __future__ import annotations

from datetime import date

import pandas as pd

from phusong.views.documents.forms.frames import add_up, begin_large, declare, list_rows
from phusong.views.documents.forms.report_words import Giving, Say
from phusong.views.documents.inputs import KIND, LOTS, MONEY, MONEY_FORMS, SPENDING, Cover
from phusong.views.documents.model import (
    Amount,
    Annex,
    Block,
    FigureLine,
    Gap,
    Kind,
    Paragraph,
    Share,
    Table,
    add_total,
)
from phusong.views.documents.words import Word
from phusong.views.figures import format_date
from phusong.views.labels import tell
from phusong.vocabulary.schema import Table as Declared

MONEY_COLUMNS = (
    "pledged_vnd",
    "received_within_vnd",
    "received_after_vnd",
)
#: On an upright page there is no room for when money came; lines say it.
SHORT_COLUMNS = ("pledged_vnd", "received_vnd", "spent_vnd", "balance_vnd")
TIMES = ((Giving.WITHIN, "received_within_vnd"), (Giving.AFTER, "received_after_vnd"))
KIND_COUNTS = ("pledged", "received_within", "received_after")
LOT_COUNTS = (
    "received",
    "adequate",
    "to_complete",
    "inadequate",
    "unknown",
    "allocated",
    "handed_over",
)


def tell_giving(
    cover: Cover,
    window: tuple[date, date],
    money: pd.DataFrame | None,
    spending: pd.DataFrame | None,
    kind: pd.DataFrame | None,
    lots: pd.DataFrame | None,
) -> tuple[Block, ...]:
    """Return the blocks of section II.

    Parameters
    ----------
    cover : for language, date and edition.
    window : first and last day of the campaign.
    money, spending, kind, lots : tables MONEY, SPENDING, KIND and LOTS.
    """
    tongue = cover.language
    first, last = map(format_date, window)
    blocks: list[Block] = [Paragraph(tell(Giving.WINDOW, tongue, first=first, last=last))]
    blocks.append(Paragraph(tell(Giving.MONEY, tongue), strong=True))
    blocks += _tell_money(money, spending, cover)
    blocks.append(Paragraph(tell(Giving.KIND, tongue), strong=True))
    blocks.append(_print_kind(kind, cover) if kind is not None else _nothing(cover))
    blocks.append(Paragraph(tell(Giving.LOTS, tongue), strong=True))
    blocks += _tell_lots(lots, cover)
    blocks.append(Paragraph(tell(Say.SEE_ANNEX, tongue, number="III"), slanted=True))
    return tuple(blocks)


def annex_giving(cover: Cover, money: pd.DataFrame | None, kind: pd.DataFrame | None) -> Annex:
    """Return annex III: each form by kind of donor, money and things in tables of their own.

    Parameters
    ----------
    cover : for language.
    money, kind : tables MONEY and KIND.
    """
    blocks: list[Block] = []
    if money is not None:
        names = ("form", "donor_kind", "gifts")
        blocks.append(_print_money(money, MONEY, cover, names, MONEY_COLUMNS))
    if kind is not None:
        blocks.append(_print_kind(kind, cover, by_donor=True))
    title = tell(Giving.ANNEX, cover.language)
    return Annex(3, title, tuple(blocks or [_nothing(cover)]), landscape=True)


def print_lots(lots: pd.DataFrame, cover: Cover) -> Table:
    """Return the devices received by kind; pieces have a total.

    Parameters
    ----------
    lots : table LOTS.
    cover : for language.
    """
    tongue = cover.language
    title = tell(Giving.LOTS_TABLE, tongue)
    columns = [declare(LOTS, "device_kind", tongue, Kind.TEXT)]
    columns += [declare(LOTS, name, tongue, Kind.INT) for name in LOT_COUNTS]
    rows = list_rows(lots, LOTS, ("device_kind", *LOT_COUNTS), tongue)
    table = Table(title, title, tuple(columns), rows)
    return add_total(table, *LOT_COUNTS, label=tell(Word.TOTAL, tongue))


def _tell_money(
    money: pd.DataFrame | None, spending: pd.DataFrame | None, cover: Cover
) -> list[Block]:
    """Return what came in money, a line a form, and what of it was spent."""
    if money is None or spending is None:
        return [_nothing(cover)]
    tongue = cover.language
    lines: list[Block] = []
    for form in MONEY_FORMS:
        own = money[money["form"] == form]
        for label, column in TIMES if len(own) else ():
            name = tell(label, tongue, form=begin_large(tell(form, tongue)))
            lines.append(Amount(name, add_up(own[column]), Kind.MONEY))
    return [*lines, _print_money(spending, SPENDING, cover, ("form", "gifts"), SHORT_COLUMNS)]


def _print_money(
    money: pd.DataFrame,
    declared: Declared,
    cover: Cover,
    names: tuple[str, ...],
    sums: tuple[str, ...],
) -> Table:
    """Return money by form; its forms are never summed."""
    tongue = cover.language
    title = tell(Giving.MONEY_TABLE, tongue)
    kinds = {"gifts": Kind.INT}
    columns = [declare(declared, name, tongue, kinds.get(name, Kind.TEXT)) for name in names]
    unit = tell(Say.VND, tongue)
    columns += [declare(declared, name, tongue, Kind.MONEY, unit) for name in sums]
    rows = list_rows(money, declared, (*names, *sums), tongue)
    notes = (tell(Giving.NO_SUM, tongue),)
    return Table(title, title, tuple(columns), rows, notes=notes, apart=True)


def _print_kind(kind: pd.DataFrame, cover: Cover, *, by_donor: bool = False) -> Table:
    """Return gifts in kind; their estimated value stands in a column of its own kind."""
    tongue = cover.language
    title = tell(Giving.KIND_TABLE, tongue)
    keys = ["form", "item", "unit"]
    table: Declared = KIND
    if by_donor:
        names = ["form", "donor_kind", "item", "unit", "gifts"]
    else:
        names = keys
        sums = [*KIND_COUNTS, "value_vnd"]
        grouped = kind.groupby(keys, sort=False)[sums]
        # A value that one gift does not state makes the sum of all unknown, not smaller.
        kind = grouped.agg(lambda s: s.sum(skipna=False)).reset_index()
    columns = [
        declare(table, name, tongue, Kind.INT if name == "gifts" else Kind.TEXT) for name in names
    ]
    columns += [declare(table, name, tongue, Kind.INT) for name in KIND_COUNTS]
    columns.append(declare(table, "value_vnd", tongue, Kind.VALUE, tell(Say.VND, tongue)))
    missing = {"value_vnd": Gap.UNKNOWN}
    rows = list_rows(kind, table, (*names, *KIND_COUNTS, "value_vnd"), tongue, missing=missing)
    notes = (tell(Giving.NO_SUM, tongue),)
    return Table(title, title, tuple(columns), rows, notes=notes, apart=True)


def _tell_lots(lots: pd.DataFrame | None, cover: Cover) -> list[Block]:
    """Return how many devices are fit and handed over, and the table."""
    if lots is None:
        return [_nothing(cover)]
    tongue, unit = cover.language, tell(Say.DEVICE, cover.language)
    received, fit = add_up(lots["received"]), add_up(lots["adequate"])
    handed, unknown = add_up(lots["handed_over"]), add_up(lots["unknown"])
    basis = (cover.as_of, cover.edition)
    fitness = FigureLine(tell(Giving.ADEQUATE, tongue), Share(fit, received), unit, *basis, unknown)
    progress = FigureLine(tell(Giving.HANDED, tongue), Share(handed, received), unit, *basis)
    return [fitness, progress, print_lots(lots, cover)]


def _nothing(cover: Cover) -> Paragraph:
    """Return that there are no data."""
    return Paragraph(tell(Say.NO_DATA, cover.language))
