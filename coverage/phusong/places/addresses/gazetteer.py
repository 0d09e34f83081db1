"""The hamlets that addresses may mean, compiled into dictionaries by commune."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import pandas as pd

from phusong.places.addresses.fields import Field, Lexicon, make_field, match_kind
from phusong.places.addresses.kinds import HEADS, KIND_WORDS, MAIN, OUTSIDE_HEADS, agree_kinds
from phusong.places.addresses.memory import Memories
from phusong.places.addresses.provinces import shorten
from phusong.places.addresses.register import AddressRegister, compile_register
from phusong.places.addresses.spelling import index_deletions, say_name
from phusong.places.addresses.territory import find_province
from phusong.places.addresses.words import Word, find_ending, find_number, read_words
from phusong.places.registers import Register, read_register
from phusong.vietnamese import normalise
from phusong.vocabulary.editions import default_edition, default_province
from phusong.vocabulary.errors import TableFault
from phusong.vocabulary.terms import HamletKind

COLUMNS: Final = ("hamlet_id", "kind", "name", "commune_code", "edition", "aliases")


class Name(NamedTuple):
    """Hold one name of one hamlet.

    Attributes
    ----------
    hamlet : position in the gazetteer.
    kind : thôn, xóm, …
    tone, tones, bare : tone key without spaces; the words; the words without diacritics.
    rank : 0 for the name itself, 1 for a name without a kind that belongs to it, 2 for an alias.
    """

    hamlet: int
    kind: str
    tone: str
    tones: tuple[str, ...]
    bare: tuple[str, ...]
    rank: int


#: A district's name has two words [letters].
_INITIALS: Final = 2
#: Kinds that say nothing: not stated, or written in the name.
_SILENT: Final = frozenset({HamletKind.UNSTATED, HamletKind.OTHER})
_ROMAN: Final = frozenset("ivx")
#: In a shorter name a wrong letter makes another name.
_SHORTEST: Final = 5

Index = dict[str, list[Name]]


class Hamlet(NamedTuple):
    """Hold one hamlet: its id, kind and name, its commune as (edition, code), and its ground."""

    hamlet_id: str
    kind: str
    base: str
    commune: tuple[str, str]
    atoms: frozenset[str]


@dataclass(frozen=True)
class Gazetteer:
    """Hold hamlets, compiled for `match_addresses`.

    Attributes
    ----------
    register : the units of the province for which it is compiled.
    hamlets : in the order of their ids.
    edition : the edition of most hamlets, which is read first.
    communes : (edition, code) → key → names.
    by_atom : piece of ground → communes of the gazetteer on it.
    everywhere : key → names in the whole province.
    prefixes : (edition, code) → first words of a name → hamlets.
    lexicon : the names of hamlets and units, to know where a name ends.
    main : (edition, code) → kinds that a hamlet has there; the others are parts of one.
    memory : what has been worked out already; never part of the answer.
    """

    register: AddressRegister
    hamlets: tuple[Hamlet, ...]
    edition: str
    communes: dict[tuple[str, str], Index]
    by_atom: dict[str, list[tuple[str, str]]]
    everywhere: Index
    prefixes: dict[tuple[str, str], dict[str, set[int]]]
    lexicon: Lexicon
    main: dict[tuple[str, str], frozenset[str]]
    memory: Memories = field(default_factory=Memories, repr=False, compare=False)

    def find_near_index(self, commune: tuple[str, str]) -> dict[str, list[str]]:
        """Return the index of deletions of a commune's names, made when it is first asked for."""
        index: dict[str, list[str]] | None = self.memory.near.get(commune)
        if index is None:
            names = self.communes.get(commune, {})
            index = index_deletions(key for key in names if _may_be_misspelt(key))
            self.memory.near.keep(commune, index)
        return index


def _may_be_misspelt(key: str) -> bool:
    """Return whether a key is long enough to be misspelt, a number behind it set aside."""
    name = key.partition("#")[0]
    return len(name) >= _SHORTEST and name.isalpha()


def _read_name(text: str, kind: str) -> Field:
    """Return the field of a listed name; `số 1` is the number one.

    A kind of hamlet may stand before the name, and no other word parts it: Gò Đường Hạ is one name.
    """
    words = read_words(normalise(text)) or read_words(normalise(kind))
    found = match_kind(words, 0) if len(words) > 1 else None
    if not found:
        return make_field(words)
    head, length = found
    name = words[length:]
    if head.name == "số" and find_number(name):
        return make_field(name)._replace(full=f"so{make_field(name).base}")
    return (
        make_field(name, head, words[:length])
        if head.level == "hamlet" and name
        else make_field(words)
    )


