"""Kinds of hamlets: the words of every region, and words that no list has."""

import pytest

from phusong.intake.hamlet_names import parse_kind, parse_other_kind, split_name


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Phum Trà Sết", "phum", "Trà Sết"),
        ("Sóc Kha Na", "sóc", "Kha Na"),
        ("Soc Trang", None, "Soc Trang"),
        ("Bon Bu Prâng", "bon", "Bu Prâng"),
        ("Khóm 3", "khóm", "3"),
        ("KV. Thới Hòa", "khu vực", "Thới Hòa"),
    ],
)
def test_a_kind_of_the_highlands_or_the_south_is_parted_from_the_name(text, kind, name):
    assert split_name(text) == (kind, name)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("chòm", "chòm"),
        ("Đảo", "Đảo"),
        ("thôn", None),
        ("", None),
        ("3", None),
        ("thôn đặc biệt khó", None),
    ],
)
def test_a_word_outside_the_list_is_another_kind(text, word):
    assert parse_other_kind(text) == word
    assert word is None or parse_kind(text) is None
