"""The programme's three aims: how far each is, what is missing, and of which day that is."""

from __future__ import annotations

from phusong.views.documents.forms.frames import read_cell
from phusong.views.documents.forms.infrastructure import find_indicator
from phusong.views.documents.forms.report_words import Aim, Say
from phusong.views.documents.forms.situation import find_province
from phusong.views.documents.inputs import Cover, ReportFigures
from phusong.views.documents.model import Cell, Column, Gap, Kind, Table
from phusong.views.labels import tell
from phusong.vocabulary.terms import Indicator

#: The aims of hamlets, and the indicator of each; no data is no coverage.
OF_HAMLETS = {
    Aim.HAMLETS_3G: Indicator.SIGNAL_3G,
    Aim.HAMLETS_4G: Indicator.SIGNAL_4G,
    Aim.HAMLETS_FIBRE: Indicator.FIBRE,
}


def print_aims(cover: Cover, figures: ReportFigures) -> Table | None:
    """Return the three aims, each for everybody; None where nothing is known of any.

    Parameters
    ----------
    cover : for language, date and edition.
    figures : of the report.
    """
    tongue = cover.language
    rows = [*_list_pupils(cover, figures), *_list_hamlets(cover, figures)]
    if not rows:
        return None
    title = tell(Aim.TITLE, tongue)
    columns = (
        Column("aim", tell(Aim.AIM, tongue)),
        Column("day", tell(Aim.DAY, tongue), Kind.DATE),
        Column("result", tell(Aim.RESULT, tongue), Kind.INT),
        Column("target", tell(Aim.TARGET, tongue), Kind.INT),
        Column("rate", tell(Say.RATE, tongue), Kind.SHARE, "%", ("result", "target")),
        Column("missing", tell(Aim.MISSING, tongue), Kind.INT),
        Column("unknown", tell(Aim.UNKNOWN, tongue), Kind.INT),
    )
    return Table(title, title, columns, tuple(rows), as_of=cover.as_of, edition=cover.edition)


def _list_pupils(cover: Cover, figures: ReportFigures) -> list[tuple[Cell, ...]]:
    """Return the aim of the pupils, by the survey, and by survey and book."""
    province = find_province(figures.pupil_counts, cover)
    if province is None:
        return []
    target = read_cell(province["pupils"], Gap.HIDDEN)
    both = read_cell(province["with_both"], Gap.HIDDEN)
    unknown = read_cell(province["connection_unknown"], Gap.HIDDEN)
    day, tongue = province["as_of"].date(), cover.language
    rows = [_row(tell(Aim.PUPILS_SURVEY, tongue), day, both, target, unknown)]
    if figures.equipment is not None:
        now = figures.equipment.with_both + figures.equipment.completed
        rows.append(_row(tell(Aim.PUPILS_BOOK, tongue), cover.as_of, now, target, unknown))
    return rows


def _list_hamlets(cover: Cover, figures: ReportFigures) -> list[tuple[Cell, ...]]:
    """Return the aims of the hamlets."""
    if figures.indicators is None:
        return []
    found = (
        (aim, find_indicator(figures.indicators, indicator, cover))
        for aim, indicator in OF_HAMLETS.items()
    )
    return [
        _row(
            tell(aim, cover.language),
            line.as_of.date(),
            int(line.numerator),
            int(line.denominator),
            int(line.unknown),
        )
        for aim, line in found
        if line is not None
    ]


def _row(name: str, day: Cell, result: Cell, target: Cell, unknown: Cell) -> tuple[Cell, ...]:
    """Return one line: reached, target, missing; hidden where one of them is."""
    missing: Cell = Gap.HIDDEN
    if isinstance(result, int) and isinstance(target, int):
        result = min(result, target)
        missing = target - result
    return (name, day, result, target, missing, unknown)
