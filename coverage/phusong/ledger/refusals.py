"""What was tried against the rules, in the journal: each attempt once, however often it is repeated."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from phusong.ledger.faults import Refusal
from phusong.ledger.tables import JOURNAL
from phusong.ledger.writing import Writing

#: Kinds of lines: something was refused; the same was tried again by the same person, and refused again.
REFUSED, REFUSED_AGAIN = "refusal", "refused again"


def record_refusal(writing: Writing, *refusals: Refusal) -> None:
    """Keep in the journal what was refused; a repeated attempt is kept too, and counts once.

    Parameters
    ----------
    writing : the command at work.
    refusals : what was refused.
    """
    if not refusals:
        return
    known = _list_attempts(writing)
    for refusal in refusals:
        attempt = (refusal.subject, _identify(refusal.told))
        kind = REFUSED_AGAIN if attempt in known else REFUSED
        writing.record(kind, refusal.subject, after=refusal.told)
        known.add(attempt)


def _list_attempts(writing: Writing) -> set[tuple[str, str]]:
    """Return what the same person has tried before by the same action."""
    acting = writing.acting
    asked = select(JOURNAL.c.subject, JOURNAL.c.after).where(
        JOURNAL.c.kind == REFUSED,
        JOURNAL.c.action == writing.action,
        JOURNAL.c.role == acting.role,
        JOURNAL.c.organisation == acting.organisation,
        JOURNAL.c.account == acting.account,
    )
    lines = writing.connection.execute(asked)
    return {(subject, _identify(json.loads(after))) for subject, after in lines}


def _identify(told: Mapping[str, Any]) -> str:
    """Return what makes two refusals about one subject the same: the award that is cited, else the words.

    That award may have gone on meanwhile, from proposed to approved, and be cited in other words.
    """
    first = told.get("first")
    return f"{told['about']} {first['award']}" if first else f"{told['about']} {told['told']}"
