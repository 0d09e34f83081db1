"""Operators' lists of masts."""

import pandas as pd
import pytest
from tests.intake.offices import PLACES, check, fault, fixes, rules, write_csv, write_xlsx

HEAD = [
    "STT",
    "Mã trạm",
    "Doanh nghiệp",
    "Xã",
    "Kinh độ",
    "Vĩ độ",
    "3G",
    "4G",
    "Băng tần",
    "Chiều cao (m)",
    "Hiện trạng",
]


def row(
    number=1,
    code="VPC0001",
    operator="Viettel",
    place=PLACES[0],
    g3="x",
    g4="x",
    band="",
    height="42",
    status="Đang phát sóng",
    commune="",
):
    return [number, code, operator, commune, *place, g3, g4, band, height, status]


def cells(tmp_path, *rows, head=HEAD, **options):
    return check("cells", write_xlsx(tmp_path / "tram.xlsx", [head, *rows]), **options)


def test_a_mast_becomes_one_cell_a_technology(tmp_path):
    checked = cells(tmp_path, row(), row(2, "VPC0002", place=PLACES[1], g3=""))
    d = checked.diagnosis
    assert (d.status, d.rows_in, d.rows_accepted, d.rows_quarantined) == ("accepted", 2, 2, 0)
    table = checked.accepted
    assert table["cell_id"].tolist() == [
        "VIETTEL-VPC0001-3G",
        "VIETTEL-VPC0001-4G",
        "VIETTEL-VPC0002-4G",
    ]
    assert table["technology"].tolist() == ["3G", "4G", "4G"]
    assert table["height_m"].tolist() == [42, 42, 42]
    assert table["complete"].all()
    assert table["status"].unique().tolist() == ["live"]
    assert not d.faults


def test_matched_bands_and_sectors_multiply_the_cells(tmp_path):
    head = [*HEAD, "Azimuth"]
    table = cells(tmp_path, [*row(band="2100;1800"), "0/120/240"], head=head).accepted
    assert len(table) == 6
    assert table["band_mhz"].tolist() == [2100] * 3 + [1800] * 3
    assert table["azimuth_deg"].tolist() == [0, 120, 240] * 2
    assert table["cell_id"].iloc[0] == "VIETTEL-VPC0001-3G-2100-S1"
    assert table["cell_id"].is_unique


def test_several_operators_on_one_mast_have_a_cell_each(tmp_path):
    table = cells(tmp_path, row(operator="Viettel, Vina", g3="")).accepted
    assert table["operator"].tolist() == ["VIETTEL", "VNPT"]


def test_two_operators_may_list_one_mast(tmp_path):
    other = (PLACES[0][0] + 0.0004, PLACES[0][1])
    checked = cells(tmp_path, row(), row(2, operator="VNPT", place=other))
    assert checked.diagnosis.rows_accepted == 2
    assert not checked.diagnosis.faults


def test_heights_come_with_units_and_a_missing_one_stays_missing(tmp_path):
    rows = [
        row(i, f"V{i}", place=p, height=h)
        for i, (p, h) in enumerate(zip(PLACES, ["30m", "42m/tầng", "", "42,5", "900"], strict=True))
    ]
    checked = cells(tmp_path, *[r[:6] + ["", *r[7:]] for r in rows])
    heights = checked.accepted["height_m"]
    assert heights.tolist()[:2] == [30, 42]
    assert heights.isna().tolist() == [False, False, True, False, True]
    assert fixes(checked) == {"unit_removed": 2, "decimal_comma": 1}
    assert [(f.rule, f.row, f.severity) for f in checked.diagnosis.faults] == [
        ("out_of_bounds", 6, "warning")
    ]


def test_the_state_of_a_mast_is_read_and_an_empty_one_assumed_and_listed(tmp_path):
    states = ["Đang phát sóng", "", "ngừng hoạt động", "kế hoạch", "đang xây dựng"]
    rows = [
        row(i, f"V{i}", place=p, g3="", status=s)
        for i, (p, s) in enumerate(zip(PLACES, states, strict=True))
    ]
    checked = cells(tmp_path, *rows)
    assert checked.accepted["status"].tolist() == ["live", "live", "dead", "planned", "building"]
    assert fixes(checked) == {"status_assumed": 1}


