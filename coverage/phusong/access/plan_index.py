"""What the plan of devices does for each pupil, as one table in memory, read once for each plan."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from threading import Lock

import pandas as pd
import pyarrow.parquet as pq

from phusong.access.pupil_index import PupilIndex, load_pupil_index
from phusong.store import table_path
from phusong.vocabulary.schema import empty_table
from phusong.vocabulary.tables.results import DEVICES

#: What lists show or proposals need; the codes become categories.
CODES = (
    "outcome", "lot_id", "device_kind", "package_id", "kit", "tier", "level", "reason", "policy",
)  # fmt: skip
PLAIN = ("student_key", "rank")
PLACES = ["school_id", "hamlet_id", "commune_code"]
_LOCK = Lock()


def load_plan_index(folder: Path) -> pd.DataFrame:
    """Return the plan by rank, with the places of its pupils; empty where nothing was planned.

    Parameters
    ----------
    folder : output folder.

    Returns
    -------
    columns `CODES`, `PLAIN` and `PLACES`; the index runs from 0. It is shared: not to be changed.
    """
    path, pupils = table_path(folder, DEVICES.name), load_pupil_index(folder)
    if not path.exists():
        return _join(empty_table(DEVICES)[[*PLAIN, *CODES]], pupils)
    status = path.stat()
    with _LOCK:
        return _read(pupils, (status.st_ino, status.st_mtime_ns, status.st_size))


@lru_cache(maxsize=2)
def _read(pupils: PupilIndex, identity: tuple[int, ...]) -> pd.DataFrame:  # noqa: ARG001
    """Return the plan; `identity` of its file makes the cache forget when it is another."""
    path = table_path(pupils.folder, DEVICES.name)
    table = pq.read_table(path, columns=[*PLAIN, *CODES], read_dictionary=list(CODES))
    return _join(table.to_pandas(), pupils)


def _join(plan: pd.DataFrame, pupils: PupilIndex) -> pd.DataFrame:
    """Return a plan by rank, with the places of its pupils; none for a pupil whom the run does not have."""
    coded = plan.astype(dict.fromkeys(CODES, "category"))
    coded = coded.sort_values("rank", kind="stable", na_position="last", ignore_index=True)
    places = pupils.pupils[PLACES].reindex(pupils.find_keys(coded["student_key"]))
    return coded.join(places.reset_index(drop=True))
