"""The access log: who asked for what, why, and how much they were given; refusals too, names never."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
from sqlalchemy import insert, select

from phusong.access.principals import Principal
from phusong.access.register import Register
from phusong.access.tables import LOG


def log_access(
    register: Register,
    principal: Principal,
    what: str,
    *,
    when: datetime,
    subject: str = "",
    why: str = "",
    rows: int = 0,
    refused: bool = False,
) -> None:
    """Add a line to the access log.

    Parameters
    ----------
    register : where the log lies.
    principal : who asked.
    what : what was asked for or done, a fixed word.
    when : time, with its zone.
    subject : what it was about: a pseudonym, an account, a file; never a name.
    why : purpose, a word of a closed list.
    rows : how many rows were given [rows].
    refused : whether it was refused.
    """
    line = {
        "at": when.isoformat(timespec="seconds"),
        "account_id": principal.account_id,
        "role": str(principal.role),
        "organisation": principal.organisation,
        "what": what,
        "subject": subject,
        "why": why,
        "rows": rows,
        "refused": refused,
    }
    with register.write() as connection:
        connection.execute(insert(LOG), line)


def list_log(register: Register, *, last: int) -> pd.DataFrame:
    """Return the newest lines of the access log, newest first.

    Parameters
    ----------
    register : where the log lies.
    last : how many lines [rows].
    """
    names = [c.name for c in LOG.columns]
    with register.read() as connection:
        rows = connection.execute(select(LOG).order_by(LOG.c.number.desc()).limit(last)).all()
    return pd.DataFrame([tuple(r) for r in rows], columns=names)
