"""``plan``: what to build next."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from phusong.cli.output import write_json
from phusong.pipeline.comparison import (
    COMPARISON_NAME,
    PARETO_NAME,
    SENSITIVITY_NAME,
    compare_plans,
)
from phusong.pipeline.devices import PLACE, choose_unit, plan_devices
from phusong.pipeline.plan_shelf import PLAN_FOLDER
from phusong.pipeline.planning import Money
from phusong.pipeline.rollout import plan_province
from phusong.pipeline.shelves import find_ledger
from phusong.views.device_summary import device_lines
from phusong.views.plan_summary import comparison_lines, plan_lines, scenario_lines
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.terms import Operator

application = typer.Typer(
    help="What to do next: the rollout, and the devices.",
    no_args_is_help=True,
    add_completion=False,
)


@application.callback()
def plan() -> None:
    """Plan what to do next with each đồng."""


Folder = Annotated[Path, typer.Argument(metavar="DIR", help="output folder of a run")]
Budget = Annotated[float | None, typer.Option(help="VND for all years together")]
Years = Annotated[int | None, typer.Option(help="one wave a year")]
Shares = Annotated[
    list[str] | None,
    typer.Option(
        "--budget-of", metavar="OPERATOR=VND", help="what one operator can spend; repeatable"
    ),
]
Out = Annotated[
    Path | None, typer.Option("--out", help="keep the plan in this folder instead of DIR")
]
Language = Annotated[str, typer.Option(help="vi or en")]
Json = Annotated[
    Path | None, typer.Option("--json", help="write the figures here; - for the screen")
]


@application.command()
def rollout(
    folder: Folder,
    budget: Budget = None,
    years: Years = None,
    budget_of: Shares = None,
    scenario: Annotated[
        str, typer.Option(help="name of a scenario, or all to compare them")
    ] = "baseline",
    out: Out = None,
    language: Language = "vi",
    json_file: Json = None,
) -> None:
    """Plan who builds what for which hamlet, in which year, with proof of how good the plan is."""
    money = Money(years, budget, read_shares(budget_of or []))
    told = plan_province(folder, scenario=scenario, money=money, out=out)
    _tell(told, language, out or folder)
    write_json(json_file, told)


@application.command()
def compare(
    folder: Folder,
    budget: Budget = None,
    years: Years = None,
    budget_of: Shares = None,
    out: Out = None,
    language: Language = "vi",
    json_file: Json = None,
) -> None:
    """Put every scenario side by side, with what each budget connects and what the cost hangs on."""
    money = Money(years, budget, read_shares(budget_of or []))

    def _say(step: str) -> None:
        print(f"… {step}", file=sys.stderr, flush=True)

    told = compare_plans(folder, money, listener=_say, out=out)
    for line in comparison_lines(told, language):
        print(line)
    for name in (COMPARISON_NAME, PARETO_NAME, SENSITIVITY_NAME):
        print(f"  {(out or folder) / PLAN_FOLDER / name}")
    write_json(json_file, told)


@application.command()
def devices(
    folder: Folder,
    ledger: Annotated[
        str | None,
        typer.Option(metavar="URL", help="the book; else phusong.ledger in DIR, if there"),
    ] = None,
    policy: Annotated[str, typer.Option(help="per-student or per-household")] = "per-student",
    cash: Annotated[int, typer.Option(help="VND to buy devices with")] = 0,
    out: Out = None,
    language: Language = "vi",
    json_file: Json = None,
) -> None:
    """Allocate what lies in store: the right device to the right pupil once, with proof and reasons."""
    unit = choose_unit(policy)
    book = find_ledger(folder, ledger)
    told = plan_devices(folder, book, unit=unit, cash_vnd=cash, out=out)
    for line in device_lines(told, language):
        print(line)
    print(f"  {(out or folder) / PLACE}")
    write_json(json_file, told)


def read_shares(texts: list[str]) -> dict[str, float]:
    """Return what each operator can spend [VND].

    Parameters
    ----------
    texts : `OPERATOR=VND` each.

    Raises
    ------
    ParameterFault
        If a text says no operator or no sum.
    """
    shares = {}
    for text in texts:
        name, _, sum_ = text.partition("=")
        try:
            shares[str(Operator.of(name.strip().upper()))] = float(sum_)
        except ValueError as fault:
            operators = ", ".join(Operator)
            raise ParameterFault(
                f"--budget-of {text}: write OPERATOR=VND, with one of {operators}"
            ) from fault
    return shares


def _tell(told: list[dict[str, Any]], language: str, folder: Path) -> None:
    """Print one plan at length, or several side by side."""
    lines = plan_lines(told[0], language) if len(told) == 1 else scenario_lines(told, language)
    for line in lines:
        print(line)
    for one in told:
        print(f"  {folder / PLAN_FOLDER / one['scenario']}")
