"""Normal forms and search keys, from the most faithful to the most forgiving.

- ``normalise``: the same text, written one way; what a file keeps;
- ``tone_key``: letter case, placement of the tone and the choice of i or y no longer matter;
- ``base_key``: no diacritics are left, as a hurried clerk types;
- ``search_key``: base_key of tone_key, so that `Lí Nhân` is found under `ly nhan` and `li nhan`.

All but normalise keep letters and digits only, as words with one space between them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Final

import numpy as np
import pandas as pd

from phusong.vietnamese.alphabet import LETTERS, Tone, list_tones, set_tone, strip_tones
from phusong.vietnamese.tones import REMEMBERED, place_tone

#: Icelandic eth and African d stand where a typist wanted đ.
STROKED_D: Final = {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"}

#: Cyrillic and Greek letters that look like Latin ones, as in Unicode Technical Standard 39.
LOOK_ALIKES: Final = str.maketrans(
    "аԁеһіјоԛрѕуԝхсᲂᲃАВԀЕЅҺНІЈКМОРТУХСԚԜ" + "αινορϱυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "adehijoqpsywxcocABDESHHIJKMOPTYXCQW" + "aivoppuABEZHIKMNOPTYX",
)
#: Letters and marks that show nothing: fillers of Hangul, the blank of Braille, the joiner of marks.
BLANK_LETTERS: Final = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
_FOREIGN_LETTER: Final = re.compile("[\u0370-\u03ff\u0400-\u052f\u1c80-\u1c8f\u1f00-\u1fff]")
_WORD: Final = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")

_PLAIN_SIGNS: Final = re.escape("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~“”‘’–—…") + "0-9A-Za-z" + LETTERS
_NORMAL_TEXT: Final = f"[{_PLAIN_SIGNS}]+(?: [{_PLAIN_SIGNS}]+)*"
_NORMAL: Final = re.compile(_NORMAL_TEXT)

#: y that is the only vowel behind an onset, or follows qu: Lý, Mỹ, Vỹnh, Quý; never in ay, uy, yê.
_Y_FOR_I: Final = re.compile("(?:[bcdđghklmnprstvx]+|qu)(y)[cghmnpt]*")


def _normal_sign(sign: str) -> str:
    """Return what a sign becomes: itself, a space, an ordinary letter, or nothing."""
    if sign in STROKED_D:
        return STROKED_D[sign]
    if sign.isspace():
        return " "
    if "！" <= sign <= "～":
        return unicodedata.normalize("NFKC", sign)
    if unicodedata.category(sign) in ("Cc", "Cf", "Cs") or "\ufe00" <= sign <= "\ufe0f":
        return ""
    if sign in BLANK_LETTERS:
        return ""
    return sign


def _base_sign(sign: str) -> str:
    """Return the small letters or digits without marks that a sign stands for, a space, or nothing."""
    sign = _normal_sign(sign)
    if sign in ("đ", "Đ"):
        return "d"
    if not sign or unicodedata.combining(sign):
        return ""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", sign).casefold())
    kept = (c for c in letters if not unicodedata.combining(c))
    return "".join(c if c.isalnum() else " " for c in kept)


def _word_sign(sign: str) -> str:
    """Return the small letter or digit that a sign of normalised text stands for, a space, or nothing."""
    if unicodedata.combining(sign):
        return ""
    return "".join(filter(str.isalnum, sign.casefold())) or " "


class _Signs(dict[int, str]):
    """Map code points to signs; each is worked out when it is first met."""

    def __init__(self, convert: Callable[[str], str]) -> None:
        super().__init__()
        self._convert = convert

    def __missing__(self, code: int) -> str:
        self[code] = self._convert(chr(code))
        return self[code]


_NORMAL_SIGNS: Final = _Signs(_normal_sign)
_BASE_SIGNS: Final = _Signs(_base_sign)
_WORD_SIGNS: Final = _Signs(_word_sign)


def _fold_word(match: re.Match[str]) -> str:
    """Return a word in Latin letters if it has some and all the others look like Latin ones."""
    word = match[0]
    if not _FOREIGN_LETTER.search(word):
        return word
    folded = unicodedata.normalize("NFD", word).translate(LOOK_ALIKES)
    latin = any(c.isalpha() and not _FOREIGN_LETTER.match(c) for c in word)
    return folded if latin and not _FOREIGN_LETTER.search(folded) else word


def normalise(text: str) -> str:
    """Return text written one way: composed, visible signs only, single spaces, Latin letters.

    Composed (NFC); zero-width signs, soft hyphens, hidden direction marks and control characters are
    left out; every kind of space becomes one space and none stands at the ends; Ð becomes Đ; Cyrillic
    and Greek look-alikes inside a Latin word become Latin; full-width forms become ASCII. A legacy font
    must be repaired first, for TCVN3 writes ư with the soft hyphen.
    """
    if _NORMAL.fullmatch(text):
        return text
    text = unicodedata.normalize("NFC", text.translate(_NORMAL_SIGNS))
    if _FOREIGN_LETTER.search(text):
        text = unicodedata.normalize("NFC", _WORD.sub(_fold_word, text))
    return " ".join(text.split())


def normalise_all(texts: pd.Series) -> pd.Series:
    """Normalise every text of a column; those that are normal already, nearly all, are passed at once.

    Parameters
    ----------
    texts : text, none missing.

    Returns
    -------
    text on the same index.
    """
    plain = texts.astype("str")
    other = (~plain.str.fullmatch(_NORMAL_TEXT)).to_numpy()
    if not other.any():
        return plain
    normal = plain.copy()
    normal[other] = [normalise(text) for text in plain[other]]
    return normal


def _unify_y(word: str) -> str:
    """Return a small word with i for the y that is the whole rhyme."""
    found = _Y_FOR_I.fullmatch(strip_tones(word))
    if found is None:
        return word
    at = found.start(1)
    tones = list_tones(word[at])
    return word[:at] + set_tone("i", tones[0] if tones else Tone.NGANG) + word[at + 1 :]


@lru_cache(maxsize=REMEMBERED)
def _tone_token(token: str) -> str:
    """Return the tone key of a piece of normalised text that holds no space."""
    words = token.translate(_WORD_SIGNS).split()
    return " ".join([place_tone(_unify_y(word)) for word in words])


@lru_cache(maxsize=REMEMBERED)
def _base_token(token: str) -> str:
    """Return the base key of a piece of text that holds no space."""
    key = token.translate(_BASE_SIGNS)
    if not key.isascii():
        # look-alikes may show only once compatibility forms and capitals are gone
        settling, key = "", normalise(token)
        while key != settling:
            settling, key = key, normalise(key.translate(_BASE_SIGNS))
    return " ".join(key.split())


@lru_cache(maxsize=REMEMBERED)
def _search_token(token: str) -> str:
    """Return the search key of a piece of normalised text that holds no space."""
    return _base_token(_tone_token(token))


def _join(keys: Iterable[str]) -> str:
    """Return keys with one space between them; a token of signs only has an empty key."""
    return " ".join([key for key in keys if key])


def tone_key(text: str) -> str:
    """Return the key under which hoà = hòa, thuỷ = thủy, Lí = Lý, Mĩ = Mỹ, Kì = Kỳ, quí = quý.

    The tone stands in its new place; y is written i where it is the whole rhyme after a consonant, so
    that `tai` and `tay`, `thui` and `thuy`, `I` and `Y` stay apart.
    """
    return _join(map(_tone_token, normalise(text).split()))


def base_key(text: str) -> str:
    """Return the key without diacritics: small letters, đ as d, digits, one space between words."""
    return _join(map(_base_token, text.split()))


def search_key(text: str) -> str:
    """Return the most forgiving key: no diacritics, and i for the y that is the whole rhyme."""
    return _join(map(_search_token, normalise(text).split()))


#: Code points below this are looked up at once: Latin with all its extensions and general punctuation.
_TABLE_END: Final = 0x2100
_ASK, _DROP, _SPACE, _BREAK = 255, 0, ord(" "), ord("\n")


@cache
def _base_table() -> np.ndarray:
    """Return the ASCII code that each code point becomes; `_ASK` where one by one is the only way."""
    table = np.full(_TABLE_END + 1, _ASK, dtype=np.uint8)
    for code in range(_TABLE_END):
        letters = _BASE_SIGNS[code]
        if letters.isascii() and len(letters) <= 1:
            table[code] = ord(letters) if letters else _DROP
    table[_BREAK] = _BREAK
    return table


def _squeeze(codes: np.ndarray) -> np.ndarray:
    """Return ASCII lines without dropped signs, and without spaces at their ends or behind others."""
    codes = codes[codes != _DROP]
    gap = np.concatenate(([True], codes[:-1] <= _SPACE))
    codes = codes[(codes != _SPACE) | ~gap[: len(codes)]]
    last = np.concatenate((codes[1:] == _BREAK, [True]))
    return codes[(codes != _SPACE) | ~last[: len(codes)]]


def base_keys(texts: pd.Series) -> pd.Series:
    """Return `base_key` of every text, all at once; missing texts have the empty key.

    Parameters
    ----------
    texts : any text.

    Returns
    -------
    the keys, on the same index.
    """
    rows = texts.fillna("").tolist()
    lines = "\n".join(rows)
    if not rows or lines.count("\n") != len(rows) - 1:
        return pd.Series([base_key(row) for row in rows], index=texts.index, dtype="str")
    points = np.frombuffer(lines.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    codes = _base_table()[np.minimum(points, _TABLE_END)]
    asked = np.flatnonzero(codes == _ASK)
    known = np.delete(codes, asked) if len(asked) else codes
    keys = _squeeze(known).tobytes().decode("ascii").split("\n")
    for row in np.unique(np.searchsorted(np.flatnonzero(codes == _BREAK), asked)):
        keys[row] = base_key(rows[row])
    return pd.Series(keys, index=texts.index, dtype="str")
