"""What the server works out before anybody comes, so that the first visitor does not wait for it."""

from __future__ import annotations

import time
from importlib import import_module
from threading import Thread

from streamlit import runtime

from phusong.access.principals import Principal
from phusong.intake.reader_pool import find_pool
from phusong.screens.contents import PAGES
from phusong.screens.layers import FINDINGS, build_layer
from phusong.screens.settings import Settings, find_desk, has_results
from phusong.vocabulary.book import Role
from phusong.vocabulary.parameters import load_parameters

PAUSE_S = 0.2


def warm_up(settings: Settings) -> Thread:
    """Draw the planners' map in a thread of its own, and return the thread.

    Parameters
    ----------
    settings : of the server.
    """
    thread = Thread(target=_draw, args=(settings,), name="warming", daemon=True)
    thread.start()
    return thread


def _draw(settings: Settings) -> None:
    """Read the pages' modules, and draw the map once Streamlit stands, whose cache keeps it."""
    find_pool(int(load_parameters().intake.number("readers_at_once"))).warm_up()
    for page in PAGES:
        import_module(page.module)
    while not runtime.exists():
        time.sleep(PAUSE_S)
    if not has_results(settings):
        return
    desk = find_desk(settings)
    planner = Principal("", Role.PLANNER, "", demonstration=desk.demonstration)
    build_layer(planner, desk, FINDINGS)
