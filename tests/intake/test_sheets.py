"""Workbooks with the same list on several sheets, and what reports may show of persons."""

from collections import Counter

import pytest
from tests.intake.offices import check, fixes, write_xlsx
from tests.intake.schools_office import BELOW, TOP, pupil

from phusong.intake import headings, source_file, workbooks
from phusong.intake.masking import show_heads, show_shape

UPPER = (
    "THCS",
    [
        ["Danh sách"],
        TOP,
        BELOW,
        pupil(1, "2600000009", "", "Lê Thị Hoa", "13/04/2009", "Nữ", school_class="7B"),
    ],
)


def write_levels(tmp_path, *more):
    rows = [["Danh sách"], TOP, BELOW, pupil(), pupil(2, "2600000002", "", name="")]
    return write_xlsx(tmp_path / "hs.xlsx", rows, sheet="TH", more=more)


def test_every_sheet_that_holds_the_list_is_read(tmp_path):
    notes = ("Ghi chú", [["Người lập", "0900 000 111"]])
    checked = check("students", write_levels(tmp_path, UPPER, notes))
    assert checked.accepted["level"].tolist() == ["TH", "THCS"]
    assert checked.accepted["record_id"].tolist() == ["TH!4", "THCS!4"]
    assert checked.diagnosis.rows_in == 3
    assert fixes(checked)["sheets_read"] == 2
    assert checked.quarantined[["sheet", "row"]].to_numpy().tolist() == [["TH", 5]]
    assert [f.column for f in checked.diagnosis.faults] == ["TH!Họ và tên"]


def test_a_sheet_of_headings_alone_is_named_and_stops_nothing(tmp_path):
    empty = ("THPT", [["Danh sách"], TOP, BELOW])
    checked = check("students", write_levels(tmp_path, UPPER, empty))
    assert checked.diagnosis.status == "accepted"
    told = next(f for f in checked.diagnosis.fixes if f.rule == "empty_sheet")
    assert told.example_before == "THPT"


def test_one_sheet_that_is_refused_stops_the_file_and_loses_no_row(tmp_path):
    nameless = [[c.replace("Họ và tên", "Ghi chú") for c in TOP], BELOW, pupil(), pupil()]
    checked = check("students", write_levels(tmp_path, ("THCS", nameless)))
    assert checked.diagnosis.exit_code == 2
    assert checked.diagnosis.rows_quarantined == checked.diagnosis.rows_in == 4
    assert checked.accepted is None


def test_the_sheet_that_the_user_names_is_read_alone(tmp_path):
    checked = check("students", write_levels(tmp_path, UPPER), sheet="THCS")
    assert checked.accepted["full_name"].tolist() == ["Lê Thị Hoa"]


def test_a_report_shows_the_shape_of_what_names_a_person_and_the_rest_as_it_is(tmp_path):
    row = pupil(born="12-hai-2013", person="ABC", device="tùy", name="  Nguyễn   Văn  An ")
    checked = check("students", write_xlsx(tmp_path / "a.xlsx", [TOP, BELOW, row]))
    told = {f.rule: f.value for f in checked.diagnosis.faults}
    assert told["not_a_date"] == "00-xxx-0000"
    assert told["not_a_personal_id"] == "xxx"
    assert told["not_a_device"] == "tùy"
    assert "Nguyễn" not in str(checked.diagnosis)


def test_shapes_and_heads_of_text():
    assert show_shape("Đỗ Văn Ất, 12/3") == "xx xxx xx, 00/0"
    assert show_heads("Nguyễn Văn An\nTrần Hoa\nNguyễn B\n\nLê C", count=2) == "Nguyễn … Trần"


@pytest.fixture
def counts(monkeypatch):
    """Count how often a file is opened as a workbook, its form detected, and headings searched."""
    seen = Counter()

    def _count(module, name):
        original = getattr(module, name)

        def _call(*args, **kwargs):
            seen[name] += 1
            return original(*args, **kwargs)

        monkeypatch.setattr(module, name, _call)

    _count(source_file, "sniff_form")
    _count(workbooks, "check_parts")
    _count(headings, "_search_header")
    opened = workbooks.CalamineWorkbook

    class _Opened:
        @staticmethod
        def from_path(path):
            seen["opened"] += 1
            return opened.from_path(path)

    monkeypatch.setattr(workbooks, "CalamineWorkbook", _Opened)
    return seen


def test_a_workbook_is_opened_once_and_each_sheet_searched_once(tmp_path, counts):
    notes = ("Ghi chú", [["Người lập", "0900 000 111"]])
    checked = check("students", write_levels(tmp_path, UPPER, notes))
    assert checked.diagnosis.status == "accepted"
    assert counts == {"opened": 1, "check_parts": 1, "sniff_form": 1, "_search_header": 3}


def test_a_list_of_one_sheet_is_opened_and_searched_once(tmp_path, counts):
    rows = [["Mã trạm", "Kinh độ", "Vĩ độ", "Công nghệ"], ["A", 105.6, 21.3, "4G"]]
    checked = check("cells", write_xlsx(tmp_path / "tram.xlsx", rows), operator="VIETTEL")
    assert checked.diagnosis.status == "accepted"
    assert counts == {"opened": 1, "check_parts": 1, "sniff_form": 1, "_search_header": 1}


def test_headings_in_a_legacy_font_are_searched_again_once_they_are_readable(tmp_path, counts):
    rows = [["M· th«n", "Tªn th«n", "M· x·"], ["1", "Th«n §ång GiÕng", "08917"]]
    path = write_xlsx(tmp_path / "thon.xlsx", rows)
    checked = check("hamlets", path, encoding="tcvn3")
    assert "no_headings" not in [f.rule for f in checked.diagnosis.faults]
    assert counts["opened"] == 1 and counts["_search_header"] == 2
