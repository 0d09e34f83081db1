"""The gate: nothing passes, by page, file, upload or WebSocket, but for a session that stands.

It asks three things of a request: does it call us by our name, does it come from our own pages where that
matters, and whose session is it. What a session may then see is for `phusong.access` to say.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from phusong.access.sessions import Session, find_session, hash_key
from phusong.screens.body_limits import (
    LARGEST_UPLOAD_MB,
    MEBIBYTE,
    MEGABYTE,
    UPLOADS,
    CountedBody,
    find_largest,
    has_body,
    read_stated_size,
    refuse_size,
)
from phusong.screens.destinations import clean_destination, names_place
from phusong.screens.headers import NEVER_KEPT, write_headers
from phusong.screens.settings import Settings, find_desk
from phusong.screens.upload_quota import LOST_LINE, Upload, UploadQuota, may_upload

SIGN_IN, SIGN_OUT, ENTER = "/sign-in", "/sign-out", "/enter"
COOKIE = "phusong"
#: Open to whoever comes: the sign-in page, Streamlit's own program, and whether the server lives.
OPEN_PATHS = frozenset({SIGN_IN, "/_stcore/health", "/favicon.png"})
#: Programs, Streamlit's and the map's: they hold no data, and browsers may keep them.
OPEN_FOLDERS = ("/static/", "/program/")
#: Open besides where an identity provider is set: the empty frame in which `st.login` runs.
KNOCKING = frozenset(
    {"/", "/_stcore/stream", "/_stcore/host-config", "/auth/login", "/auth/logout"}
)
CALLBACK = "/oauth2callback"
#: Closed to everybody.
SHUT = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check", "/app/static")
#: Not pages: whoever has no session is refused there and not sent to the sign-in page.
NOT_PAGES = ("/_stcore", "/media", "/component", "/app", "/geo", "/export", "/picture")
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
REFUSED_SOCKET = 4403
CROWDED = "other files are being looked at: try again in a while"
#: What the gate writes on whatever it lets through, so that a page knows that it stands behind one.
MARK_NAME, MARK = "x-phusong-gate", secrets.token_hex(32)


@dataclass(frozen=True)
class Caller:
    """Hold what a request says of itself.

    Parameters
    ----------
    kind : ``http`` or ``websocket``.
    method, path : of the request.
    headers : name in lower case → value.
    query : as it came.
    """

    kind: str
    method: str
    path: str
    headers: dict[str, str]
    query: str = ""

    @property
    def key(self) -> str:
        """Return the session's key; empty where there is none."""
        return read_key(self.headers.get("cookie", ""))

    @property
    def is_upload(self) -> bool:
        """Return whether a file is put into the server's memory."""
        return self.method in ("PUT", "POST") and self.path.startswith(UPLOADS)

    @property
    def destination(self) -> str:
        """Return the page that is opened, with what we know of its query."""
        return clean_destination(f"{self.path}?{self.query}")

    @property
    def wants_page(self) -> bool:
        """Return whether a person opens a page."""
        pages = self.kind == "http" and self.method == "GET" and not _lies_in(self.path, NOT_PAGES)
        return pages and "text/html" in self.headers.get("accept", "")


def read_key(cookies: str) -> str:
    """Return the session's key from a header of cookies; empty where there is none.

    Parameters
    ----------
    cookies : the header as it came.
    """
    try:
        morsel = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


