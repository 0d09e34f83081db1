"""The steps of awards: approved by another person or sent back, handed over, confirmed, ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
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
    send_back_awards,
    take_back_device,
)
from phusong.access.book import name_day
from phusong.access.questions.awards import ask_awards, count_awards
from phusong.access.questions.names import ask_names
from phusong.access.questions.stories import ask_story
from phusong.access.selection import Selection
from phusong.screens.deeds import ask_reason, do_once
from phusong.screens.faults import tell_fault
from phusong.screens.frame import Screen
from phusong.screens.listing import SHORT, write_words
from phusong.screens.narrowing import find_page, show_pages
from phusong.screens.speech import MISSING, word
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
    "proposed_on",
    "approved_on",
    "handed_over_on",
)
#: How a grid writes days.
DAYS = "DD/MM/YYYY"


@dataclass(frozen=True)
class Step:
    """Hold a step of awards: the state that it takes them from, its deed, the words on its button."""

    takes: AwardState
    deed: Callable[..., int]
    label: str


STEPS: dict[str, Step] = {
    "approve": Step(AwardState.PROPOSED, approve_awards, word("Approve")),
    "hand over": Step(AwardState.APPROVED, hand_over_awards, word("Hand over")),
    "confirm": Step(AwardState.HANDED_OVER, confirm_awards, word("Confirm")),
}
#: What may become of an award that was given → its deed.
ENDS: dict[str, str] = {
    "fit": word("Came back fit: into store"),
    "unfit": word("Came back unfit: set aside"),
    "lost": word("Lost or sold"),
    "cancelled": word("Cancelled before the hand-over"),
    "freed": word("The pupil may be given another"),
}


def show_step(screen: Screen, selection: Selection, action: str) -> None:
    """Show the awards that wait for a step, and let it be done for those of the page that are ticked.

    Parameters
    ----------
    screen : of the page.
    selection : which of them.
    action : a key of `STEPS`.
    """
    state = STEPS[action].takes
    page = find_page(f"devices {action}", selection)
    who, desk, states = screen.principal, screen.desk, (state,)
    counted = count_awards(who, desk, selection, states=states)
    waiting = ask_awards(who, desk, selection, states=states, page=page)
    st.caption(screen.say("{n} of {all} awards that wait", n=counted.found, all=counted.total))
    if waiting.empty:
        st.info(screen.say("Nothing waits here."))
        return
    ticked = _tick(screen, waiting, action)
    show_pages(f"devices {action}", selection, counted.found)
    if counted.found > len(waiting):
        st.caption(screen.say("A step is taken for the awards that are ticked on this page."))
    if len(ticked):
        _show_form(screen, ticked, action)
    else:
        st.info(screen.say("Tick the awards first: choose a school, then its rows."))


def _show_form(screen: Screen, ticked: pd.DataFrame, action: str) -> None:
    """Show the form by which a step is taken for ticked awards, and take it."""
    step, numbers, record = STEPS[action], [int(n) for n in ticked["award"]], ""
    about, send_back = _describe(screen, ticked), screen.say("Send back")
    with st.form(f"devices {action}"):
        day = ask_day(screen, action)
        if action != "approve":
            record = st.text_input(
                screen.say("Number of the signed record"), placeholder="BB-01", max_chars=40
            )
        why = ask_reason(screen, action)
        left, right = st.columns(2)
        asked = left.form_submit_button(f"{screen.say(step.label)} {about}")
        back = action == "approve" and right.form_submit_button(f"{send_back} {about}")
    told: dict[str, Any] = {"why": why, "dated": day}
    more = {"record": record.strip()} if action != "approve" else {}
    if asked or back:
        deed = send_back_awards if back else step.deed
        do_once(
            screen,
            action,
            lambda key: deed(screen.principal, screen.desk, numbers, key=key, **told, **more),
            lambda n: screen.count("Done for {n} award", "Done for {n} awards", n),
        )


def ask_day(screen: Screen, name: str) -> str:
    """Show the field for the day that stands on a record, today at first, and return it [ISO].

    Parameters
    ----------
    screen : of the page.
    name : of the form.
    """
    today = date.fromisoformat(name_day(screen.desk))
    day = st.date_input(
        screen.say("Day on the record"),
        value=today,
        max_value=today,
        format=DAYS,
        key=f"day {name}",
    )
    return day.isoformat()


def _describe(screen: Screen, ticked: pd.DataFrame) -> str:
    """Return how many devices or packages of which school a step would be taken for."""
    devices = int(ticked["lot_id"].notna().sum())
    others = len(ticked) - devices
    parts = [screen.count("{n} device", "{n} devices", devices)] if devices else []
    parts += [screen.count("{n} package", "{n} packages", others)] if others else []
    schools = ticked["school_id"].astype("object")
    names = screen.ask(ask_names)["school_id"]
    if schools.nunique(dropna=False) > 1:
        where = screen.say("{n} schools", n=schools.nunique(dropna=False))
    else:
        where = names.get(str(schools.iloc[0]), screen.say("school not known"))
    return ", ".join([*parts, where])


def _tick(screen: Screen, waiting: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the awards that are ticked; none at first, all of the page where that is wanted."""
    labels = {
        "award": screen.say("Award"),
        "proposed_on": screen.say("Proposed on"),
        "approved_on": screen.say("Approved on"),
        "handed_over_on": screen.say("Handed over on"),
    }
    shown = write_words(screen, waiting, SHOWN, DEVICES, STUDENTS, labels=labels)
    tick = screen.say("Take")
    numbers = hash(tuple(waiting["award"]))  # ticks belong to these awards and no others
    every = st.checkbox(screen.say("All on this page"), key=f"devices all {name} {numbers}")
    days = {labels[n]: st.column_config.DateColumn(format=DAYS) for n in labels if n != "award"}
    edited = st.data_editor(
        pd.concat([pd.Series(every, shown.index, name=tick), shown], axis="columns"),
        hide_index=True,
        width="stretch",
        placeholder=MISSING,
        column_config=days,
        key=f"devices ticks {name} {numbers} {every}",
        disabled=list(shown.columns),
    )
    return waiting[edited[tick].to_numpy(dtype=bool)]


