"""The map as a component: data come to it by address, what is chosen goes back, and nothing else travels."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import streamlit as st

from phusong.screens.frame import Screen, turn_to
from phusong.screens.layer_route import GEO, PROGRAM
from phusong.screens.place import Place, go_to
from phusong.views.program import name_program

#: Fetches the program, which the browser keeps, and hands everything over to it.
LOADER = """
const open = (data) => import(new URL(data.program, window.location.origin));
export default (component) => {
  open(component.data).then(
    (program) => program.show(component),
    () => { component.parentElement.textContent = component.data.words.failed; },
  );
  return () => open(component.data).then((program) => program.close(component));
};
"""


#: What somebody does on the map when they ask for the sheet of a hamlet.
SHEET = "sheet"


@lru_cache(maxsize=1)
def _register() -> Callable[..., Any]:
    """Return the component; it is made known to Streamlit once."""
    return st.components.v2.component("phusong.map", js=LOADER)


def show_map(
    screen: Screen,
    *,
    key: str,
    plan: str = "",
    theme: str = "class",
    group: str = "",
) -> None:
    """Show the map; a hamlet or commune chosen on it is where one is from then on.

    Parameters
    ----------
    screen : what the page works with; its place is marked on the map.
    key : of the map on its page.
    plan : name of the kept plan that is drawn; empty: the one that is shown everywhere.
    theme : what colours the hamlets first: ``class``, ``plan``, ``evidence`` or a technology.
    group : name of the maps that move together side by side; empty: the map stands alone.
    """
    wish = {
        "program": PROGRAM + name_program(),
        "layers": GEO,
        "stamp": screen.stamp,
        "scenario": plan,
        "theme": theme,
        "group": group,
        "language": screen.language,
        "commune": screen.place.commune,
        "hamlet": screen.place.hamlet,
        "words": {
            "loading": screen.say("The map is being drawn…"),
            "failed": screen.say("The map did not come: reload the page, or sign in again."),
        },
    }
    told = _register()(key=key, data=wish, on_chosen_change=partial(_follow, key))
    if told.chosen and told.chosen["kind"] == SHEET:
        turn_to(screen, "hamlet", screen.place)


def _follow(key: str) -> None:
    """Go to what was chosen, before the page runs again; `read_place` takes nothing but codes."""
    if chosen := st.session_state[key].chosen:
        go_to(Place(commune=str(chosen["commune"]), hamlet=str(chosen["hamlet"])))
