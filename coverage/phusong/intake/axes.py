"""Put the axes of shapes in order: longitude before latitude, easting before northing."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from phusong.intake.findings import Findings
from phusong.intake.judge import Judge
from phusong.intake.rules import add_to_both, describe_rule
from phusong.intake.spots import GEOMETRY, spell_places
from phusong.intake.swaps import RIGHT_ANGLE, SMALLEST_NORTHING, SWAP_CHOICES

SHOWN_ROWS = 20


def find_middles(shapes: gpd.GeoSeries) -> pd.DataFrame:
    """Return the middle of each shape's box as x and y, NaN where there is none, or no end to it."""
    boxes = shapely.bounds(shapes.to_numpy()).reshape(-1, 4)
    west, south, east, north = np.where(
        np.isfinite(boxes).all(axis=1, keepdims=True), boxes, np.nan
    ).T
    return pd.DataFrame({"x": west / 2 + east / 2, "y": south / 2 + north / 2}, index=shapes.index)


def spell_middles(shapes: gpd.GeoSeries) -> pd.Series:
    """Return the middle of each shape as text, as coordinates of points are shown."""
    middles = find_middles(shapes)
    return spell_places(middles["x"], middles["y"])


def turn_metres(shapes: gpd.GeoSeries, findings: Findings) -> gpd.GeoSeries:
    """Return shapes in metres with easting first, turned where an office wrote X for northing.

    Parameters
    ----------
    shapes : in a metric system, which they state.
    findings : notebook of this reading.
    """
    if shapes.crs is None or shapes.crs.is_geographic:
        return shapes
    middles = find_middles(shapes)
    turned = (middles["x"] > SMALLEST_NORTHING) & (middles["y"] < SMALLEST_NORTHING)
    return _turn(shapes, turned, "x_is_northing", findings)


def turn_degrees(shapes: gpd.GeoSeries, findings: Findings, judge: Judge) -> gpd.GeoSeries:
    """Return shapes in degrees with longitude first, turned where they lie in the province only when turned.

    Parameters
    ----------
    shapes : in degrees.
    findings : notebook of this reading.
    judge : where the province lies.
    """
    middles = find_middles(shapes)
    x, y = middles["x"].to_numpy(), middles["y"].to_numpy()
    if judge.box is None:
        turned = (np.abs(y) > RIGHT_ANGLE) & (np.abs(x) <= RIGHT_ANGLE)
    else:
        turned = judge.outside(x, y) & ~judge.outside(y, x)
    there = middles["x"].notna()
    return _turn(shapes, pd.Series(turned, index=shapes.index) & there, "swapped", findings)


def _turn(shapes: gpd.GeoSeries, turned: pd.Series, rule: str, findings: Findings) -> gpd.GeoSeries:
    """Return shapes with their axes exchanged if all want it; one alone is turned away, several are asked."""
    if not turned.any():
        return shapes
    right = shapes.notna() & ~turned
    back = gpd.GeoSeries(
        shapely.transform(shapes.to_numpy(), lambda xy: xy[:, ::-1]),
        index=shapes.index,
        crs=shapes.crs,
    )
    before, after = spell_middles(shapes[turned]), spell_middles(back[turned])
    if not right.any():
        findings.fix(rule, GEOMETRY, before, after)
        return back
    if turned.sum() == 1 and right.sum() > 1:
        row, value, corrected = before.index[0], before.iloc[0], after.iloc[0]
        findings.fault("lone_swapped", GEOMETRY, [row], [value], corrected=corrected)
        return shapes.mask(turned)
    _ask_turn(turned, int(shapes.notna().sum()), findings)
    return shapes


def _ask_turn(turned: pd.Series, total: int, findings: Findings) -> None:
    """Ask what to do about the rows whose axes look swapped."""
    rows = ", ".join(str(row) for row in turned.index[turned][:SHOWN_ROWS])
    why = describe_rule("swapped_rows", count=int(turned.sum()), total=total, rows=rows)
    findings.ask("swapped", SWAP_CHOICES, add_to_both(why, "", lead=GEOMETRY))
