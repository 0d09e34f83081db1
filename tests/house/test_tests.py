"""The tests judge the program, never the machine."""

import ast
from pathlib import Path

import hypothesis
import pytest

TESTS = sorted((Path(__file__).parents[1]).rglob("*.py"))


def calls_of_settings(path):
    """The calls that set how a law is tried."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        called = getattr(node, "func", None)
        if getattr(called, "id", getattr(called, "attr", None)) == "settings":
            yield {k.arg: ast.unparse(k.value) for k in node.keywords}


@pytest.mark.parametrize("path", TESTS, ids=lambda p: "/".join(p.parts[-2:]))
def test_no_law_is_timed(path):
    for told in calls_of_settings(path):
        assert told.get("deadline", "None") == "None"
        passed_over = told.get("suppress_health_check", "too_slow")
        assert "too_slow" in passed_over or passed_over == "list(HealthCheck)"


def test_where_nothing_is_set_no_law_is_timed_either():
    assert hypothesis.settings().deadline is None
    assert hypothesis.HealthCheck.too_slow in hypothesis.settings().suppress_health_check
