"""An address as fields: names with the kind that stands before them."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import Final, NamedTuple

from phusong.places.addresses.kinds import BESIDE, HEADED, Kind
from phusong.places.addresses.words import Word, find_number, read_words, squeeze

_opens: Final = attrgetter("opens")
#: Words of the longest name of a hamlet.
_LONGEST: Final = 7
#: Levels whose words stand in the names of hamlets, and are parts of a hamlet as well.
_PARTS: Final = BESIDE | {"hamlet"}
#: Kinds beside a hamlet that have a number: đội 3, số 12, ngõ 5.
_COUNTED: Final = frozenset({"số", "ngõ", "đội"})


class Field(NamedTuple):
    """Hold one name of an address with what is said of it.

    Attributes
    ----------
    level, kind : what the kind word says, or the column; empty where nothing does.
    weak : whether the kind is a letter that may mean another, or a part of the name.
    words : the words of the name, without the kind.
    base, tone : keys of the name, without spaces.
    full, full_tone : the same with the kind word before it.
    number : `#3` where the name is a number, else empty.
    """

    level: str
    kind: str
    weak: bool
    words: tuple[Word, ...]
    base: str
    tone: str
    full: str
    full_tone: str
    number: str


class Lexicon(NamedTuple):
    """Hold the keys, with and without diacritics, of all known names, and of communes and above.

    Attributes
    ----------
    names, units : the keys.
    heads : words for a kind with which a name begins: Phương Khoan is no ward.
    hamlets : the names of hamlets: thôn Phường Trù is no ward either.
    initials : of districts, as in Gia Khánh BX.
    stems : beginnings of the names of hamlets that end in a word for a kind: the Gò Đường of Gò Đường Hạ.
    words : the single words of names and kinds, with diacritics.
    """

    names: Container[str] = frozenset()
    units: Container[str] = frozenset()
    heads: Container[str] = frozenset()
    hamlets: Container[str] = frozenset()
    initials: Container[str] = frozenset()
    stems: Container[str] = frozenset()
    words: Container[str] = frozenset()


def match_kind(words: Sequence[Word], at: int) -> tuple[Kind, int] | None:
    """Return the kind that begins at a word, and how many words it has."""
    if not words[at].opens:
        return None
    for bases, tones, kind in HEADED[words[at].base]:
        length = len(bases)
        if length == 1:
            tone = words[at].tone
            if tone == tones[0] or tone.isascii():
                return kind, 1
            continue
        piece = words[at : at + length]
        if len(piece) == length and all(
            w.base == b and (w.tone == t or w.tone.isascii())
            for w, b, t in zip(piece, bases, tones, strict=True)
        ):
            return kind, length
    return None


def make_field(words: Sequence[Word], kind: Kind | None = None, head: Sequence[Word] = ()) -> Field:
    """Return the field of a name and the kind before it."""
    base, tone = squeeze(words), "".join([word.tone for word in words])
    number = find_number(words)
    if kind is None:
        return Field("", "", False, tuple(words), base, tone, base, tone, number)
    full, full_tone = squeeze(head) + base, "".join([word.tone for word in head]) + tone
    return Field(
        kind.level, kind.name, kind.weak, tuple(words), base, tone, full, full_tone, number
    )


class Line(NamedTuple):
    """Hold the words of a piece, and their keys in one string with where each begins."""

    words: tuple[Word, ...]
    tone: str
    base: str
    tone_at: list[int]
    base_at: list[int]


def _draw_line(words: tuple[Word, ...]) -> Line:
    """Return words as a line."""
    tones, bases = [word.tone for word in words], [word.base for word in words]
    return Line(
        words,
        "".join(tones),
        "".join(bases),
        [0, *accumulate(map(len, tones))],
        [0, *accumulate(map(len, bases))],
    )


def _is_known(line: Line, begin: int, end: int, names: Container[str]) -> bool:
    """Return whether words are a known name, with their diacritics where they have any."""
    tone = line.tone[line.tone_at[begin] : line.tone_at[end]]
    if not tone.isascii():
        return tone in names
    return line.base[line.base_at[begin] : line.base_at[end]] in names


def _is_inside_name(line: Line, begin: int, at: int, lexicon: Lexicon) -> bool:
    """Return whether a word belongs to a name that began before it: a unit's, or a hamlet's in whole."""
    for end in range(min(at + _LONGEST, len(line.words)), at, -1):
        if _is_known(line, begin, end, lexicon.names):
            return True
        for start in range(max(begin, at - 2), at):
            if _is_known(line, start, end, lexicon.units):
                return True
    return False


def _is_stem(kind: Kind, line: Line, begin: int, at: int, lexicon: Lexicon) -> bool:
    """Return whether the words up to a street, a team or a part begin the name of some hamlet.

    What follows may be the end of no name that is listed: Gò Đường Thượng is not Gò in the street Thượng.
    """
    if kind.level not in _PARTS:
        return False
    key = line.base[line.base_at[begin] : line.base_at[at + 1]]
    return key in lexicon.stems


def _is_street_of_unknown(
    kind: Kind, head: Kind | None, line: Line, begin: int, at: int, lexicon: Lexicon
) -> bool:
    """Return whether what stands before a street is no name that is known, so that both may be one name."""
    if head is None or head.level != "hamlet" or kind.level not in BESIDE:
        return False
    counted = kind.name in _COUNTED and line.words[at + 1].base.isdigit()
    known = line.base[line.base_at[begin] : line.base_at[at]] in lexicon.names
    return not (counted or known or find_number(line.words[begin:at]))


def _breaks(
    kind: Kind, head: Kind | None, line: Line, begin: int, at: int, lexicon: Lexicon
) -> bool:
    """Return whether a kind word in the middle of a field begins a new field."""
    words = line.words
    if at + 1 >= len(words) or _is_inside_name(line, begin, at, lexicon):
        return False
    initial = at - begin == 1 and len(words[begin].base) == 1 and words[begin].dot
    if (initial and kind.level in _PARTS) or _is_stem(kind, line, begin, at, lexicon):
        return False
    if _is_street_of_unknown(kind, head, line, begin, at, lexicon):
        return False
    if kind.name == "số" and words[at + 1].base.isdigit():  # Gò Đường số 2
        name = line.base[line.base_at[begin] : line.base_at[at]] + words[at + 1].base
        return name not in lexicon.names
    if kind.weak:
        return words[at].dot or words[at].base in ("x", "p", "h", "q")
    return True


def _open(words: Sequence[Word], at: int, lexicon: Lexicon) -> tuple[Kind, int] | None:
    """Return the kind with which a field opens; the first word of a unit's name is none."""
    found = match_kind(words, at)
    if found and words[at].base in lexicon.heads:
        kind, length = found
        end = 0 if kind.level == "hamlet" else _find_end(words, at, at + 2, lexicon.hamlets)
        named = bool(end) and _ends_name(words, end, lexicon)
        named = named and _find_end(words, at + length, end + 1, lexicon.units) <= end
        return None if named or _starts_unit(words, at, length, lexicon.units) else found
    return found


