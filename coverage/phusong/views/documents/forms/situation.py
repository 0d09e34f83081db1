"""Section I and annex I: the pupils, what they have and lack, and how good the data are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from phusong.views.documents.forms.frames import add_up, begin_large, read_cell
from phusong.views.documents.forms.report_words import Say, Situation
from phusong.views.documents.inputs import Cover, Equipment, Quality, ReportFigures
from phusong.views.documents.model import (
    Amount,
    Annex,
    Block,
    Cell,
    Column,
    FigureLine,
    Gap,
    Kind,
    Paragraph,
    Share,
    Table,
)
from phusong.views.figures import format_date
from phusong.views.labels import tell
from phusong.vocabulary.pupils import CountedUnit, Level, MatchStatus
from phusong.vocabulary.tables.pupils import ALL_LEVELS

#: Label, part, whole, what is not known, unit.
FIGURES = (
    (Situation.ONLINE, "pupils_online", "pupils", "", Say.PUPIL),
    (Situation.DEVICE, "without_device", "pupils", "device_unknown", Say.PUPIL),
    (Situation.POOR, "without_device_poor", "without_device", "", Say.PUPIL),
    (Situation.NEAR_POOR, "without_device_near_poor", "without_device", "", Say.PUPIL),
    (Situation.HARDSHIP, "without_device_hardship", "without_device", "", Say.PUPIL),
    (Situation.CONNECTION, "without_connection", "pupils", "connection_unknown", Say.PUPIL),
    (Situation.BOTH, "with_both", "pupils", "", Say.PUPIL),
    (Situation.ELIGIBLE, "eligible", "pupils", "eligibility_unknown", Say.PUPIL),
    (
        Situation.SCHOOLS,
        "schools_without_internet",
        "schools",
        "schools_internet_unknown",
        Say.SCHOOL,
    ),
)
#: Columns of a table of pupils; a share stands behind its part.
COLUMNS = (
    ("pupils", Situation.SHORT_PUPILS, ""),
    ("without_device", Situation.SHORT_DEVICE, "pupils"),
    ("without_connection", Situation.SHORT_CONNECTION, "pupils"),
    ("with_both", Situation.SHORT_BOTH, "pupils"),
    ("eligible", Situation.SHORT_ELIGIBLE, "pupils"),
)


#: What there is room for on an upright page.
SHORT = tuple(column for column in COLUMNS if column[0] != "with_both")


def tell_situation(cover: Cover, figures: ReportFigures) -> tuple[Block, ...]:
    """Return the blocks of section I.

    Parameters
    ----------
    cover : for language, date and edition.
    figures : of the report.
    """
    tongue, counts, quality = cover.language, figures.pupil_counts, figures.quality
    blocks: list[Block] = [Paragraph(tell(Situation.PUPILS, tongue), strong=True)]
    province = find_province(counts, cover)
    if counts is None or province is None:
        blocks.append(Paragraph(tell(Say.NO_DATA, tongue)))
    else:
        blocks += _tell_pupils(province, cover, figures.equipment)
        blocks.append(_table_levels(counts, cover))
        blocks.append(Paragraph(tell(Say.SEE_ANNEX, tongue, number="I"), slanted=True))
    told = _tell_quality(quality, cover)
    if told:
        blocks += [Paragraph(tell(Situation.QUALITY, tongue), strong=True), *told]
    return tuple(blocks)


def annex_schools(cover: Cover, counts: pd.DataFrame | None) -> Annex | None:
    """Return annex I: the pupils of each school, and the province; None where there are no counts.

    Parameters
    ----------
    cover : for language and edition.
    counts : table `pupil_counts_public`.
    """
    tongue = cover.language
    title = tell(Situation.ANNEX, tongue)
    province = find_province(counts, cover)
    if counts is None or province is None:
        return None
    schools = _of(counts, cover, CountedUnit.SCHOOL)
    schools = schools[(schools["level"] == ALL_LEVELS) & (schools["unit_code"] != "")]
    schools = schools.sort_values("unit_code")
    table = _print_counts(
        cover,
        title,
        "",
        tell(Situation.NAME, tongue),
        list(zip(schools["unit_name"], _records(schools), strict=True)),
        total=(tell(Situation.WHOLE, tongue), province),
        notes=(tell(Situation.DIRECTIONS, tongue),),
    )
    return Annex(1, title, (table,), landscape=True)


def find_province(counts: pd.DataFrame | None, cover: Cover) -> Mapping[str, Any] | None:
    """Return the province's own line, all levels together, if there is one.

    Parameters
    ----------
    counts : table `pupil_counts_public`.
    cover : for the edition.
    """
    if counts is None:
        return None
    own = _of(counts, cover, CountedUnit.PROVINCE)
    lines = _records(own[own["level"] == ALL_LEVELS])
    return lines[0] if lines else None


def _of(counts: pd.DataFrame, cover: Cover, unit: CountedUnit) -> pd.DataFrame:
    """Return the lines of one kind of unit in the edition of the document."""
    return counts[(counts["unit"] == unit) & (counts["edition"] == cover.edition)]


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as dictionaries."""
    return [{str(k): v for k, v in row.items()} for row in frame.to_dict("records")]


