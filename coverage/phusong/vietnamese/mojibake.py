"""UTF-8 that was read as Windows-1252 or Latin-1: `ThÃ´n Äá»“ng` for Thôn Đồng.

Five bytes mean nothing in Windows-1252 and are often lost on the way. The letter can still be known where
only one Vietnamese letter has the bytes that are left (Đ is C4 90), or where only one makes the word a
possible syllable in one letter case (`Há»c` can only be Học).
"""

from __future__ import annotations

import re
import unicodedata
from itertools import product
from typing import Final, NamedTuple

from phusong.vietnamese.alphabet import LETTERS, SMALL_LETTERS
from phusong.vietnamese.bytes1252 import BYTES, SHOWN, UNDEFINED
from phusong.vietnamese.tones import is_syllable

#: Stands where a letter is lost.
LOST: Final = "\ufffd"
#: Lost letters in one word that are still puzzled over.
_MOST_GAPS: Final = 2

_ONLY_WINDOWS: Final = frozenset(sign for sign in SHOWN if ord(sign) > 0xFF)
_TAILS: Final = "".join(sign for sign, byte in BYTES.items() if 0x80 <= byte < 0xC0)
_TAIL: Final = f"[{re.escape(_TAILS)}]"
_WHOLE: Final = f"[Â-ß]{_TAIL}|[à-ï]{_TAIL}{{2}}|[ð-ô]{_TAIL}{{3}}"


def _show(letter: str) -> str:
    """Return what the UTF-8 of a letter shows as in Windows-1252."""
    return "".join(SHOWN[byte] for byte in letter.encode())


def _list_gaps() -> dict[str, str]:
    """Return what is left when an undefined byte is lost → the letters that it may have been."""
    gaps: dict[str, str] = {}
    for letter in LETTERS:
        shown = _show(letter)
        if shown[-1] in UNDEFINED.decode("latin-1"):
            gaps[shown[:-1]] = gaps.get(shown[:-1], "") + letter
    return gaps


def _list_spaced() -> dict[str, str]:
    """Return what is left when a last byte A0 became an ordinary space → the letter."""
    return {_show(c)[:-1] + " ": c for c in LETTERS if _show(c).endswith("\u00a0")}


_GAPS: Final = _list_gaps()
_SPACED: Final = _list_spaced()
_SMALL: Final = f"[a-z{SMALL_LETTERS}]"


def _find_spaced(shown: str, letter: str) -> str:
    """Return the pattern of a letter whose last byte became a space.

    Where the space may as well follow a gap, the neighbours tell: what such gaps stand for are capitals,
    which no small letter goes before or follows; and no space of its own goes before punctuation.
    """
    sign = re.escape(shown)
    if shown[:-1] not in _GAPS:
        return sign
    follower = f"(?={_SMALL}|[\\s,.;:)]|$)"
    return f"(?<={_SMALL}){sign}|{sign}{follower}" if letter.islower() else "(?!)"


_PIECES: Final = re.compile(
    "|".join([_WHOLE, *(_find_spaced(*pair) for pair in _SPACED.items()), *map(re.escape, _GAPS)])
)
#: A gap that could as well be a letter that is right, such as the Ã of XÃ, counts only beside others.
_SURE: Final = re.compile(
    "|".join([_WHOLE, *(re.escape(x) for x in [*_GAPS, *_SPACED] if x.strip() not in LETTERS)])
)
#: Code points that are no characters hold the place of a gap until its word is whole.
_HELD: Final = {chr(0xFDD0 + place): letters for place, letters in enumerate(_GAPS.values())}
_HOLDERS: Final = dict(zip(_GAPS, _HELD, strict=True))
_HELD_CLASS: Final = "".join(_HELD)
_HELD_WORD: Final = re.compile(
    f"(?<![A-Za-z{LETTERS}])[A-Za-z{LETTERS}]*+[{_HELD_CLASS}][A-Za-z{LETTERS}{_HELD_CLASS}]*"
)


class Mended(NamedTuple):
    """Hold a mended text.

    Attributes
    ----------
    text : composed (NFC), with U+FFFD where a letter is lost.
    lost : number of letters that are lost.
    inferred : number of letters that were inferred though their last byte is lost.
    """

    text: str
    lost: int
    inferred: int


def _mend_piece(match: re.Match[str]) -> str:
    """Return the letter whose bytes are shown, or the holder of a gap."""
    shown = match[0]
    if shown in _HOLDERS or shown in _SPACED:
        return _SPACED.get(shown) or _HOLDERS[shown]
    try:
        return bytes(BYTES[sign] for sign in shown).decode("utf-8")
    except UnicodeDecodeError:
        return shown


def _has_case(word: str) -> bool:
    """Return whether a word is small, capital or headed by a capital."""
    return word.islower() or word.isupper() or word.istitle()


def _fill_word(match: re.Match[str]) -> str:
    """Return a word with its gaps filled where only one filling is possible."""
    word = match[0]
    choices = [_HELD.get(sign, sign) for sign in word]
    if sum(len(letters) > 1 for letters in choices) <= _MOST_GAPS:
        fillings = ["".join(letters) for letters in product(*choices)]
        possible = [f for f in fillings if _has_case(f) and is_syllable(f)]
        if len(possible) == 1:
            return possible[0]
    return "".join(letters if len(letters) == 1 else LOST for letters in choices)


def mend_utf8(text: str) -> Mended:
    """Return text whose UTF-8 was read as Windows-1252 or Latin-1 as it was meant.

    Letters that are right already stay. What cannot be known is marked as lost, never guessed.
    """
    if not _SURE.search(text):
        return Mended(unicodedata.normalize("NFC", text), text.count(LOST), 0)
    held = _PIECES.sub(_mend_piece, text)
    gaps = sum(held.count(holder) for holder in _HELD)
    mended = unicodedata.normalize("NFC", _HELD_WORD.sub(_fill_word, held))
    lost = mended.count(LOST)
    return Mended(mended, lost, gaps + text.count(LOST) - lost)


def shows_windows_1252(text: str) -> bool:
    """Return whether a text holds signs that Windows-1252 has and Latin-1 has not.

    Where it has none, it may have been read as Latin-1 and lost all control characters, which are more
    bytes than the five that Windows-1252 loses.
    """
    return not _ONLY_WINDOWS.isdisjoint(text)
