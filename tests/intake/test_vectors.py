"""Layers of every kind: their text, their coordinate system, and the order of their axes."""

import json
import sqlite3
import unicodedata
from contextlib import closing

import geopandas as gpd
import numpy as np
import pytest
import shapely
from tests.intake.offices import PARAMETERS, check, fault, fixes, repairs, rules
from tests.intake.surveyors import (
    HOMES,
    METRES,
    feature,
    homes,
    line,
    metres,
    polygon,
    square,
    turned,
    write_json,
    write_shapefile,
)

from phusong.vocabulary.parameters import load_parameters

TCVN3 = ["X· §¹o Trï", "Ph\xadêng TÝch S¬n"]
NAMES = [name for _, name, _, _ in HOMES]
TONES = "\u0300\u0301\u0303\u0309\u0323"


def as_1258(text):
    """Bytes of Windows-1258, in which a tone follows its letter."""
    out = b""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        bare = unicodedata.normalize("NFC", "".join(p for p in parts if p not in TONES))
        out += (bare + "".join(p for p in parts if p in TONES)).encode("cp1258")
    return out


# --- text


def test_text_in_a_legacy_font_is_asked_about_and_mended_once_it_is_told(tmp_path):
    frame = homes(TEN_XA=TCVN3)
    path = write_shapefile(tmp_path / "xa.shp", frame, encoding="ISO-8859-1", without=[".cpg"])
    asked = check("communes", path).diagnosis
    assert (asked.status, asked.rows_in, asked.rows_quarantined) == ("needs_answer", 2, 2)
    assert (asked.question.about, asked.question.choices[0]) == ("encoding", "tcvn3")
    assert "Xã Đạo Trù" in asked.question.why
    checked = check("communes", path, encoding="tcvn3")
    mended = checked.diagnosis.fixes[0]
    assert (mended.rule, mended.column, mended.rows) == ("letters_mended", "TEN_XA", 2)
    assert sorted(checked.accepted["name"]) == ["Tích Sơn", "Đạo Trù"]
    assert not rules(checked)


def test_a_code_page_that_is_stated_wrongly_is_not_believed(tmp_path):
    path = write_shapefile(tmp_path / "xa.shp", homes(TEN_XA=TCVN3), encoding="ISO-8859-1")
    assert (tmp_path / "xa.cpg").read_text().strip() == "ISO-8859-1"
    assert check("communes", path).diagnosis.question.choices[0] == "tcvn3"


def test_a_legacy_font_inside_unicode_is_asked_about_too(tmp_path):
    homes(TEN_XA=TCVN3).to_file(tmp_path / "xa.gpkg")
    assert check("communes", tmp_path / "xa.gpkg").diagnosis.question.choices[0] == "tcvn3"


def test_utf8_is_read_where_nothing_says_so(tmp_path):
    path = write_shapefile(tmp_path / "xa.shp", homes(), without=[".cpg"])
    assert not rules(check("communes", path))


@pytest.mark.parametrize("stated", [True, False])
def test_windows_1258_is_read_as_stated_in_the_file_or_by_the_user(tmp_path, stated):
    frame = homes(TEN_XA=[as_1258(n).decode("latin-1") for n in NAMES])
    path = write_shapefile(tmp_path / "xa.shp", frame, encoding="ISO-8859-1")
    (tmp_path / "xa.cpg").write_text("1258" if stated else "")
    options = {} if stated else {"encoding": "cp1258"}
    checked = check("communes", path, **options)
    assert fixes(checked) == {"letters_mended": 2}
    assert not rules(checked)


def test_utf8_that_was_stored_letter_by_letter_is_mended_and_listed(tmp_path):
    homes(TEN_XA=[n.encode().decode("latin-1") for n in NAMES]).to_file(tmp_path / "xa.gpkg")
    checked = check("communes", tmp_path / "xa.gpkg")
    assert fixes(checked) == {"letters_mended": 2}
    assert not rules(checked)


def test_the_parts_of_a_shapefile_are_found_whatever_their_case(tmp_path):
    write_shapefile(tmp_path / "xa.shp", homes())
    for ending in (".shx", ".dbf", ".prj"):
        (tmp_path / f"xa{ending}").rename(tmp_path / f"XA{ending.upper()}")
    assert check("communes", tmp_path / "xa.shp").diagnosis.rows_accepted == 2


