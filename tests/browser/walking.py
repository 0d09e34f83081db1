"""Steps through the front end as a person takes them: wait until a page is drawn, click again what was lost."""

import re
from contextlib import suppress

from playwright.sync_api import TimeoutError

WAIT, GLANCE, TRIES = 30_000, 5_000, 6
#: What a page shows while it is still being drawn: the script runs, old parts fade, new ones are grey bars.
UNFINISHED = ", ".join(
    (
        "[data-testid=stApp]:not([data-test-script-state=notRunning])",
        "[data-testid=stStatusWidget]",
        "[data-testid=stSkeleton]",
        "[data-stale=true]",
    )
)


def turn(page, name, language="vi"):
    """Open a page of the front end and wait until it has been drawn."""
    page.goto(f"/{'' if name == 'overview' else name}?lang={language}")
    page.locator("h1").first.wait_for(timeout=WAIT)
    page.wait_for_function(
        "told => !document.querySelector(told) && document.getAnimations().length === 0",
        arg=UNFINISHED,
        timeout=WAIT,
    )


def open_tab(page, name):
    """Open a tab, as often as it takes: a click on one that is being drawn anew is lost; return its panel."""
    tab = page.get_by_role("tab", name=name)
    chosen = page.locator('[role="tab"][aria-selected="true"]', has_text=name)
    for _ in range(TRIES):
        tab.click(timeout=WAIT)
        with suppress(TimeoutError):
            chosen.wait_for(timeout=GLANCE)
            return page.get_by_role("tabpanel")
    raise AssertionError(f"the tab “{name}” does not open")


def open_approval(page, reason):
    """Open the proposals on the page of devices, tick all of them and give a reason; return the panel."""
    panel = open_tab(page, "Chờ duyệt").filter(has_text="Chọn tất cả trên trang này")
    assert not panel.get_by_label("Lý do").count(), "nothing is ticked beforehand"
    panel.get_by_text("Chọn tất cả trên trang này").click(timeout=WAIT)
    panel.get_by_label("Lý do").fill(reason, timeout=WAIT)
    return panel


def find_button(panel, label):
    """Return the button that begins with a word; what it does follows on it: “Duyệt 12 máy, Trường …”."""
    return panel.get_by_role("button", name=re.compile(rf"^{label} \d+ (?:máy|gói)"))
