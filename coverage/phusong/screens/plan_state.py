"""What stands beside every figure of a plan: which plan it is, of when, and whether it is out of date."""

from __future__ import annotations

import streamlit as st

from phusong.access.questions.plans import ask_plan_state
from phusong.screens.frame import Screen, turn_to
from phusong.vocabulary.options import ScenarioName


def show_plan_state(screen: Screen, plan: str = "", *, key: str = "") -> None:
    """Say which plan is shown and of when it is; warn where the data have changed since, with the cure.

    Parameters
    ----------
    screen : of the page.
    plan : name of a kept plan; empty: the one that is shown everywhere.
    key : of the way to plan again, on this page alone; empty: the page offers its own.
    """
    if not screen.may("ask_plan_state"):
        return
    state = screen.ask(ask_plan_state, plan)
    if state is None:
        return
    made = screen.speech.day(state["made_on"]) if state["made_on"] else "–"
    st.caption(
        screen.say(
            "Plan {name}: {scenario}, {waves} years; made on {made}, on data of {date}",
            name=state["name"],
            scenario=screen.speech.term(ScenarioName.of(state["scenario"])),
            waves=state["waves"],
            made=made,
            date=screen.speech.day(state["data_on"]),
        )
    )
    if not state["outdated"]:
        return
    st.warning(
        screen.say(
            "This plan is out of date: it was made on data of {date}, which have changed since. "
            "Its figures do not fit today's findings: plan again.",
            date=screen.speech.day(state["data_on"]),
        )
    )
    if key and screen.may("choose_plan") and st.button(screen.say("Plan again"), key=key):
        turn_to(screen, "scenarios", screen.place)


def write_bases(screen: Screen, planned: int, promised: int) -> str:
    """Return how many hamlets a plan connects itself, and how many it leaves to operators.

    Parameters
    ----------
    screen : of the page.
    planned, promised : hamlets.
    """
    return screen.say(
        "{planned} hamlets by the plan, {promised} that operators have taken on or are building, "
        "not done yet",
        planned=screen.speech.number(planned),
        promised=screen.speech.number(promised),
    )
