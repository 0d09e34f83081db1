"""A made-up office: a finished run with a book, a register of its own for each test, a clock that is set."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from phusong.access.desk import Desk, open_desk
from phusong.access.register import open_register
from phusong.access.samples import find_sample
from phusong.pipeline.demonstration import keep_book
from phusong.pipeline.planning import Money
from phusong.pipeline.rollout import plan_province


class Clock:
    """Tell the time that a test sets."""

    def __init__(self):
        self.now = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

    def __call__(self):
        return self.now

    def pass_by(self, **much):
        self.now += timedelta(**much)


@pytest.fixture(scope="session")
def office(finished, tmp_path_factory):
    """Return the folder of a run with plan and book; made once."""
    folder = tmp_path_factory.mktemp("office") / "out"
    shutil.copytree(finished, folder)
    plan_province(folder, scenario="baseline", money=Money())
    keep_book(folder)
    return folder


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
