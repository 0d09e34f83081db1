"""How near two keys are: one edit, and diacritics that are left out rather than wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from phusong.vietnamese.keys import base_key


def is_one_edit(first: str, second: str) -> bool:
    """Return whether one letter more, less or other, or two neighbours swapped, makes one key the other."""
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    a, b = first[start:], second[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])
    return a[1:] == b if len(a) > len(b) else a == b[1:]


def list_deletions(key: str) -> set[str]:
    """Return a key and what is left of it when any one letter is taken out."""
    return {key} | {key[:at] + key[at + 1 :] for at in range(len(key))}


def index_deletions(keys: Iterable[str]) -> dict[str, list[str]]:
    """Return the keys by what is left of them when one letter is taken out."""
    index: dict[str, list[str]] = {}
    for key in keys:
        for shorter in list_deletions(key):
            index.setdefault(shorter, []).append(key)
    return index


def find_near(key: str, index: dict[str, list[str]]) -> list[str]:
    """Return the indexed keys that are one edit from a key, in alphabetical order."""
    found = {near for shorter in list_deletions(key) for near in index.get(shorter, ())}
    return sorted(near for near in found if is_one_edit(key, near))


def find_near_stated(key: str, index: dict[str, list[str]]) -> list[str]:
    """Return the indexed keys that are one edit from a key, i and y being one letter where none is.

    A key has i for y where a syllable allows it, and a slip makes it none: Quý is qui, and Qý is qy.
    """
    near = find_near(key, index)
    if near or ("y" not in key and "i" not in key):
        return near
    other = {"i": "y", "y": "i"}
    ways = [
        key[:at] + other[letter] + key[at + 1 :] for at, letter in enumerate(key) if letter in other
    ]
    return sorted({found for way in ways for found in find_near(way, index)})


#: Initials that are one in speech, in one region or another, each with the letter that stands for both.
_SAID_ALIKE: Final = (("tr", "ch"), ("gi", "d"), ("r", "d"), ("x", "s"), ("n", "l"))
_OTHER_INITIALS: Final = ("ng", "nh")


def say_word(word: str) -> str:
    """Return a word with the initial that stands for all that are said alike: giang and rang as dang."""
    if word.startswith(_OTHER_INITIALS):
        return word
    for written, said in _SAID_ALIKE:
        rest = word[len(written) :]
        if word.startswith(written) and rest:
            front = written == "gi" and rest[0] in "eêềểễếệ"
            return f"{said}i{rest}" if front else said + rest
    return word


def say_name(words: Iterable[str]) -> str:
    """Return the key under which names that are said alike are found."""
    return "^" + "".join(map(say_word, words))


def count_contradictions(written: Sequence[str], meant: Sequence[str], bare: Sequence[str]) -> int:
    """Return how many written words have other diacritics than are meant, rather than fewer.

    Hỏi for ngã, which half the country does not tell apart, is none.

    Parameters
    ----------
    written, meant : tone keys, word by word.
    bare : the meant words without diacritics.
    """
    if len(written) != len(meant):
        return 0 if "".join(written) == "".join(bare) else len(meant)
    return sum(
        w not in (m, b) and level_tones(w) != level_tones(m)
        for w, m, b in zip(written, meant, bare, strict=True)
    )


#: Letter in which no Vietnamese word ends, but those of the highlands do.
_HIGHLAND: Final = "k"


def level_tones(word: str) -> str:
    """Return a word with hỏi for ngã; one of the highlands, of which no spelling is fixed, bare: Đắk, Đăk."""
    if word.isascii():
        return word
    if word[-1] == _HIGHLAND:
        return base_key(word)
    spread = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", spread.replace("\u0303", "\u0309"))


def leaves_out(written: Sequence[str], meant: Sequence[str], bare: Sequence[str]) -> bool:
    """Return whether written words differ from what is meant by missing diacritics alone.

    Parameters
    ----------
    written, meant : tone keys, word by word.
    bare : the meant words without diacritics.
    """
    if len(written) != len(meant):
        return "".join(written) == "".join(bare)
    return all(
        w in (m, b) or (w[-1:] == _HIGHLAND and level_tones(w) == b)
        for w, m, b in zip(written, meant, bare, strict=True)
    )
