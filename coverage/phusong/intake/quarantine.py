"""Rows that were turned away: as they came, with their number and the reasons in front."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from phusong.intake.diagnosis import Checked
from phusong.intake.neutral import neutralise_text
from phusong.intake.reading import RawTable
from phusong.vocabulary.tables.persons import PERSONAL

#: Mode of a file that names persons: its owner alone reads it.
OWNER_ONLY = 0o600


def show_rows(raw: RawTable | None, reasons: dict[int, list[str]]) -> pd.DataFrame:
    """Return rows as they came, with their number and the reasons in front.

    Parameters
    ----------
    raw : the table as it was read; None where nothing was.
    reasons : row number → why it was turned away.
    """
    if raw is None:
        return pd.DataFrame({"row": [], "reasons": []})
    came = raw.frame.drop(columns=list(raw.added), errors="ignore")
    rows = came.loc[came.index.isin(list(reasons))]
    shown = rows.rename(columns={"row": "row (2)", "reasons": "reasons (2)"})
    if raw.geometry is not None:
        shown = shown.assign(geometry=raw.geometry.loc[rows.index].to_wkt())
    shown.insert(0, "reasons", [" | ".join(dict.fromkeys(reasons[r])) for r in rows.index])
    shown.insert(0, "row", rows.index)
    return shown.reset_index(drop=True)


def write_quarantine(checked: Checked, path: Path) -> None:
    """Write the rows that were turned away, as they came, with their faults, as CSV that Excel reads.

    Parameters
    ----------
    checked : a diagnosis with its rows.
    path : file to write; where it names persons its owner alone may read it.
    """
    if checked.diagnosis.kind in PERSONAL:
        close_file(path)
    _write_csv(checked.quarantined, path)


def _write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a table of which no cell can act as a formula."""
    safe = {
        name: neutralise_text(cells)[0] if cells.dtype in ("object", "str") else cells
        for name, cells in table.items()
    }
    header = neutralise_text(pd.Series([str(c) for c in table.columns], dtype="str"))[0]
    frame = pd.DataFrame(safe)
    frame.columns = pd.Index(header)
    frame.to_csv(
        path, index=False, encoding="utf-8-sig", quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n"
    )


def close_file(path: Path) -> None:
    """Make a file, or clear the one that is there, so that its owner alone may read what will stand in it."""
    path.unlink(missing_ok=True)
    path.touch(mode=OWNER_ONLY)
