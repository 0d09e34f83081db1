"""Contributions on the page: forms apart, promises and receipts apart, doubts decided, deeds done once."""

import shutil

import pytest
from tests.screens.stage import Stage, read_text

from phusong.access.book import open_book
from phusong.ledger.queries import list_contributions, sum_contributions
from phusong.pipeline.demonstration import keep_book
from phusong.vocabulary.book import Role


@pytest.fixture
def book_stage(finished, tmp_path, monkeypatch):
    """A stage over a run with the book of a campaign under way."""
    place = tmp_path / "out"
    shutil.copytree(finished, place)
    keep_book(place).close()
    return Stage(place, tmp_path / "phusong.access", monkeypatch)


def field(page, kind, label):
    return next(w for w in getattr(page, kind) if w.label == label)


def press(page, label, name):
    field(page, "text_input", "Lý do (không ghi tên, số điện thoại, số định danh cá nhân)")
    next(t for t in page.text_input if t.key == f"reason {name}").set_value("theo sổ")
    buttons = [b for b in page.button if b.label == label]
    buttons[0 if name == "pledge" else -1].click()
    return page.run()


def test_each_form_stands_by_itself_within_and_after_the_window(book_stage):
    page = book_stage.open("contributions", Role.FOCAL_POINT)
    assert not page.exception
    sums = page.dataframe[0].value
    assert len(sums) >= 5
    assert "21/09/2021" in read_text(page) and "26/09/2021" in read_text(page)
    assert len(page.dataframe[1].value) == 42


def test_a_promise_is_written_down_once_and_counts(book_stage):
    page = book_stage.open("contributions", Role.FOCAL_POINT)
    field(page, "text_input", "Số thứ tự trong sổ").set_value("PT-100")
    field(page, "text_input", "Đơn vị ủng hộ").set_value("Công ty <img onerror=x>")
    field(
        page, "number_input", "Số tiền (đồng), hoặc số lượng nếu là thiết bị, gói cước"
    ).set_value(5_000_000)
    page = press(page, "Ghi vào sổ", "pledge")
    assert not page.exception and page.success, [e.value for e in page.error]
    told = list_contributions(open_book(book_stage.desk)).set_index("contribution_id")
    assert told.loc["PT-100", "pledged_vnd"] == 5_000_000
    assert told.loc["PT-100", "donor"] == "Công ty <img onerror=x>"


def test_money_that_came_moves_the_balance(book_stage):
    def _received():
        sums = sum_contributions(open_book(book_stage.desk), None)
        return int(sums[(sums["form"] == "money") & (sums["measure"] == "vnd")]["received"].iloc[0])

    before = _received()
    page = book_stage.open("contributions", Role.FOCAL_POINT)
    number = field(page, "selectbox", "Lượt ủng hộ")
    number.set_value("PT-010")
    field(page, "number_input", "Số tiền đã nhận, đồng").set_value(1_000)
    page = press(page, "Ghi vào sổ", "receipt")
    assert not page.exception and page.success, [e.value for e in page.error]
    assert _received() == before + 1_000


def test_a_doubt_is_decided_by_who_may(book_stage):
    page = book_stage.open("contributions", Role.APPROVER)
    assert not [b for b in page.button if b.label == "Ghi vào sổ"], "an approver enters nothing"
    page = press(page, "Quyết định", "doubt")
    assert not page.exception and page.success, [e.value for e in page.error]


def test_without_a_book_the_page_says_how_to_make_one(stage):
    assert "phusong ledger init" in stage.open("contributions", Role.FOCAL_POINT).info[0].value


def test_english_is_complete(book_stage):
    assert "never added up" in read_text(
        book_stage.open("contributions", Role.EDUCATION, lang="en")
    )
