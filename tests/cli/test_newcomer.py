"""What the README promises to somebody who has just installed it: map, plan, report and front end, each by one command."""

import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from phusong.store import read_table

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
PATIENCE = 240


def run(*command, cwd):
    """Run a command as somebody types it, away from the source tree, and return what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "phusong", *map(str, command)],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """An empty folder in which a newcomer has run the first command."""
    place = tmp_path_factory.mktemp("desk")
    told = run("demo", "--size", "hamlet", "--out", "demo", cwd=place)
    assert "map.html" in told
    return place


def test_the_commands_of_the_readme_are_those_that_are_run_here():
    for command in ("demo", "run", "explain", "plan rollout", "plan devices", "report", "kit"):
        assert re.search(rf"`(?:\.venv/bin/)?phusong {command}\b", README), command
    assert "`make app`" in README


def test_the_demonstration_leaves_a_map_a_plan_and_a_report(desk):
    page = (desk / "demo" / "map.html").read_text(encoding="utf-8")
    assert "MÔ PHỎNG" in page and "Content-Security-Policy" in page
    assert (desk / "demo" / "plan" / "baseline" / "plan.json").exists()
    assert {p.suffix for p in (desk / "demo" / "reports").iterdir()} >= {".docx", ".xlsx", ".pdf"}


def test_a_hamlet_is_explained_planned_for_and_reported(desk):
    name = read_table(desk / "demo", "hamlets")["name"].iloc[0]
    assert "K" in run("explain", "demo", "gaps", name, cwd=desk)
    assert run("plan", "rollout", "demo", cwd=desk)
    assert run("plan", "devices", "demo", cwd=desk)
    assert run("report", "demo", "--form", "weekly", cwd=desk)
    assert run("kit", "--out", "kit", cwd=desk)


def test_the_front_end_opens_its_door(desk):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "phusong", "app", "--results", "demo", "--port", str(port)]
    server = subprocess.Popen(
        command, cwd=desk, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        page = wait_for(f"http://127.0.0.1:{port}/sign-in")
    finally:
        server.terminate()
        server.wait()
    assert 'value="planner"' in page and "MÔ PHỎNG" in page


def wait_for(address):
    """Return a page as soon as it comes."""
    for _ in range(PATIENCE):
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"{address} does not answer")
