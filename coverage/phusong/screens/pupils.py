"""Pupils first in line: who, why, and one record at a time for a stated purpose."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from phusong.access.purposes import Purpose
from phusong.access.questions.pupils import Record, ask_priority, ask_reasons, look_at_pupil
from phusong.screens.exports import offer
from phusong.screens.frame import Screen, open_screen
from phusong.screens.listing import pick_row, write_head, write_words
from phusong.views.sheets import render_list
from phusong.vocabulary.pupils import Level, Tier
from phusong.vocabulary.tables.persons import PERSONAL
from phusong.vocabulary.tables.pupils import STUDENTS

#: What the list shows; a pseudonym, never a name.
SHOWN = (
    "rank", "tier", "student_key", "level", "grade", "school_id", "commune_code", "hamlet_id",
    "hamlet_class", "device", "connection", "device_needed", "match_status",
)  # fmt: skip
PAGE = 200


def show() -> None:
    """Show the page."""
    screen = open_screen("pupils")
    st.title(screen.say("Pupils first in line"))
    st.caption(
        screen.say(
            "Pupils stand here under pseudonyms. Whoever opens a record says why; every look is logged."
        )
    )
    listed = ask_priority(screen.principal, screen.desk)
    chosen = _filter(screen, listed)
    st.caption(screen.say("{n} of {all} eligible pupils", n=len(chosen), all=len(listed)))
    part = _turn(screen, chosen)
    row = pick_row(
        screen,
        write_words(screen, part, SHOWN, STUDENTS),
        key="pupils list",
        empty=screen.say("Nobody is left with these filters."),
    )
    offer(
        screen,
        screen.say("Save the list as Excel"),
        "hoc_sinh_uu_tien.xlsx",
        lambda: _build(screen, chosen),
        rows=len(chosen),
    )
    if row is not None:
        show_one(screen, str(part.iloc[row]["student_key"]))


def _filter(screen: Screen, listed: pd.DataFrame) -> pd.DataFrame:
    """Return the pupils of the tiers, levels and schools that are chosen."""
    left, middle, right = st.columns(3)
    everything = screen.say("All")
    with left:
        tiers = st.multiselect(
            screen.say("Tier"), list(Tier), format_func=screen.speech.term, placeholder=everything
        )
    with middle:
        levels = st.multiselect(
            screen.say("Level"), list(Level), format_func=screen.speech.term, placeholder=everything
        )
    with right:
        needed = st.toggle(screen.say("Only those without a device"), value=False)
    kept = listed
    for column, wanted in (("tier", tiers), ("level", levels)):
        if wanted:
            kept = kept[kept[column].isin([str(w) for w in wanted])]
    if needed:
        kept = kept[kept["device_needed"].fillna(value=False)]
    return kept.reset_index(drop=True)


def _turn(screen: Screen, chosen: pd.DataFrame) -> pd.DataFrame:
    """Return the part of a long list that is turned to."""
    pages = max(1, -(-len(chosen) // PAGE))
    if pages == 1:
        return chosen
    page = st.number_input(
        screen.say("Page of {n}", n=pages), min_value=1, max_value=pages, value=1, key="pupils page"
    )
    first = (int(page) - 1) * PAGE
    return chosen.iloc[first : first + PAGE]


def show_one(screen: Screen, student_key: str) -> None:
    """Show why a pupil stands where they stand, and their record to whoever says what for.

    Parameters
    ----------
    screen : of the page.
    student_key : pseudonym of one's own pupil.
    """
    st.header(screen.say("Why this pupil stands here"))
    for line in ask_reasons(screen.principal, screen.desk, student_key, screen.language):
        st.text(line)
    if not screen.may("look_at_pupil"):
        return
    with st.form(f"pupils record {student_key}"):
        purpose = st.selectbox(
            screen.say("For what purpose do you open the record?"),
            list(Purpose),
            format_func=screen.speech.term,
            index=None,
            placeholder=screen.say("Choose a purpose"),
        )
        asked = st.form_submit_button(screen.say("Open the record; this is logged"))
    if asked and purpose is None:
        st.warning(screen.say("Choose a purpose first."))
    elif asked and purpose is not None:
        who, language = screen.principal, screen.language
        _show_record(screen, look_at_pupil(who, screen.desk, student_key, purpose, language))


def _show_record(screen: Screen, record: Record) -> None:
    """Show a record; the next click on the page takes it away again."""
    labels = screen.speech.columns(PERSONAL["students"])
    with st.container(border=True):
        for name, value in record.facts.items():
            st.text(f"{labels.get(name, name)}: {value or '–'}")
        st.caption(screen.say("Do not copy it; it disappears with your next click."))


def _build(screen: Screen, chosen: pd.DataFrame) -> bytes:
    """Return the workbook of the pupils that are listed."""
    head = write_head(screen, screen.say("Pupils first in line"))
    return render_list(write_words(screen, chosen, SHOWN, STUDENTS), head)
