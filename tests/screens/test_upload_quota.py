"""Uploads: for roles that deliver, one file a session, so many bytes over all, gone when the tab is closed."""

import asyncio
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from tests.screens.test_body_limits import Sender

import phusong.screens
from phusong.screens.body_limits import MEBIBYTE, UPLOADS
from phusong.screens.contents import find_page
from phusong.screens.gate import COOKIE, Gate
from phusong.screens.upload_quota import UPLOAD_PAGES, Upload, UploadQuota, may_upload
from phusong.vocabulary.book import Role

MOST = 3 * MEBIBYTE


class Store:
    """Keep files as Streamlit does, by tab and file."""

    def __init__(self):
        self.files, self.open_tabs = {}, set()

    def get_files(self, session_id, file_ids):
        return [self.files[session_id, f] for f in file_ids if (session_id, f) in self.files]

    def remove_file(self, session_id, file_id):
        self.files.pop((session_id, file_id), None)

    @property
    def size(self):
        return sum(map(len, self.files.values()))


@pytest.fixture
def store():
    return Store()


@pytest.fixture
def quota(store):
    return UploadQuota(lambda: store, lambda tab: tab in store.open_tabs)


@pytest.fixture
def app(stage, store, quota):
    """Return the gate before a server that keeps what is uploaded, and a line that ends as it is told."""

    async def put(request):
        store.files[request.path_params["tab"], request.path_params["file"]] = await request.body()
        return Response(status_code=204)

    async def line(socket):
        await socket.accept()
        store.open_tabs.discard((await socket.receive())["text"])
        await socket.receive()

    return Starlette(
        routes=[
            Route(UPLOADS + "{tab}/{file}", put, methods=["PUT"]),
            WebSocketRoute("/_stcore/stream", line),
        ],
        middleware=[Middleware(Gate, settings=stage.settings, knocks=False, quota=quota)],
    )


def upload(app, stage, tab, file, size=MEBIBYTE, **told):
    cookie = f"{COOKIE}={stage.key}"
    return (
        Sender(app, f"{UPLOADS}{tab}/{file}", "PUT", size=size, cookie=cookie, **told).run().status
    )


def close_tab(app, stage, tab, code):
    """Open a tab's line and end it with a code."""
    messages = iter(
        [
            {"type": "websocket.connect"},
            {"type": "websocket.receive", "text": tab},
            {"type": "websocket.disconnect", "code": code},
        ]
    )

    async def receive():
        return next(messages)

    async def send(message):
        pass

    scope = Sender(app, "/_stcore/stream", cookie=f"{COOKIE}={stage.key}").scope
    asyncio.run(app(scope | {"type": "websocket", "subprotocols": []}, receive, send))


@pytest.mark.parametrize("role", list(Role))
def test_ten_files_of_any_role_are_one_or_none(app, stage, store, quota, role):
    stage.sign_in(role)
    store.open_tabs |= {"t"}
    told = [upload(app, stage, "t", f"f{n}") for n in range(10)]
    assert set(told) == {204 if may_upload(role) else 403}
    assert store.size == quota.count_bytes() == (MEBIBYTE if may_upload(role) else 0)


def test_roles_with_an_upload_are_those_whose_page_has_one():
    folder = Path(phusong.screens.__file__).parent
    calls = ("file_uploader", "camera_input", "audio_input", "chat_input")
    having = {p.stem for p in folder.glob("*.py") if any(c in p.read_text("utf-8") for c in calls)}
    assert having == set(UPLOAD_PAGES)
    for role in Role:
        assert may_upload(role) == find_page("deliveries").is_for(role)


def test_a_closed_tab_takes_its_file_with_it_and_no_other(app, stage, store, quota):
    stage.sign_in(Role.PLANNER)
    store.open_tabs |= {"t", "other"}
    quota.keep("somebody else", Upload("other", "g", 10))
    store.files["other", "g"] = b"0123456789"
    upload(app, stage, "t", "f")
    close_tab(app, stage, "t", 1001)
    assert list(store.files) == [("other", "g")] and quota.count_bytes() == 10


def test_a_lost_line_keeps_its_file_until_the_room_is_needed(store, quota):
    store.open_tabs |= {"closed later"}
    for session, tab in (("s1", "lost"), ("s2", "closed later")):
        assert quota.reserve(session, MEBIBYTE, most=MOST) == 0
        store.files[tab, "f"] = b"x" * MEBIBYTE
        quota.keep(session, Upload(tab, "f", MEBIBYTE))
    quota.release_closed(is_lost=True)
    store.open_tabs.clear()
    quota.release_closed(is_lost=False)
    assert list(store.files) == [("lost", "f")]
    assert quota.reserve("s3", 3 * MEBIBYTE, most=MOST) == 0 and not store.files


def test_over_all_sessions_no_more_is_kept_than_there_is_room_for(store, quota):
    store.open_tabs |= {"t1", "t2", "t3"}
    for n in (1, 2, 3):
        assert quota.reserve(f"s{n}", MEBIBYTE, most=MOST) == 0
        store.files[f"t{n}", "f"] = b"x" * MEBIBYTE
        quota.keep(f"s{n}", Upload(f"t{n}", "f", MEBIBYTE))
    assert quota.reserve("s4", MEBIBYTE, most=MOST) == 503
    store.remove_file("t2", "f")  # as the page does when its file is taken out again
    assert quota.reserve("s4", MEBIBYTE, most=MOST) == 0


def test_what_is_on_its_way_counts_and_comes_one_at_a_time(quota):
    assert quota.reserve("s1", 2 * MEBIBYTE, most=MOST) == 0
    assert quota.reserve("s1", 1, most=MOST) == 429
    assert quota.reserve("s2", 2 * MEBIBYTE, most=MOST) == 503
    quota.keep("s1", None)
    assert quota.reserve("s2", 2 * MEBIBYTE, most=MOST) == 0


def test_an_upload_that_fails_or_is_too_large_leaves_its_room(app, stage, store, quota):
    stage.sign_in(Role.PLANNER)
    assert upload(app, stage, "t", "f", size=30 * MEBIBYTE) == 413
    assert upload(app, stage, "t", "f", size=30 * MEBIBYTE, stated=True) == 413
    assert quota.count_bytes() == 0
    assert upload(app, stage, "t", "f") == 204
