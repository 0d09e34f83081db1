"""The columns of a delivery: read as what, or not read; and the form in which a person says what one is."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from phusong.access.actions.deliveries import Looked
from phusong.intake.columns import list_columns_of, name_column
from phusong.intake.diagnosis import ColumnReading, Diagnosis
from phusong.screens.frame import Screen
from phusong.screens.listing import show_list

#: How many unread columns can be answered at once.
MOST_ANSWERED = 12
AS_FOUND, UNREAD = "as found", "unread"


def show_columns(screen: Screen, diagnosis: Diagnosis) -> None:
    """Show each column of a file with what it is read as, and how much of it is filled.

    Parameters
    ----------
    screen : of the page.
    diagnosis : the door's report.
    """
    if not diagnosis.columns:
        return
    unread = sum(c.read_as is None for c in diagnosis.columns)
    label = screen.say(
        "Columns of the file: {read} read, {unread} not read",
        read=len(diagnosis.columns) - unread, unread=unread,
    )  # fmt: skip
    with st.expander(label, expanded=bool(unread)):
        rows = [
            {
                screen.say("Column"): f"{c.sheet}!{c.heading}" if c.sheet else c.heading,
                screen.say("Read as"): _name_column(screen, diagnosis.kind, c.read_as),
                screen.say("Filled"): screen.speech.share(c.filled_share),
            }
            for c in diagnosis.columns
        ]
        show_list(screen, pd.DataFrame(rows), empty="")


def ask_columns(screen: Screen, checked: Looked | None) -> dict[str, str]:
    """Ask what the unread columns of the file that was looked at are, and return heading → column.

    Parameters
    ----------
    screen : of the page.
    checked : from `look_at_file`; None before one was.
    """
    answers = dict(checked.said.get("read", {})) if checked else {}
    asked = _list_asked(checked.diagnosis.columns, answers) if checked else []
    if checked is None or not asked:
        return answers
    names, kind = list_columns_of(checked.diagnosis.kind), checked.diagnosis.kind
    st.caption(
        screen.say("What are the columns that were not read? The answer is kept for the next file.")
    )
    for number, heading in enumerate(asked[:MOST_ANSWERED]):
        choices = [AS_FOUND, UNREAD, *names]
        before = answers.get(heading)
        standing = AS_FOUND if before is None else before or UNREAD
        chosen = st.selectbox(
            heading,
            choices,
            index=choices.index(standing),
            format_func=lambda name: _name_choice(screen, kind, name),
            key=f"deliveries read {checked.name} {number}",
        )
        answers.pop(heading, None)
        if chosen != AS_FOUND:
            answers[heading] = "" if chosen == UNREAD else chosen
    return answers


def _list_asked(columns: list[ColumnReading], answers: dict[str, str]) -> list[str]:
    """Return the headings about which a person may say something: not read, or answered before."""
    open_ones = [c.heading for c in columns if c.read_as is None and c.filled_share > 0]
    return list(dict.fromkeys([*answers, *open_ones]))


def _name_choice(screen: Screen, kind: str, name: str) -> str:
    """Return how a choice is called."""
    if name == AS_FOUND:
        return screen.say("as found")
    return screen.say("leave it unread") if name == UNREAD else _name_column(screen, kind, name)


def _name_column(screen: Screen, kind: str, name: str | None) -> str:
    """Return what a canonical column is called; nothing where there is none."""
    return "" if name is None else name_column(kind, name, screen.speech.language)
