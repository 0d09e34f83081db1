"""Results that have half moved in: whoever opens the folder first sees all of the new, pages too."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

import phusong as ps
from phusong.access.desk import open_desk
from phusong.access.questions.counts import ask_counts
from phusong.access.questions.findings import (
    ask_gaps,
    ask_history,
    ask_indicators,
    ask_network,
    ask_summary,
)
from phusong.access.questions.maps import ask_map
from phusong.access.samples import find_sample
from phusong.pipeline.explanation import explain_table
from phusong.pipeline.reports.writing import write_reports
from phusong.pipeline.run import run_province
from phusong.store import Commit, commit, stamp_results
from phusong.store.folder_lock import hold_folder
from phusong.vocabulary.book import Role

LATER = date(2021, 12, 21)


@pytest.fixture(scope="module")
def later(raw, finished, tmp_path_factory):
    """The same province, run for a later day."""
    folder = tmp_path_factory.mktemp("later") / "out"
    shutil.copytree(finished, folder)
    run_province(raw, folder, as_of=LATER)
    return folder


@pytest.fixture(scope="module")
def office(finished, tmp_path_factory):
    folder = tmp_path_factory.mktemp("office") / "out"
    shutil.copytree(finished, folder)
    return folder


def stage_later(folder, later):
    """Stage the later results in a commit that is ready to move; return the number of moves."""
    made = Commit(folder)
    made.begin()
    shutil.copytree(later, made.staging, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*"))
    return made


class Cut(BaseException):
    """A kill: nothing is cleaned up."""


def die_after(monkeypatch, part):
    """Let the moves of a commit end after a part of them."""
    replace, done = Path.replace, []

    def _replace(self, target):
        root = Path(target)
        if ".next" in self.parts and ".next" not in root.parts:
            moves = json.loads(
                next(p for p in self.parents if p.name == ".next")
                .joinpath("moves.json")
                .read_text()
            )
            if len(done) >= int(part * (len(moves["move"]) - 1)):
                raise Cut
            done.append(target)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", _replace)


def ask_pages(folder, tmp_path):
    desk = open_desk(folder, tmp_path / "phusong.access")
    planner = find_sample(desk, Role.PLANNER).principal
    days = {ask_summary(planner, desk)["as_of"]}
    for question in (ask_gaps, ask_indicators, ask_history):
        days.add(f"{question(planner, desk)['as_of'].max():%Y-%m-%d}")
    assert len(ask_counts(planner, desk)) and len(ask_network(planner, desk, "reach"))
    return (
        days | {ask_map(planner, desk).data["as_of"]}
        if "as_of" in ask_map(planner, desk).data
        else days
    )


def ask_explanation(folder, tmp_path):
    explain_table(folder, "gaps")
    return read_days(folder)


def ask_notebook(folder, tmp_path):
    results = ps.read_results(folder)
    return {
        results.manifest.as_of,
        results.summary["as_of"],
        f"{results['gaps']['as_of'].max():%Y-%m-%d}",
    }


def ask_report(folder, tmp_path):
    [path] = write_reports(folder, None, form="weekly", formats=("xlsx",), out=tmp_path)
    return {path.name.split("_")[3]}


def read_days(folder):
    manifest, summary = (
        json.loads((folder / f"{n}.json").read_text()) for n in ("manifest", "summary")
    )
    return {manifest["as_of"], summary["as_of"]}


@pytest.mark.parametrize("part", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("entry", [ask_pages, ask_explanation, ask_notebook, ask_report])
def test_after_a_kill_in_the_moves_every_entry_finishes_them(
    office, later, tmp_path, monkeypatch, entry, part
):
    folder = tmp_path / "out"
    shutil.copytree(office, folder)
    with monkeypatch.context() as patched, hold_folder(folder, "test"):
        made = stage_later(folder, later)
        die_after(patched, part)
        with pytest.raises(Cut):
            made.complete([])
    assert (folder / ".next" / "moves.json").exists()
    assert entry(folder, tmp_path) == {f"{LATER}"}
    assert not (folder / ".next").exists()


def test_an_answer_asked_in_the_middle_of_the_moves_is_never_kept_under_the_new_stamp(
    office, later, tmp_path, monkeypatch
):
    """Whoever reads without waiting gets what is there, and keeps it under the stamp that is about to go."""
    folder = tmp_path / "out"
    shutil.copytree(office, folder)
    before, seen = stamp_results(folder), []
    replace = Path.replace

    def _replace(self, target):
        if ".next" in self.parts and ".next" not in Path(target).parts:
            monkeypatch.setattr(commit, "finish_commit", lambda folder: False)
            seen.append(stamp_results(folder))
        return replace(self, target)

    with hold_folder(folder, "test"):
        made = stage_later(folder, later)
        with monkeypatch.context() as patched:
            finish = commit.finish_commit
            patched.setattr(Path, "replace", _replace)
            made.complete([])
        monkeypatch.setattr(commit, "finish_commit", finish)
    assert len(seen) > 20 and set(seen) == {before}
    assert stamp_results(folder) != before
    assert ask_pages(folder, tmp_path) == {f"{LATER}"}


def test_a_notebook_does_not_mix_two_runs(office, later, tmp_path):
    folder = tmp_path / "out"
    shutil.copytree(office, folder)
    results = ps.read_results(folder)
    day = results["gaps"]["as_of"].max()
    with hold_folder(folder, "test"):
        stage_later(folder, later).complete([])
    with pytest.raises(Exception, match=r"made anew .*read_results"):
        results["reach"]
    assert results["gaps"]["as_of"].max() == day
