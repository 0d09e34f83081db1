"""Exports by the server itself: 403 for others, 401 after the sign-out, 404 the second time and when too old."""

import asyncio

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from phusong.access.samples import find_sample
from phusong.access.sessions import begin_session, hash_key
from phusong.screens import state
from phusong.screens.exports import prepare
from phusong.screens.frame import Screen
from phusong.screens.gate import COOKIE, Gate
from phusong.screens.once import Once
from phusong.screens.place import Place
from phusong.screens.server import list_routes
from phusong.screens.speech import Speech
from phusong.vocabulary.book import Role

BASE = "http://127.0.0.1:8501"
BODY = "Thôn;Nhóm\nĐồng Giếng;K5\n".encode()


@pytest.fixture
def asked(stage):
    """Return a way to ask the server as a session, and one to prepare a file for it."""
    served = httpx.ASGITransport(
        app=Starlette(
            routes=list_routes(stage.settings, knocks=False),
            middleware=[Middleware(Gate, settings=stage.settings, knocks=False)],
        )
    )

    def _begin(role):
        account, desk = find_sample(stage.desk, role), stage.desk
        return begin_session(desk.register, account, when=desk.clock())

    def _ask(path, key):
        async def _get():
            async with httpx.AsyncClient(transport=served, base_url=BASE) as client:
                return await client.get(path, headers={"cookie": f"{COOKIE}={key}"})

        return asyncio.run(_get())

    def _prepare(key, role):
        principal = find_sample(stage.desk, role).principal
        screen = Screen(principal, stage.desk, Speech("vi"), Place(), hash_key(key))
        return prepare(screen, "danh_sách.csv", BODY, rows=1)

    return _begin, _ask, _prepare


def test_a_file_is_its_askers_alone_and_fetched_once(asked, stage):
    begin, ask, make = asked
    mine, other = begin(Role.PLANNER), begin(Role.OPERATOR)
    link = make(mine, Role.PLANNER)
    assert ask(link, other).status_code == 403
    line = stage.log(1).iloc[0]
    assert bool(line["refused"]) and line["role"] == "operator"
    got = ask(link, mine)
    assert (got.status_code, got.content) == (200, BODY)
    assert "danh_s%C3%A1ch.csv" in got.headers["content-disposition"]
    assert got.headers["cache-control"] == "private, no-store"
    assert ask(link, mine).status_code == 404


def test_a_file_waits_for_ten_minutes_and_not_for_who_signed_out(asked, monkeypatch, stage):
    from datetime import timedelta

    begin, ask, make = asked
    mine = begin(Role.PLANNER)
    link = make(mine, Role.PLANNER)
    ask("/sign-out", mine)
    assert ask(link, mine).status_code == 401
    mine = begin(Role.PLANNER)
    late = stage.desk.clock() + timedelta(minutes=11)
    kept = Once(lambda: late, 10)
    link = make(mine, Role.PLANNER)
    monkeypatch.setattr("phusong.screens.export_route.built_files", lambda: kept)
    assert ask(link, mine).status_code == 404


def test_what_waits_is_forgotten_when_it_is_too_old():
    from datetime import UTC, datetime, timedelta

    now = [datetime(2026, 3, 2, tzinfo=UTC)]
    kept = Once(lambda: now[0], 2)
    first = kept.put("a")
    assert kept.take(first) == "a" and kept.take(first) is None
    second = kept.put("b")
    now[0] += timedelta(minutes=2)
    assert kept.take(second) is None


def test_answers_are_kept_apart_by_scope_and_none_about_single_pupils(stage):
    from phusong.access.questions.findings import ask_network
    from phusong.access.questions.pupils import ask_priority

    planner, operator = (
        find_sample(stage.desk, r).principal for r in (Role.PLANNER, Role.OPERATOR)
    )
    whole = state.recall(planner, stage.desk, ask_network, "sites")
    own = state.recall(operator, stage.desk, ask_network, "sites")
    assert len(own) <= len(whole) and set(own["operators"].dropna()) <= {"VIETTEL"}
    with pytest.raises(ValueError, match="single pupils"):
        state.recall(planner, stage.desk, ask_priority)
