"""Mend the shapes of a layer, or turn their rows away: empty, crossing, of the wrong kind, out of place."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from phusong.intake.findings import Findings
from phusong.intake.judge import Judge
from phusong.intake.reading import RawTable
from phusong.intake.spots import spell_places
from phusong.vocabulary.metres import WGS84, metric_crs, transform_shapes

#: Shapely's type numbers by what a table wants.
DIMENSION = {"point": 0, "line": 1, "polygon": 2}
GEOMETRY = "geometry"
HECTARE_M2 = 1e4
WORLD_DEG2 = 100.0


def mend_shapes(raw: RawTable, wanted: str, findings: Findings, judge: Judge) -> gpd.GeoSeries:
    """Return the shapes as WGS 84 longitude and latitude, valid and of the wanted kind.

    Parameters
    ----------
    raw : the layer.
    wanted : ``point``, ``line`` or ``polygon``.
    findings : notebook of this reading.
    judge : where the province lies, and which repair wants a look.

    Returns
    -------
    shapes on the index of the rows; None where a row is turned away.
    """
    given = (
        raw.geometry
        if raw.geometry is not None
        else gpd.GeoSeries([None] * len(raw.frame), index=raw.frame.index)
    )
    shapes = _drop_empty(given, findings)
    shapes = _flatten(shapes, findings)
    degrees = transform_shapes(gpd.GeoSeries(shapes, crs=raw.crs or WGS84), target=WGS84)
    degrees = _turn_axes(degrees, findings, judge)
    degrees = _judge_place(degrees, findings, judge)
    if wanted == "polygon":
        degrees = _make_valid(degrees, findings, judge)
    return _keep_kind(degrees, wanted, findings)


def _drop_empty(shapes: gpd.GeoSeries, findings: Findings) -> gpd.GeoSeries:
    """Return the shapes that hold finite coordinates; the others' rows are turned away."""
    values = shapes.to_numpy()
    bounds = shapely.bounds(values)
    void = pd.Series(~np.isfinite(bounds).all(axis=1), index=shapes.index)
    findings.fault("empty_shape", GEOMETRY, shapes.index[void], [""] * int(void.sum()))
    return shapes.mask(void)


def _flatten(shapes: gpd.GeoSeries, findings: Findings) -> gpd.GeoSeries:
    """Return shapes without heights; which have any is listed."""
    high = pd.Series(shapely.has_z(shapes.to_numpy()), index=shapes.index)
    if high.any():
        first = shapes[high].head(1)
        findings.fix_shapes(
            "height_dropped",
            GEOMETRY,
            int(high.sum()),
            first.iloc[0].geom_type + " Z",
            first.iloc[0].geom_type,
        )
    return gpd.GeoSeries(shapely.force_2d(shapes.to_numpy()), index=shapes.index, crs=shapes.crs)


def _middles(shapes: gpd.GeoSeries) -> tuple[np.ndarray, np.ndarray]:
    """Return the middle of each shape's box, NaN where there is none."""
    west, south, east, north = shapely.bounds(shapes.to_numpy()).T
    return (west + east) / 2, (south + north) / 2


def _turn_axes(shapes: gpd.GeoSeries, findings: Findings, judge: Judge) -> gpd.GeoSeries:
    """Return shapes whose axes were swapped turned back, if all were; some only are asked about."""
    if judge.box is None:
        return shapes
    x, y = _middles(shapes)
    there = np.isfinite(x)
    turned = there & judge.outside(x, y) & ~judge.outside(y, x)
    if not turned.any():
        return shapes
    if turned.sum() < there.sum():
        if turned.sum() > 1:
            rows = ", ".join(str(r) for r in shapes.index[turned][:10])
            findings.ask(
                "axes",
                ["swap", "quarantine"],
                f"trục tọa độ bị đổi chỗ ở các dòng {rows} · axes are swapped in rows {rows}",
            )
        return shapes
    back = gpd.GeoSeries(
        shapely.transform(shapes.to_numpy(), lambda xy: xy[:, ::-1]),
        index=shapes.index,
        crs=shapes.crs,
    )
    before, after = (
        spell_places(pd.Series(x[:1]), pd.Series(y[:1])),
        spell_places(pd.Series(y[:1]), pd.Series(x[:1])),
    )
    findings.fix_shapes("swapped", GEOMETRY, int(turned.sum()), before.iloc[0], after.iloc[0])
    return back


