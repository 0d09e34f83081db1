"""Addresses by the table: each different one is read once, repaired where it must be, and answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Final

import pandas as pd

from phusong.places.addresses.cleaning import is_filling
from phusong.places.addresses.gazetteer import Gazetteer
from phusong.places.addresses.memory import hold_collector
from phusong.places.addresses.outcomes import Outcome
from phusong.places.addresses.reading import COLUMNS, Said, read_address, read_cells, says_nothing
from phusong.places.addresses.repairing import Texts, is_keyed, is_plain, list_repairs
from phusong.places.addresses.resolving import resolve_stated
from phusong.vietnamese import normalise
from phusong.vietnamese.keys import STROKED_D
from phusong.vocabulary.errors import TableFault

RESULT: Final = (
    "row_id", "status", "hamlet_id", "commune_code", "edition", "level", "flags", "candidates",
)  # fmt: skip
#: The better an outcome, the lower.
_WORTH: Final = {"MATCHED": 0, "COMMUNE_ONLY": 1, "CONFLICT": 2}
_CLEAR: Final = ("exact", "base", "number", "tone_typo", "commune")
_LOOK_ALIKES: Final = frozenset({chr(c) for c in range(0x370, 0x530)} | set(STROKED_D))
_LONGEST_WORD: Final = 10

Read = Callable[[Texts], Said]


def _solve(said: Said, gazetteer: Gazetteer, edition: str) -> Outcome:
    """Return what became of what an address says, remembered by its fields."""
    outcome, flags = resolve_stated(said, gazetteer, edition=edition), said.flags
    return outcome._replace(flags=outcome.flags + flags) if flags else outcome


def _is_better(outcome: Outcome, than: Outcome) -> bool:
    """Return whether a repaired reading says more than the reading before, by sure keys."""
    if outcome.status == "OUT_OF_PROVINCE":
        return _WORTH.get(than.status, 3) > _WORTH["CONFLICT"] and not than.candidates
    most = 1 if than.candidates else 2  # what may be one of some hamlets is no commune without one
    worth = _WORTH.get(outcome.status, 3)
    return worth < min(most, _WORTH.get(than.status, 3)) and outcome.level in _CLEAR


def _weigh(outcome: Outcome) -> tuple[int, int]:
    """Return how little an outcome says, and by how unsure a key."""
    level = _CLEAR.index(outcome.level) if outcome.level in _CLEAR else len(_CLEAR)
    return _WORTH.get(outcome.status, 3), level


def _answer(texts: Texts, gazetteer: Gazetteer, edition: str, read: Read) -> Outcome:
    """Return what became of an address, repaired where it is otherwise impossible."""
    outcome = _solve(read(texts), gazetteer, edition)
    tidy = _is_tidy(texts[0]) if len(texts) == 1 else all(map(_is_tidy, texts))
    if outcome.status == "MATCHED" and outcome.level in _CLEAR and (tidy or is_plain(texts)):
        return _note_writing(texts, outcome, tidy=tidy)
    plain = is_plain(texts) and not is_keyed(texts)
    best = outcome if plain else Outcome("AMBIGUOUS", flags=("unreadable",))
    readings = [
        (_solve(read(text), gazetteer, edition), flag)
        for flag, text in list_repairs(texts, gazetteer.lexicon.words, plain=plain)
    ]
    better = [reading for reading in readings if _is_better(reading[0], best)]
    if better:
        return _take_best(better)
    known = plain or outcome.level in _CLEAR
    return _note_writing(texts, outcome, tidy=tidy) if known else best


def _take_best(readings: Sequence[tuple[Outcome, str]]) -> Outcome:
    """Return the outcome that says most, with its reading's flag; none where two name other hamlets."""
    least = min(_weigh(outcome) for outcome, _ in readings)
    best = [(outcome, flag) for outcome, flag in readings if _weigh(outcome) == least]
    first, flag = best[0]
    named = tuple(sorted({outcome.hamlet for outcome, _ in best if outcome.hamlet is not None}))
    if len(named) > 1:
        return Outcome("AMBIGUOUS", flags=("several_hamlets", flag), candidates=named)
    return first._replace(flags=(*first.flags, flag))


def _is_tidy(text: str) -> bool:
    """Return whether a text is normalised as it stands, which tells that all its letters are Vietnamese."""
    return normalise(text) is text


def _note_writing(texts: Texts, outcome: Outcome, *, tidy: bool) -> Outcome:
    """Return an outcome that says where letters were look-alikes, or words stood without spaces."""
    flags = []
    if not tidy and not _LOOK_ALIKES.isdisjoint("".join(texts)):
        flags.append("lookalike")
    if len(texts[0]) > _LONGEST_WORD and " " not in texts[0].strip():
        flags.append("glued")
    return outcome._replace(flags=(*outcome.flags, *flags)) if flags else outcome


