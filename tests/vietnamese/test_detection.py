"""Which encoding a file has: Unicode for certain, legacy by likelihood."""

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from tests.vietnamese.writing import names, show, write

from phusong.vietnamese.detection import guess_encoding, guess_repair, score

REGISTER = (
    Path(__file__).parents[3] / "shared" / "real" / "admin" / "gso_communes_2023_vinh_phuc.csv"
)
NATION = (
    Path(__file__).parents[3]
    / "shared"
    / "real"
    / "addresses"
    / "vietnamadminunits_s_legacy_2020-2025.csv"
)
LEGACY = ("tcvn3", "vni", "viscii", "cp1258")
SENTENCE = "Thôn Đồng Giếng, xã Đạo Trù"
LIST = """Mã,Thôn,Xã,UBND
1,Thôn Đồng Giếng,xã Đạo Trù,Viettel
2,Thôn Vĩnh Ninh,xã Đạo Trù,VNPT
3,Tổ dân phố Đồi Thông,thị trấn Tam Đảo,Mobifone
4,Thôn Phân Lân Thượng,xã Đạo Trù,
"""


@pytest.mark.parametrize(
    ("text", "share"),
    [
        (SENTENCE, 1.0),
        (unicodedata.normalize("NFD", SENTENCE), 1.0),
        ("THÔN ĐỒNG GIẾNG - “XÃ ĐẠO TRÙ”", 1.0),
        ("Thon Dong Gieng", 1.0),
        ("UBND, Viettel, 2021", 1.0),
        ("UBND xã", 1.0),
        ("", 1.0),
        ("Th«n §ång GiÕng", 0.0),
        ("Thôn §ång", 0.5),
        ("đỒng Đồng", 0.5),
        ("Ba Äá»“ng", 0.5),
        ("😀 Đồng", 1.0),
    ],
)
def test_score(text, share):
    assert score(text) == share


@pytest.mark.parametrize("encoding", LEGACY)
def test_a_legacy_file_comes_first_and_is_never_certain(encoding):
    data = write(LIST.lower() if encoding == "tcvn3" else LIST, encoding)
    guesses = guess_encoding(data)
    assert guesses[0].encoding == encoding
    assert guesses[0].score == 1.0 > guesses[1].score
    assert {guess.encoding for guess in guesses} == set(LEGACY)
    assert not any(guess.certain for guess in guesses)
    assert "đồng giếng" in guesses[0].sample.lower()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (LIST.encode("utf-8"), "utf-8"),
        (LIST.encode("utf-8-sig"), "utf-8"),
        (unicodedata.normalize("NFD", LIST).encode("utf-8"), "utf-8"),
        (LIST.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + LIST.encode("utf-16-be"), "utf-16"),
        (LIST.encode("utf-16-le"), "utf-16"),
        (LIST.encode("utf-16-be"), "utf-16"),
        (b"code,name\n1,Tam Dao\n", "utf-8"),
        (b"", "utf-8"),
        ("Đắk Wil, Krông Nô".encode(), "utf-8"),
        ("Thôn Đồng Giếng, Nº 3, Møller".encode(), "utf-8"),
        ("Th«n §ång GiÕng, x· §¹o Trï".encode(), "utf-8"),  # a legacy font inside a Unicode file
    ],
)
def test_unicode_is_certain(data, encoding):
    (guess,) = guess_encoding(data)
    assert (guess.encoding, guess.certain) == (encoding, True)


def test_legacy_bytes_that_happen_to_be_utf8_are_not_certain():
    guesses = guess_encoding(write("Đắk La", "viscii"))
    assert {guess.encoding for guess in guesses} == {"utf-8", *LEGACY}
    assert not any(guess.certain for guess in guesses)


def test_a_sample_shows_lines_with_diacritics_and_keeps_its_length():
    data = b"code,name\n" * 1000 + write("Thôn Đồng Giếng\n" * 50, "vni")
    best = guess_encoding(data, sample_letters=20)[0]
    assert best.sample == "Thôn Đồng Giếng\nThôn"


@given(names)
def test_utf8_with_a_mark_is_always_certain(name):
    (guess,) = guess_encoding(name.encode("utf-8-sig"))
    assert guess.certain and guess.sample == name and guess.score == 1.0


@pytest.mark.parametrize(
    ("text", "encoding", "certain"),
    [
        ("Th«n §ång GiÕng, x· §¹o Trï", "tcvn3", False),
        ("NguyÔn ThÞ H­êng", "tcvn3", False),
        ("Thoân Ñoàng Gieáng, xaõ Ñaïo Truø", "vni", False),
        ("Nguyeãn Thò Höôøng", "vni", False),
        ("ThÃ´n Äá»“ng Giáº¿ng, xÃ£ Äáº¡o TrÃ¹", "utf-8", True),
        ("Thá»n Má»i, xÃ£ Äáº¡o TrÃ¹", "utf-8", False),  # letters are lost
        ("ThÃ´n, xÃ£ TrÃ¹", "utf-8", True),
        ("xÃ£ Äáº¡o TrÃ¹", "utf-8", False),  # Đạo or đạo, if it was read as Latin-1
    ],
)
def test_repairs_of_text_inside_unicode_files(text, encoding, certain):
    best = guess_repair(text)[0]
    assert (best.encoding, best.certain) == (encoding, certain)
    assert best.score > score(text)
    assert best.lost == best.text.count("\ufffd")


@pytest.mark.parametrize(
    "text", [SENTENCE, "", "Café Đồng Giếng", "XÃ ĐẠO", "Đắk Lắk", "Viettel 3G", "été"]
)
def test_text_that_is_right_has_no_repair(text):
    assert guess_repair(text) == []


@given(names)
def test_names_have_no_repair(name):
    assert guess_repair(name) == []


@pytest.mark.real
@pytest.mark.skipif(not REGISTER.is_file(), reason="the commune register is not beside the project")
@pytest.mark.parametrize("encoding", LEGACY)
def test_the_register_of_vinh_phuc_in_an_old_encoding_is_told(encoding):
    text = unicodedata.normalize("NFC", REGISTER.read_text(encoding="utf-8-sig"))
    data = write(text, encoding)
    first, second = guess_encoding(data)[:2]
    assert first.encoding == encoding
    assert first.score > 0.99 and second.score < 0.7
    assert guess_repair(show(data))[0].encoding == encoding


@pytest.mark.real
@pytest.mark.skipif(
    not NATION.is_file(), reason="the nation's list of units is not beside the project"
)
def test_no_commune_of_the_nation_is_taken_for_garbled():
    with NATION.open(encoding="utf-8-sig", newline="") as file:
        cells = {unicodedata.normalize("NFC", cell) for row in csv.reader(file) for cell in row}
    assert len(cells) > 5000
    assert [cell for cell in cells if guess_repair(cell)] == []
