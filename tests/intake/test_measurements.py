"""Measurements: tables of offices, exports of a telephone, speed tests of tiles; bounds, units, moments."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.offices import check, fault, fixes, rules, write_csv, write_xlsx

from phusong.intake import moments
from phusong.intake.measurement_tiles import find_outline_middle, find_tile_middle
from phusong.intake.measurements import QUANTITIES
from phusong.intake.moments import parse_moment
from phusong.vocabulary.tables.accepted import MEASUREMENTS

HEAD = ["Kinh độ", "Vĩ độ", "Doanh nghiệp", "Công nghệ", "Mức tín hiệu (dBm)", "Tải xuống (Mbps)",
        "Tải lên (Mbps)", "Độ trễ (ms)", "Thời điểm đo", "Sai số (m)", "Trong nhà", "Nguồn đo"]  # fmt: skip
ROW = ["105.581", "21.312", "Viettel", "4G", "-101", "12,5", "3,1", "38", "25/09/2021 08:30", "6",
       "ngoài trời", "điện thoại"]  # fmt: skip


def row(**changed):
    at = {"lon": 0, "lat": 1, "operator": 2, "technology": 3, "signal": 4, "down": 5, "up": 6, "delay": 7,
          "at": 8, "accuracy": 9, "indoors": 10, "source": 11}  # fmt: skip
    cells = list(ROW)
    for name, value in changed.items():
        cells[at[name]] = value
    return cells


def measured(tmp_path, *rows, head=HEAD, **options):
    return check("measurements", write_xlsx(tmp_path / "do.xlsx", [head, *rows]), **options)


def test_a_row_is_read_whole(tmp_path):
    checked = measured(tmp_path, row())
    found = checked.accepted.iloc[0]
    described = found[
        ["lon", "lat", "operator", "technology", "signal_dbm", "down_mbps", "up_mbps"]
    ].tolist()
    assert described == [105.581, 21.312, "VIETTEL", "4G", -101, 12.5, 3.1]
    assert (found["delay_ms"], found["accuracy_m"], found["source"]) == (38, 6, "phone")
    assert found["measured_at"] == pd.Timestamp("2021-09-25 08:30") and not found["indoors"]
    assert not checked.diagnosis.faults


@pytest.mark.parametrize(
    ("technology", "signal", "right"),
    [(t, s, low <= s <= high) for t, (_, low, high) in QUANTITIES.items()
     for s in (low - 1, low, high, high + 1)],
)  # fmt: skip
def test_each_quantity_has_its_own_bounds(tmp_path, technology, signal, right):
    checked = measured(
        tmp_path, row(), row(technology=str(technology), signal=f"{signal:g}", lon="105.6")
    )
    assert checked.diagnosis.rows_accepted == 1 + right
    assert rules(checked) == ([] if right else ["signal_impossible"])


def test_a_lone_missing_minus_is_corrected_by_hand_and_one_missing_everywhere_by_us(tmp_path):
    lone = measured(tmp_path, row(), row(signal="97"))
    assert "-97" in fault(lone, "signal_unsigned").suggestion and lone.diagnosis.rows_accepted == 1
    every = measured(tmp_path, row(signal="101"), row(signal="97"))
    assert every.accepted["signal_dbm"].tolist() == [-101, -97]
    assert fixes(every)["sign_restored"] == 2


@pytest.mark.parametrize(("text", "rule"), [("25/09/2051", "moment_in_future"), ("25/09/1921", "moment_too_early"),
                                            ("31/02/2021", "not_a_date")])  # fmt: skip
def test_moments_that_cannot_be_are_set_aside(tmp_path, text, rule):
    assert rules(measured(tmp_path, row(), row(at=text))) == [rule]


def test_the_clock_decides_what_is_the_future(tmp_path, monkeypatch):
    monkeypatch.setattr(moments, "read_clock", lambda: pd.Timestamp("2021-09-20"))
    assert rules(measured(tmp_path, row(at="20/09/2021"), row())) == ["moment_in_future"]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2021.09.25_10.11.12", "2021-09-25 10:11:12"),
        ("25/9/2021 7:05", "2021-09-25 07:05"),
        ("8h30 ngày 25/9/2021", "2021-09-25 08:30"),
        ("2021-09-25T03:11:12Z", "2021-09-25 10:11:12"),
        ("2021-09-25 10:11:12.500+07:00", "2021-09-25 10:11:12"),
        ("1632539472", "2021-09-25 10:11:12"),
        ("1632539472000", "2021-09-25 10:11:12"),
        ("44464.5", "2021-09-25 12:00"),
        ("25/09/2021", "2021-09-25"),
    ],
)
def test_a_moment_is_read_as_it_was_written(text, moment):
    assert parse_moment(text)[0] == pd.Timestamp(moment)


@pytest.mark.parametrize("text", ["25/09/2021 25:00", "2021-13-01 10:00", "gần đây", "99"])
def test_what_is_no_moment_is_none(text):
    assert parse_moment(text)[0] is pd.NaT


def test_unknown_operators_are_warned_of_and_a_silent_row_names_nobody(tmp_path):
    checked = measured(tmp_path, row(operator="Sóng Lạ"), row(operator=""))
    assert rules(checked, "warning") == ["unknown_operator"]
    assert checked.accepted["operator"].fillna("").tolist() == ["Sóng Lạ", ""]


def test_a_place_outside_is_set_aside_and_a_file_from_elsewhere_refused(tmp_path):
    assert rules(measured(tmp_path, row(), row(lon="108.2", lat="16.0"))) == ["outside"]
    assert measured(tmp_path, row(lon="108.2", lat="16.0")).diagnosis.status == "refused"


def test_a_report_may_name_the_hamlet_and_state_only_that_there_is_no_signal(tmp_path):
    head = ["Thôn", "Xã", "Huyện", "Nơi đo", "Công nghệ", "Có sóng", "Ngày phản ánh", "Loại phiếu"]
    rows = [
        [
            "Đồng Giếng",
            "Đạo Trù",
            "Tam Đảo",
            "nhà văn hóa",
            "4G",
            "không có sóng",
            "20/09/2021",
            "kiến nghị",
        ],
        ["Đồng Giếng", "Đạo Trù", "Tam Đảo", "cụm Bãi", "", "", "20/09/2021", "phiếu"],
        ["", "", "", "", "4G", "có sóng", "20/09/2021", "phiếu"],
    ]
    checked = measured(tmp_path, *rows, head=head)
    found = checked.accepted.iloc[0]
    assert (found["commune_code"], found["place"], found["source"]) == (
        "08914",
        "nhà văn hóa",
        "petition",
    )
    assert not found["served"]
    assert sorted(rules(checked)) == ["measurement_nowhere", "nothing_measured"]


@pytest.mark.parametrize("gone", [["Kinh độ", "Vĩ độ"], HEAD[4:8]])
def test_a_file_without_place_or_quantity_is_refused(tmp_path, gone):
    keep = [i for i, name in enumerate(HEAD) if name not in gone]
    checked = measured(tmp_path, [ROW[i] for i in keep], head=[HEAD[i] for i in keep])
    assert rules(checked) == ["missing_column"]


GNET = ["Timestamp", "Longitude", "Latitude", "Speed", "Operatorname", "Operator", "CGI", "Cellname", "Node",
        "CellID", "LAC", "NetworkTech", "NetworkMode", "Level", "Qual", "SNR", "CQI", "LTERSSI", "ARFCN",
        "DL_bitrate", "UL_bitrate", "PSC", "Altitude", "Height", "Accuracy", "Location", "State"]  # fmt: skip


def gnet(level="-98", tech="4G", down="8500", up="900", at="2021.09.25_10.11.12"):
    return [at, "105.581", "21.312", "32", "Viettel", "45204", "452040123", "", "1", "2", "3", tech, "LTE",
            level, "-11", "7", "2147483647", "-70", "1650", down, up, "12", "15", "20", "5", "G", "D"]  # fmt: skip


@pytest.mark.parametrize("separator", ["\t", ",", ";"])
def test_an_export_of_gnettrack_is_read_and_its_speeds_are_turned(tmp_path, separator):
    lines = [GNET, gnet(), gnet("2147483647", down="0"), gnet("-81", "3G"), gnet("-130", "3G")]
    checked = check("measurements", write_csv(tmp_path / "log.txt", lines, separator=separator))
    assert checked.accepted["down_mbps"].tolist() == [8.5, 0.0, 8.5]
    assert checked.accepted["signal_dbm"].fillna(0).tolist() == [-98, 0, -81]
    assert set(checked.accepted["source"]) == {"drive_test"}
    assert set(checked.accepted["operator"]) == {"VIETTEL"}
    assert {"speed_converted", "not_measured_blank", "source_told"} <= set(fixes(checked))
    assert rules(checked, "error") == ["signal_impossible"]


def test_a_kml_of_a_drive_is_read(tmp_path):
    names = [n for n in GNET if n not in ("Longitude", "Latitude")]
    values = dict(zip(GNET, gnet(), strict=True))
    data = "".join(f'<Data name="{n}"><value>{values[n]}</value></Data>' for n in names)
    path = tmp_path / "log.kml"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        f"<Placemark><ExtendedData>{data}</ExtendedData><Point><coordinates>105.581,21.312,0</coordinates>"
        "</Point></Placemark></Document></kml>",
        encoding="utf-8",
    )
    found = check("measurements", path).accepted.iloc[0]
    assert (found["lon"], found["lat"], found["signal_dbm"], found["down_mbps"]) == (
        105.581,
        21.312,
        -98,
        8.5,
    )


def test_speed_tests_of_tiles_stand_in_the_middle_of_them(tmp_path):
    head = ["quadkey", "tile", "avg_d_kbps", "avg_u_kbps", "avg_lat_ms", "tests", "devices"]
    tile = (
        "POLYGON((105.578 21.310, 105.584 21.310, 105.584 21.314, 105.578 21.314, 105.578 21.310))"
    )
    lines = [head, ["1322330211213302", tile, "24500", "9100", "31", "14", "6"]]
    checked = check("measurements", write_csv(tmp_path / "ookla.csv", lines))
    found = checked.accepted.iloc[0]
    assert (round(found["lon"], 4), round(found["lat"], 4)) == (105.581, 21.312)
    assert (found["down_mbps"], found["up_mbps"], found["delay_ms"], found["samples"]) == (
        24.5,
        9.1,
        31,
        14,
    )
    assert found["source"] == "speed_test" and pd.isna(found["operator"])
    assert {"tile_to_point", "speed_converted"} <= set(fixes(checked))


def key_of(lon, lat, zoom=16):
    """The key of the tile around a place, by the published formula of the web's map."""
    import math

    size = 2**zoom
    x = int((lon + 180) / 360 * size)
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * size)
    return "".join(str((x >> b & 1) + 2 * (y >> b & 1)) for b in reversed(range(zoom)))


