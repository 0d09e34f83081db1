"""Read an angle, or a pair of coordinates in one cell, as offices and field crews write them."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from phusong.intake.numbers import parse_number, parse_numbers

LON, LAT = "lon", "lat"

_DECIMAL = r"\d+(?:[.,]\d+)?"
_LETTER = r"[Bb]ắc|[Nn]am|[ĐđDd]ông|[Tt]ây|[NSEWBĐT]"
_ANGLE = re.compile(
    rf"(?P<before>{_LETTER})?\s*(?P<sign>-)?(?P<degrees>{_DECIMAL})(?P<mark>\s*[°º˚oᵒd:]|\s*độ|\s)?\s*"
    rf"(?:(?P<minutes>{_DECIMAL})\s*(?:['’′´`m:]|phút|\s|$)?\s*)?"
    rf"(?:(?P<seconds>{_DECIMAL})\s*(?:[\"”″s]|['’′]{{2}}|giây|$)?\s*)?"
    rf"(?P<after>{_LETTER})?"
)
_AXES = {"b": LAT, "n": LAT, "s": LAT, "bắc": LAT, "nam": LAT}
_NEGATIVE = {"s", "nam", "w", "t", "tây"}
_SIGNED = r"([+-]?\d+(?:[.,]\d+)?)"
_PAIR = rf"^(?:POINT\s*)?[(\[]?\s*{_SIGNED}\s*(?:[/;|]|,\s+|\s+|,|\s[-–]\s)\s*{_SIGNED}\s*[)\]]?$"
_LABEL = re.compile(r"(?:[KVXYkvxy][ĐđDd]?|[Ll]at|[Ll]on(?:g)?|[Kk]inh độ|[Vv]ĩ độ)\s*[:=]\s*")
_SPLITS = (
    re.compile(r"\s*[/;|]\s*"),
    re.compile(r",\s+"),
    re.compile(r"(?<=[NSEWBĐT])\s*,?\s*(?=\d)"),
    re.compile(r"(?<=[\"”″'’′])\s*,?\s+(?=\d)"),
    re.compile(r"\s+(?=[NSEWBĐT]\s*\d)"),
)


def parse_angle(text: str) -> tuple[float, str]:
    """Return degrees, minutes and seconds as decimal degrees, and the axis that a letter names.

    ``B``, ``Đ`` and ``T`` are bắc, đông and tây; ``N`` alone is read as north, since nobody in Việt Nam needs
    a letter for the south.

    Returns
    -------
    degrees : NaN where the text is no angle.
    axis : ``lon``, ``lat`` or empty.
    """
    found = _ANGLE.fullmatch(text.strip())
    if not found:
        return np.nan, ""
    letter = (found["before"] or found["after"] or "").lower()
    if not (letter or found["mark"]):
        return np.nan, ""
    parts = [float((found[p] or "0").replace(",", ".")) for p in ("degrees", "minutes", "seconds")]
    if parts[1] >= 60 or parts[2] >= 60:
        return np.nan, ""
    value = parts[0] + parts[1] / 60 + parts[2] / 3600
    negative = bool(found["sign"]) or letter in _NEGATIVE
    axis = _AXES.get(letter, LON if letter else "")
    return (-value if negative else value), axis


def parse_coordinates(cells: pd.Series) -> pd.DataFrame:
    """Return cells with one coordinate each as numbers.

    Parameters
    ----------
    cells : stripped text.

    Returns
    -------
    value (NaN where empty or unreadable), axis (``lon``, ``lat`` or empty), rule (``decimal_comma``,
    ``thousands_grouped``, ``angle_to_degrees`` or missing), on the same index.
    """
    values, rules = parse_numbers(cells)
    axes = pd.Series("", index=cells.index, dtype="object")
    angles = (cells != "") & (values.isna() | (rules == "unit_removed"))
    if angles.any():
        parsed = {t: _parse_marked(t) for t in cells[angles].unique()}
        values = values.mask(angles, cells[angles].map(lambda t: parsed[t][0]).astype("float64"))
        axes = axes.mask(angles, cells[angles].map(lambda t: parsed[t][1]))
        rules = rules.mask(angles, "angle_to_degrees")
    return pd.DataFrame({"value": values, "axis": axes, "rule": rules.where(values.notna(), None)})


def _parse_marked(text: str) -> tuple[float, str]:
    """Return a coordinate that carries a sign, a letter or a unit."""
    value, axis = parse_angle(text)
    if np.isnan(value) and text.rstrip().endswith(("m", "M")):
        return parse_number(text)[0], ""
    return value, axis


def parse_pairs(cells: pd.Series) -> pd.DataFrame:
    """Return cells with two coordinates each as numbers, in the order in which they stand.

    Parameters
    ----------
    cells : stripped text.

    Returns
    -------
    first, second (NaN where unreadable), axis (which axis a letter gives to the first, or empty), comma
    (whether decimals are marked by a comma), on the same index.
    """
    plain = cells.str.extract(_PAIR)
    first, second = parse_coordinates(plain[0].fillna("")), parse_coordinates(plain[1].fillna(""))
    comma = (first["rule"] == "decimal_comma") | (second["rule"] == "decimal_comma")
    pairs = pd.DataFrame(
        {"first": first["value"], "second": second["value"], "axis": "", "comma": comma}
    )
    left = (cells != "") & (pairs["first"].isna() | pairs["second"].isna())
    if left.any():
        parsed = {text: _split_pair(text) for text in cells[left].unique()}
        for place, name in enumerate(("first", "second", "axis")):
            pairs[name] = pairs[name].mask(left, cells[left].map(lambda t, p=place: parsed[t][p]))
    return pairs.astype({"first": "float64", "second": "float64"})


def _split_pair(text: str) -> tuple[float, float, str]:
    """Return the two coordinates of a cell that carries signs or letters, and the axis of the first."""
    bare = _LABEL.sub("", text).strip("()[] ")
    for split in _SPLITS:
        parts = [p for p in split.split(bare) if p]
        if len(parts) == 2:
            pair = parse_coordinates(pd.Series(parts, dtype="str"))
            if pair["value"].notna().all():
                axes = pair["axis"].tolist()
                return (*pair["value"].tolist(), axes[0] or _other_axis(axes[1]))
    return np.nan, np.nan, ""


def _other_axis(axis: str) -> str:
    return {LON: LAT, LAT: LON}.get(axis, "")
