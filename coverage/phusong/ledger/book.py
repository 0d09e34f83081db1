"""The book itself: make it, open it, read it in one snapshot, run commands on it wholly or not at all."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import SQLAlchemyError

from phusong.ledger.acting import Acting
from phusong.ledger.chain import Anchor, write_canonical
from phusong.ledger.engine import (
    check_file,
    find_file,
    make_engine,
    make_file,
    name_url,
    set_wal,
)
from phusong.ledger.faults import Damaged, LedgerFault, Refusal, Unavailable
from phusong.ledger.last_seen import name_restore, read_last_seen, save_last_seen
from phusong.ledger.privacy import check_entry
from phusong.ledger.refusals import record_refusal
from phusong.ledger.tables import HEAD, JOURNAL
from phusong.ledger.troubles import DRIVER_ERRORS, tell_trouble
from phusong.ledger.writing import Writing
from phusong.vocabulary.errors import describe_os_error

#: The edition of the tables that this program works with: the last migration.
EDITION = "0004"
Work = Callable[[Writing], Any]


class Ledger:
    """Read and write one book.

    Parameters
    ----------
    url : where it lies.
    engine : how it is reached.
    """

    def __init__(self, url: str, engine: Engine) -> None:
        self.url, self.engine = url, engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees the book as it is now, whatever is written meanwhile."""
        try:
            with self.engine.connect() as connection, connection.begin():
                yield connection
        except DRIVER_ERRORS as error:
            raise tell_trouble(error, self.url) from error

    def run(self, action: str, acting: Acting, request: Mapping[str, Any], work: Work) -> Any:
        """Run a command: all of it, once, in the order in which the lock was given.

        Parameters
        ----------
        action : a word of `acting.MAY`.
        acting : who, why, when; its key makes a repeated command answer as it did.
        request : what is asked, to tell a repeated command from another one under the same key.
        work : what writes the rows; its answer must be plain enough for JSON.

        Returns
        -------
        what `work` answers.

        Raises
        ------
        Refusal
            If the rules forbid it; the journal says that it was tried.
        LedgerFault
            If it cannot be done; nothing of it is written.
        """
        check_entry(request)
        asked = write_canonical({"action": action, **request})
        digest = hashlib.sha256(asked.encode()).hexdigest()
        try:
            with self._write() as connection:
                # the lock first: an answer may have been given while this one waited
                writing = Writing(connection, acting, action)
                known = _find_answer(connection, acting.key, digest)
                if known is not None:
                    return json.loads(known)
                acting.check_may(action)
                result = work(writing)
                end = writing.close(digest, result)
        except Refusal as refusal:
            self._note_refusal(action, acting, refusal)
            raise
        self._keep_end(end)
        return result

    def _keep_end(self, end: Anchor) -> None:
        """Keep beside a file how far the book goes, now that it lies on the disk."""
        if (path := find_file(self.url)) is not None:
            save_last_seen(path, anchor=end)

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        """Give a connection in a transaction that holds the lock of writers."""
        try:
            with (
                self.engine.connect().execution_options(writes=True) as connection,
                connection.begin(),
            ):
                yield connection
        except DRIVER_ERRORS as error:
            raise tell_trouble(error, self.url) from error
        except OverflowError as error:
            raise LedgerFault("a number is larger than the book can hold") from error

    def _note_refusal(self, action: str, acting: Acting, refusal: Refusal) -> None:
        """Keep in the journal what was refused; where even that cannot be written, the refusal stands."""
        with suppress(LedgerFault):
            with self._write() as connection:
                writing = Writing(connection, acting, action)
                record_refusal(writing, refusal)
                end = writing.close()
            self._keep_end(end)

    def head(self) -> Anchor:
        """Return the last line of the journal and its seal."""
        with self.read() as connection:
            number, seal = connection.execute(select(HEAD.c.number, HEAD.c.hash)).one()
        return Anchor(int(number), str(seal))

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def _find_answer(connection: Connection, key: str, digest: str) -> str | None:
    """Return what a command was answered that has been run before under the same key."""
    if not key:
        return None
    asked = select(JOURNAL.c.request, JOURNAL.c.result).where(JOURNAL.c.command_key == key)
    known = connection.execute(asked).one_or_none()
    if known is None:
        return None
    if known.request != digest:
        cure = "give every new command a key of its own"
        raise LedgerFault(f"the key “{key}” has been used for another command", cure=cure)
    return str(known.result)


def create_ledger(where: str | Path) -> Ledger:
    """Make the book where no file is, or bring an older one up to this edition, and return it open.

    Parameters
    ----------
    where : URL, file, or folder in which the file `phusong.ledger` will lie.

    Raises
    ------
    Unavailable, Damaged
        If none can be made there, or what lies there is no book; it is left as it is.
    """
    url = name_url(where)
    path = find_file(url)
    if path is not None and not path.exists():
        _make_whole(path)
    ledger = _reach(url)
    try:
        if path is not None:
            _check_edition(ledger, path)
        _bring_up(ledger)
    except LedgerFault:
        ledger.close()
        raise
    return ledger


