"""A sheet as an office types it: titles, headings, rows, a last line; and rows wrong on purpose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

#: First line of every workbook, so that nobody takes it for real.
WARNING_TITLE = "DỮ LIỆU MÔ PHỎNG – KHÔNG PHẢI SỐ LIỆU THẬT"

#: Columns of the list of wrong rows.
FAULT_COLUMNS = ("file", "row", "column", "severity", "rule", "why")


@dataclass(frozen=True)
class Wrong:
    """Hold a row that is wrong on purpose.

    Parameters
    ----------
    cells : heading → what stands there; headings not named stay as in the row it was copied from, and those
        that the sheet does not have are left out.
    column : heading in which it is wrong.
    rule : in the door's own words, such as ``outside``.
    why : the same in plain words.
    severity : ``error`` where the row must be turned away, ``warning`` where it may pass.
    """

    cells: Mapping[str, object]
    column: str
    rule: str
    why: str
    severity: str = "error"


@dataclass(frozen=True, eq=False)
class Sheet:
    """Hold one sheet, ready to be written.

    Parameters
    ----------
    file, name : name of the file and of the sheet.
    titles : lines above the headings.
    rows : the rows under their headings, in the order of the file.
    last : line under the table, by heading; empty for none.
    faults : which rows are wrong and why, by row number as a spreadsheet shows it.
    """

    file: str
    name: str
    titles: tuple[str, ...]
    rows: pd.DataFrame
    last: Mapping[str, object]
    faults: pd.DataFrame


def fill_sheet(
    file: str,
    rows: pd.DataFrame,
    wrong: Sequence[Wrong],
    *,
    rng: np.random.Generator,
    name: str = "Sheet1",
    titles: tuple[str, ...] = (),
    last: Mapping[str, object] | None = None,
    number: str = "STT",
) -> Sheet:
    """Return a sheet with wrong rows strewn among the right ones, all of them numbered.

    Parameters
    ----------
    file, name, titles, last : as for `Sheet`.
    rows : the right rows under their headings.
    wrong : what is to be wrong; each is a copy of a right row with some cells changed.
    rng : stream of random numbers, for their places.
    number : heading of the running number, where the sheet has one.
    """
    mixed, places = _strew(rows, wrong, rng)
    if number in mixed:
        mixed[number] = np.arange(1, len(mixed) + 1)
    first = len(titles) + 2
    listed = [
        (file, first + place, w.column, w.severity, w.rule, w.why)
        for w, place in zip(wrong, places, strict=True)
    ]
    faults = pd.DataFrame(listed, columns=list(FAULT_COLUMNS)).sort_values("row", ignore_index=True)
    return Sheet(file, name, titles, mixed, last or {}, faults)


def _strew(
    rows: pd.DataFrame, wrong: Sequence[Wrong], rng: np.random.Generator
) -> tuple[pd.DataFrame, list[int]]:
    """Return the rows with the wrong ones among them, and where each of these stands."""
    if not wrong:
        return rows.reset_index(drop=True), []
    base = rows.astype(object).reset_index(drop=True)
    copied = base.iloc[rng.integers(0, len(base), len(wrong))].reset_index(drop=True)
    for i, w in enumerate(wrong):
        for heading in [h for h in w.cells if h in base]:
            copied.loc[i, heading] = w.cells[heading]
    after = rng.integers(0, len(base), len(wrong)) + 0.5
    keys = np.concatenate([np.arange(len(base)), after])
    order = np.argsort(keys, kind="stable")
    mixed = pd.concat([base, copied], ignore_index=True).iloc[order].reset_index(drop=True)
    position = np.empty(len(order), dtype=int)
    position[order] = np.arange(len(order))
    return mixed, position[len(base) :].tolist()


def cross(values: pd.Series) -> pd.Series:
    """Return a column of crosses: x for yes, nothing for no."""
    return values.astype(bool).map({True: "x", False: None}).astype(object)


def drop_districts(rows: pd.DataFrame, *, has_districts: bool) -> pd.DataFrame:
    """Return rows without the column of districts, where the map has none."""
    return (
        rows
        if has_districts
        else rows.drop(columns=["Huyện", "Chỗ ở hiện nay|Huyện"], errors="ignore")
    )


def format_date(day: date) -> str:
    """Return a day as it is written in a title, 31/8/2021."""
    return f"{day.day}/{day.month}/{day.year}"


def spell_day(days: pd.Series) -> pd.Series:
    """Return days as they are written here, 31/08/2021; nothing where there is none."""
    return days.dt.strftime("%d/%m/%Y").astype(object).where(days.notna(), None)
