"""Tables as offices make them: merged cells, group lines, titles, sheets of classes, columns written once."""

import zipfile

import pytest
import xlsxwriter
from tests.intake.offices import check, fault, fixes, rules, write_csv, write_xlsx

from phusong.intake.merged_cells import SUMMED
from phusong.intake.parts import counts_from_1904
from phusong.intake.title_lines import find_school
from phusong.vocabulary.tables.accepted import ACCEPTED
from phusong.vocabulary.tables.persons import PERSONAL

HAMLETS = ["STT", "Mã xã", "Xã", "Tên thôn", "Số hộ"]
PUPILS = ["STT", "Họ và tên", "Ngày sinh", "Thôn"]
SCHOOLING = ["school_name", "level", "grade", "class_name"]


def merged(path, rows, *merges, **options):
    """A workbook of one sheet; each merge is (first row, first column, last row, last column, value)."""
    with xlsxwriter.Workbook(path, options) as book:
        page = book.add_worksheet("Trang 1")
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if cell is not None:
                    page.write(r, c, cell)
        for merge in merges:
            page.merge_range(*merge)
    return path


def hamlet(number, name, households=100, code=None, commune=None):
    return [number, code, commune, name, households]


# merged cells


def test_every_cell_of_a_merge_has_its_value_and_that_is_listed(tmp_path):
    rows = [HAMLETS, *(hamlet(n, name) for n, name in enumerate(("A", "B", "C"), 1))]
    path = merged(tmp_path / "a.xlsx", rows, (1, 1, 3, 1, "08914"), (1, 2, 3, 2, "Xã Đạo Trù"))
    checked = check("hamlets", path)
    assert checked.accepted["commune_code"].tolist() == ["08914"] * 3
    described = [(f.column, f.rows) for f in checked.diagnosis.fixes if f.rule == "merged_filled"]
    assert described == [("Mã xã", 2), ("Xã", 2)]


def test_a_merge_over_a_total_and_one_of_two_columns(tmp_path):
    total = ["Tổng cộng", None, None, None, 200]
    rows = [HAMLETS, hamlet(1, "A"), hamlet(2, "B"), total, hamlet(3, "C", 1, "08929", "Hồ Sơn")]
    over = check("hamlets", merged(tmp_path / "a.xlsx", rows, (1, 1, 3, 1, "08914")))
    assert over.accepted["commune_code"].tolist() == ["08914", "08914", "08929"]
    assert fixes(over)["total_row"] == 1
    both = check("hamlets", merged(tmp_path / "b.xlsx", rows[:3], (1, 1, 2, 2, "08914")))
    assert both.accepted["commune_code"].tolist() == ["08914", "08914"]


def test_a_merge_of_headings_stays_a_heading(tmp_path):
    rows = [["STT", "Xã", "Thông tin thôn", None], [None, None, "Tên thôn", "Số hộ"]]
    rows += [[1, None, "A", 10], [2, None, "B", 20]]
    merges = [(0, 0, 1, 0, "STT"), (0, 1, 1, 1, "Xã"), (0, 2, 0, 3, "Thông tin thôn")]
    checked = check(
        "hamlets", merged(tmp_path / "a.xlsx", rows, *merges, (2, 1, 3, 1, "Xã Đạo Trù"))
    )
    assert checked.accepted[["name", "commune_code"]].to_numpy().tolist() == [
        ["A", "08914"],
        ["B", "08914"],
    ]


def test_a_number_merged_over_rows_may_be_their_sum_and_is_given_to_none(tmp_path):
    rows = [HAMLETS, hamlet(1, "A", None, "08914"), hamlet(2, "B", None, "08914")]
    checked = check("hamlets", merged(tmp_path / "a.xlsx", rows, (1, 4, 2, 4, 300)))
    assert checked.accepted["households"].isna().all()
    assert rules(checked) == ["merged_sum"] * 2 and checked.diagnosis.rows_accepted == 2
    assert {"households", "quantity"} <= SUMMED


# a column written on the first row of each group


ONCE = [
    HAMLETS[2:], ["Xã Đạo Trù", "A", "1"], ["", "B", "2"], ["", "C", "3"], ["Xã Hồ Sơn", "D", "4"],
    ["", "E", "5"],
]  # fmt: skip


