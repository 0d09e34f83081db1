"""Headings: found under titles, in one row or two, under any of their names."""

import pytest
from tests.intake.offices import fixes, raw_table, rules

from phusong.intake.aliases import ALIASES, TABLES, accepted_headings, heading_keys, known_headings
from phusong.intake.findings import Findings
from phusong.intake.headings import find_header, match_headings, read_headed_rows, score_headings
from phusong.intake.reading import make_grid
from phusong.intake.rules import SourceRefused
from phusong.intake.words import word_key

HEAD = ["STT", "Mã trạm", "Kinh độ", "Vĩ độ", "4G"]
ROW = ["1", "A", "105.6", "21.3", "x"]


def read(rows, kind="cells", widths=False, search_rows=30):
    findings = Findings()
    width = max(len(r) for r in rows)
    rows = rows if widths else [r + [""] * (width - len(r)) for r in rows]
    grid = make_grid(rows, widths=widths)
    return read_headed_rows(
        grid, kind, findings, file="bang.csv", search_rows=search_rows
    ), findings


@pytest.mark.parametrize("kind", ALIASES)
def test_every_heading_leads_to_its_column(kind):
    for name, headings in ALIASES[kind].items():
        for heading in headings:
            assert any(
                known_headings(kind)[k][0] == name
                for k in heading_keys(heading)
                if k in known_headings(kind)
            ), heading


@pytest.mark.parametrize("kind", ALIASES)
def test_names_and_labels_of_the_table_are_headings_too(kind):
    for column in TABLES[kind].columns:
        for heading in (column.name, column.vi, column.en):
            assert word_key(heading) in known_headings(kind)


def test_headings_are_known_without_accents_case_or_unit():
    for heading in ("KINH ĐỘ", "kinh do", "Kinh độ (°)", "  Kinh  độ ", "Kinh_độ"):
        assert score_headings([heading], "cells") == 1


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    raw, findings = read([HEAD, ROW, ROW])
    assert raw.frame.index.tolist() == [2, 3]
    assert raw.frame.columns.tolist() == HEAD
    assert not findings.fixes


def test_titles_units_ordinals_totals_notes_and_blanks_are_set_aside_and_listed():
    raw, findings = read(
        [
            ["SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "", "", "", ""],
            ["DANH SÁCH TRẠM", "", "", "", ""],
            ["", "", "", "", ""],
            HEAD,
            ["", "", "(độ)", "(độ)", "(x)"],
            ["(1)", "(2)", "(3)", "(4)", "(5)"],
            ROW,
            ["", "", "", "", ""],
            ["2", "Trạm Cộng Hòa", "105.6", "21.3", "x"],
            ["Tổng cộng", "", "", "", "2"],
            ["Ghi chú: số liệu tháng 9", "", "", "", ""],
            ["", "", "", "NGƯỜI LẬP BIỂU", ""],
        ]
    )
    assert raw.frame.index.tolist() == [7, 9]
    assert fixes(findings) == {
        "title_row": 2,
        "unit_row": 2,
        "blank_row": 1,
        "total_row": 1,
        "note_row": 2,
    }


@pytest.mark.parametrize(
    "word", ["Cộng", "Tổng cộng", "TỔNG", "Tổng số", "Cộng xã Đạo Trù", "Total"]
)
def test_a_sum_is_no_row(word):
    raw, findings = read([HEAD, ROW, ["", word, "", "", "17"]])
    assert len(raw.frame) == 1
    assert fixes(findings) == {"total_row": 1}


@pytest.mark.parametrize("name", ["Cộng Hòa", "Tổng kho xăng dầu", "Tân Cộng", "Trạm Tổng đài"])
def test_a_name_that_begins_like_a_sum_is_a_row(name):
    assert len(read([HEAD, ROW, ["2", name, "105.6", "21.3", "x"]])[0].frame) == 2


def test_a_row_with_two_filled_cells_is_no_note():
    assert len(read([HEAD, ROW, ["2", "B", "", "", ""]])[0].frame) == 2


def test_headings_of_two_rows_are_joined():
    raw, findings = read(
        [
            ["STT", "Mã trạm", "Tọa độ", "", "Công nghệ", "", "Chiều cao"],
            ["", "", "Kinh độ", "Vĩ độ", "3G", "4G", "(m)"],
            ["1", "A", "105.6", "21.3", "x", "x", "42"],
        ]
    )
    assert raw.frame.columns.tolist()[2:6] == [
        "Tọa độ: Kinh độ",
        "Tọa độ: Vĩ độ",
        "Công nghệ: 3G",
        "Công nghệ: 4G",
    ]
    table = match_headings(raw, "cells", findings)
    assert {"lon", "lat", "has_3g", "has_4g", "height_m", "site_code"} <= set(table.headings)
    assert raw.frame.index.tolist() == [3]


def test_a_data_row_is_not_taken_for_a_second_row_of_headings():
    header = find_header(make_grid([HEAD, ROW, ROW]), "cells", search_rows=30)
    assert (header.position, header.height) == (0, 1)


def test_headings_below_the_search_are_not_found():
    rows = [["tiêu đề", "", "", "", ""]] * 5 + [HEAD, ROW]
    with pytest.raises(SourceRefused) as caught:
        read(rows, search_rows=4)
    assert caught.value.rule == "no_headings"
    assert read(rows, search_rows=6)[0].frame.index.tolist() == [7]


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ([["", ""], ["", ""]], "empty_file"),
        ([HEAD], "headings_only"),
        ([HEAD, ["", "", "", "", ""]], "headings_only"),
        ([HEAD, ["Tổng cộng", "", "", "", "0"]], "headings_only"),
        ([["a", "b"], ["1", "2"]], "no_headings"),
        ([["Kinh độ", "Kinh độ", "Vĩ độ"], ["105", "106", "21"]], "duplicate_heading"),
    ],
)
def test_a_table_without_rows_or_headings_is_refused(rows, rule):
    with pytest.raises(SourceRefused) as caught:
        read(rows)
    assert caught.value.rule == rule
    assert "·" in str(caught.value)


