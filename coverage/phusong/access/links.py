"""One-time links to files: bound to a session, used once, gone after some minutes."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from phusong.access.register import Register
from phusong.access.sessions import KEY_BYTES, hash_key
from phusong.access.tables import LINKS
from phusong.vocabulary.parameters import Access
from phusong.vocabulary.terms import Term


class Verdict(Term):
    """Say what becomes of a link that somebody follows."""

    GOOD = "good", "được tải", "the file is built"
    FOREIGN = "foreign", "liên kết của phiên khác", "another session's link"
    GONE = "gone", "liên kết đã dùng hoặc quá hạn", "used, too old, or never given"


@dataclass(frozen=True)
class Taken:
    """Hold what a link leads to.

    Parameters
    ----------
    verdict : whether it may be followed.
    what : which file is to be built; empty where it may not.
    options : with what.
    """

    verdict: Verdict
    what: str = ""
    options: dict[str, Any] | None = None


def offer_link(
    register: Register, handle: str, what: str, options: dict[str, Any], *, when: datetime
) -> str:
    """Return the key of a new link.

    Parameters
    ----------
    register : where links are kept.
    handle : the session that may follow it.
    what : which file is to be built.
    options : with what; plain enough for JSON, and nobody's name.
    when : time, with its zone.
    """
    key = secrets.token_urlsafe(KEY_BYTES)
    row = {
        "digest": hash_key(key),
        "handle": handle,
        "what": what,
        "options": json.dumps(options),
        "offered_at": when.isoformat(timespec="milliseconds"),
        "used": False,
    }
    with register.write() as connection:
        connection.execute(insert(LINKS), row)
    return key


def take_link(
    register: Register, key: str, handle: str, *, limits: Access, when: datetime
) -> Taken:
    """Use a link up and return what it leads to; somebody else's is left to its owner.

    Parameters
    ----------
    register : where links are kept.
    key : of the link.
    handle : session of whoever follows it.
    limits : how long a link lasts.
    when : time, with its zone.
    """
    digest = hash_key(key)
    with register.write() as connection:
        row = connection.execute(select(LINKS).where(LINKS.c.digest == digest)).mappings().first()
        if row is None:
            return Taken(Verdict.GONE)
        if row["handle"] != handle:
            return Taken(Verdict.FOREIGN)
        age = when - datetime.fromisoformat(row["offered_at"])
        if row["used"] or age >= timedelta(minutes=limits.number("export_min")):
            return Taken(Verdict.GONE)
        connection.execute(update(LINKS).where(LINKS.c.digest == digest).values(used=True))
    return Taken(Verdict.GOOD, row["what"], json.loads(row["options"]))
