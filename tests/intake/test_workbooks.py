"""Workbooks: cells as the file stores them."""

from datetime import date, datetime, time

import pytest
from tests.intake.offices import fixes, write_xlsx

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.rules import SourceRefused
from phusong.intake.workbooks import open_workbook, read_workbook, show_cell
from phusong.vocabulary.parameters import load_parameters

HEAD = ["Mã trạm", "Kinh độ", "Vĩ độ"]
ROWS = [HEAD, ["A", 105.6, 21.3]]


def read(path, row_cap=100, **options):
    intake = load_parameters().intake
    caps = {"row_cap": row_cap, "column_cap": 26}
    changed = {n: getattr(intake, n).model_copy(update={"value": v}) for n, v in caps.items()}
    findings = Findings()
    book = open_workbook(path, "cells", intake.model_copy(update=changed), file="a.xlsx")
    return read_workbook(book, ReadOptions(**options), findings), findings


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("00123", "00123"),
        (42.0, "42"),
        (42.5, "42.5"),
        (105.34808, "105.34808"),
        (1.234, "1.2340"),
        (1e5, "100000"),
        (-0.5, "-0.5"),
        (1e300, "1e+300"),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2021, 9, 21), "2021-09-21"),
        (datetime(2021, 9, 21), "2021-09-21"),
        (datetime(2021, 9, 21, 8, 30), "2021-09-21 08:30:00"),
        (time(8, 30), "08:30:00"),
        (None, ""),
    ],
)
def test_a_cell_is_shown_as_stored(value, text):
    assert show_cell(value) == text


def test_rows_are_numbered_as_the_workbook_shows_them(tmp_path):
    grid, _ = read(write_xlsx(tmp_path / "a.xlsx", [[], [None, "Danh sách"], *ROWS]))
    assert grid.frame.index.tolist() == [1, 2, 3, 4]
    assert grid.frame.loc[4].tolist() == ["A", "105.6", "21.3"]


def test_the_sheet_with_the_headings_is_taken_and_named(tmp_path):
    path = write_xlsx(
        tmp_path / "a.xlsx", [["Bìa"], ["Năm 2021"]], sheet="Bìa", more=[("Trạm", ROWS)]
    )
    grid, findings = read(path)
    assert grid.frame.iloc[1, 0] == "A"
    assert [(f.rule, f.example_before) for f in findings.fixes] == [("sheet_chosen", "Trạm")]


def test_two_such_sheets_are_asked_about_and_the_answer_obeyed(tmp_path):
    path = write_xlsx(
        tmp_path / "a.xlsx", ROWS, sheet="Quý 1", more=[("Quý 2", [HEAD, ["B", 105.7, 21.4]])]
    )
    grid, findings = read(path)
    assert grid is None
    assert (findings.question.about, findings.question.choices) == ("sheet", ["Quý 1", "Quý 2"])
    assert read(path, sheet="Quý 2")[0].frame.iloc[1, 0] == "B"


def test_a_hidden_sheet_is_left_out_and_listed(tmp_path):
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("Trạm", "Cũ"):
            page = book.add_worksheet(name)
            for r, row in enumerate(ROWS):
                page.write_row(r, 0, row)
        page.hide()
    grid, findings = read(path)
    assert grid is not None
    assert fixes(findings) == {"hidden_sheet": 1}


def test_a_sheet_that_is_not_there_is_refused_with_the_choices(tmp_path):
    with pytest.raises(SourceRefused, match="Sheet1"):
        read(write_xlsx(tmp_path / "a.xlsx", ROWS), sheet="Trang 9")


def test_an_empty_workbook_is_refused(tmp_path):
    with pytest.raises(SourceRefused) as caught:
        read(write_xlsx(tmp_path / "a.xlsx", []))
    assert caught.value.rule == "empty_file"


@pytest.mark.parametrize(
    ("row_cap", "columns", "rule"), [(1, 1, "too_many_rows"), (100, 27, "too_many_columns")]
)
def test_a_sheet_beyond_the_caps_is_refused(tmp_path, row_cap, columns, rule):
    path = write_xlsx(tmp_path / "a.xlsx", [["x"] * columns] * 3)
    with pytest.raises(SourceRefused) as caught:
        read(path, row_cap=row_cap)
    assert caught.value.rule == rule


def test_a_damaged_workbook_is_refused(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", ROWS)
    path.write_bytes(path.read_bytes()[:800])
    with pytest.raises(SourceRefused) as caught:
        read(path)
    assert caught.value.rule == "damaged_file"