def test_a_heading_that_we_do_not_need_may_stand_twice():
    raw, _ = read([[*HEAD, "Ghi chú", "Ghi chú"], [*ROW, "a", "b"]])
    assert raw.frame.columns.tolist()[-2:] == ["Ghi chú", "Ghi chú (7)"]


def test_a_missing_column_is_refused_with_what_was_found_and_what_would_do():
    raw = raw_table([["Mã trạm", "Kinh độ"], ["A", "105.6"]])
    with pytest.raises(SourceRefused) as caught:
        match_headings(raw, "cells", Findings(), required=("lat",))
    message = str(caught.value)
    assert caught.value.column == "Vĩ độ"
    assert "Mã trạm, Kinh độ" in message
    assert "Latitude" in message


def test_one_of_several_columns_is_enough():
    raw = raw_table([["Mã trạm", "4G"], ["A", "x"]])
    assert match_headings(raw, "cells", Findings(), required=(("technology", "has_4g"),)).has(
        "has_4g"
    )


def test_the_better_known_of_two_headings_is_used_and_the_other_listed():
    findings = Findings()
    raw = raw_table([["Tên trạm", "Mã trạm", "4G"], ["Trạm A", "A1", "x"]])
    table = match_headings(raw, "cells", findings)
    assert table.cells("site_code").tolist() == ["A1"]
    assert [(f.rule, f.row, f.severity, f.value) for f in findings.faults] == [
        ("heading_preferred", 0, "warning", "Tên trạm")
    ]


def test_an_empty_column_beside_the_used_one_is_not_worth_a_word():
    findings = Findings()
    match_headings(raw_table([["Tên trạm", "Mã trạm"], ["", "A1"]]), "cells", findings)
    assert not findings.faults


def test_ragged_rows_are_quarantined_and_trailing_separators_are_not():
    raw, findings = read([HEAD, ROW, ROW[:3], [*ROW, "thừa"], [*ROW, "", ""]], widths=True)
    assert [(f.row, f.rule) for f in findings.faults] == [(3, "ragged_row"), (4, "ragged_row")]
    assert len(raw.frame) == 4


def test_a_missing_column_reads_as_empty():
    raw = raw_table([["Mã trạm"], ["A"]])
    table = match_headings(raw, "cells", Findings())
    assert table.cells("height_m").tolist() == [""]
    assert table.heading("height_m") == "height_m"
    assert table.heading("site_code") == "Mã trạm"
    assert "Chiều cao" in " ".join(accepted_headings("cells", "height_m"))


def test_rules_are_not_invented():
    assert rules(Findings()) == []
