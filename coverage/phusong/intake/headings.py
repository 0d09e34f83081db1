"""Find the headings in a grid, and say which heading is which column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pandas as pd

from phusong.intake.aliases import accepted_headings, heading_keys, known_headings
from phusong.intake.angle_columns import are_angle_parts, join_angle_columns
from phusong.intake.findings import Findings
from phusong.intake.likeness import find_near
from phusong.intake.reading import FORMULA_ERRORS, Grid, Header, RawTable, blank_invisible
from phusong.intake.rules import describe_rule, refuse
from phusong.intake.side_rows import drop_side_rows, show_row, skip_titles
from phusong.intake.words import word_key
from phusong.vocabulary.errors import NeedsAnswer
from phusong.vocabulary.tables.persons import PERSONAL
from phusong.vocabulary.terms import Severity

#: How many rows headings may take.
MOST_HEADING_ROWS = 4
#: A heading known only without its unit or group ranks behind every heading known as it stands.
FARTHER = 1000
#: What a person says stands before every heading that is known.
ANSWERED = -1
#: The columns of an export of OpenCelliD, in their order, and how its rows begin.
OPENCELLID = (
    "radio", "mcc", "net", "area", "cell", "unit", "lon", "lat", "range", "samples", "changeable", "created",
    "updated", "averageSignal",
)  # fmt: skip
RADIOS = frozenset(("GSM", "UMTS", "LTE", "NR", "CDMA"))
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
#: A cell that no heading is: a decimal number, a long whole one, a date.
_DATA = re.compile(r"[+-]?\d+[.,]\d+|[+-]?\d{5,}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}.*")
#: How KML, and layers made of it, call the name of a thing.
PLACEMARK_NAME = "name"


@dataclass(frozen=True)
class MatchedTable:
    """See a raw table through the names of canonical columns.

    Parameters
    ----------
    raw : the raw table.
    headings : canonical column → heading in the file.
    used : canonical columns whose cells have been read so far.
    """

    raw: RawTable
    headings: dict[str, str]
    used: set[str] = field(default_factory=set)

    def has(self, *names: str) -> bool:
        """Return whether the file has all these columns."""
        return all(n in self.headings for n in names)

    def heading(self, name: str) -> str:
        """Return what the file calls a column; the canonical name where it has none."""
        return self.headings.get(name, name)

    def cells(self, name: str) -> pd.Series:
        """Return a column as it came, without surrounding blanks; all empty where the file has none.

        A cell in which nothing can be seen, or a formula has failed, is empty, whatever it holds.
        """
        self.used.add(name)
        if name not in self.headings:
            return pd.Series("", index=self.raw.frame.index, dtype="str")
        cells = blank_invisible(self.raw.frame[self.headings[name]].astype("str").str.strip())
        return cells.mask(cells.isin(FORMULA_ERRORS), "") if self.raw.failed else cells

    def fault(
        self,
        findings: Findings,
        rule: str,
        name: str,
        wrong: pd.Series,
        *,
        severity: Severity = Severity.ERROR,
        **details: object,
    ) -> None:
        """Record a fault for every row in which a column is wrong, under the heading of the file.

        Parameters
        ----------
        findings : notebook of this reading.
        rule : rule of the catalogue.
        name : canonical column.
        wrong : boolean, on the index of the rows.
        severity : error (the row is quarantined) or warning.
        details : what the rule's sentence names.
        """
        if wrong.any():
            bad = self.cells(name)[wrong]
            findings.fault(rule, self.heading(name), bad.index, bad, severity=severity, **details)


def find_header(grid: Grid, kind: str, *, search_rows: int) -> Header | None:
    """Find the row, or two rows, among the first that name most canonical columns; None where none does.

    Parameters
    ----------
    grid : the table as text; where its headings have been found they are not sought again.
    kind : source kind, whose headings are looked for.
    search_rows : how many rows may stand above the headings.
    """
    header = grid.header or _search_header(grid, kind, search_rows)
    return header if header.score else None


def locate_header(grid: Grid, kind: str, *, search_rows: int) -> Grid:
    """Find the headings of a grid once, and note in it where they stand.

    Parameters
    ----------
    grid, kind, search_rows : as for `find_header`.
    """
    if grid.header is not None:
        return grid
    return replace(grid, header=_search_header(grid, kind, search_rows))


def _search_header(grid: Grid, kind: str, search_rows: int) -> Header:
    """Find the headings among the first rows; a score of 0 where no row names a column."""
    rows = [[str(c).strip() for c in row] for row in grid.frame.head(search_rows + 1).to_numpy()]
    if kind == "cells" and _is_opencellid(rows):
        names = [*OPENCELLID, *[""] * (grid.frame.shape[1] - len(OPENCELLID))]
        return Header(0, 0, names, len(OPENCELLID))
    candidates = [
        Header(i, 1, row, score_headings(row, kind)) for i, row in enumerate(rows[:search_rows])
    ]
    for i, (row, below) in enumerate(pairwise(rows[: search_rows + 1])):
        joined = _join_rows(row, below)
        candidates.append(Header(i, 2, joined, score_headings(joined, kind)))
    nothing = Header(0, 1, [""] * grid.frame.shape[1], 0)
    best = max(candidates, key=lambda h: (h.score, -h.height, -h.position), default=nothing)
    return _take_lower_rows(best, rows, grid, kind) if best.score else best


def _take_lower_rows(header: Header, rows: list[list[str]], grid: Grid, kind: str) -> Header:
    """Return headings with the rows below that a merge or the parts of an angle show to be headings too."""
    first = int(grid.frame.index[0]) + header.position
    end = header.position + header.height
    reach = [
        m.last_row - first + 1 for m in grid.merges if first <= m.first_row < first + header.height
    ]
    height = min(max([header.height, *reach]), MOST_HEADING_ROWS)
    if end < len(rows) and are_angle_parts(rows[end]):
        height = max(height, header.height + 1)
    names = header.names
    for row in rows[end : header.position + height]:
        names = _join_rows(names, row)
    return (
        Header(header.position, height, names, score_headings(names, kind))
        if height > header.height
        else header
    )


def _is_opencellid(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether rows without headings are an export of OpenCelliD: radio, numbers, a position."""
    filled = [row for row in rows if any(row)]
    return bool(filled) and all(
        row[0] in RADIOS
        and len(row) >= len(OPENCELLID)
        and not any(row[len(OPENCELLID) :])
        and all(_NUMBER.fullmatch(cell) for cell in row[1:8])
        for row in filled
    )