def test_a_wrong_row_is_quarantined_as_it_came_with_its_reasons(tmp_path):
    checked = cells(tmp_path, row(), row(2, "V2", place=("", "")), row(3, "V3", g3="", g4=""))
    d = checked.diagnosis
    assert (d.rows_in, d.rows_accepted, d.rows_quarantined) == (3, 1, 2)
    assert checked.quarantined["row"].tolist() == [3, 4]
    assert checked.quarantined["Mã trạm"].tolist() == ["V2", "V3"]
    assert checked.quarantined["reasons"].str.contains("·").all()


def test_one_code_at_two_places_contradicts_itself(tmp_path):
    checked = cells(tmp_path, row(), row(2, place=PLACES[1]), row(3, "V3", place=PLACES[2]))
    assert checked.diagnosis.rows_quarantined == 2
    assert "contradicting_id" in rules(checked, "error")


def test_technologies_of_one_mast_at_two_places_are_warned_of(tmp_path):
    checked = cells(tmp_path, row(g4=""), row(2, g3="", place=PLACES[1]))
    assert checked.diagnosis.rows_accepted == 2
    assert rules(checked) == ["site_moved"]


def test_a_repeated_row_is_accepted_with_a_warning(tmp_path):
    checked = cells(tmp_path, row(g3=""), row(2, g3=""))
    assert checked.diagnosis.rows_accepted == 2
    assert rules(checked) == ["duplicate_id"]
    assert checked.accepted["cell_id"].tolist() == ["VIETTEL-VPC0001-4G", "VIETTEL-VPC0001-4G~2"]


def test_a_mast_without_code_is_named_after_its_place(tmp_path):
    checked = cells(tmp_path, row(code=""))
    assert checked.accepted["site_code"].unique().tolist() == ["21.31200,105.58100"]
    assert fixes(checked) == {"id_made": 1}


def test_what_the_file_does_not_say_the_user_may(tmp_path):
    path = write_csv(tmp_path / "a.csv", [["Mã trạm", "Kinh độ", "Vĩ độ"], ["A", *PLACES[0]]])
    table = check(
        "cells", path, operator="VNPT", technology="4G", complete=False, as_of="2021-09-21"
    ).accepted
    assert table.loc[0, ["operator", "technology", "complete"]].tolist() == ["VNPT", "4G", False]
    assert table["as_of"].tolist() == [pd.Timestamp("2021-09-21")]


@pytest.mark.parametrize(
    ("gone", "heading"),
    [
        (["Kinh độ"], "Kinh độ"),
        (["Vĩ độ"], "Vĩ độ"),
        (["3G", "4G"], "Công nghệ"),
    ],
)
def test_a_file_without_a_required_column_is_refused(tmp_path, gone, heading):
    keep = [i for i, name in enumerate(HEAD) if name not in gone]
    checked = cells(tmp_path, [row()[i] for i in keep], head=[HEAD[i] for i in keep])
    d = checked.diagnosis
    assert (d.status, d.rows_accepted, d.exit_code) == ("refused", 0, 2)
    found = fault(checked, "missing_column")
    assert (found.row, found.column) == (0, heading)
    assert "Mã trạm" in found.suggestion


def test_vnpt_sends_semicolons_decimal_commas_and_one_cell_of_coordinates(tmp_path):
    head = ["STT", "Mã trạm", "Doanh nghiệp", "Tọa độ", "Công nghệ", "Băng tần"]
    rows = [[1, "VNP-01", "VNPT", "105,34808/21,32924", "3G/4G", "2100/1800"]]
    path = write_csv(tmp_path / "vnpt.csv", [head, *rows], separator=";", encoding="utf-8-sig")
    checked = check("cells", path)
    table = checked.accepted
    assert table[["lon", "lat"]].iloc[0].tolist() == [105.34808, 21.32924]
    assert table["technology"].tolist() == ["3G", "4G"]
    assert set(fixes(checked)) == {"byte_order_mark", "position_split", "band_matched"}


