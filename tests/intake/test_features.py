"""One bad shape costs one row: in GeoJSON, in other formats, for points as for lines and areas."""

import json

import geopandas as gpd
import numpy as np
import pytest
import shapely
from tests.intake.offices import check, fixes
from tests.intake.surveyors import METRES, feature, metres, square, write_json

from phusong.intake.features import parse_binary

LON, LAT = 105.562, 21.523
RING = [[LON, LAT], [LON + 0.01, LAT], [LON + 0.01, LAT + 0.01], [LON, LAT + 0.01]]
AREA = {"type": "Polygon", "coordinates": [[*RING, RING[0]]]}
LINE = {"type": "LineString", "coordinates": RING}
POINT = {"type": "Point", "coordinates": RING[0]}
#: What a bad shape is → the rule under which its row is turned away.
BAD = {
    "shape_broken": [
        {"type": "LineString", "coordinates": RING[0]},
        {"type": "LineString", "coordinates": [RING[0]]},
        {"type": "Polygon", "coordinates": RING},
        {"type": "Polygon", "coordinates": [RING[:2]]},
        {"type": "Polygon", "coordinates": [[["a", "b"], *RING]]},
        {"type": "Polygon"},
        {"type": "MultiPolygon", "coordinates": [[RING], 7]},
    ],
    "shape_type_unknown": [
        {"type": "Curve", "coordinates": RING},
        {"coordinates": RING},
        {"type": "GeometryCollection", "geometries": [{"type": "Surface", "coordinates": []}]},
    ],
    "empty_shape": [None, {"type": "Polygon", "coordinates": []}],
}


def list_faults(checked):
    return [(f.row, f.rule) for f in checked.diagnosis.faults if f.severity == "error" and f.row]


@pytest.mark.parametrize(
    ("shape", "rule"), [(shape, rule) for rule, shapes in BAD.items() for shape in shapes]
)
def test_a_bad_shape_costs_its_own_row_alone(tmp_path, shape, rule):
    rows = [
        feature(AREA, cong_nghe="4G"),
        feature(shape, cong_nghe="4G"),
        feature(AREA, cong_nghe="3G"),
    ]
    checked = check("coverage", write_json(tmp_path / "a.geojson", rows))
    assert list_faults(checked) == [(2, rule)]
    assert checked.accepted["technology"].tolist() == ["4G", "3G"]


def test_what_is_no_feature_is_a_row_too(tmp_path):
    rows = [feature(AREA, cong_nghe="4G"), {"type": "Thing", "geometry": AREA}, 7]
    checked = check("coverage", write_json(tmp_path / "a.geojson", rows), technology="4G")
    assert checked.diagnosis.rows_in == 3


def test_an_open_ring_is_closed_and_listed(tmp_path):
    opened = {"type": "Polygon", "coordinates": [RING]}
    rows = [feature(AREA, cong_nghe="4G"), feature(opened, cong_nghe="4G")]
    checked = check("coverage", write_json(tmp_path / "a.geojson", rows))
    assert fixes(checked) == {"ring_closed": 1}
    first, second = checked.accepted.geometry
    assert first.equals(second)


def test_an_open_ring_in_binary_is_closed(tmp_path):
    """A GeoPackage holds shapes as binary, of which GEOS takes no ring that is open."""
    squares = [square(LON + 0.02 * i, LAT) for i in range(2)]
    frame = gpd.GeoDataFrame({"cong_nghe": ["4G", "3G"]}, geometry=squares, crs=METRES)
    frame.to_file(tmp_path / "a.gpkg", layer="vung")
    corners = np.array(squares[1].exterior.coords)
    data, before = (tmp_path / "a.gpkg").read_bytes(), corners.tobytes()
    assert data.count(before) == 1
    opened = data.replace(before, np.array([*corners[:-1], corners[3]]).tobytes())
    (tmp_path / "a.gpkg").write_bytes(opened)
    checked = check("coverage", tmp_path / "a.gpkg")
    assert fixes(checked) == {"ring_closed": 1}
    assert checked.accepted["technology"].tolist() == ["4G", "3G"]


def test_binary_that_is_no_shape_costs_its_own_row_alone():
    good = shapely.Point(1, 2)
    shapes, broken, closed = parse_binary([good.wkb, None, good.wkb[:-3], b""])
    assert shapes == [good, None, None, None]
    assert broken == {2: "shape_broken", 3: "shape_broken"}
    assert not closed