class Gate:
    """Stand before the whole server.

    Parameters
    ----------
    app : what stands behind.
    settings : of the server.
    knocks : whether an identity provider is set, so that `st.login` must be reachable.
    quota : of uploads.
    """

    def __init__(
        self, app: ASGIApp, *, settings: Settings, knocks: bool, quota: UploadQuota | None = None
    ) -> None:
        self.app, self.settings, self.knocks = app, settings, knocks
        self.quota = quota or UploadQuota(lambda: None, lambda _tab: False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        caller = _read_caller(scope)
        answer = await run_in_threadpool(self.judge, caller, scope)
        if caller.kind == "websocket":
            await self._pass_line(answer, scope, receive, send)
            return
        adding = _add_headers(send, kept=caller.path.startswith(OPEN_FOLDERS))
        body = CountedBody(scope, receive, adding, largest=find_largest(caller.path))
        if answer is not None:
            if has_body(caller.headers):
                answer.headers["connection"] = "close"  # the rest of it is not read
            await answer(scope, receive, adding)
        elif caller.is_upload:
            await self._pass_upload(caller, scope, body)
        else:
            _mark(scope)
            await body.pass_to(self.app)

    async def _pass_line(
        self, answer: Response | None, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Let a page's line through, and remove what was uploaded over it when its tab is closed."""
        if answer is not None:
            await send({"type": "websocket.close", "code": REFUSED_SOCKET})
            return
        codes: list[int] = []

        async def _receive() -> Message:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                codes.append(int(message.get("code") or 0))
            return message

        _mark(scope)
        try:
            await self.app(scope, _receive, send)
        finally:
            self.quota.release_closed(is_lost=bool(LOST_LINE.intersection(codes)))

    async def _pass_upload(self, caller: Caller, scope: Scope, body: CountedBody) -> None:
        """Let a file through, if there is room for it, and note what became of it."""
        session: Session = scope["phusong.session"]
        refused = await run_in_threadpool(self._reserve, caller, session)
        if refused:
            answer = PlainTextResponse(CROWDED, refused, headers={"connection": "close"})
            await answer(scope, body.receive, body.send)
            return
        upload = None
        try:
            _mark(scope)
            await body.pass_to(self.app)
            if body.status and body.status < 300 and not body.is_over:
                tab, _, file = caller.path.removeprefix(UPLOADS).partition("/")
                upload = Upload(tab, file, body.size)
        finally:
            self.quota.keep(session.handle, upload)

    def _reserve(self, caller: Caller, session: Session) -> int:
        """Reserve room for a file; return the status of the answer where there is none, else 0."""
        size = read_stated_size(caller.headers) or LARGEST_UPLOAD_MB * MEBIBYTE
        most = find_desk(self.settings).limits.number("uploads_mb") * MEGABYTE
        return self.quota.reserve(session.handle, size, most=most)

    def judge(self, caller: Caller, scope: dict[str, Any] | Any) -> Response | None:
        """Return the answer to who may not pass; None for who may, with the session put into the scope.

        Parameters
        ----------
        caller : what the request says of itself.
        scope : of the request.
        """
        refusal = self._check_request(caller)
        if refusal is not None:
            return refusal
        session = self._find_session(caller)
        scope["phusong.session"] = session
        if session is None:
            return None if self._is_open(caller) else _send_to_door(caller)
        if caller.is_upload and not may_upload(session.principal.role):
            return PlainTextResponse("no page of yours takes files", 403)
        return None

    def _check_request(self, caller: Caller) -> Response | None:
        """Return the answer to a request that nobody may make, whoever they are."""
        if caller.headers.get("host", "") not in self.settings.hosts:
            return PlainTextResponse("unknown host", 421)
        if _lies_in(caller.path, SHUT):
            return PlainTextResponse("not found", 404)
        if not self._comes_from_us(caller):
            return PlainTextResponse("the request comes from another site", 403)
        too_large = read_stated_size(caller.headers) > find_largest(caller.path)
        return refuse_size() if too_large else None

    def _comes_from_us(self, caller: Caller) -> bool:
        """Return whether what changes something, or opens a WebSocket, was sent by a page of ours."""
        origin = caller.headers.get("origin")
        if caller.kind == "websocket" or caller.method in UNSAFE:
            return origin in self.settings.origins
        return origin is None or origin in self.settings.origins

    def _find_session(self, caller: Caller) -> Session | None:
        """Return the session whose key came with a request; none is looked for where none is needed."""
        if not caller.key or caller.path.startswith(OPEN_FOLDERS):
            return None
        desk = find_desk(self.settings)
        used = not caller.path.startswith("/_stcore/")
        return find_session(
            desk.register, hash_key(caller.key), limits=desk.limits, when=desk.clock(), used=used
        )

    def _is_open(self, caller: Caller) -> bool:
        """Return whether a path is open to whoever comes."""
        if caller.path in OPEN_PATHS:
            return True
        if caller.path.startswith(OPEN_FOLDERS) and ".." not in caller.path:
            return True
        if not self.knocks or (caller.wants_page and names_place(caller.destination)):
            return False  # a link to a place is kept on the sign-in page
        return caller.path in KNOCKING or caller.path in (CALLBACK, ENTER)


def _send_to_door(caller: Caller) -> Response:
    """Send whoever opens a page to the sign-in page, with where they were going; refuse anything else."""
    if caller.wants_page:
        return RedirectResponse(f"{SIGN_IN}?to={quote(caller.destination)}", 303)
    return PlainTextResponse("sign in first", 401)


def _mark(scope: Scope) -> None:
    """Write the mark on a request that is let through, in place of what it may have brought itself."""
    name = MARK_NAME.encode()
    others = [(n, v) for n, v in scope["headers"] if n.lower() != name]
    scope["headers"] = [*others, (name, MARK.encode())]


def _lies_in(path: str, folders: tuple[str, ...]) -> bool:
    """Return whether a path is one of some folders or lies in one."""
    return any(path == folder or path.startswith(folder + "/") for folder in folders)


def _read_caller(scope: Scope) -> Caller:
    """Return what a request says of itself; of a header that is sent twice, the first counts."""
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        headers.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
    query = scope.get("query_string", b"").decode("latin-1")
    return Caller(scope["type"], scope.get("method", "GET"), scope["path"], headers, query)


def _add_headers(send: Send, *, kept: bool) -> Callable[[Message], Any]:
    """Return a way of sending that adds the headers every answer has."""

    async def _send(message: Message) -> None:
        if message["type"] == "http.response.start":
            present = {
                n.decode("latin-1").lower(): v.decode("latin-1") for n, v in message["headers"]
            }
            added = write_headers(present, kept=kept)
            message["headers"] = _settle_headers(message["headers"], added, kept=kept)
        await send(message)

    return _send


def _settle_headers(
    headers: list[tuple[bytes, bytes]], added: dict[str, str], *, kept: bool
) -> list[tuple[bytes, bytes]]:
    """Return headers with those added; what is not kept says so, whatever Streamlit said."""
    closed = (
        {b"access-control-allow-origin"}
        if kept
        else {b"access-control-allow-origin", b"cache-control"}
    )
    left = [(name, value) for name, value in headers if name.lower() not in closed]
    wanted = added if kept else {**added, "cache-control": NEVER_KEPT}
    return left + [(name.encode(), value.encode()) for name, value in wanted.items()]
