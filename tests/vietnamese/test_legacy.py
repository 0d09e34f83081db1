"""TCVN3, VNI, VISCII and Windows-1258, from bytes and from what Western Windows shows of them."""

import shutil
import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.vietnamese.writing import SYLLABLES, VNI, names, show, write

from phusong.vietnamese.alphabet import LETTERS, SMALL_LETTERS
from phusong.vietnamese.legacy import ENCODINGS, decode, repair
from phusong.vietnamese.tcvn3 import CONTROL_CAPITALS

ICONV = shutil.which("iconv")
SENTENCE = "Thôn Đồng Giếng, xã Đạo Trù"
SMALL_IN_TCVN3 = SMALL_LETTERS + "ĂÂÊÔƠƯĐ"


def iconv(data, source, target):
    command = [ICONV, "-f", source, "-t", target]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout


def knows(name):
    return (
        bool(ICONV)
        and name
        in subprocess.run([ICONV, "-l"], capture_output=True, text=True, check=False).stdout
    )


@pytest.mark.parametrize(
    ("shown", "encoding", "meant"),
    [
        ("Th«n §ång GiÕng, x· §¹o Trï", "tcvn3", SENTENCE),
        ("Thoân Ñoàng Gieáng, xaõ Ñaïo Truø", "vni", SENTENCE),
        ("NguyÔn ThÞ H­êng", "tcvn3", "Nguyễn Thị Hường"),
        ("Nguyeãn Thò Höôøng", "vni", "Nguyễn Thị Hường"),
        ("VÜnh Phóc, huyÖn LËp Th¹ch", "tcvn3", "Vĩnh Phúc, huyện Lập Thạch"),
        ("Vónh Phuùc, huyeän Laäp Thaïch", "vni", "Vĩnh Phúc, huyện Lập Thạch"),
        ("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "vni", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "tcvn3", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ],
)
def test_samples_of_old_documents(shown, encoding, meant):
    assert repair(shown, encoding) == meant
    assert decode(shown.encode("cp1252"), encoding) == meant


def test_the_micro_sign_may_have_become_a_greek_letter():
    assert repair("Hμ Néi", "tcvn3") == repair("Hµ Néi", "tcvn3") == "Hà Nội"


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("Hµ néi", "Hà nội"),
        ("Hµ NéI", "HÀ NỘI"),
        ("TØNH VÜNH PHóC, huyÖn Tam §¶o", "TỈNH VĨNH PHÚC, huyện Tam Đảo"),
        ("UBND x· §¹o Trï", "UBND xã Đạo Trù"),
        ("UBND Hµ Giang", "UBND Hà Giang"),
        ("KHU §ÇM; ®Çm", "KHU ĐẦM; đầm"),
        ("THCS §ång ¸nh", "THCS Đồng ánh"),
    ],
)
def test_a_font_of_capitals_shows_in_the_other_letters(shown, meant):
    assert repair(shown, "tcvn3") == meant


def test_punctuation_of_windows_stays_beside_the_capitals_of_vn1():
    assert decode(b"\x93Th\xabn\x94 \x96 21\xb0", "tcvn3") == "“Thôn” – 21°"
    assert decode(b"\x83nh D\xad\xacng", "tcvn3") == "Ánh Dương"


def test_no_sign_of_vni_is_taken_without_its_vowel():
    assert repair("Tân été, Núc", "vni") == "Tân été, Núc"


@pytest.mark.parametrize("encoding", ["viscii", "cp1258", "vni"])
@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_is_in_the_table(letter, encoding):
    data = write(f"x{letter}x", encoding)
    assert decode(data, encoding) == f"x{letter}x"
    assert repair(show(data), encoding) == f"x{letter}x"
    assert repair(data.decode("latin-1"), encoding) == f"x{letter}x"


@pytest.mark.parametrize("letter", SMALL_IN_TCVN3)
def test_every_letter_of_vn3_is_in_the_table(letter):
    data = write(f"x{letter}x", "tcvn3")
    assert min(data[1:-1]) >= 0xA1
    assert decode(data, "tcvn3") == f"x{letter}x"
    assert repair(show(data), "tcvn3") == f"x{letter}x"


@pytest.mark.parametrize("capital", CONTROL_CAPITALS.values())
def test_capitals_of_tcvn3_stand_where_they_make_a_syllable(capital):
    words = [word.upper() for word in SYLLABLES if capital in word.upper() and len(word) > 1]
    assert len(words) > 5
    text = " ".join(words)
    assert decode(write(text, "tcvn3"), "tcvn3") == text


def test_vni_by_hand_has_no_two_letters_alike():
    assert len(set(VNI.values())) == len(VNI) == len(LETTERS)


