"""The form by which somebody reports that what is said of a hamlet is wrong."""

from __future__ import annotations

import streamlit as st

from phusong.access.actions.challenges import file_challenge
from phusong.access.operators import list_operators
from phusong.pipeline.challenges import LONGEST_NOTE, Ground
from phusong.screens.deeds import do_once
from phusong.screens.frame import Screen
from phusong.screens.hamlet_former import list_merged
from phusong.vocabulary.terms import Status, Technology


def show_report(screen: Screen, hamlet_id: str) -> None:
    """Show the form and file what is sent.

    Parameters
    ----------
    screen : of the page.
    hamlet_id : of the hamlet.
    """
    speech, own = screen.speech, screen.principal.operator
    with st.expander(screen.say("Report wrong")), st.form(f"hamlet report {hamlet_id}"):
        about = _input_part(screen, hamlet_id)
        technology = st.selectbox(
            screen.say("Technology"),
            list(Technology),
            index=list(Technology).index(Technology.G4),
            format_func=speech.term,
        )
        operators = [own] if own is not None else ["", *list_operators(screen.desk)]
        operator = st.selectbox(
            screen.say("Operator"),
            operators,
            format_func=lambda o: speech.term(o) if o else screen.say("all of them together"),
        )
        says = st.selectbox(
            screen.say("What is so"),
            [Status.NONE, Status.PARTIAL, Status.FULL],
            format_func=speech.term,
        )
        ground = st.selectbox(screen.say("How do you know?"), list(Ground), format_func=speech.term)
        note = st.text_area(
            screen.say("More, without names or numbers of persons"), max_chars=LONGEST_NOTE
        )
        asked = st.form_submit_button(screen.say("Send the report"))
    if asked:
        do_once(
            screen,
            "report",
            lambda _: file_challenge(
                screen.principal,
                screen.desk,
                hamlet_id=about,
                technology=str(technology),
                operator=str(operator or ""),
                says=str(says),
                ground=str(ground),
                note=note,
            ),
            lambda kept: screen.say("Report {n} is filed; the planners look at it.", n=kept.number),
        )


def _input_part(screen: Screen, hamlet_id: str) -> str:
    """Return what the report is about: the hamlet, or one that was merged into it, of which one is asked."""
    merged = list_merged(screen, hamlet_id)
    if not merged:
        return hamlet_id
    whole = screen.say("the whole hamlet")
    former = {part: screen.say("former {name}", name=name) for part, name in merged.items()}
    chosen: str = st.selectbox(
        screen.say("What the report is about"),
        [hamlet_id, *former],
        format_func=lambda part: former.get(part, whole),
    )
    return chosen
