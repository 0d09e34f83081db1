"""A made-up office: a finished run with a book, a register of its own for each test, a clock that is set."""

from datetime import UTC, datetime, timedelta

import pytest

from phusong.access.desk import Desk, open_desk
from phusong.access.register import open_register
from phusong.access.samples import find_sample


class Clock:
    """Tell the time that a test sets."""

    def __init__(self):
        self.now = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

    def __call__(self):
        return self.now

    def pass_by(self, **much):
        self.now += timedelta(**much)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk(office, tmp_path, clock):
    """Return a desk over the office with a register of its own."""
    first = open_desk(office, tmp_path / "phusong.access")
    return Desk(office, open_register(tmp_path / "phusong.access"), first.limits, True, clock)


@pytest.fixture
def play(desk):
    """Return the principal of a role's sample account."""
    return lambda role: find_sample(desk, role).principal
