"""The first days: places and networks, pledges, devices, lists of pupils, masts that came on air."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from phusong.ledger.campaign import set_window
from phusong.ledger.imports import import_contributions, import_packages
from phusong.pipeline.demonstration import enter_stock
from phusong.pipeline.devices import allocate_shelf
from phusong.pipeline.replay.stage import Stage, iso, tell_counts
from phusong.pipeline.replay.words import Day, Must
from phusong.pipeline.result_files import diagnoses_name
from phusong.pipeline.run import run_province
from phusong.pipeline.shelves import read_shelf
from phusong.simulate.campaign import (
    NEW_MASTS,
    NEW_MASTS_FILE,
    WRONG_ROWS,
    deliver_new_masts,
    deliver_survey,
)
from phusong.simulate.campaign_gifts import list_offers, list_pledges, list_stock
from phusong.simulate.province import write_province
from phusong.vocabulary.book import Adequacy, AllocationUnit, Outcome, Role
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.pupils import Level
from phusong.vocabulary.terms import GapClass

#: Sources that come later than the first day, and those that are entered into the book.
LATER = ("students", "poverty", "contributions", "lots", "packages", "commitments")
CLASSED = [str(c) for c in (GapClass.K3, GapClass.K4, GapClass.K5)]


def write_day(stage: Stage, without: tuple[str, ...], more: str = "") -> Path:
    """Write the province file of a day, and return it.

    Parameters
    ----------
    stage : where the raw files lie.
    without : kinds that have not been delivered yet.
    more : further sources, as TOML.
    """
    whole = (stage.raw / stage.survey.world.demonstration.province_file).read_text(encoding="utf-8")
    head, *sources = whole.split("\n[[source]]\n")
    kept = [s for s in sources if s.split('"')[1] not in without]
    path = stage.raw / "vp242.toml"
    path.write_text("\n[[source]]\n".join([head, *kept]) + more, encoding="utf-8")
    return path


def load_places(stage: Stage) -> None:
    """D0: load places, schools and networks; freeze the list of gaps."""
    day, world = Day.D0, stage.survey.world
    write_province(world, stage.raw)
    run_province(write_day(stage, LATER), stage.out, publish=True)
    communes, gaps = stage.table("communes"), stage.table("gaps")
    units = communes["district_code"].nunique(), len(communes)
    stage.check(day, Must.UNITS, units == (9, 136), tell_counts(units))
    levels = _count_levels(stage)
    stage.check(day, Must.LEVELS, levels == (125_578, 79_210, 32_292), tell_counts(levels))
    rows = _count_rows(stage)
    stage.check(day, Must.ROWS, rows[0] == rows[1] + rows[2], tell_counts(rows))
    stage.gaps = gaps.set_index("hamlet_id")["class"]
    dark = int(stage.gaps.isin(CLASSED).sum())
    stage.check(day, Must.FROZEN, dark > 0, dark)


def _count_levels(stage: Stage) -> tuple[int, ...]:
    """Return the pupils who study, by level, as the schools enrolled them."""
    counts = stage.survey.enrolled
    return tuple(int(counts[str(level)]) for level in (Level.TH, Level.THCS, Level.THPT))


def _count_rows(stage: Stage) -> tuple[int, int, int]:
    """Return the rows of all sources: in, accepted, quarantined."""
    summary = json.loads((stage.out / "summary.json").read_text(encoding="utf-8"))
    keys = ("rows_in", "rows_accepted", "rows_quarantined")
    told = [sum(int(s[k]) for s in summary["sources"]) for k in keys]
    return told[0], told[1], told[2]


def open_campaign(stage: Stage) -> None:
    """D1: open the window; enter the pledges, of which one is a duplicate and one says no quantity."""
    day, acting = Day.D1, stage.acting(Day.D1, Role.FOCAL_POINT, "mở đợt vận động")
    model = stage.survey.world.demonstration
    window = {"opens_on": model.day.isoformat(), "closes_on": model.closes_on.isoformat()}
    basis = model.campaign_basis
    set_window(stage.ledger, model.campaign_number, **window, basis=basis, acting=acting)
    pledges = list_pledges(model.day)
    told = import_contributions(stage.ledger, pledges, acting=acting)
    again = import_contributions(stage.ledger, pledges, acting=acting)
    import_packages(stage.ledger, list_offers(model.day), acting=acting)
    counted = told.new - len(told.doubts)
    forms = pledges.loc[~pledges["contribution_id"].isin(told.doubts), "form"].nunique()
    held = counted == 40 and forms == 5 and again.new + again.changed == 0
    stage.check(day, Must.PLEDGES, held, tell_counts((counted, forms)))
    stage.check(day, Must.DOUBTS, len(told.doubts) == 2, "; ".join(told.doubts.values()))


def take_devices(stage: Stage) -> None:
    """D2: take 420 devices into store, and set aside what is not fit."""
    day, acting = Day.D2, stage.acting(Day.D2, Role.FOCAL_POINT, "nhận thiết bị")
    lots = list_stock(stage.survey.world.demonstration.day)
    fitness = enter_stock(stage.ledger, lots, acting, iso(day))
    fit = fitness["allocable"]
    told = lots.set_index("lot_id")["quantity"]
    by = fitness.set_index("lot_id")["adequacy"]
    wide = told.groupby(by).sum().reindex([str(a) for a in Adequacy], fill_value=0)
    stage.check(day, Must.FIT, int(fit.sum()) == 370, tell_counts([int(fit.sum())]))
    unfit = int(wide[str(Adequacy.INADEQUATE)]), int(wide[str(Adequacy.TO_COMPLETE)])
    stage.check(day, Must.UNFIT, unfit == (30, 20), tell_counts(unfit))


def list_pupils(stage: Stage) -> None:
    """D3: schools and communes deliver their lists; records that are one pupil become one."""
    day = Day.D3
    delivered = deliver_survey(stage.survey, stage.raw)
    run_province(write_day(stage, LATER[2:]), stage.out, publish=True)
    shelf = read_shelf(stage.out, stage.ledger)
    plan = allocate_shelf(shelf, unit=AllocationUnit.PER_STUDENT)
    line = plan.devices[plan.devices["outcome"] != Outcome.HELD]
    tiers = line["tier"].value_counts()
    poor = int(tiers.get("T1", 0) + tiers.get("T2", 0))
    near = int(tiers.get("T3", 0) + tiers.get("T4", 0))
    counts = poor, near, int(len(line) - poor - near)
    stage.check(day, Must.DISTINCT, counts == (545, 734, 2_099), tell_counts(counts))
    second = int((delivered["duplicate_of"] >= 0).sum())
    merged = len(delivered) - len(shelf.students)
    held = len(plan.devices) - len(line)
    stage.check(day, Must.DOUBLES, second == merged + held == 37, f"{merged} + {held}")


def hang_masts(stage: Stage) -> None:
    """D4: masts come on air; three rows of their list are wrong."""
    day, world = Day.D4, stage.survey.world
    dark = stage.gaps[stage.gaps.isin(CLASSED[1:])].index
    placed = world.hamlets.set_index("hamlet_id").loc[sorted(dark)[: NEW_MASTS + WRONG_ROWS]]
    told = deliver_new_masts(world, placed.index.tolist(), stage.raw)
    more = f'\n[[source]]\nkind = "cells"\nfile = "{NEW_MASTS_FILE}"\nas_of = 2021-09-24\n'
    more += 'operator = "VIETTEL"\ncomplete = true\npublisher = "Dữ liệu mô phỏng"\n'
    told_on = date.fromisoformat(iso(day))
    run_province(write_day(stage, LATER[2:], more), stage.out, as_of=told_on, publish=True)
    path = stage.out / diagnoses_name("cells")
    faults = json.loads(path.read_text(encoding="utf-8"))[-1]["faults"]
    rules = sorted(f["rule"] for f in faults if f["severity"] == "error")
    wanted = sorted(set(told["wrong"]) - {""})
    helped = all(f["suggestion"] for f in faults)
    stage.check(day, Must.WRONG, rules == wanted and helped, ", ".join(rules))
    _check_nearby(stage, placed.iloc[:NEW_MASTS])


def _check_nearby(stage: Stage, masts: pd.DataFrame) -> None:
    """Check that no hamlet out of reach of the new masts has changed its class, and none for the worse."""
    now = stage.table("gaps").set_index("hamlet_id")["class"]
    changed = now.index[now != stage.gaps.reindex(now.index)]
    world = stage.survey.world.hamlets.set_index("hamlet_id").loc[changed]
    reach = load_parameters().radio.number("maximum_range_m")
    xy = world[["x_m", "y_m"]].to_numpy(dtype=float)
    far = (
        cKDTree(masts[["x_m", "y_m"]].to_numpy(dtype=float)).query(xy)[0]
        if len(xy)
        else np.array([])
    )
    better = (now[changed] <= stage.gaps[changed]).all()
    held = len(changed) and (far <= reach).all() and better
    stage.check(Day.D4, Must.NEARBY, held, f"{len(changed)}")