def resembles_data(cells: Iterable[str]) -> bool:
    """Return whether a row that stands where headings should is a row of the table itself.

    Headings hold short numbers at most (1, 2G, 2021); coordinates, codes, telephones and dates are data.
    """
    filled = [cell for cell in cells if cell]
    data = sum(bool(_DATA.fullmatch(cell)) for cell in filled)
    return data > 1 or 3 * data > len(filled)


def score_headings(names: Iterable[str], kind: str) -> int:
    """Return how many different canonical columns the headings name."""
    return len({match[0] for name in names if (match := match_heading(name, kind))})


def match_heading(
    heading: str, kind: str, answers: Mapping[str, str] | None = None
) -> tuple[str, int] | None:
    """Return the canonical column that a heading names and how far-fetched that is; None where it names none.

    Parameters
    ----------
    heading : as it stands in the file.
    kind : source kind.
    answers : heading → canonical column, or empty, as a person says it is.
    """
    if answers and heading in answers:
        return (answers[heading], ANSWERED) if answers[heading] else None
    known = known_headings(kind)
    for depth, key in enumerate(heading_keys(heading)):
        if key in known:
            name, rank = known[key]
            return name, depth * FARTHER + rank
    return None


def _join_rows(top: Sequence[str], below: Sequence[str]) -> list[str]:
    """Return two heading rows as one: a merged heading covers the blanks to its right."""
    names, group = [], ""
    for upper, lower in zip(top, below, strict=True):
        group = upper or (group if lower else "")
        names.append(": ".join(part for part in (group, lower) if part))
    return names


