"""Section II and annex III: what was given, in five forms that share no total."""

from __future__ import annotations

import pandas as pd

from phusong.views.documents.cells import write_count, write_money
from phusong.views.documents.forms.frames import add_up, begin_large, declare, list_rows
from phusong.views.documents.forms.report_words import Giving, Say
from phusong.views.documents.inputs import (
    KIND,
    LOTS,
    MONEY,
    MONEY_FORMS,
    PLEDGES,
    SPENDING,
    Cover,
    ReportFigures,
)
from phusong.views.documents.model import (
    Amount,
    Annex,
    Block,
    Bullet,
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
from phusong.vocabulary.book import ContributionForm
from phusong.vocabulary.reporting import Audience, PledgeUnit, SupportStatus
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
#: Devices given out by kind are pupils; in the public edition they are told all together alone.
GIVEN_OUT = ("allocated", "handed_over")
PLEDGE_NAMES = ("contribution_id", "donor", "form", "pledged_on", "unit")
PLEDGE_SUMS = ("pledged", "received", "missing")


def tell_giving(cover: Cover, figures: ReportFigures) -> tuple[Block, ...]:
    """Return the blocks of section II.

    Parameters
    ----------
    cover : for language, date, edition and audience.
    figures : of the report.
    """
    tongue = cover.language
    blocks: list[Block] = []
    if figures.window is not None:
        first, last = map(format_date, figures.window)
        blocks.append(Paragraph(tell(Giving.WINDOW, tongue, first=first, last=last)))
    blocks.append(Paragraph(tell(Giving.MONEY, tongue), strong=True))
    blocks += _tell_money(figures.money, figures.spending, cover)
    blocks.append(Paragraph(tell(Giving.KIND, tongue), strong=True))
    kind = figures.kind
    if kind is None:
        blocks.append(_nothing(cover))
    elif kind.empty:
        blocks.append(Paragraph(tell(Giving.NOTHING, tongue)))
    else:
        blocks.append(_print_kind(kind, cover))
    blocks.append(Paragraph(tell(Giving.LOTS, tongue), strong=True))
    blocks += _tell_lots(figures, cover)
    blocks += describe_pledges(figures, cover)
    blocks += describe_unspent(figures, cover)
    if _has_gifts(figures):
        blocks.append(Paragraph(tell(Say.SEE_ANNEX, tongue, number="III"), slanted=True))
    return tuple(blocks)


def annex_giving(cover: Cover, figures: ReportFigures) -> Annex | None:
    """Return annex III: each form by kind of donor, money and things in tables apart; None without any.

    The pledges that are open stand one by one in the internal edition alone.

    Parameters
    ----------
    cover : for language and audience.
    figures : of the report.
    """
    money, kind, pledges = figures.money, figures.kind, figures.pledges
    if not _has_gifts(figures):
        return None
    blocks: list[Block] = []
    if money is not None and len(money):
        names = ("form", "donor_kind", "gifts")
        blocks.append(_print_money(money, MONEY, cover, names, MONEY_COLUMNS))
    if kind is not None and len(kind):
        blocks.append(_print_kind(kind, cover, by_donor=True))
    if pledges is not None and len(pledges) and cover.audience == Audience.INTERNAL:
        blocks.append(_print_pledges(pledges, cover.language))
    return Annex(3, tell(Giving.ANNEX, cover.language), tuple(blocks), landscape=True)


def _has_gifts(figures: ReportFigures) -> bool:
    """Return whether anything stands in annex III."""
    return any(frame is not None and len(frame) for frame in (figures.money, figures.kind))


def print_lots(lots: pd.DataFrame, cover: Cover) -> Table:
    """Return the devices received by kind; pieces have a total.

    Parameters
    ----------
    lots : table LOTS.
    cover : for language.
    """
    tongue = cover.language
    title = tell(Giving.LOTS_TABLE, tongue)
    hidden = lots[list(GIVEN_OUT)].isna().all(axis=None)
    counts = [name for name in LOT_COUNTS if not (hidden and name in GIVEN_OUT)]
    columns = [declare(LOTS, "device_kind", tongue, Kind.TEXT)]
    columns += [declare(LOTS, name, tongue, Kind.INT) for name in counts]
    rows = list_rows(lots, LOTS, ("device_kind", *counts), tongue)
    table = Table(title, title, tuple(columns), rows)
    return add_total(table, *counts, label=tell(Word.TOTAL, tongue))


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
        for label, column in TIMES:
            name = tell(label, tongue, form=begin_large(tell(form, tongue)))
            lines.append(Amount(name, add_up(own[column]), Kind.MONEY))
    if spending.empty:
        return [*lines, Paragraph(tell(Giving.NOTHING, tongue))]
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


def _tell_lots(figures: ReportFigures, cover: Cover) -> list[Block]:
    """Return how many devices are fit and handed over, and the table."""
    lots = figures.lots
    if lots is None:
        return [_nothing(cover)]
    tongue, unit = cover.language, tell(Say.DEVICE, cover.language)
    received, fit = add_up(lots["received"]), add_up(lots["adequate"])
    unknown = add_up(lots["unknown"])
    basis = (cover.as_of, cover.edition)
    lines = [FigureLine(tell(Giving.ADEQUATE, tongue), Share(fit, received), unit, *basis, unknown)]
    if figures.handed_over is not None and not isinstance(received, Gap):
        handed = min(figures.handed_over, received)
        share = Share(handed, received)
        lines.append(FigureLine(tell(Giving.HANDED, tongue), share, unit, *basis))
    return [*lines, print_lots(lots, cover)]


def describe_pledges(figures: ReportFigures, cover: Cover) -> list[Block]:
    """Return what was promised and has not come; nothing where all of it has.

    Parameters
    ----------
    figures : of the report.
    cover : for language and date.
    """
    pledges, tongue = figures.pledges, cover.language
    if pledges is None or pledges.empty:
        return []
    n = write_count(len(pledges), language=tongue)
    label = Giving.OVERDUE if is_closed(figures, cover) else Giving.NOT_YET
    values = {"n": n}
    if figures.window is None:
        label = Giving.NOT_YET_FREE
    else:
        values["date"] = format_date(figures.window[1])
    blocks: list[Block] = [
        Paragraph(tell(Giving.OPEN, tongue), strong=True),
        Paragraph(tell(label, tongue, **values)),
    ]
    for form in ContributionForm:
        own = pledges[pledges["form"] == form]
        if own.empty:
            continue
        described = {
            "form": begin_large(tell(form, tongue)),
            "n": write_count(len(own), language=tongue),
            "missing": write_count(int(own["missing"].sum()), language=tongue),
            "unit": tell(PledgeUnit.of(own["unit"].iloc[0]), tongue),
        }
        blocks.append(Bullet(tell(Giving.OPEN_FORM, tongue, **described)))
    return blocks


def is_closed(figures: ReportFigures, cover: Cover) -> bool:
    """Return whether the campaign has ended on the day reported on: what is open then is overdue.

    Parameters
    ----------
    figures, cover : of the report.
    """
    return figures.window is not None and cover.as_of > figures.window[1]


def describe_unspent(figures: ReportFigures, cover: Cover) -> list[Block]:
    """Return what money is left and why; nothing where none is.

    Parameters
    ----------
    figures : of the report.
    cover : for language.
    """
    spending, tongue = figures.spending, cover.language
    left = None if spending is None else spending[spending["balance_vnd"] > 0]
    if left is None or left.empty:
        return []
    blocks: list[Block] = [Paragraph(tell(Giving.UNSPENT, tongue), strong=True)]
    for row in left.itertuples():
        sums = {
            "balance": int(row.balance_vnd),
            "apart": int(row.set_apart_vnd),
            "free": int(row.balance_vnd) - int(row.set_apart_vnd),
        }
        described = {name: write_money(n, language=tongue) for name, n in sums.items()}
        form = begin_large(tell(ContributionForm.of(row.form), tongue))
        blocks.append(Paragraph(tell(Giving.UNSPENT_SUM, tongue, form=form, **described)))
    return [*blocks, *_describe_reason(figures, tongue)]


def _describe_reason(figures: ReportFigures, language: str) -> list[Block]:
    """Return whether somebody waits while money lies unspent, as far as the book knows."""
    if figures.reconciliation is None or figures.packages is None:
        return []
    waiting = figures.reconciliation.parts.get(SupportStatus.WAITING_DEVICE, 0)
    if not waiting:
        return [Paragraph(tell(Giving.UNSPENT_NOBODY, language))]
    issued = figures.packages["issued"].fillna(0).sum()
    packages = int(figures.packages["quantity"].sum() - issued)
    values = {"pupils": waiting, "packages": packages}
    described = {name: write_count(n, language=language) for name, n in values.items()}
    return [Paragraph(tell(Giving.UNSPENT_WAITING, language, **described))]


def _print_pledges(pledges: pd.DataFrame, language: str) -> Table:
    """Return the open pledges one by one; persons who give stay unnamed."""
    title = tell(Giving.OPEN_TABLE, language)
    kinds = {"pledged_on": Kind.DATE}
    columns = [declare(PLEDGES, n, language, kinds.get(n, Kind.TEXT)) for n in PLEDGE_NAMES]
    columns += [declare(PLEDGES, n, language, Kind.INT) for n in PLEDGE_SUMS]
    rows = list_rows(pledges, PLEDGES, (*PLEDGE_NAMES, *PLEDGE_SUMS), language)
    notes = (tell(Giving.NO_SUM, language),)
    return Table(title, title, tuple(columns), rows, notes=notes, apart=True)


def _nothing(cover: Cover) -> Paragraph:
    """Return that there are no data."""
    return Paragraph(tell(Say.NO_DATA, cover.language))
