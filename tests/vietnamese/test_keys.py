"""Normal forms and search keys."""

import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.vietnamese.writing import names

from phusong.vietnamese.keys import base_key, base_keys, normalise, search_key, tone_key

#: Text of the kind that hurts: marks, look-alikes, full-width, hidden signs, spaces, other scripts.
NASTY = (
    "aAđĐÐðơƯếỆyYiIqu 03.,-/\n\t\u00a0\u2003\u200b\u00ad\ufeff\u202e"
    "\u0301\u0323\u031bоаХΟα３Ａ，漢😀ﬁß½²İ\x00\x85"
)
texts = st.text() | st.text(alphabet=NASTY, max_size=30)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  Thôn\u00a0Đồng\u2003 Giếng\n", "Thôn Đồng Giếng"),
        (unicodedata.normalize("NFD", "Đồng Giếng, Đạo Trù"), "Đồng Giếng, Đạo Trù"),
        ("Đô\u0300ng", "Đồng"),
        ("Đo\u0300\u0302ng", "Đo\u0300\u0302ng".replace("o\u0300\u0302", "ò\u0302")),
        ("Tho\u0323\u0302", "Thộ"),
        ("Thôn Ðồng Giếng, xã Ðạo Trù, ðồi", "Thôn Đồng Giếng, xã Đạo Trù, đồi"),
        ("Đạo\u200b Tr\u00adù\ufeff\x07", "Đạo Trù"),
        ("Đạo\u202e Trù", "Đạo Trù"),
        ("Тhôn Хóm", "Thôn Xóm"),
        ("Ηòа Βình", "Hòa Bình"),
        ("Москва Thôn", "Москва Thôn"),
        ("Thбn", "Thбn"),
        ("ＴＤＰ　５，Ｔ８０", "TDP 5,T80"),
        ("Thôn Đồng Giếng, xã Đạo Trù", "Thôn Đồng Giếng, xã Đạo Trù"),
        ("“Tổ 3” – Khu A/B", "“Tổ 3” – Khu A/B"),
        ("", ""),
        (" \u200b ", ""),
    ],
)
def test_normalise(raw, clean):
    assert normalise(raw) == clean


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà Loan, Lũng Hoà", "Hòa Loan, Lũng Hòa"),
        ("Thuỷ", "THỦY"),
        ("quý", "qúy"),
        ("Quí", "Quý"),
        ("uý", "úy"),
        ("loè", "lòe"),
        ("giá", "gía"),
        ("hoàn", "hòan"),
        ("Lí Nhân", "Lý Nhân"),
        ("Mĩ", "Mỹ"),
        ("Kì", "Kỳ"),
        ("Vĩnh", "Vỹnh"),
        ("Quỳnh", "Quình"),
        ("Đạo Trù", "Ðạo  Trù"),
        ("Đạo Trù", unicodedata.normalize("NFD", "đạo trù")),
        ("Thôn Đồng Giếng, xã Đạo Trù", "thôn đồng giếng - XÃ ĐẠO TRÙ"),
        ("Tổ 3A", "tổ 3a"),
    ],
)
def test_one_tone_key(one, other):
    assert tone_key(one) == tone_key(other)
    assert search_key(one) == search_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(
            ("tai", "tay"),
            ("lai", "lay"),
            ("Mai", "May"),
            ("cai", "cây"),
            ("thuy", "thui"),
            ("tui", "tuy"),
        ),
        *(
            ("huynh", "huinh"),
            ("yên", "iên"),
            ("Khu Y", "Khu I"),
            ("khuyên", "khuiên"),
            ("quay", "quai"),
        ),
        *(
            ("Đồng", "Dồng"),
            ("Đồng", "Đống"),
            ("Ba", "Bà"),
            ("hoa", "hoà"),
            ("3", "03"),
            ("T80", "T 80"),
        ),
    ],
)
def test_two_tone_keys(one, other):
    assert tone_key(one) != tone_key(other)


def test_keys_as_they_are():
    assert tone_key("TDP5, Thôn Lý Nhân; xã HÒA-BÌNH") == "tdp5 thôn lí nhân xã hoà bình"
    assert tone_key("Quyết, Yên, Ý, quy") == "quyết yên ý qui"
    assert base_key("TDP5, Thôn Lý Nhân; xã HÒA-BÌNH") == "tdp5 thon ly nhan xa hoa binh"
    assert base_key("Ðường Ｎｏ．７ (đồi Thông)") == "duong no 7 doi thong"
    assert base_key("Тhôn Хóm") == "thon xom"
    assert base_key(" -- ") == tone_key("…") == search_key("") == ""
    assert search_key("Lý Nhân") == "li nhan"


@given(texts)
def test_normalise_settles_and_hides_nothing(text):
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip() and "  " not in once
    assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") for sign in once)
    assert all(sign == " " for sign in once if sign.isspace())


@given(texts)
def test_keys_do_not_depend_on_the_form_and_settle(text):
    for key in (tone_key, base_key, search_key):
        assert key(normalise(text)) == key(text)
        assert key(unicodedata.normalize("NFD", normalise(text))) == key(text)
        assert all(word.isalnum() for word in key(text).split(" ") if word)
    assert tone_key(tone_key(text)) == tone_key(text)
    assert base_key(base_key(text)) == base_key(text)
    assert search_key(text) == base_key(tone_key(text))


@given(names)
def test_the_search_key_of_a_name_settles(name):
    assert search_key(search_key(name)) == search_key(name) == search_key(tone_key(name))


@given(names, st.sampled_from([str.upper, str.lower, str.title]))
def test_letter_case_never_matters(name, case):
    assert tone_key(case(name)) == tone_key(name)
    assert base_key(case(name)) == base_key(name)


@given(st.lists(texts | names, max_size=20))
def test_a_column_of_keys_is_the_keys_of_its_cells(cells):
    column = pd.Series(cells, index=range(5, 5 + len(cells)), dtype=object)
    keys = base_keys(column)
    assert keys.tolist() == [base_key(cell) for cell in cells]
    assert keys.index.equals(column.index)


def test_a_missing_cell_has_the_empty_key():
    assert base_keys(pd.Series(["Đạo Trù", None, "Хóm Mới"])).tolist() == ["dao tru", "", "xom moi"]
