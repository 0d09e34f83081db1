"""Pages are tested on a stage: a role, a finished run, a register of its own."""

import pytest
from tests.screens.stage import Stage


@pytest.fixture
def stage(finished, tmp_path, monkeypatch):
    """Return the stage; `stage.open("overview", Role.PLANNER)` runs a page as somebody."""
    return Stage(finished, tmp_path / "phusong.access", monkeypatch)
