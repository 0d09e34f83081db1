"""Bodies are counted while they arrive: whoever sends too much is answered before the end, and nothing is kept."""

import asyncio
import tracemalloc

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from phusong.screens.body_limits import LARGEST_FORM_BYTES, UPLOADS, find_largest
from phusong.screens.gate import COOKIE, Gate
from phusong.screens.server import list_routes, write_config
from phusong.vocabulary.book import Role

PIECE, SENT = 1 << 16, 100_000_000
PATHS = (
    "/sign-in", "/sign-out", "/enter", "/", "/hamlet", "/geo/hamlets", "/picture", "/export/x", "/media/x",
    "/static/x.js", "/program/x.js", "/_stcore/health", "/_stcore/stream", "/_stcore/host-config",
    "/oauth2callback", "/auth/login", UPLOADS + "a/b", "/_stcore/metrics", "/nothing",
)  # fmt: skip


async def take_whole(request):
    """Read a body to its end, as a route that knows no limit does."""
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture
def app(stage):
    """Return the server at which an identity provider is set, with a route that reads whatever comes."""
    greedy = Route("/{path:path}", take_whole, methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    return Starlette(
        routes=[*list_routes(stage.settings, knocks=True), greedy],
        middleware=[Middleware(Gate, settings=stage.settings, knocks=True)],
    )


class Sender:
    """Send a body piece by piece, and note what is answered and how much was taken by then."""

    def __init__(self, app, path, method="POST", *, size=SENT, stated=False, cookie=""):
        headers = {b"host": b"127.0.0.1:8501", b"origin": b"http://127.0.0.1:8501"}
        headers |= (
            {b"content-length": str(size).encode()}
            if stated
            else {b"transfer-encoding": b"chunked"}
        )
        headers |= {b"cookie": cookie.encode()} if cookie else {}
        self.scope = {
            "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
            "headers": list(headers.items()), "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8501),
            "scheme": "http", "http_version": "1.1", "root_path": "", "asgi": {"version": "3.0"},
        }  # fmt: skip
        self.app, self.size, self.taken, self.status, self.headers = app, size, 0, 0, {}
        self.body = b""

    async def receive(self):
        if self.taken >= self.size:
            return {"type": "http.request", "body": b"", "more_body": False}
        piece = bytes(min(PIECE, self.size - self.taken))
        self.taken += len(piece)
        return {"type": "http.request", "body": piece, "more_body": self.taken < self.size}

    async def send(self, message):
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
        self.body += message.get("body", b"")

    def run(self):
        asyncio.run(self.app(self.scope, self.receive, self.send))
        return self


@pytest.mark.parametrize("stated", [True, False])
@pytest.mark.parametrize("signed", [True, False])
def test_a_hundred_megabytes_are_answered_before_their_end_and_kept_nowhere(
    app, stage, stated, signed
):
    stage.sign_in(Role.PLANNER)
    cookie = f"{COOKIE}={stage.key}" if signed else ""
    Sender(app, "/sign-in", size=10).run()
    for path in PATHS:
        for method in ("POST", "PUT", "GET"):
            if path.startswith(UPLOADS) and signed and not stated:
                continue  # its own test: as much is taken as a file may have
            tracemalloc.start()
            told = Sender(app, path, method, stated=stated, cookie=cookie).run()
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            assert told.status >= 300 or told.taken == 0, (path, method)
            assert told.taken <= LARGEST_FORM_BYTES + PIECE, (path, method)
            assert peak < 5_000_000, (path, method)


def test_the_answer_says_what_is_wrong_and_ends_the_line(app):
    for stated in (True, False):
        told = Sender(app, "/sign-in", stated=stated).run()
        assert (told.status, told.headers[b"connection"]) == (413, b"close")
        assert b"too large" in told.body and b"content-security-policy" in told.headers


def test_an_upload_ends_at_what_a_file_may_have(app, stage):
    stage.sign_in(Role.PLANNER)
    cookie = f"{COOKIE}={stage.key}"
    told = Sender(app, UPLOADS + "a/b", "PUT", cookie=cookie).run()
    assert told.status == 413 and told.taken <= find_largest(UPLOADS) + PIECE
    fits = Sender(app, UPLOADS + "a/b", "PUT", size=1_000_000, cookie=cookie).run()
    assert fits.status == 200 and fits.body == b"1000000"


def test_a_form_that_fits_is_read(app):
    assert Sender(app, "/sign-in", size=100).run().status == 403
    assert Sender(app, "/sign-in", size=LARGEST_FORM_BYTES).run().status == 403
    assert Sender(app, "/sign-in", size=LARGEST_FORM_BYTES + 1).run().status == 413


def test_a_message_over_a_pages_line_is_capped_too(stage):
    assert write_config(stage.settings)["server.maxMessageSize"] <= 20
