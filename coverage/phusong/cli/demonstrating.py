"""``demo``: the made-up province with its plan, its book and a report."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from phusong.cli.progress import Step, Work, show_progress
from phusong.cli.running import (
    RESULTS,
    Json,
    Language,
    Out,
    check_language,
    print_outcome,
    recall_seconds,
)
from phusong.pipeline.compilation import compile_beside
from phusong.pipeline.demonstration import keep_book
from phusong.pipeline.devices import read_plan
from phusong.pipeline.plan_shelf import PLAN_FOLDER
from phusong.pipeline.planning import Money
from phusong.pipeline.reports.writing import write_reports
from phusong.pipeline.rollout import plan_province
from phusong.pipeline.run import run_province
from phusong.pipeline.stages import STAGES
from phusong.simulate.demonstration import open_demonstration
from phusong.simulate.province import SIZES, simulate_province, write_province
from phusong.views.device_summary import device_lines
from phusong.views.plan_summary import plan_lines
from phusong.vocabulary.errors import ParameterFault

#: What a demonstration does before and after the stages of its run.
RAW = Work("raw", "làm tệp như các cơ quan gửi", "files as offices deliver them")
PLAN = Work("plan", "kế hoạch mở rộng", "the rollout")
DEVICES = Work("devices", "sổ và phân bổ thiết bị", "the book and the devices")
REPORTS = Work("reports", "báo cáo", "reports")
AFTER = (PLAN, DEVICES, REPORTS)


def demo(
    size: Annotated[
        str, typer.Option(help="hamlet (two communes), province (all of them) or national (tables)")
    ] = "province",
    province: Annotated[
        str,
        typer.Option(
            metavar="CODE",
            help="of the register: of today, such as 08, or of before July 2025, such as 02; "
            "default: the demonstration of autumn 2021, 26",
        ),
    ] = "",
    seed: Annotated[int, typer.Option(help="another seed makes another province")] = 242,
    out: Out = None,
    language: Language = "vi",
    json_file: Json = None,
) -> None:
    """Make up a province as its offices would deliver it, run the whole pipeline on it, and plan.

    Of the province the register of units gives names, kinds, codes and rough positions of communes, and
    people where it has them. Everything else is made up, borders and land as well, and every file says so.
    """
    if size not in SIZES:
        raise ParameterFault(f"--size {size}: choose one of {', '.join(SIZES)}")
    if size == "national" and province:
        raise ParameterFault("--size national is of no province: leave --province out")
    demonstration = open_demonstration(province)
    folder = out or RESULTS / "_".join(filter(None, ("demo", province, size)))
    check_language(language)
    print(f"Dữ liệu mô phỏng · made-up data → {folder / 'raw'}", flush=True)
    if size == "national":
        province_file = write_province(simulate_province(size=size, seed=seed), folder / "raw")
        print(f"Bảng toàn quốc mô phỏng · made-up national tables: {province_file.parent}")
        return
    steps: tuple[Step, ...] = (RAW, *STAGES, *AFTER)
    with show_progress(steps, known=recall_seconds(folder), language=language) as begin:
        begin(RAW, False)
        world = simulate_province(size=size, seed=seed, province=province)
        province_file = write_province(world, folder / "raw", workers=os.cpu_count() or 1)
        with compile_beside():
            outcome = run_province(province_file, folder, publish=True, listener=begin)
        begin(PLAN, False)
        plans = list(plan_province(folder, scenario="baseline", money=Money()))
        begin(DEVICES, False)
        ledger = keep_book(folder)
        begin(REPORTS, False)
        last = demonstration.closes_on
        reports = write_reports(folder, ledger, form="weekly", as_of=last, language=language)
    print_outcome(outcome, language, json_file)
    lines = [line for described in plans for line in plan_lines(described, language)]
    print("\n".join(["", *lines, f"  {folder / PLAN_FOLDER}", ""]))
    print("\n".join([*device_lines(read_plan(folder), language), *(f"  {p}" for p in reports)]))
