"""Files to which lines are only added: several at once, killed at any moment, on a full disk."""

import errno
import fcntl
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phusong.store.lines import ASIDE, add_line, list_damage, read_lines

pytestmark = pytest.mark.long

WRITERS = """
    import os, sys
    from pathlib import Path
    from phusong.store.lines import add_line

    path, writers, lines = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    os.write(1, b"ready\\n")
    os.read(0, 1)
    who = next((n for n in range(writers) if os.fork() == 0), None)
    if who is None:
        for _ in range(writers):
            os.wait()
        sys.exit()
    for line in range(lines):
        fields = {"who": who, "line": line}
        made = add_line(path, dict, lambda known, number: {"number": number, **fields})
        os.write(1, b"%d\\n" % made["number"])
    os._exit(0)
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "lines.jsonl"


def add(path, text):
    return add_line(path, dict, lambda _known, number: {"number": number, "text": text})


def start(path, writers, lines):
    """Start processes that wait for a word and then add lines, all at once."""
    started = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(WRITERS), str(path), str(writers), str(lines)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert started.stdout.readline() == b"ready\n"
    return started


def release(clerks):
    clerks.stdin.write(b"\n")
    clerks.stdin.flush()


def collect(clerks):
    """Return the numbers that the processes were told are kept."""
    with clerks:
        return [int(line) for line in clerks.stdout.read().split()]


def test_eight_clerks_at_once_lose_nothing_and_share_no_number(path):
    clerks = start(path, 8, 100)
    release(clerks)
    acknowledged = collect(clerks)
    entries = read_lines(path, dict)
    assert [e["number"] for e in entries] == list(range(1, 801))
    assert sorted(acknowledged) == list(range(1, 801))
    for who in range(8):
        assert [e["line"] for e in entries if e["who"] == who] == list(range(100))
    assert list_damage(path, dict) == []


@pytest.mark.parametrize("delay_ms", [1, 5, 20, 60])
def test_killed_at_any_moment_every_acknowledged_line_stands(path, delay_ms):
    clerks = start(path, 3, 100_000)
    release(clerks)
    first = int(clerks.stdout.readline())
    time.sleep(delay_ms / 1000)
    os.killpg(clerks.pid, signal.SIGKILL)
    acknowledged = {first, *collect(clerks)}
    assert acknowledged <= {e["number"] for e in read_lines(path, dict)}
    number = add(path, "after")["number"]
    assert [e["number"] for e in read_lines(path, dict)] == list(range(1, number + 1))


@settings(deadline=None, max_examples=40)
@given(cut=st.integers(1, 60), texts=st.lists(st.text(max_size=8), min_size=1, max_size=4))
def test_wherever_the_last_line_is_cut_off_the_others_stand(tmp_path_factory, cut, texts):
    folder = tmp_path_factory.mktemp("cut")
    path = folder / "lines.jsonl"
    for text in texts:
        add(path, text)
    content = path.read_bytes()
    last = content[:-1].rfind(b"\n") + 1
    left = content[: max(last, len(content) - cut)]
    path.write_bytes(left)
    assert [e["text"] for e in read_lines(path, dict)] == texts[:-1]
    add(path, "next")
    assert [e["text"] for e in read_lines(path, dict)] == [*texts[:-1], "next"]
    assert [e["number"] for e in read_lines(path, dict)] == list(range(1, len(texts) + 1))
    aside = folder / f"lines.jsonl{ASIDE}"
    assert (aside.read_bytes() if aside.exists() else b"\n") == left[last:] + b"\n"
    shutil.rmtree(folder)


def test_what_was_cut_off_is_named_and_kept_for_its_owner_alone(path, caplog):
    add(path, "a")
    with path.open("ab") as stream:
        stream.write(b'{"number": 2, "te')
    assert list_damage(path, dict) == ["the last line was cut off after 17 bytes"]
    add(path, "b")
    assert "the last line was cut off" in caplog.text and ASIDE in caplog.text
    aside = path.with_name(path.name + ASIDE)
    assert aside.read_bytes() == b'{"number": 2, "te\n'
    for file in (path, aside):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list_damage(path, dict) == []


@pytest.mark.parametrize("garbage", [b"\xff\xfe", b"null", b"[1]", b'"x"', b"[" * 100_000])
def test_a_damaged_line_costs_that_line_alone(path, garbage):
    for text in "abc":
        add(path, text)
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([lines[0], garbage, *lines[2:]]))
    assert [e["text"] for e in read_lines(path, dict)] == ["a", "c"]
    assert list_damage(path, dict) == ["row 2 cannot be read"]
    assert add(path, "d")["number"] == 4


def test_on_a_full_disk_nothing_of_the_line_is_left(path, monkeypatch):
    add(path, "a")
    before = path.read_bytes()

    def _write_half(handle, content):
        os.pwrite(handle, content[:5], 0)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("phusong.store.lines._write_all", _write_half)
    with pytest.raises(OSError, match="No space"):
        add(path, "b")
    assert path.read_bytes() == before


def test_a_fault_of_the_caller_adds_nothing(path):
    add(path, "a")
    with pytest.raises(ZeroDivisionError):
        add_line(path, dict, lambda _known, _number: 1 / 0)
    assert json.loads(path.read_text()) == {"number": 1, "text": "a"}


def test_a_file_that_was_put_back_from_a_copy_while_one_waited_gets_the_line(path):
    """The lock is of the file that has the name, not of the one that was replaced."""
    clerk = start(path, 1, 1)
    add(path, "a")
    copy = path.with_suffix(".copy")
    shutil.copy(path, copy)
    handle = os.open(path, os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX)
    release(clerk)
    copy.replace(path)
    os.close(handle)
    collect(clerk)
    assert [e["number"] for e in read_lines(path, dict)] == [1, 2]
