"""What is said before the front end starts."""

import socket

import pytest
from tests.running import run_command

from phusong.cli.serving import warn_old_python


@pytest.mark.parametrize("version", [(3, 11, 7), (3, 11, 0), (3, 12, 1)])
def test_an_interpreter_with_a_known_hole_is_named_in_both_languages(version):
    told = warn_old_python(version)
    assert told.count(".".join(map(str, version))) == 2
    assert "hãy nâng lên" in told and "upgrade to" in told


@pytest.mark.parametrize("version", [(3, 11, 8), (3, 12, 2), (3, 13, 0), (3, 14, 0)])
def test_one_without_is_not_spoken_of(version):
    assert warn_old_python(version) == ""


def test_a_port_in_use_is_refused_before_anything_is_prepared(finished):
    with socket.socket() as used:
        used.bind(("127.0.0.1", 0))
        used.listen()
        ended = run_command("app", "--results", finished, "--port", used.getsockname()[1])
    assert ended.returncode == 2 and "--port" in ended.stderr and not ended.stdout
