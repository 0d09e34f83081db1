"""Contributions: each form by itself, promised and received apart, doubts settled, never one total."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from phusong.access.actions.giving import (
    pledge_contribution,
    receive_contribution,
    settle_contribution,
)
from phusong.access.book import has_book, name_day
from phusong.access.questions.book import ask_contributions, ask_sums, ask_windows
from phusong.access.selection import Counted, Selection, cut_page
from phusong.ledger.money import Amount
from phusong.ledger.telling import tell_doubt
from phusong.ledger.words import Heading, Measure
from phusong.screens.contributions_lots import show_buying, show_taking
from phusong.screens.contributions_money import show_money
from phusong.screens.contributions_services import show_promises, show_subsidies
from phusong.screens.deeds import ask_reason, do_once, show_answer
from phusong.screens.frame import Screen, open_screen
from phusong.screens.listing import show_list, write_words
from phusong.screens.narrowing import ask_selection, find_page, limit_choices, show_pages
from phusong.vietnamese import base_key, base_keys
from phusong.vocabulary.book import ContributionForm, DonorKind
from phusong.vocabulary.tables.book import BOOK

SUMS = (
    "form",
    "measure",
    "pledged",
    "received_within",
    "received_after",
    "received",
    "handed_over",
    "balance",
)
GIFTS = (
    "contribution_id",
    "given_on",
    "donor",
    "donor_kind",
    "form",
    "pledged_vnd",
    "received_vnd",
    "in_kind",
    "quantity",
    "counted",
    "doubt",
)
THINGS = (ContributionForm.DEVICES, ContributionForm.TARIFF)


def show() -> None:
    """Show the page."""
    screen = open_screen("contributions")
    st.title(screen.say("Contributions"))
    st.caption(
        screen.say(
            "The five forms are never added up: money is not a thing, a promise is not a receipt."
        )
    )
    show_answer()
    if not has_book(screen.desk):
        st.info(screen.say("There is no book yet. Make one with: phusong ledger init"))
        return
    hint = screen.say("Donor, number, hamlet, commune, or pseudonym of a pupil")
    selection = ask_selection(screen, "contributions", schools=False, hint=hint)
    _show_sums(screen)
    gifts = ask_contributions(screen.principal, screen.desk)
    found = _find_gifts(gifts, selection.text)
    _show_gifts(screen, found, Counted(len(found), len(gifts)), selection)
    if screen.may("pledge_contribution"):
        _show_pledge(screen)
        _show_receipt(screen, found)
    if screen.may("take_lot"):
        show_taking(screen, found)
        show_buying(screen)
    if screen.may("settle_contribution"):
        _show_doubts(screen, found)
    show_money(screen)
    if screen.may("move_promise"):
        show_promises(screen, selection)
    if screen.may("subsidise_household"):
        show_subsidies(screen, selection)


def _find_gifts(gifts: pd.DataFrame, text: str) -> pd.DataFrame:
    """Return the contributions whose number or donor is named by a text."""
    words = base_key(text)
    if not words:
        return gifts
    named = gifts["contribution_id"].fillna("") + " " + gifts["donor"].fillna("")
    return gifts[base_keys(named).str.contains(words, regex=False)].reset_index(drop=True)


def _show_sums(screen: Screen) -> None:
    """Show each form and source, parted by the campaign's window where there is one."""
    windows = ask_windows(screen.principal, screen.desk)
    campaign = str(windows["campaign"].iloc[-1]) if len(windows) else None
    if campaign:
        last = windows.iloc[-1]
        days = (screen.speech.day(last[n]) for n in ("opens_on", "closes_on"))
        st.caption(
            screen.say(
                "Campaign {name}: {first} to {last}",
                name=campaign,
                **dict(zip(("first", "last"), days, strict=True)),
            )
        )
    sums = ask_sums(screen.principal, screen.desk, campaign)
    labels = {str(h): screen.speech.term(h) for h in Heading}
    words: dict[str, Any] = {"form": ContributionForm, "measure": Measure}
    show_list(
        screen,
        write_words(screen, sums, SUMS, words=words, labels=labels),
        empty=screen.say("Nothing has been promised yet."),
    )