def read_headed_rows(
    grid: Grid, kind: str, findings: Findings, *, file: str, search_rows: int
) -> RawTable:
    """Return the rows under the headings; titles, units, totals and blank rows are set aside and listed.

    Parameters
    ----------
    grid : the table as text.
    kind : source kind.
    findings : notebook of this reading.
    file : the file as the user named it.
    search_rows : how many rows may stand above the headings.

    Raises
    ------
    SourceFault
        If the file is empty, has no headings that we know, has them twice, or has nothing under them.
    """
    frame = grid.frame
    if not (frame != "").to_numpy().any():
        raise refuse("empty_file", file=file)
    header = find_header(grid, kind, search_rows=search_rows)
    if header is None:
        raise _no_headings(frame, kind, file)
    start = header.position + header.height
    if header.height and resembles_data(frame.iloc[header.position].tolist()):
        raise refuse(
            "headings_are_data",
            file=file,
            row=int(frame.index[header.position]),
            wanted=_name_wanted(kind),
        )
    if not header.height:
        findings.skip("headings_added", len(frame), ", ".join(header.names).strip(", "))
    skip_titles(frame.iloc[: header.position], findings)
    body = drop_side_rows(frame.iloc[start:], findings, head=frame.iloc[header.position : start])
    if body.empty:
        raise refuse("headings_only", file=file, row=int(frame.index[start - 1]))
    _fault_broken_rows(grid, body, header, findings)
    return RawTable(
        join_angle_columns(_name_columns(body, header.names, kind, file), findings),
        file=file,
        titles=_list_titles(frame.iloc[: header.position]),
        sheet=grid.sheet,
        from_1904=grid.from_1904,
    )


def _list_titles(above: pd.DataFrame) -> tuple[str, ...]:
    """Return what stands above the headings, cell by cell."""
    return tuple(cell for row in above.to_numpy() for cell in row if cell)


def _no_headings(frame: pd.DataFrame, kind: str, file: str) -> Exception:
    """Return the refusal of a file in which no heading is known."""
    filled = frame.index[(frame != "").to_numpy().any(axis=1)][0]
    found = [c for c in frame.loc[filled].tolist() if c][:12]
    if resembles_data(found):
        return refuse("headings_are_data", file=file, row=int(filled), wanted=_name_wanted(kind))
    found = (
        ["…"] if kind in PERSONAL else found
    )  # a list without headings begins with somebody's name
    return refuse("no_headings", file=file, found=", ".join(found), wanted=_name_wanted(kind))


def _name_wanted(kind: str) -> str:
    """Return the first columns of a kind, as a clerk would type them."""
    names = dict.fromkeys(v[0] for v in known_headings(kind).values())
    return ", ".join([accepted_headings(kind, n)[0] for n in names][:12])


def _fault_broken_rows(grid: Grid, body: pd.DataFrame, header: Header, findings: Findings) -> None:
    """Fault the rows that could not be taken apart, and those with too many or too few cells."""
    for rule in sorted(set(grid.broken.values())):
        rows = [r for r, why in grid.broken.items() if why == rule and r in body.index]
        findings.fault(rule, "", rows, [show_row(body.loc[r]) for r in rows])
    if grid.widths is None:
        return
    last = header.position + header.height - 1
    width = int(grid.widths.iloc[last]) if header.height else len(OPENCELLID)
    widths = grid.widths.loc[body.index]
    spill = [c for c in body.columns if c >= width]
    spilt = (body[spill] != "").any(axis=1) if spill else pd.Series(False, index=body.index)
    ragged = [r for r in body.index[(widths < width) | spilt] if r not in grid.broken]
    findings.fault("ragged_row", "", ragged, [int(widths[r]) for r in ragged], cells=width)


