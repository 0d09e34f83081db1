"""What operators promised for a hamlet and what was reported wrong of it, under whatever id it had then."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from phusong.access.book import has_book
from phusong.access.questions.book import ask_promises
from phusong.access.questions.challenges import ask_challenges
from phusong.pipeline.challenges import Ground, Standing
from phusong.pipeline.hamlet_ids import FORMER, is_about
from phusong.screens.frame import Screen
from phusong.screens.listing import show_list, write_words
from phusong.vocabulary.tables.book import COMMITMENTS
from phusong.vocabulary.terms import Operator, Status, Technology

PROMISES = ("commitment_id", "operator", "technology", "due_on", "state", "on_air_on")
REPORTS = ("number", "technology", "operator", "says", "ground", "standing")
WORDS = {
    "technology": Technology,
    "operator": Operator,
    "says": Status,
    "ground": Ground,
    "standing": Standing,
}


def show_records(screen: Screen, hamlet_id: str) -> None:
    """Show the promises of the book and the reports about a hamlet; nothing where there are none.

    Parameters
    ----------
    screen : of the page.
    hamlet_id : present hamlet.
    """
    if screen.may("ask_promises") and has_book(screen.desk):
        promised = ask_promises(screen.principal, screen.desk)
        rows = promised[is_about(promised, [hamlet_id])]
        if len(rows):
            st.header(screen.say("Operators' promises"))
            columns, labels = _add_former(screen, PROMISES, rows)
            shown = write_words(screen, rows, columns, COMMITMENTS, labels=labels)
            show_list(screen, shown, empty="")
    if screen.may("ask_challenges"):
        reported = ask_challenges(screen.principal, screen.desk)
        rows = reported[is_about(reported, [hamlet_id])]
        if len(rows):
            st.header(screen.say("Reported wrong"))
            columns, labels = _add_former(screen, REPORTS, rows)
            shown = write_words(screen, rows, columns, words=WORDS, labels=labels)
            show_list(screen, shown, empty="")


def _add_former(
    screen: Screen, columns: tuple[str, ...], rows: pd.DataFrame
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the columns to show with what they are called, with the former id where any row has one."""
    labels = {
        "number": screen.say("Number"),
        "technology": screen.say("Technology"),
        "operator": screen.say("Operator"),
        "says": screen.say("What is so"),
        "ground": screen.say("How it is known"),
        "standing": screen.say("How it stands"),
        FORMER: screen.say("Written for the former hamlet"),
    }
    return (*columns, FORMER) if rows[FORMER].notna().any() else columns, labels
