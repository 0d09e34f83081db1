"""Pupils who were erased at somebody's request: known by keyed marks, so that no later run brings them back.

A mark is the keyed hash of what a record is known by: its numbers, or name, birth, school and guardians
together. Beside these stand a mark of the name, under which rows that the intake turned away are masked, and
one of name and year of birth, as lists of poor households write their members. Neither name, birth date nor
pseudonym can be read from them. The file lies beside the province file, since results can be made again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from phusong.persons.entries import MEMBER
from phusong.persons.identities import list_identities
from phusong.persons.keys import ERASED, NO_LINK, OWNER_ONLY, hash_identities
from phusong.persons.numbers import read_text
from phusong.persons.traits import fold_names
from phusong.vocabulary.errors import SourceFault

FOLDER_FILE = "{stem}_erased.jsonl"
#: What stands in the place of a cell that told of an erased pupil.
MASK = "(đã xóa · erased)"
_SEPARATOR = "\x1f"
#: Columns of turned-away rows that are ours and not the file's.
_KEPT = ("row", "reasons")


@dataclass(frozen=True)
class Erasure:
    """Hold one erasure.

    Parameters
    ----------
    number : its place in the file, from 1.
    at : when, ISO with time zone.
    who : role and account of whoever did it; never a name.
    why : the reason, such as the number of the request.
    marks : keyed hashes, see `list_marks`.
    """

    number: int
    at: str
    who: str
    why: str
    marks: tuple[str, ...]


def find_erasures(province_file: Path) -> Path:
    """Return where the erasures lie beside a province file; the file need not be there.

    Parameters
    ----------
    province_file : the province file.
    """
    return province_file.parent / FOLDER_FILE.format(stem=province_file.stem)


def read_erasures(path: Path) -> list[Erasure]:
    """Return the erasures, oldest first.

    Parameters
    ----------
    path : from `find_erasures`.

    Raises
    ------
    SourceFault
        If a line is none of ours: who was erased would come back.
    """
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_read_line(line, path, row) for row, line in enumerate(lines, start=1)]


def _read_line(line: str, path: Path, row: int) -> Erasure:
    """Return the erasure of one line."""
    try:
        parts = json.loads(line)
        return Erasure(**{**parts, "marks": tuple(parts["marks"])})
    except (KeyError, TypeError, ValueError) as error:
        cure = "take the file back from the last copy; erased pupils would come back without it"
        what = "this line is no erasure"
        raise SourceFault(what, file=str(path), row=row, cure=cure) from error


def add_erasure(path: Path, *, at: str, who: str, why: str, marks: Iterable[str]) -> Erasure:
    """Add an erasure to the file, which its owner alone can read, and return it with its number.

    Parameters
    ----------
    path : from `find_erasures`.
    at, who, why, marks : see `Erasure`.
    """
    made = Erasure(len(read_erasures(path)) + 1, at, who, why, tuple(sorted(set(marks))))
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | NO_LINK, OWNER_ONLY)
    with os.fdopen(handle, "a", encoding="utf-8") as stream:
        stream.write(json.dumps(asdict(made), ensure_ascii=False) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    return made


def read_marks(path: Path) -> frozenset[str]:
    """Return the marks of everybody who was ever erased.

    Parameters
    ----------
    path : from `find_erasures`.
    """
    return frozenset(mark for erasure in read_erasures(path) for mark in erasure.marks)


def list_marks(records: pd.DataFrame, record_ids: set[str], *, key: bytes) -> list[str]:
    """Return the marks of one pupil: what their records are known by, and nobody else's are.

    Parameters
    ----------
    records : all accepted_students.
    record_ids : of the pupil.
    key : from `keys.open_key`.

    Raises
    ------
    SourceFault
        If another record is known by the very same, so that no run could tell the two apart.
    """
    table = records.reset_index(drop=True)
    own = table["record_id"].isin(record_ids)
    texts: set[str] = set()
    for part in list_identities(table):
        texts |= set(part[own & (part != "")]) - set(part[~own])
    if not texts:
        cure = "let the school give the pupil a number of their own, and deliver and run again"
        raise SourceFault("another pupil is listed under the very same name and number", cure=cure)
    names = fold_names(table.loc[own, "full_name"])
    years = table.loc[own, "birth_date"].dt.strftime("%Y").fillna("")
    members = {_join_member(n, y) for n, y in zip(names, years, strict=True)}
    return _hash([*texts, *map(_join_name, set(names)), *members], key)


def drop_records(records: pd.DataFrame, marks: frozenset[str], *, key: bytes) -> pd.DataFrame:
    """Return records without those of erased pupils.

    Parameters
    ----------
    records : accepted_students.
    marks : from `read_marks`.
    key : from `keys.open_key`.
    """
    if not marks or records.empty:
        return records
    hit = pd.Series(data=False, index=records.index)
    for part in list_identities(records):
        hit |= _is_marked(part, marks, key) & (part != "")
    return records[~hit].reset_index(drop=True)


def mask_members(entries: pd.DataFrame, marks: frozenset[str], *, key: bytes) -> pd.DataFrame:
    """Return the list of poor households without erased pupils among its members.

    Parameters
    ----------
    entries : accepted_poverty.
    marks, key : see `drop_records`.
    """
    if not marks or entries.empty:
        return entries
    listed = read_text(entries["members"]).str.split("|").explode()
    parts = listed.str.extract(MEMBER)
    names = fold_names(parts["name"])
    joined = names + _SEPARATOR + parts["year"].fillna("")
    hit = _is_marked("member" + _SEPARATOR + joined, marks, key) & (names != "")
    left = listed[~hit].groupby(level=0).agg("|".join).reindex(entries.index)
    changed = hit.groupby(level=0).any()
    return entries.assign(members=entries["members"].mask(changed, left))


def mask_rows(rows: pd.DataFrame, marks: frozenset[str], *, key: bytes) -> pd.DataFrame:
    """Return rows that were turned away, with nothing but number and reasons of those with an erased name.

    A namesake's row is masked too: it stands in the office's own file under its number.

    Parameters
    ----------
    rows : from `intake.quarantine.show_rows`: row, reasons, and the cells as they came.
    marks, key : see `drop_records`.
    """
    if not marks or rows.empty:
        return rows
    cells = [c for c in rows.columns if c not in _KEPT and rows[c].dtype in ("object", "str")]
    hit = pd.Series(data=False, index=rows.index)
    for column in cells:
        names = fold_names(rows[column].astype("str").where(rows[column].notna(), ""))
        hit |= _is_marked("name" + _SEPARATOR + names, marks, key) & (names != "")
    masked = rows.astype({c: "object" for c in rows.columns if c not in _KEPT})
    masked.loc[hit, [c for c in rows.columns if c not in _KEPT]] = MASK
    return masked if hit.any() else rows


def _is_marked(texts: pd.Series, marks: frozenset[str], key: bytes) -> pd.Series:
    """Return which texts have one of the marks."""
    unique = texts.unique()
    known = dict(zip(unique, _hash(unique, key), strict=True))
    return texts.map(lambda text: known[text] in marks).astype(bool)


def _hash(texts: Iterable[str], key: bytes) -> list[str]:
    """Return the marks of texts, in their order."""
    return hash_identities(key, ERASED, texts)


def _join_name(name: str) -> str:
    """Return the text of a folded name alone."""
    return f"name{_SEPARATOR}{name}"


def _join_member(name: str, year: str) -> str:
    """Return the text of a member of a household."""
    return f"member{_SEPARATOR}{name}{_SEPARATOR}{year}"
