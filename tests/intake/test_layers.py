"""Map layers at the door: read by content, in a system that is stated, mended or turned away."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from tests.intake.offices import SYSTEM_READ
from tests.worlds import CRS, ORIGIN_X, ORIGIN_Y, degrees

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.door import check_source
from phusong.vocabulary.metres import to_metres
from phusong.vocabulary.parameters import load_parameters

P = load_parameters()
SQUARES = {"08914": shapely.box(0, 0, 1000, 1000), "08917": shapely.box(1000, 0, 2000, 1000)}


def check(kind, path, **options):
    return check_source(kind, path, ReadOptions(**options), P)


def layer(shapes, **columns):
    moved = [
        None if s is None else shapely.transform(s, lambda xy: xy + [ORIGIN_X, ORIGIN_Y])
        for s in shapes
    ]
    return gpd.GeoDataFrame(columns, geometry=moved, crs=CRS)


def communes(**shapes):
    shapes = shapes or SQUARES
    return layer(
        shapes.values(), MA_XA=list(shapes), TEN_XA=["Đạo Trù", "Yên Dương"][: len(shapes)]
    )


def rules(checked, severity=None):
    return {f.rule for f in checked.diagnosis.faults if severity in (None, f.severity)}


def fixes(checked):
    return {f.rule: f.rows for f in checked.diagnosis.fixes if f.rule != SYSTEM_READ}


@pytest.mark.parametrize(
    ("ending", "driver"), [("gpkg", "GPKG"), ("shp", "ESRI Shapefile"), ("fgb", "FlatGeobuf")]
)
def test_communes_in_metres_come_out_in_degrees(tmp_path, ending, driver):
    path = tmp_path / f"xa.{ending}"
    communes().to_file(path, driver=driver)
    checked = check("communes", path)
    assert checked.diagnosis.status == "accepted" and checked.accepted.crs == "EPSG:4326"
    assert sorted(checked.accepted["name"]) == ["Yên Dương", "Đạo Trù"]
    assert to_metres(checked.accepted, crs=CRS).area.tolist() == pytest.approx([1e6, 1e6], rel=1e-5)


def test_geojson_and_parquet_and_a_zipped_shapefile_are_read(tmp_path):
    frame = communes().to_crs(4326)
    frame.to_file(tmp_path / "xa.geojson", driver="GeoJSON")
    frame.to_parquet(tmp_path / "xa.parquet")
    communes().to_file(tmp_path / "xa.shp.zip", driver="ESRI Shapefile")
    for name in ("xa.geojson", "xa.parquet", "xa.shp.zip"):
        assert check("communes", tmp_path / name).diagnosis.rows_accepted == 2, name


def test_a_shapefile_without_prj_is_asked_about_with_the_share_of_each_system(tmp_path):
    communes().to_file(tmp_path / "xa.shp")
    (tmp_path / "xa.prj").unlink()
    checked = check("communes", tmp_path / "xa.shp")
    assert checked.diagnosis.status == "needs_answer" and checked.diagnosis.question.about == "crs"
    assert (
        checked.diagnosis.question.choices[0] == "5897" and "100" in checked.diagnosis.question.why
    )
    assert check("communes", tmp_path / "xa.shp", crs=5897).diagnosis.rows_accepted == 2


@pytest.mark.parametrize("part", [".shx", ".dbf"])
def test_a_shapefile_that_lacks_a_part_is_refused(tmp_path, part):
    communes().to_file(tmp_path / "xa.shp")
    (tmp_path / f"xa{part}").unlink()
    checked = check("communes", tmp_path / "xa.shp")
    assert checked.diagnosis.status == "refused" and part in checked.diagnosis.faults[0].suggestion


def test_a_container_with_two_layers_is_asked_about(tmp_path):
    communes().to_file(tmp_path / "xa.gpkg", layer="xa_2021")
    communes().to_file(tmp_path / "xa.gpkg", layer="xa_2025", mode="a")
    checked = check("communes", tmp_path / "xa.gpkg")
    assert checked.diagnosis.status == "needs_answer"
    assert checked.diagnosis.question.choices == ["xa_2021", "xa_2025"]
    assert check("communes", tmp_path / "xa.gpkg", layer="xa_2021").diagnosis.rows_accepted == 2
    assert check("communes", tmp_path / "xa.gpkg", layer="nowhere").diagnosis.status == "refused"


@pytest.mark.parametrize(
    "content",
    [
        '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>',
        '{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read /etc/passwd"}',
        "<VRTDataset rasterXSize='1' rasterYSize='1'/>",
    ],
)
@pytest.mark.parametrize("name", ["xa.geojson", "xa.kml", "xa.gpkg"])
def test_a_virtual_format_is_refused_under_any_name(tmp_path, content, name):
    path = tmp_path / name
    path.write_text(content)
    checked = check("communes", path)
    assert checked.diagnosis.status == "refused" and checked.diagnosis.rows_accepted == 0


def test_a_bow_tie_is_mended_and_listed_and_its_loss_is_warned_of(tmp_path):
    bow = shapely.Polygon([(0, 0), (1000, 1000), (1000, 0), (0, 1000)])
    communes(**{"08914": bow, "08917": SQUARES["08917"]}).to_file(tmp_path / "xa.gpkg")
    checked = check("communes", tmp_path / "xa.gpkg")
    assert fixes(checked)["made_valid"] == 1 and checked.diagnosis.rows_accepted == 2
    assert to_metres(checked.accepted, crs=CRS).area[0] == pytest.approx(500_000, rel=1e-5)


def test_overlaps_and_gaps_between_neighbours_are_warned_of(tmp_path):
    shapes = {"08914": shapely.box(0, 0, 1100, 1000), "08917": SQUARES["08917"]}
    communes(**shapes).to_file(tmp_path / "xa.gpkg")
    checked = check("communes", tmp_path / "xa.gpkg")
    fault = next(f for f in checked.diagnosis.faults if f.rule == "overlap")
    assert fault.severity == "warning" and fault.value == "10.00 ha" and "2" in fault.suggestion


def test_rows_without_shape_of_the_wrong_kind_or_out_of_place_are_quarantined(tmp_path):
    shapes = [
        SQUARES["08914"],
        None,
        shapely.Point(500, 500),
        shapely.box(90_000, 90_000, 91_000, 91_000),
    ]
    frame = layer(shapes, MA_XA=["08914", "08917", "08920", "08923"])
    frame.to_file(tmp_path / "xa.gpkg")
    checked = check("communes", tmp_path / "xa.gpkg")
    described = {f.row: f.rule for f in checked.diagnosis.faults if f.severity == "error"}
    assert described == {2: "empty_shape", 3: "wrong_shape", 4: "outside"}
    assert (checked.diagnosis.rows_in, checked.diagnosis.rows_accepted) == (4, 1)
    assert checked.quarantined["row"].tolist() == [2, 3, 4]


def test_a_layer_of_another_province_is_refused_once(tmp_path):
    far = {k: shapely.transform(s, lambda xy: xy + [0, -900_000]) for k, s in SQUARES.items()}
    communes(**far).to_file(tmp_path / "xa.gpkg")
    checked = check("communes", tmp_path / "xa.gpkg")
    assert (
        checked.diagnosis.status == "refused" and checked.diagnosis.faults[0].rule == "all_outside"
    )


def test_swapped_axes_of_a_whole_layer_are_turned_back(tmp_path):
    frame = communes().to_crs(4326)
    turned = frame.set_geometry(
        [shapely.transform(s, lambda xy: xy[:, ::-1]) for s in frame.geometry], crs=4326
    )
    turned.to_file(tmp_path / "xa.geojson", driver="GeoJSON")
    checked = check("communes", tmp_path / "xa.geojson")
    assert checked.diagnosis.status == "accepted" and fixes(checked)["swapped"] == 2
    assert np.allclose(checked.accepted.total_bounds, frame.total_bounds, atol=1e-6)


def test_a_height_is_dropped_and_listed(tmp_path):
    frame = communes()
    frame = frame.set_geometry(shapely.force_3d(frame.geometry.to_numpy(), 5.0), crs=CRS)
    frame.to_file(tmp_path / "xa.gpkg")
    assert fixes(check("communes", tmp_path / "xa.gpkg"))["height_dropped"] == 2


def test_codes_that_lost_their_zero_or_are_unknown_or_doubled(tmp_path):
    frame = layer(
        [shapely.box(i * 1000, 0, i * 1000 + 900, 900) for i in range(4)],
        MA_XA=["8914", "08914", "99999", "08917"],
    )
    frame.to_file(tmp_path / "xa.gpkg")
    checked = check("communes", tmp_path / "xa.gpkg")
    described = {f.row: f.rule for f in checked.diagnosis.faults if f.severity == "error"}
    assert described == {2: "duplicate_id", 3: "unknown_commune"}
    assert fixes(checked)["leading_zero"] == 1 and checked.accepted["commune_code"].tolist() == [
        "08914",
        "08917",
    ]


def test_a_name_that_is_not_the_codes_is_warned_of(tmp_path):
    layer([SQUARES["08914"]], MA_XA=["08914"], TEN_XA=["Đạo Tú"]).to_file(tmp_path / "xa.gpkg")
    checked = check("communes", tmp_path / "xa.gpkg")
    assert rules(checked, "warning") == {"name_disagrees"} and checked.diagnosis.rows_accepted == 1


def test_hamlets_as_outlines_points_and_clusters(tmp_path):
    columns = {
        "ma_thon": ["A", "B"],
        "ten_thon": ["Thôn Đồng Giếng", "TDP số 1"],
        "ma_xa": ["08914", "08914"],
    }
    layer(list(SQUARES.values()), **columns).to_file(tmp_path / "ranh.gpkg")
    drawn = check("hamlets", tmp_path / "ranh.gpkg").accepted
    assert drawn["kind"].tolist() == ["thôn", "tổ dân phố"] and drawn["name"].tolist() == [
        "Đồng Giếng",
        "số 1",
    ]
    assert set(drawn["location_quality"]) == {"official_polygon"} and drawn["lon"].isna().all()
    layer([shapely.Point(10, 10), shapely.Point(500, 10)], **columns).to_file(
        tmp_path / "diem.gpkg"
    )
    points = check("hamlets", tmp_path / "diem.gpkg").accepted
    assert set(points["location_quality"]) == {"surveyed_point"} and points["lon"].notna().all()
    spots = [shapely.MultiPoint([(0, 0), (100, 0)]), shapely.MultiPoint([(0, 500)])]
    layer(spots, **columns).to_file(tmp_path / "cum.gpkg")
    clusters = check("hamlets", tmp_path / "cum.gpkg").accepted
    assert shapely.get_num_geometries(shapely.from_wkt(clusters["clusters"])).tolist() == [2, 1]


def test_clusters_bring_their_names_and_households_and_uneven_lists_are_warned_of(tmp_path):
    columns = {
        "ma_thon": ["A", "B", "C"],
        "ten_thon": ["Thôn Đồng Giếng", "TDP số 1", "TDP số 2"],
        "ma_xa": ["08914"] * 3,
        "ten_cum": ["Xóm Đồi; Xóm Giữa", "Xóm Bãi", None],
        "ho_cum": ["12|", "30|7", "nhiều"],
    }
    spots = [shapely.MultiPoint([(x, 0), (x + 100, 0)]) for x in (0, 500, 900)]
    layer(spots, **columns).to_file(tmp_path / "cum.gpkg")
    checked = check("hamlets", tmp_path / "cum.gpkg")
    described = checked.accepted.set_index("hamlet_id")
    assert described.loc["A", ["cluster_names", "cluster_households"]].tolist() == [
        "Xóm Đồi|Xóm Giữa",
        "12|",
    ]
    assert pd.isna(described.loc["B", "cluster_names"])
    assert described["cluster_households"].tolist()[1] == "30|7"
    assert pd.isna(described.loc["C", "cluster_households"])
    assert checked.diagnosis.rows_accepted == 3 and "clusters_uneven" in rules(checked, "warning")


def test_hamlets_without_ids_get_the_same_ids_whatever_their_order(tmp_path):
    names = ["Thôn 10", "Thôn 2", "Thôn Đồng Giếng"]
    places = [shapely.Point(i * 100, 0) for i in range(3)]
    described = {}
    for turn in (names, names[::-1]):
        layer(places, ten_thon=turn, ma_xa=["08914"] * 3).to_file(tmp_path / "t.gpkg")
        accepted = check("hamlets", tmp_path / "t.gpkg").accepted
        described[tuple(turn)] = dict(zip(accepted["name"], accepted["hamlet_id"], strict=True))
    assert len(set(map(str, map(sorted, map(dict.items, described.values()))))) == 1
    assert described[tuple(names)] == {
        "2": "VP-08914-001",
        "10": "VP-08914-002",
        "Đồng Giếng": "VP-08914-003",
    }


def test_hamlets_as_an_official_list(tmp_path):
    path = tmp_path / "thon.csv"
    lon, lat = degrees(500.0, 500.0)
    path.write_text(
        "STT;Tên thôn, TDP;Xã;Huyện;Số hộ;Có điện lưới (x);Nhà văn hóa: vĩ độ;Nhà văn hóa: kinh độ;Tên cũ\n"
        f"1;Thôn Đồng Giếng;Đạo Trù;Tam Đảo;120;x;{lat[0]:.5f};{lon[0]:.5f};Đồng Bùa, Đồng Pheo\n"
        "2;Thôn Vĩnh Ninh;Đạo Trù;Tam Đảo;99;;;;\n"
        "3;Thôn Lạc;Xuân Hòa;;80;x;;;\n"
        "Tổng cộng;;;;299;;;;\n",
        encoding="utf-8",
    )
    checked = check("hamlets", path)
    assert (checked.diagnosis.rows_in, checked.diagnosis.rows_accepted) == (3, 2)
    assert {f.rule for f in checked.diagnosis.faults if f.row == 4} == {"ambiguous_commune"}
    table = checked.accepted.set_index("name")
    assert table["location_quality"].to_dict() == {
        "Đồng Giếng": "surveyed_point",
        "Vĩnh Ninh": "commune_only",
    }
    assert (
        table["grid_power"].tolist() == [True, False]
        and table.loc["Đồng Giếng", "former_names"] == "Đồng Bùa|Đồng Pheo"
    )


def test_coverage_takes_its_technology_from_row_option_or_layer(tmp_path):
    layer([SQUARES["08914"]], operator=["VNPT"]).to_file(tmp_path / "phu.gpkg", layer="4g")
    assert check("coverage", tmp_path / "phu.gpkg", layer="4g").accepted["technology"].tolist() == [
        "4G"
    ]
    assert check("coverage", tmp_path / "phu.gpkg", technology="3G").accepted[
        "technology"
    ].tolist() == ["3G"]
    assert check("coverage", tmp_path / "phu.gpkg").accepted["technology"].tolist() == ["4G"]
    layer([SQUARES["08914"]], operator=["VNPT"]).to_file(tmp_path / "vung.gpkg", layer="vung_3g_4g")
    assert check("coverage", tmp_path / "vung.gpkg").diagnosis.status == "refused"
    layer(list(SQUARES.values()), operator=["Vina", "Viettel"], technology=["LTE", "3G"]).to_file(
        tmp_path / "hai.gpkg"
    )
    table = check("coverage", tmp_path / "hai.gpkg").accepted
    assert table["technology"].tolist() == ["4G", "3G"] and table["operator"].tolist() == [
        "VNPT",
        "VIETTEL",
    ]


def standard_node(number, lon, lat, **changes):
    provider = [{"id": "p1", "name": "VNPT Vĩnh Phúc"}]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {
            "id": f"n{number}",
            "name": "Tủ",
            "status": "operational",
            "networkProviders": provider,
        }
        | changes,
    }


def test_open_fibre_data_standard_nodes_and_spans(tmp_path):
    lon, lat = degrees(np.array([0.0, 900.0]), np.array([0.0, 0.0]))
    nodes = [
        standard_node(1, lon[0], lat[0]),
        standard_node(2, lon[1], lat[1], status="underConstruction"),
    ]
    (tmp_path / "nodes.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": nodes})
    )
    table = check("fibre_nodes", tmp_path / "nodes.geojson").accepted
    assert table["operator"].tolist() == ["VNPT", "VNPT"] and table["status"].tolist() == [
        "live",
        "building",
    ]
    span = {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": [[lon[0], lat[0]], [lon[1], lat[1]]]},
        "properties": {
            "id": "s1",
            "start": {"id": "n1"},
            "end": {},
            "networkProviders": [{"name": "VNPT"}],
            "status": "planned",
        },
    }
    (tmp_path / "spans.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [span]})
    )
    checked = check("fibre_routes", tmp_path / "spans.geojson")
    assert checked.accepted["status"].tolist() == ["planned"]
    assert {(f.rule, f.column) for f in checked.diagnosis.faults} == {("route_nowhere", "end")}


def test_roads_keep_class_and_surface(tmp_path):
    lines = [shapely.LineString([(0, 0), (500, 0)]), shapely.LineString([(0, 0), (0, 500)])]
    layer(
        lines, ten=["QL2", ""], cap_duong=["quốc lộ", "đường xã"], mat_duong=["nhựa", "đất"]
    ).to_file(tmp_path / "duong.gpkg")
    table = check("roads", tmp_path / "duong.gpkg").accepted
    assert table["road_class"].tolist() == ["quốc lộ", "đường xã"] and table[
        "road_id"
    ].tolist() == ["duong-1", "duong-2"]
    assert to_metres(table, crs=CRS).length.tolist() == pytest.approx([500, 500], rel=1e-5)


@pytest.mark.parametrize("ending", ["gpkg", "shp", "geojson", "fgb"])
def test_nothing_is_written_beside_the_input_and_the_input_stays_as_it_was(tmp_path, ending):
    frame = communes() if ending != "geojson" else communes().to_crs(4326)
    frame.to_file(tmp_path / f"xa.{ending}")
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    check("communes", tmp_path / f"xa.{ending}")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before