def test_empty_cells_below_a_filled_one_are_asked_about_and_never_filled_in_silence(tmp_path):
    path = write_csv(tmp_path / "a.csv", ONCE)
    asked = check("hamlets", path).diagnosis
    assert (asked.exit_code, asked.question.about) == (3, "fill_down")
    assert asked.question.choices == ['--fill-down "Xã"', "--fill-down none"]
    assert "“Xã Đạo Trù”" in asked.question.why and "3 ô trống" in asked.question.why
    filled = check("hamlets", path, fill_down=("Xã",))
    assert filled.accepted["commune_code"].tolist() == ["08914"] * 3 + ["08929"] * 2
    assert fixes(filled)["filled_down"] == 3
    left = check("hamlets", path, fill_down=("none",))
    assert left.diagnosis.rows_accepted == 2 and rules(left) == ["required_empty"] * 3


@pytest.mark.parametrize(
    "communes",
    [
        ["Đạo Trù", "", "Đạo Trù", "", "Đạo Trù"],  # the same again: an empty cell is a gap
        ["Đạo Trù", "Hồ Sơn", "Tam Quan", "Đạo Trù", ""],  # one cell alone was forgotten
        ["", "Đạo Trù", "", "", "Hồ Sơn"],  # nothing stands above the first
    ],
)
def test_gaps_are_no_groups(tmp_path, communes):
    rows = [["Xã", "Tên thôn"], *([c, f"T{i}"] for i, c in enumerate(communes))]
    checked = check("hamlets", write_csv(tmp_path / "a.csv", rows))
    assert checked.diagnosis.question is None


def test_a_code_is_not_asked_about_where_the_name_stands_beside_it(tmp_path):
    rows = [["Mã xã", "Xã", "Tên thôn"], ["08914", "Đạo Trù", "A"]]
    rows += [["", "Hồ Sơn", "B"], ["", "Tam Quan", "C"]]
    checked = check("hamlets", write_csv(tmp_path / "a.csv", rows))
    assert checked.accepted["commune_code"].tolist()[1] == "08929"


# group lines


def test_lines_of_communes_are_given_to_the_hamlets_below_them(tmp_path):
    rows = [
        ["TT", "Tên thôn", "Số hộ"], ["I", "Xã Đạo Trù", "350"], ["1", "Thôn Bãi Thử", "120"],
        ["2", "Thôn Gò", "230"], ["II", "XÃ HỒ SƠN (1 thôn)", ""], ["1", "Thôn Cầu", "50"],
        ["", "Tổng cộng", "400"],
    ]  # fmt: skip
    checked = check("hamlets", write_csv(tmp_path / "a.csv", rows))
    assert checked.diagnosis.rows_in == 3
    assert checked.accepted["commune_code"].tolist() == ["08914", "08914", "08929"]
    assert (fixes(checked)["group_line"], fixes(checked)["group_read"]) == (2, 3)


def test_a_line_of_no_known_commune_is_reported_and_fills_nothing(tmp_path):
    rows = [["TT", "Tên thôn", "Số hộ"], ["I", "Xã Đạo Trù", ""], ["1", "Thôn A", "1"]]
    rows += [["II", "Xã Không Có", ""], ["1", "Thôn B", "2"]]
    checked = check("hamlets", write_csv(tmp_path / "a.csv", rows))
    assert fault(checked, "group_unknown").row == 4
    assert checked.accepted["name"].tolist() == ["A"]
    assert checked.quarantined["row"].tolist() == [4, 5]


def test_lines_of_schools_and_classes_among_pupils(tmp_path):
    rows = [
        PUPILS, ["I", "Trường Tiểu học Mẫu 1", "", ""], ["", "Lớp 4A", "", ""],
        ["1", "Nguyễn Thị Thử", "10/03/2011", "A"], ["", "Lớp: 4B", "", ""],
        ["1", "Lê Giả", "11/03/2011", "A"], ["II", "Trường THCS Mẫu", "", ""],
        ["1", "Trường Văn Dụ", "12/03/2008", "A"],
    ]  # fmt: skip
    described = check("students", write_csv(tmp_path / "a.csv", rows)).accepted[SCHOOLING]
    assert described["school_name"].tolist() == ["Trường Tiểu học Mẫu 1"] * 2 + ["Trường THCS Mẫu"]
    assert described["class_name"].fillna("").tolist() == ["4A", "4B", ""]
    assert described["level"].tolist() == ["TH", "TH", "THCS"]


