"""Overview: from the province to a commune to a hamlet, on the map, in figures, and as a table."""

from __future__ import annotations

from functools import partial

import streamlit as st

from phusong.access.questions.findings import ask_summary
from phusong.screens.frame import Screen, open_screen, turn_to
from phusong.screens.layer_route import PICTURE
from phusong.screens.map.component import show_map
from phusong.screens.overview_figures import show_figures
from phusong.screens.overview_list import show_gaps
from phusong.screens.overview_trend import show_trend
from phusong.screens.place import Place
from phusong.screens.trail import show_trail
from phusong.views.summary import summary_lines


def show() -> None:
    """Show the page."""
    screen = open_screen("overview")
    summary = screen.ask(ask_summary)
    st.title(screen.say("Connectivity of every hamlet"))
    words = "\n".join(summary_lines(summary, screen.language))
    if not screen.may("ask_map"):
        st.text(words)
        return
    place = Place(commune=screen.place.commune, hamlet=screen.place.hamlet)
    into = partial(turn_to, screen, "hamlet", place) if place.hamlet else None
    show_trail(screen, enter=into)
    show_figures(screen, summary)
    _show_map(screen)
    summed, listed, trend = screen.say("Summary"), screen.say("List"), screen.say("Trend")
    below = st.segmented_control(screen.say("Below the map"), [summed, listed, trend])
    if below == summed:
        st.text(words)
    elif below == listed:
        show_gaps(screen)
    elif below == trend:
        show_trend(screen, summary)


def _show_map(screen: Screen) -> None:
    """Show the map, and the way to see it without what stands around it."""
    show_map(screen, key="overview map")
    told = screen.say("Open the map in a window of its own, to project or to print")
    st.markdown(f'<a href="{PICTURE}" target="_blank">{told}</a>', unsafe_allow_html=True)
