"""An address that came in a legacy font, as mojibake or as raw keys, and is impossible as it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from phusong.places.addresses.cleaning import tidy_text
from phusong.vietnamese import (
    guess_repair,
    is_syllable,
    score,
    type_telex,
    type_viqr,
    type_vni,
)
from phusong.vietnamese.alphabet import LETTERS
from phusong.vietnamese.tones import is_bare_syllable

Texts = tuple[str, ...]

_FONTS: Final = {"utf-8": "mojibake", "vni": "vni_font"}
_PLAIN: Final = re.compile(f"[\x00-\x7f{LETTERS}–—“”‘’…]*")
_LATIN: Final = re.compile("[A-Za-z]+")
_WORD: Final = re.compile(f"[a-zA-Z{LETTERS}]+")
#: What keys leave behind that names do not have: a digit or a sign in or behind a word.
_VNI_KEYS: Final = re.compile("[A-Za-z][1-9]")
_VIQR_KEYS: Final = re.compile("[A-Za-z][`'?~.^(+*-]")
#: coong and coóc are words, but in a text of raw keys they are công and cốc.
_LONG_O: Final = re.compile("oo(?=ng|c)")
#: Signs and digits that raw keys are full of, and addresses are not.
_KEYED: Final = re.compile("[A-Za-z](?:[`^~+][A-Za-z`'?~.+]?|[1-9](?=[A-Za-z,. ]))")
_MOST_KEYED: Final = 2
_MOST_REPAIRS: Final = 3
#: A text with one word in two misspelt is more likely in a font.
_READABLE: Final = 0.6


def is_keyed(texts: Texts) -> bool:
    """Return whether a text is in raw keys, which nothing but their own reading may explain."""
    whole = "\n".join(texts)
    return whole.isascii() and len(_KEYED.findall(whole)) > _MOST_KEYED


def is_plain(texts: Texts) -> bool:
    """Return whether all letters are Vietnamese."""
    return all(map(_is_plain, texts))


def _is_plain(text: str) -> bool:
    """Return whether all letters of one text are Vietnamese."""
    return text.isascii() or _PLAIN.fullmatch(tidy_text(text)) is not None


def _list_fonts(texts: Texts, *, plain: bool) -> Iterator[tuple[str, Texts]]:
    """Yield readings of a text as if it were in a legacy font, or UTF-8 read wrongly."""
    whole = "\n".join(texts)
    if whole.isascii() or (plain and score(whole) > _READABLE):
        return
    for found in guess_repair(whole)[:_MOST_REPAIRS]:
        pieces = tuple(found.text.split("\n"))
        if len(pieces) == len(texts):
            pieces = tuple(map(_restore_horns, pieces)) if found.encoding == "tcvn3" else pieces
            kept = tuple(map(_keep_sound, texts, pieces))
            mended = tuple(map(_mend_sound, texts, pieces))
            for cells in dict.fromkeys((kept, mended)):
                yield _FONTS.get(found.encoding, found.encoding), cells


def _restore_horns(text: str) -> str:
    """Return TCVN3 text in which every impossible word has back the ư that would make it possible.

    The font has its ư in the place of the soft hyphen, which programs drop: `C¬ng` is left of `C\u00ad¬ng`.
    """
    return _WORD.sub(lambda found: _restore_horn(found[0]), text)


def _restore_horn(word: str) -> str:
    """Return a word with the ư that it lacks; as it stands where it is possible, or two would do."""
    if is_syllable(word):
        return word
    letters = ("ư", "Ư") if word.isupper() else ("ư",)
    whole = {
        mended
        for at in range(len(word) + 1)
        for letter in letters
        if is_syllable(mended := word[:at] + letter + word[at:])
    }
    return whole.pop() if len(whole) == 1 else word


def _keep_sound(text: str, repaired: str) -> str:
    """Return a cell as it stands where that is Vietnamese, else repaired."""
    return text if _is_plain(text) and score(text) == 1 else repaired


def _mend_sound(text: str, repaired: str) -> str:
    """Return a cell repaired, unless it is Vietnamese as it stands alone: `Sè 1` by `thÞ trÊn` is not."""
    return repaired if score(repaired) == 1 else _keep_sound(text, repaired)


def _list_typed(texts: Texts) -> Iterator[tuple[str, Texts]]:
    """Yield readings of a text as if the keys had not become letters."""
    whole = "\n".join(texts)
    keys: Sequence[tuple[str, bool, Callable[[str], str]]] = (
        ("telex", not all(map(is_bare_syllable, _LATIN.findall(whole))), type_telex),
        ("vni_keys", _VNI_KEYS.search(whole) is not None, type_vni),
        ("viqr", _VIQR_KEYS.search(whole) is not None, type_viqr),
    )
    for flag, possible, write in keys:
        # keys that show in one cell tell how the others were typed
        typed = tuple(write(whole).split("\n")) if possible else texts
        if typed != texts and len(typed) == len(texts):
            yield flag, tuple(_LONG_O.sub("ô", text) for text in typed)


def list_repairs(texts: Texts, *, plain: bool) -> Iterator[tuple[str, Texts]]:
    """Yield flag and text of every reading under which an address may make sense.

    Parameters
    ----------
    texts : the cells of one address.
    plain : whether all letters are Vietnamese.
    """
    # a font's letters may have been taken apart since: NFC puts them together and drops nothing
    composed = tuple(unicodedata.normalize("NFC", text) for text in texts)
    yield from _list_fonts(composed, plain=plain)
    yield from _list_typed(composed)
