"""The plan on the map; where somebody compares, beside what is now or beside another plan."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from phusong.screens.frame import Screen
from phusong.screens.map.component import show_map

#: What a plan is compared with besides other plans: the hamlets as they are. No plan has large letters.
NOW = "NOW"
PLAN, CLASS = "plan", "class"


def show_plan_map(screen: Screen, plan: str, names: Mapping[str, str]) -> None:
    """Show a plan on the map, and what somebody puts beside it; maps side by side move together.

    Parameters
    ----------
    screen : of the page.
    plan : name of the plan.
    names : what people call each kept plan, by its name.
    """
    called = {NOW: screen.say("As it is now"), **names}
    beside = st.selectbox(
        screen.say("Compare on the map with"),
        [NOW, *(name for name in names if name != plan)],
        index=None,
        format_func=lambda name: called.get(name, name),
        placeholder=screen.say("Nothing: one map"),
        key="scenarios beside",
    )
    if beside is None or beside not in called:
        show_map(screen, key="scenarios map", plan=plan, theme=PLAN)
        return
    left, right = st.columns(2)
    with left:
        st.markdown(f"**{called[beside]}**")
        theme, name = (CLASS, plan) if beside == NOW else (PLAN, beside)
        show_map(screen, key="scenarios map left", plan=name, theme=theme, group="scenarios")
    with right:
        st.markdown(f"**{called[plan]}**")
        show_map(screen, key="scenarios map right", plan=plan, theme=PLAN, group="scenarios")
