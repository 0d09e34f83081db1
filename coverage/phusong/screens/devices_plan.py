"""What the plan gives: made as work of its own, read by tier and reason, proposed for approval."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import streamlit as st

from phusong.access.actions.awards import propose_awards
from phusong.access.questions.awards import ask_allocation, count_allocation
from phusong.access.selection import EVERYWHERE, Selection
from phusong.ledger.imports import GIVEN
from phusong.pipeline.devices import plan_devices
from phusong.pipeline.shelves import find_ledger
from phusong.screens.deeds import ask_reason, do_once
from phusong.screens.frame import Screen
from phusong.screens.listing import show_list, write_words
from phusong.screens.narrowing import find_page, show_pages
from phusong.screens.speech import Speech
from phusong.screens.tasks import follow_task, start_task
from phusong.vocabulary.book import AllocationUnit, Outcome
from phusong.vocabulary.tables.pupils import STUDENTS
from phusong.vocabulary.tables.results import DEVICES

SHOWN = (
    "rank",
    "student_key",
    "tier",
    "level",
    "school_id",
    "device_kind",
    "lot_id",
    "package_id",
    "kit",
    "outcome",
    "reason",
)
TASK = "plan devices"


def plan_anew(tell: Callable[[float, str], None], folder: str, book: str, language: str) -> str:
    """Allocate what lies in store; runs in a process of its own.

    Parameters
    ----------
    tell : takes how far it is and what it is at.
    folder : output folder.
    book : where the book lies; empty: beside the results.
    language : `vi` or `en`.
    """
    tell(0.1, "")
    ledger = find_ledger(Path(folder), book or None)
    told = plan_devices(Path(folder), ledger, unit=AllocationUnit.PER_STUDENT)
    return Speech(language).count(
        "{n} pupil was considered", "{n} pupils were considered", int(told["pupils"])
    )


def show_plan(screen: Screen, selection: Selection) -> None:
    """Show what the plan gives to one's own pupils, and let it be proposed.

    Parameters
    ----------
    screen : of the page.
    selection : which pupils.
    """
    proposes = screen.may("propose_awards")
    follow_task(screen, TASK)
    if proposes and st.button(screen.say("Plan anew with what lies in store"), key="devices plan"):
        start_task(
            screen, TASK, plan_anew, str(screen.folder), screen.desk.book or "", screen.language
        )
        st.rerun()
    counts = count_allocation(screen.principal, screen.desk, selection)
    if not counts:
        st.info(_say_nothing(screen, selection))
        return
    _show_outcomes(screen, counts)
    page, found = find_page("devices plan", selection), sum(counts.get(str(o), 0) for o in GIVEN)
    given = ask_allocation(screen.principal, screen.desk, selection, page=page)
    st.header(screen.say("What the plan gives"))
    st.caption(screen.count("{n} pupil", "{n} pupils", found))
    show_list(
        screen,
        write_words(screen, given, SHOWN, DEVICES, STUDENTS),
        empty=screen.say(
            "The plan gives nothing new: all is awarded, or nothing is left in store."
        ),
    )
    show_pages("devices plan", selection, found)
    if proposes and found:
        _propose(screen, selection, found)


def _say_nothing(screen: Screen, selection: Selection) -> str:
    """Return why no pupil is there: nothing was planned, or none of them is wanted."""
    if selection != EVERYWHERE:
        return screen.say("Nobody is left with these filters.")
    return screen.say("Nothing has been planned yet.")


def _show_outcomes(screen: Screen, counts: dict[str, int]) -> None:
    """Show how many pupils get what, each in one line."""
    names = {str(o): screen.speech.term(o) for o in Outcome}
    rows = [(names.get(outcome, outcome), n) for outcome, n in counts.items()]
    table = pd.DataFrame(rows, columns=[screen.say("Outcome"), screen.say("Pupils")])
    show_list(screen, table, empty="")


def _propose(screen: Screen, selection: Selection, found: int) -> None:
    """Show the form by which the first in line are proposed."""
    with st.form("devices propose"):
        first = st.number_input(
            screen.say("How many, first served first"),
            min_value=1,
            max_value=found,
            value=found,
        )
        why = ask_reason(screen, "propose")
        st.caption(screen.say("Another person approves: whoever proposes never does."))
        asked = st.form_submit_button(screen.say("Propose"))
    if asked:
        who, desk = screen.principal, screen.desk
        keys = ask_allocation(who, desk, selection)["student_key"].head(int(first)).tolist()
        do_once(
            screen,
            "propose",
            lambda key: propose_awards(who, desk, keys, why=why, key=key),
            lambda told: screen.say(
                "{n} awards proposed, {m} left out since they have one",
                n=len(told["awards"]),
                m=len(told["refused"]),
            ),
        )
