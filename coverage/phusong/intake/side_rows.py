"""Set aside what stands in a table without being a row of it: titles, units, totals, notes, blanks."""

from __future__ import annotations

import re

import pandas as pd

from phusong.intake.findings import Findings
from phusong.intake.words import NOTE_STARTS, TOTAL_STARTS, TOTAL_WORDS, word_key
from phusong.vietnamese.keys import normalise

_TOTAL_HINT = r"^[\s\-+*]*(?:[Tt]|[Cc]|[Ss]|[Gg])"
_UNIT = re.compile(
    r"\([^)]{1,20}\)|\[[^\]]{1,20}\]|m|km|km2|km²|%|độ|°|MHz|dBm|x|hộ|người|khẩu|ha", re.IGNORECASE
)
#: How many cells of a total hold words: “Tổng cộng”, and for what.
MOST_TOTAL_WORDS = 3
#: How long the key of a total may be.
MOST_TOTAL_LETTERS = 40
#: A corporation, which begins as a total does: “Tổng công ty …”, but not “Tổng cộng tỷ đồng”.
_CORPORATION = re.compile(r"t[ổo]ng c[ôo]ng ty\b(?! (?:đồng|dong|lệ|le)\b)")
_ORDINAL = re.compile(r"\(?(\d{1,3}|[A-Z])\)?")


def skip_titles(above: pd.DataFrame, findings: Findings) -> None:
    """List the rows that stand above the headings."""
    filled = above[(above != "").to_numpy().any(axis=1)]
    if len(filled):
        example = next(c for c in filled.iloc[0].tolist() if c)
        findings.skip("title_row", len(filled), example)


def drop_side_rows(body: pd.DataFrame, findings: Findings, *, head: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that carry data; repeated headings, unit, total, note and blank rows are listed.

    Parameters
    ----------
    body : the rows under the headings.
    findings : notebook of this reading.
    head : the row or two rows of headings; a narrow table has no notes.
    """
    body = _drop_headings(_drop_blank_rows(body, findings), head, findings)
    units = _count_unit_rows(body)
    if units:
        findings.skip("unit_row", units, show_row(body.iloc[0]))
        body = body.iloc[units:]
    totals = _total_rows(body)
    if totals:
        findings.skip("total_row", len(totals), show_row(body.loc[totals[0]]))
    notes = _note_rows(body, totals)
    if notes:
        findings.skip("note_row", len(notes), show_row(body.loc[notes[0]]))
    return body.drop(index=totals + notes) if totals or notes else body


def _drop_blank_rows(body: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """Return the rows with something in them; blank rows between others are listed."""
    filled = pd.Series(False, index=body.index)
    for column in body.columns:
        filled |= body[column].str.strip() != ""
    if filled.all():
        return body
    last = filled[filled].index.max() if filled.any() else body.index.min()
    findings.skip("blank_row", int((~filled.loc[:last]).sum()), "")
    return body[filled]


def _drop_headings(body: pd.DataFrame, head: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """Return the rows without those that repeat a row of headings, as printed pages do."""
    repeated = pd.Series(False, index=body.index)
    for row in head.to_numpy():
        filled = [column for column, cell in zip(head.columns, row, strict=True) if cell]
        if len(filled) > 1:
            repeated |= (body[filled] == [row[c] for c in filled]).all(axis=1)
    if not repeated.any():
        return body
    rows = body[repeated]
    findings.skip("repeated_heading", len(rows), show_row(rows.iloc[0]))
    return body[~repeated]


def _count_unit_rows(body: pd.DataFrame) -> int:
    """Return how many rows under the headings hold only units or column numbers."""
    count = 0
    for row in body.head(2).to_numpy():
        filled = [str(c).strip() for c in row]
        if not (_holds_units(filled) or _holds_ordinals(filled)):
            break
        count += 1
    return count


def _holds_units(cells: list[str]) -> bool:
    filled = [c for c in cells if c]
    return (
        bool(filled) and all(_UNIT.fullmatch(c) for c in filled) and any(c != "x" for c in filled)
    )


def _holds_ordinals(cells: list[str]) -> bool:
    """Return whether the cells number the columns: (1) (2) (3), or A B 1 2 3."""
    filled = [_ORDINAL.fullmatch(c) for c in cells if c]
    if len(filled) < 3 or not all(filled):
        return False
    numbers = [int(m.group(1)) for m in filled if m and m.group(1).isdigit()]
    return (
        len(numbers) >= 2
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and numbers[0] <= 2
    )


def _total_rows(body: pd.DataFrame) -> list[int]:
    """Return the rows that sum the table up, by the first word in one of the first columns."""
    found: set[int] = set()
    for column in body.columns[:4]:
        hinted = body.loc[body[column].str.match(_TOTAL_HINT), column]
        unique = {text: _is_total(text) for text in hinted.unique()}
        found |= set(hinted.index[hinted.map(unique).astype(bool)])
    return [row for row in sorted(found) if not _tells_more(body.loc[row])]


def _tells_more(row: pd.Series) -> bool:
    """Return whether a row says more in words than a total does: Tống Công Minh is a pupil."""
    return int(row.str.contains(r"[^\W\d_]{2}").sum()) > MOST_TOTAL_WORDS


def _is_total(text: str) -> bool:
    """Return whether a cell begins a row of totals; a corporation (tổng công ty) is none."""
    key = word_key(text)
    is_total = key.startswith(TOTAL_STARTS) and len(key) < MOST_TOTAL_LETTERS
    return key in TOTAL_WORDS or (is_total and not _CORPORATION.match(normalise(text).casefold()))


def _note_rows(body: pd.DataFrame, totals: list[int]) -> list[int]:
    """Return the lines at the end of a wide table that are notes or signatures."""
    if body.shape[1] < 4:
        return []
    notes = []
    for row in reversed(body.index.tolist()):
        if row in totals:
            continue
        filled = [c for c in body.loc[row].tolist() if c.strip()]
        after_total = bool(totals) and row > max(totals)
        starts = word_key(filled[0]).startswith(NOTE_STARTS)
        if len(filled) > 2 or not (starts or after_total):
            break
        notes.append(row)
    return notes[::-1]


def show_row(row: pd.Series) -> str:
    """Return the filled cells of a row as one line."""
    return " | ".join(c for c in row.tolist() if c)[:120]
