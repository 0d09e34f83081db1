"""The personal store: tables that name persons, in a folder that nobody but its owner can enter.

The folder has mode 0700, its files 0600; a table takes its place at once. Every look by a person is one
line of a log that only grows. Who was erased is known by marks alone that lie beside the province file; see
`persons.erasure`.
"""

from __future__ import annotations

import io
import json
import os
import re
import stat
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd

from phusong.persons.keys import KNOWS_MODES, NO_LINK, OTHERS, OWNER_ONLY
from phusong.vocabulary.errors import SourceFault

LOOKS_NAME = "looks.jsonl"
OWNER_FOLDER = 0o700
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Look:
    """Hold one line of the log: somebody has looked at a table.

    Parameters
    ----------
    at : when, ISO.
    who : role of the person; never a name.
    why : for what purpose.
    table : what was looked at.
    rows : how many rows were shown [rows].
    """

    at: str
    who: str
    why: str
    table: str
    rows: int


class Vault:
    """Keep tables that name persons.

    Parameters
    ----------
    folder : where they lie; made closed when the first table is written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, frame: pd.DataFrame) -> Path:
        """Write a table, which takes its place at once, and return its file.

        Raises
        ------
        SourceFault
            If others may enter the folder.
        """
        path = self._path_of(name)
        self._open_folder()
        content = io.BytesIO()
        frame.to_parquet(content, index=False)
        _write_at_once(path, content.getvalue())
        return path

    def read(
        self,
        name: str,
        *,
        of: Collection[str] | None = None,
        columns: Sequence[str] | None = None,
    ) -> pd.DataFrame:
        """Return a table for the program's own work; what a person is shown goes through `look`.

        Parameters
        ----------
        name : of the table.
        of : pseudonyms of the only pupils whose rows are read; None: of all.
        columns : the only columns that are read; None: all.

        Raises
        ------
        SourceFault
            If there is no such table, or others may enter the folder or read the file.
        """
        path = self._path_of(name)
        if not path.exists():
            cure = "deliver pupils and run the province first"
            raise SourceFault("there is no such personal table", file=str(path), cure=cure)
        self._check_folder()
        _check_file(path)
        rows = None if of is None else [("student_key", "in", list(of))]
        return pd.read_parquet(path, filters=rows, columns=columns and list(columns))

    def look(self, name: str, *, who: str, why: str, when: datetime) -> pd.DataFrame:
        """Return a table that a person will see; the log has it before they do."""
        frame = self.read(name)
        self.log_look(who=who, why=why, table=name, rows=len(frame), when=when)
        return frame

    def log_look(self, *, who: str, why: str, table: str, rows: int, when: datetime) -> Look:
        """Add a look to the log.

        Parameters
        ----------
        who : role of the person.
        why : for what purpose; neither may be empty.
        table : what is looked at.
        rows : how many rows are shown [rows].
        when : time of the look.

        Raises
        ------
        SourceFault
            If who or why is empty, or others may enter the folder.
        """
        if not who.strip() or not why.strip():
            cure = "say in which role and for what purpose"
            raise SourceFault("nobody looks at pupils' names without a reason", cure=cure)
        look = Look(when.isoformat(timespec="seconds"), who, why, table, rows)
        self._open_folder()
        try:
            _add_line(self.folder / LOOKS_NAME, json.dumps(asdict(look), ensure_ascii=False))
        except OSError as error:
            what = f"a look at pupils' names cannot be logged here ({error.strerror})"
            cure = "look where the results can be written"
            raise SourceFault(what, file=str(self.folder), cure=cure) from error
        return look

    def list_looks(self) -> list[Look]:
        """Return the log, oldest first; nothing where nobody has looked."""
        return [Look(**json.loads(line)) for line in self._lines(LOOKS_NAME)]

    def open_room(self, name: str) -> Path:
        """Return a folder inside the store, for files that are no tables; as closed as the store itself.

        Raises
        ------
        SourceFault
            If others may enter the store.
        """
        self._open_folder()
        room = self.folder / name
        room.mkdir(mode=OWNER_FOLDER, exist_ok=True)
        return room

    def tables(self) -> list[str]:
        """Return the names of the tables kept."""
        return sorted(path.stem for path in self.folder.glob("*.parquet"))

    def erase(self, keys: Iterable[str], *, who: str, why: str, when: datetime) -> dict[str, int]:
        """Take pupils out of every table, with all records they were made of.

        Parameters
        ----------
        keys : pseudonyms of the pupils.
        who, why, when : for the log, which has how many rows went and not whose.

        Returns
        -------
        table → rows taken out [rows]; tables that lost none are left as they were.
        """
        gone, used = set(keys), {}
        frames = {name: self.read(name) for name in self.tables()}
        record_ids = _records_of(frames, gone)
        for name, frame in frames.items():
            hit = _is_theirs(frame, gone, record_ids)
            if hit.any():
                self.write(name, frame[~hit].reset_index(drop=True))
                used[name] = int(hit.sum())
                self.log_look(who=who, why=why, table=name, rows=used[name], when=when)
        return used

    def _lines(self, name: str) -> list[str]:
        """Return the lines of a log."""
        path = self.folder / name
        if not path.exists():
            return []
        self._check_folder()
        _check_file(path)
        return path.read_text(encoding="utf-8").splitlines()

    def _path_of(self, name: str) -> Path:
        """Return the file of a table."""
        if not _NAME.fullmatch(name):
            raise SourceFault(f"“{name}” cannot be the name of a personal table")
        return self.folder / f"{name}.parquet"

    def _open_folder(self) -> None:
        """Make the folder if it is not there; refuse it if others may enter it."""
        if not self.folder.is_symlink() and not self.folder.exists():
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            self.folder.mkdir(mode=OWNER_FOLDER)
        self._check_folder()

    def _check_folder(self) -> None:
        """Refuse a folder that is a link, is somebody else's, or that others may enter."""
        status = self.folder.lstat()
        if not stat.S_ISDIR(status.st_mode):
            cure = "put a folder there, not a link to one"
            raise SourceFault("the personal store is no folder", file=str(self.folder), cure=cure)
        if not KNOWS_MODES:
            return
        if status.st_uid != os.geteuid():
            what = "the personal store belongs to somebody else"
            raise SourceFault(what, file=str(self.folder), cure="run as its owner")
        if status.st_mode & OTHERS:
            cure = f"close it: chmod 700 {self.folder.name}"
            raise SourceFault(
                "others may enter the personal store", file=str(self.folder), cure=cure
            )


