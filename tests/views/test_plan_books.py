"""An operator's workbook: names beside codes, sections by what a hamlet rests on, numbers as people write them."""

import re
import zipfile
from xml.etree import ElementTree

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from phusong.views.plan_files import draw_kml, write_book
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.plans import ANTENNAS, COMMITMENTS, ROLLOUT, TRENCHES

NAMES = pd.Series({"T1": "Thôn Một, Đạo Trù", "T2": "Thôn Hai, Đạo Trù", "T3": "Thôn Ba, Hợp Châu"})
PLAN = {
    "scenario": "baseline", "waves": 3, "name": "baseline-5000000000vnd", "as_of": "2021-09-21",
    "made_on": "2021-09-25T03:00:00+00:00", "province": "Vĩnh Phúc", "edition": "2021-01-01",
    "demonstration": True, "note": "DỮ LIỆU MÔ PHỎNG. Cỡ province, hạt giống 242.",
}  # fmt: skip
SUMS = {"capex_low_vnd": 700, "capex_vnd": 1_234_567, "capex_high_vnd": 2_000_000}


def hamlets():
    common = {"class": "K2", "option": "fibre", "operator": "VNPT", "as_of": "2021-09-21", **SUMS}
    rows = [
        {"hamlet_id": "T3", "wave": 1, "basis": "building", "basis_id": "TC-9",
         "basis_on": "2021-08-31", "basis_probability": 0.8},
        {"hamlet_id": "T2", "wave": 1, "basis": "committed", "basis_id": "CK-001",
         "basis_on": "2021-12-31", "basis_probability": 0.7},
        {"hamlet_id": "T1", "wave": 2, "basis": "planned"},
    ]  # fmt: skip
    table = conform_table(pd.DataFrame([common | row for row in rows]), ROLLOUT)
    return table.assign(
        kind="thôn", name=["Ba", "Hai", "Một"], commune="Đạo Trù", commune_code="08914",
        centre_lon=105.5832360077173, centre_lat=21.5,
    )  # fmt: skip


def lines(table, rows, shape):
    frame = gpd.GeoDataFrame(pd.DataFrame(rows), geometry=[shape] * len(rows), crs=4326)
    return gpd.GeoDataFrame(conform_table(frame, table))


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("books") / "vnpt.xlsx"
    trench = {"operator": "VNPT", "wave": 2, "medium": "poles", "off_road_m": 0.4, **SUMS}
    trenches = lines(
        TRENCHES,
        [
            trench | {"trench_id": "a-00001", "length_m": 1287.848, "from_id": "TC-1", "hamlets": "T1|T2"},
            trench | {"trench_id": "a-00002", "length_m": 5.2, "from_id": "a-00001", "to_id": "T1",
                      "hamlets": "T1"},
            trench | {"trench_id": "a-00003", "length_m": 7.0, "from_id": "T1", "to_id": "T2",
                      "hamlets": "T2"},
        ],
        shapely.LineString([(105, 21), (105.1, 21)]),
    )  # fmt: skip
    mast = {
        "option_id": "upgrade-1",
        "kind": "upgrade",
        "operator": "VNPT",
        "wave": 1,
        "height_m": 42.0,
    }
    antennas = lines(
        ANTENNAS, [mast | {"site_id": "S1", "hamlets": "T2|T3", **SUMS}], shapely.Point(105, 21)
    ).assign(site_code="VP0123")
    promise = {
        "commitment_id": "CK-001", "operator": "VNPT", "hamlet_id": "T2", "technology": "FIBRE",
        "due_on": "2021-12-31", "state": "planned", "verdict": "open", "days_late": 0,
    }  # fmt: skip
    promises = conform_table(pd.DataFrame([promise]), COMMITMENTS)
    return write_book(
        path, hamlets(), trenches, antennas, promises, operator="VNPT", told=PLAN, names=NAMES
    )


def sheets(book):
    return pd.read_excel(book, sheet_name=None, header=2, engine="calamine")