def test_the_index_of_a_shapefile_is_not_taken_for_its_shapes(tmp_path):
    path = write_shapefile(tmp_path / "xa.shp", homes())
    checked = check("communes", path.with_suffix(".shx"))
    assert rules(checked) == ["shapefile_part"]
    assert ".shp" in checked.diagnosis.faults[0].suggestion


def test_a_number_too_wide_for_its_field_is_empty(tmp_path):
    path = write_shapefile(tmp_path / "xa.shp", homes(DAN_SO=[6765, 7698]))
    table = bytearray(path.with_suffix(".dbf").read_bytes())
    at = bytes(table).rindex(b"7698")
    table[at : at + 4] = b"****"
    path.with_suffix(".dbf").write_bytes(bytes(table))
    accepted = check("communes", path).accepted.set_index("commune_code")
    assert accepted["population"].astype(object).where(lambda p: p.notna(), None).to_dict() == {
        "08914": 6765,
        "08707": None,
    }


def test_lists_and_numbers_and_nothing_are_spelt_as_a_clerk_would(tmp_path):
    """Quarantined rows show every attribute as text."""
    features = [
        feature(None, ten="Đường làng", so=3, dai=2.0, le=2.5, ds=["a", "b"], khong=None, co=True)
    ]
    path = write_json(tmp_path / "d.geojson", features)
    row = check("roads", path).quarantined.iloc[0]
    assert [row[n] for n in ("ten", "so", "dai", "le", "ds", "khong", "co")] == [
        "Đường làng", "3", "2", "2.5", '["a", "b"]', "", "True",
    ]  # fmt: skip


def test_a_file_whose_only_layer_is_named_otherwise_is_refused(tmp_path):
    homes().to_file(tmp_path / "xa.fgb", driver="FlatGeobuf")
    assert check("communes", tmp_path / "xa.fgb", layer="xa").diagnosis.rows_accepted == 2
    checked = check("communes", tmp_path / "xa.fgb", layer="huyen")
    assert rules(checked) == ["no_such_layer"]


def test_too_many_vertices_are_refused(tmp_path):
    tight = load_parameters({"intake": {"vertex_cap": 1_000_000}})
    spots = np.column_stack([np.linspace(105.5, 105.6, 1_000_001), np.full(1_000_001, 21.3)])
    road = gpd.GeoDataFrame({"ten": ["QL2"]}, geometry=[shapely.LineString(spots)], crs=4326)
    road.to_parquet(tmp_path / "d.parquet")
    assert rules(check("roads", tmp_path / "d.parquet", parameters=tight)) == ["too_many_vertices"]


# --- coordinate system


def test_a_zone_that_puts_every_commune_elsewhere_is_asked_about(tmp_path):
    """5897 read as 9208 is 25.9 km off: still in the province, but in no commune of its own."""
    homes().set_crs(9208, allow_override=True).to_file(tmp_path / "xa.gpkg")
    asked = check("communes", tmp_path / "xa.gpkg").diagnosis
    assert (asked.status, asked.question.about) == ("needs_answer", "crs")
    assert asked.question.choices[0] == "5897"
    assert "EPSG 9208 as stated does not fit" in asked.question.why
    checked = check("communes", tmp_path / "xa.gpkg", crs=5897)
    assert checked.diagnosis.rows_accepted == 2
    assert rules(checked, "warning") == ["crs_overruled"]


def test_a_system_that_the_user_states_is_judged_as_well(tmp_path):
    homes().to_file(tmp_path / "xa.gpkg")
    for wrong in (9208, 4326):
        asked = check("communes", tmp_path / "xa.gpkg", crs=wrong).diagnosis
        assert (asked.status, asked.question.choices[0]) == ("needs_answer", "5897")
    assert rules(check("communes", tmp_path / "xa.gpkg", crs=99999), "error") == ["unknown_crs"]


def test_degrees_stated_as_metres_are_asked_about(tmp_path):
    homes().to_crs(4326).to_file(tmp_path / "xa.geojson", driver="GeoJSON")
    question = check("communes", tmp_path / "xa.geojson", crs=5897).diagnosis.question
    assert (question.about, question.choices) == ("crs", ["4326"])
    assert "100 %" in question.why


