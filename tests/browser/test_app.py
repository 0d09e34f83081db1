"""The front end in a real browser: it answers on this machine only and asks nobody else for anything."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def served(finished):
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "phusong",
        "app",
        "--port",
        str(port),
        "--results",
        str(finished),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(120):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).close()
            break
        except OSError:
            time.sleep(0.5)
    yield port
    process.terminate()
    process.wait()


def test_the_server_listens_on_this_machine_only(served):
    lines = subprocess.run(["ss", "-ltn"], capture_output=True, text=True, check=False).stdout
    if not lines:
        pytest.skip("no `ss` on this machine to list listening sockets")
    listening = [line.split()[3] for line in lines.splitlines() if f":{served} " in line]
    assert listening == [f"127.0.0.1:{served}"]


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_the_page_shows_the_map_and_asks_nobody_else(served):
    from playwright.sync_api import sync_playwright

    hosts = set()
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.on(
            "request",
            lambda r: hosts.add(r.url.split("/")[2]) if r.url.startswith("http") else None,
        )
        page.goto(f"http://127.0.0.1:{served}/")
        frame = page.frame_locator("iframe")
        frame.get_by_text("Kết nối đến từng thôn").first.wait_for(timeout=60_000)
        page.get_by_role("tab", name="Tóm tắt · Summary").click()
        page.get_by_text("Chỉ tiêu (thôn, tổ dân phố)").wait_for(timeout=30_000)
        browser.close()
    assert hosts == {f"127.0.0.1:{served}"}
