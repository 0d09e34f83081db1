"""A run's results take their place all at once, or not at all: also under kill -9."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from phusong.store import Commit, finish_commit


def put(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def results(folder):
    return {
        p.name: p.read_text() for p in folder.rglob("*") if p.is_file() and ".next" not in p.parts
    }


@pytest.fixture
def folder(tmp_path):
    put(tmp_path, "tables/a", "old a")
    put(tmp_path, "tables/b", "old b")
    return tmp_path


def test_a_finished_run_replaces_and_removes(folder):
    commit = Commit(folder)
    commit.begin()
    put(commit.staging, "tables/a", "new a")
    commit.complete(removed=["tables/b"])
    assert results(folder) == {"a": "new a"}
    assert not commit.staging.exists()


def test_an_abandoned_run_leaves_the_results_alone(folder):
    commit = Commit(folder)
    commit.begin()
    put(commit.staging, "tables/a", "new a")
    assert not finish_commit(folder)
    assert results(folder) == {"a": "old a", "b": "old b"}


def test_a_run_killed_between_two_moves_is_finished_by_the_next_reader(folder):
    commit = Commit(folder)
    commit.begin()
    put(commit.staging, "tables/b", "new b")
    put(folder, "tables/a", "new a")
    put(commit.staging, "moves.json", json.dumps({"move": ["tables/a", "tables/b"], "remove": []}))
    assert finish_commit(folder)
    assert results(folder) == {"a": "new a", "b": "new b"}


RUNNER = """
    import sys
    from pathlib import Path
    from phusong.store import Commit

    folder = Path(sys.argv[1])
    generation = 0
    while True:
        generation += 1
        commit = Commit(folder)
        commit.begin()
        for name in "abcdefgh":
            path = commit.staging / "tables" / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(str(generation))
        commit.complete(removed=[])
        print(generation, flush=True)
"""


@pytest.mark.parametrize("delay_ms", [1, 3, 7, 12, 20, 31])
def test_kill_never_leaves_a_mixture(tmp_path, delay_ms):
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(RUNNER), str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
    )
    acknowledged = int(process.stdout.readline())
    time.sleep(delay_ms / 1000)
    os.kill(process.pid, signal.SIGKILL)
    acknowledged = max([acknowledged, *(int(line) for line in process.stdout.read().split())])
    process.wait()
    process.stdout.close()
    finish_commit(tmp_path)
    generations = {p.read_text() for p in (tmp_path / "tables").iterdir()}
    assert len(generations) == 1
    assert int(generations.pop()) >= acknowledged
