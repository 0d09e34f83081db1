"""``plan``: what to build next."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from phusong.pipeline.rollout import PLAN_FOLDER, plan_province
from phusong.views.plan_summary import plan_lines, scenario_lines

application = typer.Typer(help="What to do next: the rollout.", no_args_is_help=True)


@application.callback()
def plan() -> None:
    """Plan what to do next with each đồng."""


@application.command()
def rollout(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="output folder of a run")],
    budget: Annotated[float | None, typer.Option(help="VND for all years together")] = None,
    years: Annotated[int | None, typer.Option(help="one wave a year")] = None,
    scenario: Annotated[
        str, typer.Option(help="name of a scenario, or all to compare them")
    ] = "baseline",
    language: Annotated[str, typer.Option(help="vi or en")] = "vi",
    json_file: Annotated[
        Path | None, typer.Option("--json", help="write the figures here; - for the screen")
    ] = None,
) -> None:
    """Plan who builds what for which hamlet, in which year, with proof of how good the plan is."""
    told = plan_province(folder, scenario=scenario, budget_vnd=budget, waves=years)
    _tell(told, language, folder)
    if json_file is not None:
        text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
        if str(json_file) == "-":
            print(text, end="")
        else:
            json_file.write_text(text, encoding="utf-8")


def _tell(told: list[dict[str, Any]], language: str, folder: Path) -> None:
    """Print one plan at length, or several side by side."""
    lines = plan_lines(told[0], language) if len(told) == 1 else scenario_lines(told, language)
    for line in lines:
        print(line)
    for one in told:
        print(f"  {folder / PLAN_FOLDER / one['scenario']}")
