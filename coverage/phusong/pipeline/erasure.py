"""Erase a pupil at somebody's request: out of the personal store, every result and every later run.

The book keeps its lines, in which the pupil is a pseudonym that nobody can trace any more, and so does the
log of who looked at what. The files that the offices keep and deliver are theirs to correct; they are named.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd

from phusong.ledger.privacy import refuse_numbers
from phusong.persons.erasure import (
    add_erasure,
    find_erasures,
    list_marks,
    mask_members,
    mask_rows,
)
from phusong.persons.keys import open_key
from phusong.persons.vault import LOOKS_NAME, Vault
from phusong.pipeline.result_files import PERSONAL_FOLDER, PLACED, PUPILS, QUARANTINE_FOLDER
from phusong.pipeline.settings import find_living, find_province_file, read_settings
from phusong.store import (
    has_table,
    read_manifest,
    read_table,
    write_manifest,
    write_table,
)
from phusong.store.folder_lock import hold_folder
from phusong.vocabulary.book import LEDGER_NAME
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.tables.persons import PERSONAL
from phusong.vocabulary.tables.pupils import CLOSED

#: Columns of results in which a pseudonym stands.
KEY_COLUMNS = ("student_key", "left_key", "right_key")
#: What keeps its lines: the book, the register with its log, and the log of the personal store.
KEEPING = (LEDGER_NAME, "phusong.access", LOOKS_NAME)


@dataclass(frozen=True)
class Erased:
    """Say what was erased.

    Parameters
    ----------
    number : of the erasure, in the file beside the province file.
    rows : table → rows taken out [rows].
    files : derived files that held the pseudonym and are gone until they are made anew.
    sources : files of offices that the pupil's records came from, which still hold them.
    """

    number: int
    rows: dict[str, int]
    files: list[str]
    sources: list[str]


def erase_pupil(
    folder: Path,
    student_key: str,
    *,
    who: str,
    why: str,
    now: datetime,
    province_file: Path | None = None,
) -> Erased:
    """Take a pupil out of everything that a run has made, and keep them out of every later run.

    Parameters
    ----------
    folder : output folder.
    student_key : whole pseudonym.
    who : role of whoever does it.
    why : the reason, such as the number of the request; nobody's name or number.
    now : time of the erasure.
    province_file : where the province file lies now, if it was moved; None: where the run left it.

    Raises
    ------
    ParameterFault
        If there is no such pupil, or who or why is empty.
    LedgerFault
        If the reason holds somebody's number.
    SourceFault
        If another pupil is listed under the very same name and number.
    """
    if not who.strip() or not why.strip():
        raise ParameterFault("a pupil is erased with --by (a role, not a name) and --why")
    refuse_numbers(why)
    read_settings(folder)  # a folder without results is refused before anything is left in it
    with hold_folder(folder, "phusong erase"):
        return _erase_held(
            folder, student_key, who=who, why=why, now=now, province_file=province_file
        )


def _erase_held(
    folder: Path,
    student_key: str,
    *,
    who: str,
    why: str,
    now: datetime,
    province_file: Path | None,
) -> Erased:
    """Erase a pupil in a folder that nobody else writes in."""
    path = find_province_file(folder, province_file)
    key = open_key(find_living(folder, "key", path))
    vault = Vault(folder / PERSONAL_FOLDER)
    record_ids = _find_records(vault, student_key)
    marks = list_marks(vault.read(PERSONAL["students"].name), record_ids, key=key)
    made = add_erasure(
        find_erasures(path), at=now.isoformat(timespec="seconds"), who=who, why=why, marks=marks
    )
    rows = vault.erase([student_key], who=who, why=f"erasure {made.number}", when=now)
    _mask_personal(vault, frozenset(marks), key)
    rows |= _erase_results(folder, student_key)
    _update_manifest(folder, rows)
    sources = sorted({record.rsplit(":", 1)[0] for record in record_ids})
    return Erased(made.number, rows, _erase_files(folder, student_key), sources)


def _find_records(vault: Vault, student_key: str) -> set[str]:
    """Return the ids of the records that a pupil was made of."""
    pupils = vault.read(PUPILS)
    found = pupils.loc[pupils["student_key"] == student_key, "record_ids"]
    if found.empty:
        raise ParameterFault("there is no such pupil → give the whole pseudonym, hs-…")
    return set(str(found.iloc[0]).split("|"))


def _mask_personal(vault: Vault, marks: frozenset[str], key: bytes) -> None:
    """Take a pupil out of the lists of poor households, and out of the rows that were turned away."""
    for name in {PERSONAL["poverty"].name, PLACED["poverty"]} & set(vault.tables()):
        vault.write(name, mask_members(vault.read(name), marks, key=key))
    place = vault.folder / QUARANTINE_FOLDER
    for path in sorted(place.glob("*.csv")) if place.exists() else []:
        turned = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
        masked = mask_rows(turned, marks, key=key)
        if masked is not turned:
            path.write_text("\ufeff" + masked.to_csv(index=False), encoding="utf-8")


def _erase_results(folder: Path, student_key: str) -> dict[str, int]:
    """Take a pupil out of the tables that tell of single pupils, and return how many rows each lost."""
    lost: dict[str, int] = {}
    for name in sorted(CLOSED):
        table = read_table(folder, name) if has_table(folder, name) else pd.DataFrame()
        named = [c for c in KEY_COLUMNS if c in table]
        hit = table[named].eq(student_key).any(axis=1) if named else pd.Series(dtype="bool")
        if hit.any():
            write_table(pd.DataFrame(table[~hit]).reset_index(drop=True), name, folder)
            lost[name] = int(hit.sum())
    return lost


def _update_manifest(folder: Path, lost: dict[str, int]) -> None:
    """Bring the manifest's counts of rows to what the tables hold now, so that kept answers are let go."""
    manifest = read_manifest(folder)
    if manifest is None:
        return
    for record in manifest.stages.values():
        for name in record.outputs:
            record.outputs[name] -= lost.get(Path(name).stem, 0)
    write_manifest(manifest, folder)


def _erase_files(folder: Path, student_key: str) -> list[str]:
    """Erase derived files that hold the pseudonym, such as lists of an allocation, and return their names."""
    gone = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()):
        keeps = any(path.name.startswith(name) for name in KEEPING)
        if not keeps and path.suffix != ".parquet" and _names(path, student_key.encode()):
            path.unlink()
            gone.append(path.relative_to(folder).as_posix())
    return gone


def _names(path: Path, key: bytes) -> bool:
    """Return whether a file holds a pseudonym; a workbook is looked through inside."""
    if not zipfile.is_zipfile(path):
        return key in path.read_bytes()
    with zipfile.ZipFile(path) as parts:
        return any(key in parts.read(name) for name in parts.namelist())
