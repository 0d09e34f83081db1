"""Play the days one after the other, and say what held."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from phusong.ledger.book import create_ledger
from phusong.pipeline.replay.awarding import (
    answer_complaints,
    buy_and_award,
    close_window,
    hand_out_first,
    receive_late,
)
from phusong.pipeline.replay.closing import report_again, report_end, report_week
from phusong.pipeline.replay.invariants import check_invariants, hear_sockets
from phusong.pipeline.replay.opening import (
    hang_masts,
    list_pupils,
    load_places,
    open_campaign,
    take_devices,
)
from phusong.pipeline.replay.stage import Stage
from phusong.pipeline.replay.words import Day, Must
from phusong.simulate.campaign import survey_pupils
from phusong.simulate.province import simulate_province
from phusong.simulate.world import Simulated
from phusong.vocabulary.book import LEDGER_NAME

SEED, SIZE = 242, "province"
REPORT_NAME = "replay.json"
Play = Callable[[Stage], None]

#: What is played on which day.
DAYS: tuple[tuple[Day, tuple[Play, ...]], ...] = (
    (Day.D0, (load_places,)),
    (Day.D1, (open_campaign,)),
    (Day.D2, (take_devices,)),
    (Day.D3, (list_pupils,)),
    (Day.D4, (hang_masts, hand_out_first)),
    (Day.D5, (answer_complaints,)),
    (Day.D6, (close_window, report_week, lambda s: check_invariants(s, Day.D6))),
    (Day.LATE, (receive_late,)),
    (Day.BOUGHT, (buy_and_award,)),
    (Day.FINAL, (report_end, lambda s: check_invariants(s, Day.FINAL))),
    (Day.AGAIN, (report_again,)),
)


def replay_campaign(
    folder: Path, *, listener: Callable[[Day], None] | None = None
) -> dict[str, Any]:
    """Replay the campaign in a folder of its own, and return every check with what was found.

    Parameters
    ----------
    folder : is emptied first if it holds an earlier replay.
    listener : told of each day before it is played.
    """
    stage = set_stage(folder)
    with hear_sockets() as heard:
        for day, plays in DAYS:
            if listener:
                listener(day)
            for play in plays:
                play(stage)
        stage.check(Day.AGAIN, Must.I9, not heard, len(heard))
    told = tell_replay(stage)
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    (folder / REPORT_NAME).write_text(text, encoding="utf-8")
    return told


def set_stage(folder: Path) -> Stage:
    """Return an empty stage: the made-up world, and a new book.

    Parameters
    ----------
    folder : is emptied first if it holds an earlier replay.
    """
    out = folder / "out"
    for old in (out, folder / "raw"):
        shutil.rmtree(old, ignore_errors=True)
    out.mkdir(parents=True)
    world = simulate_province(size=SIZE, seed=SEED)
    if not isinstance(world, Simulated):
        raise TypeError("a replay needs a province")
    return Stage(folder / "raw", out, survey_pupils(world), create_ledger(out / LEDGER_NAME))


def tell_replay(stage: Stage) -> dict[str, Any]:
    """Return the checks, and the published figures beside what was found, as plain data.

    Parameters
    ----------
    stage : at the end.
    """
    checks = [
        {"day": str(c.day), "must": str(c.must), "held": c.held, "found": c.found}
        for c in stage.checks
    ]
    compared = [
        {
            "day": str(c.day),
            "figure": str(c.figure),
            "published": c.published,
            "found": c.found,
            "same": c.same,
        }
        for c in stage.comparisons
    ]
    return {
        "scenario": "vp242",
        "seed": SEED,
        "held": all(c.held for c in stage.checks),
        "checks": checks,
        "published": compared,
    }
