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
    torn_heading: str = "",
    stated: pd.Series | None = None,
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
    torn_heading : what the file calls the column that contradicts itself, where that is not the id.
    stated : what the file itself has as the id, on the same index, where the id is made of several columns.
    """
    ids = frame[name]
    repeated = ids.duplicated(keep=False) & ids.notna()
    if not repeated.any():
        return frame
    shown = ids if stated is None else stated
    torn = _tell_torn(frame[repeated], name, same, same_m)
    _fault_torn(ids, shown, torn, torn_heading or heading, findings)
    later = ids.duplicated() & ids.notna()
    plain = later & ~ids.isin(torn)
    first = ~frame.index[plain].duplicated()
    findings.warn("duplicate_id", heading, frame.index[plain][first], shown[plain][first])
    return frame.assign(**{name: _number_later(ids, later)})


def _fault_torn(
    ids: pd.Series, shown: pd.Series, torn: set[str], heading: str, findings: Findings
) -> None:
    """Fault each row whose id contradicts itself, once, with the rows that share the id."""
    faulted: set[int] = set()
    for _, group in shown[ids.isin(torn)].groupby(ids[ids.isin(torn)], sort=True):
        rows = [r for r in dict.fromkeys(group.index) if r not in faulted]
        faulted.update(rows)
        together = ", ".join(str(r) for r in list(dict.fromkeys(group.index))[:10])
        value = group.iloc[0]
        findings.fault("contradicting_id", heading, rows, [value] * len(rows), shown=together)


def _number_later(ids: pd.Series, later: pd.Series) -> pd.Series:
    """Return the ids with a number behind each repetition, so that none is left twice."""
    counts = ids.groupby(ids).cumcount() + 1
    numbered = ids.where(~later, ids + "~" + counts.astype("str"))
    while (again := numbered.duplicated() & numbered.notna()).any():
        numbered = numbered.where(~again, numbered + "~")
    return numbered


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
