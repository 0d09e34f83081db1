"""A piece of text as words, each with the keys under which it is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple

from phusong.places.addresses.kinds import GLUED, HEADS, RUN_TOGETHER
from phusong.vietnamese import parse_number, search_key, tone_key
from phusong.vietnamese.alphabet import LETTERS
from phusong.vietnamese.tones import REMEMBERED


class Word(NamedTuple):
    """Hold one word: its keys with and without diacritics, and what may be said of it at once.

    Attributes
    ----------
    tone, base : the keys.
    dot : whether a full stop shortens it.
    opens : whether a kind may begin with it.
    counts : whether a number may begin with it.
    """

    tone: str
    base: str
    dot: bool
    opens: bool
    counts: bool


#: What stands in a key for a letter that a program could not read.
LOST: Final = " "
_LETTERS: Final = f"a-zA-Z{LETTERS}"
_SMALL: Final = "a-z" + "".join(c for c in LETTERS if c.islower())
_CAPITAL: Final = "A-Z" + "".join(c for c in LETTERS if c.isupper())
_WORD: Final = re.compile(f"[0-9{_LETTERS}\ufffd]+\\.?")
#: First words of numbers, so that most names are passed over at once.
_NUMBER_HEADS: Final = frozenset(
    [
        "so",
        "thu",
        "mot",
        "hai",
        "ba",
        "bon",
        "tu",
        "nam",
        "sau",
        "bay",
        "tam",
        "chin",
        "muoi",
        "ham",
        "bam",
    ]
)
_ROMAN: Final = frozenset("ivx")
_CAMEL: Final = re.compile(
    f"(?<=[{_LETTERS}][{_SMALL}])(?=[{_CAPITAL}])|(?<=[{_CAPITAL}])(?=[{_CAPITAL}][{_SMALL}]{{2}})"
    f"|(?<=[{_CAPITAL}]{{2}})(?=[{_CAPITAL}][{_SMALL}][0-9{_CAPITAL}])"
)
#: An abbreviation of three letters or more with its stops: T.D.P 5, K.D.C.
_DOTTED: Final = re.compile(
    f"(?<![{_LETTERS}0-9])(?:[{_LETTERS}]\\.){{2,}}[{_LETTERS}](?![{_LETTERS}])\\.?"
)
_GLUED_NUMBER: Final = re.compile(f"([{_LETTERS}]+)([0-9]+[a-zA-Z]?)")
#: A kind with `số` behind it as one word: TDPsố 2, thônsố.
_GLUED_SO: Final = re.compile(f"([{_LETTERS}]{{2,}})([Ss][OoốỐ])")


def _read_bare(bare: str, *, dot: bool) -> tuple[Word, ...]:
    """Return the words of one token; a number glued to a kind word is a word of its own."""
    glued = _GLUED_NUMBER.fullmatch(bare)
    if glued and (search_key(glued[1]) in GLUED or _is_glued_so(glued[1])):
        return (*_read_bare(glued[1], dot=False), *_read_bare(glued[2], dot=dot))
    if bare.isdigit():
        bare = bare.lstrip("0") or "0"
    base = search_key(bare)
    if _is_glued_so(bare):
        return (*_read_bare(bare[:-2], dot=False), *_read_bare(bare[-2:], dot=dot))
    run = RUN_TOGETHER.get(base)
    if run and (bare.isascii() or tone_key(bare) == "".join(run)):
        *first, last = run
        return (*(_read_bare(w, dot=False)[0] for w in first), *_read_bare(last, dot=dot))
    counts = base.isdigit() or base in _NUMBER_HEADS or _ROMAN.issuperset(base)
    return (Word(tone_key(bare), base, dot, base in HEADS, counts),)


def _is_glued_so(bare: str) -> bool:
    """Return whether a token is a kind with `số` behind it."""
    found = _GLUED_SO.fullmatch(bare)
    return found is not None and search_key(found[1]) in GLUED


@lru_cache(maxsize=REMEMBERED)
def _read_token(token: str) -> tuple[Word, ...]:
    """Return the words of one token, cut where a capital follows a small letter."""
    one = token.isupper() or token.islower() or token[:1] == token[1:2]  # PPhúc is Phúc mistyped
    one = one or _is_glued_so(token.rstrip("0123456789."))
    pieces = [token] if one else _CAMEL.split(token)
    last = len(pieces) - 1
    return tuple(
        word
        for at, piece in enumerate(pieces)
        for word in _read_bare(piece.rstrip("."), dot=at == last and piece.endswith("."))
    )


def read_words(chunk: str) -> tuple[Word, ...]:
    """Return the words of a piece of normalised text."""
    if chunk.count(".") > 1:
        chunk = _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", chunk)
    return tuple(chain.from_iterable(map(_read_token, _WORD.findall(chunk))))


def squeeze(words: Sequence[Word]) -> str:
    """Return the words' keys without diacritics as one; two numbers side by side stay two: 1.1 is not 11."""
    key = "".join([word.base for word in words])
    return ".".join([word.base for word in words]) if key.isdigit() and len(words) > 1 else key


def find_number(words: Sequence[Word]) -> str:
    """Return `#3` where words say the number three, else nothing."""
    if not words or not words[0].counts or len(words) > 4:
        return ""
    text = " ".join([word.tone for word in words])
    if words[0].base == "so" and words[-1].base.isdigit():
        text = text.replace("so ", "số ", 1)
    number = parse_number(text)
    if number is None and text.isascii():
        number = parse_number(text.upper())
    return "" if number is None else f"#{number}"


def find_ending(words: Sequence[Word]) -> str:
    """Return `tamky#1` where the last words say a number: Tam Kỳ I, Tam Kỳ số 1, else nothing."""
    for length in (2, 1):
        number = find_number(words[-length:]) if len(words) > length else ""
        if number:
            return squeeze(words[:-length]) + number
    return ""
