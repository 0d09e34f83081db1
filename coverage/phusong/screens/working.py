"""The process that does long work: told by its caller what to do, it tells the register how far it is.

Started as ``python -m phusong.screens.working REGISTER TASK`` with the order on its standard input.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from phusong.access.desk import read_clock
from phusong.access.register import Register, open_register
from phusong.access.tasks import TaskState, end_task, tell_task
from phusong.vocabulary.errors import PhusongError, describe_os_error

#: Told by the work: how much is done [1], and what it is doing; no names.
Tell = Callable[[float, str], None]
#: Takes `tell` first, then plain values; returns what to say in the end, without names.
Work = Callable[..., str]
Given = str | int | float | bool | None
LOG = logging.getLogger(__name__)


def write_order(work: Work, given: Sequence[Given]) -> str:
    """Return an order as it is handed to the process.

    Parameters
    ----------
    work : a function at the top of a module.
    given : plain values that it takes after `tell`.
    """
    return json.dumps({"module": work.__module__, "work": work.__qualname__, "given": given})


def do_work(register: Register, task_id: str, order: str) -> None:
    """Do what an order says and keep how it ended; of an unforeseen fault its kind alone, it may hold names.

    Parameters
    ----------
    register : where it is told how far the work is.
    task_id : of the work.
    order : from `write_order`.
    """
    told = json.loads(order)

    def _tell(share: float, what: str) -> None:
        tell_task(register, task_id, share=share, told=what)

    try:
        work: Work = getattr(import_module(told["module"]), told["work"])
        state, said = TaskState.DONE, work(_tell, *told["given"])
    except PhusongError as fault:
        state, said = TaskState.FAILED, str(fault)
    except (OSError, MemoryError) as fault:
        state = TaskState.FAILED
        said = str(describe_os_error(fault) or type(fault).__name__)
        LOG.error("task %s failed: %s", task_id, type(fault).__name__)
    except Exception as fault:
        state, said = TaskState.FAILED, type(fault).__name__
        LOG.error("task %s failed: %s", task_id, said)
    end_task(register, task_id, state, told=said, when=read_clock())


if __name__ == "__main__":
    do_work(open_register(Path(sys.argv[1])), sys.argv[2], sys.stdin.read())
