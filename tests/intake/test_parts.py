"""Workbooks made to harm."""

import zipfile

import pytest
from tests.intake.archives import quote_entry
from tests.intake.offices import check, rules, write_xlsx

from phusong.intake.parts import check_parts, column_number
from phusong.intake.rules import SourceRefused

ROWS = [["Mã trạm", "Kinh độ", "Vĩ độ", "4G"], ["A", 105.6, 21.3, "x"]]
SHEET = "xl/worksheets/sheet1.xml"


def altered(path, name, change):
    """A workbook of which one part is changed."""
    source = write_xlsx(path.with_suffix(".first.xlsx"), ROWS)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            data = old.read(entry)
            new.writestr(entry, change(data) if entry == name else data)
    return path


def refusal(path, **caps):
    with pytest.raises(SourceRefused) as caught:
        check_parts(
            path,
            file=path.name,
            **{"ratio_cap": 100, "column_cap": 1000, "cell_cap": 60_000_000} | caps,
        )
    return caught.value.rule


@pytest.mark.parametrize(
    ("letters", "number"), [(b"A", 1), (b"Z", 26), (b"AA", 27), (b"XFD", 16384)]
)
def test_columns_are_numbered(letters, number):
    assert column_number(letters) == number


def test_an_ordinary_workbook_passes(tmp_path):
    check_parts(
        write_xlsx(tmp_path / "a.xlsx", ROWS),
        file="a.xlsx",
        ratio_cap=100,
        column_cap=1000,
        cell_cap=60_000_000,
    )


def test_a_cell_in_the_far_corner_does_not_make_a_sheet_of_seventeen_thousand_million(tmp_path):
    far = b'<row r="1048576"><c r="ZZ1048576"><v>1</v></c></row></sheetData>'
    path = altered(tmp_path / "a.xlsx", SHEET, lambda d: d.replace(b"</sheetData>", far))
    assert refusal(path) == "sparse_sheet"
    assert rules(check("cells", path)) == ["sparse_sheet"]


def test_a_cell_in_the_last_column_is_too_many_columns(tmp_path):
    far = b'<row r="9"><c r="XFD9"><v>1</v></c></row></sheetData>'
    path = altered(tmp_path / "a.xlsx", SHEET, lambda d: d.replace(b"</sheetData>", far))
    assert refusal(path) == "too_many_columns"


def test_a_document_type_is_refused_before_it_is_parsed(tmp_path):
    lead = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    path = altered(tmp_path / "a.xlsx", SHEET, lambda d: lead + d.split(b"?>", 1)[1])
    assert rules(check("cells", path)) == ["document_type"]


def test_a_bomb_is_refused_by_what_comes_out_of_it(tmp_path):
    path = altered(tmp_path / "a.xlsx", SHEET, lambda d: d + b" " * 50_000_000)
    assert rules(check("cells", path)) == ["archive_ratio"]


def test_a_binary_workbook_is_asked_for_again_as_an_ordinary_one(tmp_path):
    path = tmp_path / "a.xlsb"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", b"x" * 100)
    assert rules(check("cells", path)) == ["form_binary_workbook"]


def test_a_repeated_cell_of_an_open_document_is_counted(tmp_path):
    path = tmp_path / "a.ods"
    repeat = 'table:number-columns-repeated="16000" office:value-type="string"'
    cell = f"<table:table-cell {repeat}>x</table:table-cell>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<x>{cell}</x>")
    assert refusal(path) == "too_many_columns"


def test_two_parts_over_the_same_bytes_are_refused(tmp_path):
    sheet = b'<worksheet><sheetData><row r="1"/></sheetData></worksheet>'
    path = quote_entry(tmp_path / "a.xlsx", "xl/workbook.xml", SHEET, sheet)
    assert rules(check("cells", path)) == ["archive_overlap"]
