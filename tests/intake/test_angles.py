"""Angles and pairs of coordinates."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from phusong.intake.angles import parse_angle, parse_coordinates, parse_pairs


@pytest.mark.parametrize(
    ("text", "value", "axis"),
    [
        ("21°18'36\"B", 21.31, "lat"),
        ("105°36'00\"Đ", 105.6, "lon"),
        ("21°18’36”", 21.31, ""),
        ("21º18′36″N", 21.31, "lat"),
        ("N21°18'36\"", 21.31, "lat"),
        ("105°36'E", 105.6, "lon"),
        ("105°36,5'", 105.608333333, ""),
        ("21,31°", 21.31, ""),
        ("21.31 N", 21.31, "lat"),
        ("1°30'T", -1.5, "lon"),
        ("-1°30'", -1.5, ""),
        ("29°50'S", -29.833333333, "lat"),
        ("21 độ 18 phút 36 giây Bắc", 21.31, "lat"),
        ("21d18m36s", 21.31, ""),
        ("21°18'36''", 21.31, ""),
        ("21 18 36", 21.31, ""),
    ],
)
def test_reads_an_angle(text, value, axis):
    degrees, found = parse_angle(text)
    assert degrees == pytest.approx(value, abs=1e-8)
    assert found == axis


@pytest.mark.parametrize("text", ["", "abc", "21°61'", "21°18'75\"", "21.31", "B", "21°18'36\"X"])
def test_reads_no_angle_where_there_is_none(text):
    assert math.isnan(parse_angle(text)[0])


@given(st.integers(0, 179), st.integers(0, 59), st.integers(0, 5999))
def test_degrees_minutes_and_seconds_are_read_back(degrees, minutes, centiseconds):
    seconds = centiseconds / 100
    value = parse_angle(f"{degrees}°{minutes}'{seconds:.2f}\"")[0]
    assert value == pytest.approx(degrees + minutes / 60 + seconds / 3600, abs=1e-9)


@given(st.floats(-180, 180).map(lambda v: round(v, 6)))
def test_decimal_degrees_are_read_back_with_either_mark(value):
    text = f"{value:.6f}"
    read = parse_coordinates(pd.Series([text, text.replace(".", ",")], dtype="str"))
    assert read["value"].tolist() == [value, value]


PAIRS = [
    ("105,34808/21,32924", 105.34808, 21.32924),
    ("105.34808/21.32924", 105.34808, 21.32924),
    ("21.3, 105.6", 21.3, 105.6),
    ("21.3,105.6", 21.3, 105.6),
    ("21,3; 105,6", 21.3, 105.6),
    ("21,3 105,6", 21.3, 105.6),
    ("21,32924,105,34808", 21.32924, 105.34808),
    ("(21.3; 105.6)", 21.3, 105.6),
    ("POINT (105.6 21.3)", 105.6, 21.3),
    ("21°18'36\"B 105°36'00\"Đ", 21.31, 105.6),
    ("21°18'36\"B, 105°36'00\"Đ", 21.31, 105.6),
    ("105°36'00\"Đ/21°18'36\"B", 105.6, 21.31),
    ("N21.31 E105.6", 21.31, 105.6),
    ("KĐ: 105,6; VĐ: 21,3", 105.6, 21.3),
    ("2361234.5; 561234.5", 2361234.5, 561234.5),
    ("-29.84, 26.95", -29.84, 26.95),
]


@pytest.mark.parametrize(("text", "first", "second"), PAIRS)
def test_reads_two_coordinates_of_one_cell(text, first, second):
    pair = parse_pairs(pd.Series([text], dtype="str")).iloc[0]
    assert (pair["first"], pair["second"]) == (pytest.approx(first), pytest.approx(second))


@pytest.mark.parametrize("text", ["", "105", "chưa đo", "105/21/3", "a/b", "105,34808"])
def test_reads_no_pair_where_there_is_none(text):
    pair = parse_pairs(pd.Series([text], dtype="str")).iloc[0]
    assert not (21 <= pair["second"] <= 22 or 21 <= pair["first"] <= 22)


def test_letters_say_which_axis_comes_first():
    pairs = parse_pairs(
        pd.Series(["21°18'36\"B 105°36'00\"Đ", "105°36'Đ; 21°18'B", "21.3, 105.6"], dtype="str")
    )
    assert pairs["axis"].tolist() == ["lat", "lon", ""]


@given(
    st.floats(102, 110).map(lambda v: round(v, 5)),
    st.floats(8, 24).map(lambda v: round(v, 5)),
    st.sampled_from(["/", ";", " ", "; ", " / ", "|"]),
    st.booleans(),
)
def test_a_pair_is_read_back_with_every_separator_and_mark(lon, lat, separator, comma):
    text = f"{lon:.5f}{separator}{lat:.5f}"
    text = text.replace(".", ",") if comma else text
    pair = parse_pairs(pd.Series([text], dtype="str")).iloc[0]
    assert (pair["first"], pair["second"], bool(pair["comma"])) == (lon, lat, comma)
