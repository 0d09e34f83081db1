"""How the figures of where one is have moved from one day of data to the next."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from phusong.access.questions.findings import ask_history
from phusong.screens.frame import Screen
from phusong.screens.listing import show_list, write_words
from phusong.screens.overview_figures import SHOWN
from phusong.screens.overview_runs import show_runs
from phusong.vocabulary.tables.runs import HISTORY
from phusong.vocabulary.terms import Counted, Indicator

COLUMNS = ("as_of", "indicator", "numerator", "denominator", "unknown", "share")


def show_trend(screen: Screen, summary: dict[str, Any]) -> None:
    """Show each figure as a line over the days, every day in numbers, then what each run changed.

    Parameters
    ----------
    screen : of the page.
    summary : as `summary.json` holds it.
    """
    rows = _find_rows(screen, summary)
    days = rows["as_of"].nunique()
    if days < 2:
        st.info(
            screen.say(
                "There are figures of one day only. Run the province with the data of a later day: "
                "the earlier figures are kept, and the trend is shown here."
            )
        )
    else:
        _show_lines(screen, rows)
    told = rows.sort_values("as_of", ascending=False, kind="stable")
    told = told.assign(share=[screen.speech.share(share) for share in told["share"]])
    show_list(screen, write_words(screen, told, COLUMNS, HISTORY), empty=screen.say("No figures."))
    if screen.may("ask_runs"):
        show_runs(screen, summary)


def _find_rows(screen: Screen, summary: dict[str, Any]) -> pd.DataFrame:
    """Return the history of the commune where one is, or of the province; hamlets, in one edition."""
    told = screen.ask(ask_history)
    mine = told[(told["edition"] == str(summary["edition"])) & (told["counted"] == Counted.HAMLETS)]
    mine = mine[mine["indicator"].isin([str(i) for i in SHOWN])]
    here = mine[mine["area_code"] == screen.place.commune]
    rows = here if len(here) else mine[mine["area_code"] == str(summary["code"])]
    order = {str(indicator): number for number, indicator in enumerate(SHOWN)}
    return rows.sort_values("indicator", key=lambda names: names.map(order), kind="stable")


def _show_lines(screen: Screen, rows: pd.DataFrame) -> None:
    """Show a line an indicator, from the first day to the last, with both ends and the change."""
    lines = [
        _describe(screen, str(name), part.sort_values("as_of"))
        for name, part in rows.groupby("indicator", sort=False)
    ]
    trend = screen.say("Trend")
    shape = st.column_config.LineChartColumn(trend, y_min=0, y_max=1)
    st.dataframe(pd.DataFrame(lines), hide_index=True, column_config={trend: shape})


def _describe(screen: Screen, name: str, part: pd.DataFrame) -> dict[str, Any]:
    """Return one line: name, course, first and last share with their days, change [points]."""
    speech, first, last = screen.speech, part.iloc[0], part.iloc[-1]
    change = (float(last["share"]) - float(first["share"])) * 100
    return {
        screen.say("Indicator"): speech.term(Indicator.of(name)),
        screen.say("Trend"): part["share"].astype(float).tolist(),
        speech.day(first["as_of"]): speech.share(first["share"]),
        speech.day(last["as_of"]): speech.share(last["share"]),
        screen.say("Change, points"): ("+" if change > 0 else "") + speech.decimal(change, 1),
    }
