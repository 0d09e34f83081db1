"""The register: one small SQLite file that its owner alone can read, apart from results and from the book."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from phusong.access.tables import METADATA
from phusong.ledger.engine import OTHERS, SIGNATURE, make_engine, make_file, set_wal
from phusong.vocabulary.errors import SourceFault

#: Name of the register in an output folder.
REGISTER_NAME = "phusong.access"


class Register:
    """Keep accounts, sessions, links and the access log.

    Parameters
    ----------
    path : the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine: Engine = make_engine(f"sqlite:///{path}")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees the register as it is now."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection in a transaction that holds the lock of writers."""
        connection = self._engine.connect().execution_options(writes=True)
        with connection, connection.begin():
            yield connection


def open_register(path: Path) -> Register:
    """Return the register in a file, which is made where there is none.

    Parameters
    ----------
    path : file, mode 0600.

    Raises
    ------
    SourceFault
        If the file is a link, no plain file, open to others, or cannot be written.
    """
    fresh = not path.is_symlink() and not path.exists()
    if fresh:
        make_file(path)
    _check_file(path)
    register = Register(path)
    try:
        if fresh:
            set_wal(register._engine)
        with register.write() as connection:
            METADATA.create_all(connection)
    except OperationalError as error:
        what = "accounts and sessions cannot be kept here"
        cure = "name a place that can be written: --register FILE"
        raise SourceFault(what, file=str(path), cure=cure) from error
    return register


def _check_file(path: Path) -> None:
    """Refuse a register that others may read."""
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        cure = "put the file itself there"
        raise SourceFault("the register of accounts is no plain file", file=str(path), cure=cure)
    if os.name == "posix" and status.st_mode & OTHERS:
        cure = f"close it: chmod 600 {path.name}"
        raise SourceFault("others may read the register of accounts", file=str(path), cure=cure)
    with path.open("rb") as stream:
        start = stream.read(len(SIGNATURE))
    if start not in (b"", SIGNATURE):  # nothing yet: another process is making it at this moment
        cure = "put its copy back, or move it away and open the accounts anew"
        raise SourceFault("this is no register of accounts", file=str(path), cure=cure)
