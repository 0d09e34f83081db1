"""The map of the front end in a real browser: what is chosen travels, and nothing else does."""

import re

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from tests.browser.test_gate_pages import come_in

pytestmark = pytest.mark.browser
WAIT = 30_000
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def chart(page, served):
    """The overview with its map drawn, seen by a planner; `page.lines` holds what went over the WebSocket."""
    page.lines = []
    page.on("websocket", lambda line: line.on("framesent", lambda sent: keep(page.lines, sent)))
    come_in(page, "planner")
    settle(page)
    return page


def keep(lines, sent):
    """Keep what was sent on purpose; that a tab looks whether its session stands is not."""
    told = BackMsg.FromString(sent)
    if not told.rerun_script.is_auto_rerun:
        lines.append(told)


def settle(page):
    """Wait until the map stands and the page is at rest."""
    page.locator("#rows tr").first.wait_for(timeout=WAIT)
    page.locator("[data-testid=stStatusWidget]").wait_for(state="detached", timeout=WAIT)
    page.wait_for_timeout(600)


def sent_while(page, deed):
    """Return how many messages the browser sent to the server while something was done."""
    before = len(page.lines)
    deed()
    page.wait_for_timeout(800)
    return len(page.lines) - before


def test_moving_colouring_and_filtering_the_map_asks_the_server_nothing(chart):
    box = chart.locator(".folium-map").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def play():
        chart.mouse.move(*middle)
        chart.mouse.wheel(0, -400)
        chart.mouse.down()
        chart.mouse.move(middle[0] + 90, middle[1] + 40, steps=4)
        chart.mouse.up()
        chart.check('input[name="theme"][value="4G"]')
        chart.locator("#legend .entry").first.click()
        chart.select_option("#filter-class", index=1)
        chart.check('input[name="layer"][value="sites"]')

    assert sent_while(chart, play) == 0
    assert len(chart.hosts) == 1


def test_a_hamlet_is_found_without_accents_by_keyboard_alone_and_becomes_the_place(chart):
    name = chart.locator("#rows th button").first.inner_text()
    commune = chart.locator("#rows tr td").first.inner_text()
    plain = chart.evaluate(
        "t => t.normalize('NFD').replace(/[\\u0300-\\u036f]/g,'').replace(/[đĐ]/g,'d').toLowerCase()",
        f"{name} {commune}",
    )
    chart.locator("#search").focus()
    chart.keyboard.type(plain)
    assert sent_while(chart, lambda: chart.keyboard.press("Enter")) >= 1
    assert chart.locator("#panel-title").inner_text() == name
    chart.wait_for_url(re.compile("hamlet="), timeout=WAIT)
    chart.get_by_role("button", name=name, exact=True).first.wait_for(timeout=WAIT)
    chart.reload()
    settle(chart)
    assert chart.locator("#panel-title").inner_text() == name


def test_the_panel_leads_to_the_sheet_and_the_trail_leads_back(chart):
    name = chart.locator("#rows th button").first.inner_text()
    chart.locator("#rows th button").first.click()
    chart.locator("#panel button.sheet").click()
    chart.wait_for_url(re.compile("/hamlet"), timeout=WAIT)
    assert chart.locator("h1").first.inner_text() == name
    chart.go_back()
    settle(chart)
    trail = chart.locator("[data-testid=stMain]").get_by_role("button")
    trail.nth(1).click()
    chart.wait_for_url(lambda address: "hamlet=" not in address, timeout=WAIT)
    chart.locator("#panel").wait_for(state="hidden", timeout=WAIT)
    assert "commune=" in chart.url and chart.locator("#chips button").count() == 1
    trail.first.click()
    chart.wait_for_url(lambda address: "commune=" not in address, timeout=WAIT)
    chart.locator("#chips button").wait_for(state="detached", timeout=WAIT)


def test_closing_the_panel_lets_the_hamlet_go(chart):
    chart.locator("#rows th button").first.click()
    chart.wait_for_url(re.compile("hamlet="), timeout=WAIT)
    chart.keyboard.press("Escape")
    chart.wait_for_url(lambda address: "hamlet=" not in address, timeout=WAIT)


def test_a_commune_that_is_searched_for_narrows_map_and_figures(chart):
    before = chart.locator("[data-testid=stMetric]").first.inner_text()
    chart.locator("#search").fill(chart.locator("#rows tr td").first.inner_text())
    chart.keyboard.press("Enter")
    chart.wait_for_url(re.compile("commune="), timeout=WAIT)
    chart.locator("#chips button").wait_for(timeout=WAIT)
    chart.wait_for_timeout(800)
    assert chart.locator("[data-testid=stMetric]").first.inner_text() != before


def test_the_language_of_the_page_is_the_language_of_the_map(chart):
    assert "Chú giải" in chart.locator("#legend").inner_text()
    chart.get_by_text("English", exact=True).click()
    chart.locator("#legend", has_text="Legend").wait_for(timeout=WAIT)
    assert not chart.complaints


def test_the_legend_names_every_class_that_occurs_and_no_data(chart):
    words = chart.locator("#legend").inner_text()
    shown = set(re.findall(r"\bK[1-5U]\b", words))
    assert shown == set(
        chart.evaluate("""() => {
      const root = [...document.querySelectorAll("*")].find((e) => e.shadowRoot?.getElementById("rows"));
      return [...root.shadowRoot.querySelectorAll("#rows .badge")].map((b) => b.textContent);
    }""")
    )


def test_on_a_telephone_the_map_stands_first_and_everything_fits(page, served):
    page.set_viewport_size(PHONE)
    come_in(page, "education")
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    chart, legend = (page.locator(s).bounding_box() for s in (".folium-map", "#legend"))
    assert chart["width"] > 300 and chart["y"] < legend["y"]
    entry = page.locator("#legend .entry").first.bounding_box()
    assert entry["height"] >= 44


def test_when_the_session_ends_the_map_says_so_instead_of_standing_empty(page, served):
    come_in(page, "planner")
    settle(page)
    page.route("**/geo/findings*", lambda route: route.fulfill(status=401, body="sign in first"))
    page.reload()
    page.get_by_text("Chưa tải được bản đồ").wait_for(timeout=WAIT)