def test_geojson_may_name_its_system(tmp_path):
    features = [
        feature(polygon(square(lon, lat)), MA_XA=code, TEN_XA=name)
        for code, name, lon, lat in HOMES
    ]
    bare = check("communes", write_json(tmp_path / "a.geojson", features)).diagnosis
    assert (bare.status, bare.question.choices[0]) == ("needs_answer", "5897")
    for name in ("EPSG:5897", "urn:ogc:def:crs:EPSG::5897"):
        crs = {"type": "name", "properties": {"name": name}}
        path = write_json(tmp_path / "b.geojson", features, crs=crs)
        checked = check("communes", path)
        assert checked.diagnosis.rows_accepted == 2
        home = checked.accepted.set_index("commune_code").geometry["08914"].centroid
        assert (home.x, home.y) == pytest.approx(HOMES[0][2:], abs=1e-5)


def test_the_system_of_geojson_itself_is_degrees(tmp_path):
    """CRS84 is longitude and latitude in that order, which is how every table stands."""
    frame = homes().to_crs("OGC:CRS84")
    frame.to_parquet(tmp_path / "xa.parquet")
    assert check("communes", tmp_path / "xa.parquet").diagnosis.rows_accepted == 2


def test_roads_are_judged_by_the_province_since_they_name_no_commune(tmp_path):
    spots = [metres(105.6, 21.3), metres(105.61, 21.31)]
    roads = gpd.GeoDataFrame({"ten": ["QL2"]}, geometry=[shapely.LineString(spots)], crs=METRES)
    path = write_shapefile(tmp_path / "duong.shp", roads, without=[".prj"])
    question = check("roads", path).diagnosis.question
    assert question.choices[0] == "5897"
    assert "100.0 % of rows in the province" in question.why


# --- axes


def test_an_office_that_writes_northing_first_is_understood(tmp_path):
    turned(homes()).to_file(tmp_path / "xa.gpkg")
    checked = check("communes", tmp_path / "xa.gpkg")
    (fix,) = repairs(checked)
    assert (fix.rule, fix.rows) == ("x_is_northing", 2)
    x, y = metres(*HOMES[0][2:])
    assert [float(n) for n in fix.example_after.split(", ")] == pytest.approx([x, y], abs=1e-3)
    assert [float(n) for n in fix.example_before.split(", ")] == pytest.approx([y, x], abs=1e-3)


def swapped_roads(tmp_path, swapped, right):
    spots = [(105.60, 21.30), (105.61, 21.31)]
    features = [feature(line(*[s[::-1] for s in spots]), ten="sai") for _ in range(swapped)]
    features += [feature(line(*spots), ten="đúng") for _ in range(right)]
    return write_json(tmp_path / "d.geojson", features)


def test_swapped_axes_are_turned_if_all_rows_show_it(tmp_path):
    checked = check("roads", swapped_roads(tmp_path, 3, 0))
    assert (fixes(checked), checked.diagnosis.rows_accepted) == ({"swapped": 3}, 3)
    assert checked.accepted.total_bounds == pytest.approx([105.60, 21.30, 105.61, 21.31])


def test_swapped_axes_are_asked_about_if_some_rows_show_it(tmp_path):
    asked = check("roads", swapped_roads(tmp_path, 2, 3)).diagnosis
    assert (asked.status, asked.question.about) == ("needs_answer", "swapped")
    assert "2 of 5 rows: 1, 2" in asked.question.why


def test_one_swapped_row_is_turned_away_with_what_would_be_right(tmp_path):
    checked = check("roads", swapped_roads(tmp_path, 1, 3))
    assert checked.diagnosis.rows_accepted == 3
    assert (fault(checked, "lone_swapped").row, fault(checked, "lone_swapped").value) == (
        1,
        "21.305, 105.605",
    )
    assert "105.605, 21.305" in fault(checked, "lone_swapped").suggestion


# --- shapes


def test_what_is_no_shape_on_the_globe_is_turned_away(tmp_path):
    features = [
        feature(line((105.60, 21.30), (105.61, 21.31)), ten="đúng"),
        feature({"type": "LineString", "coordinates": []}, ten="rỗng"),
        feature(line((105.60, 21.30), (105.61, 121.31)), ten="ngoài trái đất"),
        feature(line((0, 0), (60, 60)), ten="cả thế giới"),
    ]
    checked = check("roads", write_json(tmp_path / "d.geojson", features), province="none")
    described = {f.row: f.rule for f in checked.diagnosis.faults if f.severity == "error"}
    assert described == {2: "empty_shape", 3: "not_a_coordinate", 4: "world_size"}
    assert checked.diagnosis.rows_accepted == 1


