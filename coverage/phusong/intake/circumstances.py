"""What a household has and lacks: poverty, hardships, device, connection."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable
from phusong.intake.people import tidy_cells
from phusong.intake.pupil_words import (
    BOARDER_NO,
    BOARDER_YES,
    CONNECTION_PIECES,
    DEVICE_WORDS,
    HARDSHIP_PIECES,
    KIND_PIECES,
    MAJORITY,
    POVERTY_PIECES,
    POVERTY_WORDS,
)
from phusong.intake.values import BLANKS, parse_flag, read_flags
from phusong.intake.words import word_key
from phusong.vietnamese.keys import base_key, normalise
from phusong.vocabulary.pupils import Hardship, HomeConnection, HomeDevice, Poverty
from phusong.vocabulary.terms import Severity, Term

T = TypeVar("T", bound=Term)

#: Whose a device or a connection is that is not the home's own: what outsiders let use, what a relative has.
_OUTSIDE = (
    "nhờ", "mượn", "hàng xóm", "kế bên", "bên cạnh", "liền kề", "trường", "quán", "công cộng", "nhà văn hóa",
    "ủy ban", "ubnd", "trưởng thôn", "của bạn", "nhà bạn", "bạn bè", "của thầy", "thầy cô", "cô giáo",
    "giáo viên", "người quen", "người khác", "của bà con", "nhà bà con",
)  # fmt: skip
#: Without its marks “nhờ” is “small” as well.
_PLAIN = {"nho": ("dung nho", "bat nho", "xai nho", "wifi nho", "mang nho", "nho wifi", "di nho")}
_PERSONS = (
    "bố", "mẹ", "cha", "ba", "má", "bu", "phụ huynh", "ông", "bà", "anh", "chị", "em trai", "em gái",
    "cô", "chú", "bác", "dì", "cậu", "mợ", "thím", "người thân", "người nhà",
)  # fmt: skip


@dataclass(frozen=True)
class Owners:
    """Know by which words a cell says that a thing is somebody else's, with their marks and without.

    Parameters
    ----------
    marked, plain : patterns for text with marks, and for text that is typed without.
    """

    marked: re.Pattern[str]
    plain: re.Pattern[str]

    def find(self, text: str) -> bool:
        """Return whether a text names such an owner."""
        pattern = self.plain if text.isascii() else self.marked
        return pattern.search(normalise(text).casefold()) is not None


def _know_owners(template: str, words: tuple[str, ...]) -> Owners:
    """Return what knows owners by a pattern over their words."""
    plain = tuple(key for word in words for key in _PLAIN.get(base_key(word), (base_key(word),)))
    marked, bare = (
        template.format("|".join(sorted(w, key=len, reverse=True))) for w in (words, plain)
    )
    return Owners(re.compile(marked), re.compile(bare))


OUTSIDERS = _know_owners(r"\b(?:{})\b", _OUTSIDE)
RELATIVES = _know_owners(
    r"\b(?:của|cua|điện thoại|dien thoai|đt|dt|3g|4g|5g|sim|nhà|nha)\s+(?:{})\b", _PERSONS
)
#: Columns of crosses and the hardship that each stands for.
MARKS = {
    "orphan": Hardship.ORPHAN_ONE,
    "orphan_both": Hardship.ORPHAN_BOTH,
    "covid_orphan": Hardship.COVID_ORPHAN,
    "disability": Hardship.DISABILITY,
    "meritorious": Hardship.MERITORIOUS,
}
#: Columns of words in which hardships are named.
WORDED = ("classes", "hardships", "disability_kind", *MARKS)


def find_pieces(text: str, pieces: tuple[tuple[str, T], ...]) -> list[T]:
    """Return the terms whose pieces a text holds; a piece found is taken out before the next is sought.

    The words of an accepted table, by |, mean themselves.
    """
    own = {str(term): term for term in type(pieces[0][1])}
    if all(part in own for part in text.split("|")):
        return [own[part] for part in text.split("|")]
    key, found = word_key(text), []
    for piece, term in pieces:
        if piece in key:
            key = key.replace(piece, "|")
            found.append(term)
    return list(dict.fromkeys(found))


def read_poverty(table: MatchedTable, findings: Findings) -> pd.Series:
    """Return the poverty that marks or words state; missing where nothing is said.

    In columns of crosses an empty cell says that the household is not on the list.

    Parameters
    ----------
    table : the raw table, matched.
    findings : notebook of this reading.
    """
    stated, described = table.cells("poverty"), table.cells("classes")
    described = stated.where(stated != "", described)
    poverty = described.map({text: parse_poverty(text) for text in described.unique()}).astype(
        "object"
    )
    for name, term in (("near_poor", Poverty.NEAR_POOR), ("poor", Poverty.POOR)):
        if table.has(name):
            marks = read_flags(table, name, findings, severity=Severity.WARNING)
            poverty = poverty.mask(marks.fillna(value=False).astype(bool), str(term))
            refused = (~marks).fillna(value=False).astype(bool)
            poverty = poverty.mask(poverty.isna() & refused, str(Poverty.NEITHER))
    return poverty


def parse_poverty(text: str) -> str | None:
    """Return how poor a household is by a word such as Hộ cận nghèo, HN, CN; None where it says nothing."""
    word = POVERTY_WORDS.get(word_key(text))
    return str(word) if word is not None else _first(find_pieces(text, POVERTY_PIECES))


def _first(terms: list[T]) -> str | None:
    """Return the first of some terms as text."""
    return str(terms[0]) if terms else None


def read_hardships(table: MatchedTable) -> pd.Series:
    """Return the hardships that marks and words state, in the order of the list, by `|`.

    Ethnicity is looked at for one thing only, whether it is a minority, and goes no further.

    Parameters
    ----------
    table : the raw table, matched.
    """
    held: dict[Hardship, pd.Series] = {}
    for name in WORDED:
        if not table.has(name):
            continue
        cells = table.cells(name)
        named = {t: frozenset(find_pieces(t, HARDSHIP_PIECES)) for t in cells.unique()}
        for term in dict.fromkeys(t for terms in named.values() for t in terms):
            _hold(held, term, cells.map({t: term in terms for t, terms in named.items()}))
        if name in MARKS:
            crossed = {t: parse_flag(t) is True for t in cells.unique()}
            _hold(held, MARKS[name], cells.map(crossed))
    if table.has("ethnicity") or table.has("ethnicity_code"):
        _hold(held, Hardship.MINORITY, _find_minority(table))
    return _spell_hardships(held, table.raw.frame.index)


def _hold(held: dict[Hardship, pd.Series], term: Hardship, rows: pd.Series) -> None:
    """Note in which rows a hardship is held."""
    holds = rows.astype(bool)
    held[term] = held[term] | holds if term in held else holds


def _find_minority(table: MatchedTable) -> pd.Series:
    """Return whose ethnicity is stated and is not the majority's."""
    name = "ethnicity" if table.has("ethnicity") else "ethnicity_code"
    cells = table.cells(name)
    return cells.map({t: word_key(t) not in MAJORITY and t not in BLANKS for t in cells.unique()})


