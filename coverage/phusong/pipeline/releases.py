"""The release register: what was published of the pupils, on which day, under which number.

It lies beside the province file: whatever folder the results go to, readers keep what they were given.
Nothing in it changes. A release is a folder of its own that takes its place at once: `table.parquet` is what
was published, `reference.parquet` the true counts against which the next one is made; for the owner alone.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from phusong.store.manifest import hash_file
from phusong.vocabulary.errors import SourceFault
from phusong.vocabulary.pupils import Audience

if TYPE_CHECKING:
    from phusong.views.disclosure import Rounded

FOLDER = "{stem}_releases"
TABLE, REFERENCE, HEAD = "table.parquet", "reference.parquet", "release.json"
OWNER_FOLDER = 0o700


@dataclass(frozen=True)
class Release:
    """Hold one act of publishing.

    Parameters
    ----------
    number : 1, 2, …, for each audience.
    day : of the figures, ISO.
    k : the smallest group of pupils that it tells [pupils].
    rounded : what was published, and what the next release is made against.
    figures : beside the table: name → what was published; `figure_reference` → the true counts.
    published_at : when, ISO with time zone.
    """

    number: int
    day: str
    k: int
    rounded: Rounded
    figures: dict[str, int] = field(default_factory=dict)
    figure_reference: dict[str, int] = field(default_factory=dict)
    published_at: str = ""


def releases_path(province_file: Path) -> Path:
    """Return where the releases of a province lie.

    Parameters
    ----------
    province_file : the province file.
    """
    return province_file.with_name(FOLDER.format(stem=province_file.stem))


def list_numbers(register: Path, audience: Audience) -> list[int]:
    """Return the numbers of the releases to an audience, in order.

    Parameters
    ----------
    register : from `releases_path`; there may be none yet.
    audience : whom they were made for.
    """
    return sorted(int(p.name.rsplit("-", 1)[1]) for p in register.glob(f"{audience}-[0-9]*"))


def read_last(register: Path, audience: Audience) -> Release | None:
    """Return the last release to an audience; None where there is none.

    Parameters
    ----------
    register, audience : as `list_numbers` takes them.

    Raises
    ------
    SourceFault
        If it is damaged: what was published must be known before anything more is.
    """
    numbers = list_numbers(register, audience)
    if not numbers:
        return None
    place = _place(register, audience, numbers[-1])
    try:
        head: dict[str, Any] = json.loads((place / HEAD).read_text(encoding="utf-8"))
        hashes = head.pop("hashes")
        if any(hash_file(place / name) != hashes[name] for name in (TABLE, REFERENCE)):
            raise ValueError("not the file that was written")
        from phusong.views.disclosure import Rounded  # noqa: PLC0415  (loads solvers)

        rounded = Rounded(pd.read_parquet(place / TABLE), pd.read_parquet(place / REFERENCE))
        return Release(**head, rounded=rounded)
    except (OSError, ValueError, KeyError, TypeError) as error:
        cure = "take the folder of releases back from the last copy"
        raise SourceFault(
            f"this release is damaged ({error})", file=str(place), cure=cure
        ) from error


def add_release(register: Path, audience: Audience, release: Release) -> Release:
    """Add a release under the next number, and return it with its number and time.

    Parameters
    ----------
    register, audience : as `list_numbers` takes them.
    release : made against the last one; its own number says which that was: the one before.

    Raises
    ------
    SourceFault
        If somebody else has published meanwhile, or the register cannot be written.
    """
    at = datetime.now(UTC).isoformat(timespec="seconds")
    place = _place(register, audience, release.number)
    with _refuse_failures(place):
        register.mkdir(mode=OWNER_FOLDER, exist_ok=True)
        draft = register / f".{place.name}.{os.getpid()}"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=OWNER_FOLDER)
        release.rounded.table.to_parquet(draft / TABLE, index=False)
        release.rounded.reference.to_parquet(draft / REFERENCE, index=False)
        head = {k: v for k, v in vars(release).items() if k != "rounded"} | {"published_at": at}
        head["hashes"] = {name: hash_file(draft / name) for name in (TABLE, REFERENCE)}
        (draft / HEAD).write_text(json.dumps(head, indent=1) + "\n", encoding="utf-8")
        for path in (*draft.iterdir(), draft):
            _flush(path)
        draft.rename(place)
        _flush(register)
    return Release(**{**vars(release), "published_at": at})


def drop_earlier(register: Path, audience: Audience) -> None:
    """Drop all releases to an audience but the last: nobody asks again for what offices saw before.

    Parameters
    ----------
    register, audience : as `list_numbers` takes them.
    """
    for number in list_numbers(register, audience)[:-1]:
        shutil.rmtree(_place(register, audience, number), ignore_errors=True)


def _place(register: Path, audience: Audience, number: int) -> Path:
    """Return where a release lies."""
    return register / f"{audience}-{number:04d}"


@contextmanager
def _refuse_failures(place: Path) -> Iterator[None]:
    """Turn what the system refuses into a fault that says what to do."""
    try:
        yield
    except OSError as error:
        cure = "let its owner write there, free space, or wait for the other run, then run again"
        raise SourceFault(
            f"nothing was published: {error.strerror}", file=str(place), cure=cure
        ) from error


def _flush(path: Path) -> None:
    """Wait until the disk holds a file or folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
