"""Numbers, money, dates and text as an official writes them, and nothing that can turn a page round."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phusong.views.documents.cells import clean_text, write_cell, write_day, write_money
from phusong.views.documents.model import Gap, Kind


def test_money_and_counts():
    assert write_money(1_234_567, language="vi") == "1.234.567 đ"
    assert write_money(1_234_567, language="en") == "1,234,567 VND"
    assert write_cell(1_234_567, Kind.MONEY, language="vi") == "1.234.567"
    assert write_cell(Gap.UNKNOWN, Kind.MONEY, language="vi") == "chưa rõ"
    assert write_cell(Gap.HIDDEN, Kind.INT, language="vi") == "–"
    assert write_cell(None, Kind.INT, language="vi") == ""
    assert write_cell(0, Kind.INT, language="vi") == "0"


def test_days():
    assert write_cell(date(2021, 9, 5), Kind.DATE, language="vi") == "05/09/2021"
    assert write_day(date(2022, 2, 5), language="vi") == "ngày 05 tháng 02 năm 2022"
    assert write_day(date(2021, 12, 10), language="vi") == "ngày 10 tháng 12 năm 2021"
    assert write_day(date(2021, 3, 9), language="en") == "9 March 2021"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Tam Đảo\u202egnôht", "Tam Đảo□gnôht"),
        ("hai\nba\tbốn\u2028năm", "hai ba bốn năm"),
        ("Ho\u0300a Bi\u0300nh", "Hòa Bình"),
        ("a\x00b\ud800c\uffffd", "a□b□c□d"),
        ("không\u200bdấu\ufeff", "khôngdấu"),
        ("=1+1 #import [x] *đậm* <w:p> {x} @sum", "=1+1 #import [x] *đậm* <w:p> {x} @sum"),
    ],
)
def test_text_is_shown_and_never_acts(written, shown):
    assert clean_text(written) == shown


@settings(max_examples=200)
@given(st.text())
def test_cleaned_text_is_one_line_that_any_file_can_hold(text):
    clean = clean_text(text)
    assert clean_text(clean) == clean == unicodedata.normalize("NFC", clean)
    assert not {unicodedata.category(c) for c in clean} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    clean.encode("utf-8")
