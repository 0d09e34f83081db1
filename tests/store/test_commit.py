"""A run's results take their place all at once, or not at all: also under kill -9."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from phusong.store import Commit, finish_commit, read_whole, stamp_results
from phusong.store.commit import STAGING_NAME
from phusong.store.folder_lock import LOCK_NAME, hold_folder
from phusong.store.manifest import MANIFEST_NAME
from phusong.vocabulary.errors import FolderFault

pytestmark = pytest.mark.long


def put(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def results(folder):
    return {
        p.name: p.read_text()
        for p in folder.rglob("*")
        if p.is_file() and ".next" not in p.parts and p.name != LOCK_NAME
    }


@pytest.fixture
def folder(tmp_path):
    put(tmp_path, "tables/a", "old a")
    put(tmp_path, "tables/b", "old b")
    return tmp_path


def commit_files(folder, files, removed=()):
    """Stage files and make them the results."""
    with hold_folder(folder, "test"):
        commit = Commit(folder)
        commit.begin()
        for name, text in files.items():
            put(commit.staging, name, text)
        commit.complete(list(removed))


def stop_after(monkeypatch, moves):
    """Let a commit die after so many moves, as a kill does: nothing is cleaned up."""
    replace, done = Path.replace, iter(range(moves))

    def _replace(self, target):
        moves_in = STAGING_NAME in self.parts and STAGING_NAME not in Path(target).parts
        if moves_in and next(done, None) is None:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", _replace)


def test_a_finished_run_replaces_and_removes(folder):
    commit_files(folder, {"tables/a": "new a"}, removed=["tables/b"])
    assert results(folder) == {"a": "new a"}
    assert not (folder / STAGING_NAME).exists()


def test_an_abandoned_run_leaves_the_results_alone(folder):
    with hold_folder(folder, "test"):
        commit = Commit(folder)
        commit.begin()
        put(commit.staging, "tables/a", "new a")
    assert not finish_commit(folder)
    assert results(folder) == {"a": "old a", "b": "old b"}


def test_nobody_stages_without_holding_the_folder(folder):
    with pytest.raises(RuntimeError, match="held"):
        Commit(folder).begin()


def test_each_run_stages_in_a_folder_of_its_own(folder):
    assert Commit(folder).staging != Commit(folder).staging


def test_moves_that_an_earlier_version_left_are_finished(folder):
    staging = folder / STAGING_NAME
    put(staging, "tables/b", "new b")
    put(folder, "tables/a", "new a")
    put(staging, "moves.json", json.dumps({"move": ["tables/a", "tables/b"], "remove": []}))
    assert finish_commit(folder)
    assert results(folder) == {"a": "new a", "b": "new b"}


NEW = {"tables/a": "new a", "tables/c": "new c", "summary.json": "new s", MANIFEST_NAME: "new m"}


@pytest.mark.parametrize("moves", range(len(NEW)))
def test_after_a_kill_at_any_move_whoever_reads_sees_all_of_the_new(folder, monkeypatch, moves):
    put(folder, MANIFEST_NAME, "old m")
    before = stamp_results(folder)
    with monkeypatch.context() as patched:
        stop_after(patched, moves)
        with pytest.raises(KeyboardInterrupt):
            commit_files(folder, NEW, removed=["tables/b"])
    assert (folder / MANIFEST_NAME).read_text() == "old m"
    assert stamp_results(folder) != before
    assert results(folder) == {"a": "new a", "c": "new c", "summary.json": "new s", MANIFEST_NAME: "new m"}  # fmt: skip


def test_what_is_read_while_results_move_in_is_read_again(folder):
    put(folder, MANIFEST_NAME, "old m")
    reads = []

    def _read():
        first = (folder / "tables/a").read_text()
        if not reads:
            commit_files(folder, {"tables/a": "new a", "tables/b": "new b", MANIFEST_NAME: "new m"})
        reads.append(first)
        return first, (folder / "tables/b").read_text()

    assert read_whole(folder, _read) == ("new a", "new b")
    assert reads == ["old a", "new a"]


def test_a_fault_of_the_reading_itself_is_passed_on(folder):
    with pytest.raises(FileNotFoundError):
        read_whole(folder, (folder / "nowhere").read_text)


def test_a_reader_waits_for_a_writer_that_is_moving(folder):
    """The list stands and its writer lives: the reader leaves the moves to it."""
    code = """
        import sys, time
        from pathlib import Path
        from phusong.store import Commit, commit
        from phusong.store.folder_lock import hold_folder

        folder = Path(sys.argv[1])
        moving = commit._move_files
        def slow(folder):
            print("list", flush=True)
            sys.stdin.readline()
            return moving(folder)
        commit._move_files = slow
        with hold_folder(folder, "test"):
            made = Commit(folder)
            made.begin()
            (made.staging / "manifest.json").write_text("new")
            made.complete([])
    """
    writer = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with writer:
        assert writer.stdout.readline() == "list\n"
        with ThreadPoolExecutor(2) as pool:
            readers = [pool.submit(stamp_results, folder) for _ in range(2)]
            assert not any(reader.done() for reader in readers)
            writer.stdin.write("\n")
            writer.stdin.flush()
            assert len({reader.result(timeout=60) for reader in readers}) == 1
    assert (folder / MANIFEST_NAME).read_text() == "new"


def test_where_the_moves_cannot_be_finished_a_reader_is_told(folder, monkeypatch):
    with monkeypatch.context() as patched:
        stop_after(patched, 1)
        with pytest.raises(KeyboardInterrupt):
            commit_files(folder, NEW)
    monkeypatch.setattr("phusong.store.commit.PATIENCE_S", 0.1)

    def _refuse(folder, work, *, patience_s):
        raise FolderFault("this folder cannot be written")

    monkeypatch.setattr("phusong.store.commit.hold_folder", _refuse)
    with pytest.raises(FolderFault, match="half taken their place"):
        stamp_results(folder)


RUNNER = """
    import sys
    from pathlib import Path
    from phusong.store import Commit
    from phusong.store.folder_lock import hold_folder

    folder = Path(sys.argv[1])
    generation = 0
    while True:
        generation += 1
        with hold_folder(folder, "test"):
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
