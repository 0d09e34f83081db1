"""Addresses that wait for a person: one group at a time, with its candidates; one decision places many."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from phusong.access.actions.review import (
    ask_decisions,
    ask_queue,
    count_queue,
    decide_addresses,
    undo_addresses,
)
from phusong.access.questions.names import ask_names
from phusong.screens.deeds import ask_reason, do_once, show_answer
from phusong.screens.frame import Screen, open_screen
from phusong.screens.listing import pick_row, show_list, write_words
from phusong.screens.narrowing import ask_selection, find_page, show_pages
from phusong.vocabulary.pupils import MatchStatus


def show() -> None:
    """Show the page."""
    screen = open_screen("review")
    st.title(screen.say("Addresses to be looked at"))
    st.caption(
        screen.say("One decision places every pupil of a group; it counts from the next run.")
    )
    show_answer()
    groups, waiting = count_queue(screen.principal, screen.desk)
    done = ask_decisions(screen.principal, screen.desk)
    left, middle, right = st.columns(3)
    left.metric(screen.say("Groups"), screen.speech.number(groups))
    middle.metric(screen.say("Records that wait"), screen.speech.number(waiting))
    right.metric(screen.say("Decisions in force"), screen.speech.number(len(done)))
    if not groups:
        st.info(screen.say("Nothing waits: every address has its hamlet, or a decision."))
    else:
        _show_queue(screen, groups)
    _show_decisions(screen, done)


def _show_queue(screen: Screen, total: int) -> None:
    """Show a page of the groups that are wanted, and one of them to be decided."""
    hint = screen.say("Words of the address")
    selection = ask_selection(screen, "review", schools=True, hint=hint)
    page = find_page("review", selection)
    found, _ = count_queue(screen.principal, screen.desk, selection)
    groups = ask_queue(screen.principal, screen.desk, selection, page=page)
    st.caption(screen.say("{n} of {all} groups, the largest first", n=found, all=total))
    labels = {
        "written": screen.say("As written"),
        "records": screen.say("Records"),
        "status": screen.say("Outcome"),
        "communes": screen.say("Commune"),
    }
    written = _write_groups(screen, groups)
    row = pick_row(
        screen,
        write_words(
            screen,
            written,
            tuple(labels),
            words={"status": MatchStatus},
            labels=labels,
        ),
        key=f"review list {page} {selection}",
        empty=screen.say("No group is about this."),
    )
    show_pages("review", selection, found)
    if len(groups):
        _show_group(screen, groups.iloc[row or 0])


def _write_groups(screen: Screen, groups: pd.DataFrame) -> pd.DataFrame:
    """Return groups with what their addresses say, and with the names of the communes that these name."""
    names = screen.ask(ask_names)["commune_code"]
    written = groups["text"].where(groups["text"].fillna("") != "", groups["example"])
    codes = groups["commune_code"].fillna("").str.split("|")
    communes = [", ".join(names.get(code, code) for code in listed) for listed in codes]
    return groups.assign(written=written, communes=communes)


def _show_group(screen: Screen, group: pd.Series) -> None:
    """Show one group with its candidates, and let it be decided."""
    st.header(screen.count("{n} record", "{n} records", int(group["records"])))
    st.text(str(group["text"] or group["example"]))
    st.caption(screen.speech.term(MatchStatus.of(str(group["status"]))))
    names = screen.ask(ask_names)["hamlet_id"]
    candidates = [c for c in str(group["candidates"] or "").split("|") if c in names]
    with st.form(f"review {group['group']}"):
        chosen = st.selectbox(
            screen.say("Which hamlet is meant?"),
            [*candidates, *sorted(set(names) - set(candidates), key=lambda h: names[h])],
            index=None,
            format_func=lambda h: f"{names[h]} ✓" if h in candidates else names[h],
            placeholder=screen.say("Candidates stand first, with a tick"),
        )
        alias = st.checkbox(
            screen.say("The text is one more name of this hamlet"), disabled=not group["text"]
        )
        why = ask_reason(screen, "review")
        asked = st.form_submit_button(screen.say("Decide"))
    if asked and (chosen is None or not why.strip()):
        st.warning(screen.say("Choose a hamlet and give a reason."))
    elif asked:
        do_once(
            screen,
            "review",
            lambda _: decide_addresses(
                screen.principal,
                screen.desk,
                str(group["group"]),
                str(chosen),
                alias=alias,
                why=why,
            ),
            lambda made: screen.say("Decision {n} is kept.", n=made.number),
        )


def _show_decisions(screen: Screen, done: pd.DataFrame) -> None:
    """Show the decisions in force, and let one be taken back."""
    st.header(screen.say("Decisions in force"))
    labels = {
        "number": screen.say("Number"),
        "at": screen.say("When"),
        "text": screen.say("As written"),
        "hamlet_id": screen.say("Hamlet"),
        "by": screen.say("Who"),
        "why": screen.say("Why"),
    }
    clock = done.assign(at=done["at"].map(screen.speech.moment)) if len(done) else done
    show_list(
        screen,
        write_words(screen, clock, tuple(labels), labels=labels),
        empty=screen.say("Nothing has been decided yet."),
    )
    if done.empty:
        return
    with st.form("review undo"):
        number = st.selectbox(screen.say("Decision to take back"), done["number"].tolist())
        why = ask_reason(screen, "undo")
        asked = st.form_submit_button(screen.say("Take it back"))
    if asked and why.strip():
        do_once(
            screen,
            "undo",
            lambda _: undo_addresses(screen.principal, screen.desk, int(number), why=why),
            lambda _: screen.say("Decision {n} is taken back.", n=int(number)),
        )