def test_of_a_collection_nothing_is_dropped_unsaid(tmp_path):
    both = {"type": "GeometryCollection", "geometries": [AREA, POINT]}
    rows = [feature(AREA, cong_nghe="4G"), feature(both, cong_nghe="4G")]
    checked = check("coverage", write_json(tmp_path / "a.geojson", rows))
    (fix,) = (f for f in checked.diagnosis.fixes if f.rule == "collection_parted")
    assert (fix.rows, fix.example_before, fix.example_after) == (1, "Polygon, Point", "Polygon")


# --- a line is no point, an area no mast

#: Kinds that read points from a layer, with the columns that their rows need.
POINT_KINDS = {
    "cells": {"Mã trạm": "T1", "Công nghệ": "4G", "Nhà mạng": "VNPT"},
    "fibre_nodes": {"Mã tủ": "ODF1", "Nhà mạng": "VNPT"},
    "schools": {"Mã trường": "26001", "Tên trường": "TH Thử"},
    "hamlets": {"Tên thôn": "Thôn Thử", "Mã xã": "08914"},
}
SHAPES = {
    "point": POINT,
    "line": LINE,
    "lines": {"type": "MultiLineString", "coordinates": [RING, RING[:2]]},
    "area": AREA,
    "two points": {"type": "MultiPoint", "coordinates": RING[:2]},
    "one of several": {"type": "MultiPoint", "coordinates": RING[:1]},
    "point and line": {"type": "GeometryCollection", "geometries": [POINT, LINE]},
    "nothing but lines": {"type": "GeometryCollection", "geometries": [LINE]},
}
ACCEPTED = {
    "cells": ("point", "one of several", "point and line"),
    "fibre_nodes": ("point", "one of several", "point and line"),
    "schools": ("point", "one of several", "point and line", "area"),
    "hamlets": ("point", "one of several", "point and line", "area", "two points"),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", POINT_KINDS)
def test_what_stands_for_a_point(tmp_path, kind, shape):
    rows = [feature(SHAPES[shape], **POINT_KINDS[kind])]
    checked = check(kind, write_json(tmp_path / "a.geojson", rows))
    if shape in ACCEPTED[kind]:
        assert list_faults(checked) == []
        assert checked.diagnosis.rows_accepted == 1
    else:
        assert list_faults(checked) == [(1, "wrong_shape")]
    if shape == "point and line":
        assert "collection_parted" in fixes(checked)
    if (kind, shape) == ("schools", "area"):
        assert fixes(checked) == {"area_to_point": 1}


def test_hamlets_as_points_and_outlines_in_one_layer(tmp_path):
    rows = [
        feature(shape, **POINT_KINDS["hamlets"] | {"Tên thôn": name})
        for name, shape in (("Thôn A", POINT), ("Thôn B", AREA), ("Thôn C", LINE))
    ]
    checked = check("hamlets", write_json(tmp_path / "a.geojson", rows))
    assert list_faults(checked) == [(3, "wrong_shape")]
    by_name = checked.accepted.set_index("name")
    assert by_name["location_quality"].to_dict() == {
        "A": "gazetteer_point",
        "B": "official_polygon",
    }
    assert by_name["lon"].round(3).to_dict()["A"] == LON


@pytest.mark.parametrize("kind", ["cells", "fibre_nodes", "schools", "roads"])
@pytest.mark.parametrize("ending", ["geojson", "parquet"])
def test_a_lost_coordinate_is_reported_as_such(tmp_path, kind, ending):
    columns = POINT_KINDS.get(kind, {})
    x, y = metres(LON, LAT)
    with np.errstate(invalid="ignore"):
        split, whole = (
            (shapely.LineString([(x, y), (np.nan, y)]), shapely.LineString([(x, y), (x + 9, y)]))
            if kind == "roads"
            else (shapely.Point(np.nan, y), shapely.Point(x, y))
        )
    frame = gpd.GeoDataFrame(
        {name: [value, f"{value}2"] for name, value in columns.items()},
        geometry=[split, whole],
        crs=METRES,
    )
    path = tmp_path / f"a.{ending}"
    if ending == "parquet":
        frame.to_parquet(path)
    else:
        shape = {"type": "LineString", "coordinates": [RING[0], [float("nan"), LAT]]}
        shape = shape if kind == "roads" else {"type": "Point", "coordinates": [float("nan"), LAT]}
        good = LINE if kind == "roads" else POINT
        rows = [feature(shape, **columns), feature(good, **columns)]
        path.write_text(json.dumps({"type": "FeatureCollection", "features": rows}), "utf-8")
    checked = check(kind, path)
    (fault,) = (f for f in checked.diagnosis.faults if f.row == 1 and f.severity == "error")
    assert fault.rule in ("not_finite", "not_a_coordinate")
    assert fault.value == "NaN"
