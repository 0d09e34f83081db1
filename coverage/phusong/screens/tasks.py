"""Work that takes longer than a page should: done in a process of its own, followed by its owner.

The process gets plain values, writes how far it is into the register, and outlives the page, the tab and the
line. A page that is opened again finds it there.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import streamlit as st

from phusong.access.desk import Desk
from phusong.access.log import log_access
from phusong.access.tasks import (
    Task,
    TaskState,
    cut_off_tasks,
    end_task,
    find_tasks,
    note_worker,
    open_task,
)
from phusong.screens import working
from phusong.screens.frame import Screen
from phusong.screens.working import Given, Work, write_order

#: One piece of work at a time: two cores are shared with the pages.
WORKERS = 1
#: How often a page looks how far it is [s].
PAUSE_S = 1.0


def start_task(screen: Screen, kind: str, work: Work, *given: Given) -> str:
    """Start work in a process of its own and return its id; logged.

    Parameters
    ----------
    screen : of whoever starts it; they alone may follow it.
    kind : a fixed word, by which pages find it again.
    work : a function at the top of a module.
    given : plain values that it takes after `tell`: numbers and text.
    """
    desk, now = screen.desk, screen.desk.clock()
    _clear_away(desk)
    task_id = open_task(desk.register, screen.principal, kind, server=_server(), when=now)
    log_access(desk.register, screen.principal, f"task {kind}", when=now, subject=task_id)
    _queue().submit(_run, desk, task_id, write_order(work, given))
    return task_id


def follow_task(screen: Screen, kind: str) -> Task | None:
    """Show how far one's newest work of a kind is, and look again while it runs; return how it stood.

    Parameters
    ----------
    screen : of whoever started it.
    kind : a fixed word.
    """
    _clear_away(screen.desk)
    task = _find_newest(screen, kind)
    if task is not None and task.state == TaskState.RUNNING:
        _show_running(screen, kind)
    elif task is not None:
        show = st.success if task.state == TaskState.DONE else st.error
        show(
            f"{screen.speech.term(task.state)}: {task.told}"
            if task.told
            else screen.speech.term(task.state)
        )
    return task


def _show_running(screen: Screen, kind: str) -> None:
    """Show a bar that looks again by itself, and the whole page once the work has ended."""

    @st.fragment(run_every=PAUSE_S)
    def _look() -> None:
        task = _find_newest(screen, kind)
        if task is None or task.state != TaskState.RUNNING:
            st.rerun()
        st.progress(task.share, text=task.told or screen.speech.term(task.state))

    _look()


def _find_newest(screen: Screen, kind: str) -> Task | None:
    """Return one's newest work of a kind."""
    found = find_tasks(screen.desk.register, screen.principal, kind, last=1)
    return found[0] if found else None


def _clear_away(desk: Desk) -> None:
    """Say of work that an earlier start of the server left, and that no longer runs, that it was cut off."""
    cut_off_tasks(desk.register, server=_server(), when=desk.clock())


def _run(desk: Desk, task_id: str, order: str) -> None:
    """Do the work in a process of its own, and say so where the process died."""
    command = [sys.executable, "-m", working.__name__, str(desk.register.path), task_id]
    paths = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        text=True,
        env=os.environ | paths,
        stdout=subprocess.DEVNULL,
    ) as worker:
        note_worker(desk.register, task_id, worker.pid)
        worker.communicate(order)
    if worker.returncode:
        told = f"exit code {worker.returncode}"
        end_task(desk.register, task_id, TaskState.FAILED, told=told, when=desk.clock())


@lru_cache(maxsize=1)
def _queue() -> ThreadPoolExecutor:
    """Return the queue in which work waits for its turn."""
    return ThreadPoolExecutor(WORKERS, thread_name_prefix="task")


@lru_cache(maxsize=1)
def _server() -> str:
    """Return what tells this start of the server from others."""
    return secrets.token_hex(8)
