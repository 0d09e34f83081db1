"""Text as it stands when the keyboard program was off: raw keys of Telex, VNI and VIQR."""

from __future__ import annotations

import re
import unicodedata

#: Combining marks of tone: acute, grave, hook, tilde, dot below.
_TONES = "\u0301\u0300\u0309\u0303\u0323"
_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"
_WORD = re.compile(r"[^\W\d_]+")


def _split(word: str) -> tuple[list[tuple[str, str]], str]:
    """Return the letters of a word, each with its shape mark, and the word's tone mark."""
    letters: list[tuple[str, str]] = []
    tone = ""
    for sign in unicodedata.normalize("NFD", word):
        if sign in _TONES:
            tone = sign
        elif unicodedata.combining(sign):
            letters[-1] = (letters[-1][0], sign)
        else:
            letters.append((sign, ""))
    return letters, tone


def _key(word: str, shapes: dict[str, str], tones: dict[str, str], bar: str) -> str:
    """Return the keys of a word: shapes at their letters, the tone at the end."""
    letters, tone = _split(word)
    keys = []
    for letter, shape in letters:
        plain = {"đ": "d", "Đ": "D"}.get(letter, letter)
        added = bar if letter in "đĐ" else shapes.get(shape, "")
        keys.append(plain + (plain if added == "double" else added))
    return "".join(keys) + tones.get(tone, "")


_TELEX_SHAPES = {_BREVE: "w", _HORN: "w", _CIRCUMFLEX: "double"}
_VNI_SHAPES = {_CIRCUMFLEX: "6", _HORN: "7", _BREVE: "8"}
_TELEX_TONES = dict(zip(_TONES, "sfrxj", strict=True))
_VNI_TONES = dict(zip(_TONES, "12345", strict=True))
_VIQR_MARKS = dict(zip(_TONES, "'`?~.", strict=True)) | {
    _BREVE: "(",
    _CIRCUMFLEX: "^",
    _HORN: "+",
}


def write_telex(text: str) -> str:
    """Return the Telex keys of a text: thôn becomes thoon, giếng gieengs."""
    return _WORD.sub(
        lambda found: _key(found[0], _TELEX_SHAPES, _TELEX_TONES, "double"),
        unicodedata.normalize("NFC", text),
    )


def write_vni_keys(text: str) -> str:
    """Return the VNI keys of a text: thôn becomes tho6n, giếng gie6ng1."""
    return _WORD.sub(
        lambda found: _key(found[0], _VNI_SHAPES, _VNI_TONES, "9"),
        unicodedata.normalize("NFC", text),
    )


def write_viqr(text: str) -> str:
    """Return a text in VIQR (RFC 1456): thôn becomes tho^n, giếng gie^'ng."""
    doubled = unicodedata.normalize("NFC", text).replace("đ", "dd").replace("Đ", "DD")
    decomposed = unicodedata.normalize("NFD", doubled)
    shapes_first = re.sub(f"([{_TONES}])([{_BREVE}{_CIRCUMFLEX}{_HORN}])", r"\2\1", decomposed)
    return "".join(_VIQR_MARKS.get(sign, sign) for sign in shapes_first)
