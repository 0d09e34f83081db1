"""Server killed, line lost, page loaded again: nothing that was entered is lost, and nothing is done twice."""

import re
import signal

import pytest
from tests.browser.test_gate_pages import come_in
from tests.browser.walking import find_button, open_approval, turn

from phusong.ledger.book import open_ledger
from phusong.ledger.queries import list_awards
from phusong.ledger.verifying import verify_ledger
from phusong.pipeline.challenges import find_challenges, read_challenges

pytestmark = pytest.mark.browser
WAIT = 90_000
SILENCE_MS = 60_000
REASON, TYPED = "phân bổ đợt 1", "sóng yếu ở cuối thôn"


@pytest.fixture
def visitor(browser, mortal):
    """An education official's page at a server that will be killed."""
    context = browser.new_context(base_url=mortal.address, viewport={"width": 1300, "height": 900})
    page = context.new_page()
    page.set_default_timeout(WAIT)
    come_in(page, "education")
    yield page
    context.close()


def count_states(mortal):
    """Return how many awards stand in which state, after every line of the book was verified."""
    ledger = open_ledger(mortal.results / "phusong.ledger")
    assert verify_ledger(ledger).sound
    states = list_awards(ledger)["state"].value_counts().to_dict()
    ledger.close()
    return states


def start_approval(page):
    """Return the button that approves proposals, in a form that is filled in."""
    turn(page, "devices")
    return find_button(open_approval(page, REASON), "Duyệt")


def test_a_server_killed_in_the_middle_of_an_approval_leaves_all_or_nothing(visitor, mortal):
    before = count_states(mortal)
    start_approval(visitor).click(no_wait_after=True)
    mortal.kill()
    between = count_states(mortal)
    moved = before["proposed"] - between.get("proposed", 0)
    assert between["approved"] == before["approved"] + moved
    mortal.start()
    visitor.reload()
    visitor.locator("h1").first.wait_for()
    assert visitor.get_by_text("chưa đăng nhập").count() == 0
    if between.get("proposed", 0):
        start_approval(visitor).click()
        visitor.get_by_text("Đã thực hiện cho").wait_for()
    after = count_states(mortal)
    assert sum(after.values()) == sum(before.values())
    assert after["approved"] > before["approved"]


def test_what_was_typed_outlives_a_server_that_is_silent_and_is_sent_once(visitor, mortal):
    visitor.locator("#rows th button").first.click()
    visitor.locator("#panel button.sheet").click()
    visitor.wait_for_url(re.compile("/hamlet"))
    visitor.locator("summary", has_text="Báo sai").click()
    note = visitor.get_by_label("Nội dung khác")
    note.fill(TYPED)
    mortal.signal(signal.SIGSTOP)
    visitor.wait_for_timeout(SILENCE_MS)
    mortal.signal(signal.SIGCONT)
    assert note.input_value() == TYPED
    visitor.get_by_role("button", name="Gửi báo sai").dblclick()
    visitor.get_by_text("Đã ghi nhận báo sai số").wait_for()
    visitor.reload()
    visitor.locator("h1").first.wait_for()
    kept = read_challenges(find_challenges(mortal.results))
    assert [c.note for c in kept].count(TYPED) == 1


def test_a_session_outlives_the_server_and_ends_when_it_is_ended(visitor, mortal):
    mortal.kill()
    mortal.start()
    visitor.reload()
    visitor.locator("#rows tr").first.wait_for()
    visitor.get_by_role("button", name="Đăng xuất").click()
    visitor.get_by_text("phiên làm việc đã hết").wait_for()
    key = visitor.context.cookies()
    mortal.kill()
    mortal.start()
    visitor.context.add_cookies(key)
    visitor.goto("/")
    assert "/sign-in" in visitor.url
