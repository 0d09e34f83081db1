"""Long work: who started it, how far it is, how it ended; kept for whoever opens its page again."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from phusong.access.principals import Principal
from phusong.access.processes import find_start
from phusong.access.register import Register
from phusong.access.tables import TASKS, WORKERS
from phusong.vocabulary.terms import Term


class TaskState(Term):
    """Say how it stands with long work."""

    RUNNING = "running", "đang chạy", "running"
    DONE = "done", "đã xong", "done"
    FAILED = "failed", "bị lỗi", "failed"
    CUT_OFF = "cut_off", "bị ngắt khi máy chủ khởi động lại", "cut off when the server restarted"


@dataclass(frozen=True)
class Task:
    """Hold how it stands with long work.

    Parameters
    ----------
    task_id : its id.
    kind : a fixed word: what work it is.
    state : how it stands.
    share : how much of it is done [1].
    told : what it says of itself now, or in the end; no names.
    begun_at, ended_at : ISO times; ended_at is empty while it runs.
    """

    task_id: str
    kind: str
    state: TaskState
    share: float
    told: str
    begun_at: str
    ended_at: str


def open_task(
    register: Register, principal: Principal, kind: str, *, server: str, when: datetime
) -> str:
    """Note that work was started, and return its id.

    Parameters
    ----------
    register : where it is kept.
    principal : who started it, who alone may follow it.
    kind : a fixed word.
    server : what tells this start of the server from the next.
    when : time, with its zone.
    """
    task_id = f"viec-{secrets.token_hex(6)}"
    row = {
        "task_id": task_id,
        "account_id": principal.account_id,
        "kind": kind,
        "server": server,
        "state": str(TaskState.RUNNING),
        "share": 0.0,
        "told": "",
        "begun_at": when.isoformat(timespec="seconds"),
        "ended_at": None,
    }
    with register.write() as connection:
        connection.execute(insert(TASKS), row)
    return task_id


def tell_task(register: Register, task_id: str, *, share: float, told: str) -> None:
    """Note how far running work is.

    Parameters
    ----------
    register : where it is kept.
    task_id : its id.
    share : how much of it is done [1].
    told : what it says of itself now; no names.
    """
    bounded = min(max(share, 0.0), 1.0)
    _change(register, task_id, {"share": bounded, "told": told})


def end_task(
    register: Register, task_id: str, state: TaskState, *, told: str, when: datetime
) -> None:
    """Note that running work has ended; what has ended stays as it is.

    Parameters
    ----------
    register : where it is kept.
    task_id : its id.
    state : how it ended.
    told : what it says in the end; no names.
    when : time, with its zone.
    """
    row: dict[str, Any] = {
        "state": str(state),
        "told": told,
        "ended_at": when.isoformat(timespec="seconds"),
    }
    if state == TaskState.DONE:
        row["share"] = 1.0
    _change(register, task_id, row)


def _change(register: Register, task_id: str, row: dict[str, Any]) -> None:
    """Change the line of running work."""
    running = (TASKS.c.task_id == task_id) & (TASKS.c.state == str(TaskState.RUNNING))
    with register.write() as connection:
        connection.execute(update(TASKS).where(running).values(**row))


def find_tasks(register: Register, principal: Principal, kind: str, *, last: int) -> list[Task]:
    """Return somebody's own work of a kind, newest first.

    Parameters
    ----------
    register : where it is kept.
    principal : who started it.
    kind : a fixed word.
    last : how many [tasks].
    """
    own = (TASKS.c.account_id == principal.account_id) & (TASKS.c.kind == kind)
    asked = select(TASKS).where(own).order_by(TASKS.c.begun_at.desc(), TASKS.c.task_id).limit(last)
    with register.read() as connection:
        rows = connection.execute(asked).mappings().all()
    return [_read_row(row) for row in rows]


def note_worker(register: Register, task_id: str, process: int) -> None:
    """Note which process does the work, so that it is found when the server has been started again.

    Parameters
    ----------
    register : where it is kept.
    task_id : its id.
    process : number of the process.
    """
    row = {"task_id": task_id, "process": process, "started": find_start(process)}
    with register.write() as connection:
        connection.execute(insert(WORKERS), row)


def cut_off_tasks(register: Register, *, server: str, when: datetime) -> None:
    """Say of work that an earlier start of the server left, and whose process is gone, that it was cut off.

    Parameters
    ----------
    register : where it is kept.
    server : what tells this start of the server from earlier ones.
    when : time, with its zone.
    """
    left = (TASKS.c.state == str(TaskState.RUNNING)) & (TASKS.c.server != server)
    asked = select(TASKS.c.task_id, WORKERS.c.process, WORKERS.c.started).outerjoin(WORKERS)
    with register.read() as connection:
        found = connection.execute(asked.where(left)).all()
    gone = [task for task, process, started in found if not _is_running(process, started)]
    if not gone:
        return
    row = {"state": str(TaskState.CUT_OFF), "ended_at": when.isoformat(timespec="seconds")}
    with register.write() as connection:
        connection.execute(update(TASKS).where(left & TASKS.c.task_id.in_(gone)).values(**row))


def _is_running(process: int | None, started: str | None) -> bool:
    """Return whether the process that was noted still runs."""
    return process is not None and bool(started) and find_start(process) == started


def _read_row(row: Any) -> Task:
    """Return work from its row."""
    return Task(
        row["task_id"],
        row["kind"],
        TaskState.of(row["state"]),
        row["share"],
        row["told"],
        row["begun_at"],
        row["ended_at"] or "",
    )
