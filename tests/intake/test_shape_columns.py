"""A table with a column of shapes is a layer: as text, as binary, and as we write it ourselves."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from tests.intake.offices import check, fixes, rules, write_csv, write_xlsx
from tests.intake.surveyors import METRES, metres

from phusong.cli.checking import write_rows

X, Y = metres(105.562, 21.523)
AREAS = [shapely.box(X + i * 1000, Y, X + i * 1000 + 900, Y + 900) for i in range(2)]
LINES = [shapely.LineString([(X, Y + i * 50), (X + 700, Y + i * 50)]) for i in range(2)]
POINTS = [shapely.Point(X, Y), shapely.Point(X + 300, Y)]
#: kind → shapes, and the other columns of the table.
KINDS = {
    "coverage": (AREAS, {"Công nghệ": ["4G", "3G"], "Nhà mạng": ["VNPT", "Viettel"]}),
    "communes": (AREAS, {"Mã xã": ["08914", "08917"], "Xã": ["Đạo Trù", "Yên Dương"]}),
    "fibre_routes": (LINES, {"Mã tuyến": ["T1", "T2"], "Nhà mạng": ["VNPT", "VNPT"]}),
    "roads": (LINES, {"Mã đường": ["D1", "D2"], "Tên đường": ["Thử 1", "Thử 2"]}),
    "fibre_nodes": (POINTS, {"Mã tủ": ["ODF1", "ODF2"], "Nhà mạng": ["VNPT", "VNPT"]}),
    "hamlets": (AREAS, {"Tên thôn": ["Thôn Thử", "Thôn Mẫu"], "Mã xã": ["08914", "08914"]}),
}
HEADINGS = ["WKT", "geometry", "the_geom", "location", "route", "Hình học"]
WRITTEN = {
    "text": lambda s: s.to_crs(4326).to_wkt(rounding_precision=-1),
    "text with its system": lambda s: "SRID=5897;" + s.to_wkt(rounding_precision=-1),
    "binary": lambda s: s.to_crs(4326).to_wkb(hex=True),
    "binary with its system": lambda s: shapely.to_wkb(
        shapely.set_srid(s.to_numpy(), METRES), hex=True, include_srid=True
    ),
}


def table(kind, heading, write, shapes=None):
    own, columns = KINDS[kind]
    column = write(gpd.GeoSeries(own if shapes is None else shapes, crs=METRES))
    return [[*columns, heading], *map(list, zip(*columns.values(), column, strict=True))]


def places(checked):
    frame = checked.accepted
    there = frame.geometry.bounds if "geometry" in frame else frame[["lon", "lat"]]
    if "geometry" in frame and not np.isfinite(there).to_numpy().all():
        there = frame[["lon", "lat"]]
    return there.to_numpy().round(7)


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_layer_is_read_from_a_table(tmp_path, kind, written):
    path = write_csv(tmp_path / "a.csv", table(kind, "WKT", WRITTEN[written]))
    checked = check(kind, path)
    assert checked.diagnosis.rows_accepted == 2
    assert not rules(checked) or kind == "communes"
    own, columns = KINDS[kind]
    layer = gpd.GeoDataFrame(columns, geometry=own, crs=METRES)
    layer.to_file(tmp_path / "a.gpkg")
    assert np.allclose(places(checked), places(check(kind, tmp_path / "a.gpkg")), atol=1e-6)
    described = next(f for f in checked.diagnosis.fixes if f.rule == "crs_read")
    assert ("SRID 5897" in described.example_before) == ("its system" in written)


@pytest.mark.parametrize("heading", [*HEADINGS, "bất kỳ"])
def test_the_column_is_recognised_by_what_it_holds(tmp_path, heading):
    path = write_xlsx(tmp_path / "a.xlsx", table("roads", heading, WRITTEN["text"]))
    checked = check("roads", path)
    assert (checked.diagnosis.rows_accepted, fixes(checked)["shape_column"]) == (2, 2)


@pytest.mark.parametrize("kind", KINDS)
def test_what_we_wrote_ourselves_is_read_back(tmp_path, kind):
    first = check(kind, write_csv(tmp_path / "a.csv", table(kind, "WKT", WRITTEN["text"])))
    write_rows(first, tmp_path / "out.csv")
    again = check(kind, tmp_path / "out.csv")
    assert again.diagnosis.rows_accepted == 2
    assert np.allclose(places(again), places(first), atol=1e-6)
    same = [c for c in first.accepted if c not in ("geometry", "lon", "lat", "as_of")]
    assert again.accepted[same].astype("str").equals(first.accepted[same].astype("str"))


def test_metres_without_a_system_are_asked_about(tmp_path):
    path = write_csv(tmp_path / "a.csv", table("roads", "WKT", lambda s: s.to_wkt()))
    asked = check("roads", path).diagnosis
    assert (asked.question.about, asked.question.choices[0]) == ("crs", "5897")
    assert check("roads", path, crs=5897).diagnosis.rows_accepted == 2


def test_systems_may_differ_from_row_to_row(tmp_path):
    rows = table("roads", "WKT", WRITTEN["text with its system"])
    rows[2][-1] = "SRID=4326;" + gpd.GeoSeries(LINES, crs=METRES).to_crs(4326).to_wkt()[1]
    checked = check("roads", write_csv(tmp_path / "a.csv", rows))
    assert np.ptp(places(checked)[:, 0]) < 1e-5


def test_a_cell_that_is_no_shape_costs_its_row_and_an_open_ring_is_closed(tmp_path):
    rows = table("coverage", "WKT", WRITTEN["text"]) + table("coverage", "WKT", WRITTEN["text"])[1:]
    rows[1][-1] = "POLYGON ((105.5 21.5, 105.6"
    rows[2][-1] = "POLYGON ((105.5 21.5, 105.6 21.5, 105.6 21.6))"
    rows[3][-1] = ""
    checked = check("coverage", write_csv(tmp_path / "a.csv", rows))
    described = [(f.row, f.rule) for f in checked.diagnosis.faults if f.severity == "error"]
    assert described == [(2, "shape_broken"), (4, "empty_shape")]
    assert fixes(checked)["ring_closed"] == 1


def test_a_system_that_is_none_is_refused(tmp_path):
    path = write_csv(
        tmp_path / "a.csv", table("roads", "WKT", lambda s: "SRID=999999;" + s.to_wkt())
    )
    assert rules(check("roads", path)) == ["unknown_crs"]


def test_a_list_without_shapes_is_still_of_the_wrong_form(tmp_path):
    rows = [["Mã xã", "Xã"], ["08914", "Đạo Trù"]]
    checked = check("communes", write_csv(tmp_path / "a.csv", rows))
    assert rules(checked) == ["wrong_form"]
    assert "WKT" in checked.diagnosis.faults[0].suggestion


def test_an_outline_of_many_corners_fits_a_cell(tmp_path):
    round_area = gpd.GeoSeries([shapely.Point(X, Y).buffer(900, quad_segs=2500)], crs=METRES)
    text = WRITTEN["text"](round_area)[0]
    assert len(text) > 300_000
    path = write_csv(tmp_path / "a.csv", [["Công nghệ", "WKT"], ["4G", text]])
    assert check("coverage", path).diagnosis.rows_accepted == 1
