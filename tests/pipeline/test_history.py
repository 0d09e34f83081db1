"""The history of the indicators: a day is added, a day that is run again is written anew, a scenario is none."""

import shutil
from datetime import date

import pytest

from phusong.pipeline.run import run_province
from phusong.store import read_table

FIRST, LATER = "2021-09-21", "2021-10-21"


@pytest.fixture(scope="module")
def again(raw, finished, tmp_path_factory):
    """A finished run that was run again for a later day."""
    folder = tmp_path_factory.mktemp("again") / "out"
    shutil.copytree(finished, folder)
    run_province(raw, folder, as_of=date.fromisoformat(LATER))
    return folder


def days(folder):
    return sorted(read_table(folder, "history")["as_of"].dt.strftime("%Y-%m-%d").unique())


def test_one_run_is_one_day_and_says_what_the_indicators_say(finished):
    history, now = read_table(finished, "history"), read_table(finished, "indicators")
    assert days(finished) == [FIRST] and len(history) == len(now)
    assert history["numerator"].sum() == now["numerator"].sum()


def test_a_later_day_is_added_and_the_earlier_one_kept(again, finished):
    history = read_table(again, "history")
    assert days(again) == [FIRST, LATER]
    earlier = history[history["as_of"] == FIRST].reset_index(drop=True)
    assert earlier.equals(read_table(finished, "history"))


def test_a_day_that_is_run_again_is_written_anew(again, raw, tmp_path):
    shutil.copytree(again, tmp_path / "out")
    run_province(raw, tmp_path / "out", as_of=date.fromisoformat(LATER))
    assert read_table(tmp_path / "out", "history").equals(read_table(again, "history"))


def test_what_a_scenario_would_change_enters_no_history(again, raw, tmp_path):
    shutil.copytree(again, tmp_path / "out")
    day = date.fromisoformat("2021-12-01")
    run_province(raw, tmp_path / "out", scenario="3g_off", as_of=day)
    assert days(tmp_path / "out") == [FIRST, LATER]
