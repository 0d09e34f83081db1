"""Pupils' records at the door."""

import pytest
from tests.intake.offices import check, fixes, rules, write_csv, write_xlsx
from tests.intake.schools_office import BELOW, TOP, list_plainly, list_pupils, pupil


def first(checked):
    return checked.accepted.iloc[0]


def test_a_record_of_the_sector_database_is_read_whole(tmp_path):
    checked = list_pupils(tmp_path, pupil(classes="Hộ nghèo; Mồ côi cha"))
    described = first(checked)
    assert checked.diagnosis.status == "accepted"
    assert described["full_name"] == "Nguyễn Văn An"
    assert described["birth_date"].isoformat()[:10] == "2013-03-12"
    assert described[["sex", "level", "grade", "class_name", "status"]].tolist() == [
        "male", "TH", 3, "3A", "studying",
    ]  # fmt: skip
    assert described[["province", "district", "commune", "hamlet"]].tolist() == [
        "Vĩnh Phúc", "Tam Đảo", "Đạo Trù", "Đồng Giếng",
    ]  # fmt: skip
    assert described[["guardian_1", "guardian_2", "phone"]].tolist() == [
        "Nguyễn Văn Bình", "Lê Thị Chi", "0900000111",
    ]  # fmt: skip
    assert described[["poverty", "hardships"]].tolist() == ["poor", "orphan_one"]
    assert described[["device", "connection"]].tolist() == ["none", "none"]
    assert described["record_id"] == "5"


def test_neither_ethnicity_nor_the_kind_of_disability_goes_further(tmp_path):
    checked = list_pupils(tmp_path, pupil(people="Sán Dìu"), pupil(code="2600000002", person=""))
    assert checked.accepted["hardships"].tolist()[0] == "minority"
    assert checked.accepted["hardships"].isna().tolist() == [False, True]
    assert "ethnicity" not in checked.accepted
    assert "Sán Dìu" not in checked.accepted.astype("str").to_numpy()


@pytest.mark.parametrize(
    ("school_class", "level", "grade"),
    [
        ("1A", "TH", 1),
        ("5A2", "TH", 5),
        ("Lớp 9B", "THCS", 9),
        ("10 Toán", "THPT", 10),
        ("12A1", "THPT", 12),
        ("VI", "THCS", 6),
        ("MG 5 tuổi A", "MN", None),
    ],
)
def test_the_level_follows_from_the_class(tmp_path, school_class, level, grade):
    described = first(list_pupils(tmp_path, pupil(school_class=school_class)))
    assert described["level"] == level
    assert (described["grade"] == grade) if grade else described.isna()["grade"]


@pytest.mark.parametrize(
    "head",
    [{"school": "Trung tâm GDNN-GDTX Tam Đảo"}, {"school": "TRUNG TAM GIAO DUC THUONG XUYEN"}],
)
def test_the_kind_of_school_outweighs_the_class(tmp_path, head):
    rows = [
        ["Mã học sinh", "Họ và tên", "Ngày sinh", "Lớp", "Trường", "Cấp học"],
        ["2600000001", "Nguyễn Văn An", "12/03/2005", "10A", head["school"], ""],
        ["2600000002", "Lê Thị Ba", "13/03/2005", "10A", "Trường THPT Tam Đảo", ""],
        ["2600000003", "Trần Văn Tư", "14/03/2005", "10A", "Trường khác", "GDTX"],
    ]
    checked = check("students", write_csv(tmp_path / "hs.csv", rows))
    described = checked.accepted
    assert described["level"].tolist() == ["GDTX", "THPT", "GDTX"] and set(described["grade"]) == {
        10
    }
    assert "level_differs" not in rules(checked)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Đang học", "studying"),
        ("Chuyển đến kỳ 1", "moved_in"),
        ("Chuyển đi", "moved_out"),
        ("Thôi học", "left"),
        ("Bỏ học", "dropped_out"),
        ("Tạm nghỉ", "on_leave"),
    ],
)
def test_states_are_known_by_their_words(tmp_path, text, state):
    assert first(list_pupils(tmp_path, pupil(state=text)))["status"] == state


def test_a_list_without_states_lists_those_who_study(tmp_path):
    checked = list_plainly(tmp_path, ["Họ tên", "Lớp"], ["Lê Thị Hoa", "4A"])
    assert first(checked)["status"] == "studying"
    assert fixes(checked)["status_assumed"] == 1
    stated = list_plainly(tmp_path, ["Họ tên", "Lớp", "Trạng thái"], ["Lê Thị Hoa", "4A", ""])
    assert first(stated).isna()["status"]