def _name_columns(body: pd.DataFrame, names: list[str], kind: str, file: str) -> pd.DataFrame:
    """Return the rows under their headings; a heading that we need may stand only once."""
    seen: dict[str, int] = {}
    unique: list[str] = []
    for name in names:
        key = word_key(name) or name
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 1 and match_heading(name, kind):
            raise refuse(
                "duplicate_heading", file=file, column=name, value=name, found=_list(names)
            )
        unique.append(name if seen[key] == 1 and name else f"{name} ({len(unique) + 1})".strip())
    named = body.copy()
    named.columns = pd.Index(unique, dtype=object)
    blank = [
        c for c, name in zip(unique, names, strict=True) if not name and not (named[c] != "").any()
    ]
    return named.drop(columns=blank)


def _list(names: Iterable[str]) -> str:
    return ", ".join(n for n in names if n)


def match_headings(
    raw: RawTable,
    kind: str,
    findings: Findings,
    *,
    required: Sequence[str | tuple[str, ...]] = (),
) -> MatchedTable:
    """Return the raw table seen through canonical columns.

    Where two headings name one column, the better known one is used and the other is listed.

    Parameters
    ----------
    raw : rows under the headings of the file.
    kind : source kind.
    findings : notebook of this reading.
    required : canonical columns that must be there; a tuple holds columns of which one is enough.

    Raises
    ------
    SourceFault
        If a required column is missing.
    """
    ranked: dict[str, list[tuple[int, str]]] = {}
    for heading in raw.frame.columns:
        match = match_heading(str(heading), kind, raw.answers)
        if match:
            ranked.setdefault(match[0], []).append((match[1], str(heading)))
    headings = {name: min(found)[1] for name, found in ranked.items()}
    for name, found in ranked.items():
        others = [h for _, h in sorted(found)[1:] if (raw.frame[h] != "").any()]
        findings.warn("heading_preferred", headings[name], [0] * len(others), others)
    _require_columns(raw, kind, headings, required)
    table = MatchedTable(raw, headings)
    findings.headings, findings.used = headings, table.used
    return table


def name_by_placemark(raw: RawTable, kind: str, name: str) -> RawTable:
    """Return a map layer whose rows are named, under the id that its columns do not give.

    A placemark's name is what a drawing calls a thing; it stands for the id where nothing else does.

    Parameters
    ----------
    raw : the layer.
    kind : source kind.
    name : canonical column of the id.
    """
    matches = [match_heading(str(heading), kind) for heading in raw.frame.columns]
    known = any(match and match[0] == name for match in matches)
    if known or PLACEMARK_NAME not in raw.frame or raw.geometry is None:
        return raw
    return replace(raw, frame=raw.frame.rename(columns={PLACEMARK_NAME: name}))


def _require_columns(
    raw: RawTable, kind: str, headings: dict[str, str], required: Sequence[str | tuple[str, ...]]
) -> None:
    """Refuse a file that lacks a required column, listing what was found and what would be accepted."""
    for names in required:
        options = (names,) if isinstance(names, str) else names
        if not any(n in headings for n in options):
            ask_missing(raw, kind, options)
            wanted = " / ".join(", ".join(accepted_headings(kind, n)[:4]) for n in options)
            found = _list(str(c) for c in raw.frame.columns)
            label = accepted_headings(kind, options[0])[0]
            raise refuse("missing_column", file=raw.file, column=label, found=found, wanted=wanted)


def ask_missing(raw: RawTable, kind: str, names: Iterable[str]) -> None:
    """Ask whether an unknown heading means a column that must be there; silent where none resembles it.

    Parameters
    ----------
    raw : rows under the headings of the file.
    kind : source kind.
    names : canonical columns, one of which is missing.

    Raises
    ------
    NeedsAnswer
        With each heading that may be one of them.
    """
    wanted, choices, described = set(names), [], []
    for heading in map(str, raw.frame.columns):
        near = find_near(heading, kind)
        free = heading not in raw.answers and match_heading(heading, kind) is None
        if free and near and near.name in wanted and (raw.frame[heading] != "").any():
            choices.append(f"{heading}={near.name}")
            described.append(f"“{heading}” ~ “{near.heading}”")
    if choices:
        why = describe_rule("missing_asked", told="; ".join(described))
        raise NeedsAnswer("column", choices=choices, why=why, file=raw.file)
