"""``demo``, ``run``, ``status``, ``explain``."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from phusong.cli.output import write_json
from phusong.cli.progress import show_progress
from phusong.pipeline.demonstration import CLOSES_ON, keep_book
from phusong.pipeline.devices import read_plan
from phusong.pipeline.explanation import explain_row, explain_table
from phusong.pipeline.plan_shelf import PLAN_FOLDER, list_plans
from phusong.pipeline.planning import Money
from phusong.pipeline.reports.writing import write_reports
from phusong.pipeline.rollout import plan_province
from phusong.pipeline.run import Outcome, run_province, stale_parts
from phusong.pipeline.settings import read_settings
from phusong.simulate.province import SIZES, simulate_province, write_province
from phusong.views.device_summary import device_lines
from phusong.views.plan_summary import plan_lines
from phusong.views.summary import summary_lines
from phusong.vocabulary.errors import ParameterFault

Language = Annotated[str, typer.Option("--language", help="vi or en: the language of the summary")]
Json = Annotated[
    Path | None,
    typer.Option("--json", help="also write the summary here, for machines; - for the screen"),
]
Out = Annotated[Path | None, typer.Option("--out", help="output folder")]
RESULTS = Path("data/processed")


def demo(
    size: Annotated[str, typer.Option(help="hamlet, province or national")] = "province",
    seed: Annotated[int, typer.Option(help="another seed makes another province")] = 242,
    out: Out = None,
    language: Language = "vi",
    json_file: Json = None,
) -> None:
    """Make up a province as its offices would deliver it, run the whole pipeline on it, and plan."""
    if size not in SIZES:
        raise ParameterFault(f"--size {size}: choose one of {', '.join(SIZES)}")
    folder = out or RESULTS / f"demo_{size}"
    print(f"Dữ liệu mô phỏng · made-up data → {folder / 'raw'}")
    province_file = write_province(simulate_province(size=size, seed=seed), folder / "raw")
    if size == "national":
        print(f"Bảng toàn quốc mô phỏng · made-up national tables: {province_file.parent}")
        return
    _run_and_tell(province_file, folder, "", None, language, json_file)
    print("\n… kế hoạch · the plan", file=sys.stderr, flush=True)
    for told in plan_province(folder, scenario="baseline", money=Money()):
        print("\n".join(plan_lines(told, language)))
    print(f"  {folder / PLAN_FOLDER}")
    _enter_campaign(folder, language)


def _enter_campaign(folder: Path, language: str) -> None:
    """Make up a book with a campaign under way, tell what it gives to whom, and print a report."""
    print("\n… thiết bị · devices", file=sys.stderr, flush=True)
    ledger = keep_book(folder)
    print("\n".join(device_lines(read_plan(folder), language)))
    last = date.fromisoformat(CLOSES_ON)
    for path in write_reports(folder, ledger, form="weekly", as_of=last, language=language):
        print(f"  {path}")


def run(
    province: Annotated[Path, typer.Argument(help="the province file", metavar="PROVINCE.toml")],
    out: Out = None,
    scenario: Annotated[str, typer.Option(help="name of a packaged scenario")] = "",
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="the day the question is asked")
    ] = None,
    language: Language = "vi",
    json_file: Json = None,
) -> None:
    """Run what is stale of a province: from its sources to tables, summary and map."""
    _run_and_tell(province, out or RESULTS / province.stem, scenario, as_of, language, json_file)


def status(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="output folder")],
    json_file: Json = None,
) -> None:
    """Say what is fresh, what is stale, and why."""
    path, _, manifest = read_settings(folder)
    as_of = datetime.fromisoformat(manifest.as_of).date()
    changed = stale_parts(path, folder, scenario=manifest.scenario, as_of=as_of)
    for name, parts in changed.items():
        verdict = f"stale: {', '.join(parts)}" if parts else "fresh"
        print(f"{name:24} {verdict}")
    plans = list_plans(folder)
    for name, parts in plans.items():
        verdict = f"stale: {', '.join(parts)} → plan again" if parts else "fresh"
        print(f"plan {name:19} {verdict}")
    write_json(json_file, {"stages": changed, "plans": plans})


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
) -> None:
    """Run a province, then print the summary and where things are."""
    if language not in ("vi", "en"):
        raise ParameterFault(f"--language {language}: choose vi or en")
    with show_progress() as listener:
        day = as_of.date() if as_of else None
        outcome = run_province(province, folder, scenario=scenario, as_of=day, listener=listener)
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    for line in summary_lines(summary, language):
        print(line)
    _tell_places(outcome)
    write_json(json_file, summary)


def _tell_places(outcome: Outcome) -> None:
    """Print what was run and where the results are."""
    print(f"\n{len(outcome.ran)} stages run, {len(outcome.fresh)} fresh, {outcome.seconds:.1f} s")
    for name in ("map.html", "summary.json", "tables", "quarantine"):
        print(f"  {outcome.folder / name}")