@pytest.mark.parametrize(
    ("written", "read", "rule"),
    [
        ("26213000123", "026213000123", None),
        ("026213000123.0", "026213000123", None),
        ("026 213 000 123", "026213000123", None),
        ("2.6213E+10", None, "code_rounded"),
        ("135345678", None, "old_card"),
        ("999213000123", None, "not_a_personal_id"),
        ("02621300012", None, "not_a_personal_id"),
        ("026313000123", "026313000123", "personal_id_differs"),
        ("026214000123", "026214000123", "personal_id_differs"),
    ],
)
def test_personal_ids(tmp_path, written, read, rule):
    checked = list_pupils(tmp_path, pupil(person=written))
    described = first(checked)
    assert (described["personal_id"] == read) if read else described.isna()["personal_id"]
    assert rules(checked) == ([rule] if rule else [])
    assert checked.diagnosis.rows_quarantined == 0


@pytest.mark.parametrize(
    ("written", "read", "rule"),
    [
        (41345, "2013-03-12", None),
        ("2013-03-12", "2013-03-12", None),
        ("12032013", "2013-03-12", None),
        ("12-3-2013", "2013-03-12", None),
        ("2013", None, "birth_partial"),
        ("00/00/2013", None, "birth_partial"),
        ("3/2013", None, "birth_partial"),
        ("30/02/2013", None, "not_a_date"),
        ("12/03/1013", None, "birth_implausible"),
        ("12/03/2020", None, "birth_implausible"),
        ("", None, None),
    ],
)
def test_dates_of_birth(tmp_path, written, read, rule):
    checked = list_pupils(tmp_path, pupil(born=written, person=""))
    described = first(checked)["birth_date"]
    assert (described.isoformat()[:10] if read else None) == read
    assert rules(checked) == ([rule] if rule else [])


def test_a_code_that_lost_its_zero_gets_it_back_only_where_others_have_one(tmp_path):
    head = ["Họ tên", "Mã học sinh", "Lớp"]
    rows = [["An", "0123456789", "1A"], ["Ba", "0123456788", "1A"], ["Chi", "123456787", "1A"]]
    checked = list_plainly(tmp_path, head, *rows)
    assert checked.accepted["student_code"].tolist()[2] == "0123456787"
    assert fixes(checked)["zeros_restored"] == 1
    others = [["An", "2123456789", "1A"], ["Ba", "2123456788", "1A"], ["Chi", "123456787", "1A"]]
    kept = list_plainly(tmp_path, head, *others)
    assert kept.accepted["student_code"].tolist()[2] == "123456787"
    assert rules(kept) == ["code_short"]


def test_a_name_in_two_columns_and_crosses(tmp_path):
    head = ["STT", "Lớp", "Họ đệm", "Tên", "Nữ", "HKTT", "Hộ nghèo", "Cận nghèo", "Mồ côi"]
    rows = [
        ["1", "6A", "Lê Thị", "Hoa", "x", "Thôn Đồng Cà, xã Đạo Trù", "", "x", "x"],
        ["2", "6A", "Trần", "Nam", "", "", "", "", ""],
    ]
    described = list_plainly(tmp_path, head, *rows).accepted
    assert described["full_name"].tolist() == ["Lê Thị Hoa", "Trần Nam"]
    assert described["sex"].tolist() == ["female", "male"]
    assert described["poverty"].tolist() == ["near_poor", "neither"]
    assert described["hardships"].fillna("").tolist() == ["orphan_one", ""]
    assert described["registered_address"].tolist()[0] == "Thôn Đồng Cà, xã Đạo Trù"
    assert described["address"].isna().all()


