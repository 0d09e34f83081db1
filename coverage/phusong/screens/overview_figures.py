"""The figures of where one is: each a share with its numerator, denominator, date and what nobody knows."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from phusong.access.permissions import Extent
from phusong.access.questions.findings import ask_gaps, ask_indicators
from phusong.access.questions.plans import ask_plan
from phusong.screens.frame import Screen
from phusong.screens.plan_state import show_plan_state
from phusong.views.summary import list_rate_lines
from phusong.vocabulary.options import ConnectionBasis
from phusong.vocabulary.terms import Counted, Indicator

SHOWN = (
    Indicator.SIGNAL_4G,
    Indicator.SIGNAL_3G,
    Indicator.FIBRE,
    Indicator.WHITE_GAP,
    Indicator.PARTIAL_GAP,
    Indicator.COVERED,
)
#: What a hamlet waits for that the plan does not build.
PROMISED = (ConnectionBasis.COMMITTED, ConnectionBasis.BUILDING)
#: So that two stand side by side on a telephone [px].
FIGURE_WIDTH = 164


def show_figures(screen: Screen, summary: dict[str, Any]) -> None:
    """Show the headline figures of the commune where one is, or of the province.

    Parameters
    ----------
    screen : of the page.
    summary : as `summary.json` holds it.
    """
    rows = _find_rows(screen, screen.place.commune, str(summary["edition"]))
    if rows.empty:
        rows = _find_rows(screen, str(summary["code"]), str(summary["edition"]))
    with st.container(horizontal=True):
        for indicator in SHOWN:
            _show_figure(screen, indicator, rows)
    st.caption(
        screen.say("Hamlets, wards: how many of how many. “No data” counts as not connected.")
    )
    if Indicator.WHITE_GAP in rows.index:
        counted = str(rows.loc[Indicator.WHITE_GAP, "technologies"]).replace("|", ", ")
        st.caption(
            screen.say(
                "White gap: no {technologies} at the culture house or centre. Partial gap: signal "
                "at the centre and not in every residential cluster, of the hamlets that are not "
                "white. Coverage: not white.",
                technologies=counted,
            )
        )
    if not screen.place.commune:
        for line in list_rate_lines(summary, screen.language):
            st.caption(line)
    _show_outlook(screen)


def _find_rows(screen: Screen, area: str, edition: str) -> pd.DataFrame:
    """Return an area's indicators by name; of hamlets, in the sources' edition."""
    told = screen.ask(ask_indicators)
    mine = told[(told["edition"] == edition) & (told["counted"] == Counted.HAMLETS)]
    return mine[mine["area_code"] == area].set_index("indicator")


def _show_figure(screen: Screen, indicator: Indicator, rows: pd.DataFrame) -> None:
    """Show one figure."""
    name = screen.speech.term(indicator)
    label = name[:1].upper() + name[1:]
    if indicator not in rows.index:
        st.metric(label, screen.speech.share(None), width=FIGURE_WIDTH)
        return
    row = rows.loc[indicator]
    done, of, unknown = (int(row[n]) for n in ("numerator", "denominator", "unknown"))
    told = f"{screen.speech.number(done)}/{screen.speech.number(of)}"
    if unknown:
        told += " · " + screen.say("no data: {n}", n=unknown)
    share = screen.speech.share(row["share"])
    st.metric(label, share, told, "off", delta_arrow="off", width=FIGURE_WIDTH)


def _show_outlook(screen: Screen) -> None:
    """Show how many of the hamlets in a gap the plan itself has reached after each of its waves."""
    if not screen.may("ask_plan"):
        return
    plan = screen.ask(ask_plan, "rollout")
    if screen.place.commune:
        gaps = screen.ask(ask_gaps)
        here = gaps.loc[gaps["commune_code"] == screen.place.commune, "hamlet_id"]
        plan = plan[plan["hamlet_id"].isin(here)]
    if plan.empty:
        return
    promised = (
        plan["basis"].isin(PROMISED) if "basis" in plan else pd.Series(data=False, index=plan.index)
    )
    by_wave = plan.loc[~promised, "wave"].dropna().astype(int).value_counts().sort_index().cumsum()
    told = [
        screen.say("wave {wave}: {n}", wave=int(wave), n=int(reached))
        for wave, reached in by_wave.items()
    ]
    reached = " → ".join([screen.say("now: {n}", n=0), *told])
    if screen.sees("ask_plan") == Extent.OWN:
        line = screen.say(
            "Your part of the plan, {all} hamlets: {told}", all=len(plan), told=reached
        )
    else:
        line = screen.say(
            "Reached by the plan, of {all} hamlets in a gap: {told}", all=len(plan), told=reached
        )
    st.caption(line)
    show_plan_state(screen, key="overview plan again")
    if promised.any():
        _show_promised(screen, plan.loc[promised, "basis"])


def _show_promised(screen: Screen, bases: pd.Series) -> None:
    """Show what operators have taken on of their own, which is no result of the plan and not done yet."""
    kinds = (
        f"{screen.speech.term(ConnectionBasis.of(name))}: {screen.speech.number(count)}"
        for name, count in bases.value_counts().sort_index().items()
    )
    st.caption(
        screen.say(
            "Besides, {n} hamlets that operators have taken on or are building, not done yet ({kinds})",
            n=screen.speech.number(len(bases)),
            kinds="; ".join(kinds),
        )
    )