def _make_whole(path: Path) -> None:
    """Make a book beside its place, and move it there when it is whole."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.unlink(missing_ok=True)
        make_file(draft)
        ledger = Ledger(f"sqlite:///{draft}", make_engine(f"sqlite:///{draft}"))
        try:
            _bring_up(ledger)
        finally:
            ledger.close()
        _place_once(draft, path)
    except OSError as error:
        fault = describe_os_error(error, file=str(path))
        what = fault.message if fault else str(error.strerror)
        raise Unavailable(
            f"no ledger can be made: {what}", file=str(path), cure=fault.cure if fault else ""
        ) from error
    finally:
        for ending in ("", "-wal", "-shm"):
            with suppress(OSError):
                draft.with_name(draft.name + ending).unlink(missing_ok=True)


def _place_once(draft: Path, path: Path) -> None:
    """Give a file its name, unless another has it already."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return  # somebody else has made the book in this very moment
    except OSError:  # a disk without links
        draft.rename(path)


def _bring_up(ledger: Ledger) -> None:
    """Bring the tables to the last edition, in one transaction."""
    try:
        if find_file(ledger.url) is not None:
            set_wal(ledger.engine)
        with (
            ledger.engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            _migrate(connection, "head")
    except DRIVER_ERRORS as error:
        raise tell_trouble(error, ledger.url) from error


def _check_edition(ledger: Ledger, path: Path) -> str:
    """Return the edition of a book in a file; refuse a database that holds something else."""
    edition = _find_edition(ledger)
    if not edition:
        what = "this database holds no book"
        raise Damaged(what, file=str(path), cure=name_restore(path))
    return edition


def open_ledger(where: str | Path) -> Ledger:
    """Open a book that has been made.

    Raises
    ------
    Unavailable
        If there is none, others may read it, or it is of another edition.
    Damaged
        If it is no book, or ends before the line that was last seen of it.
    """
    ledger = _reach(name_url(where))
    try:
        _check_open(ledger)
    except LedgerFault:
        ledger.close()
        raise
    return ledger


def _check_open(ledger: Ledger) -> None:
    """Refuse a book of another edition, and one that has become shorter or another one."""
    path = find_file(ledger.url)
    edition = _find_edition(ledger) if path is None else _check_edition(ledger, path)
    if not edition:
        raise Unavailable("this database holds no book yet", cure="make it: phusong ledger init")
    if edition != EDITION:
        what = f"the ledger is of edition {edition}, this program works with {EDITION}"
        raise Unavailable(what, cure="back it up, then: phusong ledger init")
    if path is not None:
        _check_end(ledger, path)


def _check_end(ledger: Ledger, path: Path) -> None:
    """Refuse a book in which the line that was last seen of it is missing, or says something else."""
    seen = read_last_seen(path).anchor
    if not seen.number:
        return
    with ledger.read() as connection:
        asked = select(JOURNAL.c.hash).where(JOURNAL.c.number == seen.number)
        found = connection.execute(asked).scalar_one_or_none()
        last = connection.execute(select(HEAD.c.number)).scalar_one_or_none()
    if found != seen.hash:
        what = (
            f"the book ends at line {last or 0}, and had line {seen.number} when it was last seen"
        )
        if found is not None:
            what = f"line {seen.number} of the book is not the one that was last seen"
        raise Damaged(what, file=str(path), cure=name_restore(path))


def migrate_ledger(ledger: Ledger, edition: str) -> None:
    """Bring the tables of a book to another edition, up or down, in one transaction.

    Parameters
    ----------
    ledger : opened by `create_ledger`.
    edition : number of a migration, ``head``, or ``base`` to take an empty book away.
    """
    with ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
        known = _ask_edition(connection)
        if edition == "head" or (edition != "base" and edition > known):
            _migrate(connection, edition)
        else:
            _unmigrate(connection, edition)


def _reach(url: str) -> Ledger:
    """Return the book at a URL, its file checked."""
    path = find_file(url)
    if path is not None:
        check_file(path)
    try:
        return Ledger(url, make_engine(url))
    except SQLAlchemyError as error:
        raise Unavailable(f"the database cannot be used ({error})") from error


def _find_edition(ledger: Ledger) -> str | None:
    """Return the edition of the tables; None where there are none."""
    try:
        with ledger.engine.connect() as connection, connection.begin():
            return _ask_edition(connection)
    except DRIVER_ERRORS as error:
        if isinstance(trouble := tell_trouble(error, ledger.url), Unavailable | Damaged):
            raise trouble from error
        return None


def _ask_edition(connection: Connection) -> str:
    """Return the edition that the tables say they are of."""
    found = connection.execute(text("SELECT version_num FROM alembic_version"))
    return str(found.scalar_one_or_none() or "")


def _migrate(connection: Connection, edition: str) -> None:
    """Bring the tables up."""
    from alembic import command  # noqa: PLC0415  (slow to import, and rarely needed)

    command.upgrade(_configure(connection), edition)


def _unmigrate(connection: Connection, edition: str) -> None:
    """Bring the tables down."""
    from alembic import command  # noqa: PLC0415  (slow to import, and rarely needed)

    command.downgrade(_configure(connection), edition)


def _configure(connection: Connection) -> Any:
    """Return what Alembic must know; the migrations lie beside this file."""
    from alembic.config import Config  # noqa: PLC0415  (slow to import, and rarely needed)

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
