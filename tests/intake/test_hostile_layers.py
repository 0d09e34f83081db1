"""Layers made to reach beyond themselves: nothing is fetched, nothing beside them is read or written."""

import http.server
import json
import os
import sqlite3
import subprocess
import sys
import threading
import zipfile
from contextlib import closing

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from tests.intake.offices import check, rules
from tests.intake.surveyors import feature, homes, line, write_json, write_shapefile

from phusong.intake import SHUT_DRIVERS

pytestmark = pytest.mark.long

ROAD = feature(line((105.60, 21.30), (105.61, 21.31)), ten="QL2")


@pytest.fixture
def web():
    """A web server on this machine that writes down what is asked of it."""
    asked = []

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"x")

        do_HEAD = do_GET

        def log_message(self, *_args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    server.server_close()


def run_apart(program, **environment):
    """What a Python of its own says, since GDAL reads its list of drivers only once."""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True,
        env={k: v for k, v in os.environ.items() if k != "OGR_SKIP"} | environment,
    )  # fmt: skip
    return json.loads(done.stdout)


def test_drivers_that_reach_beyond_a_file_are_shut():
    shown = "import json, pyogrio; print(json.dumps(sorted(pyogrio.list_drivers())))"
    everything = set(run_apart(shown))
    left = set(run_apart(f"import phusong.intake.door; {shown}"))
    assert set(SHUT_DRIVERS) <= everything, "a name that is no driver would shut nothing"
    assert not set(SHUT_DRIVERS) & left
    assert {"GeoJSON", "GPKG", "ESRI Shapefile", "FlatGeobuf"} <= left


def test_what_a_person_shut_stays_shut():
    program = "import json, os, phusong.intake; print(json.dumps(os.environ['OGR_SKIP']))"
    assert run_apart(program, OGR_SKIP="DXF,GML").startswith("DXF,GML,OGR_VRT,")


LINKS = [
    {"type": "link", "properties": {"href": "{web}/a", "type": "ogcwkt"}},
    {"type": "url", "properties": {"url": "{web}/a"}},
    {"type": "Link", "properties": {"href": "{web}/a"}},
]


@pytest.mark.parametrize("crs", LINKS)
@pytest.mark.parametrize("escaped", [False, True])
def test_a_linked_coordinate_system_is_refused_and_not_fetched(tmp_path, web, crs, escaped):
    address, asked = web
    path = write_json(tmp_path / "d.geojson", [ROAD], crs=crs)
    text = path.read_text().replace("{web}", address)
    path.write_text(text.replace('"crs"', r'"\u0063r\u0073"') if escaped else text)
    checked = check("roads", path)
    assert rules(checked) == ["crs_linked"]
    assert not asked


def test_a_link_that_slipped_through_would_still_fetch_nothing(tmp_path, web, monkeypatch):
    address, asked = web
    monkeypatch.setattr("phusong.intake.layers.check_geojson", lambda *_args, **_kwargs: None)
    crs = {"type": "link", "properties": {"href": f"{address}/a"}}
    check("roads", write_json(tmp_path / "d.geojson", [ROAD], crs=crs))
    assert not asked


def test_a_link_is_found_wherever_it_stands(tmp_path):
    """The member comes last, behind more than one chunk of features, and across their border."""
    crs = '"crs": {"type": "link", "properties": {"href": "http://127.0.0.1:9/a"}}'
    head = '{"type": "FeatureCollection", "features": [' + json.dumps(ROAD) + "], "
    for size in (1 << 22, (1 << 22) + 20, (1 << 22) + 5000, 3 << 22):
        filler = " " * (size - len(head) - 10)
        (tmp_path / "d.geojson").write_text(head + filler + crs + "}")
        assert rules(check("roads", tmp_path / "d.geojson")) == ["crs_linked"]


def test_an_attribute_called_crs_is_no_system(tmp_path):
    features = [feature(ROAD["geometry"], ten="QL2", crs={"name": "VN-2000"}, kieu="link")]
    path = write_json(tmp_path / "d.geojson", features, crs=None)
    assert check("roads", path).diagnosis.rows_accepted == 1


GML = """<?xml version="1.0"?><ogr:FeatureCollection xmlns:ogr="http://ogr.maptools.org/"
 xmlns:gml="http://www.opengis.net/gml" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://ogr.maptools.org/ {web}/schema.xsd"
 xmlns:xlink="http://www.w3.org/1999/xlink"><gml:featureMember><ogr:x>
 <ogr:geometryProperty xlink:href="{web}/shape#a"/></ogr:x></gml:featureMember></ogr:FeatureCollection>"""
