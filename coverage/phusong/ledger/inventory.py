"""What has been put into store, as the tables that donors' lists were accepted into."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Table as SqlTable

from phusong.ledger.book import Ledger
from phusong.ledger.facts import read_latest
from phusong.ledger.tables import COMMITMENTS, LOTS, PACKAGES, WINDOWS
from phusong.vocabulary.schema import Table, conform_table, empty_table
from phusong.vocabulary.tables.book import BOOK


def list_lots(ledger: Ledger) -> pd.DataFrame:
    """Return table `accepted_lots` as it stands in the book; serials stay in the book."""
    return _list_latest(ledger, LOTS, BOOK["lots"])


def list_packages(ledger: Ledger) -> pd.DataFrame:
    """Return table `accepted_packages` as it stands in the book."""
    return _list_latest(ledger, PACKAGES, BOOK["packages"])


def list_commitments(ledger: Ledger) -> pd.DataFrame:
    """Return table `accepted_commitments` as it stands in the book."""
    return _list_latest(ledger, COMMITMENTS, BOOK["commitments"])


def _list_latest(ledger: Ledger, kept: SqlTable, declared: Table) -> pd.DataFrame:
    """Return the newest row of everything in a table, in order of its key."""
    with ledger.read() as connection:
        rows = list(read_latest(connection, kept).values())
    if not rows:
        return empty_table(declared)
    frame = pd.DataFrame(rows).reindex(columns=declared.names)
    dates = [c.name for c in declared.columns if c.holds == "date"]
    flags = [c.name for c in declared.columns if c.holds == "bool"]
    for name in dates:
        frame[name] = pd.to_datetime(frame[name])
    for name in flags:
        frame[name] = frame[name].map({0: False, 1: True}).astype("boolean")
    return conform_table(frame.sort_values(list(declared.key), ignore_index=True), declared)


def list_windows(ledger: Ledger) -> pd.DataFrame:
    """Return the campaigns with the day on which each opens and closes, the last to close at the end."""
    with ledger.read() as connection:
        rows = list(read_latest(connection, WINDOWS).values())
    frame = pd.DataFrame(rows, columns=[c.name for c in WINDOWS.columns])
    return frame.sort_values(["closes_on", "campaign"], ignore_index=True)
