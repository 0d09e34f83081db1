"""Deeds on a page: done once whatever is clicked, with a reason, and answered in words."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import streamlit as st

from phusong.screens.faults import tell_fault
from phusong.screens.frame import Screen
from phusong.vocabulary.errors import PhusongError

ANSWER = "deeds answer"


def ask_key(name: str) -> str:
    """Return the key of a form as it stands now: the same until its deed is done, then another.

    Parameters
    ----------
    name : of the form, on this page alone.
    """
    place = f"deed {name}"
    if place not in st.session_state:
        st.session_state[place] = uuid.uuid4().hex
    return str(st.session_state[place])


def do_once(
    screen: Screen, name: str, deed: Callable[[str], Any], told: Callable[[Any], str]
) -> None:
    """Do a deed under the key of its form, keep what to say of it, and draw the page anew.

    Parameters
    ----------
    screen : of the page.
    name : of the form.
    deed : takes the key.
    told : what to say, from the deed's answer.
    """
    try:
        answer = deed(ask_key(name))
    except PhusongError as fault:
        st.error(tell_fault(screen.speech, fault))
        return
    st.session_state.pop(f"deed {name}", None)
    st.session_state[ANSWER] = told(answer)
    st.rerun()


def show_answer() -> None:
    """Show what the last deed was answered, once."""
    if told := st.session_state.pop(ANSWER, ""):
        st.success(told)


def ask_reason(screen: Screen, name: str) -> str:
    """Show the field for a reason and return what stands in it.

    Parameters
    ----------
    screen : of the page.
    name : of the form.
    """
    return st.text_input(
        screen.say("Reason, without names or numbers of persons"),
        key=f"reason {name}",
        placeholder=screen.say("for example: allocation of the first wave"),
        max_chars=200,
    )
