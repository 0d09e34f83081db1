"""Operators' promises in the book, and the form that moves one on."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from phusong.access.actions.services import list_promise_states, move_promise
from phusong.access.book import name_day
from phusong.screens.deeds import ask_reason, do_once
from phusong.screens.frame import Screen
from phusong.vocabulary.book import CommitmentState
from phusong.vocabulary.terms import Operator, Technology


def show_moving(screen: Screen, promised: pd.DataFrame) -> None:
    """Show the form by which a promise is moved on; nothing where there is none.

    Parameters
    ----------
    screen : of the page.
    promised : from `ask_promises`.
    """
    if promised.empty:
        return
    today = date.fromisoformat(name_day(screen.desk))
    with st.expander(screen.say("Move a promise on")), st.form("promise"):
        number = st.selectbox(
            screen.say("Promise"),
            promised["commitment_id"].tolist(),
            format_func=lambda n: _name_promise(screen, promised, n),
            index=None,
            placeholder=screen.say("Choose a promise"),
        )
        state = st.selectbox(
            screen.say("How far it has come"),
            list_promise_states(screen.principal),
            format_func=screen.speech.term,
        )
        day = st.date_input(
            screen.say("Since which day"), value=today, max_value=today, format="DD/MM/YYYY"
        )
        record = st.text_input(screen.say("Number of the acceptance record"), max_chars=40)
        why = ask_reason(screen, "promise")
        asked = st.form_submit_button(screen.say("Move it on"))
    if asked and number is not None:
        told = {"dated": day.isoformat(), "record": record.strip(), "why": why}
        do_once(
            screen,
            "promise",
            lambda key: move_promise(
                screen.principal, screen.desk, number, str(state), **told, key=key
            ),
            lambda _: screen.say(
                "Promise {number}: {state}.", number=number, state=CommitmentState.of(str(state))
            ),
        )


def _name_promise(screen: Screen, promised: pd.DataFrame, number: str) -> str:
    """Return a promise as a list of choices shows it."""
    row = promised.set_index("commitment_id").loc[number]
    place = " · ".join(str(row[n]) for n in ("hamlet", "commune") if pd.notna(row[n]))
    terms = (Operator(str(row["operator"])), Technology.of(str(row["technology"])))
    named = " · ".join(screen.speech.term(t) for t in terms)
    state = screen.speech.term(CommitmentState.of(str(row["state"])))
    return f"{number} · {named} · {place} · {state}"