def test_a_shape_with_a_lost_coordinate_is_turned_away(tmp_path):
    x, y = metres(105.562, 21.523)
    with np.errstate(invalid="ignore"):
        split = shapely.LineString([(x, y), (np.nan, y), (x + 500, y)])
    whole = shapely.LineString([(x, y), (x + 500, y)])
    frame = gpd.GeoDataFrame({"ten": ["a", "b"]}, geometry=[split, whole], crs=METRES)
    frame.to_parquet(tmp_path / "d.parquet")
    checked = check("roads", tmp_path / "d.parquet")
    assert [(f.row, f.rule) for f in checked.diagnosis.faults] == [(1, "not_finite")]


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("LINESTRING Z ({x} {y} 5, {x}1 {y} 6)", "LINESTRING Z"),
        ("LINESTRING M ({x} {y} 0, {x}1 {y} 500)", "LINESTRING M"),
        ("LINESTRING ZM ({x} {y} 5 0, {x}1 {y} 6 500)", "LINESTRING ZM"),
    ],
)
def test_heights_and_measures_are_dropped_and_listed(tmp_path, text, before):
    shape = shapely.from_wkt(text.format(x=105.562, y=21.523))
    frame = gpd.GeoDataFrame({"ten": ["QL2"]}, geometry=[shape], crs=4326)
    frame.to_parquet(tmp_path / "d.parquet")
    checked = check("roads", tmp_path / "d.parquet")
    (fix,) = repairs(checked)
    described = (fix.rule, fix.rows, fix.example_before, fix.example_after)
    assert described == ("height_dropped", 1, before, "LINESTRING")
    assert shapely.get_coordinate_dimension(checked.accepted.geometry.iloc[0]) == 2


def test_a_collection_is_reduced_to_what_is_wanted(tmp_path):
    lon, lat = HOMES[0][2:]
    spot, ground = shapely.Point(lon, lat), shapely.box(lon, lat, lon + 0.01, lat + 0.01)
    shapes = [
        shapely.GeometryCollection([spot, ground]),
        shapely.GeometryCollection([spot]),
        ground.boundary,
    ]
    codes = ["08914", "08917", "08920"]
    features = [feature(polygon(s), MA_XA=c) for s, c in zip(shapes, codes, strict=True)]
    checked = check("communes", write_json(tmp_path / "xa.geojson", features))
    described = {f.row: f.rule for f in checked.diagnosis.faults if f.severity == "error"}
    assert described == {2: "wrong_shape", 3: "wrong_shape"}
    assert shapely.equals(checked.accepted.geometry.iloc[0], ground)


@pytest.mark.parametrize(
    ("rings", "hectares"),
    [
        ([[(0, 0), (1000, 1000), (1000, 0), (0, 1000)]], 50),  # a bow-tie: two triangles of 25 ha
        (
            [[(0, 0), (1000, 0), (1000, 1000), (1000, 2000), (1000, 1000), (0, 1000)]],
            100,
        ),  # a spike
        (
            [[(0, 0), (1000, 0), (1000, 1000), (0, 1000)], [(2000, 0), (2500, 0), (2500, 500)]],
            112.5,  # a hole outside its shell is ground of its own
        ),
    ],
)
def test_crossing_outlines_are_mended_by_structure_and_what_changed_is_told(
    tmp_path, rings, hectares
):
    x, y = metres(105.562, 21.523)
    shell, *holes = [[(x + a, y + b) for a, b in ring] for ring in rings]
    frame = gpd.GeoDataFrame(
        {"MA_XA": ["08914"]}, geometry=[shapely.Polygon(shell, holes)], crs=METRES
    )
    frame.to_file(tmp_path / "xa.gpkg")
    checked = check("communes", tmp_path / "xa.gpkg")
    assert repairs(checked)[0].example_after == f"{hectares:.2f} ha"
    area = checked.accepted.to_crs(METRES).area.iloc[0] / 1e4
    assert area == pytest.approx(hectares, rel=1e-4)
    before = abs(shapely.area(frame.geometry.iloc[0])) / 1e4
    changed = bool(
        abs(before - hectares) > PARAMETERS.intake.number("area_change_share") * hectares
    )
    assert ("area_changed" in rules(checked, "warning")) is changed


