"""TCVN3, the encoding of the ABC fonts (.VnTime, .VnTimeH, .VnArial), read from what Windows shows of it.

TCVN 5712:1993 has three forms. VN3, which the ABC fonts use, has the 67 small letters and Ă Â Ê Ô Ơ Ư Đ
in A1–FE and leaves 80–9F to the punctuation of Windows. VN2 adds capitals with tones in the free places
of A0–FF, and B0–B4 as tones that follow their vowel. VN1 adds the other capitals in 80–9F and among the
control characters. One reader serves all three, for the letters never contradict each other: where a
word is a possible syllable with a capital of VN1 in place of a punctuation sign, it is that syllable.

VN3 writes a capital under a tone with the code of the small letter, in a font of capitals (.VnTimeH);
the font is lost in plain text. A syllable with a capital beyond its head is in capitals, and so is the
phrase around it if no letter speaks against it: `Hµ NéI` is HÀ NỘI. Otherwise the small letter stands:
`Hµ néi` is Hà nội.
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
    0xB5: "àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ",
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
_TONE_CLASS: Final = f"[{''.join(_TONE_SIGNS)}]"
_FOLLOWING: Final = re.compile(f"{_TONE_CLASS}(?<=[{VOWELS}{VOWELS.upper()}]{_TONE_CLASS})")

_CAPITALS: Final = str.maketrans({SHOWN[byte]: letter for byte, letter in CONTROL_CAPITALS.items()})
_CAPITAL_SIGNS: Final = re.escape("".join(SHOWN[byte] for byte in CONTROL_CAPITALS))
_CAPITAL_SIGN: Final = re.compile(f"[{_CAPITAL_SIGNS}]")
_SIGNED_WORD: Final = re.compile(
    f"(?<![A-Za-z{LETTERS}])[A-Za-z{LETTERS}]*+[{_CAPITAL_SIGNS}][A-Za-z{LETTERS}{_CAPITAL_SIGNS}]*"
)

#: Beyond the head of a word, a capital that VN3 can write tells of a font of capitals.
_INNER_CAPITAL: Final = re.compile(f"[A-Za-z{LETTERS}][A-ZĂÂÊÔƠƯĐ]")
_SHOWN_SMALL: Final = re.compile("[a-zăâêôơưđ]")
_PHRASE: Final = re.compile(f"[A-Za-z{LETTERS}]+(?:[ \u00a0]+[A-Za-z{LETTERS}]+)*")
_PHRASE_WORD: Final = re.compile("[^ \u00a0]+")


def _restore_word(match: re.Match[str]) -> str:
    """Return a word with capitals of VN1 for signs, where that makes it a possible syllable."""
    signs = match[0]
    word = signs.translate(_CAPITALS)
    lone_punctuation = len(signs) == 1 and signs.isprintable()
    return word if is_syllable(word) and not lone_punctuation else signs


def _is_capital(word: str) -> bool:
    """Return whether a syllable was written in capitals, as its inner letters tell."""
    inner = _INNER_CAPITAL.search(word) and not _SHOWN_SMALL.search(word)
    return bool(inner) and is_syllable(word)


def _raise_word(match: re.Match[str]) -> str:
    """Return a word in capitals if it was written so."""
    return match[0].upper() if _is_capital(match[0]) else match[0]


def _raise_phrase(match: re.Match[str]) -> str:
    """Return a phrase with capitals where its letters tell of a font of capitals."""
    phrase = match[0]
    if _SHOWN_SMALL.search(phrase):
        return _PHRASE_WORD.sub(_raise_word, phrase)
    return phrase.upper() if any(map(_is_capital, phrase.split())) else phrase


def _raise_line(line: str) -> str:
    """Return a line with its phrases in capitals where their letters tell so."""
    return _PHRASE.sub(_raise_phrase, line) if _INNER_CAPITAL.search(line) else line


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
    return "\n".join(map(_raise_line, text.split("\n")))
