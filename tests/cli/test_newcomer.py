"""What the README promises to somebody who has just installed it: map, plan, report and front end, each by one command."""

import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner

from phusong.cli import application
from phusong.cli.commands import load_command
from phusong.store import read_table

pytestmark = pytest.mark.long
ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDES = [ROOT / "README.md", ROOT / "docs" / "commands.md", *(ROOT / "docs/guides").glob("*.md")]
EXAMPLE = re.compile(
    r"`(?:\.venv/bin/)?phusong ([a-z][^`]*)`|^(?:\.venv/bin/)?phusong ([a-z].*)$", re.M
)
#: What only the reader has: a file, an id, an address, something left out.
OWN = re.compile(r"\b[A-ZÀÁÂÃĂĐÊÔƠƯ]{2,}\b|\.(?:xlsx|csv|toml|ledger)\b|https?://|…|--anchor")
#: Run by tests of their own, since they take long.
ELSEWHERE = {
    "demo",
    "demo --size hamlet",
    "demo --province 08 --size hamlet",
    "app",
    "bench all",
    "replay vp242",
}
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
        command, cwd=desk, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        address = server.stdout.readline().strip()  # told once everything is prepared
        assert address == f"http://127.0.0.1:{port}"
        page = wait_for(f"{address}/sign-in")
    finally:
        server.terminate()
        server.communicate()
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


def list_examples(results):
    """The command lines of README and guides, on these results, that need nothing of the reader's own."""
    texts = [path.read_text(encoding="utf-8") for path in GUIDES]
    found = {a or b for text in texts for a, b in EXAMPLE.findall(text)} - ELSEWHERE
    hamlet, pupil = (
        read_table(results, table)[column].iloc[0]
        for table, column in (("hamlets", "name"), ("students", "student_key"))
    )
    known = {
        "data/processed/demo_province": results.name, "DIR": results.name,
        '"name"': f'"{hamlet}"', '"tên thôn"': f'"{hamlet}"', "students KEY": f"students {pupil}",
        "--name TÊN": "--name c", "--name NAME": "--name c", " A B": " baseline a",
        "plan show demo TÊN": "plan show demo a", "plan show demo NAME": "plan show demo baseline",
        "plan withdraw demo NAME --why TEXT": "plan withdraw demo b --why 'số liệu đã cũ'",
    }  # fmt: skip
    for example in sorted(found):
        line = example
        for word, meant in known.items():
            line = line.replace(word, meant)
        if not OWN.search(line) and not is_name_alone(line):
            yield line


def is_name_alone(line):
    """Whether a line only names a command that would need more words."""
    command, *rest = line.split()
    asked = load_command(command)
    for word in rest:
        asked = getattr(asked, "commands", {}).get(word, None)
        if asked is None:
            return False
    return hasattr(asked, "commands") or any(p.required for p in asked.params)


def test_every_example_of_readme_and_guides_runs(desk, monkeypatch):
    monkeypatch.chdir(desk)
    for name, asked in {"a": ("--years", 2), "b": ("--budget", 100_000_000)}.items():
        run("plan", "rollout", "demo", *asked, "--name", name, cwd=desk)  # to compare, to withdraw
    ran, failed = [], {}
    for line in sorted(list_examples(desk / "demo"), key=lambda line: line != "ledger init"):
        done = CliRunner().invoke(application, shlex.split(line))
        ran.append(line)
        if done.exit_code:
            failed[line] = f"{done.exit_code}: {done.exception or done.output}"
    assert not failed
    assert {"plan show demo a", "plan compare demo baseline a"} <= set(ran)
    assert any(line.startswith("plan withdraw demo b ") for line in ran)
    assert {"status demo", "plan compare demo", "report demo", "kit", "ledger verify"} <= set(ran)
    for start in ("explain demo gaps ", "explain demo students ", "review demo "):
        assert any(line.startswith(start) for line in ran)
