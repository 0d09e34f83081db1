"""Where one is: province, commune, hamlet, school; in the address bar by code, never by anybody's name."""

from __future__ import annotations

import re
from dataclasses import dataclass

import streamlit as st

COMMUNE, HAMLET, SCHOOL = "commune", "hamlet", "school"
CODE = re.compile(r"[A-Za-z0-9_.:-]{1,40}")


@dataclass(frozen=True)
class Place:
    """Hold where one is.

    Parameters
    ----------
    commune : code; empty: the whole province.
    hamlet : id; empty: the whole commune.
    school : id, of lists of pupils; empty: every school.
    """

    commune: str = ""
    hamlet: str = ""
    school: str = ""


def read_place(home: str = "") -> Place:
    """Return the place of the address bar, else the one gone to before; pages check that it exists.

    Parameters
    ----------
    home : commune in which a session begins; empty: the whole province.
    """
    codes, begun = {}, COMMUNE in st.session_state
    for name in (COMMUNE, HAMLET, SCHOOL):
        asked = st.query_params.get(name)
        before = st.session_state.get(name, "") if begun or name != COMMUNE else home
        code = before if asked is None else asked
        codes[name] = code if CODE.fullmatch(code) else ""
    place = Place(**codes)
    _keep(place)
    return place


def go_to(place: Place) -> None:
    """Go somewhere; the page shows it from its next run, and the address bar at once.

    Parameters
    ----------
    place : where to.
    """
    _keep(place)


def _keep(place: Place) -> None:
    """Keep a place in the address bar and for the pages that follow, whose menu forgets it."""
    for name, code in vars(place).items():
        st.session_state[name] = code
        if code and st.query_params.get(name) != code:
            st.query_params[name] = code
        elif not code and name in st.query_params:
            del st.query_params[name]
