"""Pupils first in line: who, why, and one record at a time for a stated purpose."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from phusong.access.purposes import Purpose
from phusong.access.questions.pupils import (
    Record,
    ask_priority,
    ask_reasons,
    count_priority,
    look_at_pupil,
)
from phusong.access.selection import Selection
from phusong.screens.exports import offer
from phusong.screens.frame import Screen, open_screen
from phusong.screens.listing import pick_row, write_head, write_words
from phusong.screens.narrowing import ask_selection, find_page, show_pages
from phusong.views.sheets import render_list
from phusong.vocabulary.pupils import Level, Tier
from phusong.vocabulary.tables.persons import PERSONAL
from phusong.vocabulary.tables.pupils import STUDENTS

#: What the list shows; a pseudonym, never a name.
SHOWN = (
    "rank", "student_key", "tier", "commune_code", "hamlet_id", "school_id", "level", "grade",
    "hamlet_class", "device", "connection", "device_needed", "match_status",
)  # fmt: skip


def show() -> None:
    """Show the page."""
    screen = open_screen("pupils")
    st.title(screen.say("Pupils first in line"))
    st.caption(
        screen.say(
            "Pupils stand here under pseudonyms. Whoever opens a record says why; every look is logged."
        )
    )
    hint = screen.say("School, hamlet, commune, or pseudonym of a pupil")
    place = ask_selection(screen, "pupils", schools=True, hint=hint)
    selection = _narrow(screen, place)
    page = find_page("pupils", selection)
    counted = count_priority(screen.principal, screen.desk, selection)
    listed = ask_priority(screen.principal, screen.desk, selection, page=page)
    st.caption(screen.say("{n} of {all} eligible pupils", n=counted.found, all=counted.total))
    row = pick_row(
        screen,
        write_words(screen, listed, SHOWN, STUDENTS),
        key=f"pupils list {page}",
        empty=screen.say("Nobody is left with these filters."),
    )
    show_pages("pupils", selection, counted.found)
    offer(
        screen,
        screen.say("Save the list as Excel"),
        "hoc_sinh_uu_tien.xlsx",
        lambda: _build(screen, selection),
        rows=counted.found,
    )
    if row is not None:
        show_one(screen, str(listed.iloc[row]["student_key"]))


def _narrow(screen: Screen, place: Selection) -> Selection:
    """Return what is wanted of a place, with the tiers and levels that are chosen."""
    left, middle, right = st.columns(3, vertical_alignment="bottom")
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
    wanted = {
        "tier": tuple(str(t) for t in tiers),
        "level": tuple(str(level) for level in levels),
        "device_needed": (True,) if needed else (),
    }
    return replace(place, codes=tuple((c, w) for c, w in wanted.items() if w))


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


def _build(screen: Screen, selection: Selection) -> bytes:
    """Return the workbook of all pupils who are wanted, on whatever page."""
    listed = ask_priority(screen.principal, screen.desk, selection)
    head = write_head(screen, screen.say("Pupils first in line"))
    return render_list(write_words(screen, listed, SHOWN, STUDENTS), head)
