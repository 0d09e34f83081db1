"""Count the bytes of a request while they arrive, and answer as soon as there are too many."""

from __future__ import annotations

from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

UPLOADS = "/_stcore/upload_file/"
MEBIBYTE, MEGABYTE = 1 << 20, 1_000_000
#: One file in the front end; larger ones are checked and run by command.
LARGEST_UPLOAD_MB = 20
#: What a form puts around its file, as Streamlit allows for it.
FRAMING_BYTES = MEBIBYTE
#: Every other body is a short form.
LARGEST_FORM_BYTES = 4096


def find_largest(path: str) -> int:
    """Find how many bytes the body of a request may have [bytes].

    Parameters
    ----------
    path : of the request.
    """
    if path.startswith(UPLOADS):
        return LARGEST_UPLOAD_MB * MEBIBYTE + FRAMING_BYTES
    return LARGEST_FORM_BYTES


def read_stated_size(headers: dict[str, str]) -> int:
    """Read how many bytes a request says that its body has; 0 where it does not say [bytes].

    Parameters
    ----------
    headers : name in lower case → value.
    """
    stated = headers.get("content-length", "")
    return int(stated) if stated.isascii() and stated.isdigit() else 0


def has_body(headers: dict[str, str]) -> bool:
    """Say whether a request brings a body."""
    return read_stated_size(headers) > 0 or "transfer-encoding" in headers


def refuse_size() -> Response:
    """Build the answer to a body that is too large; the line is closed, for the rest of it is not read."""
    return PlainTextResponse("the request is too large", 413, headers={"connection": "close"})


class CountedBody:
    """Hand a body on, piece by piece, until it is larger than it may be.

    Parameters
    ----------
    scope, receive, send : of the request.
    largest : how many bytes it may have [bytes].
    """

    def __init__(self, scope: Scope, receive: Receive, send: Send, *, largest: int) -> None:
        self._scope, self._receive, self._send, self.largest = scope, receive, send, largest
        self.size, self.status, self.is_over = 0, 0, False

    async def pass_to(self, app: ASGIApp) -> None:
        """Let an app answer the request; that its body ended early is no fault of the app."""
        try:
            await app(self._scope, self.receive, self.send)
        except ClientDisconnect:
            if not self.is_over:
                raise

    async def receive(self) -> Message:
        """Hand on the next piece; once there are too many bytes, nobody seems to be there any more."""
        if self.is_over:
            return {"type": "http.disconnect"}
        message = await self._receive()
        self.size += len(message.get("body", b""))
        if self.size <= self.largest:
            return message
        self.is_over = True
        if not self.status:
            await refuse_size()(self._scope, self._receive, self._send)
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Hand on an answer, unless it has been given already."""
        if self.is_over:
            return
        if message["type"] == "http.response.start":
            self.status = int(message["status"])
        await self._send(message)
