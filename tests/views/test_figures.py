"""Numbers and dates as officials write them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phusong.views.figures import format_date, format_number, format_share


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (1250, 0, "1.250", "1,250"),
        (999, 0, "999", "999"),
        (-1234567.891, 2, "-1.234.567,89", "-1,234,567.89"),
        (0, 0, "0", "0"),
    ],
)
def test_separators_follow_the_language(value, decimals, vi, en):
    assert format_number(value, language="vi", decimals=decimals) == vi
    assert format_number(value, language="en", decimals=decimals) == en


@given(st.integers(-(10**12), 10**12))
def test_no_digit_is_lost_in_either_language(value):
    for language, separator in (("vi", "."), ("en", ",")):
        assert int(format_number(value, language=language).replace(separator, "")) == value


def test_a_share_is_per_cent_and_an_absent_one_a_dash():
    assert format_share(0.9528, language="vi") == "95,3%"
    assert format_share(0.9528, language="en") == "95.3%"
    assert format_share(None, language="vi") == format_share(math.nan, language="en") == "–"


def test_dates_are_day_month_year():
    assert format_date("2021-09-21") == "21/09/2021"
    assert format_date("2021-09-21T00:00:00") == "21/09/2021"
    assert format_date(None) == format_date("") == ""
    with pytest.raises(ValueError, match="isoformat"):
        format_date("21/9/2021")
