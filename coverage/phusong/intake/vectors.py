"""Read a map layer as text and shapes; its coordinate system must be stated or answered."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from phusong.intake.archives import unpack_archive
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.judge import Judge
from phusong.intake.layers import find_layer_file, open_layer
from phusong.intake.reading import RawTable
from phusong.intake.rules import refuse
from phusong.intake.sniffing import Form, sniff_form
from phusong.intake.zones import ask_zone, weigh_zones
from phusong.vocabulary.metres import WGS84
from phusong.vocabulary.parameters import Intake


def read_vector(
    path: Path, options: ReadOptions, findings: Findings, intake: Intake, judge: Judge
) -> RawTable | None:
    """Return a layer as text and shapes; None where a person must answer first.

    Row numbers are feature numbers, from 1. Every attribute is text; lists and objects are JSON.

    Parameters
    ----------
    path : a layer, or an archive with one.
    options : layer and coordinate system, where the user states them.
    findings : notebook of this reading.
    intake : caps.
    judge : where the province lies, to weigh coordinate systems by.

    Raises
    ------
    SourceFault, NeedsAnswer
        If the file is turned away, or holds several layers.
    """
    file = str(path)
    packed = sniff_form(path, file=file) == Form.ARCHIVE
    with unpack_archive(path, intake, file=file) if packed else nullcontext(path) as place:
        inner = find_layer_file(place, file=file) if packed else place
        layer = open_layer(inner, options, file=file)
    _check_size(layer, intake, file)
    index = pd.RangeIndex(1, len(layer) + 1)
    shapes = gpd.GeoSeries(layer.geometry.to_numpy(), index=index)
    crs = _settle_crs(layer, shapes, options, findings, judge)
    if crs is None:
        return None
    frame = pd.DataFrame(layer.drop(columns=layer.geometry.name)).set_axis(index)
    text = pd.DataFrame({str(c): _as_text(frame[c]) for c in frame.columns}, index=index)
    return RawTable(text, shapes.set_crs(crs), crs, file)


def _check_size(layer: gpd.GeoDataFrame, intake: Intake, file: str) -> None:
    """Refuse a layer without shapes, without rows, with too many rows, or with too many vertices."""
    if not isinstance(layer, gpd.GeoDataFrame):
        raise refuse("no_shapes", file=file)
    if layer.empty:
        raise refuse("headings_only", file=file)
    if len(layer) > intake.number("row_cap"):
        raise refuse("too_many_rows", file=file, cap=f"{intake.number('row_cap'):g}")
    vertices = int(shapely.get_num_coordinates(layer.geometry.to_numpy()).sum())
    if vertices > intake.number("vertex_cap"):
        raise refuse(
            "too_many_vertices",
            file=file,
            value=str(vertices),
            cap=f"{intake.number('vertex_cap'):g}",
        )


def _settle_crs(
    layer: gpd.GeoDataFrame,
    shapes: gpd.GeoSeries,
    options: ReadOptions,
    findings: Findings,
    judge: Judge,
) -> int | None:
    """Return the EPSG code of the shapes: the user's, else the file's, else nothing, and ask."""
    stated = layer.crs.to_epsg() if layer.crs is not None else None
    if layer.crs is not None and stated is None:
        stated = WGS84 if layer.crs.equals("OGC:CRS84") else layer.crs.to_epsg(min_confidence=25)
    if options.crs is not None:
        if stated not in (None, options.crs):
            findings.warn("crs_overruled", "geometry", [0], [str(stated)], crs=str(options.crs))
        return options.crs
    if stated is not None:
        return stated
    _ask_crs(shapes, findings, judge)
    return None


def _ask_crs(shapes: gpd.GeoSeries, findings: Findings, judge: Judge) -> None:
    """Ask for the system of shapes that do not say, with the share of rows each puts in the province."""
    points = shapely.point_on_surface(shapes.to_numpy())
    x, y = shapely.get_x(points), shapely.get_y(points)
    if np.nanmax(np.abs([x, y])) <= 180:
        share = (
            float((judge.outside_m(x, y)[np.isfinite(x)] == 0).mean())
            if judge.box
            else float("nan")
        )
        percent = "–" if np.isnan(share) else f"{100 * share:.0f} %"
        why = (
            "tọa độ là độ mà tệp không ghi hệ tọa độ · degrees, and the file does not say in which system; "
            f"4326 WGS 84: {percent} trong tỉnh · in the province"
        )
        findings.ask("crs", [str(WGS84)], why)
        return
    ask_zone(findings, weigh_zones(x, y, None, judge))


def _as_text(values: pd.Series) -> pd.Series:
    """Return a column as text, an empty cell ``""``; whole numbers without a decimal point."""

    def spell(value: object) -> str:
        if isinstance(value, dict | list | np.ndarray):
            return json.dumps(
                value if not isinstance(value, np.ndarray) else value.tolist(), ensure_ascii=False
            )
        if (
            value is None
            or value is pd.NA
            or value is pd.NaT
            or (isinstance(value, float) and np.isnan(value))
        ):
            return ""
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return str(value)

    return pd.Series([spell(v) for v in values], index=values.index, dtype="str")
