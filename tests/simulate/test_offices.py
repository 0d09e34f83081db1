"""What the offices deliver: the right headings, the right bad habits, and nothing that passes for real."""

import csv
import json
import os
import sqlite3
import subprocess
import sys
import tomllib
from datetime import date, datetime

import numpy as np
import pandas as pd
import pyogrio
import pytest
import rasterio
from python_calamine import CalamineWorkbook

from phusong.simulate.demonstration import open_demonstration
from phusong.simulate.offices.masts import list_vietnamobile, list_viettel
from phusong.simulate.offices.sheets import WARNING_TITLE, Wrong, fill_sheet
from phusong.simulate.offices.writing import fixed_day, write_workbook
from phusong.simulate.province import simulate_province, write_province
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.metres import transform_xy

pytestmark = pytest.mark.long

HEADINGS = {
    "mo_phong_danh_sach_thon.xlsx": (
        "STT|Mã thôn|Tên thôn TDP|Loại|Mã xã|Xã/phường/thị trấn|Huyện|Số hộ|Số nhân khẩu|Thôn ĐBKK (x)|"
        "Có điện lưới (x)|Nhà văn hóa: vĩ độ|Nhà văn hóa: kinh độ|Số cụm dân cư|Tên cũ"
    ),
    "mo_phong_tram_viettel.xlsx": (
        "STT|Mã trạm|Doanh nghiệp|Địa chỉ|Xã|Kinh độ|Vĩ độ|2G|3G|4G|Băng tần|Loại cột|Chiều cao (m)|Azimuth|"
        "Ngày phát sóng|Hiện trạng"
    ),
    "mo_phong_tu_cap_viettel.xlsx": (
        "Mã tủ|Loại|Kinh độ|Vĩ độ|Xã|Thôn|Dung lượng port|Port rỗi|Trạng thái|Ngày cập nhật"
    ),
    "mo_phong_xac_nhan_cap_quang.xlsx": (
        "Mã thôn|Thôn|Xã|Huyện|Doanh nghiệp|Dịch vụ|Đã có (x)|Số hộ có thể lắp|Ngày|Văn bản"
    ),
    "mo_phong_truong_hoc.xlsx": (
        "Mã trường|Tên trường|Cấp học|Loại hình|Mã xã|Xã|Huyện|Địa chỉ|Vĩ độ|Kinh độ|Số điểm trường|Số lớp|"
        "Số HS|Có Internet"
    ),
}


@pytest.fixture(scope="module")
def world():
    return simulate_province(size="hamlet", seed=11)


@pytest.fixture(scope="module")
def folder(world, tmp_path_factory):
    return write_province(world, tmp_path_factory.mktemp("offices")).parent


def sheet_of(path):
    """Return the headings, the row in which they stand, and all lines of a workbook."""
    lines = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    head = next(i for i, line in enumerate(lines) if sum(c != "" for c in line) > 3)
    return lines[head], head, lines


def records(path, **options):
    with path.open(encoding=options.pop("encoding", "utf-8"), newline="") as text:
        return list(csv.DictReader(text, **options))


@pytest.mark.parametrize("file", HEADINGS)
def test_workbooks_have_the_headings_of_their_office_under_a_warning(folder, file):
    headings, head, lines = sheet_of(folder / file)
    assert "|".join(headings) == HEADINGS[file]
    assert lines[0][0] == WARNING_TITLE
    assert head >= 2


def test_the_list_of_hamlets_ends_in_its_total(folder, world):
    headings, _, lines = sheet_of(folder / "mo_phong_danh_sach_thon.xlsx")
    total = dict(zip(headings, lines[-1], strict=True))
    assert total["STT"] == "Tổng cộng"
    assert total["Số nhân khẩu"] == world.hamlets["population"].sum()
    assert total["Số hộ"] == world.hamlets["households"].sum()


