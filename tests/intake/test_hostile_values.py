"""Values that no office means and every disk can bring: each source kind answers them, row by row, in words."""

import json
import sqlite3
import struct
from contextlib import closing
from datetime import date, datetime, time
from functools import partial

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.intake.offices import check, write_csv
from tests.intake.surveyors import write_json

from phusong.intake.aliases import ALIASES, TABLES
from phusong.intake.registry import KINDS

pytestmark = pytest.mark.long

#: A row that each kind accepts, by canonical column.
GOOD = {
    "units": {
        "code": "08914", "name": "Đạo Trù", "kind": "xã", "parent_code": "26", "valid_from": "2026-10-01",
        "valid_to": "", "made_of": "08914",
    },
    "hamlets": {
        "hamlet_id": "T1", "name": "Đồng Giếng", "commune_code": "08914", "households": "100",
        "lon": "105.562", "lat": "21.523",
    },
    "cells": {
        "cell_id": "C1", "site_code": "A1", "operator": "Viettel", "technology": "4G",
        "lon": "105.581", "lat": "21.312", "height_m": "42",
    },
    "fibre_nodes": {
        "node_id": "N1", "operator": "VNPT", "lon": "105.581", "lat": "21.312", "ports": "16",
    },
    "claims": {
        "hamlet_id": "T1", "hamlet_name": "Đồng Giếng", "commune_code": "08914",
        "operator": "Viettel", "technology": "4G", "ready": "Có",
    },
    "schools": {
        "school_id": "S1", "name": "Trường TH Đạo Trù", "level": "TH", "commune_code": "08914",
        "lon": "105.562", "lat": "21.523", "pupils": "300",
    },
    "students": {
        "student_code": "26000001", "full_name": "Nguyễn Thị Hạ", "birth_date": "01/02/2012",
        "school_name": "Trường TH Đạo Trù", "grade": "4", "commune": "Đạo Trù", "hamlet": "Đồng Giếng",
    },
    "poverty": {
        "household_code": "H1", "head_name": "Trần Văn Xuân", "commune": "Đạo Trù",
        "hamlet": "Đồng Giếng", "poverty": "Hộ nghèo",
    },
    "contributions": {
        "contribution_id": "G1", "donor": "Công ty A", "form": "Tiền", "pledged_vnd": "5000000",
        "given_on": "21/09/2021",
    },
    "lots": {
        "lot_id": "L1", "kind": "Máy tính bảng", "quantity": "10", "received_on": "21/09/2021",
        "unit_value_vnd": "2350000",
    },
    "packages": {
        "package_id": "P1", "operator": "VNPT", "name": "Gói 4 GB/ngày", "quantity": "10",
        "gb_per_day": "4", "months": "3",
    },
    "commitments": {
        "commitment_id": "K1", "operator": "Viettel", "hamlet": "Đồng Giếng",
        "commune_code": "08914", "technology": "4G", "due_on": "31/12/2021",
    },
    "hamlet_lineage": {
        "from_hamlet_id": "H1", "from_hamlet": "Đồng Giếng", "from_commune_code": "08914", "to_hamlet_id": "H2",
        "to_hamlet": "Đồng Giếng Mới", "share": "1", "households": "50", "decision": "12/NQ-HĐND",
        "changed_on": "01/06/2026",
    },
    "measurements": {
        "measurement_id": "D1", "operator": "Viettel", "technology": "4G", "signal_dbm": "-101",
        "lon": "105.562", "lat": "21.523", "measured_at": "24/09/2021 08:30",
    },
}  # fmt: skip
INVISIBLE = [
    "\u200b",
    "\u00a0",
    "\ufeff",
    "\u202e",
    "\u2060\u200d",
    "\u00ad",
    "\u3164",
    "\u2028",
    "\x85",
]
NUMBERS = [
    "9223372036854775807", "9223372036854775808", "-9223372036854775809", "18446744073709551616",
    "9" * 30, "-" + "9" * 30, "9" * 400, "9" * 5_000, "1e19", "1e308", "1e400", "-1e400", "NaN", "inf", "-Infinity", "0x7fffffffffffffff", "1_000", "٣", "20٣٣",
    "²", "½", "-0", "0" * 40, "9" * 20 + " đồng", "9" * 20 + " tháng", "9" * 20 + " GB/ngày", "1e400 triệu", "9" * 400 + " tỷ", "999.999.999.999.999.999.999", "3 × " + "9" * 25 + " tháng",
    "9" * 25 + "/2021",
]  # fmt: skip
DATES = [
    "31/02/2021", "00/00/0000", "01/01/0001", "31/12/9999", "0000-00-00", "2021-13-45", "99999",
    "01/01/99999", "1e10", "-1", "29/02/1900", "12:00", "2021-09-21T99:99:99", "69999.9999",
]  # fmt: skip
TEXTS = ["=1+1", "<script>", "x" * 2_000, "a\nb\r\nc", "💥", "\ud7ff", "%s{0}", "A · B → C"]
VALUES = INVISIBLE + NUMBERS + DATES + TEXTS


