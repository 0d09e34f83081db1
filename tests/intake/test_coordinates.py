"""Where a row is: the forms, the swaps, the metres, and what is outside."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.offices import PLACES, check, fixes, judge_of, matched, rules

from phusong.intake.coordinates import read_positions, require_position
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.rules import SourceRefused
from phusong.vocabulary.metres import transform_xy

JUDGE = judge_of()
LON = [p[0] for p in PLACES]
LAT = [p[1] for p in PLACES]


def positions(rows, judge=JUDGE, codes=None, required=True, **options):
    table, findings = matched(rows)
    codes = None if codes is None else pd.Series(codes, index=table.raw.frame.index)
    read = read_positions(
        table, findings, ReadOptions(**options), judge, codes=codes, required=required
    )
    return read, findings


def lon_lat(pairs=PLACES, heading=("Kinh độ", "Vĩ độ"), show=str):
    return [list(heading), *[[show(a), show(b)] for a, b in pairs]]


def assert_places(read, expected=PLACES, tolerance=1e-6):
    np.testing.assert_allclose(read[["lon", "lat"]].to_numpy(), np.array(expected), atol=tolerance)


def test_decimal_degrees_pass_without_a_word():
    read, findings = positions(lon_lat())
    assert_places(read)
    assert not findings.faults
    assert not findings.fixes


def test_decimal_commas_are_read_and_listed():
    read, findings = positions(lon_lat(show=lambda v: str(v).replace(".", ",")))
    assert_places(read)
    assert fixes(findings) == {"decimal_comma": 5}
    assert findings.fixes[0].example_before == "105,581, 21,312"


def test_a_lone_decimal_comma_is_quarantined_with_the_value_that_would_be_right():
    rows = lon_lat()
    rows[2] = ["105,562", "21,523"]
    read, findings = positions(rows)
    (fault,) = findings.faults
    assert (fault.row, fault.rule, fault.severity) == (3, "lone_comma", "error")
    assert "105.562, 21.523" in fault.suggestion
    assert fault.column == "Kinh độ"
    assert read["lon"].isna().sum() == 1


def test_angles_are_read_and_listed():
    rows = [
        ["Vĩ độ", "Kinh độ"],
        ["21°18'43.2\"B", "105°34'51.6\"Đ"],
        ["21°31'22.8\"N", "105°33'43.2\"E"],
    ]
    read, findings = positions(rows)
    assert_places(read, PLACES[:2])
    assert fixes(findings) == {"angle_to_degrees": 2}


@pytest.mark.parametrize("form", ["{lon}/{lat}", "{lat}, {lon}", "({lat}; {lon})"])
def test_one_cell_is_split_and_ordered_by_its_values(form):
    rows = [["Tọa độ"], *[[form.format(lon=a, lat=b)] for a, b in PLACES]]
    read, findings = positions(rows)
    assert_places(read)
    assert fixes(findings) == {"position_split": 5}
    assert not findings.faults


def test_one_cell_with_decimal_commas_longitude_first():
    read, findings = positions([["Tọa độ"], ["105,34808/21,32924"]])
    assert_places(read, [(105.34808, 21.32924)])
    assert findings.fixes[0].example_after == "105.34808, 21.32924"


def test_columns_swapped_throughout_are_put_right_and_listed():
    read, findings = positions(lon_lat(heading=("Vĩ độ", "Kinh độ")))
    assert_places(read)
    assert fixes(findings) == {"swapped": 5}
    assert not findings.faults


def test_a_lone_swapped_row_is_quarantined_with_the_value_that_would_be_right():
    pairs = [*PLACES[:3], PLACES[3][::-1], PLACES[4]]
    read, findings = positions(lon_lat(pairs))
    (fault,) = findings.faults
    assert (fault.row, fault.rule) == (5, "lone_swapped")
    assert "105.623, 21.424" in fault.suggestion
    assert read["lon"].notna().tolist() == [True, True, True, False, True]
    assert findings.question is None


def test_some_swapped_rows_are_asked_about():
    pairs = [*PLACES[:3], *[p[::-1] for p in PLACES[3:]]]
    findings = positions(lon_lat(pairs))[1]
    assert findings.question.about == "swapped"
    assert len(findings.question.choices) == 2
    assert "5, 6" in findings.question.why


def test_a_letter_shows_a_swap_even_where_no_province_is_judged():
    rows = [["Kinh độ", "Vĩ độ"], ["21°18'36\"B", "105°36'Đ"], ["21°19'B", "105°37'Đ"]]
    read, findings = positions(rows, judge=judge_of("none"))
    assert fixes(findings)["swapped"] == 2
    assert_places(read.iloc[:1], [(105.6, 21.31)])


def test_a_latitude_beyond_90_shows_a_swap_where_no_province_is_judged():
    read, findings = positions(lon_lat(heading=("Vĩ độ", "Kinh độ")), judge=judge_of("none"))
    assert_places(read)
    assert fixes(findings) == {"swapped": 5}


@pytest.mark.parametrize(
    ("a", "b"), [("0", "0"), ("9999", "9999"), ("-9999", "21.3"), ("99999", "99999")]
)
def test_no_position_is_told_from_a_position(a, b):
    rows = [*lon_lat(), [a, b]]
    read, findings = positions(rows)
    assert rules(findings) == ["void_position"]
    assert findings.faults[0].row == 7
    assert read.iloc[-1].isna().all()


def test_empty_and_unreadable_cells_are_faulted():
    rows = [*lon_lat(), ["", ""], ["chưa đo", "21.3"], ["105.6", ""]]
    findings = positions(rows)[1]
    assert [(f.row, f.rule, f.column) for f in findings.faults] == [
        (7, "required_empty", "Kinh độ"),
        (8, "not_a_coordinate", "Kinh độ"),
        (9, "not_a_coordinate", "Vĩ độ"),
    ]
    assert not positions([*lon_lat(), ["", ""]], required=False)[1].faults


def test_a_place_outside_the_province_is_quarantined_with_its_distance():
    read, findings = positions([*lon_lat(), ["106.7", "20.85"]])
    (fault,) = findings.faults
    assert (fault.rule, fault.row) == ("outside", 7)
    assert "100 km" in fault.suggestion
    assert read.iloc[-1].isna().all()


def test_a_place_within_the_margin_is_let_in():
    assert not positions([*lon_lat(), ["105.85", "21.1"]])[1].faults


def test_a_file_of_another_place_is_refused_as_a_whole():
    findings = positions(lon_lat([(106.7, 20.85), (106.6, 20.9)]))[1]
    (fault,) = findings.faults
    assert (fault.row, fault.rule, fault.severity) == (0, "all_outside", "error")


def test_strays_are_told_from_the_rest_where_no_province_is_judged():
    near = [(1.40123 + i / 100, 39.00123) for i in range(5)]
    read, findings = positions(lon_lat([*near, (10.0, 45.0)]), judge=judge_of("none"))
    assert [(f.row, f.rule, f.severity) for f in findings.faults] == [(7, "stray", "warning")]
    assert read.notna().all().all()


def test_a_place_far_from_its_own_commune_is_warned_of():
    codes = ["08707", "08914", "08926", "08929", "08707"]
    findings = positions(lon_lat(), codes=codes)[1]
    assert [(f.row, f.rule, f.severity) for f in findings.faults] == [
        (6, "other_commune", "warning")
    ]


CODES = ["08707", "08914", "08926", "08929", "08848"]


def metres(crs=5897, pairs=PLACES):
    x, y = transform_xy([p[0] for p in pairs], [p[1] for p in pairs], source=4326, target=crs)
    return [(f"{a:.2f}", f"{b:.2f}") for a, b in zip(x, y, strict=True)]


def test_metres_without_a_system_are_asked_about_with_shares_by_commune():
    rows = [["X (m)", "Y (m)"], *[list(p) for p in metres()]]
    read, findings = positions(rows, codes=CODES)
    question = findings.question
    assert question.about == "crs"
    assert question.choices[0] == "5897"
    assert set(question.choices) == {"5897", "9208", "9211", "3405", "32648"}
    assert "100,0 %" in question.why
    assert "5897" in question.why
    assert read.isna().all().all()


def test_metres_without_communes_are_weighed_by_the_province():
    rows = [["X (m)", "Y (m)"], *[list(p) for p in metres()]]
    why = positions(rows)[1].question.why
    assert "trong tỉnh" in why


@pytest.mark.parametrize("crs", [5897, 9208, 9211, 3405, 32648])
def test_metres_in_a_stated_system_become_degrees(crs):
    rows = [["X (m)", "Y (m)"], *[list(p) for p in metres(crs)]]
    read, findings = positions(rows, codes=CODES, crs=crs)
    assert_places(read, tolerance=2e-7)
    assert findings.question is None


def test_northing_written_first_is_put_right_and_listed():
    rows = [["X (m)", "Y (m)"], *[[b, a] for a, b in metres()]]
    read, findings = positions(rows, crs=5897)
    assert_places(read, tolerance=2e-7)
    assert fixes(findings) == {"x_is_northing": 5}


def test_grouped_metres_are_read():
    x, y = metres()[0]
    grouped = [f"{float(v):,.2f}".replace(",", " ").replace(".", ",") for v in (x, y)]
    read, findings = positions([["X", "Y"], grouped], crs=5897)
    assert_places(read, PLACES[:1], tolerance=2e-7)
    assert fixes(findings)["thousands_grouped"] == 1


def test_a_lone_row_with_northing_first_is_quarantined():
    pairs = metres()
    pairs[1] = pairs[1][::-1]
    read, findings = positions([["X (m)", "Y (m)"], *[list(p) for p in pairs]], crs=5897)
    assert [(f.row, f.rule) for f in findings.faults] == [(3, "lone_swapped")]
    assert read["lon"].notna().sum() == 4


def test_a_wrong_zone_is_asked_about_though_it_was_stated():
    rows = [["X (m)", "Y (m)"], *[list(p) for p in metres(5897)]]
    findings = positions(rows, codes=CODES, crs=9208)[1]
    assert findings.question.about == "crs"
    assert findings.question.choices[0] == "5897"
    assert "9208" in findings.question.why


def test_a_lone_row_in_metres_is_quarantined_with_its_degrees():
    rows = lon_lat()
    x, y = metres()[2]
    rows[3] = [y, x]
    read, findings = positions(rows)
    (fault,) = findings.faults
    assert (fault.row, fault.rule) == (4, "metres_among_degrees")
    assert "105.59" in fault.suggestion
    assert "21.44" in fault.suggestion
    assert read["lon"].notna().sum() == 4


def test_degrees_that_lost_their_decimal_mark_are_no_metres():
    findings = positions([*lon_lat(), ["10558123", "2131234"]])[1]
    assert [(f.row, f.rule) for f in findings.faults] == [(7, "not_a_coordinate")]


def test_a_lone_row_in_degrees_is_quarantined_among_metres():
    rows = [["X (m)", "Y (m)"], *[list(p) for p in metres()]]
    rows[2] = ["105.562", "21.523"]
    findings = positions(rows, crs=5897)[1]
    assert [(f.row, f.rule) for f in findings.faults] == [(3, "degrees_among_metres")]


def test_a_file_without_position_columns_is_refused_with_every_way_to_give_one():
    table, _ = matched([["Mã trạm", "Công nghệ"], ["A", "4G"]])
    with pytest.raises(SourceRefused, match="Kinh độ") as caught:
        require_position(table, "cells")
    assert "Vĩ độ" in str(caught.value) and "X và Y" in str(caught.value)


def test_a_file_with_half_a_position_is_told_which_half():
    table, _ = matched([["Mã trạm", "Kinh độ"], ["A", "105.6"]])
    with pytest.raises(SourceRefused) as caught:
        require_position(table, "cells")
    assert caught.value.column == "Vĩ độ"


CELLS = st.one_of(
    st.text(max_size=12),
    st.floats(-200, 200).map(str),
    st.sampled_from(["105.6", "21.3", "105,6", "21°18'B", "0", "9999", "561234", "2361234", ""]),
)


@pytest.mark.long
@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6), st.sampled_from(["26", "none"]))
def test_every_row_is_placed_faulted_asked_about_or_empty(pairs, province):
    rows = [["Kinh độ", "Vĩ độ"], *[[a.strip(), b.strip()] for a, b in pairs]]
    read, findings = positions(rows, judge=judge_of(province))
    bad = {f.row for f in findings.faults if f.severity == "error"}
    if findings.question is None and 0 not in bad:
        assert set(read.index[read.isna().any(axis=1)]) == bad
    inside = read.dropna()
    assert inside["lat"].abs().le(90).all() or findings.faults


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(5)), st.lists(st.booleans(), min_size=5, max_size=5))
def test_the_order_of_rows_changes_nothing(order, turned):
    pairs = [p[::-1] if t else p for p, t in zip(PLACES, turned, strict=True)]
    one, first = positions(lon_lat(pairs))
    two, second = positions(lon_lat([pairs[i] for i in order]))
    assert (first.question is None) == (second.question is None)
    assert sorted(rules(first)) == sorted(rules(second))
    np.testing.assert_allclose(one.to_numpy()[order], two.to_numpy())


def test_nothing_is_recorded_for_a_file_without_rows():
    table, _ = matched([["Kinh độ", "Vĩ độ"]])
    assert read_positions(table, Findings(), ReadOptions(), JUDGE).empty


def test_degrees_of_another_datum_are_shifted_when_that_is_stated():
    # Helmert parameters of EPSG:6960 move a place of this province by some 220 m to the east-southeast.
    read, findings = positions(lon_lat(), crs=4756)
    expected = [transform_xy([lon], [lat], source=4756, target=4326) for lon, lat in PLACES]
    assert_places(read, [(float(lon[0]), float(lat[0])) for lon, lat in expected])
    assert [(f.rule, f.rows) for f in findings.fixes] == [("crs_read", 5)]
    away = np.abs(read[["lon", "lat"]].to_numpy() - np.array(PLACES))
    assert ((away > 5e-4) & (away < 3e-3)).all()
    unmoved, silent = positions(lon_lat(), crs=4326)
    assert_places(unmoved)
    assert not silent.fixes


def test_a_system_that_does_not_exist_is_refused_for_tables_too(tmp_path):
    text = "Mã thôn,Tên thôn,Mã xã,Kinh độ,Vĩ độ\nT1,Đồng Giếng,08914,105.562,21.523\n"
    (tmp_path / "thon.csv").write_text(text, encoding="utf-8")
    checked = check("hamlets", tmp_path / "thon.csv", crs=999_999)
    assert rules(checked) == ["unknown_crs"]