def _records_of(frames: dict[str, pd.DataFrame], keys: set[str]) -> set[str]:
    """Return the ids of the records that pupils were made of."""
    merged = [f for f in frames.values() if {"student_key", "record_ids"} <= set(f.columns)]
    theirs = [f.loc[f["student_key"].isin(keys), "record_ids"] for f in merged]
    return {record for ids in theirs for text in ids for record in text.split("|")}


def _is_theirs(frame: pd.DataFrame, keys: set[str], record_ids: set[str]) -> pd.Series:
    """Return which rows are about the pupils."""
    hit = pd.Series(data=False, index=frame.index)
    if "student_key" in frame:
        hit |= frame["student_key"].isin(keys)
    if "record_id" in frame:
        hit |= frame["record_id"].isin(record_ids)
    return hit


def _write_at_once(path: Path, content: bytes) -> None:
    """Write a file that its owner alone can read; until it is whole, the old one stands."""
    draft = path.with_suffix(".part")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK, OWNER_ONLY)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)


def _add_line(path: Path, line: str) -> None:
    """Add a line to a file that its owner alone can read; all of it or, on a full disk, nothing."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | NO_LINK
    with os.fdopen(os.open(path, flags, OWNER_ONLY), "ab", buffering=0) as stream:
        content, written = (line + "\n").encode(), 0
        try:
            while written < len(content):
                written += stream.write(content[written:])
            os.fsync(stream.fileno())
        except OSError:
            _take_back(stream, written)
            raise


def _take_back(stream: io.FileIO, written: int) -> None:
    """Take what was just written off the end of a file, unless somebody else has added to it since."""
    end = stream.tell()
    if written and os.fstat(stream.fileno()).st_size == end:
        stream.truncate(end - written)


def _check_file(path: Path) -> None:
    """Refuse a file that is a link, or that others may read."""
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        raise SourceFault("this is no plain file", file=str(path), cure="run the province again")
    if KNOWS_MODES and status.st_mode & OTHERS:
        cure = f"close it: chmod 600 {path.name}"
        raise SourceFault("others may read a personal table", file=str(path), cure=cure)
