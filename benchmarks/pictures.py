"""The pictures of README and guides, taken from the running program.

Run it from the source tree: `python -m benchmarks.pictures [DIR] [NAME …]`. DIR is the output folder of a
demonstration with plan, book and report, `phusong demo`; NAME is that of a picture without its ending,
all of them without one. Needs Chromium and poppler. Look at what it takes: nothing else does.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, sync_playwright

from phusong.store import read_table

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
PATIENCE_MS = 60_000
#: The window in which an office sees it [px].
WINDOW: Any = {"width": 1366, "height": 900}
#: What a page shows while it is still being drawn.
UNFINISHED = "[data-testid=stApp]:not([data-test-script-state=notRunning]), [data-stale=true]"


class View(NamedTuple):
    """Say what is in a picture of the front end.

    Parameters
    ----------
    role : that has signed in.
    path : of the page; {hamlet} and {commune} stand for a hamlet without connection.
    """

    role: str
    path: str


VIEWS = {
    "app_overview": View("planner", "/?lang=vi"),
    "app_place": View("planner", "/?lang=vi&commune={commune}"),
    "app_hamlet": View("planner", "/hamlet?lang=vi&hamlet={hamlet}"),
    "app_network": View("operator", "/network?lang=vi"),
    "app_scenarios": View("planner", "/scenarios?lang=vi"),
    "app_pupils": View("education", "/pupils?lang=vi"),
    "app_devices": View("approver", "/devices?lang=vi"),
    "app_contributions": View("focal_point", "/contributions?lang=vi"),
    "app_reports": View("focal_point", "/reports?lang=vi"),
    "app_deliveries": View("planner", "/deliveries?lang=vi"),
    "app_review": View("education", "/review?lang=vi"),
    "app_accounts": View("administrator", "/accounts?lang=vi"),
    "app_log": View("auditor", "/log?lang=vi"),
}


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Give the address of the front end over results, once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "phusong",
        "app",
        "--results",
        str(folder),
        "--port",
        str(port),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def take_view(browser: Browser, address: str, view: View, places: dict[str, str], to: Path) -> None:
    """Take a picture of a page as a role sees it."""
    page = browser.new_context(base_url=address, viewport=WINDOW).new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto("/sign-in")
    page.locator(f"button[value={view.role}]").click()
    page.locator("h1").first.wait_for()
    page.goto(view.path.format(**places))
    page.locator("h1").first.wait_for()
    page.wait_for_function(f"() => !document.querySelector('{UNFINISHED}')")
    page.wait_for_timeout(3_000)  # tables and maps are drawn after the page says that it is done
    page.screenshot(path=to)
    page.context.close()


def take_map(
    browser: Browser, folder: Path, to: Path, *, theme: str = "", row: bool = False
) -> None:
    """Take a picture of the map file: coloured by a theme, or with its first hamlet opened."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto((folder / "map.html").resolve().as_uri())
    if theme:
        page.locator("#themes").get_by_text(theme).click()
    if row:
        page.locator("#rows th button").first.click()
    page.wait_for_timeout(2_000)
    page.screenshot(path=to)
    page.close()


def take_report(folder: Path, to: Path) -> None:
    """Take a picture of the first page of the newest report."""
    newest = max((folder / "reports").glob("*.pdf"), key=lambda path: path.stat().st_mtime)
    command = ["pdftoppm", "-r", "75", "-png", "-singlefile", newest, to.with_suffix("")]
    subprocess.run(command, check=True)


def main(folder: Path, wanted: set[str]) -> None:
    """Take the pictures that are wanted."""
    gaps = read_table(folder, "gaps").merge(read_table(folder, "hamlets"), on="hamlet_id")
    dark = gaps[gaps["class"] == "K5"].sort_values("pupils").iloc[-1]
    places = {"hamlet": str(dark["hamlet_id"]), "commune": str(dark["commune_code"])}
    with sync_playwright() as player, serve(folder) as address:
        browser = player.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, view in VIEWS.items():
            if name in wanted or not wanted:
                take_view(browser, address, view, places, PICTURES / f"{name}.png")
        maps = {"map": {}, "plan": {"theme": "Kế hoạch theo đợt"}, "hamlet": {"row": True}}
        for name, options in maps.items():
            if name in wanted or not wanted:
                take_map(browser, folder, PICTURES / f"{name}.png", **options)  # type: ignore[arg-type]
        browser.close()
    if "report" in wanted or not wanted:
        take_report(folder, PICTURES / "report.png")


if __name__ == "__main__":
    words = sys.argv[1:]
    main(Path(words[0] if words else "data/processed/demo_province"), set(words[1:]))
