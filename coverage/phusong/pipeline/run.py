"""Run what is stale: compare each stage's key with the manifest, do the work, commit all at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq

from phusong import __version__
from phusong.persons.keys import open_key
from phusong.pipeline.deliveries import check_deliveries, find_deliveries
from phusong.pipeline.history import find_recorded
from phusong.pipeline.province import read_province
from phusong.pipeline.result_files import PERSONAL_FOLDER, QUARANTINE_FOLDER
from phusong.pipeline.run_context import BESIDE, RunContext
from phusong.pipeline.settings import check_living, describe_province, merge_overlays
from phusong.pipeline.stage import Stage
from phusong.pipeline.stage_context import REGISTERS, StageContext
from phusong.pipeline.stages import STAGES
from phusong.pipeline.staleness import compare_parts, list_parts, name_head, select_parts
from phusong.store import Commit, Manifest, StageRecord, read_manifest, write_manifest
from phusong.store.folder_lock import hold_folder
from phusong.store.manifest import hash_value
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.operators import use_operators
from phusong.vocabulary.parameters import load_parameters, load_scenario
from phusong.vocabulary.pupils import Audience
from phusong.vocabulary.tables.accepted import VEILED

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
    recorded : number of this run in the history; 0 where it differs in nothing from the last one there.
    """

    folder: Path
    ran: list[str]
    fresh: list[str]
    seconds: float
    recorded: int = 0


def run_province(
    path: Path,
    folder: Path,
    *,
    scenario: str = "",
    as_of: date | None = None,
    publish: bool = False,
    listener: Listener | None = None,
) -> Outcome:
    """Run every stale stage of a province and put the results in place at once.

    Parameters
    ----------
    path : province file.
    folder : output folder.
    scenario : name of a packaged scenario, or empty.
    as_of : the day the question is asked, instead of the province file's.
    publish : whether the counts of pupils become the next release.
    listener : told of each stage.

    Raises
    ------
    ParameterFault, SourceFault, NeedsAnswer
        If the province file or a source is refused; the previous results stay as they were.
    FolderFault
        If another one writes in the folder, or a key, decisions or deliveries that were there are gone.
    """
    if publish and scenario:
        raise ParameterFault("a what-if is not published → publish the plain run, without scenario")
    started = time.perf_counter()
    context = _make_context(path, folder, scenario, as_of)
    context.publish = publish
    with hold_folder(folder, "phusong run"), use_operators(context.province.operators):
        ran, fresh = _run_stale(context, path, folder, scenario, listener)
        from phusong.pipeline.shown_plan import mark_outdated  # noqa: PLC0415  (loads what draws a map)

        mark_outdated(folder, redrawn="map" in ran)
        recorded = find_recorded(folder, context.moment)
    return Outcome(folder, ran, fresh, time.perf_counter() - started, recorded)


def _run_stale(
    context: RunContext, path: Path, folder: Path, scenario: str, listener: Listener | None
) -> tuple[list[str], list[str]]:
    """Run every stale stage in a folder that is held; return the names of those run and of those fresh."""
    context.commit.begin()
    before = read_manifest(folder) or Manifest()
    check_living(before, path, context.province)
    if any(context.province.sources(kind) for kind in ("students", *VEILED)):
        open_key(context.key_path)
    after = _begin_manifest(context, path, scenario)
    ran: list[str] = []
    fresh: list[str] = []
    for stage in STAGES:
        parts = list_parts(stage, context)
        old = before.stages.get(stage.name)
        is_fresh = (
            old is not None
            and not (context.publish and REGISTERS[Audience.PUBLIC] in stage.beside)
            and not compare_parts(parts, stage, old)
            and _is_whole(context, old)
        )
        if listener:
            listener(stage, is_fresh)
        after.stages[stage.name] = old if old and is_fresh else _do(stage, context, parts)
        (fresh if is_fresh else ran).append(stage.name)
    after.living_files = describe_province(path, context.province, folder)["living_files"]
    write_manifest(after, context.commit.staging)
    context.commit.complete(_outdated(before, after, context))
    return ran, fresh


def stale_parts(
    path: Path, folder: Path, *, scenario: str = "", as_of: date | None = None
) -> dict[str, list[str]]:
    """Return, for each stage, what has changed since it last ran; an empty list means fresh.

    A stage whose tables come from a stale stage is itself listed with that stage's name.
    """
    context = _make_context(path, folder, scenario, as_of)
    before = read_manifest(folder) or Manifest()
    changed: dict[str, list[str]] = {}
    for stage in STAGES:
        names = compare_parts(list_parts(stage, context), stage, before.stages.get(stage.name))
        above = [s.name for s in STAGES if changed.get(s.name) and stage.follows(s)]
        changed[stage.name] = names + [f"stage {n}" for n in above]
    return changed


def _make_context(path: Path, folder: Path, scenario: str, as_of: date | None) -> RunContext:
    """Make what a run is made with, with the overlays in force."""
    province = read_province(path)
    check_deliveries(find_deliveries(path))
    if as_of:
        head = province.province.model_copy(update={"as_of": as_of})
        province = province.model_copy(update={"province": head})
    overlay = merge_overlays(
        province.parameters, load_scenario(scenario)["change"] if scenario else {}
    )
    return RunContext(
        province,
        path.parent,
        load_parameters(overlay),
        scenario,
        Commit(folder),
        path,
        __version__,
        datetime.now(UTC),
    )


def _is_whole(context: RunContext, record: StageRecord) -> bool:
    """Return whether everything the stage made is still there."""
    return all(context.commit.path_of(Path(name)).exists() for name in record.outputs)


def _do(stage: Stage, run: RunContext, parts: dict[str, str]) -> StageRecord:
    """Run a stage and record it, with what it depends on."""
    started = time.perf_counter()
    context = StageContext(run, stage)
    stage.work(context)
    needed = {name_head(entry) for entry in context.accessed.get("head_if_needed", ())}
    kept = {name: BESIDE[name](run) for name in REGISTERS.values() if name in stage.beside}
    parts = select_parts(parts | kept, stage, needed)
    made = [f"tables/{t}.parquet" for t in stage.writes] + list(stage.extras)
    outputs = {
        n: _count_rows(run.commit.staging / n) for n in made if (run.commit.staging / n).exists()
    }
    seconds = round(time.perf_counter() - started, 3)
    ran_at = datetime.now(UTC).isoformat(timespec="seconds")
    return StageRecord(hash_value(parts), parts, outputs, seconds, ran_at, context.counts)


def _count_rows(path: Path) -> int:
    """Return the rows of a table; 1 for any other file."""
    return pq.read_metadata(path).num_rows if path.suffix == ".parquet" else 1


def _begin_manifest(context: RunContext, path: Path, scenario: str) -> Manifest:
    """Return the manifest of this run, without its stages."""
    groups = {name: context.hash_group(name) for name in type(context.parameters).model_fields}
    inputs = {file: context.hash_source(file) for file in context.list_files()}
    as_of = context.province.province.as_of.isoformat()
    return Manifest(
        version=__version__,
        scenario=scenario,
        as_of=as_of,
        inputs=inputs,
        parameters=groups,
        **describe_province(path, context.province, context.commit.folder),
    )


def _outdated(before: Manifest, after: Manifest, context: RunContext) -> list[str]:
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
        for p in (context.commit.folder / place).glob(f"{k}_*.csv")
    }
    staged = {n for n in old | lists if (context.commit.staging / n).exists()}
    return sorted((old | lists) - staged)
