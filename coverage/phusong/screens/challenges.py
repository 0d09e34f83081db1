"""What was reported wrong, by whom, and what the planners decided."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from phusong.access.actions.challenges import settle_challenge
from phusong.access.questions.challenges import ask_challenges
from phusong.access.questions.names import ask_names
from phusong.pipeline.challenges import Ground, Standing
from phusong.screens.deeds import do_once, show_answer
from phusong.screens.frame import Screen, open_screen
from phusong.screens.listing import show_list, write_words
from phusong.vocabulary.book import Role
from phusong.vocabulary.terms import Operator, Status, Technology

SHOWN = (
    "number",
    "at",
    "hamlet_id",
    "technology",
    "operator",
    "says",
    "ground",
    "note",
    "role",
    "organisation",
    "standing",
)
WORDS = {
    "technology": Technology,
    "operator": Operator,
    "says": Status,
    "ground": Ground,
    "role": Role,
    "standing": Standing,
}


def show() -> None:
    """Show the page."""
    screen = open_screen("challenges")
    st.title(screen.say("Reported wrong"))
    st.caption(
        screen.say(
            "A report that was tried or measured on the spot, that says “covered” or “not covered” and is "
            "accepted, counts in the next results, before what operators say and models compute. Any other "
            "changes nothing by itself: whoever decides says what to correct in which source."
        )
    )
    show_answer()
    told = ask_challenges(screen.principal, screen.desk)
    wanted = st.pills(
        screen.say("How it stands"),
        list(Standing),
        format_func=screen.speech.term,
        selection_mode="multi",
    )
    shown = told[told["standing"].isin([str(w) for w in wanted])] if wanted else told
    st.caption(screen.say("{n} of {all} reports", n=len(shown), all=len(told)))
    labels = {
        "number": screen.say("Number"),
        "at": screen.say("When"),
        "technology": screen.say("Technology"),
        "operator": screen.say("Operator"),
        "says": screen.say("What is so"),
        "ground": screen.say("How it is known"),
        "note": screen.say("More"),
        "role": screen.say("Role"),
        "organisation": screen.say("Organisation"),
        "standing": screen.say("How it stands"),
    }
    clock = shown.assign(at=shown["at"].map(screen.speech.moment)) if len(shown) else shown
    show_list(
        screen,
        write_words(screen, clock, SHOWN, words=WORDS, labels=labels),
        empty=screen.say("Nobody has reported anything wrong."),
    )
    if screen.may("settle_challenge"):
        _settle(screen, told[told["standing"] == Standing.OPEN])


def _name_report(screen: Screen, waiting: pd.DataFrame, number: int) -> str:
    """Return a report as a list of choices shows it: where, what, what is so."""
    row = waiting.set_index("number").loc[number]
    hamlet = screen.ask(ask_names)["hamlet_id"].get(row["hamlet_id"], row["hamlet_id"])
    terms = [Technology.of(row["technology"]), Status.of(row["says"]), Ground.of(row["ground"])]
    told = " · ".join(screen.speech.term(t) for t in terms)
    return f"{number} · {hamlet} · {told}"


def _settle(screen: Screen, waiting: pd.DataFrame) -> None:
    """Let a report that waits be decided."""
    if waiting.empty:
        return
    with st.form("challenges settle"):
        number = st.selectbox(
            screen.say("Report"),
            waiting["number"].tolist(),
            format_func=lambda n: _name_report(screen, waiting, n),
        )
        standing = st.radio(
            screen.say("Decision"),
            [Standing.ACCEPTED, Standing.REJECTED],
            format_func=screen.speech.term,
        )
        note = st.text_input(screen.say("Why, and what to correct in which source"), max_chars=300)
        asked = st.form_submit_button(screen.say("Decide"))
    if asked and not note.strip():
        st.warning(screen.say("A decision needs its reason."))
    elif asked:
        do_once(
            screen,
            "settle",
            lambda _: settle_challenge(
                screen.principal, screen.desk, int(number), standing=standing, note=note
            ),
            lambda _: screen.say("Decided."),
        )
