"""Pairs of pupils who may be one: of whom one is held, until a person says that they are one or two."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from phusong.access.actions.pairs import ask_pair_decisions, ask_pairs, decide_pair, undo_pair
from phusong.persons.words import tell_reasons
from phusong.screens.deeds import ask_reason, do_once
from phusong.screens.frame import Screen
from phusong.screens.listing import SHORT, show_list
from phusong.screens.speech import word
from phusong.store.decisions import ONE

#: What can be decided → whether it makes one pupil of both.
VERDICTS: dict[str, bool] = {word("They are two pupils"): False, word("They are one pupil"): True}


def show_pairs(screen: Screen) -> None:
    """Show the pairs of one's own that wait for a person, let one be decided, and a decision be taken back.

    Parameters
    ----------
    screen : of the page.
    """
    st.caption(
        screen.say(
            "Of two who may be one pupil, one waits until a person decides. A decision counts from the next"
            " run, and holds for later deliveries too."
        )
    )
    pairs = ask_pairs(screen.principal, screen.desk)
    show_list(screen, _write_pairs(screen, pairs), empty=screen.say("No pair waits for a person."))
    if len(pairs):
        _show_decision(screen, pairs)
    _show_decided(screen)


def _write_pairs(screen: Screen, pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs as a list, with what agrees and what does not."""
    described = pairs["reasons"].fillna("").astype("str")
    return pd.DataFrame(
        {
            screen.say("First pupil"): pairs["left_key"].str.slice(0, SHORT),
            screen.say("Second pupil"): pairs["right_key"].str.slice(0, SHORT),
            screen.say("What agrees, what does not"): [
                "; ".join(tell_reasons(text, language=screen.language)) for text in described
            ],
        }
    )


def _show_decision(screen: Screen, pairs: pd.DataFrame) -> None:
    """Show the form in which one pair is decided."""
    listed = list(zip(pairs["left_key"], pairs["right_key"], strict=True))
    with st.form("devices pair"):
        at = st.selectbox(
            screen.say("Pair"),
            range(len(listed)),
            format_func=lambda n: " · ".join(key[:SHORT] for key in listed[n]),
            index=None,
            placeholder=screen.say("Choose a pair"),
            key="pair choice",
        )
        verdict = st.radio(
            screen.say("What they are"), list(VERDICTS), format_func=screen.say, key="pair verdict"
        )
        why = ask_reason(screen, "pair")
        asked = st.form_submit_button(screen.say("Decide on the pair"))
    if asked and (at is None or not why.strip()):
        st.warning(screen.say("Choose a pair and give a reason."))
    elif asked and at is not None:
        left, right = listed[at]
        do_once(
            screen,
            "pair",
            lambda _: decide_pair(
                screen.principal, screen.desk, left, right, is_one=VERDICTS[str(verdict)], why=why
            ),
            lambda made: screen.say("Decision {n} is kept.", n=made.number),
        )


def _show_decided(screen: Screen) -> None:
    """Show the decisions in force, and let one be taken back."""
    done = ask_pair_decisions(screen.principal, screen.desk)
    st.header(screen.say("Decisions in force"))
    verdicts = {is_one: screen.say(text) for text, is_one in VERDICTS.items()}
    table = pd.DataFrame(
        {
            screen.say("Number"): done["number"].astype("int64"),
            screen.say("First pupil"): done["left"].astype("str").str.slice(0, SHORT),
            screen.say("Second pupil"): done["right"].astype("str").str.slice(0, SHORT),
            screen.say("What they are"): [verdicts[action == ONE] for action in done["action"]],
            screen.say("Who"): done["by"],
            screen.say("Why"): done["why"],
        }
    )
    show_list(screen, table, empty=screen.say("Nothing has been decided yet."))
    if done.empty:
        return
    with st.form("devices pair undo"):
        number = st.selectbox(
            screen.say("Decision to take back"), done["number"].tolist(), key="pair undo number"
        )
        why = ask_reason(screen, "pair undo")
        asked = st.form_submit_button(screen.say("Take the decision back"))
    if asked and why.strip() and number is not None:
        do_once(
            screen,
            "pair undo",
            lambda _: undo_pair(screen.principal, screen.desk, int(number), why=why),
            lambda _: screen.say("Decision {n} is taken back.", n=int(number)),
        )
