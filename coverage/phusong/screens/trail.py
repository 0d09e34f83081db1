"""Where one is, as a path that leads back: province, commune, hamlet, school."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from phusong.access.questions.findings import ask_summary
from phusong.access.questions.names import ask_names
from phusong.screens.frame import Screen
from phusong.screens.place import Place, go_to

#: Part of a place → the column under which its name is known.
NAMED = {"commune": "commune_code", "hamlet": "hamlet_id", "school": "school_id"}


def show_trail(screen: Screen, *, enter: Callable[[], None] | None = None) -> None:
    """Show the path to where one is; each step before the last takes what follows it back.

    Parameters
    ----------
    screen : of the page.
    enter : what a click on the last step does, where it does anything.
    """
    steps = _list_steps(screen)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for n, (part, label, place) in enumerate(steps):
            last = n == len(steps) - 1
            if n:
                st.markdown("›", width="content")
            closed = last and (enter is None or part == "province")
            if st.button(label, type="tertiary", disabled=closed, key=f"trail {part}"):
                if last and enter is not None:
                    enter()
                go_to(place)
                st.rerun()


def _list_steps(screen: Screen) -> list[tuple[str, str, Place]]:
    """Return part, name and place of each step; a code that nobody knows stands as it is."""
    names, asked = screen.ask(ask_names), screen.place
    place, steps = Place(), [("province", str(screen.ask(ask_summary)["province"]), Place())]
    for part, column in NAMED.items():
        if code := getattr(asked, part):
            place = Place(**{**vars(place), part: code})
            steps.append((part, names[column].get(code, code), place))
    return steps
