"""What a stage depends on, each thing with its hash: the same hashes make the same result."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from phusong.pipeline.run_context import ABSENT, BESIDE, RunContext, strip_credits
from phusong.pipeline.stage import Stage
from phusong.store import StageRecord
from phusong.store.manifest import hash_file, hash_value


def list_parts(stage: Stage, run: RunContext) -> dict[str, str]:
    """List what a stage depends on, each with its hash; what it only may need included.

    Parameters
    ----------
    stage : of the flow.
    run : what the run is made with, and its results so far.
    """
    parts = {f"code {room}": hash_room(room) for room in (*stage.rooms, find_module(stage))}
    parts |= {f"parameters {group}": run.hash_group(group) for group in stage.parameters}
    parts |= {
        name_head(entry): hash_value(run.head(entry))
        for entry in (*stage.head, *stage.head_if_needed)
    }
    for kind in stage.sources:
        parts |= _list_sources(kind, run)
    parts |= {name: BESIDE[name](run) for name in stage.beside}
    for name in (*(f"tables/{t}.parquet" for t in stage.reads), *stage.files):
        path = run.commit.path_of(Path(name))
        parts[name] = hash_file(path) if path.exists() else ABSENT
    return parts


def select_parts(parts: dict[str, str], stage: Stage, needed: set[str]) -> dict[str, str]:
    """Return what a stage depends on without what it may need and did not.

    Parameters
    ----------
    parts : from `list_parts`.
    stage : of the flow.
    needed : names of parts that its run asked for, or that are recorded of it.
    """
    spared = {name_head(entry) for entry in stage.head_if_needed} - needed
    return {name: value for name, value in parts.items() if name not in spared}


def compare_parts(parts: dict[str, str], stage: Stage, record: StageRecord | None) -> list[str]:
    """Return the names of what has changed since a stage ran; everything where it never did.

    Parameters
    ----------
    parts : from `list_parts`, as things are now.
    stage : of the flow.
    record : of its last run, or None.
    """
    known = record.parts if record else {}
    now = select_parts(parts, stage, set(known)) if record else parts
    return sorted(name for name in {*now, *known} if now.get(name) != known.get(name))


def name_head(entry: str) -> str:
    """Return what a part is called that is an entry of the head of the province file."""
    return f"province {entry}"


def _list_sources(kind: str, run: RunContext) -> dict[str, str]:
    """List what the province file says of the files of a kind, in their order, and each file."""
    sources = run.province.sources(kind)
    stated = [strip_credits(s).model_dump(mode="json") for s in sources]
    return {f"sources {kind}": hash_value(stated)} | {
        f"source {s.file}": run.hash_source(s.file) for s in sources
    }


def find_module(stage: Stage) -> str:
    """Find the module in which the work of a stage is written, as a path inside the package."""
    return f"pipeline/{stage.work.module}.py"


def hash_room(room: str) -> str:
    """Return the hash of the code and data of one package, or of one module."""
    folder = Path(str(resources.files("phusong"))) / room
    if folder.is_file():
        return hash_file(folder)
    files = sorted(
        p for p in folder.rglob("*") if p.is_file() and p.suffix not in {".pyc", ".nbi", ".nbc"}
    )
    return hash_value([(p.relative_to(folder).as_posix(), hash_file(p)) for p in files])
