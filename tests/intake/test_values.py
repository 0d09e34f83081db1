"""Text, dates, flags and words of a closed list."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.offices import fixes, matched, rules

from phusong.intake.values import (
    fill_date,
    parse_date,
    parse_flag,
    read_column,
    read_dates,
    read_flags,
    read_terms,
    read_texts,
)
from phusong.intake.words import STATUS_WORDS
from phusong.vocabulary.tables.accepted import CELLS, SCHOOLS


@pytest.mark.parametrize(
    ("text", "day", "rule"),
    [
        ("21/09/2021", "2021-09-21", None),
        ("1/9/2021", "2021-09-01", None),
        ("21-9-2021", "2021-09-21", None),
        ("21.09.2021", "2021-09-21", None),
        ("2021-09-21", "2021-09-21", None),
        ("2021/9/21", "2021-09-21", None),
        ("2021-09-21 08:30:00", "2021-09-21", None),
        ("21/09/2021 08:30", "2021-09-21", None),
        ("44460", "2021-09-21", "spreadsheet_serial"),
        ("44460.5", "2021-09-21", "spreadsheet_serial"),
        ("21/9/21", "2021-09-21", "short_year"),
        ("9/2021", "2021-09-01", "month_only"),
        ("Tháng 9/2021", "2021-09-01", "month_only"),
        ("2019", "2019-01-01", "year_only"),
        ("năm 2019", "2019-01-01", "year_only"),
    ],
)
def test_reads_a_date(text, day, rule):
    assert parse_date(text) == (pd.Timestamp(day), rule)


@pytest.mark.parametrize(
    "text", ["", "29/02/2015", "13/13/2020", "09/21/2021", "hôm qua", "0", "31/4/2020", "3000"]
)
def test_reads_no_date_where_there_is_none(text):
    assert parse_date(text) == (pd.NaT, None)


@given(st.dates(date(1955, 1, 1), date(2079, 1, 1)))
def test_a_date_is_read_back_in_every_form(day):
    serial = (day - date(1899, 12, 30)).days
    for text in (
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day.year}",
        str(serial),
    ):
        assert parse_date(text)[0].date() == day


def test_a_wrong_date_is_faulted_and_a_completed_one_listed():
    table, findings = matched([["Ngày phát sóng"], ["2019"], ["31/02/2020"], [""]])
    dates = read_dates(table, "on_air", findings)
    assert dates.isna().tolist() == [False, True, True]
    assert fixes(findings) == {"year_only": 1}
    assert [(f.row, f.rule, f.value) for f in findings.faults] == [(3, "not_a_date", "31/02/2020")]


@pytest.mark.parametrize("text", ["x", "X", "có", "Có", "1", "✓", "TRUE", "1.0", "yes"])
def test_says_yes(text):
    assert parse_flag(text) is True


@pytest.mark.parametrize("text", ["không", "Không", "0", "FALSE", "chưa", "no", "0.0"])
def test_says_no(text):
    assert parse_flag(text) is False


@pytest.mark.parametrize("text", ["", "-", "có thể", "2", "?"])
def test_says_neither(text):
    assert parse_flag(text) is None


def flags(heading, cells):
    table, findings = matched([[heading, "Mã trường"], *[[c, "T"] for c in cells]], "schools")
    return read_flags(table, "has_internet", findings).tolist(), findings


def test_an_empty_cell_among_crosses_says_no_and_among_words_nothing():
    assert flags("Có Internet", ["x", "", "X"])[0] == [True, False, True]
    assert flags("Có Internet", ["có", "", "không"])[0] == [True, pd.NA, False]
    assert flags("Có Internet", ["có", "", "rồi"])[0] == [True, pd.NA, True]
    assert flags("Có Internet (x)", ["", ""])[0] == [False, False]
    assert flags("Có Internet", ["", ""])[0] == [pd.NA, pd.NA]


def test_a_word_that_is_neither_is_faulted():
    values, findings = flags("Có Internet", ["x", "có thể"])
    assert rules(findings) == ["not_a_flag"]
    assert values == [True, pd.NA]


def test_terms_are_known_by_word_value_and_label():
    table, findings = matched(
        [["Hiện trạng"], ["Đang phát sóng"], ["live"], ["ngừng hoạt động"], ["lạ"], [""]]
    )
    status = read_terms(table, "status", findings, words=STATUS_WORDS)
    assert status.where(status.notna(), None).tolist() == ["live", "live", "dead", None, None]
    (fault,) = findings.faults
    assert (fault.rule, fault.row, fault.value) == ("unknown_term", 5, "lạ")
    assert "đang hoạt động" in fault.suggestion


def test_text_is_composed_and_tidied_and_listed():
    table, findings = matched(
        [["Loại cột"], ["Dây  co"], ["Tư\u0323 đứng"], ["có\u200bc"], ["-"], [""]]
    )
    texts = read_texts(table, "structure", findings)
    assert texts.where(texts.notna(), None).tolist() == ["Dây co", "Tự đứng", "cóc", None, None]
    assert fixes(findings) == {"text_normalised": 3}


def test_text_that_runs_backwards_is_refused():
    table, findings = matched([["Loại cột"], ["abc\u202edef"]])
    read_texts(table, "structure", findings)
    assert rules(findings) == ["bidi_text"]


def test_a_required_text_may_not_be_a_dash():
    table, findings = matched([["Loại cột"], ["–"], ["cóc"]])
    read_texts(table, "structure", findings, required=True)
    assert [(f.rule, f.row) for f in findings.faults] == [("required_empty", 2)]


def test_a_declared_column_is_read_as_what_it_holds():
    table, findings = matched(
        [["Tên trường", "Số HS", "Có Internet"], ["Tiểu học A", "412", "x"]], "schools"
    )
    values = [
        read_column(table, SCHOOLS.column(n), findings).iloc[0]
        for n in ("name", "pupils", "has_internet")
    ]
    assert values == ["Tiểu học A", 412, True]
    assert read_column(table, SCHOOLS.column("pupils"), findings).dtype == "Int64"


def test_a_declared_bound_is_kept():
    table, findings = matched([["Chiều cao (m)"], ["420"]])
    assert read_column(table, CELLS.column("height_m"), findings).isna().all()
    assert rules(findings) == ["out_of_bounds"]


def test_fill_date_gives_the_date_of_the_file_to_rows_without_one():
    dates = pd.Series(pd.to_datetime(["2020-05-01", None]))
    assert fill_date(dates, "2021-09-21").tolist() == [
        pd.Timestamp("2020-05-01"),
        pd.Timestamp("2021-09-21"),
    ]
    assert fill_date(dates, None).isna().tolist() == [False, True]
