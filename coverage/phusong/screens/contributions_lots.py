"""Devices that come in, lot by lot: given by a donor, or bought with money that has come."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from phusong.access.actions.lots import NewLot, Price, Taken, buy_lot, take_lot
from phusong.access.questions.book import ask_sums
from phusong.ledger.words import Measure
from phusong.screens.deeds import ask_reason, do_once
from phusong.screens.frame import Screen
from phusong.screens.narrowing import limit_choices
from phusong.vocabulary.book import ContributionForm, LotCondition
from phusong.vocabulary.pupils import DeviceKind


def show_taking(screen: Screen, gifts: pd.DataFrame) -> None:
    """Show the form for a lot that was given.

    Parameters
    ----------
    screen : of the page.
    gifts : contributions among which theirs can be chosen.
    """
    counted = gifts["counted"].astype(bool) & (gifts["form"] == ContributionForm.DEVICES)
    donors = limit_choices(screen, gifts[counted]).set_index("contribution_id")["donor"].fillna("")
    with st.expander(screen.say("Take devices into store")), st.form("contributions take"):
        gift = st.selectbox(
            screen.say("Gift that they are"),
            donors.index.tolist(),
            format_func=lambda n: f"{n} · {donors[n]}",
            index=None,
            placeholder=screen.say("No promise is known"),
        )
        told = _ask_lot(screen, "take", gift=gift or "")
        why = ask_reason(screen, "take")
        asked = st.form_submit_button(screen.say("Take into store"))
    if asked:
        do_once(
            screen,
            "take",
            lambda key: take_lot(screen.principal, screen.desk, told, why=why, key=key),
            lambda taken: _tell(screen, taken),
        )


def _ask_lot(screen: Screen, name: str, *, gift: str = "") -> NewLot:
    """Show the fields that say what has come, and return what stands in them."""
    number = st.text_input(
        screen.say("Lot number"), key=f"{name} lot", placeholder="LO-012", max_chars=40
    )
    left, right = st.columns(2)
    kind = left.selectbox(
        screen.say("Kind of device"),
        list(DeviceKind),
        format_func=screen.speech.term,
        key=f"{name} kind",
    )
    count = right.number_input(screen.say("How many"), min_value=1, step=1, key=f"{name} count")
    has = st.text_input(
        screen.say("What each of them has"),
        key=f"{name} has",
        placeholder="3GB/32GB, 10 inch, camera, SIM 4G, pin 5000mAh",
        help=screen.say("What is not stated counts as unknown, and such devices are set aside."),
        max_chars=200,
    )
    model = left.text_input(screen.say("Maker and model"), key=f"{name} model", max_chars=80)
    condition = right.selectbox(
        screen.say("Condition"),
        list(LotCondition),
        format_func=screen.speech.term,
        key=f"{name} condition",
    )
    kept = st.text_input(screen.say("Where they are kept"), key=f"{name} kept", max_chars=120)
    return NewLot(
        number.strip(),
        str(kind),
        int(count),
        has.strip(),
        model.strip(),
        str(condition),
        kept_at=kept.strip(),
        contribution_id=gift,
    )


def _tell(screen: Screen, taken: Taken) -> str:
    """Return what to say of a lot that has come."""
    return screen.say(
        "Lot {number}: {n} devices came, {m} of them are fit to be given, the rest is set aside.",
        number=taken.lot_id,
        n=taken.received,
        m=taken.fit,
    )


def show_buying(screen: Screen) -> None:
    """Show the form for a lot that is bought with money of one source.

    Parameters
    ----------
    screen : of the page.
    """
    sources = _find_money(screen)
    with st.expander(screen.say("Buy devices with money that has come")):
        if not sources:
            st.info(screen.say("No money is left that could buy devices."))
            return
        with st.form("contributions buy"):
            source = st.selectbox(
                screen.say("Out of which money"),
                list(sources),
                format_func=lambda s: _name_source(screen, s, sources[s]),
            )
            price = st.number_input(screen.say("Price of the whole lot, VND"), min_value=0, step=1)
            told = _ask_lot(screen, "buy")
            why = ask_reason(screen, "buy")
            asked = st.form_submit_button(screen.say("Buy and take into store"))
    if asked:
        cost = Price(*source, int(price))
        do_once(
            screen,
            "buy",
            lambda key: buy_lot(screen.principal, screen.desk, told, cost, why=why, key=key),
            lambda taken: _tell(screen, taken),
        )


def _find_money(screen: Screen) -> dict[tuple[str, str], int]:
    """Return form and source → money that came and is not yet set apart [VND]."""
    sums = ask_sums(screen.principal, screen.desk)
    money = sums[sums["measure"] == Measure.VND]
    left = money["received"] - money["allocated"]
    return {
        (str(form), str(source)): int(vnd)
        for form, source, vnd in zip(money["form"], money["source_code"], left, strict=True)
        if vnd > 0
    }


def _name_source(screen: Screen, source: tuple[str, str], left: int) -> str:
    """Return a source of money as a list of choices shows it."""
    form = screen.speech.term(ContributionForm.of(source[0]))
    return f"{form} · {source[1]} · {screen.speech.money(left)}"