def test_a_pupil_named_as_a_school_begins_is_no_group(tmp_path):
    rows = [
        ["STT", "Họ và tên", "Lớp", "Trường"],
        ["1", "Trường Văn Dụ", "", ""],
        ["2", "Lê An", "4A", "T"],
    ]
    assert len(check("students", write_csv(tmp_path / "a.csv", rows)).accepted) == 2


# titles and sheets


def school_book(tmp_path, *sheets, title="TRƯỜNG TIỂU HỌC MẪU SỐ 7"):
    rows = [
        ["PHÒNG GD&ĐT HUYỆN MẪU"], [title], ["DANH SÁCH HỌC SINH NĂM HỌC 2021-2022"], PUPILS,
        [1, "Nguyễn Thị Thử", "10/03/2011", "A"], [2, "Lê Giả", "11/03/2011", "A"],
    ]  # fmt: skip
    return write_xlsx(
        tmp_path / "a.xlsx", rows, sheet=sheets[0], more=[(s, rows) for s in sheets[1:]]
    )


def test_a_school_is_read_from_the_title_and_a_class_from_the_sheet(tmp_path):
    checked = check("students", school_book(tmp_path, "4A"))
    assert (
        checked.accepted[SCHOOLING].to_numpy().tolist()
        == [["TRƯỜNG TIỂU HỌC MẪU SỐ 7", "TH", 4, "4A"]] * 2
    )
    described = {f.rule: f.example_before for f in checked.diagnosis.fixes}
    assert described["school_from_title"] == "TRƯỜNG TIỂU HỌC MẪU SỐ 7"
    assert described["class_from_sheet"] == "4A"


def test_sheets_of_classes_are_read_together(tmp_path):
    described = check("students", school_book(tmp_path, "4A", "4B", "Lớp 5C")).accepted
    assert described["class_name"].tolist() == ["4A", "4A", "4B", "4B", "5C", "5C"]
    assert set(described["school_name"]) == {"TRƯỜNG TIỂU HỌC MẪU SỐ 7"}


@pytest.mark.parametrize(
    ("title", "school"),
    [
        ("Trường: TH Mẫu", "TH Mẫu"),
        ("Tên trường: Trường THCS Mẫu 2", "Trường THCS Mẫu 2"),
        ("DANH SÁCH HỌC SINH TRƯỜNG THPT MẪU NĂM HỌC 2021-2022", "TRƯỜNG THPT MẪU"),
        ("Trung tâm GDNN-GDTX Mẫu", "Trung tâm GDNN-GDTX Mẫu"),
        ("PHÒNG GD&ĐT HUYỆN MẪU", None),
        ("Danh sách học sinh các trường trên địa bàn", None),
    ],
)
def test_what_a_title_names(title, school):
    assert find_school(title) == school


def test_pupils_of_no_stated_school_are_asked_about(tmp_path):
    path = school_book(tmp_path, "Sheet1", title="DANH SÁCH")
    asked = check("students", path).diagnosis
    assert (asked.exit_code, asked.question.about) == (3, "school")
    stated = check("students", path, school="Trường TH Mẫu 9")
    assert set(stated.accepted["school_name"]) == {"Trường TH Mẫu 9"}
    assert fixes(stated)["school_said"] == 2
    assert check("students", path, school="none").accepted["school_name"].isna().all()


def test_a_commune_is_read_from_the_title(tmp_path):
    rows = [["UBND XÃ ĐẠO TRÙ", ""], ["STT", "Tên thôn"], ["1", "A"], ["2", "B"]]
    checked = check("hamlets", write_csv(tmp_path / "a.csv", rows))
    assert checked.accepted["commune_code"].tolist() == ["08914", "08914"]
    assert fixes(checked)["commune_from_title"] == 2


# dates from 1904


