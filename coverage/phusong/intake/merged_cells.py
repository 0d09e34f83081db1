"""Give every cell of a merged range its value: on the clerk's screen none of them is empty."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from phusong.intake.findings import Findings
from phusong.intake.headings import match_heading
from phusong.intake.reading import Grid, Header, Merge
from phusong.vocabulary.terms import Severity

#: What is counted or paid: over several rows such a cell may be the sum of them, so that it is nobody's own.
SUMMED = frozenset(
    (
        "households", "population", "pupils", "persons", "ports", "ports_free", "households_passed",
        "samples", "quantity", "pledged_vnd", "received_vnd", "sum_vnd", "value_vnd",
    )
)  # fmt: skip


def fill_merged_cells(grid: Grid, kind: str, findings: Findings) -> Grid:
    """Return a grid in which every cell of a merge over several rows has its value; listed by column.

    A merge that begins in the headings stays a heading, one above them a title. A row in which nothing else
    stands stays empty. A cell over one row alone belongs to its first column.

    Parameters
    ----------
    grid : the table as text, its headings located.
    kind : source kind, whose headings tell what may be a sum.
    findings : notebook of this reading.
    """
    header = grid.header
    if not grid.merges or header is None or not header.score:
        return grid
    body = int(grid.frame.index[0]) + header.position + header.height
    merges = [m for m in grid.merges if m.first_row >= body and m.last_row > m.first_row]
    if not merges:
        return grid
    filled = _Filling(grid, header, kind)
    for merge in merges:
        filled.fill(merge)
    return replace(grid, frame=filled.conclude(findings))


class _Filling:
    """Hold the columns of a grid while its merged cells are filled."""

    def __init__(self, grid: Grid, header: Header, kind: str) -> None:
        self.frame, self.names = grid.frame, header.names
        self.origin = int(grid.frame.index[0])
        self.alive = np.zeros(len(grid.frame), dtype=bool)
        for column in grid.frame.columns:
            self.alive |= (grid.frame[column] != "").to_numpy()
        matched = [match_heading(name, kind) for name in header.names]
        self.sums = {c for c, match in enumerate(matched) if match and match[0] in SUMMED}
        self.cells: dict[int, np.ndarray] = {}
        self.rows: dict[int, list[int]] = {}
        self.unclear: dict[int, list[int]] = {}

    def column(self, position: int) -> np.ndarray:
        """Return the cells of a column, which may be written to."""
        if position not in self.cells:
            self.cells[position] = self.frame[position].to_numpy(dtype=object).copy()
        return self.cells[position]

    def fill(self, merge: Merge) -> None:
        """Give the cells of one merge their value, in the columns that have a heading."""
        first, last = merge.first_row - self.origin, merge.last_row - self.origin
        if merge.first_column >= len(self.names) or first >= len(self.alive):
            return
        value = self.column(merge.first_column)[first]
        rows = [r for r in range(first, min(last + 1, len(self.alive))) if self.alive[r]]
        if value == "" or len(rows) < 2:
            return
        for position in range(merge.first_column, min(merge.last_column + 1, len(self.names))):
            if position > merge.first_column and not self.names[position]:
                continue
            empty = [r for r in rows if self.column(position)[r] == ""]
            if position in self.sums:
                self.column(position)[rows] = ""
                self.unclear.setdefault(position, []).extend(rows)
            else:
                self.column(position)[empty] = value
                self.rows.setdefault(position, []).extend(empty)

    def conclude(self, findings: Findings) -> pd.DataFrame:
        """Return the grid with its merged cells filled, and list what was filled."""
        frame = self.frame.copy()
        for position, cells in self.cells.items():
            frame[position] = pd.array(cells, dtype="str")
        for position, rows in sorted(self.rows.items()):
            before, after = self.frame[position].iloc[rows], frame[position].iloc[rows]
            findings.fix("merged_filled", self.names[position], before, after)
        for position, rows in sorted(self.unclear.items()):
            cells = self.frame[position].iloc[rows]
            heading = self.names[position]
            findings.fault("merged_sum", heading, cells.index, cells, severity=Severity.WARNING)
        return frame
