"""Vietnamese alphabetical order.

a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y, with f, j, w and z in their Latin places. Names are
compared syllable by syllable: the letters first, then the tone (ngang, huyền, hỏi, ngã, sắc, nặng), as
Vietnamese dictionaries do; digits by their number and before letters; letter case last.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from phusong.vietnamese.alphabet import ALPHABET, Tone, list_tones, strip_tones
from phusong.vietnamese.keys import normalise
from phusong.vietnamese.tones import REMEMBERED

_PIECE: Final = re.compile(r"[0-9]+|[^\W\d_]+")
#: Signs of the key, in ascending order: end of the name, tones, numbers, letters of the alphabet.
_END: Final = "\x00"
_TONES: Final = {tone: chr(1 + tone) for tone in Tone}
_NUMBER: Final = "\x07"
_LETTERS: Final = str.maketrans({letter: chr(0x40 + at) for at, letter in enumerate(ALPHABET)})


@lru_cache(maxsize=REMEMBERED)
def _order_piece(piece: str) -> str:
    """Return the part of the key that a word or a number makes."""
    if piece.isdigit():
        digits = piece.lstrip("0")
        return f"{_NUMBER}{chr(len(digits))}{digits}"
    word = piece.lower()
    tones = list_tones(word)
    return strip_tones(word).translate(_LETTERS) + _TONES[tones[0] if tones else Tone.NGANG]


def sort_key(text: str) -> str:
    """Return a text whose plain order is the Vietnamese order of names.

    `sorted(names, key=sort_key)`, or `table.sort_values("name", key=lambda c: c.map(sort_key))`. Punctuation
    counts only between names that are otherwise alike.
    """
    name = normalise(text)
    ordered = "".join([_order_piece(piece) for piece in _PIECE.findall(name)])
    return f"{ordered}{_END}{name.swapcase()}"
