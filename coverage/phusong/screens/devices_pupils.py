"""What changes with a pupil: the family declines, the pupil moves to another school or leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from phusong.access.actions.pupils import (
    Goes,
    ask_pupil_changes,
    record_decline,
    record_departure,
    record_move,
    withdraw_change,
)
from phusong.screens.deeds import ask_reason, do_once
from phusong.screens.devices_steps import ask_day
from phusong.screens.frame import Screen
from phusong.screens.listing import SHORT, show_list
from phusong.screens.speech import MISSING, word
from phusong.vocabulary.book import DeviceGoes, PupilChange

#: What becomes of a device in the pupil's hands → what the book is told.
GOES: dict[str, Goes] = {
    word("The pupil has no device in hand"): Goes(),
    word("The device goes along with the pupil"): Goes(DeviceGoes.ALONG),
    word("The device comes back, fit: into store"): Goes(DeviceGoes.BACK),
    word("The device comes back, unfit: set aside"): Goes(DeviceGoes.BACK, fit=False),
}


def show_changes(screen: Screen) -> None:
    """Let a decline, a move or a departure be written down, and be withdrawn.

    Parameters
    ----------
    screen : of the page.
    """
    _show_form(screen)
    found = ask_pupil_changes(screen.principal, screen.desk)
    st.header(screen.say("In force"))
    show_list(screen, _write(screen, found), empty=screen.say("Nothing has been written down."))
    if len(found):
        _show_withdrawal(screen, found)


def _show_form(screen: Screen) -> None:
    """Show the form by which a change is written down."""
    st.caption(
        screen.say(
            "Who declines or leaves is not proposed again until it is withdrawn; what was proposed is"
            " cancelled and lies in store again. An award goes along to another school."
        )
    )
    with st.form("devices pupil"):
        student = st.text_input(
            screen.say("Pseudonym of the pupil, as lists show it"),
            key="change student",
            placeholder="hs-…",
            max_chars=40,
        )
        kind = st.radio(
            screen.say("What has changed"), list(PupilChange), format_func=screen.speech.term
        )
        school = st.text_input(
            screen.say("Id of the school the pupil moves to"), key="change school", max_chars=40
        )
        goes = st.selectbox(
            screen.say("What becomes of the device"),
            list(GOES),
            format_func=screen.say,
            key="change device",
        )
        day = ask_day(screen, "pupil")
        record = st.text_input(
            screen.say("Number of the signed record"), key="record pupil", max_chars=40
        )
        why = ask_reason(screen, "pupil")
        asked = st.form_submit_button(screen.say("Write it down"))
    if asked:
        described = {"why": why, "record": record.strip(), "dated": day}
        step = _choose(PupilChange.of(str(kind)), student, school, GOES[str(goes)])
        do_once(
            screen,
            "pupil",
            lambda key: step(screen, key=key, **described),
            lambda n: screen.say("Written down under number {n}.", n=n),
        )


def _choose(kind: PupilChange, student: str, school: str, goes: Goes) -> Callable[..., int]:
    """Return the deed of a change, which takes the screen and what is told of every deed."""

    def _do(screen: Screen, **told: Any) -> int:
        who, desk = screen.principal, screen.desk
        if kind == PupilChange.DECLINED:
            return record_decline(who, desk, student, **told)
        if kind == PupilChange.MOVED:
            return record_move(who, desk, student, school, goes, **told)
        return record_departure(who, desk, student, goes, **told)

    return _do


def _write(screen: Screen, found: pd.DataFrame) -> pd.DataFrame:
    """Return what is in force as a list."""
    device = {str(goes): screen.speech.term(goes) for goes in DeviceGoes}
    kinds = {str(kind): screen.speech.term(kind) for kind in PupilChange}
    columns = {
        screen.say("Number"): found["change"].astype("int64"),
        screen.say("Pupil"): found["student_key"].astype("str").str.slice(0, SHORT),
        screen.say("What has changed"): found["kind"].map(kinds),
        screen.say("School"): found["school_id"].fillna(MISSING),
        screen.say("Device"): found["device"].map(device).fillna(MISSING),
        screen.say("Day on the record"): found["dated"],
    }
    return pd.DataFrame(columns)


def _show_withdrawal(screen: Screen, found: pd.DataFrame) -> None:
    """Show the form by which a change is withdrawn."""
    with st.form("devices withdraw"):
        number = st.selectbox(
            screen.say("Number to withdraw"), found["change"].tolist(), key="change number"
        )
        day = ask_day(screen, "withdraw")
        why = ask_reason(screen, "withdraw")
        asked = st.form_submit_button(screen.say("Withdraw it"))
    if asked and number is not None:
        do_once(
            screen,
            "withdraw",
            lambda key: withdraw_change(
                screen.principal, screen.desk, int(number), why=why, key=key, dated=day
            ),
            lambda _: screen.say("Number {n} is withdrawn.", n=int(number)),
        )