def test_a_ring_that_is_its_own_hole_leaves_nothing_and_is_turned_away(tmp_path):
    x, y = metres(105.562, 21.523)
    ring = [(x, y), (x + 1000, y), (x + 1000, y + 1000), (x, y + 1000)]
    frame = homes().iloc[:1].set_geometry([shapely.Polygon(ring, [ring])], crs=METRES)
    frame.to_file(tmp_path / "xa.gpkg")
    assert "wrong_shape" in rules(check("communes", tmp_path / "xa.gpkg"), "error")


def test_hamlets_that_claim_the_same_ground_are_told(tmp_path):
    lon, lat = HOMES[0][2:]
    x, y = metres(lon, lat)
    shapes = [shapely.box(x, y, x + 200, y + 100), shapely.box(x + 150, y, x + 300, y + 100)]
    frame = gpd.GeoDataFrame(
        {"ma_thon": ["A", "B"], "ten_thon": ["Thôn Lục Liễu", "Thôn Đồng Bùa"], "ma_xa": "08914"},
        geometry=shapes,
        crs=METRES,
    )
    frame.to_file(tmp_path / "thon.gpkg")
    found = fault(check("hamlets", tmp_path / "thon.gpkg"), "overlap")
    assert (found.row, found.value, found.severity) == (1, "0.50 ha", "warning")


def test_a_hole_between_neighbours_that_fit_is_told(tmp_path):
    """Eight fields of a hectare around an empty one: no overlap, one gap of a hectare."""
    x, y = metres(105.562, 21.523)
    spots = [(a, b) for a in (0, 100, 200) for b in (0, 100, 200) if (a, b) != (100, 100)]
    fields = [shapely.box(x + a, y + b, x + a + 100, y + b + 100) for a, b in spots]
    codes = ["08914", "08917", "08920", "08923", "08926", "08929", "08932", "08935"]
    gpd.GeoDataFrame({"MA_XA": codes}, geometry=fields, crs=METRES).to_file(tmp_path / "xa.gpkg")
    checked = check("communes", tmp_path / "xa.gpkg")
    assert (fault(checked, "gaps").row, fault(checked, "gaps").value) == (0, "1.0 ha")
    assert "overlap" not in rules(checked)


def test_areas_abroad_are_measured_where_they_lie(tmp_path):
    """Ten hectares in Ibiza, which the metres of Vĩnh Phúc would stretch beyond all bounds."""
    zone = gpd.GeoSeries([shapely.Point(1.4, 39.0)], crs=4326).to_crs(32631).iloc[0]
    a = shapely.box(zone.x, zone.y, zone.x + 1000, zone.y + 500)
    b = shapely.box(zone.x, zone.y + 400, zone.x + 1000, zone.y + 900)
    frame = gpd.GeoDataFrame(
        {"ma_thon": ["A", "B"], "ten_thon": ["Thôn A", "Thôn B"], "ma_xa": "08914"},
        geometry=[a, b],
        crs=32631,
    ).to_crs(4326)
    frame.to_file(tmp_path / "t.geojson", driver="GeoJSON")
    found = fault(check("hamlets", tmp_path / "t.geojson", province="none"), "overlap")
    assert found.value == "10.00 ha"


def test_the_text_of_a_question_is_json(tmp_path):
    homes().set_crs(9208, allow_override=True).to_file(tmp_path / "xa.gpkg")
    described = json.loads(json.dumps(check("communes", tmp_path / "xa.gpkg").diagnosis.as_dict()))
    assert described["question"]["about"] == "crs"
    assert described["rows_in"] == described["rows_quarantined"] == 2


# --- systems that an office has defined by itself

GEOGCS = 'GEOGCS["{gcs}",DATUM["{datum}",SPHEROID["WGS 84",6378137,298.257223563]{shift}],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]'
PROJCS = (
    'PROJCS["{name}",{gcs},PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],'
    'PARAMETER["central_meridian",{meridian}],PARAMETER["scale_factor",{scale}],'
    'PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1]]'
)
#: The parameters in force, with the rotations of either sign convention, none, and an older set.
SHIFTS = {
    "position vector": "-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278",
    "coordinate frame": "-191.90441429,-39.30318279,-111.45032835,-0.00928836,0.01975479,-0.00427372,0.252906278",
    "backwards": "191.90441429,39.30318279,111.45032835,0.00928836,-0.01975479,0.00427372,-0.252906278",
    "zeros": "0,0,0,0,0,0,0",
    "older": "-192.873,-39.382,-111.202,-0.00205,-0.0005,0.00335,0.0188",
    "none": "",
}