def show_after(screen: Screen, selection: Selection) -> None:
    """Let an award be ended: returned, lost, cancelled; or its pupil be freed by a decision.

    Parameters
    ----------
    screen : of the page.
    selection : among which awards one can be chosen.
    """
    awards = ask_awards(screen.principal, screen.desk, selection, page=1)
    if awards.empty:
        st.info(screen.say("Nothing waits here."))
        return
    with st.form("devices after"):
        counted = count_awards(screen.principal, screen.desk, selection)
        number = choose_award(screen, screen.say("Award"), awards, counted.found)
        end = st.radio(
            screen.say("What happened"), list(ENDS), format_func=lambda e: screen.say(ENDS[e])
        )
        day = ask_day(screen, "after")
        record = st.text_input(screen.say("Number of the signed record"), max_chars=40)
        why = ask_reason(screen, "after")
        asked = st.form_submit_button(screen.say("Write it down"))
    if asked and number is not None:
        do_once(
            screen,
            "after",
            lambda key: _end(screen, int(number), end, record, why=why, key=key, dated=day),
            lambda _: screen.say("Written down for award {n}", n=int(number)),
        )


def choose_award(screen: Screen, label: str, rows: pd.DataFrame, found: int) -> int | None:
    """Show a choice of awards and return the number of the one chosen; says where there are more.

    Parameters
    ----------
    screen : of the page.
    label : above the choice.
    rows : the first page of the awards that can be chosen.
    found : how many can be chosen on all pages [rows].
    """
    states = {str(s): screen.speech.term(s) for s in AwardState}
    cells = zip(
        rows["award"],
        rows["student_key"].str.slice(0, SHORT),
        rows["lot_id"].fillna(rows["package_id"]),
        rows["state"].map(states),
        strict=True,
    )
    names = {int(row[0]): " · ".join(str(cell) for cell in row) for row in cells}
    more = screen.say("The first {n} of {all}: search above for others.", n=len(rows), all=found)
    number = st.selectbox(
        label,
        list(names),
        format_func=lambda n: names[n],
        index=None,
        placeholder=screen.say("Choose an award"),
    )
    if found > len(rows):
        st.caption(more)
    return None if number is None else int(number)


def _end(screen: Screen, number: int, end: str, record: str, **told: Any) -> None:
    """Do what became of an award."""
    who, desk = screen.principal, screen.desk
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
