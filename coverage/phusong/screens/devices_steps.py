"""The steps of awards: approved by another person, handed over by class, confirmed; and what came back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from phusong.access.actions.awards import (
    approve_awards,
    cancel_award,
    confirm_awards,
    free_pupil,
    hand_over_awards,
    report_lost,
    take_back_device,
)
from phusong.access.questions.book import ask_awards
from phusong.access.questions.stories import ask_story
from phusong.screens.deeds import ask_reason, do_once
from phusong.screens.faults import tell_fault
from phusong.screens.frame import Screen
from phusong.screens.listing import write_words
from phusong.screens.speech import word
from phusong.vocabulary.book import AwardState
from phusong.vocabulary.errors import PhusongError
from phusong.vocabulary.tables.pupils import STUDENTS
from phusong.vocabulary.tables.results import DEVICES

SHOWN = (
    "award",
    "student_key",
    "tier",
    "level",
    "school_id",
    "lot_id",
    "package_id",
    "state",
    "proposed_on",
    "approved_on",
    "handed_over_on",
)
#: Step → the state it takes awards from, its deed, and the word on its button.
STEPS: dict[str, tuple[AwardState, Callable[..., int], str]] = {
    "approve": (AwardState.PROPOSED, approve_awards, word("Approve")),
    "hand over": (AwardState.APPROVED, hand_over_awards, word("Write down the hand-over")),
    "confirm": (AwardState.HANDED_OVER, confirm_awards, word("Confirm")),
}
#: What may become of an award that was given → its deed.
ENDS: dict[str, str] = {
    "fit": word("Came back fit: into store"),
    "unfit": word("Came back unfit: set aside"),
    "lost": word("Lost or sold"),
    "cancelled": word("Cancelled before the hand-over"),
    "freed": word("The pupil may be given another"),
}


def show_step(screen: Screen, action: str) -> None:
    """Show the awards that wait for a step, by school, and let it be done for those that are ticked.

    Parameters
    ----------
    screen : of the page.
    action : a key of `STEPS`.
    """
    state, deed, label = STEPS[action]
    awards = ask_awards(screen.principal, screen.desk)
    waiting = awards[awards["state"] == state].reset_index(drop=True)
    st.caption(screen.count("{n} award waits", "{n} awards wait", len(waiting)))
    if waiting.empty:
        st.info(screen.say("Nothing waits here."))
        return
    ticked = _tick(screen, waiting, action)
    record = ""
    with st.form(f"devices {action}"):
        if action != "approve":
            record = st.text_input(
                screen.say("Number of the signed record"), placeholder="BB-01", max_chars=40
            )
        why = ask_reason(screen, action)
        asked = st.form_submit_button(screen.say(label))
    if asked:
        more = {"record": record} if action != "approve" else {}
        do_once(
            screen,
            action,
            lambda key: deed(screen.principal, screen.desk, ticked, why=why, key=key, **more),
            lambda n: screen.count("Done for {n} award", "Done for {n} awards", n),
        )


def _tick(screen: Screen, waiting: pd.DataFrame, name: str) -> list[int]:
    """Return the awards that are ticked; all of them at first."""
    labels = {
        "award": screen.say("Award"),
        "proposed_on": screen.say("Proposed on"),
        "approved_on": screen.say("Approved on"),
        "handed_over_on": screen.say("Handed over on"),
    }
    shown = write_words(
        screen, waiting, SHOWN, DEVICES, STUDENTS, words={"state": AwardState}, labels=labels
    )
    tick = screen.say("Take")
    edited = st.data_editor(
        shown.assign(**{tick: True}),
        hide_index=True,
        width="stretch",
        key=f"devices ticks {name}",
        disabled=list(shown.columns),
    )
    return [int(n) for n in waiting.loc[edited[tick].to_numpy(dtype=bool), "award"]]


def show_after(screen: Screen) -> None:
    """Let an award be ended: returned, lost, cancelled; or its pupil be freed by a decision.

    Parameters
    ----------
    screen : of the page.
    """
    awards = ask_awards(screen.principal, screen.desk)
    if awards.empty:
        st.info(screen.say("Nothing waits here."))
        return
    with st.form("devices after"):
        number = st.selectbox(
            screen.say("Award"),
            awards["award"].tolist(),
            format_func=lambda n: name_award(screen, awards, n),
            index=None,
            placeholder=screen.say("Choose an award"),
        )
        end = st.radio(
            screen.say("What happened"), list(ENDS), format_func=lambda e: screen.say(ENDS[e])
        )
        record = st.text_input(screen.say("Number of the signed record"), max_chars=40)
        why = ask_reason(screen, "after")
        asked = st.form_submit_button(screen.say("Write it down"))
    if asked and number is not None:
        do_once(
            screen,
            "after",
            lambda key: _end(screen, int(number), end, record, why, key),
            lambda _: screen.say("Written down for award {n}", n=int(number)),
        )


def name_award(screen: Screen, awards: pd.DataFrame, number: int) -> str:
    """Return an award as a list of choices shows it.

    Parameters
    ----------
    screen : of the page.
    awards : among which it is.
    number : of the award.
    """
    row = awards.set_index("award").loc[number]
    state = screen.speech.term(AwardState.of(str(row["state"])))
    return f"{number} · {str(row['student_key'])[:11]} · {row['lot_id'] or row['package_id']} · {state}"


def _end(screen: Screen, number: int, end: str, record: str, why: str, key: str) -> None:
    """Do what became of an award."""
    who, desk = screen.principal, screen.desk
    told: dict[str, Any] = {"why": why, "key": key}
    if end in ("fit", "unfit"):
        take_back_device(who, desk, number, fit=end == "fit", record=record, **told)
    elif end == "lost":
        report_lost(who, desk, number, record=record, **told)
    elif end == "cancelled":
        cancel_award(who, desk, number, **told)
    else:
        free_pupil(who, desk, number, **told)


def show_story(screen: Screen) -> None:
    """Answer a complaint: everything the book says of one's own pupil.

    Parameters
    ----------
    screen : of the page.
    """
    with st.form("devices story"):
        asked = st.text_input(
            screen.say("Pseudonym of the pupil, as lists show it"), placeholder="hs-…", max_chars=40
        )
        look = st.form_submit_button(screen.say("Show what the book says"))
    if not look:
        return
    try:
        lines = ask_story(screen.principal, screen.desk, asked.strip(), screen.language)
    except PhusongError as fault:
        st.error(tell_fault(screen.speech, fault))
        return
    for line in lines:
        st.text(line)
    if not lines:
        st.info(screen.say("The book has nothing about this pupil: no award, no refusal."))
