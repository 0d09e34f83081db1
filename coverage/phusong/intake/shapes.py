"""Mend the shapes of a layer, or turn their rows away: empty, crossing, of the wrong kind, out of place."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from phusong.intake.axes import (
    GEOMETRY,
    find_middles,
    spell_middles,
    turn_degrees,
    turn_metres,
)
from phusong.intake.findings import Findings
from phusong.intake.judge import Judge
from phusong.intake.reading import RawTable
from phusong.intake.spots import fault_kinds, find_faulted, find_wild
from phusong.intake.swaps import RIGHT_ANGLE
from phusong.vocabulary.metres import WGS84, transform_shapes

#: Shapely's type numbers by what a table wants.
DIMENSION = {"point": 0, "line": 1, "polygon": 2}
HECTARE_M2 = 1e4
#: Less is the rounding of coordinates [m²].
SMALLEST_M2 = 1.0
WORLD_DEG2 = 100.0
HALF_TURN = 180.0


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
    shapes = _flatten(_drop_empty(given, findings), findings)
    shapes = turn_metres(gpd.GeoSeries(shapes, crs=raw.crs or WGS84), findings)
    degrees = turn_degrees(transform_shapes(shapes, target=WGS84), findings, judge)
    degrees = _judge_place(_drop_impossible(degrees, findings), findings, judge)
    if wanted == "polygon":
        degrees = _make_valid(degrees, findings, judge)
    return _keep_kind(degrees, wanted, findings)


def _drop_empty(shapes: gpd.GeoSeries, findings: Findings) -> gpd.GeoSeries:
    """Return the shapes that hold finite coordinates; the others' rows are turned away, each once."""
    values = shapes.to_numpy()
    wild = pd.Series(find_wild(values), shapes.index)
    void = pd.Series(shapely.is_missing(values) | shapely.is_empty(values), shapes.index)
    void &= ~shapes.index.isin(find_faulted(findings))
    findings.fault("empty_shape", GEOMETRY, shapes.index[void], [""] * int(void.sum()))
    findings.fault("not_finite", GEOMETRY, shapes.index[wild], ["NaN"] * int(wild.sum()))
    return shapes.mask(void | wild)


def _flatten(shapes: gpd.GeoSeries, findings: Findings) -> gpd.GeoSeries:
    """Return shapes without heights and measures; which have any is listed."""
    values = shapes.to_numpy()
    high = pd.Series(shapely.has_z(values) | shapely.has_m(values), index=shapes.index)
    if high.any():
        first = shapes[high].head(1)
        findings.fix_shapes(
            "height_dropped",
            GEOMETRY,
            int(high.sum()),
            first.iloc[0].wkt.partition(" (")[0],
            first.iloc[0].geom_type.upper(),
        )
    return gpd.GeoSeries(shapely.force_2d(values), index=shapes.index, crs=shapes.crs)


def _drop_impossible(shapes: gpd.GeoSeries, findings: Findings) -> gpd.GeoSeries:
    """Return the shapes that lie on the globe; the others' rows are turned away."""
    farthest = np.abs(shapely.bounds(shapes.to_numpy()).reshape(-1, 2, 2)).max(axis=1)
    globe = (farthest <= [HALF_TURN, RIGHT_ANGLE]).all(axis=1)
    lost = shapes.notna() & ~globe
    findings.fault("not_a_coordinate", GEOMETRY, shapes.index[lost], spell_middles(shapes[lost]))
    return shapes.mask(lost)


def _judge_place(shapes: gpd.GeoSeries, findings: Findings, judge: Judge) -> gpd.GeoSeries:
    """Return the shapes that can be right; a layer that lies elsewhere altogether is refused."""
    middles, there = find_middles(shapes), shapes.notna().to_numpy()
    west, south, east, north = shapely.bounds(shapes.to_numpy()).reshape(-1, 4).T
    wild = there & ((east - west) * (north - south) > WORLD_DEG2)
    findings.fault("world_size", GEOMETRY, shapes.index[wild], [""] * int(wild.sum()))
    if judge.box is None:
        return shapes.mask(wild)
    away = judge.outside_m(middles["x"].to_numpy(), middles["y"].to_numpy())
    outside = there & ~wild & (away > judge.margin_m)
    if outside.any() and outside.sum() == there.sum():
        nearest = f"{np.nanmin(away) / 1000:.0f} km"
        findings.fault(
            "all_outside", GEOMETRY, [0], [len(shapes)], province=judge.province, nearest=nearest
        )
        return shapes
    spelt = spell_middles(shapes[outside])
    for row, distance in zip(shapes.index[outside], away[outside], strict=True):
        text = f"{distance / 1000:.0f} km"
        findings.fault("outside", GEOMETRY, [row], [spelt[row]], distance=text)
    return shapes.mask(wild | outside)


