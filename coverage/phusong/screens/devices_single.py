"""Single devices: one given without a plan, and one in the place of a lost or broken one."""

from __future__ import annotations

import streamlit as st

from phusong.access.actions.replacing import Fate, propose_award, replace_device
from phusong.access.questions.awards import ask_awards, count_awards
from phusong.access.questions.book import ask_lots, ask_packages, ask_stock
from phusong.access.selection import Selection
from phusong.ledger.stock import LOT
from phusong.screens.deeds import ask_reason, do_once
from phusong.screens.devices_steps import ask_day, choose_award
from phusong.screens.frame import Screen
from phusong.vocabulary.book import AwardState
from phusong.vocabulary.pupils import DeviceKind

#: An award whose device can be replaced.
GIVEN = (AwardState.HANDED_OVER, AwardState.CONFIRMED)


def show_single(screen: Screen, selection: Selection) -> None:
    """Let a device be replaced, and one be proposed without a plan, as far as the role may.

    Parameters
    ----------
    screen : of the page.
    selection : among which awards one can be replaced.
    """
    if screen.may("replace_device"):
        _show_replacement(screen, selection)
    if screen.may("propose_award"):
        _show_proposal(screen)


def _show_replacement(screen: Screen, selection: Selection) -> None:
    """Show the form by which another device takes the place of one."""
    st.header(screen.say("Replace a lost or broken device"))
    who, desk = screen.principal, screen.desk
    given = ask_awards(who, desk, selection, states=GIVEN, with_device=True, page=1)
    if given.empty:
        st.info(screen.say("No device has been handed over yet."))
        return
    fates = [f for f in Fate if f != Fate.LOST or screen.may("take_lot")]
    with st.form("devices replace"):
        label = screen.say("Award whose device is replaced")
        counted = count_awards(who, desk, selection, states=GIVEN, with_device=True)
        number = choose_award(screen, label, given, counted.found)
        fate = st.radio(
            screen.say("What became of the first device"), fates, format_func=screen.speech.term
        )
        lot = _choose_lot(screen, "replace")
        record = st.text_input(
            screen.say("Number of the signed record"), key="record replace", max_chars=40
        )
        day = ask_day(screen, "replace")
        why = ask_reason(screen, "replace")
        st.caption(screen.say("Another person approves the new award before it is handed over."))
        asked = st.form_submit_button(screen.say("Replace"))
    if asked and number is not None:
        told = {"why": why, "record": record.strip(), "dated": day}
        do_once(
            screen,
            "replace",
            lambda key: replace_device(
                screen.principal, screen.desk, int(number), lot, Fate.of(str(fate)), **told, key=key
            ),
            lambda n: screen.say(
                "Award {n} is proposed in the place of award {first}.", n=n, first=int(number)
            ),
        )


def _choose_lot(screen: Screen, name: str) -> str:
    """Show the lots that have a device left; a field for its number where the role sees no store."""
    label = screen.say("Lot of the device that is given")
    if not screen.may("ask_stock"):
        return st.text_input(label, key=f"lot {name}", max_chars=40).strip()
    stock = ask_stock(screen.principal, screen.desk).set_index("item")["free"]
    lots = ask_lots(screen.principal, screen.desk).set_index("lot_id")["kind"]
    free = {n: int(stock.get(LOT + n, 0)) for n in lots.index if stock.get(LOT + n, 0) > 0}
    chosen = st.selectbox(
        label,
        list(free),
        format_func=lambda n: screen.say(
            "{lot} · {kind} · {n} left",
            lot=n,
            kind=DeviceKind.of(str(lots[n])),
            n=free[n],
        ),
        key=f"lot {name}",
        index=None,
        placeholder=screen.say("Choose a lot"),
    )
    return chosen or ""


def _show_proposal(screen: Screen) -> None:
    """Show the form by which one pupil is proposed without a plan."""
    st.header(screen.say("Propose for one pupil without a plan"))
    packages = ask_packages(screen.principal, screen.desk)["package_id"].tolist()
    with st.form("devices single"):
        student = st.text_input(
            screen.say("Pseudonym of the pupil, as lists show it"),
            key="single student",
            placeholder="hs-…",
            max_chars=40,
        )
        lot = _choose_lot(screen, "single")
        package = st.selectbox(
            screen.say("Data package"), packages, index=None, placeholder=screen.say("No package")
        )
        outside = st.checkbox(
            screen.say("Beyond what the policy gives: the reason says why"), key="single outside"
        )
        day = ask_day(screen, "single")
        why = ask_reason(screen, "single")
        st.caption(screen.say("Another person approves: whoever proposes never does."))
        asked = st.form_submit_button(screen.say("Propose for this pupil"))
    if asked:
        told = {"lot_id": lot, "package_id": package or "", "why": why, "dated": day}
        do_once(
            screen,
            "single",
            lambda key: propose_award(
                screen.principal, screen.desk, student, outside_policy=outside, **told, key=key
            ),
            lambda n: screen.say("Award {n} is proposed.", n=n),
        )
