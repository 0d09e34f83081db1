"""Section III and annex IV: who was given what by the book, who waits, and apart what is planned."""

from __future__ import annotations

from typing import Any

import pandas as pd

from phusong.views.documents.cells import write_count
from phusong.views.documents.forms.allocation_words import Change, Plan, Sharing
from phusong.views.documents.forms.frames import add_up, begin_large, declare, list_rows, read_cell
from phusong.views.documents.forms.mobilisation import print_lots
from phusong.views.documents.forms.report_words import Say
from phusong.views.documents.inputs import (
    CHANGES,
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
from phusong.views.figures import format_date, format_number
from phusong.views.labels import tell
from phusong.vocabulary.book import Outcome
from phusong.vocabulary.pupils import Tier
from phusong.vocabulary.reporting import SupportStatus

#: What an allocation plans to give, and those whom it leaves waiting.
SERVED = (Outcome.KEPT, Outcome.AWARDED, Outcome.AWARDED_OFFLINE, Outcome.PACKAGE_ONLY)
WAITING = (
    Outcome.OUT_OF_STOCK,
    Outcome.RESTRICTED,
    Outcome.NO_FIT,
    Outcome.HOUSEHOLD_WAITING,
    Outcome.CONNECTION_WAITING,
    Outcome.HELD,
)
DEVICES = (Outcome.AWARDED, Outcome.AWARDED_OFFLINE)
#: The states of a device in the book, in the order of its way.
WAY = (
    SupportStatus.PROPOSED,
    SupportStatus.APPROVED,
    SupportStatus.HANDED_OVER,
    SupportStatus.CONFIRMED,
)
#: Who needs a device: whoever the book gives one to, and who waits for one.
NEEDS_DEVICE = (
    *WAY,
    SupportStatus.ENDED,
    SupportStatus.WAITING_DEVICE,
    SupportStatus.DECLINED,
)
HANDED = (SupportStatus.HANDED_OVER, SupportStatus.CONFIRMED)
#: The tiers in the groups of the national survey.
GROUPS = {
    Sharing.POOR: (Tier.T1, Tier.T2),
    Sharing.NEAR_POOR: (Tier.T3, Tier.T4),
    Sharing.HARDSHIP: (Tier.T5,),
    Sharing.OTHERS: (Tier.T6,),
}


def tell_sharing(cover: Cover, figures: ReportFigures) -> tuple[Block, ...]:
    """Return the blocks of section III: what the book says first, what is planned apart from it.

    Parameters
    ----------
    cover : for language, date and edition.
    figures : of the report.
    """
    tongue = cover.language
    blocks = [*_describe_book(cover, figures), *_describe_plan(figures.planned, tongue)]
    blocks = blocks or [Paragraph(tell(Say.NO_DATA, tongue))]
    if _has_annex(figures):
        blocks.append(Paragraph(tell(Say.SEE_ANNEX, tongue, number="IV"), slanted=True))
    return tuple(blocks)


def annex_sharing(cover: Cover, figures: ReportFigures) -> Annex | None:
    """Return annex IV: every status and planned outcome by tier, devices by kind; None where nothing is.

    Parameters
    ----------
    cover : for language.
    figures : of the report.
    """
    if not _has_annex(figures):
        return None
    tongue = cover.language
    blocks: list[Block] = []
    if figures.support is not None:
        blocks.append(
            _print_crossed(figures.support, "status", SupportStatus, Sharing.STATUSES, tongue)
        )
    if figures.planned is not None:
        blocks.append(_print_crossed(figures.planned, "outcome", Outcome, Plan.OUTCOMES, tongue))
    if figures.lots is not None:
        blocks.append(print_lots(figures.lots, cover))
    return Annex(4, tell(Sharing.ANNEX, tongue), tuple(blocks), landscape=True)


def _has_annex(figures: ReportFigures) -> bool:
    """Return whether there is anything for annex IV."""
    return any(f is not None for f in (figures.support, figures.planned, figures.lots))


def _describe_book(cover: Cover, figures: ReportFigures) -> list[Block]:
    """Return what the book says as of the day."""
    tongue = cover.language
    blocks: list[Block] = []
    if figures.states is not None:
        day = format_date(cover.as_of)
        blocks.append(Paragraph(tell(Sharing.BY_BOOK, tongue, date=day), strong=True))
    if figures.rounded_to is not None and figures.states is not None:
        most = write_count(figures.rounded_to - 1, language=tongue)
        k = write_count(figures.rounded_to, language=tongue)
        blocks.append(Paragraph(tell(Sharing.ROUNDED, tongue, k=k, most=most), slanted=True))
    if figures.reconciliation is not None:
        blocks += _tell_reconciliation(figures.reconciliation, cover)
    if figures.support is not None:
        blocks += _describe_groups(figures.support, cover)
    blocks += _tell_care(figures, tongue)
    if figures.states is not None:
        blocks.append(_print_states(figures.states, tongue))
    if figures.support is not None:
        blocks.append(_print_tiers(figures.support, cover))
    if figures.changes is not None:
        blocks.append(_print_changes(figures.changes, tongue))
    if figures.packages is not None and len(figures.packages):
        blocks.append(_print_packages(figures.packages, cover))
    return blocks


def _tell_reconciliation(placed: Reconciliation, cover: Cover) -> list[Block]:
    """Return the sum that must come out, who waits for what, and what is on no record."""
    tongue, unit = cover.language, tell(Say.PUPIL, cover.language)
    parts = " + ".join(
        f"{write_count(n, language=tongue)} {tell(status, tongue)}"
        for status in SupportStatus
        if (n := placed.parts.get(status, 0))
    )
    eligible = write_count(placed.eligible, language=tongue)
    blocks: list[Block] = [
        Paragraph(tell(Sharing.RECONCILED, tongue, eligible=eligible, parts=parts or "0"))
    ]
    for label, status in (
        (Sharing.WAITING_DEVICE, SupportStatus.WAITING_DEVICE),
        (Sharing.WAITING_CONNECTION, SupportStatus.WAITING_CONNECTION),
    ):
        share = Share(placed.parts.get(status, 0), placed.eligible)
        blocks.append(FigureLine(tell(label, tongue), share, unit, cover.as_of, cover.edition))
    held = placed.parts.get(SupportStatus.HELD, 0)
    blocks.append(Amount(tell(Sharing.HELD, tongue), held, unit=unit))
    declined = placed.parts.get(SupportStatus.DECLINED, 0)
    if declined:
        blocks.append(Amount(tell(Sharing.DECLINED, tongue), declined, unit=unit))
    else:
        blocks.append(Paragraph(tell(Sharing.NONE_DECLINED, tongue)))
    return blocks


def _describe_groups(support: pd.DataFrame, cover: Cover) -> list[Block]:
    """Return by group of tiers who has been handed a device, and who has confirmed it."""
    tongue, unit = cover.language, tell(Say.PUPIL, cover.language)
    blocks: list[Block] = []
    for group, tiers in GROUPS.items():
        own = support[support["tier"].isin([str(t) for t in tiers])]
        needing = _count(own, NEEDS_DEVICE)
        if needing == 0:
            continue
        name = tell(group, tongue)
        for label, statuses in ((Sharing.GIVEN, HANDED), (Sharing.SURE, HANDED[1:])):
            share = Share(_count(own, statuses), needing)
            line = tell(label, tongue, group=name)
            blocks.append(FigureLine(line, share, unit, cover.as_of, cover.edition))
    return blocks


def _count(own: pd.DataFrame, statuses: tuple[SupportStatus, ...]) -> Number:
    """Return the pupils in some statuses."""
    return add_up(own.loc[own["status"].isin([str(s) for s in statuses]), "pupils"])


def _tell_care(figures: ReportFigures, language: str) -> list[Block]:
    """Return who moved away, what lies outside the groups, doubles prevented, and how long devices took."""
    blocks: list[Block] = []
    if figures.pupils_moved is not None:
        unit = tell(Say.PUPIL, language)
        blocks.append(Amount(tell(Sharing.MOVED, language), figures.pupils_moved, unit=unit))
    elif figures.reconciliation is not None:
        blocks.append(Paragraph(tell(Sharing.MOVED_UNKNOWN, language)))
    lines = (
        (Sharing.MOVED_BOOK, figures.moved_in_book, Say.PUPIL),
        (Sharing.ELSEWHERE, figures.elsewhere or None, Say.DEVICE),
        (Sharing.DOUBLES, figures.doubles_prevented, Say.CASE),
        (Sharing.DAYS, figures.days_to_hand_over, Say.DAY),
    )
    return blocks + [
        Amount(tell(label, language), n, unit=tell(unit, language))
        for label, n, unit in lines
        if n is not None
    ]


def _describe_plan(planned: pd.DataFrame | None, language: str) -> list[Block]:
    """Return what is planned, said to be a plan."""
    if planned is None:
        return []
    device = planned["outcome"].isin([str(o) for o in DEVICES])
    alone = planned["outcome"] == Outcome.PACKAGE_ONLY
    counts = {
        name: write_count(add_up(planned.loc[mine, "pupils"]), language=language)
        for name, mine in (("devices", device), ("packages", alone))
    }
    return [
        Paragraph(tell(Plan.HEADING, language), strong=True),
        Paragraph(tell(Plan.GIVES, language, **counts)),
    ]


def _print_tiers(support: pd.DataFrame, cover: Cover) -> Table:
    """Return the pupils of each tier who need a device, and how far theirs has come in the book."""
    tongue = cover.language
    title = tell(Sharing.BY_TIER, tongue)
    columns = [Column("tier", tell(Sharing.TIER, tongue))]
    columns.append(Column("needing", tell(Sharing.SHORT_NEEDING, tongue), Kind.INT))
    heads = dict(zip(WAY, (Sharing.SHORT_PROPOSED, Sharing.SHORT_APPROVED, Sharing.SHORT_HANDED,
                           Sharing.SHORT_CONFIRMED), strict=True))  # fmt: skip
    columns += [Column(str(s), tell(head, tongue), Kind.INT) for s, head in heads.items()]
    of = (str(SupportStatus.CONFIRMED), "needing")
    columns.append(Column("rate", tell(Sharing.SHORT_RATE, tongue), Kind.SHARE, "%", of))
    columns.append(Column("waiting", tell(Sharing.SHORT_WAITING, tongue), Kind.INT))
    rows = tuple(
        (f"{tier}: {tell(tier, tongue)}", *_count_tier(support[support["tier"] == tier]))
        for tier in Tier
        if _count(support[support["tier"] == tier], NEEDS_DEVICE)
    )
    table = Table(title, title, tuple(columns), rows, as_of=cover.as_of, edition=cover.edition)
    names = ("needing", *map(str, WAY), "waiting")
    return add_total(table, *names, label=tell(Word.TOTAL, tongue))


def _count_tier(own: pd.DataFrame) -> tuple[Number, ...]:
    """Return a tier's pupils: in need of a device, in each state of the book, waiting."""
    singles = (*WAY, SupportStatus.WAITING_DEVICE)
    return (_count(own, NEEDS_DEVICE), *(_count(own, (status,)) for status in singles))


def _print_crossed(
    counts: pd.DataFrame, name: str, words: Any, heading: Sharing | Plan, language: str
) -> Table:
    """Return pupils by a word of a closed list, a column a tier."""
    title = tell(heading, language)
    tiers = [tier for tier in Tier if (counts["tier"] == tier).any()]
    known = counts.set_index([name, "tier"])["pupils"].to_dict()
    rows = tuple(
        (begin_large(tell(word, language)), *(_look(known, word, tier) for tier in tiers))
        for word in words
        if counts.loc[counts[name] == word, "pupils"].fillna(1).sum()
    )
    columns = [Column(name, tell(Sharing.OUTCOME, language))]
    columns += [Column(str(tier), str(tier), Kind.INT) for tier in tiers]
    notes = tuple(f"{tier}: {tell(tier, language)}." for tier in tiers)
    table = Table(title, title, tuple(columns), rows, notes=notes)
    return add_total(table, *map(str, tiers), label=tell(Word.TOTAL, language))


def _look(known: dict[Any, Any], word: Any, tier: Tier) -> Cell:
    """Return a count; a pair that the table does not list counts nobody, one it leaves empty is hidden."""
    return read_cell(known.get((word, tier), 0), Gap.HIDDEN)


def _print_states(states: pd.DataFrame, language: str) -> Table:
    """Return the awards of the book by state: devices, and packages alone."""
    title = tell(Sharing.STATES, language)
    names = ("devices", "packages")
    columns = (
        declare(STATES, "state", language, Kind.TEXT),
        *(declare(STATES, name, language, Kind.INT) for name in names),
    )
    missing: dict[str, Cell] = dict.fromkeys(names, Gap.HIDDEN)
    rows = list_rows(states, STATES, ("state", *names), language, missing=missing)
    table = Table(title, title, columns, rows)
    return add_total(table, *names, label=tell(Word.TOTAL, language))


def _print_changes(changes: pd.DataFrame, language: str) -> Table:
    """Return what the book said at the end of the period before, what it says now, and the difference."""
    title = tell(Change.TITLE, language)
    columns = (
        declare(CHANGES, "measure", language, Kind.TEXT),
        declare(CHANGES, "before", language, Kind.INT),
        declare(CHANGES, "now", language, Kind.INT),
        Column("more", tell(Change.MORE, language), Kind.INT),
        Column("less", tell(Change.LESS, language), Kind.INT),
    )
    known = changes[changes["before"].notna() & changes["now"].notna()]
    listed = list_rows(known, CHANGES, ("measure", "before", "now"), language)
    steps = known["now"] - known["before"]
    rows = tuple(
        (*row, max(int(step), 0), max(-int(step), 0))
        for row, step in zip(listed, steps, strict=True)
    )
    return Table(title, title, columns, rows)


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
    missing: dict[str, Cell] = {"months": Gap.UNKNOWN, "issued": Gap.HIDDEN}
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
