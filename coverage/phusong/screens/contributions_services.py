"""Operators' promises, and fees that are borne for households."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import streamlit as st

from phusong.access.actions.services import (
    Fees,
    end_household_subsidy,
    subsidise_household,
)
from phusong.access.book import name_day
from phusong.access.questions.book import ask_packages, ask_promises
from phusong.access.questions.subsidies import COLUMNS, ask_subsidies
from phusong.access.selection import EVERYWHERE, Selection, cut_page
from phusong.screens.deeds import ask_reason, do_once
from phusong.screens.frame import Screen
from phusong.screens.listing import show_list, write_words
from phusong.screens.narrowing import find_page, limit_choices, show_pages
from phusong.screens.promises import show_moving
from phusong.vocabulary.tables.book import COMMITMENTS
from phusong.vocabulary.tables.pupils import STUDENTS
from phusong.vocabulary.terms import Technology

PROMISES = (
    "commitment_id",
    "operator",
    "commune",
    "hamlet",
    "technology",
    "due_on",
    "state",
    "on_air_on",
    "accepted_under",
    "obstacle",
)


def show_promises(screen: Screen, selection: Selection) -> None:
    """Show what operators have promised, with the form that moves one on.

    Parameters
    ----------
    screen : of the page.
    selection : of which place; promises are about hamlets, whatever school is asked for.
    """
    every = ask_promises(screen.principal, screen.desk)
    wanted = replace(selection, school="").match(every, screen.folder)
    promised = every[wanted].sort_values("due_on", ignore_index=True)
    st.header(screen.say("Operators' promises"))
    st.caption(screen.say("{n} of {all} promises", n=len(promised), all=len(every)))
    part = promised.iloc[cut_page(np.arange(len(promised)), find_page("promises", selection))]
    show_list(
        screen,
        write_words(screen, part, PROMISES, COMMITMENTS),
        empty=screen.say("No promises are in the book: take their register in first.")
        if every.empty
        else screen.say("No promise is about this place."),
    )
    show_pages("promises", selection, len(promised))
    show_moving(screen, limit_choices(screen, promised))


def show_subsidies(screen: Screen, selection: Selection) -> None:
    """Show which households are helped with fees, and let one be helped or its help be ended.

    Parameters
    ----------
    screen : of the page.
    selection : of which place the pupils are, by whom a household is known.
    """
    helped = ask_subsidies(screen.principal, screen.desk, selection)
    st.header(screen.say("Fees borne for households"))
    st.caption(
        screen.say("A household is known by a pupil of its own; neither name nor address is here.")
    )
    labels = {
        "subsidy": screen.say("Subsidy"),
        "service": screen.say("Connection"),
        "payer": screen.say("Borne by"),
        "package_id": screen.say("Data package"),
        "waiver_vnd": screen.say("Installation fee waived, VND"),
        "vnd_month": screen.say("Monthly charge supported, VND"),
        "months": screen.say("Months"),
        "starts_on": screen.say("From"),
        "ends_on": screen.say("Until"),
        "ended_on": screen.say("Ended on"),
    }
    words = {"service": Technology}
    st.caption(screen.count("{n} subsidy", "{n} subsidies", len(helped)))
    part = helped.iloc[cut_page(np.arange(len(helped)), find_page("subsidies", selection))]
    show_list(
        screen,
        write_words(screen, part, COLUMNS, STUDENTS, words=words, labels=labels),
        empty=screen.say("No household is helped with fees yet.")
        if selection == EVERYWHERE
        else screen.say("No household of this place is helped with fees."),
    )
    show_pages("subsidies", selection, len(helped))
    _show_granting(screen)
    _show_ending(screen, limit_choices(screen, helped[helped["ended_on"].isna()]))


def _show_granting(screen: Screen) -> None:
    """Show the form by which a household is helped."""
    with st.expander(screen.say("Bear fees for a household")), st.form("contributions subsidy"):
        student = st.text_input(
            screen.say("Pseudonym of a pupil of the household"), placeholder="hs-…", max_chars=40
        )
        fees = _ask_fees(screen)
        beside = st.checkbox(screen.say("Beside another subsidy for the same connection"))
        why = ask_reason(screen, "subsidy")
        asked = st.form_submit_button(screen.say("Write down the subsidy"))
    if asked:
        do_once(
            screen,
            "subsidy",
            lambda key: subsidise_household(
                screen.principal, screen.desk, student, fees, why=why, key=key, beside=beside
            ),
            lambda n: screen.say("Subsidy {n} is written down.", n=n),
        )


def _ask_fees(screen: Screen) -> Fees:
    """Show the fields that say what is borne, and return what stands in them."""
    today = date.fromisoformat(name_day(screen.desk))
    packages = ask_packages(screen.principal, screen.desk)["package_id"].tolist()
    left, right = st.columns(2)
    service = left.selectbox(
        screen.say("Connection"),
        [Technology.FIBRE, *(t for t in Technology if t != Technology.FIBRE)],
        format_func=screen.speech.term,
    )
    payer = right.text_input(screen.say("Organisation that bears the fees"), max_chars=120)
    waiver = left.number_input(screen.say("Installation fee waived, VND"), min_value=0, step=1)
    monthly = right.number_input(screen.say("Monthly charge supported, VND"), min_value=0, step=1)
    months = left.number_input(screen.say("For how many months"), min_value=0, step=1)
    starts = right.date_input(screen.say("From which day"), value=today, format="DD/MM/YYYY")
    package = st.selectbox(
        screen.say("Data package that it belongs to"),
        packages,
        index=None,
        placeholder=screen.say("No package"),
    )
    return Fees(
        str(service),
        payer,
        starts.isoformat(),
        int(waiver),
        int(monthly),
        int(months),
        package or "",
    )


def _show_ending(screen: Screen, running: pd.DataFrame) -> None:
    """Show the form by which a subsidy is ended before its time."""
    if running.empty:
        return
    payers = running.set_index("subsidy")["payer"]
    with st.expander(screen.say("End a subsidy")), st.form("contributions end"):
        number = st.selectbox(
            screen.say("Subsidy"),
            payers.index.tolist(),
            format_func=lambda n: f"{n} · {payers[n]}",
            index=None,
            placeholder=screen.say("Choose a subsidy"),
        )
        why = ask_reason(screen, "end")
        asked = st.form_submit_button(screen.say("End it"))
    if asked and number is not None:
        do_once(
            screen,
            "end",
            lambda key: end_household_subsidy(
                screen.principal, screen.desk, int(number), why=why, key=key
            ),
            lambda _: screen.say("Subsidy {n} has ended.", n=int(number)),
        )
