"""``run``, ``status``, ``explain``."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from phusong.cli.options import ProvinceFile
from phusong.cli.output import write_json
from phusong.cli.progress import show_progress
from phusong.pipeline.damage import find_damage
from phusong.pipeline.explanation import explain_row, explain_table
from phusong.pipeline.plan_shelf import list_plans
from phusong.pipeline.run import Outcome, run_province, stale_parts
from phusong.pipeline.run_comparison import describe_runs
from phusong.pipeline.settings import find_province_file, read_settings
from phusong.pipeline.stages import STAGES
from phusong.store import read_manifest
from phusong.views.labels import tell
from phusong.views.plan_labels import KeptLine
from phusong.views.run_summary import history_lines, outcome_lines
from phusong.views.summary import list_rate_lines, summary_lines
from phusong.vocabulary.errors import ParameterFault

Language = Annotated[str, typer.Option("--language", help="vi or en: the language of the summary")]
Json = Annotated[
    Path | None,
    typer.Option("--json", help="also write the summary here, for machines; - for the screen"),
]
Out = Annotated[Path | None, typer.Option("--out", help="output folder")]
RESULTS = Path("data/processed")


def run(
    province: Annotated[Path, typer.Argument(help="the province file", metavar="PROVINCE.toml")],
    out: Out = None,
    scenario: Annotated[str, typer.Option(help="name of a packaged scenario")] = "",
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="the day the question is asked")
    ] = None,
    publish: Annotated[
        bool, typer.Option("--publish", help="make the counts of pupils the next release")
    ] = False,
    language: Language = "vi",
    json_file: Json = None,
) -> None:
    """Run what is stale of a province: from its sources to tables, summary and map."""
    folder = out or RESULTS / province.stem
    _run_and_tell(province, folder, scenario, as_of, language, json_file, publish=publish)


def status(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="output folder")],
    compare: Annotated[
        tuple[int, int] | None, typer.Option(metavar="RUN RUN", help="compare two runs by number")
    ] = None,
    province: ProvinceFile = None,
    language: Language = "vi",
    json_file: Json = None,
) -> None:
    """Say what is fresh, what is stale, and why; and what changed from the run before to the last one."""
    check_language(language)
    _, _, manifest = read_settings(folder)
    plans = list_plans(folder)
    as_of = date.fromisoformat(manifest.as_of)
    runs = describe_runs(folder, *(compare or ()))
    try:
        path = find_province_file(folder, province)
        changed = stale_parts(path, folder, scenario=manifest.scenario, as_of=as_of)
        for name, parts in changed.items():
            verdict = f"stale: {', '.join(parts)}" if parts else "fresh"
            print(f"{name:24} {verdict}")
        _tell_damage(path)
    finally:  # plans and runs are told from the results alone, also where the province file is gone
        for name, parts in plans.items():
            again = f"phusong plan rollout {folder} --name {name}"
            verdict = f"stale: {', '.join(parts)} → plan again: {again}" if parts else "fresh"
            print(f"plan {name:19} {verdict}")
        print("\n" + "\n".join(history_lines(runs, language, hamlets=compare is not None)))
        _print_rates(folder, language)
    write_json(json_file, {"stages": changed, "plans": plans, **runs})


def _print_rates(folder: Path, language: str) -> None:
    """Print the rates on the former and on the present list of hamlets, where hamlets changed."""
    path = folder / "summary.json"
    if path.is_file():
        lines = list_rate_lines(json.loads(path.read_text(encoding="utf-8")), language)
        if lines:
            print("\n" + "\n".join(lines))


def _tell_damage(province_file: Path) -> None:
    """Print what of the decisions, reports and deliveries beside a province file cannot be read."""
    for path, damage in find_damage(province_file):
        print(f"{path}: {damage}")


def explain(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="output folder")],
    table: Annotated[str, typer.Argument(help="name of a table")],
    key: Annotated[str | None, typer.Argument(help="one row: its key, or a hamlet's name")] = None,
) -> None:
    """Say where a table, or one row, comes from: sources, evidence, rules, parameters."""
    for line in explain_row(folder, table, key) if key else explain_table(folder, table):
        print(line)


def _run_and_tell(
    province: Path,
    folder: Path,
    scenario: str,
    as_of: datetime | None,
    language: str,
    json_file: Path | None,
    *,
    publish: bool = False,
) -> None:
    """Run a province, then print the summary and where things are."""
    check_language(language)
    day = as_of.date() if as_of else None
    changed = stale_parts(province, folder, scenario=scenario, as_of=day)
    known = recall_seconds(folder)
    forced = {stage.name for stage in STAGES if publish and "releases" in stage.beside}
    steps = [stage for stage in STAGES if changed[stage.name] or stage.name in forced]
    with show_progress(steps, known=known, language=language) as begin:
        outcome = run_province(
            province, folder, scenario=scenario, as_of=day, publish=publish, listener=begin
        )
    print_outcome(outcome, language, json_file)


def recall_seconds(folder: Path) -> dict[str, float]:
    """Return how long each stage took when it last ran in a folder, by name [s]; nothing for a new one."""
    before = read_manifest(folder)
    return {name: record.seconds for name, record in before.stages.items()} if before else {}


def print_outcome(outcome: Outcome, language: str, json_file: Path | None) -> None:
    """Print the summary of a run and where things are."""
    summary = json.loads((outcome.folder / "summary.json").read_text(encoding="utf-8"))
    for line in summary_lines(summary, language):
        print(line)
    _tell_places(outcome, language)
    write_json(json_file, summary)


def check_language(language: str) -> None:
    """Check that a language is one of ours."""
    if language not in ("vi", "en"):
        raise ParameterFault(f"--language {language}: choose vi or en")


def _tell_places(outcome: Outcome, language: str) -> None:
    """Print how much was run, what it changed, and where the results are."""
    print("\n" + "\n".join(outcome_lines(vars(outcome), describe_runs(outcome.folder), language)))
    old = [name for name, parts in list_plans(outcome.folder).items() if parts]
    if old:
        print(tell(KeptLine.RUN_OUTDATED, language, names=", ".join(old)))
        for name in old:
            print("  " + tell(KeptLine.AGAIN, language, name=name))
    for name in ("map.html", "summary.json", "tables", "quarantine"):
        print(f"  {outcome.folder / name}")
