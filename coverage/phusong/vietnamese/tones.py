"""Where the tone mark stands, and whether a word is a possible Vietnamese syllable.

The mark belongs to the nucleus: on its only letter, on the first letter of ia, ua, ưa, ya, on the second
of iê, yê, uô, ươ (Quyết định 1989/QĐ-BGDĐT, điều 8). The old placement, still common in names and laws,
differs in oa, oe and uy at the end of a syllable only: hòa, hòe, thủy instead of hoà, hoè, thuỷ.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Final, Literal, NamedTuple

from phusong.vietnamese.alphabet import Tone, list_tones, set_tone, strip_tones
from phusong.vietnamese.orthography import Shape, allowed_tones, shapes

Style = Literal["new", "old"]

#: Nuclei of two letters that carry the mark on the first.
OPEN_DIPHTHONGS: Final = ("ia", "ua", "ưa", "ya")
#: medial + nucleus that the old placement marks on the medial.
OLD_STYLE: Final = ("oa", "oe", "uy")
#: Different words that are remembered; Vietnamese has some seven thousand syllables in use.
REMEMBERED: Final = 1 << 16


class Syllable(NamedTuple):
    """Hold the parts of a syllable, in small letters; the nucleus without its tone."""

    onset: str
    medial: str
    nucleus: str
    coda: str
    tone: Tone


def _mark_position(shape: Shape, style: Style) -> int:
    """Return the index of the letter that carries the tone mark."""
    start = len(shape.onset) + len(shape.medial)
    if style == "old" and not shape.coda and shape.medial + shape.nucleus in OLD_STYLE:
        return start - 1
    first = len(shape.nucleus) == 1 or shape.nucleus in OPEN_DIPHTHONGS
    return start if first else start + 1


def _set_mark(word: str, position: int, tone: Tone) -> str:
    """Return a word without tone with the mark set on one of its letters."""
    return word[:position] + set_tone(word[position], tone) + word[position + 1 :]


@cache
def _syllables() -> dict[str, Syllable]:
    """Return every possible syllable, in both placements of the tone: composed text → parts."""
    return {
        _set_mark(letters, _mark_position(shape, style), tone): Syllable(*shape, tone)
        for letters, shape in shapes().items()
        for tone in allowed_tones(shape)
        for style in ("new", "old")
    }


@cache
def _toneless_syllables() -> frozenset[str]:
    """Return every possible syllable with all its diacritics left out."""
    decomposed = (unicodedata.normalize("NFD", letters) for letters in shapes())
    bare = str.maketrans({"đ": "d", "\u0302": "", "\u0306": "", "\u031b": ""})
    return frozenset(letters.translate(bare) for letters in decomposed)


def split_syllable(text: str) -> Syllable | None:
    """Return the parts of a syllable, or None where it is no possible Vietnamese syllable.

    Parameters
    ----------
    text : one word, in any letter case, composed or not; either placement of the tone will do.
    """
    found = _syllables().get(text)
    if found is None:
        found = _syllables().get(unicodedata.normalize("NFC", text).lower())
    return found


def is_syllable(text: str) -> bool:
    """Return whether a word is a possible Vietnamese syllable with all its marks."""
    return split_syllable(text) is not None


def is_bare_syllable(text: str) -> bool:
    """Return whether a word is a possible Vietnamese syllable with all its marks left out."""
    return text.lower() in _toneless_syllables()


@lru_cache(maxsize=REMEMBERED)
def place_tone(syllable: str, style: Style = "new") -> str:
    """Return a syllable with its tone mark where the style wants it.

    A mark on a wrong letter moves to the right one (`hòan` → `hoàn`). A word that is no syllable, or that
    carries two tones, is returned as it is.

    Parameters
    ----------
    syllable : one word, in any letter case, composed (NFC).
    style : `new` (hoà, thuỷ) or `old` (hòa, thủy).
    """
    tones = list_tones(syllable)
    bare = strip_tones(syllable)
    shape = shapes().get(bare.lower())
    if len(tones) != 1 or shape is None:
        return syllable
    return _set_mark(bare, _mark_position(shape, style), tones[0])
