"""The route by which an export is fetched: once, by the session that asked for it."""

from __future__ import annotations

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from phusong.access.links import Verdict, take_link
from phusong.access.log import log_access
from phusong.access.sessions import Session, hash_key
from phusong.screens.exports import EXPORT, BuiltFile
from phusong.screens.settings import find_desk, read_settings
from phusong.screens.state import built_files


async def fetch_export(request: Request) -> Response:
    """Answer with the file behind a link; 403 for another session's, 404 for one that is gone."""
    key = request.path_params["key"]
    return await run_in_threadpool(_fetch, request.scope["phusong.session"], key)


def _fetch(session: Session, key: str) -> Response:
    """Return the file, or why there is none."""
    desk = find_desk(read_settings())
    now = desk.clock()
    taken = take_link(desk.register, key, session.handle, limits=desk.limits, when=now)
    if taken.verdict == Verdict.FOREIGN:
        log_access(desk.register, session.principal, "export", when=now, refused=True)
        return PlainTextResponse(str(taken.verdict), 403)
    file: BuiltFile | None = None
    if taken.verdict == Verdict.GOOD:
        file = built_files().take(hash_key(key))
    if file is None:
        return PlainTextResponse(str(Verdict.GONE), 404)
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(file.name)}"}
    return Response(file.body, media_type=file.kind, headers=headers)


EXPORT_ROUTES = [Route(EXPORT + "{key}", fetch_export, methods=["GET"])]
