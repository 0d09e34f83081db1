"""UTF-8 that was read as Windows-1252 or Latin-1, whole and with bytes lost."""

import pytest
from hypothesis import given
from tests.vietnamese.writing import cased_syllables, names, show

from phusong.vietnamese.bytes1252 import UNDEFINED
from phusong.vietnamese.legacy import repair
from phusong.vietnamese.mojibake import mend_utf8, shows_windows_1252
from phusong.vietnamese.tones import is_syllable

SENTENCE = "Thôn Đồng Giếng, xã Đạo Trù"


def show_lossy(text):
    """Return what a careless reader leaves: the five bytes without meaning are gone."""
    return show(bytes(byte for byte in text.encode() if byte not in UNDEFINED))


def mend(text):
    return mend_utf8(text)[:2]


def test_two_lost_bytes_that_can_only_be_one_letter():
    shown = "ThÃ´n Äá»“ng Giáº¿ng, xÃ£ Äáº¡o TrÃ¹"
    assert shown == show_lossy(SENTENCE)
    assert mend(shown) == (SENTENCE, 0)
    assert repair(shown, "utf-8") == SENTENCE
    assert mend_utf8(shown).inferred == 2


@given(names)
def test_nothing_lost_is_all_mended(name):
    assert mend(show(name.encode())) == (name, 0)
    assert mend(name.encode().decode("latin-1")) == (name, 0)


@given(cased_syllables)
def test_what_is_lost_is_found_or_told(word):
    mended = mend_utf8(show_lossy(word) + " Äá»“ng")
    assert mended.text.endswith("Đồng")
    if mended.lost:
        assert mended.text.count("\ufffd") == mended.lost
        assert repair(show_lossy(word) + " Äá»“ng", "utf-8") is None
    else:
        assert mended.text == f"{word} Đồng"


@pytest.mark.parametrize(
    ("word", "text", "lost"),
    [
        ("học", "học", 0),  # hềc, hỏc, hờc are no syllables, hỐc no letter case
        ("một", "một", 0),
        ("mỏi", "m\ufffdi", 1),  # or mọi, or mời
        ("ĐÁ", "Đ\ufffd", 1),
    ],
)
def test_a_gap_is_filled_where_one_syllable_fits(word, text, lost):
    assert mend(show_lossy(word)) == (text, lost)
    assert is_syllable(word)


@pytest.mark.parametrize("text", ["Làng Hà, nhà trẻ", "xà  Phìn", "lạc Ạ, Ơ kìa"])
def test_a_no_break_space_may_have_become_a_space(text):
    shown = show(text.encode()).replace("\u00a0", " ")
    assert mend(f"{shown} Äáº¡o") == (f"{text} Đạo", 0)


@pytest.mark.parametrize(
    "text", [SENTENCE, "XÃ ĐẠO TRÙ, XÃ HỢP LÝ", "Â, Ã, À", "MÃ Ã", "été où", ""]
)
def test_text_that_is_right_stays(text):
    assert mend(text) == (text, 0)


def test_the_sign_of_loss_is_counted():
    assert mend("Hư\ufffdng") == ("Hư\ufffdng", 1)
    assert repair("Hư\ufffdng", "utf-8") is None


@given(names)
def test_composed_names_stay(name):
    assert mend_utf8(name).text == name


def test_signs_of_windows_tell_which_bytes_can_be_lost():
    assert shows_windows_1252("Äá»“ng")
    assert not shows_windows_1252("Äáº¡o, xÃ£, Đạo")
