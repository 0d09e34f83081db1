"""TCVN3, the encoding of the ABC fonts (.VnTime, .VnTimeH, .VnArial), read from what Windows shows of it.

TCVN 5712:1993 has three forms. VN3, which the ABC fonts use, has the 67 small letters and Ă Â Ê Ô Ơ Ư Đ
in A1–FE and leaves 80–9F to the punctuation of Windows. VN2 adds capitals with tones in the free places
of A0–FF, and B0–B4 as tones that follow their vowel. VN1 adds the other capitals in 80–9F and among the
control characters. One reader serves all three, for the letters never contradict each other: where a
word is a possible syllable with a capital of VN1 in place of a punctuation sign, it is that syllable.

VN3 writes a capital under a tone with the code of the small letter, in a font of capitals (.VnTimeH); the
font is lost in plain text. A phrase whose other letters are all capitals, with one beyond the head of a
word, is taken for capitals: `Hµ NéI` is HÀ NỘI. Otherwise the small letter stands: `Hµ néi` is Hà nội.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from phusong.vietnamese.alphabet import LETTERS, TONE_MARKS, VOWELS
from phusong.vietnamese.bytes1252 import SHOWN, map_signs
from phusong.vietnamese.tones import is_syllable

#: First byte → the letters from there on; a dot leaves a place to other signs. TCVN 5712:1993, VN2.
_RUNS: Final = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđẰ",
    0xB5: "àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ",
}
BYTE_LETTERS: Final = {
    start + place: letter for start, run in _RUNS.items() for place, letter in enumerate(run)
}
#: Tones that follow their vowel: B0–B4 of VN2, in the order of the standard.
FOLLOWING_TONES: Final = dict(
    zip((0xB0, 0xB1, 0xB2, 0xB3, 0xB4), (TONE_MARKS[tone] for tone in (1, 2, 3, 4, 5)), strict=True)
)
#: The capitals of VN1 that VN2 and VN3 do not have.
CONTROL_CAPITALS: Final = {
    **dict(zip((0x01, 0x02, 0x04, 0x05, 0x06), "ÚỤỪỬỮ", strict=True)),
    **dict(zip(range(0x11, 0x18), "ỨỰỲỶỸÝỴ", strict=True)),
    **dict(zip(range(0x80, 0xA0), "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ", strict=True)),
}

#: Some programs write the micro sign as the Greek letter.
_LETTERS: Final = map_signs(BYTE_LETTERS) | {ord("μ"): BYTE_LETTERS[0xB5]}

_TONE_SIGNS: Final = {SHOWN[byte]: mark for byte, mark in FOLLOWING_TONES.items()}
_FOLLOWING: Final = re.compile(f"(?<=[{VOWELS}{VOWELS.upper()}])[{''.join(_TONE_SIGNS)}]")

_CAPITALS: Final = str.maketrans({SHOWN[byte]: letter for byte, letter in CONTROL_CAPITALS.items()})
_CAPITAL_SIGNS: Final = re.escape("".join(SHOWN[byte] for byte in CONTROL_CAPITALS))
_CAPITAL_SIGN: Final = re.compile(f"[{_CAPITAL_SIGNS}]")
_SIGNED_WORD: Final = re.compile(
    f"[A-Za-z{LETTERS}]*[{_CAPITAL_SIGNS}][A-Za-z{LETTERS}{_CAPITAL_SIGNS}]*"
)

#: A capital that VN3 can write, beyond the head of a word, is the sign of a font of capitals.
_CODED: Final = "A-ZĂÂÊÔƠƯĐ"
_INNER_CAPITAL: Final = re.compile(f"[A-Za-z{LETTERS}][{_CODED}]")
_PHRASE: Final = re.compile(f"[A-Z{LETTERS}]+(?:[ \u00a0.-]+[A-Z{LETTERS}]+)*(?![a-z])")


def _restore_word(match: re.Match[str]) -> str:
    """Return a word with capitals of VN1 for signs, where that makes it a possible syllable."""
    word = match[0].translate(_CAPITALS)
    return word if is_syllable(word) else match[0]


def _raise_phrase(match: re.Match[str]) -> str:
    """Return a phrase in capitals where its letters say so."""
    phrase = match[0]
    return phrase.upper() if _INNER_CAPITAL.search(phrase) else phrase


def read_tcvn3(shown: str) -> str:
    """Return the text that was meant, composed (NFC).

    Parameters
    ----------
    shown : the bytes as Windows-1252 or Latin-1 shows them.
    """
    text = shown.translate(_LETTERS)
    text = _FOLLOWING.sub(lambda match: _TONE_SIGNS[match[0]], text)
    text = unicodedata.normalize("NFC", text)
    if _CAPITAL_SIGN.search(text):
        text = _SIGNED_WORD.sub(_restore_word, text)
    return _PHRASE.sub(_raise_phrase, text)
