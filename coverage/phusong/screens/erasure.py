"""A family's request: a pupil is erased out of every result, and out of every later run."""

from __future__ import annotations

import streamlit as st

from phusong.access.actions.erasure import erase_pupil
from phusong.pipeline.erasure import Erased
from phusong.screens.deeds import ask_reason, do_once, show_answer
from phusong.screens.frame import Screen, open_screen

SOURCES = "erasure sources"


def show() -> None:
    """Show the page."""
    screen = open_screen("erasure")
    st.title(screen.say("Erase a pupil"))
    st.caption(
        screen.say(
            "At the request of the pupil's family: name, records and rows go for good, and no later run "
            "brings them back. The book keeps its lines under the pseudonym, which nobody can trace any more."
        )
    )
    show_answer()
    _show_sources(screen)
    with st.form("erasure"):
        student = st.text_input(
            screen.say("Pseudonym of the pupil, as lists show it"), placeholder="hs-…", max_chars=40
        )
        why = ask_reason(screen, "erasure")
        sure = st.checkbox(screen.say("I have checked that the request is the family's own"))
        asked = st.form_submit_button(screen.say("Erase for good"))
    if not asked:
        return
    if not student.strip() or not why.strip() or not sure:
        st.warning(screen.say("Pseudonym, reason and the tick are needed."))
        return
    do_once(
        screen,
        "erasure",
        lambda _: _erase(screen, student, why),
        lambda done: screen.say(
            "Erased: {n} rows. Counts change with the next run.", n=sum(done.rows.values())
        ),
    )


def _erase(screen: Screen, student: str, why: str) -> Erased:
    """Erase a pupil, and keep for the next drawing of the page which files still hold the records."""
    done = erase_pupil(screen.principal, screen.desk, student, why=why)
    st.session_state[SOURCES] = done.sources
    return done


def _show_sources(screen: Screen) -> None:
    """Show, once, the offices' own files that still hold the records of whoever was just erased."""
    sources = st.session_state.pop(SOURCES, [])
    if sources:
        st.warning(
            screen.say(
                "These files of the offices still hold the pupil and must be corrected there:"
            )
        )
        st.code("\n".join(sources), language=None)
