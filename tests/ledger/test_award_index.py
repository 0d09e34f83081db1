"""Awards in memory say what the book says, after whatever was done, and read only what was added."""

import shutil

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event
from tests.ledger.books import APPROVER, DAY, SCHOOL, acting, award, lot, stock

from phusong.ledger.award_index import AwardIndex
from phusong.ledger.award_steps import approve, cancel, confirm, hand_over, lose, take_back
from phusong.ledger.book import create_ledger, open_ledger
from phusong.ledger.faults import LedgerFault
from phusong.ledger.queries import list_awards
from phusong.ledger.stories import follow_pupil


def write(column):
    """Return the values of a column, empty text for none."""
    return [value if isinstance(value, str) else "" for value in column]


def compare(ledger, index):
    """Hold what is in memory against what the book tells."""
    told, table = list_awards(ledger), index.read()
    kept = table.take(np.arange(len(table.facts)))
    assert kept["award"].tolist() == told["award"].tolist()
    for name in ("student_key", "lot_id", "package_id", "tier", "level", "state"):
        assert write(kept[name]) == write(told[name])
    for name in (c for c in told if c.endswith("_on")):
        days = pd.to_datetime(kept[name]).dt.strftime("%Y-%m-%d").fillna("")
        assert days.tolist() == write(told[name])


def test_it_says_what_the_book_says_after_each_step(book):
    index = AwardIndex(book)
    compare(book, index)
    stock(book)
    first = award(book, "hs-a", "hs-b", "hs-c")
    compare(book, index)
    approve(book, first, dated=DAY, acting=APPROVER)
    hand_over(book, first[:2], dated=DAY, acting=SCHOOL, record="BB-1")
    compare(book, index)
    (last,) = award(book, "hs-d")
    confirm(book, first[:1], dated=DAY, acting=SCHOOL)
    take_back(book, first[1], fit=True, dated=DAY, acting=SCHOOL)
    cancel(book, last, dated=DAY, acting=acting())
    compare(book, index)
    assert index.read().find_positions([first[0], 99, 0]).tolist() == [0, -1, -1]


STEPS = st.lists(st.tuples(st.sampled_from("pahcrlx"), st.integers(1, 6)), max_size=14)


@given(steps=STEPS)
@settings(deadline=None, max_examples=15)
def test_whatever_is_done_in_whatever_order(tmp_path_factory, steps):
    ledger = create_ledger(tmp_path_factory.mktemp("law") / "book.ledger")
    index = AwardIndex(ledger)
    stock(ledger, lot(quantity=99))
    do = {
        "p": lambda n: award(ledger, f"hs-{n}"),
        "a": lambda n: approve(ledger, [n], dated=DAY, acting=APPROVER),
        "h": lambda n: hand_over(ledger, [n], dated=DAY, acting=SCHOOL, record="B"),
        "c": lambda n: confirm(ledger, [n], dated=DAY, acting=SCHOOL),
        "r": lambda n: take_back(ledger, n, fit=True, dated=DAY, acting=SCHOOL),
        "l": lambda n: lose(ledger, n, dated=DAY, acting=SCHOOL),
        "x": lambda n: cancel(ledger, n, dated=DAY, acting=acting()),
    }
    for step, number in steps:
        try:
            do[step](number)
        except (LedgerFault, KeyError):
            continue
        compare(ledger, index)
    ledger.close()


def count_rows(read):
    """Return how many rows a SQLite book gives while something is read."""
    rows = []

    def _connect(connection, _record):
        connection.row_factory = lambda _, row: rows.append(row) or row

    event.listen(Engine, "connect", _connect)
    try:
        read()
    finally:
        event.remove(Engine, "connect", _connect)
    return len(rows)


def test_it_reads_what_was_added_and_nothing_else(tmp_path):
    ledger = create_ledger(tmp_path / "book.ledger")
    index = AwardIndex(ledger)
    stock(ledger, lot(quantity=99))
    numbers = award(ledger, *(f"hs-{n}" for n in range(60)))
    assert count_rows(index.read) >= 120, "awards and moves, the first time"
    before = index.read()
    assert count_rows(index.read) == 1 and index.read() is before, "the last line of the journal"
    approve(ledger, numbers[:2], dated=DAY, acting=APPROVER)
    assert count_rows(index.read) <= 5, "two moves, and the lines that join old and new"
    ledger.close()


def test_another_book_in_its_place_is_read_from_the_start(tmp_path):
    where, copy = tmp_path / "book.ledger", tmp_path / "copy.ledger"
    ledger = create_ledger(where)
    stock(ledger)
    ledger.close()
    shutil.copy(where, copy)
    ledger = open_ledger(where)
    index = AwardIndex(ledger)
    award(ledger, "hs-a", "hs-b")
    assert len(index.read().facts) == 2
    other = open_ledger(copy)
    award(other, "hs-x", "hs-y", "hs-z")
    other.close()
    ledger.close()
    for file in tmp_path.glob("book.ledger*"):
        file.unlink()
    shutil.copy(copy, where)
    where.chmod(0o600)
    assert index.read().facts["student_key"].tolist() == ["hs-x", "hs-y", "hs-z"]
    compare(ledger, index)


def test_a_story_is_asked_for_by_its_subjects(book):
    stock(book)
    first, _ = award(book, "hs-a", "hs-b")
    approve(book, [first], dated=DAY, acting=APPROVER)
    assert set(follow_pupil(book, "hs-a")["subject"]) == {str(first)}
    assert len(follow_pupil(book, "hs-a")) == 2
