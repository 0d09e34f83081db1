"""A hamlet by its name inside communes that are known: exact, without diacritics, by number, by one edit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from phusong.places.addresses.fields import Field
from phusong.places.addresses.gazetteer import Gazetteer, Index, Name
from phusong.places.addresses.kinds import DIVIDED, agree_kinds
from phusong.places.addresses.spelling import (
    count_contradictions,
    find_near_stated,
    leaves_out,
    say_name,
    say_word,
)
from phusong.places.addresses.words import LOST, find_ending, squeeze
from phusong.vietnamese import is_syllable
from phusong.vietnamese.tones import REMEMBERED

#: Ways to find a hamlet, the surest first.
GRADES: Final = (
    "exact",
    "base",
    "number",
    "tone_typo",
    "abbrev",
    "regional",
    "typo",
    "prefix",
    "tones",
)
_SHORTEST: Final = 5
#: From this share of common letters on, a person may have meant a hamlet.
_LIKELY: Final = 0.5


class Found(NamedTuple):
    """Hold the hamlets that a name may mean, how it was found, and flags."""

    hamlets: tuple[int, ...]
    grade: str
    flags: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Return whether one hamlet is meant."""
        return len(self.hamlets) == 1 and self.grade not in ("", "prefix")


NOTHING: Final = Found((), "", ())
_EXACT: Final = ("exact",)
_EXACT_BUT_KIND: Final = ("exact", "kind_differs")
Hit = tuple[int, int, Name]


def _grade(tone: str, words: Sequence[str], name: Name) -> int:
    """Return how well a written name with the right letters agrees with a listed one."""
    if tone == name.tone:
        return 0
    if leaves_out(words, name.tones, name.bare):
        return 1
    return 3 if count_contradictions(words, name.tones, name.bare) <= 1 else 7


def _list_hits(index: Index, field: Field) -> list[Hit]:
    """Return the names that a field's letters, number or initials stand for."""
    words = [word.tone for word in field.words]
    hits = [(_grade(field.tone, words, n), n.rank, n) for n in index.get(field.base, ())]
    if field.kind:
        written = field.full_tone
        hits += [(_grade(written, [written], n), n.rank, n) for n in index.get(field.full, ())]
    if field.number:
        hits += [(2, n.rank, n) for n in index.get(field.number, ())]
    if not hits and len(field.words) > 1 and field.words[-1].counts:
        hits = [(2, n.rank, n) for n in index.get(find_ending(field.words), ())]
    if not hits:
        hits = [(4, n.rank, n) for key in _list_short(field) for n in index.get(key, ())]
    if field.number and field.kind == "tổ":
        hits = [hit for hit in hits if hit[2].kind not in DIVIDED]
    return hits


def _list_short(field: Field) -> list[str]:
    """Return the keys of a name whose first word may be an initial."""
    if field.words and (field.weak or field.base != squeeze(field.words)):
        return [f"~{field.full}"]
    return [f"~{field.base}"] if len(field.words) > 1 and len(field.words[0].base) == 1 else []


def _choose(
    hits: Sequence[Hit], field: Field, gazetteer: Gazetteer, grades: Sequence[str] = GRADES
) -> Found:
    """Return the hamlets of the best hits.

    A kind breaks a tie inside one commune and overrules no name. Over several communes it breaks none, since
    the kinds change with the communes; nor does the way a number is written.
    """
    best = min(hit[:2] for hit in hits)
    names = [hit[2] for hit in hits if hit[:2] == best]
    several = len({hit[2].hamlet for hit in hits}) > 1
    communes = {gazetteer.hamlets[name.hamlet].commune for name in names} if several else set()
    if several and field.number:
        rest = [hit[2] for hit in hits if hit[:2] != best]
        names += [n for n in rest if gazetteer.hamlets[n.hamlet].commune not in communes]
        communes |= {gazetteer.hamlets[name.hamlet].commune for name in names}
    if best[0] == 1 and not field.tone.isascii():
        # some marks are left out: a name that some contradict may be meant as well
        names += [hit[2] for hit in hits if hit[0] == 3]
    if field.kind and len(communes) == 1 and len({name.hamlet for name in names}) > 1:
        agreeing = [name for name in names if agree_kinds(field.kind, name.kind)]
        names = agreeing if len({name.hamlet for name in agreeing}) == 1 else names
    flags = [grades[best[0]]]
    if best[1] >= 2:
        flags += ["alias"]
    if best[0] == 2:
        flags += _say_number(field)
    if field.kind and not any(agree_kinds(field.kind, name.kind) for name in names):
        flags += ["kind_differs"]
    hamlets = tuple(sorted({name.hamlet for name in names}))
    if grades[best[0]] == "tones":
        return Found(hamlets, "prefix", ("tones_differ",))
    return Found(hamlets, grades[best[0]], tuple(flags))


def _say_number(field: Field) -> list[str]:
    """Return how a number is written where it is not in digits."""
    if any(character.isdigit() for character in field.base):
        return []
    roman = all(set(word.base) <= set("ivx") for word in field.words[-1:])
    return ["roman" if roman else "number_word"]


def _find_typo(gazetteer: Gazetteer, commune: tuple[str, str], field: Field) -> list[Hit]:
    """Return the names of a commune that are one edit from a field; a number behind it must agree."""
    whole = field.base.replace(LOST, "").isalpha()
    key = field.base if whole else find_ending(field.words)
    name, mark, number = key.partition("#")
    if len(name) < _SHORTEST or not name.replace(LOST, "").isalpha():
        return []
    index, names = gazetteer.find_near_index(commune), gazetteer.communes[commune]
    near = [
        other
        for other in find_near_stated(key, index)
        if other.partition("#")[1:] == (mark, number)
    ]
    return [(6, n.rank, n) for other in near for n in names[other]]


