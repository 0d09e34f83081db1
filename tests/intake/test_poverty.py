"""Lists of poor and near-poor households at the door."""

from tests.intake.offices import check, rules, write_csv, write_xlsx
from tests.intake.schools_office import list_plainly

HEAD = [
    "STT", "Mã hộ", "Họ tên chủ hộ", "Năm sinh", "Thôn", "Xã", "Phân loại", "Số khẩu", "Danh sách thành viên",
    "Các chiều thiếu hụt", "Số QĐ công nhận", "Năm",
]  # fmt: skip


def household(
    name="Nguyễn Văn Bình", kind="Hộ nghèo", members="Nguyễn Văn An (2013); Lê Thị Chi (1985)"
):
    return [
        "1", "HN-001", name, "1984", "Đồng Giếng", "Đạo Trù", kind, "4", members, "Viễn thông; Nhà ở",
        "12/QĐ-UBND", "2021",
    ]  # fmt: skip


def test_a_household_is_read_whole(tmp_path):
    told = list_plainly(tmp_path, HEAD, household(), kind="poverty").accepted.iloc[0]
    assert told[["household_code", "head_name", "head_birth_year"]].tolist() == [
        "HN-001", "Nguyễn Văn Bình", 1984,
    ]  # fmt: skip
    assert told[["poverty", "persons", "list_year"]].tolist() == ["poor", 4, 2021]
    assert told["members"] == "Nguyễn Văn An (2013)|Lê Thị Chi (1985)"
    assert told[["lacks_telecom", "lacks_information"]].tolist() == [True, False]
    assert told["decision"] == "12/QĐ-UBND"


def test_the_class_may_be_a_word_a_cross_the_sheet_or_the_files_name(tmp_path):
    def _classes(rows, head):
        return list_plainly(tmp_path, head, *rows, kind="poverty").accepted["poverty"].tolist()

    words = [household(kind=k) for k in ("Hộ cận nghèo", "CN", "N", "nghèo A")]
    assert _classes(words, HEAD) == ["near_poor", "near_poor", "poor", "poor"]
    head = ["Họ tên chủ hộ", "Hộ nghèo", "Hộ cận nghèo"]
    assert _classes([["A", "x", ""], ["B", "", "x"]], head) == ["poor", "near_poor"]
    plain = [["Họ tên chủ hộ", "Xã"], ["A", "Đạo Trù"]]
    named = check("poverty", write_csv(tmp_path / "DS hộ cận nghèo 2021.csv", plain))
    assert named.accepted["poverty"].tolist() == ["near_poor"]
    more = [("Hộ cận nghèo", [["Họ tên chủ hộ", "Xã"], ["B", "Đạo Trù"], ["C", "Hồ Sơn"]])]
    sheets = check("poverty", write_xlsx(tmp_path / "a.xlsx", plain, sheet="Hộ nghèo", more=more))
    assert sheets.accepted["poverty"].tolist() == ["poor", "near_poor", "near_poor"]
    assert sheets.accepted["entry_id"].tolist() == [
        "Hộ nghèo!2", "Hộ cận nghèo!2", "Hộ cận nghèo!3",
    ]  # fmt: skip


def test_a_household_of_unknown_class_or_without_a_head_is_turned_away(tmp_path):
    rows = [household(), household(kind="đang xét"), household(name="")]
    checked = list_plainly(tmp_path, HEAD, *rows, kind="poverty")
    assert rules(checked, "error") == ["poverty_unstated", "name_missing"]
    assert checked.diagnosis.rows_accepted == 1


def test_members_may_stand_one_a_row_under_their_head(tmp_path):
    head = ["Họ và tên", "Quan hệ với chủ hộ", "Năm sinh", "Mã hộ", "Phân loại"]
    rows = [
        ["Nguyễn Văn Bình", "Chủ hộ", "1984", "HN-001", "Hộ nghèo"],
        ["Nguyễn Văn An", "Con", "12/03/2013", "HN-001", ""],
        ["Lê Thị Đào", "Chủ hộ", "1990", "HN-002", "Hộ cận nghèo"],
        ["Trần Thị Mai", "Con", "2015", "", ""],
    ]
    checked = list_plainly(tmp_path, head, *rows, kind="poverty")
    assert checked.diagnosis.rows_accepted == 4
    assert checked.accepted["head_name"].tolist() == ["Nguyễn Văn Bình", "Lê Thị Đào"]
    assert checked.accepted["members"].tolist() == [
        "Nguyễn Văn Bình (1984)|Nguyễn Văn An (2013)", "Lê Thị Đào (1990)|Trần Thị Mai (2015)",
    ]  # fmt: skip
    assert checked.accepted["poverty"].tolist() == ["poor", "near_poor"]


def test_a_list_of_schools_is_no_list_of_households(tmp_path):
    checked = list_plainly(tmp_path, ["Mã trường", "Tên trường"], ["1", "TH A"], kind="poverty")
    assert checked.diagnosis.exit_code == 2
