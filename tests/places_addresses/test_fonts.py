"""Single words in a font's letters among words in Unicode: read word by word, and never as another hamlet."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phusong.places.addresses import make_gazetteer, match_addresses
from phusong.places.addresses.repairing import list_repairs
from phusong.simulate.addresses.fonts import write_tcvn3, write_vni
from phusong.vietnamese import is_syllable

NAMES = ["Hợp Cả B", "Khe Hải", "Gò Đường Hạ", "Tân Chum", "Núi Bình", "Yên Phó", "Yên Phú", "Lộc"]
KINDS = ["tổ dân phố", "thôn", "thôn", "xóm", "thôn", "thôn", "thôn", "làng"]
AGAINST = make_gazetteer(
    pd.DataFrame(
        {
            "hamlet_id": [f"H{i}" for i in range(len(NAMES))],
            "kind": KINDS, "name": NAMES, "commune_code": "08914", "edition": "2021-01-01",
        }
    )
)  # fmt: skip
ABOVE = "xã Đạo Trù, huyện Tam Đảo, tỉnh Vĩnh Phúc"
FONTS = {"tcvn3": write_tcvn3, "vni_font": write_vni}


def ask(*addresses):
    table = pd.DataFrame({"row_id": range(len(addresses)), "address": addresses})
    return match_addresses(table, AGAINST)


def spoil(word, write):
    """A word in the letters of a font, where no reader could take it for another word."""
    written = write(word)
    return word if is_syllable(written.strip(",")) else written


#: Yên Phó by a word in TCVN3 may be Yên Phú.
CLEAR = [at for at, name in enumerate(NAMES) if name != "Yên Phó"]


@given(st.sampled_from(CLEAR), st.sampled_from(sorted(FONTS)), st.data())
@settings(max_examples=60, deadline=None)
def test_words_in_a_font_among_others_find_their_hamlet(at, font, data):
    words = f"{KINDS[at]} {NAMES[at]}, {ABOVE}".split(" ")
    chosen = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    text = " ".join(
        spoil(word, FONTS[font]) if yes else word for word, yes in zip(words, chosen, strict=True)
    )
    found = ask(text).iloc[0]
    assert (found["status"], found["hamlet_id"]) == ("MATCHED", f"H{at}"), text


@given(st.integers(0, len(NAMES) - 1), st.sampled_from(sorted(FONTS)), st.data())
@settings(max_examples=60, deadline=None)
def test_words_that_a_font_makes_another_of_find_no_hamlet_but_their_own(at, font, data):
    words = f"{KINDS[at]} {NAMES[at]}, {ABOVE}".split(" ")
    chosen = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    text = " ".join(FONTS[font](w) if yes else w for w, yes in zip(words, chosen, strict=True))
    found = ask(text).iloc[0]
    doubtful = {"H5", "H6"}  # Yªn Phó is Yên Phó or Yên Phú
    own = {f"H{at}"} | (doubtful if f"H{at}" in doubtful else set())
    assert found["status"] != "MATCHED" or found["hamlet_id"] in own, text


@pytest.mark.parametrize(
    ("text", "hamlet"),
    [
        ("Tổ d©n phố Hợp Cả B, xã Đạo Trù", "H0"),
        ("Th«n Khe Hải, x· Đạo Trù, huyện Tam Đảo", "H1"),
        ("Thôn Gò Đường Hạ, xaõ Đạo Trù, tænh Vĩnh Phúc", "H2"),
        ("Xoùm Taân Chum, xã Đạo Trù", "H3"),
        ("Th«n Nói B×nh, xã Đạo Trù", "H4"),  # Nói is a word, and no word of a name
        ("Xãm Tân Chum, xã Đạo Trù", "H3"),  # so is Xãm, and the font has a kind for it
    ],
)
def test_a_word_in_a_font_is_read_by_itself(text, hamlet):
    assert ask(text).iloc[0][["status", "hamlet_id"]].tolist() == ["MATCHED", hamlet]


def test_what_two_readings_name_differently_is_left_open():
    found = ask("Th«n Yªn Phó, xã Đạo Trù").iloc[0]
    assert (found["status"], found["candidates"]) == ("AMBIGUOUS", "H5|H6")


def test_a_word_that_is_right_stays():
    text = "Thôn Yên Phó, xã Đạo Trù"
    assert list(list_repairs((text,), AGAINST.lexicon.words, plain=True)) == []
    assert ask(text).iloc[0]["hamlet_id"] == "H5"


@pytest.mark.parametrize(
    "text",
    [
        "Thôn Tân LËp, xã Lợi Bác, huyÖn Lộc Bình, tỉnh Lạng Sơn",
        "Phú Viên, xã Đông La, huyện Đông Hưng, tØnh Thái B×nh",
        "Thoân Tân Lập, xã Nguyệt Hóa, huyện Châu Thành, tænh Traø Vinh",
    ],
)
def test_another_province_is_known_among_words_in_a_font(text):
    assert ask(text).iloc[0]["status"] == "OUT_OF_PROVINCE"
