"""The front end in a real browser behind the gate: one comes in, sees one's own pages, and goes out again."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from phusong.access.accounts import DEMONSTRATION, add_account, close_account, find_account
from phusong.access.register import open_register
from phusong.vocabulary.book import Role

pytestmark = pytest.mark.browser
NOISE = ("Unrecognized feature", "404 (Not Found)", "does not seem to exist")


def come_in(page, role, path="/"):
    page.goto(path)
    page.locator(f"button[value={role}]").click()
    page.get_by_text("số liệu đến ngày").first.wait_for(timeout=30_000)


def test_a_planner_comes_in_sees_the_map_and_asks_nobody_else(page, served):
    page.goto("/")
    assert "BẢN TRÌNH DIỄN" in page.locator(".notice").inner_text()
    assert page.locator("button").count() == len(Role)
    come_in(page, "planner")
    page.locator("#rows tr").first.wait_for(timeout=30_000)
    page.locator("#themes").get_by_text("Nhóm kết nối").click()
    assert page.hosts == {served.split("//")[1]}
    told = [c for c in page.complaints if not any(n in c for n in NOISE)]
    assert not [c for c in told if "Content Security Policy" in c], told
    assert page.evaluate("document.cookie").find("phusong=") < 0
    assert page.evaluate("JSON.stringify(Object.keys(localStorage))").find("phusong") < 0


def test_the_map_in_a_window_of_its_own_cannot_reach_the_front_end(page):
    come_in(page, "planner")
    page.goto("/picture")
    page.get_by_text("Kết nối đến từng thôn").first.wait_for(timeout=30_000)
    told = page.evaluate("() => { try { return document.cookie } catch (e) { return e.name } }")
    assert told == "SecurityError"


def test_another_roles_page_is_not_found_by_its_address(page):
    come_in(page, "operator", "/accounts")
    page.wait_for_timeout(500)
    assert "tk-" not in page.content() and page.get_by_text("Tài khoản").count() == 0


def test_whoever_signs_out_is_out(page):
    come_in(page, "education")
    key = page.context.cookies()
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_text("phiên làm việc đã hết").wait_for(timeout=30_000)
    assert page.locator(".folium-map").count() == 0
    page.get_by_role("link", name="Đăng nhập").click()
    page.locator("button[value=planner]").wait_for()
    page.context.add_cookies(key)
    page.goto("/")
    assert page.url.split("?")[0].endswith("/sign-in")


def test_an_open_tab_ends_with_its_account(page, restless):
    come_in(page, "approver")
    register = open_register(restless / "phusong.access")
    account = find_account(register, issuer=DEMONSTRATION, subject="approver")
    close_account(register, account.principal.account_id, when=datetime.now(UTC))
    try:
        page.get_by_text("phiên làm việc đã hết").wait_for(timeout=30_000)
        assert page.get_by_text("Kết nối đến từng thôn").count() == 0
    finally:  # other tests sign in as approver on the same server
        another = replace(account.principal, account_id="mau-approver-again")
        told = {"issuer": DEMONSTRATION, "subject": "approver", "when": datetime.now(UTC)}
        add_account(register, another, **told)


def test_a_telephone_shows_it_without_sliding_sideways(page):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/sign-in")
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) <= 390
    assert min(b.bounding_box()["height"] for b in page.locator("button").all()) >= 44
    come_in(page, "school")
    assert page.evaluate(wide) <= 390
