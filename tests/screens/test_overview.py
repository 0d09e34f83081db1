"""Overview: what it shows of a run to whom, and what it says where there is none."""

from phusong.screens.settings import VARIABLE, Settings, write_settings
from phusong.vocabulary.book import Role


def test_the_table_holds_the_gaps_and_follows_the_choice(stage):
    page = stage.open("overview", Role.PLANNER)
    assert not page.exception
    before = len(page.dataframe[0].value)
    page.pills[0].set_value(page.pills[0].options).run()
    everything = page.dataframe[0].value
    assert len(everything) > before and "Nhóm kết nối" in everything.columns


def test_the_language_of_the_address_changes_labels_and_summary(stage):
    vietnamese = stage.open("overview", Role.PLANNER)
    english = stage.open("overview", lang="en")
    assert "Connectivity class" in english.dataframe[0].value.columns
    assert english.code[0].value != vietnamese.code[0].value
    assert english.title[0].value == "Connectivity of every hamlet"


def test_counts_of_pupils_are_not_in_the_table(stage):
    page = stage.open("overview", Role.PLANNER, lang="en")
    assert not [c for c in page.dataframe[0].value.columns if "upil" in c]


def test_an_auditor_sees_the_summary_alone(stage):
    page = stage.open("overview", Role.AUDITOR)
    assert page.code and not page.dataframe and not page.exception


def test_a_stranger_sees_nothing(stage):
    page = stage.open("overview")
    assert not page.exception and not page.dataframe and not page.code
    assert "chưa đăng nhập" in page.warning[0].value


def test_without_results_the_page_says_what_to_do(stage, monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, write_settings(Settings(results=str(tmp_path))))
    page = stage.open("overview")
    assert not page.exception and "phusong demo" in page.info[0].value