@given(st.floats(102, 110), st.floats(8, 24))
@settings(deadline=None)
def test_the_middle_of_a_tile_lies_in_it(lon, lat):
    found = find_tile_middle(key_of(lon, lat))
    assert found is not None and key_of(*found) == key_of(lon, lat)


@pytest.mark.parametrize("text", ["", "POLYGON EMPTY", "không phải hình", "POINT (inf 1)"])
def test_what_is_no_outline_has_no_middle(text):
    assert find_outline_middle(text) is None and find_tile_middle("4") is None


@pytest.mark.parametrize(
    ("heading", "cell", "mbps"),
    [("Tốc độ tải xuống (kbps)", "8500", 8.5), ("Download", "8500 kbps", 8.5), ("Download", "8,5 Mbps", 8.5),
     ("DL_bitrate [kbps]", "8500", 8.5), ("Tải xuống", "1,2 Gbps", 1200)],
)  # fmt: skip
def test_a_speed_is_in_megabits_whatever_the_unit(tmp_path, heading, cell, mbps):
    head = [heading if h == "Tải xuống (Mbps)" else h for h in HEAD]
    assert measured(tmp_path, row(down=cell), head=head).accepted["down_mbps"].tolist() == [mbps]


def test_a_quantity_with_a_column_of_its_own_gives_the_technology(tmp_path):
    head = ["Kinh độ", "Vĩ độ", "RSRP", "RSCP", "RxLev"]
    rows = [["105.58", "21.31", "-101", "", ""], ["105.58", "21.31", "", "-88", ""],
            ["105.58", "21.31", "", "", "-75"]]  # fmt: skip
    checked = measured(tmp_path, *rows, head=head)
    assert checked.accepted["technology"].tolist() == ["4G", "3G", "2G"]
    assert checked.accepted["signal_dbm"].tolist() == [-101, -88, -75]
    assert fixes(checked)["technology_told"] == 1


@given(
    st.lists(
        st.sampled_from(["-101", "\u221297 dBm", "97", "x", "", "1e9", "nan", "∞", "0"]), min_size=1
    )
)
@settings(deadline=None, max_examples=25)
def test_whatever_a_cell_holds_rows_add_up_and_bounds_hold(tmp_path_factory, cells):
    path = tmp_path_factory.mktemp("do") / "do.csv"
    checked = check("measurements", write_csv(path, [HEAD, *(row(signal=c) for c in cells)]))
    if checked.accepted is not None:
        column = MEASUREMENTS.column("signal_dbm")
        assert checked.accepted["signal_dbm"].dropna().between(column.ge, column.le).all()
