"""Put coordinates in order: longitude before latitude, easting before northing, points or commas."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.intake.angles import LAT, LON
from phusong.intake.findings import Findings
from phusong.intake.judge import Judge
from phusong.intake.rules import add_to_both, describe_rule
from phusong.intake.spots import Spots, spell_places

#: No latitude is larger.
RIGHT_ANGLE = 90.0
#: No place in Việt Nam has a smaller northing, nor a larger easting [m].
SMALLEST_NORTHING = 900_000.0
#: What to do about rows that are swapped while others are not.
SWAP_CHOICES = [
    "đổi chỗ hai tọa độ ở các dòng đó trong tệp · swap the two coordinates of those rows in the file",
    "bỏ các dòng đó khỏi tệp · take those rows out of the file",
]


def mend_order(spots: Spots, degrees: pd.Series, findings: Findings, judge: Judge) -> pd.DataFrame:
    """Return longitudes and latitudes, exchanged where the file shows that they are swapped.

    Where all rows show it they are exchanged, and where one alone does it is quarantined; where some do, a
    person is asked. Coordinates of one cell are ordered row by row, since their order is no promise.

    Parameters
    ----------
    spots : coordinates as numbers.
    degrees : which rows are in degrees.
    findings : notebook of this reading.
    judge : where the province lies.

    Returns
    -------
    lon, lat [°], NaN where the row is not in degrees or was quarantined.
    """
    places = spots.numbers.set_axis(["lon", "lat"], axis=1).where(degrees)
    right, turned = _tell_order(spots, places, degrees, judge)
    if spots.paired:
        return _exchange(places, turned)
    if not turned.any():
        return places
    exchanged = _exchange(places, degrees)
    if not right.any():
        before, after = spots.frame.loc[turned, "text"], exchanged[turned].head(1)
        findings.fix("swapped", spots.column, before, spell_places(after["lon"], after["lat"]))
        return exchanged
    if _stands_alone(turned, right):
        corrected = spell_places(exchanged["lon"], exchanged["lat"])
        spots.fault_each(findings, "lone_swapped", turned, corrected)
    else:
        _ask_order(spots, turned, degrees, findings)
    return places.mask(turned)


def _tell_order(
    spots: Spots, places: pd.DataFrame, degrees: pd.Series, judge: Judge
) -> tuple[pd.Series, pd.Series]:
    """Return which rows stand in the right order for sure, and which are turned for sure."""
    lon, lat = places["lon"], places["lat"]
    if judge.box is None:
        right, turned = (
            lat.abs() <= RIGHT_ANGLE,
            (lat.abs() > RIGHT_ANGLE) & (lon.abs() <= RIGHT_ANGLE),
        )
    else:
        right = pd.Series(~judge.outside(lon.to_numpy(), lat.to_numpy()), index=places.index)
        turned = ~right & ~judge.outside(lat.to_numpy(), lon.to_numpy())
    axis = spots.frame["axis"]
    right = degrees & (right | (axis == LON)) & (axis != LAT)
    return right, degrees & ~right & (turned | (axis == LAT))


def _exchange(places: pd.DataFrame, rows: pd.Series) -> pd.DataFrame:
    """Return the places with both coordinates exchanged in these rows."""
    lon, lat = places["lon"], places["lat"]
    return pd.DataFrame({"lon": lon.mask(rows, lat), "lat": lat.mask(rows, lon)})


def _stands_alone(odd: pd.Series, right: pd.Series) -> bool:
    """Return whether a single row differs from several others."""
    return bool(odd.sum() == 1 and right.sum() > 1)


def _ask_order(spots: Spots, turned: pd.Series, all_rows: pd.Series, findings: Findings) -> None:
    """Ask what to do about the rows whose coordinates look swapped."""
    rows = ", ".join(str(r) for r in spots.frame.index[turned][:20])
    details = {"count": int(turned.sum()), "total": int(all_rows.sum()), "rows": rows}
    findings.ask(
        "swapped",
        SWAP_CHOICES,
        add_to_both(describe_rule("swapped_rows", **details), "", lead=", ".join(spots.columns)),
    )


def single_out_commas(spots: Spots, degrees: pd.Series) -> pd.Series:
    """Return the few rows that mark decimals by a comma where most rows use a point."""
    comma = spots.frame["comma"] & degrees
    points = degrees & ~comma & (spots.numbers % 1 != 0).any(axis=1)
    return comma if comma.sum() < points.sum() else comma & False


def fix_commas(spots: Spots, rows: pd.Series, findings: Findings) -> None:
    """List the decimal commas that were read as points."""
    comma = spots.frame["comma"] & rows
    if comma.any() and not spots.paired:
        first = spots.frame[comma].head(1)
        findings.fix(
            "decimal_comma",
            spots.column,
            spots.frame.loc[comma, "text"],
            spell_places(first["first"], first["second"]),
        )


def mend_metres(spots: Spots, metric: pd.Series, findings: Findings) -> pd.DataFrame:
    """Return easting and northing as first and second, exchanged where the file writes X for northing.

    Parameters
    ----------
    spots : coordinates as numbers.
    metric : which rows are in metres.
    findings : notebook of this reading.
    """
    numbers = spots.numbers.where(metric)
    turned = _northing_first(numbers)
    right = metric & ~turned
    easting, northing = order_metres(numbers)
    ordered = pd.DataFrame({"first": easting, "second": northing}, index=numbers.index)
    if not turned.any():
        return numbers
    if right.any() and not _stands_alone(turned, right):
        _ask_order(spots, turned, metric, findings)
    elif right.any():
        spots.fault_each(
            findings, "lone_swapped", turned, spell_places(ordered["first"], ordered["second"])
        )
        return numbers.mask(turned)
    else:
        first = ordered[turned].head(1)
        before = spots.frame.loc[turned, "text"]
        findings.fix(
            "x_is_northing", spots.column, before, spell_places(first["first"], first["second"])
        )
    return ordered


def _northing_first(numbers: pd.DataFrame) -> pd.Series:
    return (numbers["first"] > SMALLEST_NORTHING) & (numbers["second"] < SMALLEST_NORTHING)


def order_metres(numbers: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return easting and northing, told apart by their size [m]."""
    turned = _northing_first(numbers).to_numpy()
    first, second = numbers["first"].to_numpy(), numbers["second"].to_numpy()
    return np.where(turned, second, first), np.where(turned, first, second)
