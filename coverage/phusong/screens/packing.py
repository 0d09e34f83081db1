"""Streamlit's own program, gzipped: it leaves that to a proxy, and an office laptop has none."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

FOLDER = "/static/"
ROOT = (Path(streamlit.__file__).parent / "static").resolve()
#: What gzip makes smaller, and its media type.
KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
HEADERS = {
    "content-encoding": "gzip",
    "cache-control": "public, max-age=31536000, immutable",
    "vary": "accept-encoding",
}


class PackedProgram:
    """Answer with packed files of Streamlit's program; whatever else is asked for goes on.

    Parameters
    ----------
    app : what stands behind.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let it through."""
        answer = await run_in_threadpool(_answer, scope) if scope["type"] == "http" else None
        await (answer or self.app)(scope, receive, send)


def _answer(scope: Scope) -> Response | None:
    """Return a packed file; None where the request is for something else, or cannot unpack."""
    accepted = dict(scope["headers"]).get(b"accept-encoding", b"").decode("latin-1")
    path = str(scope["path"])
    if scope["method"] != "GET" or not path.startswith(FOLDER) or "gzip" not in accepted:
        return None
    kind = KINDS.get(Path(path).suffix)
    body = pack_file(path.removeprefix("/")) if kind else None
    return Response(body, media_type=kind, headers=HEADERS) if body is not None else None


@lru_cache(maxsize=512)
def pack_file(name: str) -> bytes | None:
    """Return a file of Streamlit's program, gzipped; None where there is none of that name.

    Parameters
    ----------
    name : path inside the folder of the program.
    """
    path = (ROOT / name).resolve()
    if not path.is_relative_to(ROOT) or not path.is_file():
        return None
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)
