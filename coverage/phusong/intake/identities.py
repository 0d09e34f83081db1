"""Keep ids apart: a repeated id is listed, and one that contradicts itself is turned away."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from phusong.intake.findings import Findings
from phusong.intake.judge import distance_m


def make_unique(
    frame: pd.DataFrame,
    name: str,
    heading: str,
    findings: Findings,
    *,
    same: Sequence[str] = (),
    same_m: float | None = None,
) -> pd.DataFrame:
    """Return the frame with every id once: a later one is given a number behind it.

    Parameters
    ----------
    frame : rows on the index of row numbers.
    name : column of the id.
    heading : what the file calls it.
    findings : notebook of this reading; a repeated id is warned of, a contradicting one is faulted.
    same : columns in which the rows of one id must agree.
    same_m : how far apart the rows of one id may stand [m]; None where that says nothing.
    """
    ids = frame[name]
    repeated = ids.duplicated(keep=False) & ids.notna()
    if not repeated.any():
        return frame
    torn = _tell_torn(frame[repeated], name, same, same_m)
    for value in sorted(torn):
        rows = list(dict.fromkeys(frame.index[ids == value]))
        shown = ", ".join(str(r) for r in rows[:10])
        findings.fault("contradicting_id", heading, rows, [value] * len(rows), shown=shown)
    later = ids.duplicated() & ids.notna()
    plain = later & ~ids.isin(torn)
    first = ~frame.index[plain].duplicated()
    findings.warn("duplicate_id", heading, frame.index[plain][first], ids[plain][first])
    counts = frame.groupby(name).cumcount()
    numbered = ids.where(~later, ids + "~" + (counts + 1).astype("str"))
    return frame.assign(**{name: numbered})


def _tell_torn(
    rows: pd.DataFrame, name: str, same: Sequence[str], same_m: float | None
) -> set[str]:
    """Return the ids whose rows contradict each other."""
    torn: set[str] = set()
    for column in same:
        kinds = rows.groupby(name)[column].nunique()
        torn |= set(kinds.index[kinds > 1])
    if same_m is not None:
        first = rows.groupby(name)[["lon", "lat"]].transform("first")
        away = distance_m(rows["lon"], rows["lat"], first["lon"], first["lat"])
        torn |= set(rows[name][away > same_m])
    return torn
