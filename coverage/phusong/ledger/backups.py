"""Copies of the book: one file, itself a ledger in SQLite, whatever database the book lies in.

A copy can therefore be opened, verified and read with the same commands, and a book can move from one
database to the other through its copy.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select
from sqlalchemy.exc import DBAPIError

from phusong.ledger.book import Ledger, create_ledger, open_ledger
from phusong.ledger.engine import find_file, make_file, name_url
from phusong.ledger.faults import Damaged, LedgerFault, Unavailable
from phusong.ledger.last_seen import forget_last_seen, save_last_seen
from phusong.ledger.tables import ADDED, DERIVED, HEAD, JOURNAL
from phusong.ledger.troubles import tell_trouble
from phusong.ledger.verifying import Verdict, check_sound

#: Rows copied at once.
_CHUNK = 2000
_STAMP = "%Y%m%d-%H%M%S"


def backup_ledger(ledger: Ledger, folder: Path, *, at: datetime) -> tuple[Path, Verdict]:
    """Write a dated copy that its owner alone can read, verify it, and return it with its verdict.

    Parameters
    ----------
    ledger : the book, which may be written meanwhile: the copy is of one moment.
    folder : where the copy goes.
    at : time that names it.

    Raises
    ------
    Damaged
        If the copy does not verify, so that nobody trusts it.
    Unavailable
        If it cannot be written; what was begun is taken away.
    """
    path = folder / f"phusong-{at.strftime(_STAMP)}.ledger"
    try:
        make_file(path)
    except FileExistsError as error:
        raise LedgerFault("there is a copy of this very second", file=str(path)) from error
    except OSError as error:
        raise Unavailable(f"no copy can be made ({error.strerror})", file=str(path)) from error
    try:
        _copy_out(ledger, path)
        _sync(path)
        verdict = check_sound(open_ledger(path))
        if (file := find_file(ledger.url)) is not None:
            save_last_seen(file, anchor=verdict.anchor, copy=path)
        return path, verdict
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _copy_out(ledger: Ledger, path: Path) -> None:
    """Copy the book as it is at this moment into an empty file."""
    if find_file(ledger.url) is None:
        path.unlink()
        copy = create_ledger(path)
        with ledger.read() as source:
            _copy_rows(source, copy)
        _leave_wal(copy)
        return
    try:
        with ledger.engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute("VACUUM INTO ?", (str(path),))
    except DBAPIError as error:
        raise tell_trouble(error, ledger.url) from error
    except Exception as error:
        raise Unavailable(f"the copy could not be written ({error})", file=str(path)) from error


def _copy_rows(source: Connection, target: Ledger) -> None:
    """Copy every table from one moment of a book into an empty one."""
    try:
        with (
            target.engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            connection.execute(delete(HEAD))
            for table in (JOURNAL, *ADDED, *DERIVED):
                _copy_table(source, connection, table)
    except DBAPIError as error:
        raise tell_trouble(error, target.url) from error


def _copy_table(source: Connection, target: Connection, table: Table) -> None:
    """Copy one table, in the order of its key."""
    rows = source.execute(select(table).order_by(*table.primary_key.columns)).mappings()
    while part := rows.fetchmany(_CHUNK):
        target.execute(insert(table), [dict(r) for r in part])


def _leave_wal(copy: Ledger) -> None:
    """Bring everything into the one file of a copy."""
    raw = copy.engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = DELETE")
    finally:
        raw.close()


def _sync(path: Path) -> None:
    """Wait until the copy lies on the disk."""
    handle = os.open(path, os.O_RDWR)  # Windows syncs nothing that is open for reading alone
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def restore_ledger(copy: Path, where: str | Path) -> tuple[Ledger, Verdict]:
    """Make the book out of a copy, and return it with its verdict.

    A file in its place that is no sound book is set aside under another name, and never overwritten.

    Parameters
    ----------
    copy : a file of `backup_ledger`.
    where : URL, file or folder where no book is yet, an empty one, or a damaged one.

    Raises
    ------
    Damaged
        If the copy does not verify; nothing is made of it.
    LedgerFault
        If there is a book already.
    """
    source = open_ledger(copy)
    check_sound(source)
    path = find_file(name_url(where))
    if path is not None:
        _set_aside(path)
    ledger = create_ledger(where)
    if ledger.head().number:
        cure = "name another place, or move the book there away first"
        raise LedgerFault("a book is there already, and is not overwritten", cure=cure)
    with source.read() as connection:
        _copy_rows(connection, ledger)
    verdict = check_sound(ledger)
    if path is not None:
        save_last_seen(path, anchor=verdict.anchor, copy=copy)
    return ledger, verdict


def _set_aside(path: Path) -> None:
    """Give a file that is no sound book another name, with what SQLite left beside it."""
    if not path.is_file():
        forget_last_seen(path)
        return
    try:
        ledger = open_ledger(path)
        check_sound(ledger)
        ledger.close()
    except Damaged:
        stamp = datetime.now(UTC).strftime(_STAMP)
        for ending in ("", "-wal", "-shm"):
            beside = path.with_name(path.name + ending)
            if beside.exists():
                beside.rename(beside.with_name(f"{beside.name}.damaged-{stamp}"))
        forget_last_seen(path)
