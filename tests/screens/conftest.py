"""Pages are tested on a stage: a role, a finished run, a register of its own."""

from dataclasses import replace

import pytest
from tests.screens.stage import Stage

from phusong.intake.door import check_source


@pytest.fixture
def stage(finished, tmp_path, monkeypatch):
    """Return the stage; `stage.open("overview", Role.PLANNER)` runs a page as somebody."""
    return Stage(finished, tmp_path / "phusong.access", monkeypatch)


@pytest.fixture(autouse=True)
def read_here(monkeypatch):
    """Let pages read files in the tests' own process: readers apart are tested in `tests/intake`."""

    def _check(kind, path, options, parameters, *, rows=None):
        checked = check_source(kind, path, options, parameters)
        rows = len(checked.quarantined) + 10**6 if rows is None else rows
        accepted = None if checked.accepted is None else checked.accepted.head(rows)
        return replace(checked, accepted=accepted, quarantined=checked.quarantined.head(rows))

    monkeypatch.setattr("phusong.access.actions.deliveries.check_in_child", _check)
