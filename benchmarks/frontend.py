"""The map of the front end beside streamlit-folium: same hamlets, same sites, same browser, in one run.

Run it from the source tree: `python -m benchmarks.frontend [DIR]`. DIR is the output folder of a run; without
it the demonstration province is taken, if `phusong demo` has made it. Its sites are multiplied to 5,000.
The peer gets shapes that are already simplified and rounded as ours are, Leaflet from its own server, and
gives back clicks alone (`returned_objects`), which is how streamlit-folium is used at its best.

A row tells seconds and kilobytes on the wire, over HTTP and over the WebSocket: the first map in a browser
that has never been there, a reload, a pan, a click until the panel stands, a filter until the map follows.
Both servers have been visited once before. Ours counts as drawn when its table stands, after everything
else; the peer's when its canvas does, before the hamlets are on it: its seconds are lower bounds.
The last row is 20 sessions that run the overview at once, asked over the WebSocket as a browser asks.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from benchmarks.frontend_sessions import run_pages
from benchmarks.terrain import describe_machine, print_table
from playwright.sync_api import Browser, Page, sync_playwright

from phusong.store import read_table
from phusong.vocabulary.errors import ParameterFault

DEMO = Path("data/processed/demo_province")
PEER = Path(__file__).parent / "frontend_peer.py"
SITES, SESSIONS, ROUNDS = 5_000, 20, 5
QUIET_S, PATIENCE_MS = 1.0, 120_000
KILO = 1_000


class Meter:
    """Count what a page sends and receives."""

    def __init__(self, page: Page) -> None:
        self.http = self.line = 0
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", lambda told: self._add(http=told["encodedDataLength"]))
        for name in ("Network.webSocketFrameReceived", "Network.webSocketFrameSent"):
            wire.on(
                name, lambda told: self._add(line=len(told["response"]["payloadData"]) * 3 // 4)
            )
        self.last = time.monotonic()
        self.page = page

    def _add(self, http: float = 0, line: float = 0) -> None:
        self.http, self.line, self.last = self.http + http, self.line + line, time.monotonic()

    def take(self, deed: Callable[[], Any], done: Callable[[], Any]) -> dict[str, float]:
        """Return seconds until a deed is done, and what went over the wire until all was quiet."""
        self.http = self.line = 0
        start = time.perf_counter()
        deed()
        done()
        seconds = time.perf_counter() - start
        self.last = time.monotonic()
        while time.monotonic() - self.last < QUIET_S:
            self.page.wait_for_timeout(100)
        return {
            "seconds": round(seconds, 2),
            "http_kb": round(self.http / KILO, 1),
            "websocket_kb": round(self.line / KILO, 1),
        }


@contextmanager
def serve(*command: str) -> Iterator[str]:
    """Start a server and give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    asked = [part.format(port=port) for part in command]
    process = subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(480):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
                break
            except OSError:
                time.sleep(0.25)
        yield address
    finally:
        process.terminate()
        process.wait()


