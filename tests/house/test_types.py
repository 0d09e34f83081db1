"""The types leave with the package: whoever installs it has a misspelt argument found before anything runs."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
PROGRAM = """import phusong as ps

results = ps.read_results("data/processed/demo_province")
ps.trace_lineage({argument}="2021-01-01", target="2025-07-01")
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """An environment with nothing but the package's wheel in it."""
    place = tmp_path_factory.mktemp("installed")
    source = place / "source"
    shutil.copytree(
        ROOT / "coverage",
        source / "coverage",
        ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"),
    )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*build, "--no-build-isolation", "-w", place, source], check=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place / "env"], check=True)
    (there,) = (place / "env/lib").glob("python*/site-packages")
    (wheel,) = place.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(there)
    return place / "env/bin/python"


def find_faults(python, folder, argument):
    """What mypy says of a program of four lines."""
    program = folder / "program.py"
    program.write_text(PROGRAM.format(argument=argument), encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--python-executable", python, "--config-file="]
    told = subprocess.run(
        [*command, "--cache-dir", folder / "cache", "program.py"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return [line for line in told.stdout.splitlines() if "error:" in line]


def test_a_misspelt_argument_is_found_in_a_user_program(installed, tmp_path):
    assert find_faults(installed, tmp_path, "source") == []
    (fault,) = find_faults(installed, tmp_path, "sorce")
    assert fault.startswith("program.py:4") and "sorce" in fault