def _list_forms(hamlet: int, kind: str, text: str, rank: int) -> list[tuple[str, Name]]:
    """Return the keys under which a name is found, and the name."""
    read = _read_name(text, kind)
    own = read.kind or kind
    same = read.kind in ("", kind) or not kind or (read.number and agree_kinds(read.kind, kind))
    lesser = rank if same else rank + 1
    tones, bare = tuple(w.tone for w in read.words), tuple(w.base for w in read.words)
    name = Name(hamlet, own, read.tone, tones, bare, lesser)
    full, full_tone = (read.full, read.full_tone) if read.kind else _write_full(kind, read)
    whole = Name(hamlet, own, full_tone, (full_tone,), (full,), rank)
    forms = [(read.base, name), (full, whole)]
    if read.number:
        forms += [(read.number, name), (read.full, name)]
    else:
        forms += [(say_name(bare), name), (_find_ending(read.words), name)]
    if shorten(bare):
        forms.append((f"~{shorten(bare)}", name))
    if read.kind:
        forms += [_say_whole(hamlet, own, text, rank), (full, whole._replace(kind=kind or own))]
    return [(key, form) for key, form in dict.fromkeys(forms) if key]


def _write_full(kind: str, read: Field) -> tuple[str, str]:
    """Return the keys of a name, without diacritics and with, behind its kind."""
    head = read_words(normalise(kind))
    bases, tones = "".join(w.base for w in head), "".join(w.tone for w in head)
    return (bases + read.base, tones + read.tone) if head else ("", "")


def _find_ending(words: tuple[Word, ...]) -> str:
    """Return the key of a name that ends in a number, in digits or Roman: Tam Kỳ 1, Tam Kỳ I."""
    last = words[-1] if words else None
    counts = last is not None and (last.base.isdigit() or _ROMAN.issuperset(last.tone))
    return find_ending(words) if counts else ""


def _say_whole(hamlet: int, kind: str, text: str, rank: int) -> tuple[str, Name]:
    """Return the key of how a name is said with the kind that belongs to it, and the name."""
    words = read_words(normalise(text))
    tones, bare = tuple(w.tone for w in words), tuple(w.base for w in words)
    return say_name(bare), Name(hamlet, kind, "".join(tones), tones, bare, rank)


def _list_names(hamlets: pd.DataFrame) -> list[tuple[str, Name]]:
    """Return every key and name of the hamlets, aliases among them."""
    forms = []
    for at, row in enumerate(hamlets.to_dict("records")):
        kind = "" if row["kind"] in _SILENT else row["kind"]
        forms += _list_forms(at, kind, row["name"], 0)
        for alias in filter(str.strip, row["aliases"].split("|")):
            forms += _list_forms(at, kind, alias, 2)
    return forms


def _find_prefixes(forms: list[tuple[str, Name]]) -> dict[int, set[str]]:
    """Return the first two or more words of each hamlet's names, without the whole."""
    found: dict[int, set[str]] = {}
    for _, name in forms:
        shorter = {"".join(name.bare[:n]) for n in range(2, len(name.bare))}
        found.setdefault(name.hamlet, set()).update(shorter)
    return found


def _list_stems(names: Iterable[Name]) -> frozenset[str]:
    """Return the beginnings of names, without diacritics, that end in a word for a kind."""
    return frozenset(
        "".join(name.bare[: at + 1])
        for name in names
        for at in range(1, len(name.bare))
        if name.bare[at] in HEADS
    )