def columns_of(kind):
    """Every column that a kind knows, by its canonical name."""
    return list(dict.fromkeys([*(c.name for c in TABLES[kind].columns), *ALIASES.get(kind, {})]))


TABULAR = [k for k, v in KINDS.items() if v.table]


def test_there_is_a_row_for_every_kind_that_comes_as_a_table(tmp_path):
    assert sorted(GOOD) == sorted(TABULAR)
    for kind, row in GOOD.items():
        checked = check(kind, write_csv(tmp_path / f"{kind}.csv", [list(row), list(row.values())]))
        assert checked.diagnosis.rows_accepted == 1, (kind, checked.diagnosis)


def answered(kind, path, **options):
    """What the door says of a file: always a diagnosis in which each row is accounted for."""
    diagnosis = check(kind, path, **options).diagnosis
    assert diagnosis.status in ("accepted", "needs_answer", "refused")
    return diagnosis


def crossed(kind, values):
    """Good rows, and one for each column of a kind with each value in it, under their headings."""
    good, columns = GOOD[kind], columns_of(kind)
    heads = list(dict.fromkeys([*good, *columns]))
    rows = [good | {name: value} for name in columns for value in values]
    return [heads, *([row.get(h) for h in heads] for row in [good, good, *rows])]


@pytest.mark.parametrize("kind", TABULAR)
def test_any_value_in_any_column_of_a_text_is_answered(tmp_path, kind):
    for values in (INVISIBLE + DATES, NUMBERS, TEXTS):
        answered(kind, write_csv(tmp_path / "a.csv", crossed(kind, values)))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_columns_of_nothing_else_are_answered(tmp_path, data):
    kind = data.draw(st.sampled_from(TABULAR))
    columns = data.draw(st.lists(st.sampled_from(columns_of(kind)), min_size=1, max_size=3))
    values = st.one_of(st.sampled_from(VALUES), st.text(st.characters(exclude_categories=["Cs"])))
    rows = data.draw(st.lists(st.lists(values, min_size=3, max_size=3), min_size=1, max_size=4))
    table = [GOOD[kind] | dict(zip(columns, row, strict=False)) for row in rows]
    answered(kind, write_csv(tmp_path / "a.csv", [list(table[0]), *(r.values() for r in table)]))


#: What a cell of a workbook can hold besides text.
TYPED = [
    2**63, -(2**63) - 1, 2**70, 1.7e308, -1.7e308, 5e-324, -0.0, 0.1 + 0.2, True, False,
    datetime(1900, 1, 1), datetime(9999, 12, 31, 23, 59, 59), date(1900, 2, 28), time(23, 59),
]  # fmt: skip


def write_typed(path, rows):
    """A workbook whose cells have the types that they have here; what no cell can hold becomes an error."""
    with xlsxwriter.Workbook(path, {"nan_inf_to_errors": True}) as book:
        page = book.add_worksheet()
        put = {
            bool: page.write_boolean, int: page.write_number, float: page.write_number,
            str: page.write_string, datetime: partial(page.write_datetime, cell_format=None),
            date: page.write_datetime, time: page.write_datetime,
        }  # fmt: skip
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, date | time):
                    page.write_datetime(r, c, cell, day)
                elif cell is not None:
                    put[type(cell)](r, c, cell)
        page.write_formula(len(rows), 0, "=1/0", None, "#DIV/0!")
    return path


@pytest.mark.parametrize("kind", TABULAR)
def test_any_value_in_any_column_of_a_workbook_is_answered(tmp_path, kind):
    values = [*TYPED, float("nan"), float("inf"), *INVISIBLE[:4], "1e400", "9" * 30]
    answered(kind, write_typed(tmp_path / "a.xlsx", crossed(kind, values)))


# --- layers

