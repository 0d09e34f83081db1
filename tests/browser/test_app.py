"""The front end answers on this machine only."""

import subprocess

import pytest

pytestmark = pytest.mark.browser


def test_the_server_listens_on_this_machine_only(served):
    port = served.rsplit(":", 1)[1]
    lines = subprocess.run(["ss", "-ltn"], capture_output=True, text=True, check=False).stdout
    if not lines:
        pytest.skip("no `ss` on this machine to list listening sockets")
    listening = [line.split()[3] for line in lines.splitlines() if f":{port} " in line]
    assert listening == [f"127.0.0.1:{port}"]
