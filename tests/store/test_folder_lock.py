"""One writer a folder: the second is refused and told who; a killed one leaves no lock."""

import json
import os
import re
import signal
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor

import pytest

from phusong.store.folder_lock import LOCK_NAME, FolderBusy, hold_folder, is_held

pytestmark = pytest.mark.long

HOLDER = """
    import sys, time
    from pathlib import Path
    from phusong.store.folder_lock import hold_folder

    with hold_folder(Path(sys.argv[1]), "phusong run"):
        print("held", flush=True)
        sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HOLDER), str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "held\n"
    with process:
        yield process
        process.kill()


def hold(folder, patience_s=0.0):
    with hold_folder(folder, "phusong plan rollout", patience_s=patience_s):
        return "held"


def test_a_second_writer_is_refused_and_told_who_writes_since_when(holder, tmp_path):
    with pytest.raises(FolderBusy) as refusal:
        hold(tmp_path)
    assert refusal.value.exit_code == 2
    told = str(refusal.value)
    assert re.search(rf"“phusong run” .* since 20\d\d-.*T.*, as process {holder.pid}\b", told)


def test_a_killed_writer_leaves_no_lock(holder, tmp_path):
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    assert (tmp_path / LOCK_NAME).read_text()
    assert hold(tmp_path) == "held"


def test_a_short_writer_is_waited_for(holder, tmp_path):
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(hold, tmp_path, 60.0)
        holder.stdin.close()
        assert waiting.result(timeout=60) == "held"


def test_whoever_holds_a_folder_goes_on_and_another_thread_does_not(tmp_path):
    with hold_folder(tmp_path, "phusong run"):
        assert hold(tmp_path) == "held" and is_held(tmp_path)
        with ThreadPoolExecutor(1) as pool, pytest.raises(FolderBusy):
            pool.submit(hold, tmp_path).result()
        assert json.loads((tmp_path / LOCK_NAME).read_text())["work"] == "phusong run"
    assert not is_held(tmp_path) and not (tmp_path / LOCK_NAME).read_text()


def test_a_fault_lets_go_of_the_folder(tmp_path):
    with pytest.raises(ZeroDivisionError), hold_folder(tmp_path, "phusong run"):
        raise ZeroDivisionError
    assert hold(tmp_path) == "held"


def test_a_folder_that_cannot_be_made_is_refused_in_words(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Exception, match="cannot be written .*--out") as refusal:
        hold(tmp_path / "file" / "out")
    assert refusal.value.exit_code == 2
