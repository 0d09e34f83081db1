"""KML as phones and maps export it."""

import pytest
import shapely
from tests.intake.offices import check, rules

from phusong.intake.markup import read_kml

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
)
RING = "<LinearRing><coordinates>{}</coordinates></LinearRing>"


def read(tmp_path, body, encoding="utf-8"):
    path = tmp_path / "a.kml"
    text = f"{HEAD.replace('UTF-8', encoding)}{body}</Document></kml>"
    path.write_bytes(text.encode(encoding))
    return read_kml(path, file="a.kml")


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
    assert len(read_kml(path, file="old.kml")) == 1


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