GPX = '<gpx version="1.1"><wpt lat="21.3" lon="105.6"><name>A</name></wpt></gpx>'
KML = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}</Document></kml>'
PLACEMARK = (
    "<Placemark><name>QL2</name><styleUrl>{web}/style#s</styleUrl><LineString><coordinates>"
    "105.60,21.30 105.61,21.31</coordinates></LineString></Placemark>"
)
NETWORK = (
    '<NetworkLink><Link><href>{web}/more.kml</href></Link></NetworkLink><Style id="s"><IconStyle>'
    "<Icon><href>{web}/icon.png</href></Icon></IconStyle></Style>"
)


@pytest.mark.parametrize("text", [GML, GPX, GML.replace("?>", "?><!-- <kml -->", 1), "<kmz></kmz>"])
def test_other_xml_is_refused_and_nothing_of_it_fetched(tmp_path, web, text):
    address, asked = web
    (tmp_path / "d.kml").write_text(text.replace("{web}", address))
    assert rules(check("roads", tmp_path / "d.kml")) == ["form_markup"]
    assert not asked


def test_the_links_of_kml_are_left_alone(tmp_path, web):
    address, asked = web
    (tmp_path / "d.kml").write_text(KML.format(NETWORK + PLACEMARK).replace("{web}", address))
    assert check("roads", tmp_path / "d.kml").accepted["name"].tolist() == ["QL2"]
    assert not asked


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE kml SYSTEM "{web}/kml.dtd">',
        '<!DOCTYPE kml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
    ],
)
def test_kml_that_declares_a_document_type_is_refused(tmp_path, web, declared):
    address, asked = web
    text = '<?xml version="1.0"?>' + declared + KML.format(PLACEMARK.replace("QL2", "&a;"))
    (tmp_path / "d.kml").write_text(text.replace("{web}", address))
    assert rules(check("roads", tmp_path / "d.kml")) == ["document_type"]
    assert not asked


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('{"type": "Topology", "objects": {}, "arcs": []}', "json_no_features"),
        ('{"geometryType": "esriGeometryPolyline", "features": []}', "json_no_features"),
        ("[" * 10_000 + "]" * 10_000, "json_no_features"),
        ('{"type": "FeatureCollection", "features": [', "json_no_features"),
        ('{"type": "gdal_streamed_alg", "command_line": "gdal vector info x"}', "form_virtual"),
        ("/vsicurl/http://127.0.0.1:9/a.geojson", "wrong_form"),
        ("!table\n!version 300\nDefinition Table\n  Type NATIVE\n", "mapinfo_part"),
        (
            '!table\n!version 300\nOpen Table "/etc/x.tab"\nCreate View V as Select *\n',
            "form_virtual",
        ),
        (
            '!table\n!version 300\nDefinition Table\n  File "../x.csv"\n  Type ASCII\n',
            "form_virtual",
        ),
        ("  0\r\nSECTION\r\n  2\r\nHEADER\r\n", "form_drawing"),
        ("AC1015" + "\0" * 60, "form_drawing"),
    ],
)
def test_what_is_no_layer_is_refused_with_its_cure(tmp_path, text, rule):
    (tmp_path / "d.geojson").write_text(text, newline="")
    checked = check("roads", tmp_path / "d.geojson")
    assert rules(checked) == [rule]
    assert "phusong-" not in checked.diagnosis.faults[0].suggestion


@pytest.mark.parametrize("ending", [".gpkg", ".shp", ".fgb", ".parquet"])
def test_a_layer_cut_in_half_is_refused(tmp_path, ending):
    if ending == ".parquet":
        homes().to_parquet(tmp_path / "xa.parquet")
    else:
        homes().to_file(tmp_path / f"xa{ending}")
    path = tmp_path / f"xa{ending}"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    d = check("communes", path).diagnosis
    assert (d.status, d.rows_accepted) == ("refused", 0)


def test_a_table_without_shapes_is_no_layer(tmp_path):
    homes().drop(columns="geometry").to_parquet(tmp_path / "xa.parquet")
    assert rules(check("communes", tmp_path / "xa.parquet")) == ["no_shapes"]


def test_a_packed_table_of_too_many_rows_is_refused_before_it_is_unpacked(tmp_path):
    """Two and a half million times the same road pack into next to nothing."""
    road = shapely.to_wkb(shapely.LineString([(105.6, 21.3), (105.61, 21.31)]))
    count = 2_500_000
    cells = pa.DictionaryArray.from_arrays(np.zeros(count, "int32"), pa.array([road]))
    pq.write_table(pa.table({"geometry": cells}), tmp_path / "d.parquet")
    assert (tmp_path / "d.parquet").stat().st_size < 100_000
    assert rules(check("roads", tmp_path / "d.parquet")) == ["too_many_rows"]


