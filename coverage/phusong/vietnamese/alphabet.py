"""The letters of Vietnamese: 12 vowels under six tones, đ, and their capitals.

Unicode gives each letter with a mark one code point (NFC) and a spelling with combining marks (NFD); both
are read here, one is written.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from typing import Final


class Tone(IntEnum):
    """Name the six tones, in the order of Vietnamese dictionaries."""

    NGANG = 0
    HUYEN = 1
    HOI = 2
    NGA = 3
    SAC = 4
    NANG = 5


#: Combining mark of each tone, by number of the tone.
TONE_MARKS: Final = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")

CIRCUMFLEX: Final = dict(zip("aeo", "âêô", strict=True))
BREVE: Final = {"a": "ă"}
HORN: Final = dict(zip("ou", "ơư", strict=True))

#: The vowels without tone, and the letters that writers of Vietnamese names use, in alphabetical order.
VOWELS: Final = "aăâeêioôơuưy"
ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"


def _compose(vowel: str, tone: Tone) -> str:
    """Return the single letter for a vowel under a tone."""
    return unicodedata.normalize("NFC", vowel + TONE_MARKS[tone])


#: (vowel, tone) → letter, small letters and capitals.
TONED: Final = {
    (vowel, tone): _compose(vowel, tone) for vowel in VOWELS + VOWELS.upper() for tone in Tone
}
_PARTS: Final = {letter: parts for parts, letter in TONED.items()}

#: The 134 letters that are not plain Latin ones: 67 small letters, then their capitals.
SMALL_LETTERS: Final = "".join(c for c in _PARTS if not c.isascii() and c.islower()) + "đ"
LETTERS: Final = SMALL_LETTERS + SMALL_LETTERS.upper()

_TONELESS: Final = str.maketrans({letter: vowel for letter, (vowel, _) in _PARTS.items()})
_TONES: Final = {letter: tone for letter, (_, tone) in _PARTS.items() if tone}


def set_tone(vowel: str, tone: Tone) -> str:
    """Return a vowel under a tone.

    Parameters
    ----------
    vowel : one of the 12 vowels or their capitals, without tone.

    Raises
    ------
    KeyError
        If the letter is no vowel without tone.
    """
    return TONED[vowel, tone]


def strip_tones(text: str) -> str:
    """Return composed text (NFC) without its tones; ă, â, ê, ô, ơ, ư and đ stay."""
    return text if text.isascii() else text.translate(_TONELESS)


def list_tones(text: str) -> list[Tone]:
    """Return the tone marks of composed text (NFC), in order; level tone has none."""
    if text.isascii():
        return []
    return [_TONES[letter] for letter in text if letter in _TONES]
