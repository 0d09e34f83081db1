"""Two hands at one folder: the second is refused in words, and results of one day stay together."""

import json
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from typer.testing import CliRunner

from phusong.cli import application
from phusong.pipeline.run import run_province
from phusong.pipeline.settings import read_settings
from phusong.store import read_table
from phusong.store.folder_lock import FolderBusy, hold_folder

FIRST, SECOND = date(2021, 12, 20), date(2021, 12, 21)


@pytest.fixture
def folder(finished, tmp_path):
    shutil.copytree(finished, tmp_path / "out")
    return tmp_path / "out"


def list_days(folder):
    """Return the days of which manifest, summary and tables speak."""
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    days = {read_settings(folder)[2].as_of, summary["as_of"]}
    return days | {
        f"{read_table(folder, name)['as_of'].max():%Y-%m-%d}" for name in ("gaps", "history")
    }


def test_a_second_run_is_refused_and_the_results_are_of_one_day(raw, folder):
    reached, go_on = threading.Event(), threading.Event()

    def _pause(stage, _fresh):
        if stage.name == "gaps":
            reached.set()
            assert go_on.wait(300)

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(run_province, raw, folder, as_of=FIRST, listener=_pause)
        assert reached.wait(300)
        with pytest.raises(FolderBusy, match="“phusong run” is writing in this folder since"):
            run_province(raw, folder, as_of=SECOND)
        go_on.set()
        assert "gaps" in first.result(timeout=300).ran
    assert list_days(folder) == {f"{FIRST}"}
    assert run_province(raw, folder, as_of=FIRST).ran == []


WRITERS = (["run", "RAW", "--out"], ["plan", "rollout"], ["plan", "devices"], ["plan", "compare"])


@pytest.mark.parametrize("words", WRITERS, ids=lambda w: " ".join(w[:2]))
@pytest.mark.parametrize("held_by", ["phusong run", "phusong plan rollout"])
def test_whoever_writes_is_refused_while_another_one_does(raw, folder, words, held_by):
    command = [str(raw) if word == "RAW" else word for word in words]
    before = {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}
    with hold_folder(folder, held_by), ThreadPoolExecutor(1) as pool:
        before[folder / ".writer"] = (folder / ".writer").stat().st_mtime_ns
        done = pool.submit(CliRunner().invoke, application, [*command, str(folder)]).result()
        assert {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()} == before
    assert isinstance(done.exception, FolderBusy) and done.exception.exit_code == 2
    assert f"“{held_by}” is writing" in str(done.exception)