LAYERS = {
    "communes": {"commune_code": "08914", "name": "Xã Đạo Trù"},
    "coverage": {"operator": "VNPT", "technology": "4G"},
    "fibre_routes": {"route_id": "R1", "operator": "VNPT", "length_stated_m": 1000},
    "roads": {"road_id": "D1", "name": "QL2"},
    **{k: {n: v for n, v in GOOD[k].items() if n not in ("lon", "lat")} for k in GOOD if KINDS[k].shapes},
}  # fmt: skip
SPOT, AWAY = (105.562, 21.523), (105.572, 21.533)
SQUARE = shapely.box(105.555, 21.515, 105.569, 21.531)
PLAIN = {
    "point": shapely.Point(SPOT),
    "line": shapely.LineString([SPOT, AWAY]),
    "polygon": SQUARE,
}
WANTED = {"communes": "polygon", "coverage": "polygon", "fibre_routes": "line", "roads": "line"}


def plain_shape(kind):
    """A shape that a kind accepts."""
    return PLAIN[WANTED.get(kind, "point")]


def geojson(shape):
    return None if shape is None else shapely.geometry.mapping(shape)


def test_there_is_a_row_for_every_kind_that_comes_as_a_layer(tmp_path):
    assert sorted(LAYERS) == sorted(k for k, v in KINDS.items() if v.shapes)
    for kind, row in LAYERS.items():
        feature = {"type": "Feature", "properties": row, "geometry": geojson(plain_shape(kind))}
        diagnosis = answered(kind, write_json(tmp_path / "a.geojson", [feature]))
        assert diagnosis.rows_accepted == 1, (kind, diagnosis)


#: Attributes as JSON writes them, numbers included that no program can hold.
ATTRIBUTES = [
    "9223372036854775808", "-9223372036854775809", "1e400", "-1e400", "1e308", "0.1", "-0", "true",
    "null", "[1, [2]]", '{"a": {"b": 1}}', '"\\u200b"', '"\\ufeff"', '"\\u0000"', '"9e999"',
    '"NaN"', "9" * 400, '"31/02/2021"', '"2021-13-45T99:00:00Z"', '"\\ud800"', '"2021-09-21"',
]  # fmt: skip


@pytest.mark.parametrize("kind", LAYERS)
def test_any_attribute_of_a_layer_is_answered(tmp_path, kind):
    features, shape = [], json.dumps(geojson(plain_shape(kind)))
    for name in columns_of(kind):
        for text in ATTRIBUTES:
            row = LAYERS[kind] | {name: None}
            told = ", ".join(
                f"{json.dumps(k)}: {text if k == name else json.dumps(v)}" for k, v in row.items()
            )
            features.append(f'{{"type": "Feature", "properties": {{{told}}}, "geometry": {shape}}}')
    (tmp_path / "a.geojson").write_text(
        '{"type": "FeatureCollection", "features": [' + ",".join(features) + "]}"
    )
    answered(kind, tmp_path / "a.geojson")


NAN, INF = float("nan"), float("inf")
SHAPES = {
    "none": None,
    "empty point": shapely.Point(),
    "empty collection": shapely.GeometryCollection(),
    "collection": shapely.GeometryCollection([SQUARE, shapely.Point(SPOT), shapely.LineString([SPOT, AWAY])]),
    "nested": shapely.GeometryCollection([shapely.GeometryCollection([shapely.GeometryCollection([shapely.Point(SPOT)])])]),
    "nan": shapely.Point(NAN, NAN),
    "inf": shapely.LineString([(INF, 0), SPOT]),
    "huge": shapely.Point(1e300, -1e300),
    "heights": shapely.Point(*SPOT, 30),
    "measures": shapely.from_wkt("LINESTRING ZM (105.562 21.523 1 2, 105.572 21.533 3 4)"),
    "nan height": shapely.from_wkt("POINT Z (105.562 21.523 NaN)"),
    "one spot": shapely.LineString([SPOT, SPOT]),
    "flat": shapely.Polygon([SPOT, AWAY, SPOT, SPOT]),
    "bow tie": shapely.Polygon([(105.56, 21.52), (105.57, 21.53), (105.57, 21.52), (105.56, 21.53)]),
    "world": shapely.box(-180, -90, 180, 90),
    "many points": shapely.MultiPoint([SPOT, AWAY]),
    "many lines": shapely.MultiLineString([[SPOT, AWAY], [AWAY, SPOT]]),
    "many squares": shapely.MultiPolygon([SQUARE, SQUARE]),
    "empty part": shapely.from_wkt("MULTIPOINT (EMPTY, (105.562 21.523))"),
    "ring": shapely.LinearRing([SPOT, AWAY, (105.58, 21.52)]),
}  # fmt: skip


#: What a layer that is flat elsewhere cannot hold in every format.
HIGH = ("heights", "measures", "nan height")


def frame_of(kind, shapes):
    """A layer of good attributes with these shapes, and a good row before them."""
    rows = [LAYERS[kind]] * (len(shapes) + 1)
    return gpd.GeoDataFrame(pd.DataFrame(rows), geometry=[plain_shape(kind), *shapes], crs=4326)