# --- databases


def change(path, *statements):
    with closing(sqlite3.connect(path)) as database, database:
        for statement in statements:
            database.execute(statement)
    return path


@pytest.fixture
def package(tmp_path):
    homes().to_file(tmp_path / "xa.gpkg", layer="xa")
    return tmp_path / "xa.gpkg"


def test_a_database_without_layers_is_no_geopackage(tmp_path):
    path = change(tmp_path / "xa.gpkg", "CREATE TABLE xa (ma TEXT)")
    assert rules(check("communes", path)) == ["form_database"]


def test_a_layer_that_is_worked_out_when_it_is_read_is_refused(package):
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT x FROM n"
    change(package, "DROP TABLE xa", f"CREATE VIEW xa AS {endless}")
    assert rules(check("communes", package)) == ["layer_is_view"]


def test_a_table_that_draws_its_rows_from_elsewhere_is_refused(package):
    change(package, "CREATE VIRTUAL TABLE lay USING fts5(chu)")
    assert rules(check("communes", package)) == ["form_virtual"]


def test_triggers_do_not_fire_and_the_file_stays_as_it_was(package):
    change(
        package,
        "CREATE TABLE so (n)",
        "CREATE TRIGGER dem AFTER UPDATE ON gpkg_contents BEGIN INSERT INTO so VALUES (1); END",
    )
    before = package.read_bytes()
    assert check("communes", package).diagnosis.rows_accepted == 2
    assert package.read_bytes() == before


def test_a_write_ahead_log_beside_a_database_is_neither_read_nor_written(package):
    """Rows that stand only in the log beside the file are not part of what was handed in."""
    with closing(sqlite3.connect(package)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA wal_autocheckpoint = 0")
        database.execute("DELETE FROM xa WHERE MA_XA = '08914'")
        database.commit()
        beside = {p.name: p.read_bytes() for p in package.parent.iterdir()}
        assert "xa.gpkg-wal" in beside
        assert check("communes", package).diagnosis.rows_accepted == 2
        assert {p.name: p.read_bytes() for p in package.parent.iterdir()} == beside


def test_what_lies_beside_a_shapefile_is_not_read(tmp_path):
    """Only the parts of its own name count: a foreign attribute index or note does not."""
    path = write_shapefile(tmp_path / "xa.shp", homes())
    for name in ("xa.qix", "xa.idm", "xa.ind", "xa.sbn", "xa.shp.aux.xml", "xa.qpj"):
        (tmp_path / name).write_bytes(b"<PAMDataset><SRS>EPSG:9208</SRS></PAMDataset>")
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    assert check("communes", path).diagnosis.rows_accepted == 2
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


# --- archives with layers


def pack(path, **files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return path


def test_a_virtual_format_inside_an_archive_is_refused(tmp_path):
    path = pack(tmp_path / "a.zip", xa_geojson="<OGRVRTDataSource></OGRVRTDataSource>")
    assert rules(check("communes", path)) == ["form_virtual"]


def test_a_shapefile_in_folders_of_an_archive_is_read(tmp_path):
    write_shapefile(tmp_path / "xa.shp", homes())
    with zipfile.ZipFile(tmp_path / "xa.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for ending in ("shp", "shx", "dbf", "prj", "cpg"):
            archive.write(tmp_path / f"xa.{ending}", f"Bàn giao/RANH GIỚI/XA.{ending.upper()}")
    assert check("communes", tmp_path / "xa.zip").diagnosis.rows_accepted == 2


def test_of_two_layers_in_an_archive_one_is_chosen_and_none_or_two_of_one_name_are_refused(
    tmp_path,
):
    road = json.dumps({"type": "FeatureCollection", "features": [ROAD]})
    two = pack(tmp_path / "1.zip", a_geojson=road, b_geojson=road)
    asked = check("roads", two).diagnosis.question
    assert (asked.about, asked.choices) == ("layer", ["a.geojson", "b.geojson"])
    assert check("roads", two, layer="b.geojson").diagnosis.rows_accepted == 1
    assert rules(check("roads", two, layer="c")) == ["no_such_layer"]
    assert rules(check("roads", pack(tmp_path / "0.zip", a_pdf="x", b_pdf="x"))) == [
        "archive_layers"
    ]
    twice = pack(tmp_path / "2.zip", x__a_geojson=road, y__A_GEOJSON=road)
    assert rules(check("roads", twice)) == ["archive_twice"]


def test_a_zipped_kml_is_read(tmp_path):
    path = pack(tmp_path / "a.kmz", doc_kml=KML.format(PLACEMARK))
    assert check("roads", path).accepted["name"].tolist() == ["QL2"]