def test_each_operator_has_its_own_habit(folder, world):
    vnpt = records(folder / "mo_phong_tram_vnpt.csv", delimiter=";", encoding="utf-8-sig")
    assert (folder / "mo_phong_tram_vnpt.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    spot = next(r["Tọa độ"] for r in vnpt if r["Mã trạm"] == "VNP-VPC-0001")
    lon, lat = (float(part.replace(",", ".")) for part in spot.split("/"))
    true = world.cells.set_index("site_code").loc["VNP-VPC-0001"].iloc[0]
    assert (lon, lat) == pytest.approx((true["lon"], true["lat"]), abs=6e-6)

    turned = records(folder / "mo_phong_tram_vietnamobile.csv")
    right = [r for r in turned if r["Mã trạm"] < "VNM-VPC900"]
    assert right and all(float(r["Vĩ độ"]) > 100 > float(r["Kinh độ"]) for r in right)

    headings, head, lines = sheet_of(folder / "mo_phong_tram_mobifone.xlsx")
    row = next(dict(zip(headings, r, strict=True)) for r in lines if "MBF_VPC0001" in r)
    lon, lat = transform_xy([row["Y (m)"]], [row["X (m)"]], source=5897, target=4326)
    true = world.cells.set_index("site_code").loc["MBF_VPC0001"].iloc[0]
    assert (lon[0], lat[0]) == pytest.approx((true["lon"], true["lat"]), abs=1e-6)

    crowd = records(folder / "mo_phong_opencellid_452.csv")
    assert list(crowd[0]) == [
        "radio",
        "mcc",
        "net",
        "area",
        "cell",
        "unit",
        "lon",
        "lat",
        "range",
        "samples",
        "changeable",
        "created",
        "updated",
        "averageSignal",
    ]
    assert {r["mcc"] for r in crowd} == {"452"}


def test_guests_stand_in_the_list_of_their_host_and_nowhere_else():
    unit = {"height_m": 40.0, "azimuth_deg": np.nan, "structure": "dây co", "status": "live"}
    place = {"lon": 105.6, "lat": 21.3, "address": "Thôn A", "commune": "Đạo Trù", "district": "x"}
    columns = ["site_code", "mast_id", "operator", "technology", "band_mhz", "hosted"]
    units = [
        ("VPC0001", "C1", "VIETTEL", "2G", 900.0, False),
        ("VPC0001", "C1", "VIETTEL", "3G", 900.0, False),
        ("VPC0001", "C1", "VIETTEL", "4G", 1800.0, False),
        ("VPC0002", "C2", "VIETTEL", "4G", 1800.0, False),
        ("VNM-VPC001", "C1", "VIETNAMOBILE", "2G", 900.0, True),
        ("VNM-VPC001", "C1", "VIETNAMOBILE", "3G", 2100.0, True),
        ("VNM-VPC002", "C3", "VIETNAMOBILE", "3G", 2100.0, False),
    ]
    sent = {"eirp_dbm": 59.0, "bandwidth_mhz": np.nan, "ports": None}
    cells = pd.DataFrame(units, columns=columns).assign(
        on_air=pd.Timestamp("2015-05-01"), **unit, **place, **sent
    )
    host = list_viettel(cells, open_demonstration(), rng=np.random.default_rng(0)).rows
    listed = [
        (r["Mã trạm"], "".join(t for t in ("2G", "3G", "4G") if r[t] == "x"), r["Băng tần"])
        for _, r in host[host["Doanh nghiệp"].astype(str).str.contains("Vietnamobile")].iterrows()
    ]
    assert sorted(listed) == [("VPC0001", "2G", "900"), ("VPC0001", "3G", "2100")]
    both = host[host["Doanh nghiệp"] == "Viettel, Vietnamobile"]
    assert both["2G"].tolist() == ["x"] and both["4G"].isna().all()
    own = list_vietnamobile(cells, open_demonstration(), rng=np.random.default_rng(0)).rows
    assert set(own["Mã trạm"]) - {"VNM-VPC901", "VNM-VPC902"} == {"VNM-VPC002"}


def test_schools_have_lost_the_zeros_of_their_communes(folder):
    headings, head, lines = sheet_of(folder / "mo_phong_truong_hoc.xlsx")
    codes = [line[headings.index("Mã xã")] for line in lines[head + 1 :]]
    assert {8914.0, 8917.0} <= set(codes)


def test_layers_say_what_they_are_and_in_which_system(folder):
    layers = {
        "mo_phong_ranh_gioi_thon.gpkg": {"ranh_gioi_thon": "EPSG:5897", "cum_dan_cu": "EPSG:5897"},
        "mo_phong_vung_phu_vnpt.gpkg": {"4g": "EPSG:4326", "3g": "EPSG:4326"},
        "mo_phong_duong.gpkg": {"duong": "EPSG:5897"},
    }
    for file, expected in layers.items():
        found = {n: pyogrio.read_info(folder / file, layer=n)["crs"] for n in expected}
        assert found == expected
        with sqlite3.connect(folder / file) as book:
            told = book.execute("select description, last_change from gpkg_contents").fetchall()
        book.close()
        assert all(d == WARNING_TITLE and day.startswith("2021-09-21") for d, day in told)
    communes = pyogrio.read_dataframe(folder / "mo_phong_ranh_gioi_xa.shp")
    assert list(communes.columns) == [
        "MA_XA", "TEN_XA", "LOAI", "MA_HUYEN", "TEN_HUYEN", "DAN_SO", "DT_KM2", "geometry",
    ]  # fmt: skip
    assert communes["TEN_XA"].tolist() == ["Đạo Trù", "Yên Dương"]


def test_the_tile_has_voids_and_says_so(folder, world):
    with rasterio.open(folder / "mo_phong_dia_hinh.tif") as tile:
        assert tile.nodata == -32768 and tile.crs.to_epsg() == 4326
        assert tile.res == pytest.approx((1 / 1200, 1 / 1200))
        assert tile.tags()["DESCRIPTION"] == WARNING_TITLE
        heights = tile.read(1)
    assert ((heights == -32768) == world.relief.void).all()
    known = ~world.relief.void
    assert (heights[known] == world.relief.elevation[known]).all()


def test_open_fibre_data_name_their_ends(folder, world):
    nodes = json.loads((folder / "mo_phong_cap_quang_nodes.geojson").read_text(encoding="utf-8"))
    spans = json.loads((folder / "mo_phong_cap_quang_spans.geojson").read_text(encoding="utf-8"))
    ids = {f["properties"]["id"]: f for f in nodes["features"]}
    vnpt = world.fibre_nodes[world.fibre_nodes["operator"] == "VNPT"]
    assert set(ids) == set(vnpt["node_id"])
    for span in spans["features"]:
        assert {span["properties"]["start"]["id"], span["properties"]["end"]["id"]} <= set(ids)
        assert span["properties"]["featureType"] == "span"
    assert {f["properties"]["status"] for f in nodes["features"]} <= {
        "operational", "underConstruction", "planned", "decommissioned",
    }  # fmt: skip


def test_the_province_file_names_only_files_that_are_there(folder):
    told = tomllib.loads((folder / "mo_phong_vinh_phuc.toml").read_text(encoding="utf-8"))
    assert told["province"]["demonstration"] is True
    assert all((folder / s["file"]).exists() for s in told["source"])
    assert {s["publisher"] for s in told["source"]} == {"Dữ liệu mô phỏng"}
    kinds = (
        "communes hamlets cells coverage fibre_nodes fibre_routes claims roads terrain schools "
        "contributions lots packages students poverty"
    )
    assert {s["kind"] for s in told["source"]} == set(kinds.split())


def test_wrong_rows_stand_where_the_truth_says(folder):
    truth = pd.read_csv(folder / "truth" / "mo_phong_dong_sai.csv")
    outside = truth[(truth["rule"] == "outside") & truth["file"].str.endswith(".xlsx")]
    assert len(outside) >= 4
    for fault in outside.itertuples():
        headings, _, lines = sheet_of(folder / fault.file)
        value = lines[fault.row - 1][headings.index(fault.column)]
        assert value in (106.683, 2_838_511.0)


def test_a_wrong_row_is_a_copy_that_changes_nothing_else():
    rows = pd.DataFrame({"STT": 0, "a": ["x", "y", "z"], "b": [1, 2, 3]})
    wrong = [Wrong({"b": "nine"}, "b", "not_a_number", "in words")]
    sheet = fill_sheet("f.xlsx", rows, wrong, rng=np.random.default_rng(1), titles=("one", "two"))
    assert sheet.rows["STT"].tolist() == [1, 2, 3, 4]
    row = int(sheet.faults["row"].iloc[0])
    assert sheet.rows["b"].iloc[row - 4] == "nine"
    rest = sheet.rows.drop(index=row - 4)
    assert rest["a"].tolist() == ["x", "y", "z"] and rest["b"].tolist() == [1, 2, 3]


def test_text_in_a_workbook_never_becomes_a_formula(tmp_path):
    rows = pd.DataFrame(
        {"a": ["=1+1", "http://x"], "b": [datetime(2021, 9, 1), None], "c": [1.5, np.nan]}
    )
    sheet = fill_sheet("f.xlsx", rows, [], rng=np.random.default_rng(1))
    write_workbook(sheet, tmp_path, day=date(2021, 9, 21))
    book = CalamineWorkbook.from_path(tmp_path / "f.xlsx")
    lines = book.get_sheet_by_index(0).to_python()
    assert [line[0] for line in lines] == ["a", "=1+1", "http://x"]
    assert lines[1][1].isoformat().startswith("2021-09-01") and lines[2][1:] == ["", ""]


def test_the_day_that_gdal_is_told_is_forgotten_afterwards():
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    with fixed_day(date(2021, 9, 21)):
        assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE").startswith("2021-09-21")
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") == before


def test_another_process_and_several_write_the_same_bytes(folder, tmp_path):
    code = (
        "import sys, pathlib; from phusong.simulate.province import *; "
        "from phusong.simulate.offices import enrolment; enrolment.MANY = 0; "
        "world = simulate_province(size='hamlet', seed=11); "
        "write_province(world, pathlib.Path(sys.argv[1]), workers=2)"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "99"}
    subprocess.run([sys.executable, "-c", code, tmp_path], check=True, env=environment)
    files = sorted(p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    assert len(files) > 20
    assert [f for f in files if (folder / f).read_bytes() != (tmp_path / f).read_bytes()] == []


def test_an_unknown_size_is_refused():
    with pytest.raises(ParameterFault, match="hamlet, province, national"):
        simulate_province(size="planet", seed=1)
