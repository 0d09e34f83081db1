"""Money on its way: set apart for a purpose, paid, confirmed; every entry of the book, and one taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from phusong.access.actions.giving import (
    allocate_money,
    confirm_money,
    pay_money,
    reverse_entry,
)
from phusong.access.questions.book import ask_entries, ask_sums
from phusong.ledger.money import STAGES, Amount
from phusong.ledger.words import Heading, Measure
from phusong.screens.deeds import ask_reason, do_once
from phusong.screens.frame import Screen
from phusong.screens.listing import show_list, write_words
from phusong.screens.speech import word
from phusong.vocabulary.book import ContributionForm

#: Step → its action, and the word on its choice; each takes what the one before has left.
STEPS: dict[str, tuple[Callable[..., int], str]] = {
    "allocate_money": (allocate_money, word("Set it apart for a purpose")),
    "pay_money": (pay_money, word("Pay what was set apart")),
    "confirm_money": (confirm_money, word("Confirm that it has arrived")),
}
ENTRIES = ("number", "stage", "form", "source_code", "purpose", "dated", "amount_vnd", "reverses")
NEWEST = 200


def show_money(screen: Screen) -> None:
    """Show the forms by which money goes on, as far as the role may, and the entries of the book.

    Parameters
    ----------
    screen : of the page.
    """
    if screen.may(*STEPS):
        _show_step(screen)
    entries = ask_entries(screen.principal, screen.desk)
    with st.expander(screen.say("Entries of the book")):
        _show_entries(screen, entries)
    if screen.may("reverse_entry") and len(entries):
        _show_reversal(screen, entries)


def _show_step(screen: Screen) -> None:
    """Show the form by which money of one source is set apart, paid or confirmed."""
    sums = ask_sums(screen.principal, screen.desk)
    money = sums[sums["measure"] == str(Measure.VND)].reset_index(drop=True)
    steps = [step for step in STEPS if screen.may(step)]
    with st.expander(screen.say("Set money apart, pay it, confirm it")):
        if money.empty:
            st.info(screen.say("No money has been promised yet."))
            return
        with st.form("contributions money"):
            step = st.radio(
                screen.say("What is done"), steps, format_func=lambda s: screen.say(STEPS[s][1])
            )
            place = st.selectbox(
                screen.say("Money of which form and source"),
                list(money.index),
                format_func=lambda i: _name_source(screen, money.loc[i]),
            )
            purpose = st.text_input(screen.say("Purpose"), max_chars=120)
            vnd = st.number_input(screen.say("Amount, VND"), min_value=0, step=1)
            why = ask_reason(screen, "money")
            asked = st.form_submit_button(screen.say("Write the entry"))
    if not asked:
        return
    if not purpose.strip() or not vnd:
        st.warning(screen.say("Purpose and amount are needed."))
        return
    action, row = STEPS[step][0], money.loc[place]
    about = {"form": str(row["form"]), "source_code": str(row["source_code"])}
    do_once(
        screen,
        "money",
        lambda key: action(
            screen.principal, screen.desk, Amount(vnd=int(vnd)), **about,
            purpose=purpose.strip(), why=why, key=key,
        ),
        lambda entry: screen.say("Entry {n} is written down.", n=entry),
    )  # fmt: skip


def _name_source(screen: Screen, row: pd.Series) -> str:
    """Return money of one source as a choice, with what has come, is set apart, is spent and confirmed."""
    speech = screen.speech
    form = speech.term(ContributionForm.of(str(row["form"])))
    stages = (Heading.RECEIVED, Heading.ALLOCATED, Heading.HANDED_OVER, Heading.CONFIRMED)
    sums = (f"{speech.term(h)} {speech.number(int(row[str(h)]))}" for h in stages)
    return " · ".join([form, str(row["source_code"]), *sums])


def _show_entries(screen: Screen, entries: pd.DataFrame) -> None:
    """Show the newest entries."""
    labels = {
        "number": screen.say("Entry"), "stage": screen.say("What is done"),
        "purpose": screen.say("Purpose"), "dated": screen.say("Day"),
        "amount_vnd": screen.say("Amount, VND"), "reverses": screen.say("Takes back entry"),
        **{str(h): screen.speech.term(h) for h in (Heading.FORM, Heading.SOURCE)},
    }  # fmt: skip
    words: dict[str, Any] = {"stage": Heading, "form": ContributionForm}
    newest = entries.assign(stage=entries["stage"].map(STAGES)).iloc[::-1].head(NEWEST)
    st.caption(
        screen.say("{n} of {all} entries, the newest first", n=len(newest), all=len(entries))
    )
    show_list(
        screen,
        write_words(screen, newest, ENTRIES, words=words, labels=labels),
        empty=screen.say("Nothing has been promised yet."),
    )


def _show_reversal(screen: Screen, entries: pd.DataFrame) -> None:
    """Show the form by which an entry is taken back by another one; both stay."""
    gone = set(entries["reverses"].dropna())
    left = entries[~entries["number"].isin(gone) & entries["reverses"].isna()]
    with st.expander(screen.say("Take an entry back")), st.form("contributions reversal"):
        number = st.number_input(
            screen.say("Number of the entry"),
            min_value=int(left["number"].min()) if len(left) else 1,
            max_value=int(left["number"].max()) if len(left) else 1,
            step=1,
        )
        why = ask_reason(screen, "reversal")
        asked = st.form_submit_button(screen.say("Take this entry back"))
    if asked:
        do_once(
            screen,
            "reversal",
            lambda key: reverse_entry(screen.principal, screen.desk, int(number), why=why, key=key),
            lambda entry: screen.say("Entry {n} is written down.", n=entry),
        )
