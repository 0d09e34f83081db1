"""Devices: what lies in store, what the plan gives, each step of an award, and what came back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from phusong.access.book import has_book
from phusong.access.selection import Selection
from phusong.screens.deeds import show_answer
from phusong.screens.devices_pairs import show_pairs
from phusong.screens.devices_plan import show_plan
from phusong.screens.devices_pupils import show_changes
from phusong.screens.devices_single import show_single
from phusong.screens.devices_steps import show_after, show_step, show_story
from phusong.screens.devices_stock import show_stock
from phusong.screens.frame import Screen, open_screen
from phusong.screens.narrowing import ask_selection

#: A part of the page: takes the screen and which pupils are wanted.
Part = Callable[[Screen, Selection], None]
#: Under which the tab that is open is kept.
TAB = "devices part"


def show() -> None:
    """Show the page."""
    screen = open_screen("devices")
    st.title(screen.say("Devices"))
    st.caption(screen.say("Once per pupil: a second award is refused, and the first one is cited."))
    show_answer()
    if not has_book(screen.desk):
        st.info(screen.say("There is no book yet. Make one with: phusong ledger init"))
        return
    hint = screen.say("School, hamlet, commune, pseudonym, number of an award or lot")
    selection = ask_selection(screen, "devices", schools=True, hint=hint)
    parts = _list_parts(screen)
    tabs = st.tabs(list(parts), key=TAB, on_change="rerun")
    for tab, part in zip(tabs, parts.values(), strict=True):
        if tab.open:  # what nobody looks at is neither asked for nor sent
            with tab:
                part(screen, selection)


def _list_parts(screen: Screen) -> dict[str, Part]:
    """Return the parts that a role has something to do in, by their titles."""
    parts: dict[str, Part] = {}
    if screen.may("ask_stock"):
        parts[screen.say("In store")] = lambda shown, _: show_stock(shown)
    parts[screen.say("Plan and proposals")] = show_plan
    for action, name, title in (
        ("approve", "approve_awards", screen.say("To be approved")),
        ("hand over", "hand_over_awards", screen.say("To be handed over")),
        ("confirm", "confirm_awards", screen.say("To be confirmed")),
    ):
        if screen.may(name):
            parts[title] = partial(show_step, action=action)
    if screen.may("take_back_device", "free_pupil"):
        parts[screen.say("Returned, lost")] = show_after
    if screen.may("record_decline", "record_departure"):
        parts[screen.say("Declined, moved, left")] = lambda shown, _: show_changes(shown)
    if screen.may("decide_pair"):
        parts[screen.say("Pairs to be looked at")] = lambda shown, _: show_pairs(shown)
    if screen.may("replace_device", "propose_award"):
        parts[screen.say("Single devices")] = show_single
    parts[screen.say("Answer a complaint")] = lambda shown, _: show_story(shown)
    return parts
