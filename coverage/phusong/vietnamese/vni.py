"""VNI for Windows, the encoding of the VNI fonts (VNI-Times), read from what Windows shows of it.

A vowel is followed by a sign for its marks, so a letter takes one byte or two: `aù` is á, `aâ` â, `aá` ấ.
One byte each: ô is ơ and ö is ư, and take the signs of the tones; í, ì, æ, ó, ò are i under its tones; î is
ỵ; ñ is đ. Capitals go the same way. A sign that follows no vowel of its own is left as it is.

References
----------
VNI Software Company, VNI character set for Windows: second bytes F9 F8 FB F5 EF (tones), E2 E1 E0 E5 E3 E4
(circumflex), EA E9 E8 FA FC EB (breve).
"""

from __future__ import annotations

import re
from typing import Final

from phusong.vietnamese.alphabet import BREVE, CIRCUMFLEX, TONED, Tone

#: Signs of the tones huyền, hỏi, ngã, sắc, nặng; with circumflex and with breve, level tone first.
_TONE_SIGNS: Final = dict(zip("øûõùï", list(Tone)[1:], strict=True))
_CIRCUMFLEX_SIGNS: Final = dict(zip("âàåãáä", Tone, strict=True))
_BREVE_SIGNS: Final = dict(zip("êèúüéë", Tone, strict=True))
_WHOLE: Final = {
    **{"ô": "ơ", "ö": "ư", "ñ": "đ", "î": "ỵ"},
    **{sign: TONED["i", tone] for sign, tone in zip("ìæóíò", list(Tone)[1:], strict=True)},
}


def _list_pairs() -> dict[str, str]:
    """Return every small vowel with a sign after it, and the letter that the two stand for."""
    pairs: dict[str, str] = {}
    for shown, vowel in {
        "a": "a",
        "e": "e",
        "o": "o",
        "u": "u",
        "y": "y",
        "ô": "ơ",
        "ö": "ư",
    }.items():
        pairs |= {shown + sign: TONED[vowel, tone] for sign, tone in _TONE_SIGNS.items()}
    for base, vowel in CIRCUMFLEX.items():
        pairs |= {base + sign: TONED[vowel, tone] for sign, tone in _CIRCUMFLEX_SIGNS.items()}
    for base, vowel in BREVE.items():
        pairs |= {base + sign: TONED[vowel, tone] for sign, tone in _BREVE_SIGNS.items()}
    return pairs


def _add_capitals(small: dict[str, str]) -> dict[str, str]:
    """Return a table with capitals; the case of the vowel rules, that of the sign does not matter."""
    table = dict(small)
    for shown, letter in small.items():
        head, sign = shown[0], shown[1:]
        table |= {head.upper() + sign: letter.upper(), head.upper() + sign.upper(): letter.upper()}
        table[head + sign.upper()] = letter
    return table


#: What is shown → the letter meant.
SHOWN_LETTERS: Final = _add_capitals(_WHOLE | _list_pairs())
_SHOWN: Final = re.compile("|".join(sorted(map(re.escape, SHOWN_LETTERS), key=len, reverse=True)))


def read_vni(shown: str) -> str:
    """Return the text that was meant, composed (NFC).

    Parameters
    ----------
    shown : the bytes as Windows-1252 or Latin-1 shows them.
    """
    return _SHOWN.sub(lambda match: SHOWN_LETTERS[match[0]], shown)
