"""Run what is stale: compare each stage's key with the manifest, do the work, commit all at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from phusong import __version__
from phusong.intake.veiling import VEILED
from phusong.persons.keys import open_key
from phusong.pipeline.bench import PERSONAL_FOLDER, QUARANTINE_FOLDER, Bench
from phusong.pipeline.challenges import hash_checks
from phusong.pipeline.deliveries import check_deliveries, find_deliveries
from phusong.pipeline.province import read_province
from phusong.pipeline.settings import merge_overlays
from phusong.pipeline.stages import STAGES, Stage
from phusong.store import Commit, Manifest, StageRecord, read_manifest, write_manifest
from phusong.store.manifest import hash_file, hash_value
from phusong.vocabulary.parameters import load_parameters, load_scenario

#: Called with a stage before it runs, and with whether it is fresh.
Listener = Callable[[Stage, bool], None]


@dataclass(frozen=True)
class Outcome:
    """Say what a run did.

    Parameters
    ----------
    folder : output folder.
    ran, fresh : names of the stages that were run, and that were not needed.
    seconds : how long it all took [s].
    """

    folder: Path
    ran: list[str]
    fresh: list[str]
    seconds: float


def run_province(
    path: Path,
    folder: Path,
    *,
    scenario: str = "",
    as_of: date | None = None,
    listener: Listener | None = None,
) -> Outcome:
    """Run every stale stage of a province and put the results in place at once.

    Parameters
    ----------
    path : province file.
    folder : output folder.
    scenario : name of a packaged scenario, or empty.
    as_of : the day the question is asked, instead of the province file's.
    listener : told of each stage.

    Raises
    ------
    ParameterFault, SourceFault, NeedsAnswer
        If the province file or a source is refused; the previous results stay as they were.
    """
    started = time.perf_counter()
    bench = _lay_bench(path, folder, scenario, as_of)
    if any(bench.province.sources(kind) for kind in ("students", *VEILED)):
        open_key(bench.key_path)
    bench.commit.begin()
    before = read_manifest(folder) or Manifest()
    after = _begin_manifest(bench, path, scenario)
    ran: list[str] = []
    fresh: list[str] = []
    for stage in STAGES:
        parts = list_parts(stage, bench)
        old = before.stages.get(stage.name)
        is_fresh = old is not None and old.key == hash_value(parts) and _is_whole(bench, old)
        if listener:
            listener(stage, is_fresh)
        after.stages[stage.name] = old if old and is_fresh else _do(stage, bench, parts)
        (fresh if is_fresh else ran).append(stage.name)
    write_manifest(after, bench.commit.staging)
    bench.commit.complete(_outdated(before, after, bench))
    return Outcome(folder, ran, fresh, time.perf_counter() - started)


def stale_parts(
    path: Path, folder: Path, *, scenario: str = "", as_of: date | None = None
) -> dict[str, list[str]]:
    """Return, for each stage, what has changed since it last ran; an empty list means fresh.

    A stage whose tables come from a stale stage is itself listed with that stage's name.
    """
    bench = _lay_bench(path, folder, scenario, as_of)
    before = read_manifest(folder) or Manifest()
    changed: dict[str, list[str]] = {}
    for stage in STAGES:
        old = before.stages.get(stage.name)
        parts = list_parts(stage, bench)
        known = old.parts if old else {}
        names = sorted(k for k in {*parts, *known} if parts.get(k) != known.get(k))
        above = [s.name for s in STAGES if changed.get(s.name) and stage.follows(s)]
        changed[stage.name] = names + [f"stage {n}" for n in above]
    return changed


def _lay_bench(path: Path, folder: Path, scenario: str, as_of: date | None) -> Bench:
    """Return the bench of a province, with its overlays in force."""
    province = read_province(path)
    check_deliveries(find_deliveries(path))
    if as_of:
        head = province.province.model_copy(update={"as_of": as_of})
        province = province.model_copy(update={"province": head})
    overlay = merge_overlays(
        province.parameters, load_scenario(scenario)["change"] if scenario else {}
    )
    return Bench(province, path.parent, load_parameters(overlay), scenario, Commit(folder), path)


def list_parts(stage: Stage, bench: Bench) -> dict[str, str]:
    """Return what a stage depends on, each with its hash."""
    parts = {f"code {room}": hash_room(room) for room in stage.rooms}
    parts |= {f"parameters {g}": _hash_group(bench, g) for g in stage.parameters}
    parts["province"] = hash_value(_head_facts(bench, stage))
    for kind in stage.sources:
        for source in bench.province.sources(kind):
            told = source.model_dump(mode="json")
            parts[f"source {source.file}#{hash_value(told)[:8]}"] = _hash_source(
                bench.raw / source.file
            )
    for name in stage.beside:
        parts[name] = _hash_beside(name, bench)
    for name in (*(f"tables/{t}.parquet" for t in stage.reads), *stage.files):
        path = bench.commit.path_of(Path(name))
        parts[name] = hash_file(path) if path.exists() else "absent"
    return parts


def _hash_beside(name: str, bench: Bench) -> str:
    """Return the hash of what lies beside the sources: policy, key, decisions, what was found on the spot."""
    if name == "policy":
        return hash_value(bench.province.pupils.policy)
    if name == "checks":
        return hash_checks(bench.checks())
    path = {"key": bench.key_path, "decisions": bench.decisions_path}[name]
    return hash_file(path) if path.exists() else "absent"


def hash_room(room: str) -> str:
    """Return the hash of the code and data of one package."""
    folder = Path(str(resources.files("phusong"))) / room
    files = sorted(
        p for p in folder.rglob("*") if p.is_file() and p.suffix not in {".pyc", ".nbi", ".nbc"}
    )
    return hash_value([(p.relative_to(folder).as_posix(), hash_file(p)) for p in files])


def _head_facts(bench: Bench, stage: Stage) -> Any:
    """Return what of the province's head a stage may depend on; the map shows all of it."""
    head = bench.province.province.model_dump(mode="json")
    shown = stage.extras and not stage.sources
    return (
        [head, bench.scenario, [s.model_dump(mode="json") for s in bench.province.source]]
        if shown
        else head
    )


