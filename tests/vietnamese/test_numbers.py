"""Numbers in the names of hamlets."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phusong.vietnamese.numbers import parse_number

ROMAN = [
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
]
UNITS = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("3", 3), ("03", 3), ("3.0", 3), ("３", 3), (" 3 ", 3), ("0", 0), ("12", 12)),
        *(("III", 3), ("iii", 3), ("XXXIX", 39), ("Ba", 3), ("BA", 3), ("bẩy", 7), ("Tư", 4)),
        *(("số 3", 3), ("Số 03", 3), ("số3", 3), ("số ba", 3), ("SỐ III", 3), ("thứ ba", 3)),
        *(("mười", 10), ("mười hai", 12), ("mười lăm", 15), ("hai mươi", 20), ("hai mươi mốt", 21)),
        *(("hăm tư", 24), ("ba mốt", 31), ("ba mươi tư", 34), ("chín mươi chín", 99)),
        (unicodedata.normalize("NFD", "Mười Bốn"), 14),
    ],
)
def test_numbers(text, number):
    assert parse_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "Nam",
            "Bon",
            "muoi hai",
            "3A",
            "3.1",
            "3/5",
            "T80",
            "số",
            "Đồng Giếng",
            "mươi",
            "mươi hai",
        ),
        *(
            "hai ba",
            "vi",
            "xi",
            "i",
            "Vi",
            "XL",
            "IIII",
            "IVX",
            "C",
            "D",
            "0900000000",
            "lăm",
            "mốt",
            "-3",
        ),
        *("2021-05-03 00:00:00", "ba ba", "mười mười"),
    ],
)
def test_names_that_are_no_number(text):
    assert parse_number(text) is None


def test_roman_numerals_count_up():
    assert [parse_number(numeral) for numeral in ROMAN] == list(range(1, 16))


@given(st.integers(0, 9999), st.integers(0, 3))
def test_digits_with_leading_zeros(number, zeros):
    assert parse_number("0" * zeros + str(number)) == number
    assert parse_number(f"số {number}") == number


@given(st.integers(1, 9), st.integers(1, 9))
def test_tens_and_units_in_words(ten, unit):
    lead = "mười" if ten == 1 else f"{UNITS[ten - 1]} mươi"
    assert parse_number(f"{lead} {UNITS[unit - 1]}") == 10 * ten + unit
