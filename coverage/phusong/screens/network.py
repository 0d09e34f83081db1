"""For operators: their own hamlets to build for, by wave, their promises, and the files to load."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from phusong.access.book import has_book
from phusong.access.operators import list_operators
from phusong.access.questions.book import ask_promises
from phusong.access.questions.plans import ask_plan
from phusong.access.questions.scenarios import ask_workbook
from phusong.screens.deeds import show_answer
from phusong.screens.exports import offer
from phusong.screens.frame import Screen, open_screen
from phusong.screens.listing import show_list, write_words
from phusong.screens.map.component import show_map
from phusong.screens.plan_state import show_plan_state
from phusong.screens.promises import show_moving
from phusong.vocabulary.options import PromiseVerdict
from phusong.vocabulary.tables.plans import COMMITMENTS, ROLLOUT
from phusong.vocabulary.tables.results import GAPS
from phusong.vocabulary.terms import Operator

VILLAGES = (
    "wave",
    "hamlet_id",
    "class",
    "option",
    "basis",
    "basis_id",
    "basis_on",
    "basis_probability",
    "capex_low_vnd",
    "capex_vnd",
    "capex_high_vnd",
    "pupils_connected",
)
PROMISES = (
    "commitment_id",
    "hamlet_id",
    "technology",
    "solution",
    "due_on",
    "state",
    "verdict",
    "days_late",
    "obstacle",
)
MILLION = 1_000_000


def show() -> None:
    """Show the page."""
    screen = open_screen("network")
    operator = _choose(screen)
    st.title(screen.say("To build: {operator}", operator=operator))
    rollout = screen.ask(ask_plan, "rollout")
    mine = rollout[rollout["operator"] == operator].sort_values(["wave", "hamlet_id"])
    show_plan_state(screen, key="network plan again")
    _show_figures(screen, mine, operator)
    show_map(screen, key="network map", theme="plan")
    st.header(screen.say("Hamlets by wave"))
    show_list(
        screen,
        write_words(screen, mine, VILLAGES, ROLLOUT, GAPS),
        empty=screen.say("The plan gives this operator nothing to build."),
    )
    if len(mine):
        offer(
            screen,
            screen.say("Workbook: hamlets, coordinates, metres, sums"),
            f"{operator.file_stem}.xlsx",
            lambda: ask_workbook(screen.principal, screen.desk, operator),
            rows=len(mine),
        )
    show_answer()
    _show_promises(screen, operator)


def _choose(screen: Screen) -> Operator:
    """Return the operator whose part is shown: one's own, or the one that a planner looks at."""
    if screen.principal.operator is not None:
        return screen.principal.operator
    chosen = st.selectbox(
        screen.say("Operator"), list_operators(screen.desk), format_func=screen.speech.term
    )
    return Operator.of(str(chosen))


def _show_figures(screen: Screen, mine: pd.DataFrame, operator: Operator) -> None:
    """Show hamlets, metres and sums of an operator."""
    trenches = screen.ask(ask_plan, "trenches")
    metres = float(trenches.loc[trenches["operator"] == operator, "length_m"].sum())
    left, middle, right = st.columns(3)
    left.metric(screen.say("Hamlets to connect"), screen.speech.number(len(mine)))
    middle.metric(screen.say("New fibre, km"), screen.speech.decimal(metres / 1000, 1))
    cost = float(mine["capex_vnd"].sum()) / MILLION
    right.metric(screen.say("Cost, million VND"), screen.speech.decimal(cost, 0))


def _show_promises(screen: Screen, operator: Operator) -> None:
    """Show what an operator has promised, the late ones first."""
    promised = screen.ask(ask_plan, "commitments")
    mine = promised[promised["operator"] == operator].sort_values("days_late", ascending=False)
    late = int((mine["verdict"] == PromiseVerdict.LATE).sum())
    st.header(screen.say("Promises"))
    st.caption(screen.count("{n} is late", "{n} are late", late))
    show_list(
        screen,
        write_words(screen, mine, PROMISES, COMMITMENTS),
        empty=screen.say("No promises were delivered: phusong kit writes the form for them."),
    )
    if has_book(screen.desk):
        booked = ask_promises(screen.principal, screen.desk)
        show_moving(screen, booked[booked["operator"] == operator])
