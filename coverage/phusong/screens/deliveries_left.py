"""What becomes of a file that was looked at and not decided about: gone when its page is left."""

from __future__ import annotations

import streamlit as st

from phusong.access.actions.deliveries import Looked, drop_file
from phusong.access.faults import NotAllowed
from phusong.screens.frame import Screen

PAGE = "deliveries"
#: Under which a session keeps the file that was looked at last.
LOOKED = "deliveries looked"


def leave(screen: Screen) -> None:
    """Erase the file that a session has looked at and not decided about, if there is one.

    Parameters
    ----------
    screen : of the page to which somebody has turned, or that looks at another file.
    """
    looked: Looked | None = st.session_state.pop(LOOKED, None)
    if looked is None:
        return
    try:
        drop_file(screen.principal, screen.desk, looked)
    except NotAllowed:
        return  # another account has signed in within the tab: the file goes when its hour is over