def _make_valid(shapes: gpd.GeoSeries, findings: Findings, judge: Judge) -> gpd.GeoSeries:
    """Return polygons with crossing or repeated rings mended by structure; what it changed is listed."""
    values = shapes.to_numpy()
    broken = ~shapely.is_missing(values) & ~shapely.is_valid(values)
    if not broken.any():
        return shapes
    crs = choose_metres(shapes, judge)
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
    values, parted = shapes.to_numpy().copy(), []
    for number in np.flatnonzero(
        shapely.get_type_id(values) == shapely.GeometryType.GEOMETRYCOLLECTION
    ):
        parts = [p for p in values[number].geoms if shapely.get_dimensions(p) == DIMENSION[wanted]]
        if parts:
            before = ", ".join(part.geom_type for part in values[number].geoms)
            values[number] = shapely.union_all(parts)
            parted.append((before, values[number].geom_type))
    if parted:
        findings.fix_shapes("collection_parted", GEOMETRY, len(parted), *parted[0])
    there = ~shapely.is_missing(values)
    wrong = there & (
        (shapely.get_dimensions(values) != DIMENSION[wanted]) | shapely.is_empty(values)
    )
    kinds = [v.geom_type for v in values[wrong]]
    fault_kinds(findings, shapes.index[wrong], kinds, wanted)
    values[wrong] = None
    return gpd.GeoSeries(values, index=shapes.index, crs=shapes.crs)


def warn_still(shapes: gpd.GeoSeries, findings: Findings) -> None:
    """Warn of lines that begin and end on one spot and go nowhere.

    Parameters
    ----------
    shapes : lines.
    findings : notebook of this reading.
    """
    still = shapes.notna() & (shapely.length(shapes.to_numpy()) == 0)
    findings.warn("zero_length", GEOMETRY, shapes.index[still], [""] * int(still.sum()))


def choose_metres(shapes: gpd.GeoSeries, judge: Judge) -> int:
    """Return the metric system in which shapes are measured: the province's, else their UTM zone."""
    if judge.metric_crs is not None:
        return judge.metric_crs
    there = shapes[shapes.notna()]
    return int(there.estimate_utm_crs().to_epsg()) if len(there) else WGS84


def warn_overlaps(shapes: gpd.GeoSeries, findings: Findings, judge: Judge) -> None:
    """Warn of neighbours that claim the same ground, and of gaps between neighbours, with their areas.

    The door reports; mending the layer is the business of the communes' repair.

    Parameters
    ----------
    shapes : polygons [°].
    findings : notebook of this reading.
    judge : which province's metric system areas are measured in.
    """
    there = shapes[shapes.notna()]
    metres = transform_shapes(there, target=choose_metres(there, judge))
    values = metres.to_numpy()
    clean = bool(shapely.coverage_is_valid(values))
    if not clean:
        _warn_pairs(metres, findings)
    union = shapely.coverage_union_all(values) if clean else shapely.union_all(values)
    rings = [ring for part in shapely.get_parts(union) for ring in part.interiors]
    gaps = [area for ring in rings if (area := shapely.Polygon(ring).area) > SMALLEST_M2]
    if gaps:
        total = f"{sum(gaps) / HECTARE_M2:.1f} ha"
        findings.warn("gaps", GEOMETRY, [0], [total], count=len(gaps), area=total)


def _warn_pairs(metres: gpd.GeoSeries, findings: Findings) -> None:
    """Warn of each two shapes that claim the same ground [m]."""
    values = metres.to_numpy()
    first, second = shapely.STRtree(values).query(values, predicate="intersects")
    pairs = first < second
    common = shapely.area(shapely.intersection(values[first[pairs]], values[second[pairs]]))
    for a, b, area in zip(first[pairs], second[pairs], common, strict=True):
        if area > SMALLEST_M2:
            row, other = metres.index[a], metres.index[b]
            findings.warn("overlap", GEOMETRY, [row], [_spell_area(area)], other=other)


def _spell_area(area: float) -> str:
    """Return an area in hectares [m²], a small one in square metres."""
    hectares = f"{area / HECTARE_M2:.2f}"
    return f"{area:.0f} m²" if float(hectares) == 0 else f"{hectares} ha"
