"""The runs of the province, and what changed from one to another: sources, hamlets, figures."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from phusong.access.questions.findings import ask_gaps
from phusong.access.questions.runs import ask_comparison, ask_runs
from phusong.screens.frame import Screen
from phusong.screens.listing import show_list, write_words
from phusong.views.run_summary import change_lines, format_run
from phusong.vocabulary.tables.runs import RUN_CLASSES

COLUMNS = ("hamlet_id", "commune_code", "before", "after")


def show_runs(screen: Screen, summary: dict[str, Any]) -> None:
    """Show two runs beside each other, the last and the one before it unless others are chosen.

    Parameters
    ----------
    screen : of the page.
    summary : as `summary.json` holds it.
    """
    runs = screen.ask(ask_runs)
    st.header(screen.say("What each run changed"))
    names = {int(row["run"]): _name_run(screen, row) for _, row in runs.iterrows()}
    if len(names) < 2:
        st.info(
            screen.say(
                "There has been one run only. The next one that differs is kept beside it, and what it "
                "changed is told here."
            )
        )
        return
    numbers, left, right = list(names), *st.columns(2)
    last = left.selectbox(
        screen.say("Run"), numbers[:-1], format_func=names.__getitem__, key="trend last run"
    )
    earlier = [number for number in numbers if number < last]
    first = right.selectbox(
        screen.say("Compared with"), earlier, format_func=names.__getitem__, key="trend first run"
    )
    _show_comparison(screen, summary, first, last)


def _name_run(screen: Screen, row: pd.Series) -> str:
    """Return number, moment and day of a run."""
    moment = None if pd.isna(row["ran_at"]) else str(row["ran_at"])
    run = {"run": int(row["run"]), "ran_at": moment, "as_of": row["as_of"].date()}
    return format_run(run, screen.language)


def _show_comparison(screen: Screen, summary: dict[str, Any], first: int, last: int) -> None:
    """Show what differs between two runs, then the hamlets of where one is that changed class."""
    commune = screen.place.commune
    area_code, edition = commune or str(summary["code"]), str(summary["edition"])
    comparison = screen.ask(ask_comparison, first, last, area_code, edition)
    st.text("\n".join(change_lines(comparison, screen.language)))
    moved = pd.DataFrame(comparison["hamlets"], columns=["hamlet_id", "before", "after"])
    homes = screen.ask(ask_gaps)[["hamlet_id", "commune_code"]]
    moved = moved.merge(homes, on="hamlet_id", how="left")
    shown = moved[moved["commune_code"] == commune] if commune else moved
    st.caption(screen.say("{n} of {all} hamlets", n=len(shown), all=len(homes)))
    show_list(
        screen,
        write_words(screen, shown, COLUMNS, RUN_CLASSES),
        empty=screen.say("No hamlet changed class."),
    )
