"""`phusong demo --province`: what is refused, and with which words."""

import subprocess
import sys

import pytest


def refuse(*options, cwd):
    """Run a demonstration that is refused, and return what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "phusong", "demo", *options],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr and not list(cwd.iterdir())
    return done.stderr


@pytest.mark.parametrize("code", ["99", "8", "Tuyên Quang"])
def test_an_unknown_code_is_refused_with_the_codes_that_there_are(code, tmp_path):
    message = refuse("--province", code, "--size", "hamlet", cwd=tmp_path)
    assert f"no province {code}" in message and "08" in message and "give a code" in message


def test_a_nation_is_of_no_province(tmp_path):
    assert "leave --province out" in refuse("--province", "08", "--size", "national", cwd=tmp_path)