def define(
    *, name="VN2000_TM3", gcs="VN2000", datum="Vietnam_2000", shift="", meridian=105.0, scale=0.9999
):
    clause = f",TOWGS84[{shift}]" if shift else ""
    inner = GEOGCS.format(gcs=gcs, datum=datum, shift=clause)
    return PROJCS.format(name=name, gcs=inner, meridian=meridian, scale=scale)


def write_defined(folder, text, *, crs=METRES):
    """Two communes in a system, whose description is then written by hand."""
    path = write_shapefile(folder / "xa.shp", homes().to_crs(crs))
    path.with_suffix(".prj").write_text(text)
    return path


def centres(checked):
    return checked.accepted.geometry.centroid.x.round(6).tolist()


@pytest.mark.parametrize("shift", SHIFTS)
@pytest.mark.parametrize("ending", ["shp", "gpkg"])
@pytest.mark.filterwarnings("ignore:Geometry is in a geographic CRS")
def test_a_system_that_an_office_defined_is_recognised_whatever_shift_it_states(
    tmp_path, shift, ending
):
    path = write_defined(tmp_path, define(name="HN72", shift=SHIFTS[shift]))
    if ending == "gpkg":
        path = tmp_path / "xa.gpkg"
        homes().to_file(path)
        with closing(sqlite3.connect(path)) as database, database:
            change = "UPDATE gpkg_spatial_ref_sys SET definition = ?, organization = 'NONE', organization_coordsys_id = 100000"
            database.execute(f"{change} WHERE srs_id = {METRES}", (define(shift=SHIFTS[shift]),))
    checked = check("communes", path)
    described = next(f for f in checked.diagnosis.fixes if f.rule.startswith("crs_"))
    assert "EPSG 5897" in described.example_after
    assert checked.diagnosis.rows_accepted == 2
    right = check("communes", write_shapefile(tmp_path / "dung.shp", homes()))
    assert centres(checked) == centres(right)


@pytest.mark.parametrize(
    ("crs", "meridian"), [(9208, 104.75), (9210, 105.75), (5896, 102), (9218, 108.5)]
)
@pytest.mark.parametrize("gcs", ["GCS_VN_2000", "GCS_unknown"])
def test_every_central_meridian_is_recognised(tmp_path, crs, meridian, gcs):
    datum = "D_Vietnam_2000" if gcs.endswith("2000") else "D_unknown"
    text = define(name="mui_chieu_3", gcs=gcs, datum=datum, meridian=meridian)
    checked = check("communes", write_defined(tmp_path, text, crs=crs))
    assert checked.diagnosis.rows_accepted == 2
    described = next(f for f in checked.diagnosis.fixes if f.rule.startswith("crs_"))
    assert f"EPSG {crs}" in described.example_after


@pytest.mark.parametrize(
    "text",
    [
        define(meridian=105.05),
        define(scale=0.99),
        define(gcs="GCS_WGS_1984", datum="D_WGS_1984", name="TM3"),
    ],
)
def test_a_definition_that_is_none_of_the_known_ones_is_named_and_asked_about(tmp_path, text):
    path = write_defined(tmp_path, text)
    asked = check("communes", path).diagnosis
    assert (asked.status, asked.question.about, asked.question.choices[0]) == (
        "needs_answer",
        "crs",
        "5897",
    )
    assert f"“{text[8:].partition(chr(34))[0]}, 105" in asked.question.why
    described = check("communes", path, crs=5897)
    assert described.diagnosis.rows_accepted == 2
    assert [f.example_before for f in described.diagnosis.fixes if f.rule == "crs_read"] == [
        "--crs 5897"
    ]


def test_the_system_named_by_an_old_member_is_obeyed_and_listed(tmp_path):
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    there = gpd.GeoSeries([square(105.562, 21.523)], crs=METRES).to_crs(3857)
    shape = shapely.geometry.mapping(there.iloc[0])
    path = write_json(tmp_path / "xa.geojson", [feature(shape, MA_XA="08914")], crs=named)
    checked = check("communes", path)
    assert checked.diagnosis.rows_accepted == 1
    described = next(f for f in checked.diagnosis.fixes if f.rule == "crs_read")
    assert "EPSG 3857" in described.example_after