def _read_day(text: str) -> date | None:
    """Return the day that a text says in ISO form, or none."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def _read_edition(as_of: str, gazetteer: Gazetteer) -> str:
    """Return the edition that an address is read in first."""
    day = _read_day(as_of) if as_of else None
    return gazetteer.edition if day is None else gazetteer.register.edition_on(day.isoformat())


def _write(outcome: Outcome, gazetteer: Gazetteer, most: int | None) -> Texts:
    """Return an outcome as the cells of a result."""
    flags = "|".join(dict.fromkeys(outcome.flags))
    listed = outcome.candidates[:most]
    ids = "|".join([gazetteer.hamlets[h].hamlet_id for h in listed]) if listed else ""
    if outcome.hamlet is not None:
        hamlet = gazetteer.hamlets[outcome.hamlet]
        edition, code = hamlet.commune
        return outcome.status, hamlet.hamlet_id, code, edition, outcome.level, flags, ids
    codes = "|".join(dict.fromkeys(unit.code for unit in outcome.units))
    edition = outcome.units[0].edition if outcome.units else ""
    named = ids or (codes if "|" in codes else "")
    return outcome.status, "", codes, edition, outcome.level, flags, named


def _read_table(addresses: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of addresses as text, empty where one is missing.

    Raises
    ------
    TableFault
        If there is no row_id, or no column that holds an address.
    """
    if "row_id" not in addresses or not set(COLUMNS) & set(addresses.columns):
        raise TableFault("addresses", ["row_id and address (or hamlet, commune …) are needed"])
    columns = {}
    for name in (*COLUMNS, "as_of"):
        given = addresses[name] if name in addresses else pd.Series("", index=addresses.index)
        columns[name] = given.astype("object").where(given.notna(), "").astype("str")
    return pd.DataFrame(columns)


def _read_alone(cells: Texts, gazetteer: Gazetteer) -> Said:
    """Return what the only cell of an address says."""
    return read_address(cells[0], gazetteer)


def _is_filled_form(texts: Texts) -> bool:
    """Return whether a lone number, or a word that fills a form, stands where no commune does."""
    address, hamlet, commune, district, _ = texts
    return is_filling(hamlet) and all(map(is_filling, (address, commune, district)))


def _answer_row(row: Texts, gazetteer: Gazetteer, most: int | None) -> Texts:
    """Return the cells of a result for the cells of an address."""
    edition = _read_edition(row[-1], gazetteer)
    if any(row[1:-1]):
        texts = row[:-1]
        if all(map(says_nothing, texts, COLUMNS)) or _is_filled_form(texts):
            return _write(Outcome("EMPTY"), gazetteer, most)
        read = partial(read_cells, gazetteer=gazetteer)
    else:
        texts = row[:1]
        if is_filling(texts[0]):
            return _write(Outcome("EMPTY"), gazetteer, most)
        read = partial(_read_alone, gazetteer=gazetteer)
    return _write(_answer(texts, gazetteer, edition, read), gazetteer, most)


def match_addresses(
    addresses: pd.DataFrame, gazetteer: Gazetteer, *, most_candidates: int | None = None
) -> pd.DataFrame:
    """Return the hamlet of each address, or why there is none.

    Parameters
    ----------
    addresses : row_id, address; and where the source is columnar hamlet, commune, district, province, as_of
        (ISO day, which says the edition to read first).
    gazetteer : from `make_gazetteer`.
    most_candidates : how many hamlets a person is given to choose from; None for all.

    Returns
    -------
    row_id; status (MATCHED, AMBIGUOUS, COMMUNE_ONLY, OUT_OF_PROVINCE, EMPTY, CONFLICT); hamlet_id;
    commune_code and edition (of the hamlet; of the text where only the commune is known); level (the key
    that found it); flags and candidates, split by `|`.

    Raises
    ------
    TableFault
        If a column is missing.
    """
    table = _read_table(addresses)
    rows: Sequence[Texts] = list(zip(*(table[c].tolist() for c in table), strict=True))
    with hold_collector():
        answers = {row: _answer_row(row, gazetteer, most_candidates) for row in dict.fromkeys(rows)}
    cells = [answers[row] for row in rows]
    result = pd.DataFrame(cells, columns=list(RESULT[1:]), index=addresses.index, dtype="str")
    result.insert(0, "row_id", addresses["row_id"])
    return result