def test_hamlets_stand_in_sections_with_who_promised_what_and_how_likely(book):
    table = sheets(book)["Thôn"]
    assert table["Thôn, xã"].tolist() == [NAMES["T1"], NAMES["T2"], NAMES["T3"]]
    assert table["Căn cứ thực hiện"].str.contains("kế hoạch|cam kết|đang xây").all()
    assert table["Mã cam kết hoặc mã tủ cáp"].tolist()[1:] == ["CK-001", "TC-9"]
    assert table["Khả năng thực hiện"].tolist()[1:] == [0.7, 0.8]
    head = pd.read_excel(book, sheet_name="Thôn", header=None, engine="calamine").iloc[0, 0]
    assert "1 thôn do kế hoạch; 2 thôn doanh nghiệp đã nhận hoặc đang xây" in head
    assert "baseline-5000000000vnd" in head and "25/09/2021" in head and "21/09/2021" in head


def test_the_head_warns_once_that_it_is_made_up_and_nothing_of_how(book):
    warning = pd.read_excel(book, sheet_name="Trạm", header=None, engine="calamine").iloc[1, 0]
    assert "MÔ PHỎNG" in warning and "hạt giống" not in warning and ".." not in warning


def test_trenches_go_from_somewhere_to_somewhere(book):
    table = sheets(book)["Tuyến cáp"]
    assert table["Từ"].tolist() == ["tủ TC-1", "rẽ nhánh từ tuyến a-00001", NAMES["T1"]]
    assert table["Đến"].tolist() == ["chỗ rẽ nhánh", NAMES["T1"], NAMES["T2"]]
    assert table["Các thôn được kéo cáp"].iloc[0] == f"{NAMES['T1']}; {NAMES['T2']}"
    assert table["Chiều dài (m)"].tolist() == [1288, 5, 7]


def test_masts_are_called_by_the_operators_own_code(book):
    table = sheets(book)["Trạm"]
    assert table["Mã trạm của doanh nghiệp"].tolist() == ["VP0123"]
    assert table["Các thôn được phủ sóng"].tolist() == [f"{NAMES['T2']}; {NAMES['T3']}"]


def test_coordinates_have_six_decimals_and_every_number_has_a_format(book):
    table = sheets(book)["Thôn"]
    longitude = next(c for c in table.columns if "Kinh độ" in c)
    assert table[longitude].tolist() == [105.583236] * 3
    with zipfile.ZipFile(book) as parts:
        styles = parts.read("xl/styles.xml").decode()
        formats = re.findall(r"<xf [^>]*>", styles.split("<cellXfs")[1])
        for name in [n for n in parts.namelist() if "worksheets/sheet" in n]:
            sheet = parts.read(name).decode()
            for style, kind in re.findall(r'<c r="[A-Z]+\d+" s="(\d+)"( t="s")?', sheet):
                if not kind:
                    assert 'numFmtId="0"' not in formats[int(style)], name
            assert not re.findall(r'<c r="[A-Z]+\d+"><v>', sheet)


def test_every_sheet_filters_and_prints_across_a4_with_headings_and_pages(book):
    with zipfile.ZipFile(book) as parts:
        for name in [n for n in parts.namelist() if "worksheets/sheet" in n]:
            sheet = parts.read(name).decode()
            assert "<autoFilter" in sheet and 'fitToPage="1"' in sheet
            assert 'orientation="landscape"' in sheet and 'paperSize="9"' in sheet
            assert "&amp;P/&amp;N" in sheet
        assert parts.read("xl/workbook.xml").decode().count("Print_Titles") == 5


def test_the_drawing_parts_hamlets_by_what_they_rest_on():
    points = gpd.GeoDataFrame(hamlets(), geometry=[shapely.Point(105, 21)] * 3, crs=4326)
    none = points.iloc[:0]
    root = ElementTree.fromstring(
        draw_kml(points, none.assign(trench_id=""), none.assign(option_id=""), head=["x", "y"])
    )
    space = {"k": "http://www.opengis.net/kml/2.2"}
    folders = {
        folder.findtext("k:name", namespaces=space): len(folder.findall("k:Placemark", space))
        for folder in root.findall(".//k:Folder", space)
    }
    assert {name: n for name, n in folders.items() if name.startswith("Thôn")} == {
        "Thôn: do kế hoạch này xây": 1,
        "Thôn: doanh nghiệp đã cam kết": 1,
        "Thôn: doanh nghiệp đang xây tủ cáp gần thôn": 1,
    }
