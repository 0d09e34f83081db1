"""Names without separators between them, cut where the names of communes and districts are."""

from __future__ import annotations

from phusong.places.addresses.fields import Field, Lexicon, make_field
from phusong.places.addresses.words import squeeze


def _refield(words: tuple, like: Field | None = None) -> Field:
    """Return a field of some words with the kind of another."""
    made = make_field(words)
    if like is None:
        return made
    return made._replace(
        level=like.level, kind=like.kind, weak=like.weak,
        full=like.full[: len(like.full) - len(like.base)] + made.base,
        full_tone=like.full_tone[: len(like.full_tone) - len(like.tone)] + made.tone,
    )  # fmt: skip


def unglue(field: Field, lexicon: Lexicon) -> list[Field]:
    """Return the fields that one field without separators is made of: `Gia Khau Trung Mỹ`."""
    words = field.words
    units = lexicon.units
    whole = field.base in lexicon.names or field.full in lexicon.names
    if len(words) < 2 or field.level == "institution" or whole:
        return [field]
    if field.level in ("commune", "district", "province") and not field.weak:
        for cut in range(len(words) - 1, 0, -1):
            if squeeze(words[:cut]) in units:
                return [_refield(words[:cut], field), *unglue(_refield(words[cut:]), lexicon)]
        return [field]
    for cut in range(1, len(words)):
        if squeeze(words[cut:]) in units:
            return [*unglue(_refield(words[:cut], field), lexicon), _refield(words[cut:])]
    for cut in range(len(words) - 1, 1, -1):
        if not field.level and squeeze(words[:cut]) in units:
            return [_refield(words[:cut]), *unglue(_refield(words[cut:]), lexicon)]
    return [field]