def _ends_name(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Return whether a name may end before a word: at the end, a kind, a number or the name of a unit."""
    ends = at == len(words) or words[at].opens or words[at].counts
    return ends or bool(_find_end(words, at, at + 1, lexicon.units))


def _find_end(words: Sequence[Word], at: int, least: int, names: Container[str]) -> int:
    """Return where the longest name ends that begins at a word and goes on to an end at least; 0 for none.

    So xã Đồng Thịnh is a commune although a hamlet is called Xã Đồng.
    """
    ends = range(min(at + _LONGEST, len(words)), least - 1, -1)
    return next((end for end in ends if squeeze(words[at:end]) in names), 0)


def parse_chunk(chunk: str, lexicon: Lexicon) -> list[Field]:
    """Return the fields of a piece of text without separators.

    Parameters
    ----------
    chunk : normalised text.
    lexicon : the names that are known.
    """
    words = read_words(chunk)
    found = _open(words, 0, lexicon) if words else None
    kind, begin = found or (None, 0)
    if any(map(_opens, words[begin:])):
        return _parse_several(words, lexicon)
    if begin == len(words) and squeeze(words) in lexicon.hamlets:
        return [make_field(words)]
    return [make_field(words[begin:], kind, words[:begin])] if words else []


def _parse_several(words: tuple[Word, ...], lexicon: Lexicon) -> list[Field]:
    """Return the fields of words among which several kinds may stand."""
    line = _draw_line(words)
    fields: list[Field] = []
    begin, head, at = 0, 0, 0
    kind: Kind | None = None
    while at < len(words):
        if not words[at].opens:
            at += 1
            continue
        opening = at == begin and kind is None
        found = _open(words, at, lexicon) if opening else match_kind(words, at)
        aside = kind is not None and kind.level in BESIDE and at == begin
        if found and (opening or (aside and found[0].level not in BESIDE)):
            kind, head = found[0], at
            begin = at = at + found[1]
        elif found and at > begin and _breaks(found[0], kind, line, begin, at, lexicon):
            fields.append(make_field(words[begin:at], kind, words[head:begin]))
            kind, head = found[0], at
            begin = at = at + found[1]
        else:
            at += 1
    if begin == len(words) and squeeze(words[head:]) in lexicon.hamlets:
        fields.append(make_field(words[head:]))
    elif begin < len(words) or kind:
        fields.append(make_field(words[begin:], kind, words[head:begin] if kind else ()))
    return fields


def _starts_unit(words: Sequence[Word], at: int, length: int, unit_names: Container[str]) -> bool:
    """Return whether what looks like a kind is the first word of a unit's name (Phương Khoan, Lang Cong)."""
    end = at + length
    covered = _find_end(words, end, end + 1, unit_names)  # phường Bình Thủy is not Phương Bình
    return any(
        squeeze(words[at:b]) in unit_names and b >= covered
        for b in range(end + 1, min(end + 2, len(words)) + 1)
    )
