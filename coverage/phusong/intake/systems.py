"""Settle in which coordinate system a layer is: as stated if that can be, else by an answer."""

from __future__ import annotations

from contextlib import suppress

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj

from phusong.intake.axes import find_middles
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import match_headings
from phusong.intake.judge import Judge
from phusong.intake.localities import read_communes
from phusong.intake.reading import RawTable
from phusong.intake.rules import add_to_both, refuse
from phusong.intake.swaps import order_metres
from phusong.intake.zones import ask_zone, fits_worse, weigh_zones
from phusong.vocabulary.errors import SourceFault
from phusong.vocabulary.metres import WGS84

#: No angle is larger [°]; coordinates beyond are metres.
LARGEST_ANGLE = 180.0
#: How sure PROJ must be that a description is of a numbered system, 0..100 (`pyproj.CRS.to_epsg`).
SURE = 70


def settle_system(
    raw: RawTable,
    stated: pyproj.CRS | None,
    kind: str,
    options: ReadOptions,
    findings: Findings,
    judge: Judge,
) -> int | None:
    """Return the EPSG code of a layer's coordinates; None where a person must answer first.

    What the user says goes before what the file says. Neither is believed against the coordinates: degrees
    stated as metres, metres stated as degrees, and a zone that puts far fewer rows in place than another,
    are asked about.

    Parameters
    ----------
    raw : the layer.
    stated : the system that the file states, or None.
    kind : source kind, whose headings tell the communes.
    options : the system that the user states.
    findings : notebook of this reading.
    judge : where the province and its communes lie.

    Raises
    ------
    SourceFault
        If the user states a system that does not exist.
    """
    written = number_system(stated)
    crs = options.crs or written
    if options.crs and written and options.crs != written:
        findings.warn("crs_overruled", "geometry", [0], [str(written)], crs=str(options.crs))
    shapes = raw.geometry if raw.geometry is not None else gpd.GeoSeries(index=raw.frame.index)
    x, y = find_middles(shapes).to_numpy().T
    if not np.isfinite(x).any():
        return crs or WGS84
    # the half decides: one wild row, turned away later, does not make metres of a layer in degrees
    angles = bool(np.nanmedian(np.abs([x, y]).max(axis=0)) <= LARGEST_ANGLE)
    if angles:
        return _settle_degrees(crs, x, y, raw.file, findings, judge)
    return _settle_metres(crs, x, y, _read_codes(raw, kind, options), raw.file, findings, judge)


def number_system(stated: pyproj.CRS | None) -> int | None:
    """Return the EPSG code of a system that a file describes; None where it is no numbered one for sure."""
    if stated is None:
        return None
    if stated.equals("OGC:CRS84"):
        return WGS84
    number: int | None = stated.to_epsg(min_confidence=SURE)
    return number


def _is_geographic(crs: int, file: str) -> bool:
    """Return whether a system is in degrees.

    Raises
    ------
    SourceFault
        If there is no such system.
    """
    try:
        return bool(pyproj.CRS.from_epsg(crs).is_geographic)
    except pyproj.exceptions.CRSError as error:
        raise refuse("unknown_crs", file=file, value=str(crs)) from error


def _settle_degrees(
    crs: int | None, x: np.ndarray, y: np.ndarray, file: str, findings: Findings, judge: Judge
) -> int | None:
    """Return the system of coordinates in degrees, if it is stated and is one; asks otherwise."""
    if crs is not None and _is_geographic(crs, file):
        return crs
    there = np.isfinite(x)
    inside = ~judge.outside(x, y) | ~judge.outside(y, x)
    share = f"{100 * inside[there].mean():.0f} %" if judge.box else "–"
    lead = (
        "tọa độ là độ mà tệp không ghi hệ tọa độ · degrees, and the file does not say in which system"
        if crs is None
        else f"tọa độ là độ, không phải EPSG {crs} đã ghi · degrees, not EPSG {crs} as stated"
    )
    findings.ask(
        "crs",
        [str(WGS84)],
        add_to_both(
            lead, f"{WGS84} WGS 84: {share} trong tỉnh", f"{WGS84} WGS 84: {share} in the province"
        ),
    )
    return None


def _settle_metres(
    crs: int | None,
    x: np.ndarray,
    y: np.ndarray,
    codes: pd.Series | None,
    file: str,
    findings: Findings,
    judge: Judge,
) -> int | None:
    """Return the system of coordinates in metres, if it is stated and fits; asks otherwise."""
    metric = crs if crs is not None and not _is_geographic(crs, file) else None
    easting, northing = order_metres(pd.DataFrame({"first": x, "second": y}))
    shares = weigh_zones(easting, northing, codes, judge, stated=metric)
    if codes is not None and not any(zone.share > 0 for zone in shares):
        shares = weigh_zones(easting, northing, None, judge, stated=metric)
    fits = metric is not None and not fits_worse(
        shares, stated=metric, margin=judge.wrong_zone_share
    )
    if not fits:
        ask_zone(findings, shares, stated=crs)
    return metric


def _read_codes(raw: RawTable, kind: str, options: ReadOptions) -> pd.Series | None:
    """Return the commune code of each row, as far as the layer tells; its faults are told elsewhere."""
    with suppress(SourceFault):
        aside = Findings()
        return read_communes(match_headings(raw, kind, aside), aside, options)
    return None
