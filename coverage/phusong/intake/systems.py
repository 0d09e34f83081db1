"""Settle in which coordinate system a layer is: as stated if that can be, else by an answer."""

from __future__ import annotations

from contextlib import suppress

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj

from phusong.intake.axes import find_middles
from phusong.intake.definitions import Definition
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import match_headings
from phusong.intake.judge import Judge
from phusong.intake.localities import Localities, resolve_communes
from phusong.intake.reading import RawTable
from phusong.intake.rules import add_to_both, refuse
from phusong.intake.swaps import order_metres
from phusong.intake.zones import ask_zone, fits_worse, weigh_zones
from phusong.vocabulary.errors import SourceFault
from phusong.vocabulary.metres import WGS84

#: No angle is larger [°]; coordinates beyond are metres.
LARGEST_ANGLE = 180.0


def settle_system(
    raw: RawTable,
    stated: Definition | None,
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
    stated : what the file says of its system, or None.
    kind : source kind, whose headings tell the communes.
    options : the system that the user states.
    findings : notebook of this reading.
    judge : where the province and its communes lie.

    Raises
    ------
    SourceFault
        If the user states a system that does not exist.
    """
    written = stated.crs if stated is not None else None
    crs = options.crs or written
    if options.crs and written and options.crs != written:
        findings.warn("crs_overruled", "geometry", [0], [str(written)], crs=str(options.crs))
    shapes = raw.geometry if raw.geometry is not None else gpd.GeoSeries(index=raw.frame.index)
    x, y = find_middles(shapes).to_numpy().T
    if not np.isfinite(x).any():
        return crs or WGS84
    decided = _resolve_axes(x, y, crs, raw, kind, stated, options, findings, judge)
    if decided is not None:
        _list_system(decided, stated, options, len(raw.frame), findings)
    return decided


def _resolve_axes(
    x: np.ndarray,
    y: np.ndarray,
    crs: int | None,
    raw: RawTable,
    kind: str,
    stated: Definition | None,
    options: ReadOptions,
    findings: Findings,
    judge: Judge,
) -> int | None:
    """Return the system of coordinates in degrees or in metres, whichever they are; asks where none fits."""
    # the half decides: one wild row, turned away later, does not make metres of a layer in degrees
    angles = bool(np.nanmedian(np.abs([x, y]).max(axis=0)) <= LARGEST_ANGLE)
    if angles:
        return _settle_degrees(crs, x, y, raw.file, stated, findings, judge)
    localities = _read_localities(raw, kind, options, judge)
    return _settle_metres(crs, x, y, localities, raw.file, stated, findings, judge)


def _list_system(
    crs: int, stated: Definition | None, options: ReadOptions, rows: int, findings: Findings
) -> None:
    """List in which system a layer was read, and by whose word."""
    known = f"EPSG {crs} {pyproj.CRS.from_epsg(crs).name}"
    if options.crs == crs and (stated is None or stated.crs != crs):
        findings.fix_shapes("crs_read", "geometry", rows, f"--crs {crs}", known)
    elif stated is not None:
        rule = "crs_recognised" if stated.recognised else "crs_read"
        findings.fix_shapes(rule, "geometry", rows, stated.name, known)


def _lead(stated: Definition | None, unit_vi: str, unit_en: str) -> str:
    """Return how a question begins about coordinates of which the system is none of the numbered ones."""
    if stated is not None and stated.crs is None:
        return (
            f"tọa độ là {unit_vi}; hệ tọa độ ghi trong tệp là “{stated.name}”, không phải hệ nào có mã EPSG: "
            f"hãy ghi --crs hoặc xuất lại lớp sang WGS 84 · {unit_en}; the system written in the file is "
            f"“{stated.name}”, none that has an EPSG code: state --crs, or export the layer as WGS 84"
        )
    return (
        f"tọa độ là {unit_vi} mà tệp không ghi hệ tọa độ · "
        f"{unit_en}, and the file does not say in which system"
    )


def is_geographic(crs: int, file: str) -> bool:
    """Return whether a system is in degrees.

    Parameters
    ----------
    crs : EPSG code.
    file : the file as the user named it.

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
    crs: int | None,
    x: np.ndarray,
    y: np.ndarray,
    file: str,
    stated: Definition | None,
    findings: Findings,
    judge: Judge,
) -> int | None:
    """Return the system of coordinates in degrees, if it is stated and is one; asks otherwise."""
    if crs is not None and is_geographic(crs, file):
        return crs
    there = np.isfinite(x)
    inside = ~judge.outside(x, y) | ~judge.outside(y, x)
    share = f"{100 * inside[there].mean():.0f} %" if judge.box else "–"
    lead = (
        _lead(stated, "độ", "degrees")
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
    localities: Localities | None,
    file: str,
    stated: Definition | None,
    findings: Findings,
    judge: Judge,
) -> int | None:
    """Return the system of coordinates in metres, if it is stated and fits; asks otherwise."""
    codes = localities.codes if localities is not None else None
    judge = localities.judge if localities is not None else judge
    metric = crs if crs is not None and not is_geographic(crs, file) else None
    easting, northing = order_metres(pd.DataFrame({"first": x, "second": y}))
    shares = weigh_zones(easting, northing, codes, judge, stated=metric)
    if codes is not None and not any(zone.share > 0 for zone in shares):
        shares = weigh_zones(easting, northing, None, judge, stated=metric)
    fits = metric is not None and not fits_worse(
        shares, stated=metric, margin=judge.wrong_zone_share
    )
    if not fits:
        ask_zone(findings, shares, stated=crs, lead=_lead(stated, "mét", "metres"))
    return metric


def _read_localities(
    raw: RawTable, kind: str, options: ReadOptions, judge: Judge
) -> Localities | None:
    """Return the commune of each row, as far as the layer tells; its faults are told elsewhere."""
    with suppress(SourceFault):
        aside = Findings()
        return resolve_communes(match_headings(raw, kind, aside), aside, options, judge)
    return None