def _judge_place(shapes: gpd.GeoSeries, findings: Findings, judge: Judge) -> gpd.GeoSeries:
    """Return the shapes that can be right; a layer that lies elsewhere altogether is refused."""
    x, y = _middles(shapes)
    there = np.isfinite(x)
    wild = there & (
        np.prod(np.diff(shapely.bounds(shapes.to_numpy()).reshape(-1, 2, 2), axis=1)[:, 0], axis=1)
        > WORLD_DEG2
    )
    findings.fault("world_size", GEOMETRY, shapes.index[wild], [""] * int(wild.sum()))
    if judge.box is None:
        return shapes.mask(wild)
    away = judge.outside_m(x, y)
    outside = there & ~wild & (away > judge.margin_m)
    if outside.any() and outside.sum() == there.sum():
        nearest = f"{np.nanmin(away) / 1000:.0f} km"
        findings.fault(
            "all_outside", GEOMETRY, [0], [len(shapes)], province=judge.province, nearest=nearest
        )
        return shapes
    for row, distance in zip(shapes.index[outside], away[outside], strict=True):
        findings.fault("outside", GEOMETRY, [row], [""], distance=f"{distance / 1000:.1f} km")
    return shapes.mask(wild | outside)


def _make_valid(shapes: gpd.GeoSeries, findings: Findings, judge: Judge) -> gpd.GeoSeries:
    """Return polygons with crossing or repeated rings mended by structure; what it changed is listed."""
    values = shapes.to_numpy()
    broken = ~shapely.is_missing(values) & ~shapely.is_valid(values)
    if not broken.any():
        return shapes
    crs = metric_crs(judge.province or "26")
    mended = values.copy()
    mended[broken] = [_mend_one(v) for v in values[broken]]
    before = transform_shapes(gpd.GeoSeries(values[broken], crs=WGS84), target=crs).area.to_numpy()
    after = transform_shapes(gpd.GeoSeries(mended[broken], crs=WGS84), target=crs).area.to_numpy()
    rows = shapes.index[broken]
    findings.fix_shapes(
        "made_valid",
        GEOMETRY,
        len(rows),
        shapely.is_valid_reason(values[broken][0]),
        f"{after[0] / HECTARE_M2:.2f} ha",
    )
    for row, a, b in zip(rows, before, after, strict=True):
        if abs(b - a) > judge.area_change_share * max(a, b):
            findings.warn(
                "area_changed",
                GEOMETRY,
                [row],
                [f"{a / HECTARE_M2:.2f} ha"],
                after=f"{b / HECTARE_M2:.2f} ha",
            )
    return gpd.GeoSeries(mended, index=shapes.index, crs=shapes.crs)


def _mend_one(shape: shapely.Geometry) -> shapely.Geometry:
    """Return a polygon made valid by structure; other kinds by linework."""
    if shapely.get_dimensions(shape) == DIMENSION["polygon"] and shape.geom_type.endswith(
        "Polygon"
    ):
        return shapely.make_valid(shape, method="structure", keep_collapsed=False)
    return shapely.make_valid(shape)


def _keep_kind(shapes: gpd.GeoSeries, wanted: str, findings: Findings) -> gpd.GeoSeries:
    """Return the shapes of the wanted kind; of a collection, its parts of that kind."""
    values = shapes.to_numpy().copy()
    for number in np.flatnonzero(
        shapely.get_type_id(values) == shapely.GeometryType.GEOMETRYCOLLECTION
    ):
        parts = [p for p in values[number].geoms if shapely.get_dimensions(p) == DIMENSION[wanted]]
        values[number] = shapely.union_all(parts) if parts else values[number]
    there = ~shapely.is_missing(values)
    wrong = there & (
        (shapely.get_dimensions(values) != DIMENSION[wanted]) | shapely.is_empty(values)
    )
    kinds = [v.geom_type for v in values[wrong]]
    findings.fault("wrong_shape", GEOMETRY, shapes.index[wrong], kinds, wanted=wanted)
    values[wrong] = None
    return gpd.GeoSeries(values, index=shapes.index, crs=shapes.crs)


def warn_overlaps(shapes: gpd.GeoSeries, findings: Findings, *, crs: int) -> None:
    """Warn of neighbours that claim the same ground, and of gaps between neighbours, with their areas.

    The door reports; mending the layer is the business of the communes' repair.

    Parameters
    ----------
    shapes : polygons [°].
    findings : notebook of this reading.
    crs : metric system in which areas are measured.
    """
    metres = transform_shapes(shapes[shapes.notna()], target=crs)
    values = metres.to_numpy()
    if len(values) < 2 or shapely.coverage_is_valid(values):
        return
    first, second = shapely.STRtree(values).query(values, predicate="intersects")
    pairs = first < second
    common = shapely.area(shapely.intersection(values[first[pairs]], values[second[pairs]]))
    for a, b, area in zip(first[pairs], second[pairs], common, strict=True):
        if area > 1.0:
            rows = (metres.index[a], metres.index[b])
            findings.warn(
                "overlap", GEOMETRY, rows[:1], [f"{area / HECTARE_M2:.2f} ha"], other=rows[1]
            )
    union = shapely.get_parts(shapely.union_all(values))
    gaps = [shapely.Polygon(ring).area for part in union for ring in part.interiors]
    if gaps:
        total = f"{sum(gaps) / HECTARE_M2:.1f} ha"
        findings.warn("gaps", GEOMETRY, [0], [total], count=len(gaps), area=total)
