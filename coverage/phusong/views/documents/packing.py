"""A zipped office file packed so that the same content gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import date


def repack(packed: bytes, day: date) -> bytes:
    """Return an office file with its members in order, each dated alike.

    Parameters
    ----------
    packed : a docx or xlsx as its library wrote it.
    day : date of the document.
    """
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            member = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            target.writestr(member, source.read(name))
    return result.getvalue()
