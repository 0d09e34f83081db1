"""What outlives what: a server ends with its parent, a worker does not end with its server and is found again."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest

from phusong.access.processes import find_start
from phusong.access.tasks import TaskState, cut_off_tasks, find_tasks, note_worker, open_task
from phusong.vocabulary.book import Role

pytestmark = pytest.mark.long

PATIENCE_S = 120


def wait_until(ready):
    """Ask again and again, with a generous limit."""
    for _ in range(PATIENCE_S * 10):
        if ready():
            return True
        time.sleep(0.1)
    return False


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")
def test_a_killed_parent_leaves_no_server(finished, tmp_path):
    shutil.copytree(finished, tmp_path / "out")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "phusong", "app", "--port", str(port)]
    parent = subprocess.Popen(
        [*command, "--results", str(tmp_path / "out")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        assert wait_until(lambda: answers(port) or parent.poll() is not None)
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()
        assert wait_until(lambda: not answers(port))
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(parent.pid, signal.SIGKILL)


@pytest.fixture
def worker():
    """A process that lives until it is killed, as a worker does whose server is gone."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


@pytest.fixture
def task(stage, worker):
    """Work that an earlier start of the server began, and that still runs."""
    planner, desk = stage.sign_in(Role.PLANNER), stage.desk
    made = open_task(desk.register, planner, "count", server="earlier", when=desk.clock())
    note_worker(desk.register, made, worker.pid)
    return lambda: find_tasks(desk.register, planner, "count", last=1)[0].state


def following():
    from phusong.screens.frame import open_screen
    from phusong.screens.tasks import follow_task

    follow_task(open_screen("overview"), "count")


def test_a_worker_that_outlives_its_server_is_shown_as_running(stage, worker, task):
    page = stage.run(following)
    assert task() == TaskState.RUNNING and not page.error and not page.exception
    worker.kill()
    worker.wait()
    assert stage.run(following).error
    assert task() == TaskState.CUT_OFF


def test_another_process_of_the_same_number_is_not_the_worker(stage, worker, task, monkeypatch):
    start = find_start(worker.pid)
    assert start and start == find_start(worker.pid) != find_start(os.getpid())
    monkeypatch.setattr("phusong.access.tasks.find_start", lambda process: f"later than {start}")
    cut_off_tasks(stage.desk.register, server="now", when=stage.desk.clock())
    assert task() == TaskState.CUT_OFF


def test_a_process_that_is_gone_has_no_start(worker):
    worker.kill()
    assert wait_until(lambda: find_start(worker.pid) == "")