def _hash_group(bench: Bench, group: str) -> str:
    return hash_value(getattr(bench.parameters, group).model_dump(mode="json"))


def _hash_source(path: Path) -> str:
    """Return the hash of a source with its companions, since a shapefile is several files."""
    companions = sorted(p for p in path.parent.glob(f"{path.stem}.*") if p.is_file())
    return hash_value([(p.name, hash_file(p)) for p in companions])


def _is_whole(bench: Bench, record: StageRecord) -> bool:
    """Return whether everything the stage made is still there."""
    return all(bench.commit.path_of(Path(name)).exists() for name in record.outputs)


def _do(stage: Stage, bench: Bench, parts: dict[str, str]) -> StageRecord:
    """Run a stage and record it."""
    started = time.perf_counter()
    stage.work(bench)
    made = [f"tables/{t}.parquet" for t in stage.writes] + list(stage.extras)
    outputs = {
        n: _count_rows(bench.commit.staging / n)
        for n in made
        if (bench.commit.staging / n).exists()
    }
    seconds = round(time.perf_counter() - started, 3)
    return StageRecord(
        hash_value(parts), parts, outputs, seconds, datetime.now(UTC).isoformat(timespec="seconds")
    )


def _count_rows(path: Path) -> int:
    """Return the rows of a table; 1 for any other file."""
    return pq.read_metadata(path).num_rows if path.suffix == ".parquet" else 1


def _begin_manifest(bench: Bench, path: Path, scenario: str) -> Manifest:
    """Return the manifest of this run, without its stages."""
    groups = {name: _hash_group(bench, name) for name in type(bench.parameters).model_fields}
    inputs = {s.file: _hash_source(bench.raw / s.file) for s in bench.province.source}
    as_of = bench.province.province.as_of.isoformat()
    return Manifest(__version__, str(path), scenario, as_of, inputs, groups)


def _outdated(before: Manifest, after: Manifest, bench: Bench) -> list[str]:
    """Return the files that the previous run made and this one no longer does."""
    made = {n for r in after.stages.values() for n in r.outputs}
    old = {n for r in before.stages.values() for n in r.outputs} - made
    rerun = {
        k
        for s in STAGES
        for k in s.sources
        if after.stages[s.name] is not before.stages.get(s.name)
    }
    lists = {
        f"{place}/{p.name}"
        for place in (QUARANTINE_FOLDER, f"{PERSONAL_FOLDER}/{QUARANTINE_FOLDER}")
        for k in rerun
        for p in (bench.commit.folder / place).glob(f"{k}_*.csv")
    }
    staged = {n for n in old | lists if (bench.commit.staging / n).exists()}
    return sorted((old | lists) - staged)
