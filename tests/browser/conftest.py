"""The front end as it is started, and a real browser before it: one server for all tests of a run."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request

import pytest

from phusong.pipeline.demonstration import keep_book
from phusong.pipeline.run import run_province
from phusong.vocabulary.book import LEDGER_NAME

CHROMIUM = shutil.which("chromium")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def restless(office, tmp_path_factory):
    """Return a copy of the run, planned and with a book, whose open tabs look every second for their session."""
    folder = tmp_path_factory.mktemp("restless")
    shutil.copytree(office.parent, folder, dirs_exist_ok=True)
    (province,) = (folder / "raw").glob("*.toml")
    text = province.read_text(encoding="utf-8") + "\n[parameters.access]\nrecheck_s = 1\n"
    assert "parameters" not in tomllib.loads(province.read_text(encoding="utf-8"))
    province.write_text(text, encoding="utf-8")
    run_province(province, folder / "out")
    return folder / "out"


class FrontEnd:
    """The front end as a process that can be killed and started again at the same address."""

    def __init__(self, results):
        self.results, self.port = results, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self):
        command = [sys.executable, "-m", "phusong", "app", "--port", str(self.port)]
        self.process = subprocess.Popen(
            [*command, "--results", str(self.results)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        while self.process.poll() is None:  # however slow the machine is
            try:
                urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=1).close()
                return
            except OSError:
                time.sleep(0.25)
        raise RuntimeError(f"the front end ended with {self.process.returncode}")

    def signal(self, what):
        os.killpg(self.process.pid, what)

    def kill(self):
        self.signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait()


@pytest.fixture(scope="session")
def served(restless):
    front = FrontEnd(restless)
    yield front.address
    front.stop()


@pytest.fixture(scope="module")
def mortal(restless, tmp_path_factory):
    """Return a front end of a file's own, over a copy of the results with the book as it was at first."""
    copy = tmp_path_factory.mktemp("mortal") / "out"
    shutil.copytree(restless, copy, ignore=shutil.ignore_patterns(f"{LEDGER_NAME}*"))
    keep_book(copy).close()
    front = FrontEnd(copy)
    yield front
    front.kill()


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        launched = player.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield launched
        launched.close()


@pytest.fixture
def page(browser, served):
    """Return a fresh browser's page that keeps what it asks for and complains about."""
    context = browser.new_context(viewport={"width": 1300, "height": 900}, base_url=served)
    opened = context.new_page()
    opened.hosts, opened.complaints = set(), []
    opened.on(
        "request",
        lambda r: opened.hosts.add(r.url.split("/")[2]) if r.url.startswith("http") else None,
    )
    opened.on(
        "console",
        lambda m: opened.complaints.append(m.text) if m.type in ("error", "warning") else None,
    )
    yield opened
    context.close()
