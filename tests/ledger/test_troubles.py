"""What goes wrong around a book: a full disk, a read-only file, other eyes, a clock set back; never half a state."""

import os
import shutil
import sqlite3
import stat
import subprocess
from datetime import UTC, datetime

import pytest
from sqlalchemy import event
from tests.ledger.books import acting, gift

from phusong.ledger.book import create_ledger, open_ledger
from phusong.ledger.engine import name_url
from phusong.ledger.faults import Damaged, LedgerFault, Unavailable
from phusong.ledger.giving import pledge, take_contributions
from phusong.ledger.queries import list_contributions
from phusong.ledger.verifying import verify_ledger


def fill_disk(ledger):
    """Let the database have no more pages than it has: to SQLite that is a disk without room."""

    def _limit(connection, _record):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(ledger.engine, "connect", _limit)


def test_a_full_disk_is_told_and_leaves_nothing_half_done(file_book):
    pledge(file_book, gift(), acting=acting())
    before = file_book.head()
    fill_disk(file_book)
    many = [gift(f"M{n}", donor=f"Công ty {n}", note="x" * 400) for n in range(2_000)]
    with pytest.raises(Unavailable, match="disk is full") as told:
        take_contributions(file_book, many, acting=acting())
    assert "make room" in str(told.value)
    file_book.close()
    again = open_ledger(file_book.url)
    assert again.head() == before
    assert list_contributions(again)["contribution_id"].tolist() == ["G1"]
    assert verify_ledger(again).sound
    pledge(again, gift("G2", donor="B"), acting=acting())
    again.close()


@pytest.mark.skipif(
    os.getuid() != 0 or not shutil.which("mount"), reason="only root mounts a small disk"
)
def test_a_small_disk_that_runs_full_loses_nothing(tmp_path):

    place = tmp_path / "small"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place], check=False)
    if done.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        ledger = create_ledger(place / "book.ledger")
        kept = 0
        with pytest.raises(LedgerFault):
            for n in range(10_000):
                pledge(
                    ledger, gift(f"G{n}", donor=f"Công ty {n}", note="x" * 3_000), acting=acting()
                )
                kept += 1
        assert kept > 0
        assert len(list_contributions(ledger)) == kept
        assert verify_ledger(ledger).sound
        ledger.close()
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def test_a_read_only_book_can_be_read_and_says_so_when_written(file_book):
    pledge(file_book, gift(), acting=acting())
    path = file_book.engine.url.database
    locked = open_ledger(f"sqlite:///file:{path}?mode=ro&uri=true")
    assert list_contributions(locked)["contribution_id"].tolist() == ["G1"]
    with pytest.raises(Unavailable, match="only be read"):
        pledge(locked, gift("G2", donor="B"), acting=acting())
    locked.close()
    assert verify_ledger(file_book).lines == 2


def test_a_clock_set_back_is_seen_and_is_no_fault(book):
    pledge(book, gift(), acting=acting(at=datetime(2021, 9, 24, 9, tzinfo=UTC)))
    pledge(book, gift("G2", donor="B"), acting=acting(at=datetime(2021, 9, 23, 9, tzinfo=UTC)))
    verdict = verify_ledger(book)
    assert (verdict.sound, verdict.clock_steps_back) == (True, 1)


def test_a_book_is_its_owners_alone(tmp_path):
    ledger = create_ledger(tmp_path / "book.ledger")
    ledger.close()
    path = tmp_path / "book.ledger"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o640)
    with pytest.raises(Unavailable, match="chmod 600"):
        open_ledger(path)


def test_a_book_that_waits_for_another_writer_says_so(file_book, monkeypatch):
    path = file_book.engine.url.database
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    def _hurry(connection, _record):
        connection.execute("PRAGMA busy_timeout = 20")

    event.listen(file_book.engine, "connect", _hurry)
    with pytest.raises(Unavailable, match="somebody else is writing"):
        pledge(file_book, gift(), acting=acting())
    other.execute("ROLLBACK")
    other.close()
    pledge(file_book, gift(), acting=acting())


@pytest.mark.parametrize("where", ["mysql://x/y", "nonsense://", "http://example.org/book"])
def test_a_database_that_is_none_is_refused_in_words(where):
    with pytest.raises(LedgerFault):
        create_ledger(where)


def test_no_book_and_no_server_are_told_with_what_to_do(tmp_path):
    with pytest.raises(Unavailable, match="ledger init"):
        open_ledger(tmp_path / "none.ledger")
    with pytest.raises(Unavailable):
        open_ledger(f"postgresql://nobody@/none?host={tmp_path}")


def test_a_file_that_is_no_book_is_refused_without_its_bytes(tmp_path):
    path = tmp_path / "book.ledger"
    path.write_bytes(b"Nguyen Van A, 0900 000 123 " * 200)
    path.chmod(0o600)
    with pytest.raises((Damaged, Unavailable)) as told:
        open_ledger(path)
    assert "0900" not in str(told.value)


def test_a_password_stands_in_no_message(tmp_path):
    url = f"postgresql://somebody:bi-mat@/none?host={tmp_path}"
    with pytest.raises(Unavailable) as told:
        open_ledger(url)
    assert "bi-mat" not in str(told.value)
    assert name_url(tmp_path).endswith("phusong.ledger")


def test_a_command_that_breaks_in_the_middle_writes_nothing(book):
    def _break(writing):
        writing.record("organisation", "x")
        writing.flush()
        raise RuntimeError("the light went out")

    before = book.head()
    with pytest.raises(RuntimeError):
        book.run("register", acting(), {"x": 1}, _break)
    assert book.head() == before
    assert verify_ledger(book).sound
