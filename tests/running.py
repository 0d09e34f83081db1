"""A command run as the console script runs it, in the tests' own process, where the libraries are loaded already."""

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import NamedTuple
from unittest.mock import patch

from phusong import cli


class Ended(NamedTuple):
    """How a command ended: exit code, and what it said on both streams."""

    returncode: int
    stdout: str
    stderr: str


def run_command(*words):
    """Run `phusong WORDS`; how a process of its own ends is tested in `tests/house/test_endings.py`."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with (
        patch.object(sys, "argv", ["phusong", *map(str, words)]),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            cli.main()
        except SystemExit as ending:
            code = int(ending.code or 0)
    return Ended(code, out.getvalue(), err.getvalue())
