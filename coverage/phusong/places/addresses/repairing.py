"""An address that came in a legacy font, as mojibake or as raw keys, and is impossible as it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Iterator, Sequence
from functools import lru_cache
from typing import Final

from phusong.places.addresses.cleaning import tidy_text
from phusong.places.addresses.kinds import KIND_WORDS
from phusong.vietnamese import (
    guess_repair,
    is_syllable,
    repair,
    score,
    tone_key,
    type_telex,
    type_viqr,
    type_vni,
)
from phusong.vietnamese.alphabet import LETTERS
from phusong.vietnamese.tones import REMEMBERED, is_bare_syllable

Texts = tuple[str, ...]

_FONTS: Final = {"utf-8": "mojibake", "vni": "vni_font"}
#: Fonts that single words may be in, among words in Unicode.
_WORD_FONTS: Final = ("tcvn3", "vni")
#: A word with the signs of fonts in it, the soft hyphen among them.
_TOKEN: Final = re.compile(r"[^\s!-@\[-`{-~–—…]+")
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


def _list_mixed(texts: Texts, known: Container[str]) -> Iterator[tuple[str, Texts]]:
    """Yield readings of a text in which single words are in a legacy font and the others are right.

    A word that is right as it stands stays. Where others show the font, `Nói` may be Núi too: that is a
    second reading, which changes such words into words of known names alone.
    """
    whole = "\n".join(texts)
    if whole.isascii():
        return
    doubtful = frozenset().union(*map(_list_fonts_of, whole.replace("\n", ",").split(",")))
    for encoding in filter(doubtful.__contains__, _WORD_FONTS):
        mended = _repair_words(whole, encoding, known, _repair_word)
        if mended == whole:
            continue
        yield _FONTS.get(encoding, encoding), tuple(mended.split("\n"))
        further = _repair_words(mended, encoding, known, _repair_known)
        if further != mended:
            yield _FONTS.get(encoding, encoding), tuple(further.split("\n"))


@lru_cache(maxsize=REMEMBERED)
def _list_fonts_of(piece: str) -> frozenset[str]:
    """Return the fonts that some word of a piece may be in; pieces come again more often than texts."""
    words = () if piece.isascii() else _TOKEN.findall(piece)
    return frozenset(e for e in _WORD_FONTS if any(_try_font(word, e)[1] for word in words))


def _repair_words(
    text: str,
    encoding: str,
    known: Container[str],
    change: Callable[[str, str, Container[str]], str],
) -> str:
    """Return a text with each of its words mended."""
    return _TOKEN.sub(lambda found: change(found[0], encoding, known), text)


def _is_known(word: str, known: Container[str]) -> bool:
    """Return whether a word of letters alone is a word of some name."""
    return word.isalpha() and tone_key(word) in known


def _repair_word(word: str, encoding: str, known: Container[str]) -> str:
    """Return a word as a legacy font has it, where only that makes it possible, or a word of a name.

    A possible word that no name has stays as well, unless the font makes a word for a kind of it: phè is phố.
    """
    mended, open_to_doubt = _try_font(word, encoding)
    if not open_to_doubt or _is_known(word, known):
        return word
    return mended if is_syllable(mended) or _is_known(mended, known) else word


@lru_cache(maxsize=REMEMBERED)
def _try_font(word: str, encoding: str) -> tuple[str, bool]:
    """Return a word as a legacy font has it, and whether it may be no word as it stands."""
    mended = word if word.isascii() else _decode_word(word, encoding)
    return mended, mended != word and (not is_syllable(word) or _is_known(mended, KIND_WORDS))


def _repair_known(word: str, encoding: str, known: Container[str]) -> str:
    """Return a word as a legacy font has it, where that is a word of a name and no word for a kind stands."""
    if word.isascii() or _is_known(word, KIND_WORDS):
        return word
    mended = _decode_word(word, encoding)
    return mended if _is_known(mended, known) else word


@lru_cache(maxsize=REMEMBERED)
def _decode_word(word: str, encoding: str) -> str:
    """Return a word as a legacy font has it; a single sign is no word."""
    if len(word) == 1 and not word.isalpha():
        return word
    mended = repair(word, encoding) or word
    return _restore_horn(mended) if encoding == "tcvn3" else mended


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


def list_repairs(
    texts: Texts, known: Container[str], *, plain: bool
) -> Iterator[tuple[str, Texts]]:
    """Yield flag and text of every reading under which an address may make sense.

    Parameters
    ----------
    texts : the cells of one address.
    known : the words of known names, with their diacritics.
    plain : whether all letters are Vietnamese.
    """
    # a font's letters may have been taken apart since: NFC puts them together and drops nothing
    composed = tuple(unicodedata.normalize("NFC", text) for text in texts)
    yield from _list_fonts(composed, plain=plain)
    yield from _list_mixed(composed, known)
    yield from _list_typed(composed)
