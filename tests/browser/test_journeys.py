"""Each role's way through its pages in a real browser: nothing breaks, nobody else is asked, a deed is done once."""

import os
from pathlib import Path

import pytest
from tests.browser.test_gate_pages import come_in
from tests.browser.walking import find_button, open_approval, open_tab, turn

from phusong.ledger.book import open_ledger
from phusong.ledger.queries import list_awards
from phusong.ledger.verifying import verify_ledger
from phusong.screens.contents import list_pages
from phusong.vocabulary.book import Role

pytestmark = pytest.mark.browser
WAIT = 30_000
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def book(restless):
    """The path of the book beside the results that are served."""
    return restless / "phusong.ledger"


@pytest.fixture(scope="module")
def album(tmp_path_factory):
    """Where each page of each role is kept as a picture, to be looked at; `PHUSONG_ALBUM` names another folder."""
    told = os.environ.get("PHUSONG_ALBUM")
    return Path(told) if told else tmp_path_factory.mktemp("album")


def check_whole(page, served):
    """Check that nothing broke and nobody else was asked."""
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.hosts == {served.split("//")[1]}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_finds_each_of_its_pages_whole(page, served, book, role, album):
    come_in(page, str(role))
    for told in list_pages(role):
        turn(page, told.name)
        check_whole(page, served)
        page.screenshot(path=album / f"{role}_{told.name}.png")
    assert len(list(album.glob(f"{role}_*.png"))) == len(list_pages(role))


def test_english_pages_are_as_whole(page, served, book):
    come_in(page, "education")
    for told in list_pages(Role.EDUCATION):
        turn(page, told.name, "en")
        check_whole(page, served)
        assert page.locator("h1").first.inner_text().isascii() or told.name in (
            "overview",
            "hamlet",
        )


def test_no_page_scrolls_sideways_on_a_telephone(page, served, book):
    page.set_viewport_size(PHONE)
    come_in(page, "education")
    for name in ("overview", "hamlet", "pupils", "devices", "deliveries", "reports"):
        turn(page, name)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], (name, width)


def test_an_approval_survives_a_reload_and_is_done_once(page, served, book):
    ledger = open_ledger(book)
    before = list_awards(ledger)["state"].value_counts()
    come_in(page, "education")
    turn(page, "devices")
    open_tab(page, "Chờ duyệt")
    page.reload()
    find_button(open_approval(page, "phân bổ đợt 1"), "Duyệt").dblclick()
    page.get_by_text("Đã thực hiện cho").wait_for(timeout=WAIT)
    after = list_awards(ledger)["state"].value_counts()
    moved = before["proposed"] - after.get("proposed", 0)
    assert moved > 0 and after["approved"] == before["approved"] + moved
    assert verify_ledger(ledger).sound
    ledger.close()
    check_whole(page, served)


def test_a_table_is_saved_through_our_own_door_alone(page, served, book):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    downloads = []

    def _keep(download):
        downloads.append(download)

    page.on("download", _keep)
    come_in(page, "education")
    for name in ("contributions", "pupils"):
        turn(page, name)
        table = page.locator("[data-testid=stDataFrame]").first
        table.hover()
        page.get_by_label("Search").first.wait_for(timeout=WAIT)
        assert page.locator('[aria-label="Download as CSV"]').count() == 0
        assert page.locator("[data-testid=stElementToolbarButton]").count()
        page.evaluate("navigator.clipboard.writeText('nothing')")
        box = table.bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 60)
        for keys in ("Control+a", "Control+c", "Control+s", "Control+Shift+s"):
            page.keyboard.press(keys)
        copied = page.evaluate("navigator.clipboard.readText()")
        assert "\t" not in copied, "cells leave by no key; the words of the page around them may"
        page.keyboard.press("Escape")
    assert not downloads
    assert not page.locator("[data-testid=stMainMenu]").first.is_visible()
    check_whole(page, served)
