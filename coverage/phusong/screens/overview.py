"""Overview: from the province to a commune to a hamlet, on the map, in figures, and as a table."""

from __future__ import annotations

import streamlit as st

from phusong.access.questions.findings import ask_summary
from phusong.access.questions.names import ask_names
from phusong.screens.frame import Screen, open_screen, turn_to
from phusong.screens.layer_route import PICTURE
from phusong.screens.map.component import show_map
from phusong.screens.overview_figures import show_figures
from phusong.screens.overview_list import show_gaps
from phusong.screens.overview_trend import show_trend
from phusong.screens.place import Place, go_to
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
    _show_trail(screen, str(summary["province"]))
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


def _show_trail(screen: Screen, province: str) -> None:
    """Show where one is, as the way that leads back: province, commune, hamlet."""
    names, place = screen.ask(ask_names), screen.place
    commune = names["commune_code"].get(place.commune, "")
    hamlet = names["hamlet_id"].get(place.hamlet, "")
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        back = st.button(province, type="tertiary", disabled=not commune, key="trail province")
        if commune:
            st.markdown("›", width="content")
            up = st.button(commune, type="tertiary", disabled=not hamlet, key="trail commune")
            if up:
                _move(Place(commune=place.commune))
        if hamlet:
            st.markdown("›", width="content")
            if st.button(hamlet, type="tertiary", key="trail hamlet", icon=":material/home_pin:"):
                turn_to(screen, "hamlet", place)
    if back:
        _move(Place())


def _move(place: Place) -> None:
    """Go to a place, and run the page there."""
    go_to(place)
    st.rerun()


def _show_map(screen: Screen) -> None:
    """Show the map, and the way to see it without what stands around it."""
    show_map(screen, key="overview map")
    told = screen.say("Open the map in a window of its own, to project or to print")
    st.markdown(f'<a href="{PICTURE}" target="_blank">{told}</a>', unsafe_allow_html=True)
