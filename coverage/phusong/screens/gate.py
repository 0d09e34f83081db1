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
from phusong.screens.headers import NEVER_KEPT, write_headers
from phusong.screens.settings import Settings, find_desk

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
    """

    kind: str
    method: str
    path: str
    headers: dict[str, str]

    @property
    def key(self) -> str:
        """Return the session's key; empty where there is none."""
        return read_key(self.headers.get("cookie", ""))

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
    """

    def __init__(self, app: ASGIApp, *, settings: Settings, knocks: bool) -> None:
        self.app, self.settings, self.knocks = app, settings, knocks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        caller = _read_caller(scope)
        answer = await run_in_threadpool(self.judge, caller, scope)
        adding = _add_headers(send, kept=caller.path.startswith(OPEN_FOLDERS))
        if answer is None:
            _mark(scope)
            await self.app(scope, receive, adding if caller.kind == "http" else send)
        elif caller.kind == "http":
            await answer(scope, receive, adding)
        else:
            await send({"type": "websocket.close", "code": REFUSED_SOCKET})

    def judge(self, caller: Caller, scope: dict[str, Any] | Any) -> Response | None:
        """Return the answer to who may not pass; None for who may, with the session put into the scope.

        Parameters
        ----------
        caller : what the request says of itself.
        scope : of the request.
        """
        if caller.headers.get("host", "") not in self.settings.hosts:
            return PlainTextResponse("unknown host", 421)
        if _lies_in(caller.path, SHUT):
            return PlainTextResponse("not found", 404)
        if not self._comes_from_us(caller):
            return PlainTextResponse("the request comes from another site", 403)
        session = self._find_session(caller)
        scope["phusong.session"] = session
        if session is not None or self._is_open(caller):
            return None
        if caller.wants_page:
            return RedirectResponse(f"{SIGN_IN}?to={quote(caller.path)}", 303)
        return PlainTextResponse("sign in first", 401)

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
        return self.knocks and (caller.path in KNOCKING or caller.path in (CALLBACK, ENTER))


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
    return Caller(scope["type"], scope.get("method", "GET"), scope["path"], headers)


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