@pytest.mark.parametrize("old", [True, False])
@pytest.mark.parametrize("formatted", [True, False])
def test_a_day_is_the_same_in_both_date_systems(tmp_path, old, formatted):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": old}) as book:
        page = book.add_worksheet("3A")
        page.write_row(0, 0, ["Họ và tên", "Ngày sinh", "Trường"])
        page.write_row(1, 0, ["Lê An", None, "TH Mẫu"])
        shape = book.add_format({"num_format": "dd/mm/yyyy"}) if formatted else None
        page.write_number(1, 1, 40940 - (1462 if old else 0), shape)
    checked = check("students", path)
    assert str(checked.accepted["birth_date"].iloc[0])[:10] == "2012-02-01"
    listed = {"serial_1904", "spreadsheet_serial"} & set(fixes(checked))
    assert listed == (set() if formatted else {"serial_1904" if old else "spreadsheet_serial"})


def test_other_workbooks_state_from_when_they_count(tmp_path):
    path = tmp_path / "a.ods"
    for stated in (True, False):
        with zipfile.ZipFile(path, "w") as book:
            null = '<table:null-date table:date-value="1904-01-01"/>' if stated else ""
            book.writestr("content.xml", f"<office:spreadsheet>{null}</office:spreadsheet>")
        assert counts_from_1904(path) is stated


# degrees, minutes and seconds


def test_parts_of_an_angle_under_one_heading_are_joined(tmp_path):
    parts = ["Độ", "Phút", "Giây"]
    rows = [["Mã trạm", "Nhà mạng", "Công nghệ", "Kinh độ", None, None, "Vĩ độ", None, None]]
    rows += [[None] * 3 + parts * 2, ["T1", "Viettel", "4G", 105, 33, 20.5, 21, 31, 10]]
    rows += [[None, "Viettel", "4G", None, None, None, None, None, None]]
    merges = [(0, 3, 0, 5, "Kinh độ"), (0, 6, 0, 8, "Vĩ độ")]
    checked = check("cells", merged(tmp_path / "a.xlsx", rows, *merges))
    assert checked.accepted[["lon", "lat"]].round(6).to_numpy().tolist() == [
        [105.555694, 21.519444]
    ]
    assert fixes(checked)["angle_joined"] == 1
    assert "id_made" not in fixes(checked) and checked.quarantined["row"].tolist() == [4]
    plain = [["" if c is None else str(c) for c in row] for row in rows]
    again = check("cells", write_csv(tmp_path / "a.csv", plain))
    assert again.accepted["lon"].tolist() == checked.accepted["lon"].tolist()


def test_headings_that_name_a_part_each_are_joined_too(tmp_path):
    head = ["Mã trạm", "Nhà mạng", "Công nghệ"]
    head += [f"{axis} ({part})" for axis in ("Kinh độ", "Vĩ độ") for part in ("độ", "phút", "giây")]
    rows = [head, ["T1", "Viettel", "4G", "105", "33", "20,5", "21", "31", "10"]]
    checked = check("cells", write_csv(tmp_path / "a.csv", rows, separator=";"))
    assert checked.accepted["lon"].round(6).tolist() == [105.555694]


@pytest.mark.parametrize(
    ("places", "metres"),
    [
        ([("105.55", "21.52"), ("105.57", "21.51")], "556 m"),
        ([("105°33'", "21°31'"), ("105°34'", "21°30'")], "927 m"),
        ([("105.55", "21.52"), ("105.5712", "21.51")], None),
    ],
)
def test_places_that_are_all_coarse_are_warned_of_with_their_precision(tmp_path, places, metres):
    rows = [["Mã trạm", "Nhà mạng", "Công nghệ", "Kinh độ", "Vĩ độ"]]
    rows += [[f"T{i}", "Viettel", "4G", *place] for i, place in enumerate(places)]
    checked = check("cells", write_csv(tmp_path / "a.csv", rows))
    described = [f.suggestion for f in checked.diagnosis.faults if f.rule == "coarse_places"]
    assert bool(described) is bool(metres) and all(metres in text for text in described)


# bounds


def test_every_whole_number_of_intake_has_its_own_upper_bound():
    tables = {**ACCEPTED, **PERSONAL}
    open_ended = [
        (kind, c.name)
        for kind, t in tables.items()
        for c in t.columns
        if c.holds == "int" and c.le is None
    ]
    assert open_ended == []
