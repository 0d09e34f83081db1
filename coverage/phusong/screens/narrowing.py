"""What narrows a list: the place of the address bar, a school, words; and the pages of what is left."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from phusong.access.questions.pupils import ask_pupil_schools
from phusong.access.selection import Selection, count_pages
from phusong.screens.frame import Screen
from phusong.screens.place import Place, go_to
from phusong.screens.trail import show_trail
from phusong.vietnamese.collation import sort_key

LONGEST_TEXT = 80
#: So many things can be chosen from at once; what is searched for narrows them.
MOST_CHOICES = 200


def ask_selection(screen: Screen, name: str, *, schools: bool, hint: str) -> Selection:
    """Show the path to the place, a choice of schools and a field for words, and return what is wanted.

    Parameters
    ----------
    screen : of the page.
    name : of the list, on this page alone.
    schools : whether the school of one's own pupils can be chosen.
    hint : what can be searched for.
    """
    if screen.place != Place():
        show_trail(screen)
    left, right = st.columns(2)
    with left:
        text = st.text_input(
            screen.say("Search"), key=f"{name} text", placeholder=hint, max_chars=LONGEST_TEXT
        )
    selection = Selection(**vars(screen.place), text=text.strip())
    if schools:
        with right:
            _choose_school(
                screen, name, ask_pupil_schools(screen.principal, screen.desk, selection)
            )
    return selection


def _choose_school(screen: Screen, name: str, schools: dict[str, str]) -> None:
    """Show the schools, and go to the one that is chosen; nothing where there is only one."""
    known = screen.place.school
    if len(schools) <= 1 and not known:
        return
    codes = sorted(schools, key=lambda code: sort_key(schools[code]))
    chosen = st.selectbox(
        screen.say("School"),
        codes,
        index=codes.index(known) if known in schools else None,
        format_func=lambda code: schools[code],
        placeholder=screen.say("Every school"),
        key=f"{name} school {screen.place.commune} {screen.place.hamlet} {known}",
    )
    if chosen != known and (chosen or known in schools):
        go_to(replace(screen.place, school=chosen or ""))
        st.rerun()


def find_page(name: str, selection: Selection) -> int:
    """Return the page that a list is turned to, counted from 1.

    Parameters
    ----------
    name : of the list, on this page alone.
    selection : what is wanted; another one begins at the first page.
    """
    return int(st.session_state.get(_name_page(name, selection), 1))


def show_pages(name: str, selection: Selection, found: int) -> None:
    """Show the pages of a list, where there are several.

    Parameters
    ----------
    name, selection : see `find_page`.
    found : how many rows the list has on all pages [rows].
    """
    pages, key = count_pages(found), _name_page(name, selection)
    if pages == 1:
        st.session_state.pop(key, None)
        return
    if key in st.session_state:
        st.session_state[key] = min(int(st.session_state[key]), pages)
    st.pagination(pages, key=key)


def _name_page(name: str, selection: Selection) -> str:
    """Return under which key the page of a list is kept."""
    return f"{name} page {selection}"


def limit_choices(screen: Screen, found: pd.DataFrame) -> pd.DataFrame:
    """Return what can be chosen from at once, and say how much of it is left out.

    Parameters
    ----------
    screen : of the page.
    found : rows, each of which is a choice.
    """
    if len(found) > MOST_CHOICES:
        st.caption(
            screen.say(
                "The first {n} of {all} can be chosen here: search in the list above for the others.",
                n=MOST_CHOICES,
                all=len(found),
            )
        )
    return found.head(MOST_CHOICES)
