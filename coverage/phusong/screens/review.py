"""Addresses that wait for a person: one group at a time, with its candidates; one decision places many."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from phusong.access.actions.review import (
    ask_decisions,
    ask_queue,
    decide_addresses,
    undo_addresses,
)
from phusong.access.questions.names import ask_names
from phusong.screens.deeds import ask_reason, do_once, show_answer
from phusong.screens.frame import Screen, open_screen
from phusong.screens.listing import show_list, write_words
from phusong.vocabulary.pupils import MatchStatus


def show() -> None:
    """Show the page."""
    screen = open_screen("review")
    st.title(screen.say("Addresses to be looked at"))
    st.caption(
        screen.say("One decision places every pupil of a group; it counts from the next run.")
    )
    show_answer()
    queue = ask_queue(screen.principal, screen.desk)
    waiting = int(queue["records"].sum()) if len(queue) else 0
    done = ask_decisions(screen.principal, screen.desk)
    left, middle, right = st.columns(3)
    left.metric(screen.say("Groups"), screen.speech.number(len(queue)))
    middle.metric(screen.say("Records that wait"), screen.speech.number(waiting))
    right.metric(screen.say("Decisions in force"), screen.speech.number(len(done)))
    if queue.empty:
        st.info(screen.say("Nothing waits: every address has its hamlet, or a decision."))
    else:
        _show_group(screen, queue)
    _show_decisions(screen, done)


def _show_group(screen: Screen, queue: pd.DataFrame) -> None:
    """Show one group with its candidates, and let it be decided."""
    place = st.number_input(
        screen.say("Group of {n}, the largest first", n=len(queue)),
        min_value=1,
        max_value=len(queue),
        value=1,
        key="review place",
    )
    group = queue.iloc[int(place) - 1]
    st.header(screen.count("{n} record", "{n} records", int(group["records"])))
    st.text(str(group["text"] or group["example"]))
    st.caption(screen.speech.term(MatchStatus.of(str(group["status"]))))
    names = screen.ask(ask_names)["hamlet_id"]
    candidates = [c for c in str(group["candidates"] or "").split("|") if c in names]
    with st.form(f"review {group['group']}"):
        chosen = st.selectbox(
            screen.say("Which hamlet is meant?"),
            [*candidates, *sorted(set(names) - set(candidates), key=lambda h: names[h])],
            index=None,
            format_func=lambda h: f"{names[h]} ✓" if h in candidates else names[h],
            placeholder=screen.say("Candidates stand first, with a tick"),
        )
        alias = st.checkbox(
            screen.say("The text is one more name of this hamlet"), disabled=not group["text"]
        )
        why = ask_reason(screen, "review")
        asked = st.form_submit_button(screen.say("Decide"))
    if asked and (chosen is None or not why.strip()):
        st.warning(screen.say("Choose a hamlet and give a reason."))
    elif asked:
        do_once(
            screen,
            "review",
            lambda _: decide_addresses(
                screen.principal,
                screen.desk,
                str(group["group"]),
                str(chosen),
                alias=alias,
                why=why,
            ),
            lambda made: screen.say("Decision {n} is kept.", n=made.number),
        )


def _show_decisions(screen: Screen, done: pd.DataFrame) -> None:
    """Show the decisions in force, and let one be taken back."""
    st.header(screen.say("Decisions in force"))
    labels = {
        "number": screen.say("Number"),
        "at": screen.say("When"),
        "text": screen.say("As written"),
        "hamlet_id": screen.say("Hamlet"),
        "by": screen.say("Who"),
        "why": screen.say("Why"),
    }
    clock = done.assign(at=done["at"].map(screen.speech.moment)) if len(done) else done
    show_list(
        screen,
        write_words(screen, clock, tuple(labels), labels=labels),
        empty=screen.say("Nothing has been decided yet."),
    )
    if done.empty:
        return
    with st.form("review undo"):
        number = st.selectbox(screen.say("Decision to take back"), done["number"].tolist())
        why = ask_reason(screen, "undo")
        asked = st.form_submit_button(screen.say("Take it back"))
    if asked and why.strip():
        do_once(
            screen,
            "undo",
            lambda _: undo_addresses(screen.principal, screen.desk, int(number), why=why),
            lambda _: screen.say("Decision {n} is taken back.", n=int(number)),
        )
