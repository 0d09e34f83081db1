"""Overview: what it shows of a run to whom, and what it says where there is none."""

import shutil
from datetime import date

import pytest
from tests.pipeline.masts import FILE, add_masts
from tests.screens.stage import Stage

from phusong.access.questions.findings import ask_gaps
from phusong.pipeline.run import run_province
from phusong.screens.settings import VARIABLE, Settings, write_settings
from phusong.store import read_table
from phusong.vocabulary.book import Role


def open_list(stage, who=None, **query):
    """Return the page with the table below the map."""
    page = stage.open("overview", who, **query)
    return page.segmented_control[0].set_value(page.segmented_control[0].options[1]).run()


def test_the_table_holds_the_gaps_and_follows_the_choice(stage):
    page = open_list(stage, Role.PLANNER)
    assert not page.exception
    before = len(page.dataframe[0].value)
    page.pills[0].set_value(page.pills[0].options).run()
    everything = page.dataframe[0].value
    assert len(everything) > before and "Nhóm kết nối" in everything.columns


def test_the_language_of_the_address_changes_labels_and_summary(stage):
    vietnamese = stage.open("overview", Role.PLANNER)
    english = open_list(stage, lang="en")
    assert "Connectivity class" in english.dataframe[0].value.columns
    assert english.title[0].value == "Connectivity of every hamlet"
    assert english.title[0].value != vietnamese.title[0].value


def test_counts_of_pupils_are_not_in_the_table(stage):
    page = open_list(stage, Role.PLANNER, lang="en")
    assert not [c for c in page.dataframe[0].value.columns if "upil" in c]


def test_a_commune_in_the_address_narrows_figures_table_and_trail(stage):
    principal = stage.sign_in(Role.PLANNER)
    gaps = ask_gaps(principal, stage.desk)
    code = gaps["commune_code"].iloc[0]
    own = int((gaps["commune_code"] == code).sum())
    whole, page = open_list(stage), open_list(stage, commune=code)
    assert page.metric[0].delta.split("/")[1].startswith(str(own))
    assert whole.metric[0].delta != page.metric[0].delta
    assert len(page.button) > 1 and not page.button[0].disabled
    page.pills[0].set_value(page.pills[0].options).run()
    assert len(page.dataframe[0].value) == own
    page.button[0].click().run()
    assert page.metric[0].delta == whole.metric[0].delta


@pytest.mark.parametrize("query", [{"commune": "99999"}, {"commune": "x' or 1"}, {"hamlet": "T0"}])
def test_a_place_that_does_not_exist_is_the_province(stage, query):
    page = stage.open("overview", Role.PLANNER, **query)
    assert not page.exception and len(page.metric) == 6


def test_an_auditor_sees_the_summary_alone(stage):
    page = stage.open("overview", Role.AUDITOR)
    assert page.text and not page.metric and not page.exception


def test_a_stranger_sees_nothing(stage):
    page = stage.open("overview")
    assert not page.exception and not page.metric and not page.text
    assert "chưa đăng nhập" in page.warning[0].value


def test_without_results_the_page_says_what_to_do(stage, monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, write_settings(Settings(results=str(tmp_path))))
    page = stage.open("overview")
    assert not page.exception and "phusong demo" in page.info[0].value


def open_trend(stage, who, **query):
    """Return the page with the trend below the map."""
    page = stage.open("overview", who, **query)
    return page.segmented_control[0].set_value(page.segmented_control[0].options[2]).run()


def test_figures_of_one_day_are_no_trend_and_the_page_says_what_makes_one(stage):
    page = open_trend(stage, Role.PLANNER)
    assert not page.exception and "một ngày" in page.info[0].value
    assert len(page.dataframe) == 1


@pytest.fixture(scope="module")
def three_runs(raw, finished, tmp_path_factory):
    """Results of three runs: the first, one with more masts on the same day, one of a later day."""
    folder = tmp_path_factory.mktemp("runs")
    shutil.copytree(raw.parent, folder / "raw")
    shutil.copytree(finished, folder / "out")
    province = folder / "raw" / raw.name
    add_masts(province, folder / "out")
    run_province(province, folder / "out")
    run_province(province, folder / "out", as_of=date(2021, 10, 21))
    return folder / "out"


def test_runs_are_compared_and_the_page_says_what_the_file_changed(
    three_runs, tmp_path, monkeypatch
):
    stage = Stage(three_runs, tmp_path / "phusong.access", monkeypatch)
    page = open_trend(stage, Role.PLANNER)
    assert not page.exception
    assert "thay đổi: ngày số liệu: 2021-09-21 → 2021-10-21" in page.text[-1].value
    page.selectbox(key="trend last run").set_value(2).run()
    assert not page.exception and page.selectbox(key="trend first run").value == 1
    assert f"thêm: nguồn số liệu trạm thu phát sóng · {FILE}" in page.text[-1].value
    assert "Tệp này đã làm thay đổi:" in page.text[-1].value
    moved = page.dataframe[-1].value
    kept = read_table(three_runs, "run_classes")
    assert len(moved) == (kept["run"] == 2).sum() > 0
    assert {"Nhóm trước", "Nhóm sau"} <= set(moved.columns)


def test_two_days_are_a_trend_with_both_ends(three_runs, tmp_path, monkeypatch):
    stage = Stage(three_runs, tmp_path / "phusong.access", monkeypatch)
    page = open_trend(stage, Role.PLANNER)
    assert not page.exception
    lines, days = (frame.value for frame in page.dataframe[:2])
    assert {"21/09/2021", "21/10/2021", "Thay đổi (điểm %)"} <= set(lines.columns)
    assert len(lines) == 6 and len(days) == 12
    assert all(len(course) == 2 for course in lines["Diễn biến"])
