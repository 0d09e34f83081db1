"""The hamlets of where one is, as a table that can be saved as it stands."""

from __future__ import annotations

import streamlit as st

from phusong.access.questions.findings import ask_gaps
from phusong.screens.exports import offer
from phusong.screens.frame import Screen
from phusong.screens.listing import show_list, write_head, write_words
from phusong.views.sheets import render_list
from phusong.vocabulary.tables.results import GAPS, HAMLETS
from phusong.vocabulary.terms import GapClass

FIRST_SHOWN = (GapClass.K5, GapClass.K4, GapClass.K3, GapClass.KU)
COLUMNS = (
    "hamlet_id",
    "commune_code",
    "class",
    "cause",
    "mobile_4g",
    "mobile_3g",
    "fibre",
    "mobile_gap",
    "class_without_3g",
    "disagrees",
    "population",
    "location_quality",
)
FILE = "thon_theo_nhom.xlsx"


def show_gaps(screen: Screen) -> None:
    """Show the hamlets of the classes that are chosen, in the commune where one is.

    Parameters
    ----------
    screen : of the page.
    """
    gaps = screen.ask(ask_gaps)
    here = gaps[gaps["commune_code"] == screen.place.commune]
    listed = here if len(here) else gaps
    chosen = st.pills(
        screen.say("Class"),
        list(GapClass),
        default=FIRST_SHOWN,
        format_func=screen.speech.term,
        selection_mode="multi",
    )
    shown = listed[listed["class"].isin([str(c) for c in chosen])]
    st.caption(screen.say("{n} of {all} hamlets", n=len(shown), all=len(listed)))
    told = write_words(screen, shown, COLUMNS, HAMLETS, GAPS)
    show_list(screen, told, empty=screen.say("No hamlet is of these classes."))
    offer(
        screen,
        screen.say("Save the list as Excel"),
        FILE,
        lambda: render_list(told, write_head(screen, screen.say("Connectivity of every hamlet"))),
        rows=len(shown),
    )