@pytest.mark.parametrize("kind", LAYERS)
@pytest.mark.parametrize("ending", ["parquet", "gpkg", "fgb"])
def test_any_shape_is_answered(tmp_path, kind, ending):
    shapes = [s for n, s in SHAPES.items() if ending == "parquet" or n not in HIGH]
    frame, path = frame_of(kind, shapes), tmp_path / f"a.{ending}"
    if ending == "parquet":
        frame.to_parquet(path)
    else:
        pyogrio.write_dataframe(frame, path, geometry_type="Unknown", SPATIAL_INDEX="NO")
    assert answered(kind, path).rows_in == len(frame), "a row is lost"


#: Shapes that none of our libraries knows, as their kinds are numbered in WKB (OGC 06-103r4, table 7).
FOREIGN = {
    "circular string": 8, "compound curve": 9, "curve polygon": 10, "multi curve": 11, "multi surface": 12,
    "polyhedral surface": 15, "TIN": 16, "triangle": 17, "nothing known": 99, "with heights": 1008,
}  # fmt: skip


def foreign_wkb(number):
    """A shape of two spots, or of no parts, that says to be of a kind."""
    spots = struct.pack("<4d", *SPOT, *AWAY)
    has_parts = number in (9, 10, 11, 12, 15, 16, 17)
    return struct.pack("<BII", 1, number, 0 if has_parts else 2) + (b"" if has_parts else spots)


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("kind", ["communes", "roads", "schools"])
def test_shapes_of_foreign_kinds_are_answered(tmp_path, kind, name):
    wkb = foreign_wkb(FOREIGN[name])
    frame = frame_of(kind, [plain_shape(kind)])
    pyogrio.write_dataframe(frame, tmp_path / "a.gpkg", geometry_type="Unknown", SPATIAL_INDEX="NO")
    with closing(sqlite3.connect(tmp_path / "a.gpkg")) as database, database:
        head = struct.pack("<2sBBi", b"GP", 0, 1, 4326)
        database.execute("UPDATE a SET geom = ? WHERE fid = 2", (head + wkb,))
    answered(kind, tmp_path / "a.gpkg")
    frame.to_parquet(tmp_path / "a.parquet")
    table = pq.read_table(tmp_path / "a.parquet")
    column = pa.array([table["geometry"][0].as_py(), wkb], pa.binary())
    at = table.column_names.index("geometry")
    pq.write_table(table.set_column(at, table.schema.field(at), column), tmp_path / "a.parquet")
    answered(kind, tmp_path / "a.parquet")


GEOMETRIES = [
    "null", "{}", "[]", '"POINT (1 2)"', "7", '{"type": "CircularString", "coordinates": [[1, 2], [3, 4]]}',
    '{"type": "Feature"}', '{"type": "Point"}', '{"type": "Point", "coordinates": []}',
    '{"type": "Point", "coordinates": null}', '{"type": "Point", "coordinates": ["105", "21"]}',
    '{"type": "Point", "coordinates": [1e400, -1e400]}', '{"type": "Point", "coordinates": [105.562]}',
    '{"type": "Point", "coordinates": [105.562, 21.523, 1, 2, 3]}', '{"type": "Point", "coordinates": {"lon": 1}}',
    '{"type": "LineString", "coordinates": [[105.562, 21.523]]}', '{"type": "Polygon", "coordinates": [[]]}',
    '{"type": "Polygon", "coordinates": [[[105.5, 21.5], [105.6, 21.6]]]}', '{"type": "MultiPolygon", "coordinates": [[[[1]]]]}',
    '{"type": "GeometryCollection", "geometries": []}', '{"type": "GeometryCollection", "geometries": [null]}',
    '{"type": "GeometryCollection"}', '{"type": "Topology", "objects": {}}', '{"type": 7, "coordinates": [1, 2]}',
    '{"type": "Point", "coordinates": [NaN, 1]}',
]  # fmt: skip


@pytest.mark.parametrize("kind", ["communes", "roads", "schools"])
def test_what_json_calls_a_geometry_is_answered(tmp_path, kind):
    good = json.dumps(geojson(plain_shape(kind)))
    told = json.dumps(LAYERS[kind])
    for geometries in (GEOMETRIES, *([g] for g in GEOMETRIES)):
        features = ",".join(
            f'{{"type": "Feature", "properties": {told}, "geometry": {g}}}'
            for g in (good, *geometries)
        )
        (tmp_path / "a.geojson").write_text(
            f'{{"type": "FeatureCollection", "features": [{features}]}}'
        )
        answered(kind, tmp_path / "a.geojson")
