"""The end: reports as they were due, and the whole told again in the edition of 2025."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pandas as pd

from phusong.ledger.queries import list_awards
from phusong.pipeline.replay.awarding import LIVING
from phusong.pipeline.replay.invariants import read_text
from phusong.pipeline.replay.stage import Stage, tell_counts
from phusong.pipeline.replay.words import Day, Must
from phusong.pipeline.reports.writing import write_reports
from phusong.places.boundaries import dissolve_communes
from phusong.places.editions import convert_codes, list_editions
from phusong.vocabulary.book import AwardState
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.pupils import CountedUnit
from phusong.vocabulary.tables.pupils import ALL_LEVELS
from phusong.vocabulary.terms import GapClass

#: Xã Yên Dương and xã Đạo Trù of 2021, and xã Đạo Trù of 2025.
YEN_DUONG, DAO_TRU = "08917", "08914"


def report_week(stage: Stage) -> None:
    """D6: print the weekly report in three formats."""
    paths = write_reports(stage.out, stage.ledger, form="weekly", as_of=date(2021, 9, 26))
    sizes = [p.stat().st_size for p in paths]
    stage.check(Day.D6, Must.REPORTED, len(paths) == 3 and min(sizes) > 0, tell_counts(sizes))


def report_end(stage: Stage) -> None:
    """10 December: the final report."""
    awards = list_awards(stage.ledger)
    living = awards[awards["state"].isin(LIVING)]
    done = int((living["state"] == AwardState.CONFIRMED).sum())
    told = tell_counts((done, len(living)))
    stage.check(Day.FINAL, Must.CONFIRMED, done == len(living) > 0, told)
    paths = write_reports(stage.out, stage.ledger, form="final", as_of=date(2021, 12, 10))
    stage.check(Day.FINAL, Must.REPORTED, len(paths) == 3, len(paths))
    _check_printed(stage, [p for p in paths if p.suffix == ".docx"], done)


def _check_printed(stage: Stage, paths: list[Path], done: int) -> None:
    """Read the document back: beside the word for confirmed awards stands the number that the book has.

    Counts of pupils are printed as multiples of k, so that the two may differ by less than k.
    """
    k = int(load_parameters().disclosure.number("k_outside"))
    label = re.compile(rf"{AwardState.CONFIRMED.vi}\D{{0,60}}?([\d.]+)", re.IGNORECASE)
    printed = []
    for path in paths:
        text = re.sub(r"\s+", " ", read_text(path))
        numbers = [int(n.replace(".", "") or 0) for n in label.findall(text)]
        printed.append(min(numbers, key=lambda n: abs(n - done), default=0))
    held = bool(printed) and all(abs(n - done) < k for n in printed)
    stage.check(Day.FINAL, Must.PRINTED, held, f"{tell_counts(printed)} ({tell_counts([done])})")


def find_newest(stage: Stage) -> str:
    """Return the newest edition in which the province's ground is listed."""
    return str(list_editions(stage.survey.world.demonstration.code)[-1])


def report_again(stage: Stage) -> None:
    """1 July 2025: the same in the new edition; nothing is lost or counted twice."""
    day, communes, hamlets = Day.AGAIN, stage.table("communes"), stage.table("hamlets")
    units = len(dissolve_communes(communes, edition=find_newest(stage)))
    stage.check(day, Must.NEW_UNITS, units == 36, units)
    counts = stage.table("pupil_counts")
    whole = counts[(counts["unit"] == CountedUnit.PROVINCE) & (counts["level"] == ALL_LEVELS)]
    pupils = whole.set_index("edition")["pupils"]
    told = stage.table("indicators")
    mine = told[(told["indicator"] == "signal_4g") & (told["counted"] == "hamlets")]
    places = mine[mine["area_code"] == stage.survey.world.demonstration.code].set_index("edition")[
        "denominator"
    ]
    held = pupils.nunique() == 1 and set(places) == {len(hamlets)}
    awards = len(list_awards(stage.ledger))
    stage.check(day, Must.SAME, held, tell_counts((int(pupils.iloc[0]), len(hamlets), awards)))
    _check_moved(stage)
    gaps = stage.table("gaps")
    k4, k5 = gaps["class"] == GapClass.K4, gaps["class_without_3g"] == GapClass.K5
    stage.check(day, Must.SUNSET, k5[k4].all(), f"{int(k4.sum())} → {int((k4 & k5).sum())}")
    paths = write_reports(
        stage.out, stage.ledger, form="final", edition="2025", as_of=date(2021, 12, 10)
    )
    stage.check(day, Must.REPORTED, len(paths) == 3, len(paths))


def _check_moved(stage: Stage) -> None:
    """Check that the commune of 2025 holds the hamlets of both that it was made of."""
    hamlets = stage.table("hamlets")
    both = pd.Series([YEN_DUONG, DAO_TRU])
    now = convert_codes(
        both, source=stage.survey.world.demonstration.edition, target=find_newest(stage)
    )
    count = int(hamlets["commune_code"].isin([YEN_DUONG]).sum())
    held = set(now) == {DAO_TRU} and count > 0
    stage.check(Day.AGAIN, Must.MOVED, held, f"+{count}")
