"""Sessions on the server: what the browser holds is a random key, what the register holds is its hash.

A session ends when it is signed out, when nobody has used it for a while, at the latest after a working day,
and when its account is closed. A copied key is worth nothing after that.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from phusong.access.accounts import Account, read_row
from phusong.access.principals import Principal
from phusong.access.register import Register
from phusong.access.tables import ACCOUNTS, SESSIONS
from phusong.vocabulary.parameters import Access

KEY_BYTES = 32


@dataclass(frozen=True)
class Session:
    """Hold a session that stands.

    Parameters
    ----------
    handle : by which the server knows it: the hash of the key, from which the key cannot be made.
    principal : who asks, as the register has it now.
    """

    handle: str
    principal: Principal


def begin_session(register: Register, account: Account, *, when: datetime) -> str:
    """Begin a session and return its key, which is kept nowhere but in the browser.

    Parameters
    ----------
    register : where sessions are kept.
    account : who signs in.
    when : time, with its zone.
    """
    key = secrets.token_urlsafe(KEY_BYTES)
    moment = _write_time(when)
    row = {
        "handle": hash_key(key),
        "account_id": account.principal.account_id,
        "begun_at": moment,
        "seen_at": moment,
        "ended_at": None,
    }
    with register.write() as connection:
        connection.execute(insert(SESSIONS), row)
    return key


def find_session(
    register: Register, handle: str, *, limits: Access, when: datetime, used: bool
) -> Session | None:
    """Return the session of a handle as the register has it now; None where it does not stand.

    Parameters
    ----------
    register : where sessions are kept.
    handle : `hash_key` of what the browser sent.
    limits : how long a session may idle and last.
    when : time, with its zone.
    used : whether somebody does something, so that the session does not idle.
    """
    asked = (
        select(ACCOUNTS, SESSIONS.c.begun_at, SESSIONS.c.seen_at)
        .join(SESSIONS, SESSIONS.c.account_id == ACCOUNTS.c.account_id)
        .where(
            SESSIONS.c.handle == handle,
            SESSIONS.c.ended_at.is_(None),
            ACCOUNTS.c.closed_at.is_(None),
        )
    )
    with register.read() as connection:
        row = connection.execute(asked).mappings().first()
    if row is None or not _is_fresh(row, limits, when):
        return None
    if used:
        _touch(register, handle, row["seen_at"], limits, when)
    return Session(handle, read_row(row).principal)


def end_session(register: Register, handle: str, *, when: datetime) -> None:
    """End a session for good; one that has ended stays as it is."""
    ended = update(SESSIONS).where(SESSIONS.c.handle == handle, SESSIONS.c.ended_at.is_(None))
    with register.write() as connection:
        connection.execute(ended.values(ended_at=_write_time(when)))


def hash_key(key: str) -> str:
    """Return the handle of a key; 256 random bits need no salt."""
    return hashlib.sha256(key.encode()).hexdigest()


def _is_fresh(row: Any, limits: Access, when: datetime) -> bool:
    """Return whether a session has neither idled nor lasted too long."""
    begun, seen = (datetime.fromisoformat(row[name]) for name in ("begun_at", "seen_at"))
    idle = timedelta(minutes=limits.number("idle_min"))
    whole = timedelta(hours=limits.number("absolute_h"))
    return when - seen < idle and when - begun < whole


def _touch(register: Register, handle: str, seen_at: str, limits: Access, when: datetime) -> None:
    """Note that a session is used, not more often than needed: each note waits for the disk."""
    pause = timedelta(seconds=limits.number("recheck_s"))
    if when - datetime.fromisoformat(seen_at) < pause:
        return
    with register.write() as connection:
        connection.execute(
            update(SESSIONS).where(SESSIONS.c.handle == handle).values(seen_at=_write_time(when))
        )


def _write_time(when: datetime) -> str:
    """Return a time as the register keeps it."""
    return when.isoformat(timespec="milliseconds")
