"""Hold the coordinates of a file as numbers, before anything is judged."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from phusong.intake.findings import Findings
from phusong.intake.numbers import show_number
from phusong.vocabulary.terms import Severity


@dataclass(frozen=True)
class Spots:
    """Hold the coordinates of a file as numbers, before anything is judged.

    Parameters
    ----------
    frame : first (lon or easting), second (lat or northing), axis that a letter gives to the first (or
        empty), comma (whether decimals are marked by a comma), text (as in the file).
    column : the headings behind them.
    paired : whether both stood in one cell, so that their order is read from the values.
    """

    frame: pd.DataFrame
    column: str
    paired: bool = False

    @property
    def numbers(self) -> pd.DataFrame:
        """Return the two numbers of each row."""
        return self.frame[["first", "second"]]

    def fault(
        self,
        findings: Findings,
        rule: str,
        rows: pd.Series,
        *,
        severity: Severity = Severity.ERROR,
        **details: object,
    ) -> None:
        """Record a fault of the position of each of these rows."""
        if rows.any():
            bad = self.frame.loc[rows, "text"]
            findings.fault(rule, self.column, bad.index, bad, severity=severity, **details)

    def fault_each(
        self, findings: Findings, rule: str, rows: pd.Series, corrected: pd.Series
    ) -> None:
        """Record a fault of each of these rows, with the value that would be right for it."""
        for row in self.frame.index[rows]:
            value = self.frame.at[row, "text"]
            findings.fault(rule, self.column, [row], [value], corrected=corrected[row])


def spell_places(lon: pd.Series, lat: pd.Series) -> pd.Series:
    """Return places as text, longitude first, in decimal degrees."""
    return lon.map(show_number).astype("str") + ", " + lat.map(show_number).astype("str")
