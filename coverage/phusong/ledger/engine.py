"""Open the database: SQLite with WAL, full syncs and writers one after another, or PostgreSQL by URL."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from phusong.ledger.faults import Damaged, Unavailable
from phusong.ledger.last_seen import name_restore

OWNER_ONLY, OTHERS = 0o600, 0o077
#: How long a writer waits for the one before [s].
WAIT_S = 10
#: Name of the ledger's file in a folder.
FILE_NAME = "phusong.ledger"
#: With what every database of SQLite begins.
SIGNATURE = b"SQLite format 3\0"
SQLITE, POSTGRESQL = "sqlite", "postgresql"
_PRAGMAS = (
    f"PRAGMA busy_timeout = {WAIT_S * 1000}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
)


def name_url(where: str | Path) -> str:
    """Return the URL of a ledger: a URL as it is, a file by its path, in a folder the file `phusong.ledger`.

    Raises
    ------
    Unavailable
        If it is a URL of a database that the book does not know.
    """
    text = str(where)
    if "://" not in text:
        path = Path(where)
        return f"sqlite:///{path / FILE_NAME if path.is_dir() else path}"
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise Unavailable(f"“{text}” is no URL of a database") from error
    backend = url.get_backend_name()
    if backend not in (SQLITE, POSTGRESQL):
        cure = "use sqlite:///FILE or postgresql://…"
        raise Unavailable(f"the book cannot lie in {backend}", cure=cure)
    if backend == POSTGRESQL:
        url = url.set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)


def find_file(url: str) -> Path | None:
    """Return the file of a SQLite ledger; None for another database."""
    parsed = make_url(url)
    if parsed.get_backend_name() != SQLITE:
        return None
    name = parsed.database or ""
    return Path(name.removeprefix("file:").partition("?")[0])


def make_file(path: Path) -> None:
    """Make an empty file, which its owner alone can read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))


def check_file(path: Path) -> None:
    """Refuse a file that is not there, that others may read, or that is no book.

    Raises
    ------
    Unavailable, Damaged
        With what to do.
    """
    if path.exists() and not path.is_file():
        cure = "name the book's file, or the folder in which it lies"
        raise Unavailable("this is no file", file=str(path), cure=cure)
    if not path.is_file():
        cure = "make one: phusong ledger init"
        raise Unavailable("there is no ledger here", file=str(path), cure=cure)
    if os.name == "posix" and path.stat().st_mode & OTHERS:
        cure = f"close it: chmod 600 {path.name}"
        raise Unavailable("others may read the ledger", file=str(path), cure=cure)
    check_content(path)


def check_content(path: Path) -> None:
    """Refuse a file that is no database by its first bytes; it is left as it is.

    Raises
    ------
    Damaged
        With how the book is brought back.
    """
    with path.open("rb") as stream:
        start = stream.read(len(SIGNATURE))
    if not start:
        raise Damaged("this file is empty and no book", file=str(path), cure=name_restore(path))
    if start != SIGNATURE:
        raise Damaged("this file is no book", file=str(path), cure=name_restore(path))


def make_engine(url: str) -> Engine:
    """Return the engine of a database, which begins every writing transaction with a lock."""
    path = find_file(url)
    if path is None:
        engine = create_engine(url, pool_pre_ping=True)
        event.listen(engine, "begin", _begin_postgresql)
        return engine
    engine = create_engine(_name_readable(path) or url, poolclass=NullPool)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _name_readable(path: Path) -> str | None:
    """Return the URL under which a book in a folder that cannot be written is read; None where it can be.

    SQLite keeps files beside a book with WAL, also to read it. Where it cannot make them, the book is opened
    as one that nobody changes, unless such files are there and hold what is not in the book yet.
    """
    if not path.exists() or os.access(path.parent, os.W_OK):
        return None
    rest = path.with_name(f"{path.name}-wal")
    still = "" if rest.exists() and rest.stat().st_size else "&immutable=1"
    return f"sqlite:///file:{quote(str(path.resolve()))}?mode=ro{still}&uri=true"


def _set_pragmas(connection: Any, _record: Any) -> None:
    """Set what SQLite forgets with every connection, and take the transactions into our own hands."""
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    """Take the lock at once where something will be written: a reader that turns writer can only fail."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    """Read from one snapshot; write one after another, each waiting for the head of the journal."""
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT_S}s'")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def set_wal(engine: Engine) -> None:
    """Let readers and a writer work at the same time; SQLite keeps this in the file.

    Raises
    ------
    sqlite3.Error
        As the driver raises it, since no statement of ours is at work.
    """
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()
