"""``plan``: what to build next."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from phusong.cli.book_services import read_operator
from phusong.cli.output import write_json
from phusong.pipeline.comparison import (
    COMPARISON_NAME,
    PARETO_NAME,
    SENSITIVITY_NAME,
    compare_plans,
)
from phusong.pipeline.devices import PLACE, choose_unit, plan_devices
from phusong.pipeline.kept_plans import list_kept
from phusong.pipeline.plan_differences import compare_kept
from phusong.pipeline.plan_shelf import PLAN_FOLDER
from phusong.pipeline.planning import Money
from phusong.pipeline.rollout import plan_province, replan_province
from phusong.pipeline.settings import read_settings
from phusong.pipeline.shelves import find_ledger
from phusong.pipeline.shown_plan import show_plan, withdraw_plan
from phusong.views.device_summary import device_lines
from phusong.views.kept_plans import difference_lines, kept_lines
from phusong.views.labels import tell
from phusong.views.plan_labels import KeptLine
from phusong.views.plan_summary import comparison_lines, plan_lines, scenario_lines
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.options import ScenarioName
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
By = Annotated[str, typer.Option("--by", help="who does it: role and organisation, never a name")]
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
        str | None, typer.Option(help="name of a scenario (default baseline), or all of them")
    ] = None,
    name: Annotated[
        str,
        typer.Option(
            "--name",
            help="what the plan is called; that of a kept plan alone plans it again as it was asked",
        ),
    ] = "",
    by: By = "",
    out: Out = None,
    language: Language = "vi",
    json_file: Json = None,
) -> None:
    """Plan who builds what for which hamlet, in which year, with proof of how good the plan is."""
    kept = out or folder
    money = Money(years, budget, read_shares(budget_of or []))
    before = {plan["name"]: plan.get("key") for plan in list_kept(kept)}
    if name in before and scenario is None and money == Money():
        told = replan_province(folder, name, author=by, out=out)
    else:
        asked = scenario or str(ScenarioName.BASELINE)
        told = plan_province(folder, scenario=asked, money=money, author=by, out=out, name=name)
    _print_plans(told, language, kept)
    for one in told:
        if before.get(one["name"]) == one["key"]:
            print(tell(KeptLine.SAME, language, name=one["name"]))
    write_json(json_file, told)


@application.command()
def compare(
    folder: Folder,
    first: Annotated[str, typer.Argument(metavar="[A", help="name of a kept plan")] = "",
    second: Annotated[str, typer.Argument(metavar="B]", help="name of another")] = "",
    budget: Budget = None,
    years: Years = None,
    budget_of: Shares = None,
    out: Out = None,
    language: Language = "vi",
    json_file: Json = None,
) -> None:
    """Put two kept plans beside each other; or every scenario, with what each budget connects."""
    money = Money(years, budget, read_shares(budget_of or []))
    if first or second:
        if not second or money != Money():
            raise ParameterFault(
                "plan compare DIR A B: name two kept plans and no money, or leave both out"
            )
        difference = compare_kept(out or folder, first, second)
        print("\n".join(difference_lines(difference, language)))
        write_json(json_file, difference)
        return

    def _say(step: str) -> None:
        print(f"… {step}", file=sys.stderr, flush=True)

    told = compare_plans(folder, money, listener=_say, out=out)
    for line in comparison_lines(told, language):
        print(line)
    for name in (COMPARISON_NAME, PARETO_NAME, SENSITIVITY_NAME):
        print(f"  {(out or folder) / PLAN_FOLDER / name}")
    write_json(json_file, told)


@application.command(name="list")
def list_(folder: Folder, language: Language = "vi", json_file: Json = None) -> None:
    """List the kept plans: what was asked, whom each reaches, who made it when, and which are out of date."""
    read_settings(folder)
    plans = list_kept(folder)
    print("\n".join(kept_lines(plans, language)))
    write_json(json_file, plans)


@application.command()
def show(
    folder: Folder,
    name: Annotated[str, typer.Argument(metavar="NAME", help="name of a kept plan")],
    by: By = "",
    language: Language = "vi",
) -> None:
    """Show a kept plan on the map, the pages and the reports, whatever is planned later."""
    show_plan(folder, name, by=by)
    print(tell(KeptLine.NOW_SHOWN, language, name=name))


@application.command()
def withdraw(
    folder: Folder,
    name: Annotated[str, typer.Argument(metavar="NAME", help="name of a kept plan")],
    why: Annotated[str, typer.Option(help="the reason, without names of persons")] = "",
    by: By = "",
    language: Language = "vi",
) -> None:
    """Withdraw a kept plan: its files go, what it said of itself stays under plan/withdrawn."""
    withdraw_plan(folder, name, by=by, why=why)
    print(tell(KeptLine.WITHDRAWN, language, name=name))


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
            shares[str(read_operator(name))] = float(sum_)
        except (ValueError, ParameterFault) as fault:
            operators = ", ".join(Operator)
            raise ParameterFault(
                f"--budget-of {text}: write OPERATOR=VND, with a name such as one of {operators}"
            ) from fault
    return shares


def _print_plans(told: list[dict[str, Any]], language: str, folder: Path) -> None:
    """Print one plan at length, or several side by side."""
    lines = plan_lines(told[0], language) if len(told) == 1 else scenario_lines(told, language)
    for line in lines:
        print(line)
    for one in told:
        print(f"  {folder / PLAN_FOLDER / one['name']}")
