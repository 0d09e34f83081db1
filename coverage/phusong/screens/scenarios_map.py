"""The plan on the map; where somebody compares, beside what is now or beside another plan."""

from __future__ import annotations

import streamlit as st

from phusong.screens.frame import Screen
from phusong.screens.map.component import show_map
from phusong.vocabulary.options import ScenarioName

#: What a plan is compared with besides other plans: the hamlets as they are.
NOW = "now"
PLAN, CLASS = "plan", "class"


def show_plan_map(screen: Screen, scenario: str, others: list[str]) -> None:
    """Show a plan on the map, and what somebody puts beside it; maps side by side move together.

    Parameters
    ----------
    screen : of the page.
    scenario : name of the plan's scenario.
    others : names of the scenarios whose plans were kept.
    """
    beside = st.selectbox(
        screen.say("Compare on the map with"),
        [NOW, *(name for name in others if name != scenario)],
        index=None,
        format_func=lambda name: _call(screen, name),
        placeholder=screen.say("Nothing: one map"),
        key="scenarios beside",
    )
    if beside is None:
        show_map(screen, key="scenarios map", scenario=scenario, theme=PLAN)
        return
    left, right = st.columns(2)
    with left:
        st.markdown(f"**{_call(screen, beside)}**")
        theme, name = (CLASS, scenario) if beside == NOW else (PLAN, beside)
        show_map(screen, key="scenarios map left", scenario=name, theme=theme, group="scenarios")
    with right:
        st.markdown(f"**{_call(screen, scenario)}**")
        show_map(
            screen, key="scenarios map right", scenario=scenario, theme=PLAN, group="scenarios"
        )


def _call(screen: Screen, name: str) -> str:
    """Return what stands above a map: a scenario's name, or that it is how things are now."""
    return screen.say("As it is now") if name == NOW else screen.speech.term(ScenarioName.of(name))
