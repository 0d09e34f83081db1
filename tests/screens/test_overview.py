"""The page: what it shows of a run, and what it says where there is none."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

PAGE = Path(__file__).parents[2] / "coverage" / "phusong" / "screens" / "overview.py"


@pytest.fixture
def page(finished, monkeypatch):
    monkeypatch.setenv("PHUSONG_RESULTS", str(finished))
    return AppTest.from_file(str(PAGE), default_timeout=60).run()


def test_the_page_says_that_its_figures_are_made_up(page):
    assert not page.exception
    assert "MÔ PHỎNG" in page.warning[0].value and "MADE-UP" in page.warning[0].value


def test_the_table_holds_the_gaps_and_follows_the_choice(page):
    before = len(page.dataframe[0].value)
    page.pills[0].set_value(["K1", "K2", "K3", "K4", "K5", "KU"]).run()
    everything = page.dataframe[0].value
    assert len(everything) > before and "Nhóm kết nối" in everything.columns


def test_the_language_changes_labels_and_summary(page):
    vietnamese = page.code[0].value
    page.segmented_control[0].set_value("en").run()
    assert "Connectivity class" in page.dataframe[0].value.columns
    assert page.code[0].value != vietnamese


def test_without_results_the_page_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setenv("PHUSONG_RESULTS", str(tmp_path))
    page = AppTest.from_file(str(PAGE), default_timeout=60).run()
    assert not page.exception and "phusong demo" in page.info[0].value
