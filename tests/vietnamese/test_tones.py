"""Letters, possible syllables, and where the tone stands."""

import csv
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.vietnamese.writing import SYLLABLES, cased_syllables, syllables

from phusong.vietnamese.alphabet import (
    LETTERS,
    SMALL_LETTERS,
    Tone,
    list_tones,
    set_tone,
    strip_tones,
)
from phusong.vietnamese.orthography import _list_shapes, shapes
from phusong.vietnamese.tones import (
    Syllable,
    is_bare_syllable,
    is_syllable,
    place_tone,
    split_syllable,
)

REAL = Path(__file__).parents[3] / "shared" / "real"
REGISTER = REAL / "admin" / "gso_communes_2023_vinh_phuc.csv"
NATION = REAL / "addresses" / "vietnamadminunits_s_legacy_2020-2025.csv"


def words_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        text = "\n".join(" ".join(row) for row in list(csv.reader(file))[1:])
    return re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", text))


def test_there_are_134_letters_beyond_plain_latin():
    assert len(set(LETTERS)) == len(LETTERS) == 134
    assert all(unicodedata.is_normalized("NFC", letter) and len(letter) == 1 for letter in LETTERS)
    assert SMALL_LETTERS.upper() == LETTERS[67:]
    assert not any(letter.isascii() for letter in LETTERS)


@pytest.mark.parametrize("tone", Tone)
def test_a_tone_set_is_the_tone_read(tone):
    for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY":
        letter = set_tone(vowel, tone)
        assert strip_tones(letter) == vowel
        assert list_tones(letter) == ([tone] if tone else [])


def test_only_vowels_take_a_tone():
    with pytest.raises(KeyError):
        set_tone("đ", Tone.SAC)


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("hoà", "hòa"),
        ("khoẻ", "khỏe"),
        ("thuỷ", "thủy"),
        ("Tuý", "Túy"),
        ("HOÀ", "HÒA"),
        ("uỷ", "ủy"),
        # the styles agree wherever a coda follows, or qu and gi come first
        ("hoàn", "hoàn"),
        ("thuyền", "thuyền"),
        ("khuỷu", "khuỷu"),
        ("ngoài", "ngoài"),
        ("quý", "quý"),
        ("quả", "quả"),
        ("già", "già"),
        ("giếng", "giếng"),
        ("gì", "gì"),
        ("mùa", "mùa"),
        ("lửa", "lửa"),
        ("đĩa", "đĩa"),
        ("được", "được"),
        ("tiến", "tiến"),
        ("huế", "huế"),
        ("thuở", "thuở"),
    ],
)
def test_both_styles_of_placing_the_tone(new, old):
    assert place_tone(old) == place_tone(new) == new
    assert place_tone(new, style="old") == place_tone(old, style="old") == old


@pytest.mark.parametrize(
    ("misplaced", "right"),
    [
        ("hòan", "hoàn"),
        ("gía", "giá"),
        ("qúy", "quý"),
        ("tóan", "toán"),
        ("ngừơi", "người"),
        ("Gìa", "Già"),
    ],
)
def test_a_mark_on_a_wrong_letter_moves_to_the_right_one(misplaced, right):
    assert place_tone(misplaced) == right


@pytest.mark.parametrize("word", ["Đắk", "Krông", "tròà", "Viettel", "", "3", "abcò"])
def test_what_is_no_syllable_keeps_its_marks(word):
    assert place_tone(word) == word


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Giếng", ("g", "", "iê", "ng", Tone.SAC)),
        ("giá", ("gi", "", "a", "", Tone.SAC)),
        ("QUYẾT", ("qu", "", "yê", "t", Tone.SAC)),
        ("thủy", ("th", "u", "y", "", Tone.HOI)),
        ("Nghiêng", ("ngh", "", "iê", "ng", Tone.NGANG)),
        ("khuya", ("kh", "u", "ya", "", Tone.NGANG)),
        ("Yên", ("", "", "yê", "n", Tone.NGANG)),
        ("ngoài", ("ng", "o", "a", "i", Tone.HUYEN)),
        ("được", ("đ", "", "ươ", "c", Tone.NANG)),
        ("u", ("", "", "u", "", Tone.NGANG)),
    ],
)
def test_a_syllable_falls_into_its_parts(word, parts):
    assert split_syllable(word) == Syllable(*parts)
    assert split_syllable(unicodedata.normalize("NFD", word)) == Syllable(*parts)


@pytest.mark.parametrize(
    "word",
    [
        *("thoon", "xax", "Truf", "Gieengs", "UBND", "Viettel"),  # keys and foreign words
        *(
            "kang",
            "ci",
            "ngê",
            "ghà",
            "cuyên",
            "quu",
            "boà",
        ),  # onsets and medials before the wrong vowel
        *("cac", "bàt", "hõc", "chiêp", "thích̉"),  # stops take sắc and nặng only
        *("iên", "thươ", "thiê", "chưan"),  # diphthongs open and closed
        *("hòan", "tụê", "", "3", "Th«n", "Gieáng"),
    ],
)
def test_impossible_syllables(word):
    assert not is_syllable(word)


def test_the_shapes_are_told_apart_by_their_letters():
    assert len(list(_list_shapes())) == len(shapes())


@given(cased_syllables)
def test_the_parts_make_the_syllable_again(word):
    parts = split_syllable(word)
    assert parts is not None
    letters = parts.onset + parts.medial + parts.nucleus + parts.coda
    assert letters == strip_tones(word.lower())
    assert parts.tone == (list_tones(word) or [Tone.NGANG])[0]


@given(cased_syllables, st.sampled_from(["new", "old"]))
def test_placing_the_tone_loses_nothing_and_settles(word, style):
    placed = place_tone(word, style)
    assert strip_tones(placed) == strip_tones(word)
    assert list_tones(placed) == list_tones(word)
    assert place_tone(placed, style) == placed
    assert split_syllable(placed) == split_syllable(word)


@given(syllables)
def test_a_syllable_without_its_marks_is_known_as_such(word):
    bare = unicodedata.normalize("NFD", word.replace("đ", "d"))
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    assert is_bare_syllable(bare) and is_bare_syllable(bare.upper())


def test_few_letter_strings_are_syllables():
    assert 15_000 < len(set(SYLLABLES)) < 20_000


@pytest.mark.real
@pytest.mark.skipif(not REGISTER.is_file(), reason="the commune register is not beside the project")
def test_every_word_of_the_commune_names_of_vinh_phuc_is_a_syllable():
    words = words_of(REGISTER)
    assert len(words) > 300
    assert {word for word in words if not is_syllable(word)} == set()


@pytest.mark.real
@pytest.mark.skipif(
    not NATION.is_file(), reason="the nation's list of units is not beside the project"
)
def test_nearly_every_word_of_the_nation_s_commune_names_is_a_syllable():
    words = words_of(NATION)
    known = sum(map(is_syllable, words))
    assert known / len(words) > 0.97  # the others are Ê Đê, Ba Na, Gia Rai names, and abbreviations