def test_one_swapped_one_comma_and_one_in_metres_among_eight_good_ones(tmp_path):
    good = [
        row(i, f"V{i}", place=(105.50123 + i / 100, 21.30123 + i / 100), g3="") for i in range(8)
    ]
    bad = [
        row(8, "V8", place=(21.35, 105.55), g3=""),
        row(9, "V9", place=("105,55123", "21,35123"), g3=""),
        row(10, "V10", place=("2361234.5", "561234.5"), g3=""),
    ]
    path = write_csv(tmp_path / "a.csv", [HEAD, *good, *bad])
    checked = check("cells", path)
    assert checked.diagnosis.rows_accepted == 8
    assert [(f.row, f.rule) for f in checked.diagnosis.faults] == [
        (10, "lone_swapped"),
        (11, "lone_comma"),
        (12, "metres_among_degrees"),
    ]
    assert "105.55, 21.35" in fault(checked, "lone_swapped").suggestion
    assert "105.55123, 21.35123" in fault(checked, "lone_comma").suggestion
    assert "105.59" in fault(checked, "metres_among_degrees").suggestion


def test_metres_are_asked_about_with_communes_and_read_once_answered(tmp_path):
    head = ["Mã trạm", "Doanh nghiệp", "Xã", "X (m)", "Y (m)", "Công nghệ"]
    rows = [
        ["A", "Mobi", "Tích Sơn", 2356988.2, 560263.7, "4G"],
        ["B", "Mobi", "Đạo Trù", 2380335.4, 558218.2, "4G"],
    ]
    path = write_xlsx(tmp_path / "mobi.xlsx", [head, *rows])
    asked = check("cells", path).diagnosis
    assert (asked.status, asked.exit_code, asked.rows_in, asked.rows_accepted) == (
        "needs_answer",
        3,
        2,
        0,
    )
    assert asked.question.about == "crs"
    assert asked.question.choices[0] == "5897"
    assert "đúng xã" in asked.question.why
    checked = check("cells", path, crs=5897)
    assert checked.diagnosis.status == "accepted"
    assert fixes(checked) == {"x_is_northing": 2}
    assert checked.accepted["lon"].between(105.55, 105.6).all()


POWER = ["EIRP (dBm)", "Băng thông (MHz)", "Số cổng phát"]


def test_power_width_and_ports_are_read_and_kept_where_the_power_is_spread(tmp_path):
    head = [*HEAD, *POWER]
    rows = [[*row(), 62, 10, "2T2R"], [*row(2, "V2", place=PLACES[1], g3=""), "65,5", "", 4]]
    checked = cells(tmp_path, *rows, head=head)
    table = checked.accepted.set_index("cell_id")
    assert table["eirp_dbm"].tolist() == [62, 62, 65.5]
    assert table["bandwidth_mhz"].fillna(-1).tolist() == [-1, 10, -1]
    assert table["ports"].fillna(-1).tolist() == [-1, 2, 4]
    assert not checked.diagnosis.faults


def test_what_is_no_number_of_ports_is_left_out_and_warned_of(tmp_path):
    rows = [
        [*row(i, f"V{i}", place=PLACES[i], g3=""), 62, 20, ports]
        for i, ports in enumerate(["64T64R", "MIMO", 0])
    ]
    checked = cells(tmp_path, *rows, head=[*HEAD, *POWER])
    assert checked.accepted["ports"].isna().all() and checked.diagnosis.rows_quarantined == 0
    described = {f.row: (f.rule, f.severity) for f in checked.diagnosis.faults}
    assert described == {
        2: ("out_of_bounds", "warning"), 3: ("not_a_number", "warning"), 4: ("out_of_bounds", "warning"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("complete", "marked"),
    [(None, [True, True]), (True, [True, True]), (False, [False, False]), (("4G",), [False, True])],
)
def test_a_list_is_complete_of_the_technologies_that_it_states(tmp_path, complete, marked):
    assert cells(tmp_path, row(), complete=complete).accepted["complete"].tolist() == marked