def _show_gifts(
    screen: Screen, found: pd.DataFrame, counted: Counted, selection: Selection
) -> None:
    """Show a page of the register."""
    st.header(screen.say("Register"))
    st.caption(screen.say("{n} of {all} contributions", n=counted.found, all=counted.total))
    gifts = found.iloc[cut_page(np.arange(len(found)), find_page("contributions", selection))]
    labels = {"counted": screen.say("Counts"), "doubt": screen.say("Doubt")}
    shown = gifts
    if len(gifts):
        doubts = gifts["doubt"].map(lambda d: tell_doubt(d, screen.language) if d else None)
        shown = gifts.assign(counted=gifts["counted"].astype(bool), doubt=doubts)
    show_list(
        screen,
        write_words(screen, shown, GIFTS, BOOK["contributions"], labels=labels),
        empty=screen.say("Nothing has been promised yet.")
        if not counted.total
        else screen.say("No contribution is called that."),
    )
    show_pages("contributions", selection, counted.found)


def _show_pledge(screen: Screen) -> None:
    """Show the form for a promise."""
    with st.expander(screen.say("Write down a promise")), st.form("contributions pledge"):
        number = st.text_input(
            screen.say("Number in the register"), placeholder="PT-043", max_chars=40
        )
        donor = st.text_input(screen.say("Organisation that gives"), max_chars=120)
        kind = st.selectbox(
            screen.say("Kind of donor"), list(DonorKind), format_func=screen.speech.term
        )
        form = st.selectbox(
            screen.say("Form"), list(ContributionForm), format_func=screen.speech.term
        )
        amount = st.number_input(
            screen.say("VND, or number of things for devices and packages"), min_value=0, step=1
        )
        why = ask_reason(screen, "pledge")
        asked = st.form_submit_button(screen.say("Write it down"))
    if not asked:
        return
    told: dict[str, Any] = {
        "contribution_id": number.strip(),
        "donor": donor.strip(),
        "donor_kind": str(kind),
        "form": str(form),
        "given_on": name_day(screen.desk),
        "as_of": name_day(screen.desk),
        ("quantity" if form in THINGS else "pledged_vnd"): int(amount) or None,
    }
    if not told["contribution_id"] or not told["donor"]:
        st.warning(screen.say("Number and organisation are needed."))
        return
    do_once(
        screen,
        "pledge",
        lambda key: pledge_contribution(screen.principal, screen.desk, told, why=why, key=key),
        lambda row: screen.say("{number} is written down.", number=row["contribution_id"]),
    )


def _show_receipt(screen: Screen, gifts: pd.DataFrame) -> None:
    """Show the form for what has come of a promise of money."""
    owed = gifts[gifts["counted"].astype(bool) & ~gifts["form"].isin([str(t) for t in THINGS])]
    with st.expander(screen.say("Write down a receipt")), st.form("contributions receipt"):
        number = st.selectbox(
            screen.say("Contribution"),
            limit_choices(screen, owed)["contribution_id"].tolist(),
            index=None,
            placeholder=screen.say("Choose a contribution"),
        )
        amount = st.number_input(screen.say("Received, VND"), min_value=0, step=1)
        beyond = st.checkbox(screen.say("More than was promised, and that is right"))
        why = ask_reason(screen, "receipt")
        asked = st.form_submit_button(screen.say("Write it down"))
    if asked and number is not None:
        do_once(
            screen,
            "receipt",
            lambda key: receive_contribution(
                screen.principal,
                screen.desk,
                number,
                Amount(vnd=int(amount)),
                why=why,
                key=key,
                beyond=beyond,
            ),
            lambda entry: screen.say("Entry {n} is written down.", n=entry),
        )


def _show_doubts(screen: Screen, gifts: pd.DataFrame) -> None:
    """Show the contributions in doubt, and let it be decided whether they count."""
    doubted = gifts[gifts["doubt"].fillna("") != ""]
    st.header(screen.say("In doubt"))
    if doubted.empty:
        st.info(screen.say("No contribution is in doubt."))
        return
    with st.form("contributions doubt"):
        doubts = limit_choices(screen, doubted).set_index("contribution_id")["doubt"]
        number = st.selectbox(
            screen.say("Contribution"),
            doubts.index.tolist(),
            format_func=lambda n: f"{n}: {tell_doubt(doubts[n], screen.language)}",
        )
        counts = st.radio(
            screen.say("Decision"),
            [False, True],
            format_func=lambda c: screen.say("It counts") if c else screen.say("It does not count"),
        )
        why = ask_reason(screen, "doubt")
        asked = st.form_submit_button(screen.say("Decide"))
    if asked:
        do_once(
            screen,
            "doubt",
            lambda key: settle_contribution(
                screen.principal, screen.desk, number, counts=bool(counts), why=why, key=key
            ),
            lambda row: screen.say("{number} is written down.", number=row["contribution_id"]),
        )
