"""Questions about the runs of a province: which there were, and what changed from one to another."""

from __future__ import annotations

from typing import Any

import pandas as pd

from phusong.access.authorisation import authorise
from phusong.access.desk import Desk
from phusong.access.principals import Principal
from phusong.access.questions.findings import read_runs
from phusong.pipeline.run_comparison import compare_runs


@authorise
def ask_runs(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return table `runs`, newest first.

    Raises
    ------
    NotAllowed
        If the role sees none of it; so do all questions of this room.
    """
    return read_runs(desk.folder, desk.stamp).runs.sort_values(
        "run", ascending=False, ignore_index=True
    )


@authorise
def ask_comparison(
    principal: Principal, desk: Desk, first: int, last: int, area_code: str, edition: str
) -> dict[str, Any]:
    """Return what changed from one run to another: sources and parameters, hamlets, figures of an area.

    Parameters
    ----------
    principal, desk : who asks, and where.
    first, last, area_code, edition : see `compare_runs`.
    """
    history = read_runs(desk.folder, desk.stamp)
    return compare_runs(history, first, last, area_code=area_code, edition=edition)
