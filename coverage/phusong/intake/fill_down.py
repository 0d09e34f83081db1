"""Ask about columns that are written on the first row of each group alone, and fill them where told to."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.group_lines import find_heading
from phusong.intake.headings import match_heading
from phusong.intake.reading import RawTable
from phusong.intake.rules import describe_rule
from phusong.intake.title_lines import NONE_WORDS
from phusong.intake.words import word_key
from phusong.vocabulary.errors import BETWEEN_LANGUAGES, choose_half

#: Columns by which offices group their rows; a commune groups the households of a list, not the pupils.
GROUPING = frozenset(
    (
        "district", "commune_code", "commune_name", "commune", "school_id", "school_name", "level", "grade",
        "class_name", "operator", "contribution_id", "donor",
    )
)  # fmt: skip
#: Columns that say the same in another way: where the one is filled the other may be empty.
BESIDE = {
    "commune_code": "commune_name", "commune_name": "commune_code", "school_id": "school_name",
    "school_name": "school_id", "grade": "class_name", "level": "class_name", "contribution_id": "donor",
    "donor": "contribution_id",
}  # fmt: skip
#: How many cells must be empty, and which share of the column, before it is asked about.
LEAST_EMPTY, LEAST_SHARE = 2, 0.3


def fill_down(raw: RawTable, kind: str, findings: Findings, options: ReadOptions) -> RawTable:
    """Return a table whose columns are filled down as a person says; asks where nobody has said.

    Parameters
    ----------
    raw : rows under the headings.
    kind : source kind.
    findings : notebook of this reading.
    options : the columns to be filled down, by heading or canonical name; ``none`` leaves all as they are.
    """
    stated = {word_key(name) for name in options.fill_down or ()}
    frame, doubtful = raw.frame, []
    for heading in frame.columns:
        match = match_heading(str(heading), kind)
        if {word_key(str(heading)), word_key(match[0]) if match else ""} & stated:
            frame = frame.assign(**{heading: _fill(frame[heading], str(heading), findings)})
        elif match and match[0] in GROUPING and _stands_for_below(frame[heading]):
            if heading in raw.added:  # lines between the rows have said what holds below them
                continue
            other = find_heading(frame, kind, BESIDE.get(match[0], ""))
            if other is None or (frame[other][frame[heading].str.strip() == ""] == "").any():
                doubtful.append(str(heading))
    if doubtful and not stated & {word_key(w) for w in NONE_WORDS}:
        _ask(frame, doubtful, findings)
    return replace(raw, frame=frame)


def _stands_for_below(cells: pd.Series) -> bool:
    """Return whether a column is filled on the first row of each group alone, so never twice running."""
    text = cells.str.strip()
    empty = text == ""
    count = int(empty.sum())
    if count < max(LEAST_EMPTY, LEAST_SHARE * len(text)) or empty.all() or bool(empty.iloc[0]):
        return False
    stated = text[~empty]
    return not bool((stated == stated.shift()).any())


def _fill(cells: pd.Series, heading: str, findings: Findings) -> pd.Series:
    """Return a column with each empty cell as the one above it; listed."""
    text = cells.str.strip()
    filled = cells.mask(text == "").ffill().fillna("").astype("str")
    changed = (text == "") & (filled != "")
    findings.fix("filled_down", heading, cells[changed], filled[changed])
    return filled


def _ask(frame: pd.DataFrame, headings: list[str], findings: Findings) -> None:
    """Ask whether empty cells mean what stands above them, with what that would give."""
    described = []
    for heading in headings:
        cells = frame[heading].str.strip()
        empty = cells == ""
        row = int(empty.idxmax())
        above = str(cells.loc[:row].iloc[-2])
        described.append(
            describe_rule(
                "fill_down", heading=heading, count=int(empty.sum()), row=row, above=above
            )
        )
    every = " ".join(f'--fill-down "{heading}"' for heading in headings)
    why = BETWEEN_LANGUAGES.join(
        "; ".join(choose_half(text, language) for text in described) for language in ("vi", "en")
    )
    findings.ask("fill_down", [every, "--fill-down none"], why)
