"""What lies in store: lots with what they lack, and packages."""

from __future__ import annotations

import streamlit as st

from phusong.access.questions.book import ask_lots, ask_packages, ask_stock
from phusong.ledger.stock import LOT, PACKAGE
from phusong.ledger.words import Heading
from phusong.plans.devices import judge_lots
from phusong.screens.frame import Screen
from phusong.screens.listing import show_list, write_words
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.tables.book import BOOK
from phusong.vocabulary.tables.results import LOT_FITNESS

COUNTS = ("received", "set_aside", "taken", "gone", "free")


def show_stock(screen: Screen) -> None:
    """Show the lots and packages that the book has.

    Parameters
    ----------
    screen : of the page.
    """
    lots, packages = (
        ask_lots(screen.principal, screen.desk),
        ask_packages(screen.principal, screen.desk),
    )
    stock = ask_stock(screen.principal, screen.desk).set_index("item")
    labels = {n: screen.speech.term(Heading.of(n)) for n in COUNTS}
    fitness = judge_lots(lots, devices=load_parameters().devices)
    told = lots.merge(fitness, on="lot_id", suffixes=("", "_fit")).join(
        stock, on=LOT + lots["lot_id"]
    )
    free = int(told["free"].sum()) if len(told) else 0
    st.caption(screen.count("{n} device is free", "{n} devices are free", free))
    columns = (
        "lot_id",
        "kind",
        "model",
        "adequacy",
        "lacks",
        *COUNTS,
        "only_communes",
        "only_schools",
        "only_levels",
    )
    shown = write_words(screen, told, columns, BOOK["lots"], LOT_FITNESS, labels=labels)
    show_list(
        screen,
        shown,
        empty=screen.say("No lots yet: take a register in with phusong ledger import lots FILE."),
    )
    st.header(screen.say("Data packages"))
    given = packages.join(stock, on=PACKAGE + packages["package_id"])
    offered = ("package_id", "operator", "name", "gb_per_day", "months", "price_after_vnd", *COUNTS)
    shown = write_words(screen, given, offered, BOOK["packages"], labels=labels)
    show_list(screen, shown, empty=screen.say("No packages yet."))
