"""Whoever changes the book behind its back is found out: a byte, a row, a guard, a tail cut off."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.ledger.books import APPROVER, DAY, acting, award, gift, lot, stock

from phusong.ledger.award_steps import approve
from phusong.ledger.chain import GENESIS, Anchor
from phusong.ledger.faults import Damaged, LedgerFault
from phusong.ledger.giving import pledge
from phusong.ledger.verifying import check_sound, verify_ledger

GUARDED = ("journal", "entries", "awards", "award_moves", "contributions", "lots", "stock_moves")


@pytest.fixture
def written(book):
    stock(book, lot(contribution_id="G1"))
    pledge(book, gift(), acting=acting())
    approve(book, award(book, "hs-a", "hs-b"), dated=DAY, acting=APPROVER)
    return book


def write(book, statement):
    """Run one statement, as anybody could who may write in the database."""
    with book.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text(statement))


def strike(book, *statements):
    """Run statements with guards and foreign keys away, as somebody could who owns the book."""
    if book.engine.dialect.name == "sqlite":
        strike_file(book.engine.url.database, statements)
        return
    with book.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            connection.execute(text(statement))


def strike_file(path, statements):
    """Take the guards away, run statements, and put the guards back so that nothing shows."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        guards = file.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        wanted = [
            *(f"DROP TRIGGER {name}" for name, _ in guards),
            *statements,
            *(sql for _, sql in guards),
        ]
        for statement in wanted:
            file.execute(statement)


def test_a_book_that_nobody_touched_verifies(written):
    verdict = verify_ledger(written)
    assert verdict.sound
    assert verdict.anchor == written.head()
    assert check_sound(written) == verdict


@pytest.mark.parametrize("table", GUARDED)
def test_the_database_lets_nobody_change_or_take_away_what_is_written(written, table):
    for statement in (f"UPDATE {table} SET line = line", f"DELETE FROM {table}"):
        told = (
            statement.replace("line = line", "number = number") if table == "journal" else statement
        )
        with pytest.raises(Exception, match="append-only"):
            write(written, told)
    assert verify_ledger(written).sound


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET why = 'theo lệnh khác' WHERE number = 3",
        "UPDATE journal SET \"at\" = '2020-01-01T00:00:00.000000+00:00' WHERE number = 2",
        "DELETE FROM journal WHERE number = 4",
        "UPDATE contributions SET pledged_vnd = 501",
        "UPDATE entries SET amount_vnd = 501 WHERE amount_vnd = 500",
        "UPDATE awards SET student_key = 'hs-z' WHERE award = 1",
        "UPDATE award_moves SET actor = 'x' WHERE state = 'approved'",
        "UPDATE standing SET state = 'confirmed' WHERE award = 1",
        "UPDATE stock SET taken = 1",
        "UPDATE balances SET pledged = 501 WHERE measure = 'vnd'",
        "DELETE FROM holds WHERE award = 1",
        "INSERT INTO holds (token, award) VALUES ('pupil:hs-q', 1)",
        "UPDATE head SET number = 1",
        "UPDATE lots SET quantity = 9",
    ],
)
def test_one_change_behind_its_back_is_found(written, statement):
    strike(written, statement)
    verdict = verify_ledger(written)
    assert not verdict.sound, statement
    with pytest.raises(Damaged, match="restore"):
        check_sound(written)


def test_a_guard_that_is_gone_is_found(written):
    name = (
        "entries_append_only ON entries"
        if written.engine.dialect.name == "postgresql"
        else "entries_no_delete"
    )
    write(written, f"DROP TRIGGER {name}")
    assert any("guard" in fault for fault in verify_ledger(written).faults)


def test_a_tail_cut_off_and_made_to_fit_is_found_by_an_older_report(file_book):
    pledge(file_book, gift(), acting=acting())
    kept = file_book.head()
    pledge(file_book, gift("G2", donor="B"), acting=acting())
    printed = str(file_book.head())
    strike(
        file_book,
        f"DELETE FROM journal WHERE number > {kept.number}",
        f"DELETE FROM contributions WHERE line > {kept.number}",
        f"DELETE FROM entries WHERE line > {kept.number}",
        "UPDATE balances SET pledged = 500",
        f"UPDATE head SET number = {kept.number}, hash = '{kept.hash}'",
    )
    assert verify_ledger(file_book).sound, "alone it cannot know"
    verdict = verify_ledger(file_book, Anchor.of(printed))
    assert not verdict.sound
    assert "cut off" in verdict.faults[0]
    assert verify_ledger(file_book, Anchor.of(str(kept))).sound


@pytest.mark.parametrize("printed", ["", "12", "x:y", "7:" + "a" * 10])
def test_an_anchor_that_is_none_is_refused(printed):
    with pytest.raises(LedgerFault, match="no anchor"):
        Anchor.of(printed)
    assert Anchor.of(f"0:{GENESIS}") == Anchor(0, GENESIS)


def test_every_byte_of_the_journal_counts(file_book):
    pledge(file_book, gift(note="a"), acting=acting())
    path = file_book.engine.url.database
    file_book.close()
    with file_book.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    file_book.close()
    with Path(path).open("rb+") as file:
        content = file.read()
        spot = content.rindex("theo kế hoạch".encode())
        file.seek(spot)
        file.write(b"T")
    assert not verify_ledger(file_book).sound