@given(names)
def test_what_an_office_wrote_comes_back(name):
    for encoding in ("vni", "viscii", "cp1258", "utf-8", "utf-16"):
        assert decode(write(name, encoding), encoding) == name
    assert decode(write(name.lower(), "tcvn3"), "tcvn3") == name.lower()


@given(names)
def test_what_windows_shows_comes_back(name):
    for encoding in ("vni", "viscii", "cp1258"):
        data = write(name, encoding)
        assert repair(show(data), encoding) == repair(data.decode("latin-1"), encoding) == name
    assert repair(show(write(name.lower(), "tcvn3")), "tcvn3") == name.lower()


@given(st.binary(max_size=60))
def test_any_bytes_can_be_read_in_a_code_of_one_byte(data):
    for encoding in ("tcvn3", "vni", "viscii", "cp1258"):
        assert unicodedata.is_normalized("NFC", decode(data, encoding))


def test_marks_and_orders_of_unicode():
    assert decode(b"\xef\xbb\xbf" + SENTENCE.encode(), "utf-8") == SENTENCE
    assert decode(b"\xff\xfe" + SENTENCE.encode("utf-16-le"), "utf-16") == SENTENCE
    assert decode(b"\xfe\xff" + SENTENCE.encode("utf-16-be"), "utf-16") == SENTENCE
    assert decode(SENTENCE.encode("utf-16-le"), "utf-16") == SENTENCE
    assert decode(SENTENCE.encode("utf-16-be"), "utf-16") == SENTENCE
    assert decode(unicodedata.normalize("NFD", SENTENCE).encode(), "utf-8") == SENTENCE


def test_what_cannot_be_read_is_refused():
    with pytest.raises(UnicodeDecodeError):
        decode(b"Th\xabn", "utf-8")
    with pytest.raises(ValueError, match="vps"):
        decode(b"x", "vps")
    with pytest.raises(ValueError, match="utf-16"):
        repair("x", "utf-16")
    assert {"utf-8", "utf-16", "cp1258", "tcvn3", "vni", "viscii"} == set(ENCODINGS)


@pytest.mark.skipif(not knows("VISCII"), reason="no iconv with VISCII on this machine")
def test_viscii_is_that_of_iconv():
    data = b"".join(b"x%cx " % byte for byte in range(256))
    assert decode(data, "viscii") == iconv(data, "VISCII", "UTF-8").decode()
    assert decode(iconv(LETTERS.encode(), "UTF-8", "VISCII"), "viscii") == LETTERS


@pytest.mark.skipif(not knows("TCVN5712-1"), reason="no iconv with TCVN 5712 on this machine")
def test_tcvn3_is_the_upper_part_of_tcvn_5712_of_iconv():
    upper = bytes(byte for byte in range(0xA0, 0x100) if not 0xB0 <= byte <= 0xB4)
    spaced = b" ".join(b"%c" % byte for byte in upper)
    assert decode(spaced, "tcvn3") == iconv(spaced, "TCVN5712-1", "UTF-8").decode()
    toned = b" ".join(b"a%c" % byte for byte in range(0xB0, 0xB5))
    assert decode(toned, "tcvn3") == unicodedata.normalize(
        "NFC", iconv(toned, "TCVN5712-1", "UTF-8").decode()
    )


@pytest.mark.skipif(not knows("TCVN5712-1"), reason="no iconv with TCVN 5712 on this machine")
def test_capitals_of_tcvn_5712_are_those_of_iconv():
    data = bytes(CONTROL_CAPITALS)
    assert iconv(data, "TCVN5712-1", "UTF-8").decode() == "".join(CONTROL_CAPITALS.values())
    assert set(CONTROL_CAPITALS.values()) | set(decode(bytes(range(0xA0, 0x100)), "tcvn3")) >= set(
        LETTERS
    )


@pytest.mark.skipif(not knows("TCVN5712-1"), reason="no iconv with TCVN 5712 on this machine")
@pytest.mark.parametrize("text", [SENTENCE, "Ánh Dương, Ấp Ô, ỨNG HÒA", "HỢP LÝ, xã Ý Yên"])
def test_a_file_that_iconv_wrote_is_read(text):
    assert decode(iconv(text.encode(), "UTF-8", "TCVN5712-1"), "tcvn3") == text


@pytest.mark.skipif(not ICONV, reason="no iconv on this machine")
def test_windows_1258_is_that_of_iconv():
    data = b" ".join(write(letter, "cp1258") for letter in LETTERS)
    meant = unicodedata.normalize("NFC", iconv(data, "CP1258", "UTF-8").decode())
    assert decode(data, "cp1258") == meant == " ".join(LETTERS)