def _hide(value: Any) -> Any:
    """Return a count that the door of disclosure let through, or that it did not."""
    return read_cell(value, Gap.HIDDEN)


def _tell_pupils(
    province: Mapping[str, Any], cover: Cover, equipment: Equipment | None
) -> list[Block]:
    """Return the province's figures: the survey's under its day, what the book has changed under its own."""
    language = cover.language
    as_of, edition = province["as_of"].date(), str(province["edition"])
    total = _hide(province["pupils"])
    unit = tell(Say.PUPIL, language)
    blocks: list[Block] = [Amount(tell(Situation.STUDYING, language), total, unit=unit)]
    for label, part, whole, unknown, counted in FIGURES:
        share = Share(_hide(province[part]), _hide(province[whole]))
        missing = _hide(province[unknown]) if unknown else None
        name, unit = tell(label, language), tell(counted, language)
        blocks.append(FigureLine(name, share, unit, as_of, edition, missing))
    if equipment is not None:
        left = max(equipment.without_device - equipment.equipped, 0)
        date = format_date(cover.as_of)
        missing = _hide(province["device_unknown"])
        share, unit = Share(left, total), tell(Say.PUPIL, language)
        name = tell(Situation.DEVICE_BOOK, language)
        blocks.append(Paragraph(tell(Situation.AFTER_BOOK, language, date=date)))
        blocks.append(FigureLine(name, share, unit, cover.as_of, edition, missing))
    return blocks


def _table_levels(counts: pd.DataFrame, cover: Cover) -> Table:
    """Return the province's pupils by level."""
    own = _of(counts, cover, CountedUnit.PROVINCE).set_index("level", drop=False)
    levels = [level for level in Level if str(level) in own.index]
    lines = [
        (begin_large(tell(level, cover.language)), row)
        for level in levels
        for row in _records(own.loc[[str(level)]])
    ]
    title = tell(Situation.BY_LEVEL, cover.language)
    total = (tell(Situation.WHOLE, cover.language), _records(own.loc[[ALL_LEVELS]])[0])
    label = tell(Situation.LEVEL, cover.language)
    return _print_counts(cover, title, title, label, lines, parts=SHORT, total=total)


def _print_counts(
    cover: Cover,
    name: str,
    title: str,
    label: str,
    lines: list[tuple[str, dict[str, Any]]],
    *,
    total: tuple[str, Mapping[str, Any]],
    parts: tuple[tuple[str, Situation, str], ...] = COLUMNS,
    notes: tuple[str, ...] = (),
) -> Table:
    """Return lines of counts as a table with a share behind each part."""
    columns = [Column("name", label)]
    rate = tell(Say.RATE, cover.language)
    for part, heading, whole in parts:
        columns.append(Column(part, tell(heading, cover.language), Kind.INT))
        if whole:
            columns.append(Column(f"{part}_rate", rate, Kind.SHARE, "%", (part, whole)))

    def _cells(first: str, line: Mapping[str, Any]) -> tuple[Cell, ...]:
        return (first, *(_hide(line[part]) for part, _, _ in parts))

    return Table(
        name,
        title,
        tuple(columns),
        tuple(_cells(first, line) for first, line in lines),
        _cells(*total),
        total[1]["as_of"].date(),
        cover.edition,
        notes,
        numbered=parts is COLUMNS,
    )


def _tell_quality(quality: Quality, cover: Cover) -> list[Block]:
    """Return what is known of the data."""
    tongue = cover.language
    blocks: list[Block] = []
    matched = count_matched(quality.addresses)
    if matched is not None:
        name, unit = tell(Situation.MATCHED, tongue), tell(Say.PUPIL, tongue)
        blocks.append(FigureLine(name, matched, unit, cover.as_of, cover.edition))
    if quality.rows_in is not None and quality.rows_quarantined is not None:
        share = Share(quality.rows_quarantined, quality.rows_in)
        name, unit = tell(Situation.QUARANTINED, tongue), tell(Say.ROW, tongue)
        blocks.append(FigureLine(name, share, unit, cover.as_of, cover.edition))
    if quality.stale_sources is not None:
        unit = tell(Say.SOURCE, tongue)
        blocks.append(Amount(tell(Situation.STALE, tongue), quality.stale_sources, unit=unit))
    if quality.unreconciled is not None:
        unit = tell(Say.CASE, tongue)
        blocks.append(Amount(tell(Situation.UNRECONCILED, tongue), quality.unreconciled, unit=unit))
    return blocks


def count_matched(addresses: pd.DataFrame | None) -> Share | None:
    """Return how many pupils' hamlets were found, of how many.

    Parameters
    ----------
    addresses : table ADDRESSES.
    """
    if addresses is None:
        return None
    found = addresses["status"] == MatchStatus.MATCHED
    return Share(add_up(addresses.loc[found, "pupils"]), add_up(addresses["pupils"]))
