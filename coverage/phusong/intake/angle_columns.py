"""Join the columns of an angle that a form parts in degrees, minutes and seconds."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from phusong.intake.findings import Findings

#: What a column of one part of an angle is called, under the angle's own heading.
_PARTS = {
    "degrees": frozenset(("độ", "do", "°", "º", "deg", "degree", "degrees")),
    "minutes": frozenset(("phút", "phut", "'", "’", "′", "min", "minute", "minutes")),
    "seconds": frozenset(("giây", "giay", '"', "”", "″", "''", "sec", "second", "seconds")),
}
_PART_NAME = re.compile(r"(?P<stem>.+?)\s*(?:[:(\[]\s*|\s)(?P<part>[^\s:()\[\]]+)\s*[)\]]?")


def are_angle_parts(cells: Iterable[str]) -> bool:
    """Return whether cells are headings of degrees, minutes and seconds, and of nothing else."""
    parts = {_name_part(cell) for cell in cells if cell}
    return "" not in parts and {"degrees", "minutes"} <= parts


def _name_part(text: str) -> str:
    """Return which part of an angle a heading names; empty where it names none."""
    word = text.strip(" ()[]").lower()
    return next((part for part, words in _PARTS.items() if word in words), "")


def join_angle_columns(frame: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """Return rows in which degrees, minutes and seconds of an angle stand in one column; listed.

    Parameters
    ----------
    frame : rows under their headings.
    findings : notebook of this reading.
    """
    stems: dict[str, dict[str, str]] = {}
    for heading in frame.columns:
        found = _PART_NAME.fullmatch(str(heading))
        part = _name_part(found["part"]) if found else ""
        if found and part:
            stems.setdefault(found["stem"], {})[part] = heading
    for stem, parts in stems.items():
        if stem in frame.columns:
            parts.setdefault("degrees", stem)
        if {"degrees", "minutes"} <= set(parts):
            frame = _join_parts(frame, stem, parts, findings)
    return frame


def _join_parts(
    frame: pd.DataFrame, stem: str, parts: dict[str, str], findings: Findings
) -> pd.DataFrame:
    """Return rows in which the parts of one angle are one text under its heading."""
    joined = pd.Series("", index=frame.index, dtype="str")
    for part, sign in (("degrees", "°"), ("minutes", "'"), ("seconds", '"')):
        if part in parts:
            cells = frame[parts[part]].str.strip()
            joined += cells.where(cells == "", cells + sign)
    filled = joined != ""
    before = frame.loc[filled, list(parts.values())].agg(" | ".join, axis=1)
    findings.fix("angle_joined", stem, before, joined[filled])
    position = frame.columns.get_loc(parts["degrees"])
    rest = frame.drop(columns=list(parts.values()))
    rest.insert(min(int(position), rest.shape[1]), stem, joined)
    return rest
