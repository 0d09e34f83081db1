"""The routes of the map: its layers, its program, and the published page in a frame that reaches nothing."""

from __future__ import annotations

import gzip
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from phusong.access.faults import NotAllowed
from phusong.access.questions.maps import ask_map_page
from phusong.access.sessions import Session
from phusong.screens.headers import FRAMED
from phusong.screens.layers import build_layer
from phusong.screens.settings import find_desk, read_settings
from phusong.views.program import name_program, read_program

GEO, PICTURE, PROGRAM = "/geo/", "/picture", "/program/"
PACKED = {"content-encoding": "gzip"}
FOREVER = {"cache-control": "public, max-age=31536000, immutable"}


async def send_layer(request: Request) -> Response:
    """Answer with a layer as its session may see it; 404 for none of the name, 403 for one refused."""
    session, name = request.scope["phusong.session"], request.path_params["name"]
    plan = request.query_params.get("scenario", "")
    return await run_in_threadpool(_send_layer, session, name, plan)


def _send_layer(session: Session, name: str, plan: str) -> Response:
    """Return a layer, or that it is refused or unknown."""
    try:
        body = build_layer(session.principal, find_desk(read_settings()), name, plan)
    except NotAllowed:
        return PlainTextResponse("not allowed", 403)
    except KeyError:
        return PlainTextResponse("there is no such layer", 404)
    return Response(body, media_type="application/json", headers=PACKED)


async def send_program(request: Request) -> Response:
    """Answer with the map's program, which holds no data and never changes under its name."""
    if request.path_params["name"] != name_program():
        return PlainTextResponse("there is no such program", 404)
    return Response(pack_program(), media_type="text/javascript", headers={**PACKED, **FOREVER})


@lru_cache(maxsize=1)
def pack_program() -> bytes:
    """Return the map's program, gzipped."""
    return gzip.compress(read_program().encode(), mtime=0)


async def send_picture(request: Request) -> Response:
    """Answer with the stand-alone map as its session may see it."""
    return await run_in_threadpool(_send_picture, request.scope["phusong.session"])


def _send_picture(session: Session) -> Response:
    """Return the page, or that it is refused."""
    try:
        page = ask_map_page(session.principal, find_desk(read_settings()))
    except NotAllowed:
        return PlainTextResponse("not allowed", 403)
    headers = {"content-security-policy": FRAMED}
    return Response(page, media_type="text/html; charset=utf-8", headers=headers)


LAYER_ROUTES = [
    Route(GEO + "{name}", send_layer, methods=["GET"]),
    Route(PROGRAM + "{name}", send_program, methods=["GET"]),
    Route(PICTURE, send_picture, methods=["GET"]),
]
