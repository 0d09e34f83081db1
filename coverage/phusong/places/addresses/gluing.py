"""Names without separators between them, cut where the names of communes and districts are."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from phusong.places.addresses.fields import Field, Lexicon, make_field
from phusong.places.addresses.words import Word, squeeze

_PAIR: Final = 2


def _refield(words: tuple[Word, ...], like: Field | None = None) -> Field:
    """Return a field of some words with the kind of another."""
    made = make_field(words)
    if like is None:
        return made
    return made._replace(
        level=like.level, kind=like.kind, weak=like.weak,
        full=like.full[: len(like.full) - len(like.base)] + made.base,
        full_tone=like.full_tone[: len(like.full_tone) - len(like.tone)] + made.tone,
    )  # fmt: skip


def _ends_in_unit(words: tuple[Word, ...], units: Container[str]) -> bool:
    """Return whether the last words are the name of a commune or district, at most four of them."""
    return any(_is_unit(words[-length:], units) for length in range(1, min(4, len(words)) + 1))


def _is_unit(words: tuple[Word, ...], units: Container[str]) -> bool:
    """Return whether words are the name of a unit; one word with its diacritics, as Tuyền, is not Tứ Yên."""
    sole = len(words) == 1 and not words[0].tone.isascii()
    return (words[0].tone if sole else squeeze(words)) in units


def unglue(field: Field, lexicon: Lexicon) -> list[Field]:
    """Return the fields that one field without separators is made of: `Gia Khau Trung Mỹ`."""
    words = field.words
    whole = field.base in lexicon.names or field.full in lexicon.names
    if len(words) < 2 or field.level == "institution" or whole:
        return [field]
    if words[-1].base in lexicon.initials and _ends_in_unit(words[:-1], lexicon.units):
        return [*unglue(_refield(words[:-1], field), lexicon), _refield(words[-1:])]
    if field.level in ("commune", "district", "province") and not field.weak:
        return _cut_unit(field, lexicon)
    return _cut_place(field, lexicon)


def _cut_unit(field: Field, lexicon: Lexicon) -> list[Field]:
    """Return a field that names a unit, and what stands behind its name."""
    words = field.words
    for cut in range(len(words) - 1, 0, -1):
        if _is_unit(words[:cut], lexicon.units):
            return [_refield(words[:cut], field), *unglue(_refield(words[cut:]), lexicon)]
    return [field]


def _cut_place(field: Field, lexicon: Lexicon) -> list[Field]:
    """Return a field that names a place, and the unit behind it or, where no kind is said, before it."""
    words, units = field.words, lexicon.units
    for cut in range(1, len(words)):
        # thôn Phước Vinh is one name, though Vinh is a city: what stands before a city is a name too
        pair = len(words) == _PAIR and field.level == "hamlet"
        parted = not pair or words[0].base in lexicon.names
        if parted and _is_unit(words[cut:], units):
            return [*unglue(_refield(words[:cut], field), lexicon), _refield(words[cut:])]
    for cut in range(len(words) - 1, 1, -1):
        if not field.level and _is_unit(words[:cut], units):
            return [_refield(words[:cut]), *unglue(_refield(words[cut:]), lexicon)]
    return [field]