def _read_hamlets(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table as text without gaps, in the order of the ids.

    Raises
    ------
    TableFault
        If a column is missing or an id stands twice.
    """
    missing = [c for c in COLUMNS[:5] if c not in table]
    if missing:
        raise TableFault("gazetteer", [f"no column {c}" for c in missing])
    text = (
        table.assign(aliases=table.get("aliases", ""))[list(COLUMNS)]
        .astype("object")
        .fillna("")
        .astype("str")
    )
    if text["hamlet_id"].duplicated().any():
        raise TableFault("gazetteer", ["hamlet_id stands twice"])
    return text.sort_values("hamlet_id", kind="stable").reset_index(drop=True)


def make_gazetteer(
    hamlets: pd.DataFrame, *, province: str | None = None, register: Register | None = None
) -> Gazetteer:
    """Return the dictionaries that addresses are matched against.

    Parameters
    ----------
    hamlets : hamlet_id, kind, name (with or without kind), commune_code, edition, aliases (split by `|`).
    province : code, read in the edition of most hamlets; None, or none of the register's: the smallest
        province of any time on whose ground all the hamlets lie.
    register : of all units; None: the packaged one of the country.

    Raises
    ------
    TableFault
        If a column is missing or an id stands twice.
    ParameterFault
        If an edition is none of the register's.
    """
    table = _read_hamlets(hamlets)
    source = register or read_register()
    for edition in sorted(set(table["edition"])):
        source.check_edition(edition)
    code = _choose_province(province, source, table)
    known = str(table["edition"].mode().iloc[0]) if len(table) else default_edition(code)
    compiled = compile_register(source, code, known)
    forms = _list_names(table)
    listed = []
    for row in table.to_dict("records"):
        ground = compiled.ground.trace(row["edition"]).get(row["commune_code"], frozenset())
        base = _read_name(row["name"], row["kind"]).base
        listed.append(
            Hamlet(
                row["hamlet_id"], row["kind"], base, (row["edition"], row["commune_code"]), ground
            )
        )
    return _compile(compiled, tuple(listed), forms, compiled.edition_on(known))


def _choose_province(province: str | None, register: Register, hamlets: pd.DataFrame) -> str:
    """Return the province for which a gazetteer is compiled."""
    if province in set(register.province_rows["code"]):
        return str(province)
    return find_province(register, hamlets) or default_province()


def gazetteer_from_hamlets(hamlets: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of a gazetteer, from table `hamlets` or `accepted_hamlets`.

    Parameters
    ----------
    hamlets : hamlet_id, kind, name, commune_code, edition, former_names (split by `|`). Hamlets without a
        commune or a name are left out, since no address can name them.
    """
    known = hamlets["name"].notna() & hamlets["commune_code"].notna() & hamlets["edition"].notna()
    kept = pd.DataFrame(hamlets.loc[known, list(COLUMNS[:5])])
    former = hamlets.get("former_names", pd.Series("", index=hamlets.index, dtype="str"))
    return kept.assign(aliases=former[known].fillna("").astype("str")).reset_index(drop=True)


def _find_main_kinds(hamlets: Iterable[Hamlet]) -> dict[tuple[str, str], frozenset[str]]:
    """Return by commune the kinds that are no part of a hamlet: the usual ones, and the commonest there."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for hamlet in hamlets:
        kinds.setdefault(hamlet.commune, []).append(hamlet.kind)
    return {
        commune: (MAIN | {max(sorted(set(own)), key=own.count)}) - _SILENT
        for commune, own in kinds.items()
    }


def _compile(
    register: AddressRegister,
    hamlets: tuple[Hamlet, ...],
    forms: list[tuple[str, Name]],
    edition: str,
) -> Gazetteer:
    """Return the gazetteer of hamlets and their names."""
    communes: dict[tuple[str, str], Index] = {}
    everywhere: Index = {}
    for key, name in forms:
        communes.setdefault(hamlets[name.hamlet].commune, {}).setdefault(key, []).append(name)
        everywhere.setdefault(key, []).append(name)
    by_atom: dict[str, list[tuple[str, str]]] = {}
    for commune, ground in {h.commune: h.atoms for h in hamlets}.items():
        for atom in ground:
            by_atom.setdefault(atom, []).append(commune)
    prefixes: dict[tuple[str, str], dict[str, set[int]]] = {}
    for at, shorter in _find_prefixes(forms).items():
        for key in shorter:
            prefixes.setdefault(hamlets[at].commune, {}).setdefault(key, set()).add(at)
    known = {key for key in everywhere if len(key) > 3} | {name.tone for _, name in forms}
    own = {
        key
        for key, name in forms
        if name.rank != 1 and key == "".join(name.bare) and not key.isdigit()
    }
    heads = {name.bare[0] for _, name in forms if len(name.bare) > 1} & OUTSIDE_HEADS
    lexicon = Lexicon(
        names=frozenset(known | register.names),
        units=register.names,
        heads=register.heads | heads,
        hamlets=frozenset(own),
        initials=frozenset(
            name for name in register.districts if len(name) == _INITIALS and not name.isdigit()
        ),
        stems=_list_stems(name for _, name in forms),
        words=register.words.union(KIND_WORDS, *(name.tones for _, name in forms)),
    )
    return Gazetteer(
        register=register,
        hamlets=hamlets,
        edition=edition,
        communes=communes,
        by_atom=by_atom,
        everywhere=everywhere,
        prefixes=prefixes,
        lexicon=lexicon,
        main=_find_main_kinds(hamlets),
    )
