"""Logs: who asked for what, who opened a record and why, what the book refused, and whether it verifies."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from phusong.access.book import has_book
from phusong.access.permissions import PERMISSIONS, Data
from phusong.access.questions.audits import ask_log, ask_looks
from phusong.access.questions.book import ask_refusals, check_book
from phusong.ledger.words import Deed
from phusong.screens.contents import PAGES
from phusong.screens.frame import Screen, open_screen
from phusong.screens.listing import show_list
from phusong.screens.speech import word
from phusong.vocabulary.book import Role

LAST = 2_000
#: What the access log says was done, beside the words of `Data`.
DONE = {
    "sign in": word("signed in"),
    "page": word("opened a page"),
    "export": word("built a file"),
    "report": word("had a report written"),
    "file report": word("reported something wrong"),
    "settle report": word("decided about a report"),
    "deliver": word("delivered a file"),
    "delivery": word("decided about a delivery"),
    "rejected rows": word("fetched the rows set aside"),
    "decide address": word("decided what an address means"),
    "undo address": word("took a decision back"),
    "decide pair": word("decided about a pair of pupils"),
    "undo pair": word("took a decision about a pair of pupils back"),
    "plan shown": word("chose which plan is shown"),
    "plan withdrawn": word("withdrew a plan"),
    "erase pupil": word("erased a pupil"),
    "change account": word("changed an account"),
    "open account": word("opened an account"),
    "close account": word("closed an account"),
    "open account by command": word("opened an account by command"),
    "close account by command": word("closed an account by command"),
    "task run": word("made the results anew"),
    "task plan rollout": word("made a plan"),
}
#: What was asked for and refused, beyond the data that it is about; what follows is a form, a kind, a name.
ABOUT = {
    "acceptance": word("acceptance of one's own works"),
    "another commune": word("another commune"),
    "another operator": word("another operator's network"),
    "awards": word("awards, how many:"),
    "change": word("a change written in the book:"),
    "commitment": word("another's promise"),
    "deliver": word("a delivery"),
    "decision": word("a decision about an address"),
    "erasure": word("an erasure"),
    "group of addresses": word("a group of addresses"),
    "hamlet": word("a hamlet of another commune"),
    "list": word("shown a list:"),
    "pair of pupils": word("a pair of pupils"),
    "picture": word("a picture of plans"),
    "plan shown": word("which plan is shown:"),
    "plan withdrawn": word("a plan withdrawn:"),
    "propose": word("to propose an award"),
    "pupil of the book": word("a pupil of the book"),
    "replace": word("to replace what others have delivered"),
    "report": word("a report"),
    "review": word("addresses to be looked at"),
    "run": word("to make the results anew"),
    "scenarios": word("plans and scenarios"),
    "settle": word("to decide about a report"),
    "story": word("what the book says of a pupil"),
    "subsidy": word("fees borne for a household"),
    "withdrawal": word("another's delivery"),
    "workbook": word("an operator's workbook"),
}


def show() -> None:
    """Show the page."""
    screen = open_screen("log")
    st.title(screen.say("Logs"))
    asked, looks, refused, book = st.tabs(
        [
            screen.say("Access"),
            screen.say("Pupils' records opened"),
            screen.say("Refused by the book"),
            screen.say("Is the book sound?"),
        ]
    )
    with asked:
        _show_access(screen)
    with looks:
        _show(screen, ask_looks(screen.principal, screen.desk), {
            "at": screen.say("When"), "who": screen.say("Who"), "why": screen.say("Why"),
            "table": screen.say("Table"), "rows": screen.say("Rows"),
        })  # fmt: skip
    if not has_book(screen.desk):
        refused.info(screen.say("There is no book yet. Make one with: phusong ledger init"))
        return
    with refused:
        _show_refusals(screen)
    with book:
        _show_verdict(screen)


def _show_access(screen: Screen) -> None:
    """Show who asked for what, and what was refused."""
    log = ask_log(screen.principal, screen.desk, LAST)
    left, right = st.columns(2)
    with left:
        roles = st.multiselect(
            screen.say("Role"),
            list(Role),
            format_func=screen.speech.term,
            placeholder=screen.say("All"),
        )
    with right:
        only = st.toggle(screen.say("Only what was refused"))
    shown = log[log["role"].isin([str(r) for r in roles])] if roles else log
    shown = shown[shown["refused"].astype(bool)] if only else shown
    st.caption(screen.say("{n} of {all} lines, the newest first", n=len(shown), all=len(log)))
    _show(screen, shown, {
        "at": screen.say("When"), "role": screen.say("Role"), "organisation": screen.say("Organisation"),
        "what": screen.say("What"), "subject": screen.say("About"), "why": screen.say("Why"),
        "rows": screen.say("Rows"), "refused": screen.say("Refused"),
    })  # fmt: skip


def _show_refusals(screen: Screen) -> None:
    """Show what was tried against the rules of the book."""
    _show(screen, ask_refusals(screen.principal, screen.desk), {
        "at": screen.say("When"), "role": screen.say("Role"), "organisation": screen.say("Organisation"),
        "action": screen.say("What"), "subject": screen.say("About"), "told": screen.say("Why"),
    })  # fmt: skip


def _show(screen: Screen, frame: pd.DataFrame, labels: dict[str, str]) -> None:
    """Show columns of a log, roles and deeds in words, times as clocks in Việt Nam have them."""
    words: dict[str, dict[str, str]] = {
        "role": {str(r): screen.speech.term(r) for r in Role},
        "action": {str(d): screen.speech.term(d) for d in Deed},
        "what": {
            **{str(d): screen.speech.term(d) for d in Data},
            **{done: screen.say(told) for done, told in DONE.items()},
        },
    }
    shown = frame[[c for c in labels if c in frame]].copy()
    for column, known in words.items():
        if column in shown:
            shown[column] = shown[column].map(lambda v, k=known: k.get(v, v))
    if "refused" in shown and "subject" in shown:
        refused = shown["refused"].astype(bool)
        told = shown.loc[refused, "subject"].map(lambda s: _tell_subject(screen, s))
        shown["subject"] = told.reindex(shown.index).fillna(shown["subject"])
    if len(shown):
        shown["at"] = shown["at"].map(_write_moment(screen))
    if "refused" in shown:
        shown["refused"] = shown["refused"].astype(bool)
    show_list(
        screen, shown.rename(columns=labels), empty=screen.say("Nothing has been logged here.")
    )


def _tell_subject(screen: Screen, subject: str) -> str:
    """Return in words what was refused: a page, or the longest known beginning with what follows it."""
    pages = {page.name: page.title for page in PAGES}
    if subject in pages:
        return screen.say(pages[subject])
    for code in sorted(ABOUT, key=len, reverse=True):
        if subject == code or subject.startswith(f"{code} "):
            return f"{screen.say(ABOUT[code])}{_name_question(screen, subject[len(code) :])}"
    return _name_question(screen, subject)


def _name_question(screen: Screen, text: str) -> str:
    """Return a text in which the name of a question or action is what it is about, in words."""
    known = (w for w in text.replace(";", " ").split() if w in PERMISSIONS)
    name = next(known, "")
    return text.replace(name, screen.speech.term(PERMISSIONS[name].data)) if name else text


def _write_moment(screen: Screen) -> Any:
    """Return what writes a time."""
    return lambda at: screen.speech.moment(str(at))


def _show_verdict(screen: Screen) -> None:
    """Prove the book against itself when asked to."""
    st.caption(
        screen.say(
            "Every seal is made again, every row held against its line, every balance worked out anew."
        )
    )
    if not st.button(screen.say("Verify the book"), key="log verify"):
        return
    verdict = check_book(screen.principal, screen.desk)
    if verdict.sound:
        st.success(screen.say("Sound: {n} lines", n=verdict.lines))
    else:
        st.error(screen.say("Not sound: {n} faults", n=len(verdict.faults)))
        for fault in verdict.faults:
            st.text(fault)
    if verdict.disorder:
        st.warning(screen.say("{n} days out of order", n=len(verdict.disorder)))
        for step in verdict.disorder:
            st.text(step)
    st.code(str(verdict.anchor), language=None)