def _spell_hardships(held: Mapping[Hardship, pd.Series], index: pd.Index) -> pd.Series:
    """Return the hardships of each row as words; the graver of two that say the same stands alone."""
    for graver, milder in (
        (Hardship.ORPHAN_BOTH, Hardship.ORPHAN_ONE),
        (Hardship.COVID_ORPHAN, Hardship.ORPHAN_ONE),
        (Hardship.SEVERE_DISABILITY, Hardship.DISABILITY),
    ):
        if graver in held and milder in held:
            held = {**held, milder: held[milder] & ~held[graver]}
    words = pd.Series("", index=index, dtype="str")
    for term in Hardship:
        if term in held:
            words = words.where(~held[term], words + f"|{term}")
    return words.str.removeprefix("|").astype("object").where(words != "", None)


def read_devices(table: MatchedTable, findings: Findings) -> pd.DataFrame:
    """Return device (own, shared, none), device_kind and device_sharers; missing where nothing is said.

    Parameters
    ----------
    table : the raw table, matched.
    findings : notebook of this reading.
    """
    cells = table.cells("device")
    device = cells.map({t: parse_device(t) for t in cells.unique()}).astype("object")
    if "(x)" in table.heading("device").lower():
        device = device.mask(cells == "", str(HomeDevice.NONE))
    wrong = device.isna() & ~cells.isin([*BLANKS, "?"])
    table.fault(findings, "not_a_device", "device", wrong, severity=Severity.WARNING)
    kinds = table.cells("device_kind")
    kind = kinds.map({t: _first(find_pieces(t, KIND_PIECES)) for t in kinds.unique()})
    kind = kind.astype("object").fillna(
        cells.map({t: _first(find_pieces(t, KIND_PIECES)) for t in cells.unique()})
    )
    digits = table.cells("device_sharers").str.extract(r"([0-9]{1,2})")[0]
    sharers = pd.to_numeric(digits).astype("Int64").where(lambda n: n.between(1, 50))
    whose = kinds.map({t: parse_device(t) if find_owner(t) else None for t in kinds.unique()})
    device = device.fillna(whose.astype("object"))
    device = device.fillna(kind.notna().map({True: str(HomeDevice.OWN), False: None}))
    kind = kind.mask(device == HomeDevice.NONE, None)
    for name in ("device", "device_kind"):
        _warn_borrowed(table, name, "not_own_device", findings)
    device = _mark_shared(table, device, sharers, findings)
    return pd.DataFrame({"device": device, "device_kind": kind, "device_sharers": sharers})


