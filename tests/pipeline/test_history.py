"""The history: every run that differs is kept with its moment and what it changed; a scenario enters none."""

import shutil
from datetime import UTC, date, datetime

import pandas as pd
import pytest
from tests.pipeline.masts import FILE, add_masts

from phusong.pipeline.run import run_province
from phusong.pipeline.run_comparison import compare_runs, describe_runs
from phusong.pipeline.run_history import RunState, add_run, load_history, read_history
from phusong.store import read_table, table_path
from phusong.views.run_summary import comparison_lines, history_lines, outcome_lines
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.schema import check_table, empty_table
from phusong.vocabulary.tables import TABLES
from phusong.vocabulary.tables.runs import HISTORY, RUN_CLASSES, RUN_FACTS, RUNS

FIRST, LATER = "2021-09-21", "2021-10-21"


@pytest.fixture(scope="module")
def masted(raw, finished, tmp_path_factory):
    """A finished run, run again on the same day with one more list of masts; and what was done."""
    folder = tmp_path_factory.mktemp("masted")
    shutil.copytree(raw.parent, folder / "raw")
    shutil.copytree(finished, folder / "out")
    province = folder / "raw" / raw.name
    raised = add_masts(province, folder / "out")
    begun = datetime.now(UTC)
    outcome = run_province(province, folder / "out")
    return province, folder / "out", raised, outcome, begun


@pytest.fixture
def copy(masted, tmp_path):
    """The two runs, for a test to change."""
    province, out, *_ = masted
    shutil.copytree(province.parent, tmp_path / "raw")
    shutil.copytree(out, tmp_path / "out")
    return tmp_path / "raw" / province.name, tmp_path / "out"


def days(folder):
    runs = read_table(folder, "runs")
    return runs["as_of"].dt.strftime("%Y-%m-%d").tolist()


def test_the_first_run_says_what_the_indicators_say(finished):
    history, now = read_table(finished, "history"), read_table(finished, "indicators")
    assert days(finished) == [FIRST] and set(history["run"]) == {1}
    pd.testing.assert_frame_equal(history.drop(columns="run"), now)
    gaps = read_table(finished, "gaps").set_index("hamlet_id")["class"]
    classes = read_table(finished, "run_classes").set_index("hamlet_id")
    assert classes["before"].isna().all()
    assert classes["after"].to_dict() == gaps.to_dict()


def test_two_runs_of_one_day_are_both_kept_with_their_moments(masted, finished):
    _, out, _, outcome, begun = masted
    assert days(out) == [FIRST, FIRST] and outcome.recorded == 2
    moments = [datetime.fromisoformat(m) for m in read_table(out, "runs")["ran_at"]]
    assert moments[0] < moments[1] and abs((moments[1] - begun).total_seconds()) < 600
    history = read_table(out, "history")
    first = history[history["run"] == 1].reset_index(drop=True)
    pd.testing.assert_frame_equal(first, read_table(finished, "history"))


def test_the_difference_is_the_file_the_hamlets_and_the_figures(masted, finished):
    _, out, raised, *_ = masted
    comparison = describe_runs(out)["comparison"]
    (fact,) = comparison["facts"]
    assert (fact["fact"], fact["name"], fact["kind"]) == ("source", FILE, "cells")
    assert fact["before"] is None and fact["publisher"] == "VNPT Vĩnh Phúc"
    before, after = (read_table(f, "gaps").set_index("hamlet_id")["class"] for f in (finished, out))
    changed = before.index[before != after]
    moved = {h["hamlet_id"]: (h["before"], h["after"]) for h in comparison["hamlets"]}
    assert moved == {h: (before[h], after[h]) for h in changed}
    assert set(raised) & set(moved) and sum(c["hamlets"] for c in comparison["classes"]) == len(
        moved
    )
    figure = next(f for f in comparison["figures"] if f["indicator"] == "signal_4g")
    indicators = read_table(out, "indicators")
    now = indicators[
        (indicators["area_code"] == "26") & (indicators["indicator"] == "signal_4g")
        & (indicators["counted"] == "hamlets") & (indicators["edition"] == "2021-01-01")
    ].iloc[0]  # fmt: skip
    assert figure["numerator_after"] == now["numerator"] > figure["numerator_before"]


def test_the_difference_is_told_in_both_languages(masted):
    _, out, _, outcome, _ = masted
    runs = describe_runs(out)
    vi, en = ("\n".join(comparison_lines(runs["comparison"], lang)) for lang in ("vi", "en"))
    assert f"thêm: nguồn số liệu trạm thu phát sóng · {FILE} (VNPT Vĩnh Phúc)" in vi
    assert "Tệp này đã làm thay đổi:" in vi and "thôn đổi nhóm kết nối: " in vi
    assert f"added: source cell sites · {FILE}" in en and "This file changed:" in en
    done = outcome_lines(vars(outcome), runs, "vi")
    assert done[0] == f"Đã tính lại {len(outcome.ran)} bước, {len(outcome.fresh)} bước không đổi"
    listed = "\n".join(history_lines(runs, "vi", hamlets=True))
    assert all(
        h["name"] and f"{h['hamlet_id']} {h['name']}" in listed
        for h in runs["comparison"]["hamlets"]
    )