def _find_said(index: Index, field: Field) -> list[Hit]:
    """Return the names that are said as what is written: Chung as Trung, Dang as Giang."""
    if field.number or not field.words:
        return []
    tones = [say_word(word.tone) for word in field.words]
    names = index.get(say_name([word.base for word in field.words]), ())
    return [
        (5, name.rank, name)
        for name in names
        if leaves_out(tones, [say_word(t) for t in name.tones], [say_word(b) for b in name.bare])
    ]


def _find_prefix(
    gazetteer: Gazetteer, communes: Iterable[tuple[str, str]], field: Field
) -> tuple[int, ...]:
    """Return the hamlets whose names go on where a field ends."""
    prefixes = [gazetteer.prefixes.get(commune, {}) for commune in communes]
    return tuple(sorted({h for p in prefixes for h in p.get(field.base, ())}))


def find_sole(index: Index, field: Field) -> Found | None:
    """Return the one hamlet that has a written name letter by letter; None where more must be weighed.

    Parameters
    ----------
    index : the names of one commune.
    field : a name; a number is never taken alone.
    """
    names = index.get(field.base)
    if not names or field.number:
        return None
    first = names[0]
    if first.tone != field.tone or first.rank:
        return None
    whole = index.get(field.full, ()) if field.kind else ()
    for name in (*names, *whole):
        if name.hamlet != first.hamlet:
            return None
    agrees = field.kind == first.kind or agree_kinds(field.kind, first.kind)
    return Found((first.hamlet,), "exact", _EXACT if agrees else _EXACT_BUT_KIND)


def find_hamlet(gazetteer: Gazetteer, communes: Sequence[tuple[str, str]], field: Field) -> Found:
    """Return the hamlets of some communes that a field may mean.

    A typo is taken only where one hamlet is one edit away and what is written is no hamlet's name elsewhere
    in the province.
    """
    indexes = [gazetteer.communes[c] for c in communes if c in gazetteer.communes]
    hits = [hit for index in indexes for hit in _list_hits(index, field)]
    if hits:
        return _choose(hits, field, gazetteer)
    prefixed = _find_prefix(gazetteer, communes, field)
    if prefixed:
        return Found(prefixed, "prefix", ("prefix",))
    said = [hit for index in indexes for hit in _find_said(index, field)]
    near = said or [
        h for c in communes if c in gazetteer.communes for h in _find_typo(gazetteer, c, field)
    ]
    if not near:
        return NOTHING
    elsewhere = any(n.tone == field.tone for n in gazetteer.everywhere.get(field.base, ()))
    meant = tuple(sorted({hit[2].hamlet for hit in near}))
    if len(meant) > 1 or elsewhere:
        return Found(meant, "prefix", ("near_name",))
    grade = "regional" if said else "typo"
    return Found(meant, grade, (grade,))


@lru_cache(maxsize=REMEMBERED)
def _list_pairs(key: str) -> frozenset[str]:
    """Return the pairs of neighbouring letters of a key, its ends among them."""
    framed = f" {key} "
    return frozenset(framed[at : at + 2] for at in range(len(framed) - 1))


def suggest_hamlets(
    gazetteer: Gazetteer, communes: Sequence[tuple[str, str]], field: Field
) -> tuple[int, ...]:
    """Return the hamlets of some communes that share half their letters with a field, the likest first.

    The likeness is Dice's: twice the shared pairs of letters over the pairs of both.
    """
    written = _list_pairs(field.base)
    likeness: dict[int, float] = {}
    for commune in communes:
        for name in (n for names in gazetteer.communes.get(commune, {}).values() for n in names):
            pairs = _list_pairs("".join(name.bare))
            share = 2 * len(pairs & written) / (len(pairs) + len(written))
            likeness[name.hamlet] = max(share, likeness.get(name.hamlet, 0.0))
    likely = [hamlet for hamlet, share in likeness.items() if share >= _LIKELY]
    return tuple(sorted(likely, key=lambda hamlet: (-likeness[hamlet], hamlet)))


def find_anywhere(gazetteer: Gazetteer, field: Field, ground: frozenset[str] | None) -> Found:
    """Return the hamlets of a district or the province that a field may mean, by sure keys alone.

    Parameters
    ----------
    ground : communes of 2021 to look in; None for the whole province.
    """
    hits = [
        hit
        for hit in _list_hits(gazetteer.everywhere, field)
        if hit[0] <= 2 and (ground is None or ground & gazetteer.hamlets[hit[2].hamlet].atoms)
    ]
    return _choose(hits, field, gazetteer) if hits else NOTHING


def list_alternatives(
    gazetteer: Gazetteer, field: Field, ground: frozenset[str] | None
) -> tuple[int, ...]:
    """Return all hamlets of a district or the province that a name may mean, by name or by alias.

    Where no commune is written, an impossible name that is listed (Nghĩa Lâp) is no surer than the name that
    it may stand for.

    Parameters
    ----------
    ground : communes of 2021 to look in; None for the whole province.
    """
    possible = all(is_syllable(word.tone) for word in field.words if not word.counts)
    most = 2 if possible else 3
    hits = [hit for hit in _list_hits(gazetteer.everywhere, field) if hit[0] <= most]
    seen = {hit[2].hamlet for hit in hits}
    if ground is not None:
        seen = {hamlet for hamlet in seen if ground & gazetteer.hamlets[hamlet].atoms}
    return tuple(sorted(seen))
