"""Raw keys of Telex, VNI and VIQR."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.vietnamese.writing import names, syllables, type_keys

from phusong.vietnamese.keystrokes import type_telex, type_viqr, type_vni
from phusong.vietnamese.tones import is_syllable

SENTENCE = "Thôn Đồng Giếng, xã Đạo Trù"
EVIDENCE = {"telex": "", "vni": " Tho6n", "viqr": " Tho^n"}
TYPISTS = {"telex": type_telex, "vni": type_vni, "viqr": type_viqr}


def test_sentences():
    assert type_telex("Thoon DDoongf Gieengs, xax DDaoj Truf") == SENTENCE
    assert type_vni("Tho6n D9o6ng2 Gie6ng1, xa4 D9a5o Tru2") == SENTENCE
    assert type_viqr("Tho^n DDo^`ng Gie^'ng, xa~ DDa.o Tru`") == SENTENCE
    assert type_viqr("Tho^n DDo^`ng Gie^'ng, xa~ DDa.o Tru`.") == f"{SENTENCE}."


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        *(
            ("dduwowngf", "đường"),
            ("dduwongf", "đường"),
            ("dduowngf", "đường"),
            ("ddwowngf", "đường"),
        ),
        *(("vieetj", "việt"), ("vietej", "việt"), ("vieetj".upper(), "VIỆT"), ("Vieetj", "Việt")),
        *(
            ("hoawcj", "hoặc"),
            ("muaw", "mưa"),
            ("quawng", "quăng"),
            ("thuowr", "thuở"),
            ("nhw", "như"),
        ),
        *(
            ("dongfd", "đòng"),
            ("nghieengf", "nghiềng"),
            ("quys", "quý"),
            ("hoaf", "hoà"),
            ("gif", "gì"),
        ),
    ],
)
def test_telex_in_the_order_people_type(keys, word):
    assert type_telex(keys) == word


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        *(("d9u7o7c5", "được"), ("d9uo7c5", "được"), ("duo7c59", "được"), ("Nguye64n", "Nguyễn")),
        *(("NGUYE6N4", "NGUYỄN"), ("qua8ng", "quăng"), ("thuo73", "thuở"), ("Hu7o7ng2", "Hường")),
    ],
)
def test_vni_keys_in_the_order_people_type(keys, word):
    assert type_vni(keys, sure=True) == word


@pytest.mark.parametrize(
    ("keys", "word"), [("Hu+o+`ng", "Hường"), ("Hu*o*`ng", "Hường"), ("ba('n", "bắn")]
)
def test_viqr_in_the_order_of_its_standard(keys, word):
    assert type_viqr(keys) == word


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Tam Đảo",
            "Yên Lạc",
            "Tam Dao, Vinh Phuc",
            "xoong",
            "TDP 5, KCN, UBND, THCS",
            "Viettel",
            "Cargo",
        ),
        *(
            "thon3",
            "TDP5",
            "T80",
            "K5",
            "Khu 5",
            "to 3a",
            "to3a",
            "Khu7a",
            "A1",
            "0912345678",
            "3.1",
            "",
        ),
        *("Mr. O'Brien (VN)", "xa.", "thon(xom)", "Yen Lac?", "Ba.", "a*b", "x^2", "Hợp Lý (cũ)"),
    ],
)
def test_what_is_no_keys_stays(text):
    assert type_telex(text) == type_vni(text) == type_viqr(text) == text


def test_numbers_behind_words_stay_unless_the_text_shows_keys():
    assert type_vni("thon3 xa Dao Tru2") == "thon3 xa Dao Tru2"
    assert type_vni("Tru2, T80, TDP5", sure=True) == "Trù, T80, TDP5"


@pytest.mark.parametrize("method", TYPISTS)
@given(word=syllables)
def test_every_syllable_can_be_typed(method, word):
    assume(
        "oo" not in word.translate(str.maketrans("òóỏõọ", "ooooo"))
    )  # Telex types xoong as xooong
    keys = type_keys(word, method)
    typed = TYPISTS[method](keys + EVIDENCE[method])
    meant = keys if is_syllable(keys) else word
    assert typed == meant + EVIDENCE[method].replace("o6", "ô").replace("o^", "ô")


@given(names)
def test_syllables_are_never_changed(name):
    assert type_telex(name) == type_vni(name) == type_viqr(name) == name


@given(st.text(alphabet="aeouwdfsrxjzgh^'`.(+123456789 ,", max_size=40))
def test_a_changed_word_is_a_syllable(text):
    for typist in TYPISTS.values():
        before, after = text.split(" "), typist(text).split(" ")
        assert len(before) == len(after)
    for old, new in zip(text.split(" "), type_telex(text).split(" "), strict=True):
        if old.isalpha() and new != old:
            assert is_syllable(new)