def test_where_a_pupil_was_born_is_not_where_they_live(tmp_path):
    head = ["Họ tên", "Lớp", "Nơi sinh: Xã", "Quê quán: Huyện", "HKTT: Xã", "HKTT: Thôn", "Xã"]
    described = first(
        list_plainly(tmp_path, head, ["An", "1A", "A", "B", "Hồ Sơn", "Đồng Bả", "Tam Quan"])
    )
    assert described["commune"] == "Tam Quan"
    assert described.isna()["district"]
    assert described["registered_address"] == "Đồng Bả, Hồ Sơn"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("Có", "Điện thoại thông minh", "2", "4G"), ("shared", "smartphone", "mobile_4g")),
        (("Máy tính bảng", "", "", "wifi nhà"), ("own", "tablet", "fixed")),
        (("dùng chung", "laptop", "", "3G"), ("shared", "laptop", "mobile_3g")),
        (("Chưa có", "", "", "không"), ("none", None, "none")),
        (("x", "", "1", "có"), ("own", None, "unspecified")),
        (("", "", "", ""), (None, None, None)),
        (("tùy lúc", "", "", "lúc được lúc không"), (None, None, None)),
    ],
)
def test_devices_and_connections(tmp_path, words, expected):
    head = ["Họ tên", "Lớp", "Có thiết bị", "Loại thiết bị", "Số người dùng chung", "Kết nối"]
    checked = list_plainly(tmp_path, head, ["An", "1A", *words])
    described = first(checked)[["device", "device_kind", "connection"]]
    assert (
        tuple(
            None if missing else t for t, missing in zip(described, described.isna(), strict=True)
        )
        == expected
    )
    doubtful = words[0] == "tùy lúc"
    assert rules(checked) == (["not_a_device", "not_a_connection"] if doubtful else [])


def test_a_row_without_a_name_is_turned_away_and_says_so_in_both_languages(tmp_path):
    checked = list_pupils(tmp_path, pupil(), pupil(2, "2600000002", "", name=""))
    assert checked.diagnosis.rows_quarantined == 1
    reason = checked.quarantined["reasons"].tolist()[0]
    assert "không có họ tên" in reason
    assert "no name" in reason


def test_a_pupil_called_tong_cong_is_no_total(tmp_path):
    rows = [pupil(1, name="Tống Công Minh"), ["Tổng cộng", "", "", "", "", 1]]
    checked = list_pupils(tmp_path, *rows)
    assert checked.accepted["full_name"].tolist() == ["Tống Công Minh"]
    assert fixes(checked)["total_row"] == 1


def test_headings_that_a_printed_page_repeats_are_no_pupils(tmp_path):
    rows = [pupil(1), TOP, BELOW, pupil(2, "2600000002", "", name="Lê Thị Hoa")]
    checked = list_pupils(tmp_path, *rows)
    assert checked.accepted["full_name"].tolist() == ["Nguyễn Văn An", "Lê Thị Hoa"]
    assert fixes(checked)["repeated_heading"] == 2


def test_codes_that_stand_twice_are_told_of_once(tmp_path):
    checked = list_pupils(tmp_path, pupil(1), pupil(2), pupil(3))
    assert rules(checked) == ["code_repeated", "id_repeated"]
    assert checked.diagnosis.rows_accepted == 3


@pytest.mark.parametrize(
    "rows",
    [
        [["Tên trường", "Xã"], ["TH Đạo Trù", "Đạo Trù"]],
        [["Họ tên", "Ghi chú"], ["Nguyễn Văn An", ""]],
        [["Nguyễn Văn An", "12/03/2013"], ["Lê Thị Hoa", "13/03/2013"]],
    ],
)
def test_a_file_that_is_no_list_of_pupils_is_refused_without_telling_a_name(tmp_path, rows):
    checked = check("students", write_csv(tmp_path / "a.csv", rows))
    assert checked.diagnosis.exit_code == 2
    assert "Nguyễn Văn An" not in str(checked.diagnosis)


def test_a_font_in_doubt_is_asked_about_with_surnames_alone(tmp_path):
    names = ["NguyÔn V¨n §øc", "TrÇn ThÞ H»ng", "Lª Quèc ViÖt", "Ph¹m Thóy H¹nh"]
    rows = [["Họ và tên", "Lớp", "Thôn"], *([n, "3A", "Th«n §ång GiÕng"] for n in names)]
    path = write_xlsx(tmp_path / "a.xlsx", rows)
    asked = check("students", path)
    assert asked.diagnosis.exit_code == 3
    assert asked.diagnosis.question.about == "encoding"
    assert "Trần" in asked.diagnosis.question.why
    assert "Hằng" not in str(asked.diagnosis)
    answered = check("students", path, encoding="tcvn3", school="none")
    assert answered.accepted["full_name"].tolist()[0] == "Nguyễn Văn Đức"
    assert answered.accepted["hamlet"].tolist()[0] == "Thôn Đồng Giếng"