def test_the_same_run_twice_adds_nothing(copy, masted):
    province, out = copy
    outcome = run_province(province, out)
    assert outcome.ran == [] and outcome.recorded == 0
    (out / "tables/gaps.parquet").unlink()
    (out / "tables/indicators.parquet").unlink()
    outcome = run_province(province, out)
    assert "indicators" in outcome.ran and outcome.recorded == 0
    for name in ("runs", "run_facts", "run_classes", "history"):
        assert read_table(out, name).equals(read_table(masted[1], name))
    assert (
        "không đổi so với lần tính 2" in outcome_lines(vars(outcome), describe_runs(out), "vi")[1]
    )


def test_a_file_withdrawn_and_a_parameter_moved_are_told(copy):
    province, out = copy
    text = province.read_text(encoding="utf-8")
    text = text[: text.rindex("[[source]]")] + "[parameters.policy]\nfull_share = 0.9\n"
    province.write_text(text, encoding="utf-8")
    assert run_province(province, out).recorded == 3
    back = describe_runs(out)["comparison"]
    ends = {(f["fact"], f["name"]): (f["before"], f["after"]) for f in back["facts"]}
    assert ends["source", FILE][1] is None
    assert ends["parameter", "policy.full_share"][1] == "0.9"
    over = describe_runs(out, 1, 3)["comparison"]
    assert {f["fact"] for f in over["facts"]} == {"parameter"}
    lines = comparison_lines(back, "vi")
    assert any("rút: nguồn số liệu" in line for line in lines)
    assert any("thay đổi: tham số policy.full_share: " in line for line in lines)


def test_a_later_day_is_added_and_the_earlier_one_kept(copy):
    province, out = copy
    run_province(province, out, as_of=date.fromisoformat(LATER))
    assert days(out) == [FIRST, FIRST, LATER]
    facts = describe_runs(out)["comparison"]["facts"]
    assert [(f["fact"], f["name"], f["after"]) for f in facts] == [("head", "as_of", LATER)]


def test_what_a_scenario_would_change_enters_no_history(copy):
    province, out = copy
    day = date.fromisoformat("2021-12-01")
    assert run_province(province, out, scenario="3g_off", as_of=day).recorded == 0
    assert days(out) == [FIRST, FIRST]
    assert run_province(province, out).recorded == 0
    assert run_province(province, out, as_of=day).recorded == 3


def test_an_old_history_of_days_is_read_and_goes_on(copy):
    province, out = copy
    old = read_table(out, "history").query("run == 1").drop(columns="run")
    earlier = old.assign(as_of=pd.Timestamp("2021-06-30"))
    for name in ("runs", "run_facts", "run_classes"):
        table_path(out, name).unlink()
    pd.concat([earlier, old]).to_parquet(table_path(out, "history"), index=False)
    history = read_history(out)
    assert days_of(history) == ["2021-06-30", FIRST] and history.runs["ran_at"].isna().all()
    assert "lần tính 1 (số liệu ngày 30/06/2021)" in history_lines(describe_runs(out), "vi")
    assert run_province(province, out).recorded == 3
    assert days(out) == ["2021-06-30", FIRST, FIRST]
    comparison = describe_runs(out)["comparison"]
    assert not comparison["complete"] and comparison["hamlets"] == comparison["facts"] == []
    assert comparison["figures"]
    for table in (RUNS, RUN_FACTS, RUN_CLASSES, HISTORY):
        check_table(read_table(out, table.name), table)


def days_of(history):
    return history.runs["as_of"].dt.strftime("%Y-%m-%d").tolist()


def test_a_run_that_is_not_there_is_refused(masted):
    with pytest.raises(ParameterFault, match="there is no run 9; there are: 1, 2"):
        describe_runs(masted[1], 1, 9)


def make_state(classes, facts=()):
    columns = ["fact", "name", "kind", "publisher", "value"]
    return RunState(
        pd.DataFrame(facts, columns=columns, dtype="str"),
        pd.DataFrame(classes.items(), columns=["hamlet_id", "value"], dtype="str"),
        empty_table(TABLES["indicators"]),
    )


def test_any_two_runs_compare_whatever_lay_between():
    states = [
        {"A": "K5", "B": "K4"}, {"A": "K4", "B": "K4"}, {"A": "K4", "C": "K5"}, {"A": "K5", "B": "K4"},
    ]  # fmt: skip
    history = load_history(lambda name: empty_table(TABLES[name]))
    for number, classes in enumerate(states, start=1):
        day = pd.Timestamp(FIRST)
        history = add_run(history, make_state(classes), ran_at=f"{number}", as_of=day, version="1")
    assert history.last == 4 and len(history.classes) == 2 + 1 + 2 + 3
    for first in range(1, 5):
        for last in range(first, 5):
            found = compare_runs(history, first, last, area_code="26", edition="2021-01-01")
            moved = {h["hamlet_id"]: (h["before"], h["after"]) for h in found["hamlets"]}
            a, b = states[first - 1], states[last - 1]
            assert moved == {h: (a.get(h), b.get(h)) for h in {*a, *b} if a.get(h) != b.get(h)}
    again = add_run(
        history, make_state(states[-1]), ran_at="5", as_of=pd.Timestamp(FIRST), version="1"
    )
    assert again is history
