"""Look into a GeoJSON file before anything reads it: a system may be named in it, but never fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from phusong.intake.rules import refuse

CHUNK = 1 << 22
#: Bytes that an object ``crs`` may take, so that none is cut in two between chunks.
LONGEST = 4096
#: The member ``crs`` of GeoJSON 2008, also where its letters are escaped.
_MEMBER = re.compile(rb'"(?:c|\\u0063)(?:r|\\u0072)(?:s|\\u0073)"\s*:\s*(?=\{)')
LINKED = ("link", "url")


def check_geojson(path: Path, *, file: str) -> None:
    """Refuse GeoJSON that would have its coordinate system fetched from an address.

    Parameters
    ----------
    path : the file.
    file : the file as the user named it.

    Raises
    ------
    SourceFault
        If it links to its coordinate system instead of naming it.
    """
    for member in _find_members(path):
        if _tell_kind(member) in LINKED:
            raise refuse("crs_linked", file=file)


def _find_members(path: Path) -> Iterator[bytes]:
    """Yield what follows each member ``crs``, as far as an object may reach."""
    buffer = b""
    with path.open("rb") as stream:
        while buffer or stream.peek(1):
            chunk = stream.read(CHUNK)
            buffer += chunk
            settled = len(buffer) - LONGEST if chunk else len(buffer)
            for member in _MEMBER.finditer(buffer):
                if member.start() < settled:
                    yield buffer[member.end() : member.end() + LONGEST]
            buffer = buffer[max(settled, 0) :] if chunk else b""


def _tell_kind(text: bytes) -> str:
    """Return the ``type`` of the object that begins a text; what cannot be read is taken for a link."""
    try:
        member, _ = json.JSONDecoder().raw_decode(text.decode("utf-8", errors="replace"))
    except (ValueError, RecursionError):
        return LINKED[0]
    return str(member.get("type", "")).lower()
