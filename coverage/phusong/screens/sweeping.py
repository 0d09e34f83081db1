"""The server erases delivered files whose time is over, whoever is signed in or nobody."""

from __future__ import annotations

import logging
from threading import Event, Thread

from phusong.access.retention import erase_old_files
from phusong.screens.settings import Settings, find_desk, has_results
from phusong.vocabulary.errors import PhusongError

PAUSE_S = 300.0
LOG = logging.getLogger("phusong.screens")


def erase_regularly(settings: Settings, stopped: Event | None = None) -> Thread:
    """Erase what is too old in a thread of its own, now and every few minutes, and return the thread.

    Parameters
    ----------
    settings : of the server.
    stopped : ends it when set.
    """
    ended = stopped or Event()
    thread = Thread(target=_erase, args=(settings, ended), name="retention", daemon=True)
    thread.start()
    return thread


def _erase(settings: Settings, ended: Event) -> None:
    """Erase again and again; a fault is logged by its kind alone, and tried again."""
    while True:
        try:
            if has_results(settings):
                erase_old_files(find_desk(settings))
        except (OSError, PhusongError) as fault:
            LOG.error("old deliveries were not erased: %s", type(fault).__name__)
        if ended.wait(PAUSE_S):
            return
