"""Typing keys that no keyboard program turned into letters: Telex, VNI keys and VIQR.

`Thoon DDoongf`, `Tho6n D9o6ng2` and `Tho^n DDo^`ng` all say Thôn Đồng. A word changes only where it is no
possible syllable as it stands and one as the keys say. The keys of VNI and VIQR are digits and
punctuation, which may also stand in a text for their own sake (`thon3`, `to 3a`, `Yen.`), so there the text
as a whole must show keys first: a mark of a vowel or of đ inside a word (`Tho6n`, `D9a5o`, `Tho^n`).

References
----------
RFC 1456 (1993) for VIQR. Telex and VNI keys as the keyboard programs of Vietnam have them: s f r x j and
1 2 3 4 5 for sắc, huyền, hỏi, ngã, nặng.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from phusong.vietnamese.alphabet import BREVE, CIRCUMFLEX, HORN, LETTERS, TONED, VOWELS, Tone
from phusong.vietnamese.orthography import shapes
from phusong.vietnamese.tones import REMEMBERED, is_syllable, place_tone


class Draft(NamedTuple):
    """Hold what keys have written so far: small letters without tone, and the tone."""

    letters: str = ""
    tone: Tone = Tone.NGANG


#: What one key makes of one draft: the drafts that it may mean, the likeliest first.
Press = Callable[[Draft, str], list[Draft]]

#: No syllable has more letters than nghiêng, nor more keys than nghieengfs.
_MOST_LETTERS: Final = 7
_MOST_KEYS: Final = 10

_TELEX_TONES: Final = dict(zip("zfrxsj", Tone, strict=True))
_VNI_TONES: Final = dict(zip("023415", Tone, strict=True))
_VIQR_TONES: Final = dict(zip("`?~'.", list(Tone)[1:], strict=True))
_VNI_MARKS: Final = {"6": CIRCUMFLEX, "7": HORN, "8": BREVE}
_VIQR_MARKS: Final = {"^": CIRCUMFLEX, "(": BREVE, "+": HORN, "*": HORN}


def _append(draft: Draft, key: str) -> Draft:
    """Return a draft with one more letter."""
    return draft._replace(letters=draft.letters + key)


def _has_vowel(draft: Draft) -> bool:
    """Return whether a draft holds a vowel."""
    return any(letter in VOWELS for letter in draft.letters)


def _mark_vowel(draft: Draft, marks: dict[str, str]) -> list[Draft]:
    """Return the drafts in which one vowel takes a mark, from the last vowel to the first."""
    text = draft.letters
    places = [place for place in reversed(range(len(text))) if text[place] in marks]
    marked = [text[:place] + marks[text[place]] + text[place + 1 :] for place in places]
    return [draft._replace(letters=letters) for letters in marked]


def _mark_horn(draft: Draft) -> list[Draft]:
    """Return the drafts in which u, o or both of uo take the horn."""
    drafts = _mark_vowel(draft, HORN)
    joined = re.sub("u[oơ]|ưo", "ươ", draft.letters)
    return drafts if joined == draft.letters else [draft._replace(letters=joined), *drafts]


def _stroke_d(draft: Draft) -> list[Draft]:
    """Return the draft in which the leading d is đ."""
    head, tail = draft.letters[:1], draft.letters[1:]
    return [draft._replace(letters="đ" + tail)] if head == "d" else []


def _press_telex(draft: Draft, key: str) -> list[Draft]:
    """Return what a Telex key makes of a draft."""
    if key in _TELEX_TONES and _has_vowel(draft):
        tone = _TELEX_TONES[key]
        return [] if tone == draft.tone else [draft._replace(tone=tone)]
    appended = [_append(draft, key)]
    if key == "d":
        return _stroke_d(draft) + appended
    if key in CIRCUMFLEX:
        return _mark_vowel(draft, {key: CIRCUMFLEX[key]}) + appended
    if key == "w":
        return _mark_horn(draft) + _mark_vowel(draft, BREVE) + [_append(draft, "ư")]
    return appended


def _press_vni(draft: Draft, key: str) -> list[Draft]:
    """Return what a key of the VNI method makes of a draft."""
    if key in _VNI_TONES:
        return [draft._replace(tone=_VNI_TONES[key])] if _has_vowel(draft) else []
    if key == "7":
        return _mark_horn(draft)
    if key in _VNI_MARKS:
        return _mark_vowel(draft, _VNI_MARKS[key])
    return _stroke_d(draft) if key == "9" else [_append(draft, key)]


def _press_viqr(draft: Draft, key: str) -> list[Draft]:
    """Return what a key of VIQR makes of a draft; marks follow their vowel at once."""
    last = draft.letters[-1:]
    if key in _VIQR_TONES:
        toned = last in VOWELS and draft.letters and not draft.tone
        return [draft._replace(tone=_VIQR_TONES[key])] if toned else []
    if key in _VIQR_MARKS:
        marks = _VIQR_MARKS[key]
        return [draft._replace(letters=draft.letters[:-1] + marks[last])] if last in marks else []
    if key == "d" and draft.letters == "d":
        return [draft._replace(letters="đ")]
    return [_append(draft, key)]


def _write(draft: Draft) -> str:
    """Return the syllable of a draft, or nothing where it is none."""
    letters = draft.letters
    if letters not in shapes():
        letters = re.sub("uơ|ưo", "ươ", letters)
    place = next((at for at, letter in enumerate(letters) if letter in VOWELS), None)
    if place is None:
        return ""
    toned = letters[:place] + TONED[letters[place], draft.tone] + letters[place + 1 :]
    written = place_tone(toned)
    return written if is_syllable(written) else ""


def _match_case(word: str, keys: str) -> str:
    """Return a small word in the letter case of its keys."""
    letters = [key for key in keys if key.isalpha()]
    if len(letters) > 1 and all(letter.isupper() for letter in letters):
        return word.upper()
    return word.capitalize() if letters[0].isupper() else word


def _type_word(keys: str, press: Press) -> str:
    """Return the syllable that keys say, or the keys where they say none."""
    drafts = [Draft()]
    for key in keys.lower():
        pressed = dict.fromkeys(after for draft in drafts for after in press(draft, key))
        drafts = [draft for draft in pressed if len(draft.letters) <= _MOST_LETTERS]
    written = next(filter(None, map(_write, drafts)), "")
    return _match_case(written, keys) if written else keys


@lru_cache(maxsize=REMEMBERED)
def _type_telex_word(word: str) -> str:
    """Return a word as its Telex keys say, where it is no syllable as it stands."""
    return word if is_syllable(word) else _type_word(word, _press_telex)


@lru_cache(maxsize=REMEMBERED)
def _type_vni_word(word: str) -> str:
    """Return a word as its VNI keys say."""
    return _type_word(word, _press_vni)


@lru_cache(maxsize=REMEMBERED)
def _type_viqr_word(word: str) -> str:
    """Return a word as its VIQR keys say; signs at its end that are no keys stay."""
    for end in range(len(word), 0, -1):
        written = _type_word(word[:end], _press_viqr)
        if written != word[:end]:
            return written + word[end:]
        if word[end - 1].isalpha():
            break
    return word


_LETTER: Final = f"[A-Za-z{LETTERS}]"
_TELEX_WORD: Final = re.compile(f"(?<!{_LETTER})[A-Za-z]{{2,{_MOST_KEYS}}}(?!{_LETTER})")
_VNI_WORD: Final = re.compile(
    f"(?<![0-9A-Za-z{LETTERS}])(?=[A-Za-z]+[0-9])[0-9A-Za-z]{{2,{_MOST_KEYS}}}(?![0-9A-Za-z{LETTERS}])"
)
#: A mark inside a word; a single letter after a number may be a part of it (`Khu7a`).
_VNI_SHOWN: Final = re.compile("[A-Za-z][0-9]*[6-9][0-9]*(?![A-Da-d]$)[A-Za-z]")
_VIQR_KEYS: Final = re.escape("^(+*'`?~.")
_VIQR_WORD: Final = re.compile(
    f"(?<!{_LETTER})(?=[A-Za-z]*(?:[dD]{{2}}|[{_VIQR_KEYS}]))[A-Za-z][A-Za-z{_VIQR_KEYS}]{{1,{_MOST_KEYS}}}"
    f"(?!{_LETTER})"
)
_VIQR_SHOWN: Final = re.compile(f"[A-Za-z][{_VIQR_KEYS}]+[A-Za-z]|[A-Za-z][\\^`~]")


def _shows_keys(
    text: str, word: re.Pattern[str], shown: re.Pattern[str], write: Callable[[str], str]
) -> bool:
    """Return whether some word of a text has keys that can be nothing else."""
    words = (match[0] for match in word.finditer(text))
    return any(shown.search(keys) and write(keys) != keys for keys in words)


def type_telex(text: str) -> str:
    """Return text with raw Telex keys turned into letters, word by word."""
    return _TELEX_WORD.sub(lambda match: _type_telex_word(match[0]), text)


def type_vni(text: str, *, sure: bool = False) -> str:
    """Return text with raw VNI keys turned into letters, word by word.

    Parameters
    ----------
    sure : whether the text is known to be VNI keys, so that it need not show them first.
    """
    if not sure and not _shows_keys(text, _VNI_WORD, _VNI_SHOWN, _type_vni_word):
        return text
    return _VNI_WORD.sub(lambda match: _type_vni_word(match[0]), text)


def type_viqr(text: str, *, sure: bool = False) -> str:
    """Return text with VIQR turned into letters, word by word.

    A full stop or question mark after the vowel at the end of a word is a tone, as RFC 1456 has it.

    Parameters
    ----------
    sure : whether the text is known to be VIQR, so that it need not show its keys first.
    """
    if not sure and not _shows_keys(text, _VIQR_WORD, _VIQR_SHOWN, _type_viqr_word):
        return text
    return _VIQR_WORD.sub(lambda match: _type_viqr_word(match[0]), text)
