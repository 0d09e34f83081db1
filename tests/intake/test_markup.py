"""KML as phones and maps export it."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.offices import check, rules

from phusong.intake.description_tables import parse_description
from phusong.intake.markup import read_kml

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
)
RING = "<LinearRing><coordinates>{}</coordinates></LinearRing>"


def read(tmp_path, body, encoding="utf-8"):
    path = tmp_path / "a.kml"
    text = f"{HEAD.replace('UTF-8', encoding)}{body}</Document></kml>"
    path.write_bytes(text.encode(encoding))
    return read_kml(path, file="a.kml")[0]


def mark(shape, name="A"):
    return f"<Placemark><name>{name}</name>{shape}</Placemark>"


def test_name_description_folder_and_data_are_attributes(tmp_path):
    body = (
        "<Folder><name>Tam Đảo</name><Folder><name>Đạo Trù</name><Placemark><name>Thôn Lục Liễu</name>"
        "<description><![CDATA[<b>nhà văn hóa</b>]]></description><ExtendedData>"
        '<Data name="Số hộ"><displayName>hộ</displayName><value>120</value></Data>'
        '<SchemaData schemaUrl="#s"><SimpleData name="ma_xa">08914</SimpleData></SchemaData>'
        "</ExtendedData><Point><coordinates>105.562,21.523,0</coordinates></Point></Placemark></Folder>"
        "</Folder>" + mark("<Point><coordinates>105.6,21.4</coordinates></Point>", "Tây Thiên")
    )
    first, second = read(tmp_path, body).to_dict("records")
    assert first == {
        "name": "Thôn Lục Liễu",
        "description": "<b>nhà văn hóa</b>",
        "Folder": "Đạo Trù",
        "Số hộ": "120",
        "ma_xa": "08914",
        "geometry": shapely.Point(105.562, 21.523),
    }
    assert (second["name"], second["Folder"]) == ("Tây Thiên", "")


@pytest.mark.parametrize(
    ("shape", "wkt"),
    [
        ("<Point><coordinates> 105.5 , 21.3 </coordinates></Point>", "POINT (105.5 21.3)"),
        ("<Point><coordinates>105.5,21.3,12</coordinates></Point>", "POINT Z (105.5 21.3 12)"),
        (
            "<LineString><coordinates>105.5,21.3,0\n105.6,21.4,0</coordinates></LineString>",
            "LINESTRING (105.5 21.3, 105.6 21.4)",
        ),
        (
            "<Polygon><outerBoundaryIs>" + RING.format("0,0 4,0 4,4 0,4 0,0") + "</outerBoundaryIs>"
            "<innerBoundaryIs>" + RING.format("1,1 2,1 2,2 1,1") + "</innerBoundaryIs></Polygon>",
            "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 2 1, 2 2, 1 1))",
        ),
        (
            "<MultiGeometry><Point><coordinates>1,2</coordinates></Point>"
            "<Point><coordinates>3,4</coordinates></Point></MultiGeometry>",
            "MULTIPOINT ((1 2), (3 4))",
        ),
        (
            "<MultiGeometry><Point><coordinates>1,2</coordinates></Point><LineString><coordinates>"
            "1,2 3,4</coordinates></LineString></MultiGeometry>",
            "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (1 2, 3 4))",
        ),
    ],
)
def test_shapes_are_built_as_they_are_written(tmp_path, shape, wkt):
    assert read(tmp_path, mark(shape)).geometry.iloc[0].wkt == wkt


@pytest.mark.parametrize(
    "shape",
    [
        "",
        "<Point/>",
        "<Point><coordinates>105,5;21,3</coordinates></Point>",
        "<Point><coordinates>nan,nan</coordinates></Point>",
        "<LineString><coordinates>105.5,21.3</coordinates></LineString>",
        "<LineString><coordinates>105.5,21.3 x,y</coordinates></LineString>",
        "<Polygon><outerBoundaryIs>" + RING.format("0,0 4,0") + "</outerBoundaryIs></Polygon>",
        "<MultiGeometry/>",
        "<Model><Link><href>a.dae</href></Link></Model>",
    ],
)
def test_a_placemark_without_a_shape_keeps_its_row(tmp_path, shape):
    frame = read(
        tmp_path, mark(shape, "không hình") + mark("<Point><coordinates>1,2</coordinates></Point>")
    )
    assert frame["name"].tolist() == ["không hình", "A"]
    assert frame.geometry.isna().tolist() == [True, False]


def test_other_encodings_and_namespaces_are_read(tmp_path):
    frame = read(
        tmp_path, mark("<Point><coordinates>1,2</coordinates></Point>", "Đồng Bùa"), "utf-16"
    )
    assert frame["name"].tolist() == ["Đồng Bùa"]
    path = tmp_path / "old.kml"
    path.write_text(
        '<kml xmlns="http://earth.google.com/kml/2.1"><Placemark><name>A</name></Placemark></kml>'
    )
    assert len(read_kml(path, file="old.kml")[0]) == 1


def test_a_file_without_placemarks_is_refused(tmp_path):
    (tmp_path / "a.kml").write_text(f"{HEAD}</Document></kml>")
    assert rules(check("roads", tmp_path / "a.kml")) == ["headings_only"]


def test_a_file_cut_in_half_is_refused(tmp_path):
    (tmp_path / "a.kml").write_text(HEAD + mark("<Point><coordinates>1,2</coordinates></Point>"))
    assert rules(check("roads", tmp_path / "a.kml")) == ["damaged_file"]


def test_hamlets_drawn_on_a_phone_are_accepted(tmp_path):
    body = "".join(
        f'<Placemark><name>{name}</name><ExtendedData><Data name="Mã xã"><value>08914</value></Data>'
        f'<Data name="Tên thôn"><value>{name}</value></Data></ExtendedData>'
        f"<Point><coordinates>{lon},21.523,0</coordinates></Point></Placemark>"
        for name, lon in (("Thôn Lục Liễu", 105.562), ("Thôn Đồng Bùa", 105.57))
    )
    (tmp_path / "a.kml").write_text(f"{HEAD}{body}</Document></kml>", encoding="utf-8")
    table = check("hamlets", tmp_path / "a.kml").accepted
    assert sorted(table["name"]) == ["Lục Liễu", "Đồng Bùa"]
    assert table["lat"].tolist() == pytest.approx([21.523, 21.523])


ARCGIS = (
    "<html><body><table><tr style='x'><td>ODF-0001</td></tr><tr><td><table>"
    "<tr><td>Mã tủ</td><td>ODF-0001</td></tr><tr bgcolor='#D4E4F3'><td>Doanh nghiệp:</td><td>V&amp;N</td></tr>"
    "<tr><td>Ghi chú</td><td></td></tr><tr><td>a</td><td>b</td><td>c</td></tr><tr><td> </td><td>x</td></tr>"
    "</table></td></tr></table></body></html>"
)


def test_a_table_in_a_description_holds_attributes_that_the_data_do_not_name(tmp_path):
    point = "<Point><coordinates>105.5,21.3</coordinates></Point>"
    data = '<ExtendedData><Data name="Mã tủ"><value>T1</value></Data></ExtendedData>'
    marks = "".join(
        f"<Placemark><name>N</name><description><![CDATA[{ARCGIS}]]></description>{more}{point}</Placemark>"
        for more in ("", data)
    )
    rows = read(tmp_path, marks).to_dict("records")
    assert [row["Mã tủ"] for row in rows] == ["ODF-0001", "T1"]
    assert [row["Doanh nghiệp"] for row in rows] == ["V&N", "V&N"]
    assert [row["Ghi chú"] for row in rows] == ["", ""]
    named = {"name", "description", "Folder", "geometry"}
    assert set(rows[0]) - named == {"Mã tủ", "Doanh nghiệp", "Ghi chú"}


@given(st.text(alphabet="<>/tdrhable &;x\n", max_size=80))
def test_any_description_is_read(text):
    assert all(name.strip() for name in parse_description(text))


def test_cabinets_described_in_tables_alone_are_read(tmp_path):
    table = "<table>{}</table>".format(
        "".join(
            f"<tr><td>{name}</td><td>{value}</td></tr>"
            for name, value in {"Mã tủ": "T{0}", "Doanh nghiệp": "VNPT", "Port rỗi": "{0}"}.items()
        )
    )
    marks = "".join(
        f"<Placemark><name>N{n}</name><description><![CDATA[{table.format(n)}]]></description>"
        f"<Point><coordinates>105.5{n},21.5</coordinates></Point></Placemark>"
        for n in range(1, 4)
    )
    link = "<NetworkLink><Link><href>http://x.vn/a.kml</href></Link></NetworkLink>"
    (tmp_path / "tu.kml").write_text(f"{HEAD}{marks}{link}</Document></kml>", encoding="utf-8")
    checked = check("fibre_nodes", tmp_path / "tu.kml")
    assert checked.accepted["node_id"].tolist() == ["T1", "T2", "T3"]
    assert checked.accepted["ports_free"].tolist() == [1, 2, 3]
    assert "kml_links_beside" in rules(checked)
