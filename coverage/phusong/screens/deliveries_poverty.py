"""Whether a commune's list of poor households is there: by year, how many households, as of when."""

from __future__ import annotations

import streamlit as st

from phusong.access.questions.poverty import COLUMNS, ask_poverty_lists
from phusong.screens.frame import Screen
from phusong.screens.listing import show_list, write_words
from phusong.vocabulary.tables.persons import POVERTY


def show_poverty_lists(screen: Screen) -> None:
    """Show the lists of the communes of an account that has any; nobody's name is on it.

    Parameters
    ----------
    screen : of the page.
    """
    if not screen.may("ask_poverty_lists"):
        return
    st.header(screen.say("List of poor households"))
    lists = screen.ask(ask_poverty_lists)
    labels = {"commune_code": screen.say("Commune"), "households": screen.say("Households")}
    listed = write_words(screen, lists, COLUMNS, POVERTY, labels=labels)
    show_list(screen, listed, empty=screen.say("No list of poor households counts yet."))
