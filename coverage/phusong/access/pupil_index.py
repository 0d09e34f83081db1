"""The pupils of a run as one table in memory: without names, without poverty, read once for each run.

It is what lists are made of. No page reads the file of all pupils anew, and what tells of a pupil's poverty
or hardship is never in it: `read_pupil` fetches that one row, after the scope has been checked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from phusong.store import read_rows, table_path
from phusong.vocabulary.errors import SourceFault
from phusong.vocabulary.schema import empty_table
from phusong.vocabulary.tables.pupils import STUDENTS

#: What lists show or are filtered by. The household is known by its pseudonym and leaves with no list.
KEYS = ("student_key", "household_key")
CODES = (
    "level", "school_id", "hamlet_id", "commune_code", "hamlet_class", "device", "connection", "identity",
    "match_status", "tier", "policy",
)  # fmt: skip
PLAIN = (
    "rank", "grade", "device_adequate", "connection_adequate", "eligible", "device_needed", "as_of",
)  # fmt: skip
_LOCK = Lock()


@dataclass(frozen=True, eq=False)
class PupilIndex:
    """Hold the pupils of a run.

    Parameters
    ----------
    pupils : columns `KEYS`, `CODES` (categorical) and `PLAIN`, beside them `row`, the place in the file; by
        rank, then those without one. The index runs from 0.
    folder : output folder.
    """

    pupils: pd.DataFrame
    folder: Path

    @property
    def ranked(self) -> int:
        """Return how many pupils have a rank; they stand first [pupils]."""
        return int(self.pupils["rank"].count())

    def find_keys(self, keys: Iterable[str]) -> np.ndarray:
        """Return the position of each pseudonym in the order asked, −1 for one that is not there [rows]."""
        asked = pa.array(list(keys), pa.large_string())
        known = pa.array(self.pupils["student_key"], pa.large_string())
        found = pc.index_in(asked, value_set=known).fill_null(-1)
        return np.asarray(found, dtype=np.int64)

    def find_prefix(self, text: str) -> np.ndarray:
        """Return the positions of the pseudonyms that begin with a text, of none for an empty one [rows]."""
        if not text:
            return np.empty(0, dtype=np.int64)
        return np.flatnonzero(self.pupils["student_key"].str.startswith(text).to_numpy(dtype=bool))

    def read_pupil(self, position: int) -> pd.Series:
        """Return the whole row of table `students` of one pupil, from the file.

        Raises
        ------
        SourceFault
            If the file has been replaced since the index was read.
        """
        student = self.pupils.iloc[position]
        rows = read_rows(self.folder, STUDENTS.name, [int(student["row"])])
        if len(rows) != 1 or rows["student_key"].iloc[0] != student["student_key"]:
            path = table_path(self.folder, STUDENTS.name)
            cure = "open the page again"
            raise SourceFault("the results have just been replaced", file=path.name, cure=cure)
        return rows.iloc[0]


def load_pupil_index(folder: Path) -> PupilIndex:
    """Return the pupils of a run, read when they are first asked for and again when their file changes.

    Parameters
    ----------
    folder : output folder.
    """
    path = table_path(folder, STUDENTS.name)
    if not path.exists():
        return PupilIndex(_conform(empty_table(STUDENTS)), folder)
    status = path.stat()
    with _LOCK:  # many visitors after a run wait for one reading
        return _read(folder, (status.st_ino, status.st_mtime_ns, status.st_size))


@lru_cache(maxsize=2)
def _read(folder: Path, identity: tuple[int, ...]) -> PupilIndex:  # noqa: ARG001
    """Return the pupils; `identity` of the file makes the cache forget when it is another."""
    names = [*KEYS, *CODES, *PLAIN]
    path = table_path(folder, STUDENTS.name)
    table = pq.read_table(path, columns=names, read_dictionary=list(CODES))
    return PupilIndex(_conform(table.to_pandas()), folder)


def _conform(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows by rank, each with its place in the file, codes as categories."""
    known = frame[[*KEYS, *CODES, *PLAIN]]
    known = known.astype(dict.fromkeys(CODES, "category")).assign(row=np.arange(len(frame)))
    return known.sort_values("rank", kind="stable", na_position="last", ignore_index=True)


def write_codes(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of a table in memory with their categories as plain text, counted from 0.

    Parameters
    ----------
    rows : some of them.
    """
    codes = rows.select_dtypes("category").columns
    return rows.astype(dict.fromkeys(codes, "str")).reset_index(drop=True)
