"""Read a map layer as text and shapes; its coordinate system must be stated or answered."""

from __future__ import annotations

import json
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from phusong.intake.axes import GEOMETRY
from phusong.intake.definitions import describe_system
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.judge import Judge
from phusong.intake.layers import Layer, open_layer
from phusong.intake.mending import mend_letters
from phusong.intake.reading import Grid, RawTable
from phusong.intake.rules import refuse
from phusong.intake.source_file import SourceFile
from phusong.intake.systems import settle_system
from phusong.vocabulary.parameters import Intake


def read_vector(
    source: SourceFile, options: ReadOptions, findings: Findings, judge: Judge
) -> RawTable:
    """Return a layer as text and shapes; without a system where a person must answer first.

    Row numbers are feature numbers, from 1. Every attribute is text; lists and objects are JSON.

    Parameters
    ----------
    source : a layer, or an archive with one; its kind's headings tell the communes by which a coordinate
        system is judged.
    options : layer, encoding and coordinate system, where the user states them.
    findings : notebook of this reading.
    judge : where the province lies, to weigh coordinate systems by.

    Raises
    ------
    SourceFault, NeedsAnswer
        If the file is turned away, or holds several layers.
    """
    kind, intake, file = source.kind, source.intake, source.name
    inner = source.content
    named = options.layer in (inner.name, inner.stem) and inner != source.path
    within = replace(options, layer=None) if named else options
    row_cap = int(intake.number("row_cap"))
    layer = open_layer(inner, kind, within, findings, row_cap=row_cap, file=file)
    _check_size(layer.frame, intake, file)
    raw = _spell_layer(layer, file)
    _describe_shapes(layer, findings)
    stated = raw.geometry.crs if raw.geometry is not None else None
    worded = replace(options, encoding=options.encoding or layer.encoding)
    mended = _mend_letters(raw, kind, worded, findings, intake)
    crs = settle_system(
        mended, describe_system(stated, layer.shift), kind, options, findings, judge
    )
    shapes = mended.geometry
    if crs is not None and shapes is not None:
        shapes = shapes.set_crs(crs, allow_override=True)
    return replace(mended, geometry=shapes, crs=crs)


def _check_size(layer: gpd.GeoDataFrame, intake: Intake, file: str) -> None:
    """Refuse a layer without shapes, without rows, with too many rows, or with too many vertices."""
    if not isinstance(layer, gpd.GeoDataFrame):
        raise refuse("no_shapes", file=file)
    if layer.empty:
        raise refuse("headings_only", file=file)
    for rule, cap, count in (
        ("too_many_rows", "row_cap", len(layer)),
        ("too_many_vertices", "vertex_cap", _count_vertices(layer)),
    ):
        if count > intake.number(cap):
            raise refuse(rule, file=file, value=str(count), cap=f"{intake.number(cap):g}")


def _describe_shapes(layer: Layer, findings: Findings) -> None:
    """Turn away the rows of which the shape is none, and list the rings that were closed."""
    for rule in sorted(set(layer.broken.values())):
        rows = [at + 1 for at, why in layer.broken.items() if why == rule]
        findings.fault(rule, GEOMETRY, rows, [""] * len(rows))
    if layer.closed:
        first = str(layer.closed[0] + 1)
        findings.fix_shapes("ring_closed", GEOMETRY, len(layer.closed), first, "")


def _count_vertices(layer: gpd.GeoDataFrame) -> int:
    return int(shapely.get_num_coordinates(layer.geometry.to_numpy()).sum())


def _spell_layer(layer: Layer, file: str) -> RawTable:
    """Return a layer with every attribute as text; its shapes keep the system that the file states."""
    index = pd.RangeIndex(1, len(layer.frame) + 1)
    shapes = gpd.GeoSeries(layer.frame.geometry.to_numpy(), index=index, crs=layer.frame.crs)
    cells = pd.DataFrame(layer.frame.drop(columns=layer.frame.geometry.name)).set_axis(index)
    text = {str(name): _spell_column(cells.iloc[:, at]) for at, name in enumerate(cells.columns)}
    return RawTable(pd.DataFrame(text, index=index), shapes, None, file, layer.name)


def _spell_column(values: pd.Series) -> pd.Series:
    """Return a column as text, an empty cell ``""``; whole numbers without a decimal point."""
    return pd.Series([_spell(v) for v in values], index=values.index, dtype="str")


def _spell(value: object) -> str:
    """Return one attribute as text."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    if pd.isna(value):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip("\0")


def _mend_letters(
    raw: RawTable, kind: str, options: ReadOptions, findings: Findings, intake: Intake
) -> RawTable:
    """Return a layer with its letters mended; rows of which letters were lost are turned away."""
    headings = pd.DataFrame([list(raw.frame.columns)], index=[0], dtype="str")
    body = raw.frame.set_axis(range(raw.frame.shape[1]), axis=1)
    grid = mend_letters(
        Grid(pd.concat([headings, body])),
        kind,
        options,
        findings,
        search_rows=1,
        telling_share=intake.number("telling_share"),
    )
    for rule in sorted(set(grid.broken.values())):
        rows = [row for row, why in grid.broken.items() if why == rule and row]
        findings.fault(rule, "", rows, [""] * len(rows))
    names = [str(name) for name in grid.frame.loc[0]]
    frame = grid.frame.drop(index=0).set_axis(names, axis=1)
    return replace(raw, frame=frame.set_axis(raw.frame.index))
