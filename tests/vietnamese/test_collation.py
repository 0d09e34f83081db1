"""Vietnamese alphabetical order."""

import itertools

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.vietnamese.writing import names

from phusong.vietnamese.alphabet import strip_tones
from phusong.vietnamese.collation import sort_key


@pytest.mark.parametrize(
    "ordered",
    [
        list("aăâbcdđeêghiklmnoôơpqrstuưvxy"),
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["Dung", "Đăng"],
        ["An", "Anh", "Ăn", "Ân", "Ba"],
        ["Thôn 2", "Thôn 3", "Thôn 3A", "Thôn 03B", "Thôn 10", "Thôn Ba"],
        ["Hoa Bình", "Hoà An"],  # syllable by syllable, as in a dictionary
        ["Đạo", "Đạo Tú", "Đạo Trù"][:1] + ["Đạo Trù", "Đạo Tú"],
        ["hoà", "Hoà", "HOÀ"],
        ["T80", "T 100"],
        ["Ca", "Cha", "Co"],
        ["", "3", "a"],
    ],
)
def test_order(ordered):
    for shuffled in itertools.islice(itertools.permutations(ordered), 200):
        assert sorted(shuffled, key=sort_key) == ordered


def test_a_column_is_sorted_by_its_keys():
    table = pd.DataFrame({"name": ["Thôn 10", "Ân", "Đăng", "Thôn 2", "Dung", "An"]})
    ordered = table.sort_values("name", key=lambda column: column.map(sort_key))
    assert ordered["name"].tolist() == ["An", "Ân", "Dung", "Đăng", "Thôn 2", "Thôn 10"]


@given(names, names)
def test_only_one_text_has_a_key(one, other):
    assert (sort_key(one) == sort_key(other)) == (one == other)


@given(names, names, st.sampled_from([str.upper, str.lower]))
def test_case_matters_last(one, other, case):
    if strip_tones(one.lower()) != strip_tones(other.lower()):
        assert (sort_key(one) < sort_key(other)) == (sort_key(case(one)) < sort_key(case(other)))


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_numbers_go_by_their_size(one, other):
    if one < other:
        assert sort_key(f"Thôn {one}") < sort_key(f"Thôn {other}")


@given(names, names)
def test_a_name_goes_before_its_continuation(one, other):
    assert sort_key(one) < sort_key(f"{one} {other}")