def multiply_sites(folder: Path, place: Path) -> Path:
    """Return a copy of the results with `SITES` sites, those that were and others a little beside them."""
    results = place / "out"
    shutil.copytree(folder, results)
    sites = read_table(folder, "sites")
    times = -(-SITES // len(sites))
    many = pd.concat([sites] * times, ignore_index=True).iloc[:SITES].copy()
    rng = np.random.default_rng(242)
    for column in ("lon", "lat"):
        beside = np.where(np.arange(SITES) < len(sites), 0.0, rng.normal(0, 0.02, SITES))
        many[column] = many[column] + beside
    many["site_id"] = [f"S{number}" for number in range(SITES)]
    many.to_parquet(results / "tables" / "sites.parquet")
    return results


def measure_ours(browser: Browser, address: str) -> dict[str, dict[str, float]]:
    """Return what each deed takes on our page."""
    context = browser.new_context(base_url=address, viewport={"width": 1366, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto("/sign-in")
    meter = Meter(page)
    rows, panel = page.locator("#rows tr").first, page.locator("#panel-title")
    found = {"first": meter.take(lambda: page.click("button[value=planner]"), rows.wait_for)}
    found["reload"] = meter.take(page.reload, rows.wait_for)
    box = page.locator(".folium-map").bounding_box() or {}
    found["pan"] = meter.take(lambda: drag(page, box), lambda: None)
    spot = (box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.55)
    found["click"] = meter.take(lambda: page.mouse.click(*spot), panel.wait_for)
    legend = page.locator("#legend h2", has_text="4G")
    found["filter"] = meter.take(
        lambda: page.check('input[name="theme"][value="4G"]'), legend.wait_for
    )
    context.close()
    return found


def measure_peer(browser: Browser, address: str) -> dict[str, dict[str, float]]:
    """Return what each deed takes on the peer's page."""
    context = browser.new_context(base_url=address, viewport={"width": 1366, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    meter = Meter(page)
    drawn = page.frame_locator("iframe").locator("path.leaflet-interactive, canvas").first
    found = {"first": meter.take(lambda: page.goto("/"), drawn.wait_for)}
    found["reload"] = meter.take(page.reload, drawn.wait_for)
    box = page.locator("iframe").bounding_box() or {}
    found["pan"] = meter.take(lambda: drag(page, box), lambda: None)
    spot = (box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.55)
    told = page.get_by_text("chosen:")
    found["click"] = meter.take(lambda: page.mouse.click(*spot), told.wait_for)
    found["filter"] = meter.take(
        lambda: page.get_by_role("radio").nth(1).check(force=True),
        page.get_by_text("shown: 4G").wait_for,
    )
    context.close()
    return found


def drag(page: Page, box: dict[str, float]) -> None:
    """Move a map a little."""
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 20, steps=4)
    page.mouse.up()


def run_sessions(address: str) -> dict[str, Any]:
    """Return how long a run of the overview takes where many ask at once."""
    with ThreadPoolExecutor(SESSIONS) as pool:
        told = list(pool.map(lambda _: run_pages(address, ROUNDS), range(SESSIONS)))
    seconds = np.concatenate(told)
    return {
        "what": f"{SESSIONS} sessions at once, {len(seconds)} runs of the overview",
        "median_s": round(float(np.median(seconds)), 2),
        "p95_s": round(float(np.quantile(seconds, 0.95)), 2),
    }


def compare(what: str, ours: dict[str, float], peer: dict[str, float]) -> dict[str, Any]:
    """Return a row: ours, the peer's, and how many times less goes over our wire."""
    own, other = (row["http_kb"] + row["websocket_kb"] for row in (ours, peer))
    less = round(other / own, 1) if own else None
    told = {f"phusong_{name}": value for name, value in ours.items()}
    return {"what": what, **told, **{f"st_folium_{n}": v for n, v in peer.items()}, "less": less}


def run(directory: Path | None = None) -> dict[str, Any]:
    """Return the report of `phusong bench frontend`."""
    folder = Path(directory) if directory is not None else DEMO
    if not (folder / "tables" / "sites.parquet").exists():
        raise ParameterFault(f"{folder}: no results are there → run phusong demo, or name a folder")
    with tempfile.TemporaryDirectory() as place, sync_playwright() as player:
        results = multiply_sites(folder, Path(place))
        browser = player.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        python = (sys.executable, "-m")
        with serve(
            *python, "phusong", "app", "--port", "{port}", "--results", str(results)
        ) as ours:
            measure_ours(browser, ours)
            own = measure_ours(browser, ours)
            crowd = run_sessions(ours)
        options = ("--server.port", "{port}", "--server.headless", "true")
        static = ("--server.enableStaticServing", "true", "--browser.gatherUsageStats", "false")
        script = Path(shutil.copy(PEER, place))
        lay_out_peer(script.parent / "static")
        with serve(
            *python, "streamlit", "run", str(script), *options, *static, "--", str(results)
        ) as peers:
            measure_peer(browser, peers)
            peer = measure_peer(browser, peers)
        browser.close()
    rows = [compare(what, own[what], peer[what]) for what in own]
    return {"name": "frontend", "machine": describe_machine(), "rows": [*rows, crowd]}


def lay_out_peer(static: Path) -> None:
    """Lay Leaflet where the peer's server gives it out, so that it asks nobody else for it."""
    static.mkdir()
    vendored = Path(sys.modules["phusong"].__file__ or "").parent / "views" / "assets" / "leaflet"
    for name in ("leaflet.js", "leaflet.css"):
        shutil.copy(vendored / name, static)


if __name__ == "__main__":
    print_table(run(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
