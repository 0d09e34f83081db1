"""Overview: the map, the table of gaps and the summary."""

from __future__ import annotations

import streamlit as st

from phusong.access.permissions import Data, Extent
from phusong.access.questions.findings import ask_gaps, ask_summary
from phusong.screens.frame import Screen, open_screen
from phusong.screens.layer_route import PICTURE
from phusong.views.summary import summary_lines
from phusong.vocabulary.tables.results import GAPS, HAMLETS
from phusong.vocabulary.terms import GapClass

MAP_HEIGHT = 860
FIRST_SHOWN = (GapClass.K5, GapClass.K4, GapClass.K3, GapClass.KU)


def show() -> None:
    """Show the page."""
    screen = open_screen("overview")
    summary = screen.ask(ask_summary)
    st.title(screen.say("Connectivity of every hamlet"))
    words = "\n".join(summary_lines(summary, screen.language))
    if screen.sees(Data.COVERAGE) == Extent.NONE:
        st.code(words, language=None, wrap_lines=True)
        return
    picture, table, told = st.tabs([screen.say("Map"), screen.say("List"), screen.say("Summary")])
    with picture:
        st.iframe(PICTURE, height=MAP_HEIGHT)
    with table:
        _show_gaps(screen)
    with told:
        st.code(words, language=None, wrap_lines=True)


def _show_gaps(screen: Screen) -> None:
    """Show the hamlets of the classes that are chosen."""
    gaps = screen.ask(ask_gaps)
    chosen = st.pills(
        screen.say("Class"),
        list(GapClass),
        default=FIRST_SHOWN,
        format_func=screen.speech.term,
        selection_mode="multi",
    )
    shown = gaps[gaps["class"].isin([str(c) for c in chosen])]
    st.caption(screen.say("{n} of {all} hamlets", n=len(shown), all=len(gaps)))
    st.dataframe(
        shown.rename(columns=screen.speech.columns(HAMLETS, GAPS)), hide_index=True, width="stretch"
    )
