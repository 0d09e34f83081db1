"""The rules of axe-core on every page: nothing serious, and the rest is known and Streamlit's own."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser.test_gate_pages import come_in
from tests.browser.walking import turn

from phusong.screens.contents import list_pages
from phusong.vocabulary.book import Role

pytestmark = pytest.mark.browser
MAPS = ("overview", "scenarios", "network")
GRAVE = {"serious", "critical"}
#: Of Streamlit's own widgets, no obstacle, and not ours to mend.
KNOWN = {"empty-table-header", "presentation-role-conflict", "region", "landmark-unique"}


def find_faults(page):
    """Return rule, gravity and where, of everything that axe-core objects to."""
    found = Axe().run(page).response["violations"]
    return [(v["id"], v["impact"], [n["target"] for n in v["nodes"]][:3]) for v in found]


@pytest.mark.parametrize(
    "role", [Role.PLANNER, Role.EDUCATION, Role.OPERATOR, Role.COMMUNE, Role.ADMINISTRATOR]
)
def test_no_page_shuts_anybody_out(page, served, role):
    come_in(page, str(role))
    faults = {}
    for told in list_pages(role):
        turn(page, told.name)
        if told.name in MAPS and role != Role.ADMINISTRATOR:
            page.locator("#rows tr").first.wait_for(timeout=30_000)
        faults[told.name] = find_faults(page)
    grave = {name: [f for f in found if f[1] in GRAVE] for name, found in faults.items()}
    assert not {name: found for name, found in grave.items() if found}
    assert {f[0] for found in faults.values() for f in found} <= KNOWN


def test_the_way_in_shuts_nobody_out(page):
    page.goto("/sign-in")
    assert not find_faults(page)


def test_the_page_says_in_which_language_it_is(page, served):
    come_in(page, "planner")
    page.locator("html[lang=vi]").wait_for(state="attached")
    turn(page, "overview", "en")
    page.locator("html[lang=en]").wait_for(state="attached")
