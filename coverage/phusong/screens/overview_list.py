"""The hamlets of where one is, as a table that can be saved as it stands."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from phusong.access.questions.findings import ask_gaps
from phusong.access.selection import Selection, cut_page
from phusong.screens.exports import offer
from phusong.screens.frame import Screen
from phusong.screens.listing import show_list, write_head, write_words
from phusong.screens.narrowing import find_page, show_pages
from phusong.views.sheets import render_list
from phusong.vocabulary.tables.results import GAPS, HAMLETS
from phusong.vocabulary.terms import GapClass

FIRST_SHOWN = (GapClass.K5, GapClass.K4, GapClass.K3, GapClass.KU)
COLUMNS = (
    "hamlet_id",
    "commune_code",
    "class",
    "cause",
    "mobile_5g",
    "mobile_4g",
    "indoor_4g",
    "mobile_3g",
    "indoor_3g",
    "fibre",
    "official_gap",
    "official_evidence",
    "clusters",
    "dark_clusters",
    "unknown_clusters",
    "dark_households",
    "gap_4g5g",
    "class_without_3g",
    "disagrees",
    "population",
    "location_quality",
)
INDOORS = ("indoor_4g", "indoor_3g")
FILE = "thon_theo_nhom.xlsx"


def show_gaps(screen: Screen) -> None:
    """Show the hamlets of the classes that are chosen, in the commune where one is.

    Parameters
    ----------
    screen : of the page.
    """
    gaps = screen.ask(ask_gaps)
    place = Selection(commune=screen.place.commune, hamlet=screen.place.hamlet)
    here = gaps[place.match(gaps, screen.folder)]
    listed = here if len(here) else gaps
    chosen = st.pills(
        screen.say("Class"),
        list(GapClass),
        default=FIRST_SHOWN,
        format_func=screen.speech.term,
        selection_mode="multi",
    )
    classes = tuple(str(c) for c in chosen)
    shown = listed[listed["class"].isin(classes)]
    st.caption(screen.say("{n} of {all} hamlets", n=len(shown), all=len(listed)))
    asked = replace(place, codes=(("class", classes),))
    part = shown.iloc[cut_page(np.arange(len(shown)), find_page("overview list", asked))]
    told = _write(screen, part)
    show_list(screen, told, empty=screen.say("No hamlet is of these classes."))
    show_pages("overview list", asked, len(shown))
    offer(
        screen,
        screen.say("Save the list as Excel"),
        FILE,
        lambda: _build(screen, shown),
        rows=len(shown),
    )


def _build(screen: Screen, shown: pd.DataFrame) -> bytes:
    """Return the workbook of all hamlets that are wanted, on whatever page."""
    head = write_head(screen, screen.say("Connectivity of every hamlet"))
    return render_list(_write(screen, shown), head)


def _write(screen: Screen, gaps: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of the list in words, shares as per cent."""
    shares = {c: gaps[c].map(screen.speech.share, na_action="ignore") for c in INDOORS}
    return write_words(screen, gaps.assign(**shares), COLUMNS, HAMLETS, GAPS)
