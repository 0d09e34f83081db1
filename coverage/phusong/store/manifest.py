"""The manifest of an output folder: what went in, by hash, and when each stage ran."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

MANIFEST_NAME = "manifest.json"


@dataclass
class StageRecord:
    """Record one stage as it last ran.

    Parameters
    ----------
    key : hash of everything the stage depends on.
    parts : name → hash of each thing that went into the key, so that staleness can be explained.
    outputs : table or file → rows written.
    seconds : how long it took [s].
    ran_at : when, ISO with time zone.
    counts : what the stage counted that qualifies its results, such as paths over unknown ground.
    """

    key: str
    parts: dict[str, str]
    outputs: dict[str, int]
    seconds: float
    ran_at: str
    counts: dict[str, int] = field(default_factory=dict)


@dataclass
class Manifest:
    """Hold the manifest.

    Parameters
    ----------
    version : version of phusong.
    province_file : where the province file was: relative to the manifest if it lies in its folder or beside
        it, else absolute. Raw sources lie where the province file says, relative to itself. In a manifest
        without `province_text`, of an earlier version: as the user gave it.
    scenario : name of the scenario, or empty.
    as_of : the day the question was asked, ISO.
    inputs : source file → sha256.
    parameters : group → sha256 of its values.
    stages : stage → record.
    province_text : the province file as the run read it, so that the results need no other file.
    province_sha256 : of the province file.
    province_origin : absolute path of the province file at the time of the run.
    units_text : the province's own list of units as the run read it; empty: it has none.
    living_files : key, decisions, challenges, deliveries → where they were, as in `province_file`; those
        that were there.
    offices : the province's own file of offices as the run read it; empty where it has none.
    """

    version: str = ""
    province_file: str = ""
    scenario: str = ""
    as_of: str = ""
    inputs: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)
    stages: dict[str, StageRecord] = field(default_factory=dict)
    province_text: str = ""
    province_sha256: str = ""
    province_origin: str = ""
    units_text: str = ""
    living_files: dict[str, str] = field(default_factory=dict)
    offices: dict[str, Any] = field(default_factory=dict)


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of an output folder, or None where there is none."""
    path = folder / MANIFEST_NAME
    if not path.exists():
        return None
    data = json.loads(path.read_text(encoding="utf-8"))
    stages = {name: StageRecord(**record) for name, record in data.pop("stages").items()}
    return Manifest(**data, stages=stages)


def write_manifest(manifest: Manifest, folder: Path) -> Path:
    """Write the manifest of an output folder."""
    path = folder / MANIFEST_NAME
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def name_place(path: Path, folder: Path) -> str:
    """Return a path as a manifest keeps it: relative if it lies in the folder or beside it, else absolute.

    Parameters
    ----------
    path : of a file or folder.
    folder : output folder.
    """
    absolute, home = path.resolve(), folder.resolve()
    if absolute.is_relative_to(home.parent):
        return Path(os.path.relpath(absolute, home)).as_posix()
    return str(absolute)


def hash_file(path: Path) -> str:
    """Return the sha256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def hash_value(value: Any) -> str:
    """Return the sha256 of anything that JSON can write, dates as text."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