def _mark_shared(
    table: MatchedTable, device: pd.Series, sharers: pd.Series, findings: Findings
) -> pd.Series:
    """Return devices with those that other columns call shared, or absent."""
    owned = device == HomeDevice.OWN
    shared = (sharers > 1).fillna(value=False).astype(bool)
    if table.has("device_shared"):
        flags = read_flags(table, "device_shared", findings, severity=Severity.WARNING)
        marked = flags.fillna(value=False).astype(bool)
        shared |= marked
        device = device.mask(device.isna() & marked, str(HomeDevice.SHARED))
    if table.has("no_device"):
        flags = read_flags(table, "no_device", findings, severity=Severity.WARNING)
        device = device.mask(flags.fillna(value=False).astype(bool), str(HomeDevice.NONE))
    return device.mask(owned & shared, str(HomeDevice.SHARED))


def parse_device(text: str) -> str | None:
    """Return what a cell says of a device at home: what is borrowed is none, a relative's is shared."""
    owner = find_owner(text)
    if owner is not None and not word_key(text).startswith(("khong", "chua")):
        return str(HomeDevice.NONE if owner is OUTSIDERS else HomeDevice.SHARED)
    word = DEVICE_WORDS.get(word_key(text))
    if word is not None:
        return str(word)
    flag = parse_flag(text)
    if flag is not None:
        return str(HomeDevice.OWN if flag else HomeDevice.NONE)
    key = word_key(text)
    if key.startswith(("khong", "chua", "thieu")):
        return str(HomeDevice.NONE)
    if "chung" in key:
        return str(HomeDevice.SHARED)
    return str(HomeDevice.OWN) if find_pieces(text, KIND_PIECES) or key.startswith("co") else None


def read_connections(table: MatchedTable, findings: Findings) -> pd.Series:
    """Return how the home is connected; missing where nothing is said.

    Parameters
    ----------
    table : the raw table, matched.
    findings : notebook of this reading.
    """
    cells = table.cells("connection")
    found = cells.map({t: parse_connection(t) for t in cells.unique()}).astype("object")
    wrong = found.isna() & ~cells.isin([*BLANKS, "?"])
    table.fault(findings, "not_a_connection", "connection", wrong, severity=Severity.WARNING)
    _warn_borrowed(table, "connection", "not_own_connection", findings)
    return found


def _warn_borrowed(table: MatchedTable, name: str, rule: str, findings: Findings) -> None:
    """Warn of cells that state what is somebody else's, by what each is taken as."""
    cells = table.cells(name)
    for others in (OUTSIDERS, RELATIVES):
        rows = cells.map({t: find_owner(t) is others for t in cells.unique()}).astype(bool)
        device = HomeDevice.NONE if others is OUTSIDERS else HomeDevice.SHARED
        described = {"as_vi": device.vi, "as_en": device.en} if rule == "not_own_device" else {}
        table.fault(findings, rule, name, rows, severity=Severity.WARNING, **described)


def find_owner(text: str) -> Owners | None:
    """Return whose a thing is that is not the pupil's home's own: outsiders', relatives'; None where its own.

    Parameters
    ----------
    text : a cell that states a device or a connection.
    """
    return next((others for others in (OUTSIDERS, RELATIVES) if others.find(text)), None)


def parse_connection(text: str) -> str | None:
    """Return what a cell says of a connection at home; the best where it names several.

    What outsiders let use is none of the home's; what a relative has is a connection of no stated kind.
    """
    key, owner = word_key(text), find_owner(text)
    if owner is not None and not key.startswith(("khong", "chua")):
        return str(HomeConnection.NONE if owner is OUTSIDERS else HomeConnection.UNSPECIFIED)
    pieces = find_pieces(text, CONNECTION_PIECES)
    if pieces and not key.startswith(("khong", "chua")):
        return str(pieces[0])
    flag = parse_flag(text)
    if flag is not None:
        return str(HomeConnection.UNSPECIFIED if flag else HomeConnection.NONE)
    if key.startswith(("khong", "chua")):
        return str(HomeConnection.NONE)
    return str(HomeConnection.UNSPECIFIED) if key.startswith(("co", "internet")) else None


def read_boarders(table: MatchedTable) -> pd.Series:
    """Return who boards; missing where nothing is said."""
    cells = table.cells("boarder")
    known: dict[str, bool | None] = {}
    for text in cells.unique():
        key = word_key(text)
        flag = True if key in BOARDER_YES else False if key in BOARDER_NO else parse_flag(text)
        known[text] = flag
    return cells.map(known).astype("boolean")


def read_consents(table: MatchedTable, findings: Findings) -> pd.Series:
    """Return who has consented: a date or a yes; missing where nothing is said."""
    cells = tidy_cells(table, "consent", findings).fillna("").astype("str")
    known: dict[str, bool | None] = {}
    for text in cells.unique():
        flag = parse_flag(text)
        dated = any(character.isdigit() for character in text) and len(text) > 1
        known[text] = flag if flag is not None else (True if dated else None)
    return cells.map(known).astype("boolean")
