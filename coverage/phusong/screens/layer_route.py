"""The routes of the map: its layers as GeoJSON, and the published page in a frame that reaches nothing."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from phusong.access.faults import NotAllowed
from phusong.access.questions.maps import ask_map_page
from phusong.access.sessions import Session
from phusong.screens.headers import FRAMED
from phusong.screens.layers import LAYERS, build_layer
from phusong.screens.settings import find_desk, read_settings

GEO, PICTURE = "/geo/", "/picture"


async def send_layer(request: Request) -> Response:
    """Answer with a layer as its session may see it; 404 for none of the name, 403 for one refused."""
    name = request.path_params["name"]
    if name not in LAYERS:
        return PlainTextResponse("there is no such layer", 404)
    return await run_in_threadpool(_send_layer, request.scope["phusong.session"], name)


def _send_layer(session: Session, name: str) -> Response:
    """Return a layer, or that it is refused."""
    try:
        body = build_layer(session.principal, find_desk(read_settings()), name)
    except NotAllowed:
        return PlainTextResponse("not allowed", 403)
    headers = {"content-encoding": "gzip"}
    return Response(body, media_type="application/geo+json", headers=headers)


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
    Route(PICTURE, send_picture, methods=["GET"]),
]
