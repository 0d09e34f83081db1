"""What is told of long work: number of all, label, seconds, what remains."""

import re
import sys

import pytest

from phusong.cli.demonstrating import AFTER, RAW
from phusong.cli.progress import EFFORT, Progression, Work, round_seconds, show_progress
from phusong.pipeline.stages import STAGES

ONE, TWO, THREE = (Work(n, f"việc {n}", f"work {n}") for n in ("one", "two", "three"))


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def follow(durations, known, *, language="vi", fresh=()):
    """The lines told of three steps that take these seconds."""
    lines, clock = [], Clock()
    told = Progression([ONE, TWO, THREE], known, language, lines.append, clock)
    for step, seconds in zip([ONE, TWO, THREE], durations, strict=True):
        told.begin(step, step.name in fresh)
        clock.now += seconds
    told.end()
    return lines


def test_a_line_a_step_with_what_remains_at_the_pace_so_far():
    """The first step took twice what it took before, and so will the others: 2 × (3 + 20), then the rest."""
    assert follow([8, 6, 40], {"one": 4, "two": 3, "three": 20}) == [
        "1/3 · việc one · 8 s · còn khoảng 45 s",
        "2/3 · việc two · 6 s · còn khoảng 40 s",
        "3/3 · việc three · 40 s",
    ]


def test_it_is_told_in_english_too():
    assert follow([2, 1, 1], {"one": 2, "two": 1, "three": 1}, language="en")[0] == (
        "1/3 · work one · 2 s · about 2 s left"
    )


def test_what_is_fresh_says_nothing_and_changes_no_estimate():
    lines = follow([4, 0, 6], {"one": 4, "two": 50, "three": 6}, fresh=("two",))
    assert lines == ["1/3 · việc one · 4 s · còn khoảng 55 s", "3/3 · việc three · 6 s"]


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.0, 1), (0.4, 1), (9.4, 9), (12.4, 10), (13.0, 15), (61, 60)]
)
def test_an_estimate_is_told_no_finer_than_it_is(seconds, told):
    assert round_seconds(seconds) == told


def test_declared_efforts_are_of_steps_that_there_are():
    assert set(EFFORT) <= {s.name for s in (RAW, *STAGES, *AFTER)}


def test_lines_go_to_the_error_stream_and_the_last_step_is_told(capsys):
    with show_progress([ONE, TWO], known={}, language="vi") as begin:
        begin(ONE, False)
        begin(TWO, False)
    out, err = capsys.readouterr()
    assert not out
    assert [line.split(" · ")[0] for line in err.splitlines()] == ["1/2", "2/2"]


def test_a_step_that_fails_is_not_told_as_done(capsys):
    with (
        pytest.raises(ZeroDivisionError),
        show_progress([ONE, TWO], known={}, language="vi") as begin,
    ):
        begin(ONE, False)
        raise ZeroDivisionError
    assert not capsys.readouterr().err


def test_a_terminal_gets_a_bar(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with show_progress([ONE, TWO], known={}, language="en") as begin:
        begin(ONE, False)
        begin(TWO, True)
        begin(TWO, False)
    out, err = capsys.readouterr()
    assert not out
    assert not re.search(r"^\d/\d · ", err, re.M)
