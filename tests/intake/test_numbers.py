"""Numbers as offices write them."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.offices import fixes, matched, rules

from phusong.intake.numbers import parse_number, parse_numbers, read_numbers, show_number


@pytest.mark.parametrize(
    ("text", "value", "rule"),
    [
        ("42", 42, None),
        ("42.5", 42.5, None),
        ("-7", -7, None),
        ("42,5", 42.5, "decimal_comma"),
        ("42 m", 42, "unit_removed"),
        ("30m", 30, "unit_removed"),
        ("42m/tầng", 42, "unit_removed"),
        ("42,5 mét", 42.5, "unit_removed"),
        ("12,3 km2", 12.3, "unit_removed"),
        ("1.234.567", 1234567, "thousands_grouped"),
        ("1,234,567", 1234567, "thousands_grouped"),
        ("1.234,5", 1234.5, "thousands_grouped"),
        ("1,234.5", 1234.5, "thousands_grouped"),
        ("12 345", 12345, "thousands_grouped"),
        ("12\u00a0345,5", 12345.5, "thousands_grouped"),
        ("1.234", 1.234, None),
        ("0.125", 0.125, None),
    ],
)
def test_reads_a_number(text, value, rule):
    assert parse_number(text) == (pytest.approx(value), rule)


@pytest.mark.parametrize(
    "text", ["", "abc", "30-35", "12/5", "#REF!", "1.2.3", "--5", "m 42", "1,23,4"]
)
def test_reads_no_number_where_there_is_none(text):
    assert math.isnan(parse_number(text)[0])


def test_a_mark_that_groups_thousands_makes_thousands():
    assert parse_number("1.234", frozenset(".")) == (1234, "thousands_grouped")
    assert parse_number("1,234", frozenset(".")) == (1.234, "decimal_comma")


@pytest.mark.parametrize("text", ["inf", "nan", "Infinity", "NaN"])
def test_words_that_python_takes_for_numbers_are_none(text):
    assert parse_numbers(pd.Series([text], dtype="str"))[0].isna().all()


@given(st.floats(-1e9, 1e9, allow_nan=False).map(lambda v: round(v, 4)))
def test_what_is_shown_is_read_back_with_either_mark(value):
    text = f"{value:.4f}"
    assert parse_number(text)[0] == value
    assert parse_number(text.replace(".", ","))[0] == value


@given(st.integers(1000, 10**12))
def test_grouped_thousands_are_read_back(value):
    for mark in (".", ",", " "):
        grouped = f"{value:,}".replace(",", mark)
        assert parse_number(grouped, frozenset(".,"))[0] == value


@given(st.lists(st.one_of(st.text(max_size=8), st.floats().map(str), st.just("1.234")), max_size=6))
def test_the_column_and_the_cell_agree(texts):
    cells = pd.Series([t.strip() for t in texts], dtype="str")
    column = parse_numbers(cells)[0]
    for text, value in zip(cells, column, strict=True):
        one = parse_number(text)[0]
        if not math.isnan(one):
            assert value == one


def read(cells, **details):
    table, findings = matched([["Số mẫu"], *[[c] for c in cells]])
    return read_numbers(table, "samples", findings, **details), findings


def test_a_wrong_cell_is_faulted_under_its_heading_and_row():
    values, findings = read(["5", "năm", "", "7"])
    assert values.tolist()[::3] == [5, 7]
    assert values.isna().tolist() == [False, True, True, False]
    (fault,) = findings.faults
    assert (fault.row, fault.column, fault.rule, fault.value) == (
        3,
        "Số mẫu",
        "not_a_number",
        "năm",
    )
    assert "·" in fault.suggestion


def test_bounds_and_wholeness_are_judged():
    values, findings = read(["5", "500", "2,5"], low=0, high=100, whole=True)
    assert rules(findings) == ["out_of_bounds", "not_whole"]
    assert values.tolist()[0] == 5
    assert values.isna().sum() == 2


def test_a_required_empty_cell_is_faulted():
    assert rules(read(["", "1"], required=True)[1]) == ["required_empty"]


def test_repairs_are_listed_with_an_example():
    findings = read(["42 m", "30 m", "7"])[1]
    (fix,) = findings.fixes
    assert (fix.rule, fix.column, fix.rows) == ("unit_removed", "Số mẫu", 2)
    assert (fix.example_before, fix.example_after) == ("42 m", "42")


def test_a_doubtful_mark_is_decided_by_the_other_cells():
    assert read(["1.234", "12,5"])[0].tolist() == [1234, 12.5]
    assert read(["1.234", "1.5"])[0].tolist() == [1.234, 1.5]
    assert read(["1.234", "1.234.567"])[0].tolist() == [1234, 1234567]


def test_a_doubtful_mark_is_decided_by_wholeness_then_bounds():
    assert read(["1.234"], whole=True)[0].tolist() == [1234]
    assert read(["42.125"], low=1, high=200)[0].tolist() == [42.125]
    assert read(["1.800"], low=400, high=6000)[0].tolist() == [1800]


def test_a_mark_that_nothing_decides_is_asked_about():
    findings = read(["1.234", "5"])[1]
    assert findings.question is not None
    assert findings.question.choices == ["1.234 = 1234", "1.234 = 1.2340"]
    assert "Số mẫu" in findings.question.why


def test_nothing_is_asked_of_a_column_without_doubt():
    findings = read(["1234", "0.125", "1.5"])[1]
    assert findings.question is None
    assert fixes(findings) == {}


def test_show_number_keeps_what_counts():
    assert [show_number(v) for v in (42.0, 1e6, 105.34808, 0.1)] == [
        "42",
        "1000000",
        "105.34808",
        "0.1",
    ]
