"""Schools."""

import pytest
from tests.intake.offices import PLACES, check, fixes, rules, write_csv, write_xlsx

HEAD = [
    "Mã trường",
    "Tên trường",
    "Cấp học",
    "Mã xã",
    "Xã",
    "Huyện",
    "Vĩ độ",
    "Kinh độ",
    "Số HS",
    "Có Internet",
]


def row(
    code="26001",
    name="TH Đạo Trù",
    level="TH",
    ward="08914",
    commune="Đạo Trù",
    place=PLACES[1],
    pupils="412",
    internet="có",
):
    return [code, name, level, ward, commune, "Tam Đảo", place[1], place[0], pupils, internet]


def schools(tmp_path, *rows, head=HEAD, **options):
    return check("schools", write_xlsx(tmp_path / "a.xlsx", [head, *rows]), **options)


def test_a_school_is_read_whole(tmp_path):
    checked = schools(tmp_path, row())
    found = checked.accepted.iloc[0].drop(["lon", "lat"]).tolist()
    assert found == ["26001", "TH Đạo Trù", "TH", "08914", "2021-01-01", 412, True]
    assert checked.accepted[["lon", "lat"]].iloc[0].tolist() == list(PLACES[1])
    assert not checked.diagnosis.faults


def test_a_school_without_coordinates_is_still_a_school(tmp_path):
    checked = schools(tmp_path, row(), row("26002", place=("", ""), ward="", commune="Hồ Sơn"))
    assert checked.diagnosis.rows_accepted == 2
    assert checked.accepted["lon"].isna().tolist() == [False, True]
    assert checked.accepted["commune_code"].tolist() == ["08914", "08929"]


def test_a_coordinate_that_is_wrong_costs_the_row(tmp_path):
    checked = schools(tmp_path, row(), row("26002", place=("chưa đo", "21.3")))
    assert [(f.row, f.rule) for f in checked.diagnosis.faults] == [(3, "not_a_coordinate")]


def test_schools_on_one_point_are_warned_of(tmp_path):
    checked = schools(tmp_path, row(), row("26002", "THCS Đạo Trù"))
    assert checked.diagnosis.rows_accepted == 2
    assert rules(checked) == ["shared_point", "shared_point"]


def test_one_code_with_two_names_contradicts_itself_and_one_row_twice_does_not(tmp_path):
    split = schools(
        tmp_path,
        row(),
        row(name="THCS Hồ Sơn"),
        row("26003", place=PLACES[2], ward="08926", commune="Tam Quan"),
    )
    assert split.diagnosis.rows_quarantined == 2
    twice = schools(tmp_path, row(), row())
    assert twice.diagnosis.rows_accepted == 2
    assert "duplicate_id" in rules(twice, "warning")
    assert twice.accepted["school_id"].tolist() == ["26001", "26001~2"]


def test_a_list_of_names_alone_is_given_ids_and_says_so(tmp_path):
    checked = schools(tmp_path, ["TH A", "Đạo Trù"], ["TH B", "Đạo Trù"], head=["Tên trường", "Xã"])
    assert checked.accepted["school_id"].tolist() == ["dong-2", "dong-3"]
    assert fixes(checked) == {"id_made": 2}


def test_grouped_thousands_of_pupils(tmp_path):
    assert schools(tmp_path, row(pupils="1.204")).accepted["pupils"].tolist() == [1204]


@pytest.mark.parametrize(("field", "rule"), [(0, "required_empty"), (1, "required_empty")])
def test_code_and_name_are_required_where_the_file_has_them(tmp_path, field, rule):
    bad = row("26002")
    bad[field] = ""
    checked = schools(tmp_path, row(), bad)
    assert [
        (f.row, f.rule, f.column) for f in checked.diagnosis.faults if f.severity == "error"
    ] == [(3, rule, HEAD[field])]


def test_a_file_without_names_or_codes_is_refused(tmp_path):
    checked = schools(tmp_path, ["x", "Đạo Trù"], head=["Ghi chú", "Xã"])
    assert rules(checked) == ["missing_column"]


def test_points_of_interest_in_the_columns_of_the_itu(tmp_path):
    head = ["poi_id", "lat", "lon", "poi_type", "is_connected", "label"]
    path = write_csv(
        tmp_path / "poi.csv", [head, ["p1", "39.0", "1.5", "school", "True", "Escola"]]
    )
    found = check("schools", path, province="none").accepted.iloc[0]
    assert found[["school_id", "name", "has_internet"]].tolist() == ["p1", "Escola", True]
