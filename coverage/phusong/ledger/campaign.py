"""When the campaign runs, and on which platforms lessons are free: dates and lists are data."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table

from phusong.ledger.acting import Acting
from phusong.ledger.book import Ledger
from phusong.ledger.facts import is_told_again, read_latest
from phusong.ledger.faults import LedgerFault
from phusong.ledger.giving import CHANGED, NEW, SAME
from phusong.ledger.tables import PLATFORMS, WINDOWS, ZERO_RATINGS
from phusong.ledger.writing import Writing


def set_window(
    ledger: Ledger, campaign: str, *, opens_on: str, closes_on: str, basis: str, acting: Acting
) -> str:
    """Say when a campaign opens and closes, both days counted, and on which document that rests.

    Returns
    -------
    ``new``, ``changed`` or ``same``.
    """
    if closes_on < opens_on:
        raise LedgerFault(f"{campaign} would close on {closes_on}, before it opens on {opens_on}")
    told = {"campaign": campaign, "opens_on": opens_on, "closes_on": closes_on, "basis": basis}
    return _tell(ledger, WINDOWS, (campaign,), told, acting)


def list_platform(
    ledger: Ledger, platform: str, *, owner: str, address: str, listed: bool, acting: Acting
) -> str:
    """Put a free learning platform on the list, or take it off.

    Returns
    -------
    ``new``, ``changed`` or ``same``.
    """
    told = {"platform": platform, "owner": owner, "address": address, "listed": int(listed)}
    return _tell(ledger, PLATFORMS, (platform,), told, acting)


def rate_platform(
    ledger: Ledger, platform: str, operator: str, *, free: bool, since: str, acting: Acting
) -> str:
    """Say since when an operator counts a platform's data as free of charge, or no more.

    Returns
    -------
    ``new``, ``changed`` or ``same``.
    """
    told = {"platform": platform, "operator": operator, "free": int(free), "since": since}
    return _tell(ledger, ZERO_RATINGS, (platform, operator), told, acting)


def _tell(
    ledger: Ledger, table: Table, key: tuple[str, ...], told: dict[str, Any], acting: Acting
) -> str:
    """Write down the next version of a fact, unless it says what is known."""

    def _work(writing: Writing) -> str:
        every = read_latest(writing.connection, table, [key[0]])
        known = every.get(key[0] if len(key) == 1 else key)
        if is_told_again(told, known, table):
            return SAME
        row = {**told, "version": known["version"] + 1 if known else 1}
        writing.record(table.name, " ".join(key), {table: [row]}, before=known)
        return CHANGED if known else NEW

    return str(ledger.run("register", acting, {table.name: told}, _work))
