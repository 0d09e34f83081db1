"""The book as of a day is the book in which nothing later was ever written."""

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.books import acting, gift, lot, package, wish

from phusong.ledger.as_of import BookAsOf
from phusong.ledger.award_steps import approve, confirm, free_pupil, hand_over, lose, take_back
from phusong.ledger.awards import propose
from phusong.ledger.book import create_ledger
from phusong.ledger.faults import LedgerFault
from phusong.ledger.giving import pledge, receive, reverse
from phusong.ledger.inventory import list_lots, list_packages
from phusong.ledger.lots import buy_lot, take_lots, take_packages
from phusong.ledger.money import Amount
from phusong.ledger.queries import (
    count_awards,
    find_newest_day,
    list_awards,
    list_contributions,
    list_entries,
    list_freed,
    list_refusals,
    list_stock,
    sum_contributions,
    sum_devices,
)
from phusong.ledger.stories import follow_gift, follow_lot, follow_pupil
from phusong.vocabulary.book import Role

pytestmark = pytest.mark.long

START = date(2021, 9, 1)


def on(n):
    """Return the n-th day of the campaign, ISO."""
    return (START + timedelta(days=n)).isoformat()


def by(n, role=Role.FOCAL_POINT):
    """Return somebody who writes on the n-th day."""
    day = START + timedelta(days=n)
    return acting(role, at=datetime(day.year, day.month, day.day, 3, tzinfo=UTC))


def give(ledger, n, pupil, **more):
    propose(ledger, [wish(pupil, **more)], dated=on(n), acting=by(n), skip_awarded=True)


#: What happens, each with its day; written down in this order, whatever the day.
STORY = (
    (
        0,
        lambda b: pledge(b, gift("G1", given_on=on(0), as_of=on(0), pledged_vnd=900), acting=by(0)),
    ),
    (1, lambda b: pledge(b, gift("G2", given_on=on(1), as_of=on(1), donor="B"), acting=by(1))),
    (2, lambda b: receive(b, "G1", Amount(vnd=500), dated=on(2), acting=by(2))),
    (2, lambda b: take_lots(b, [lot("L1", 5, received_on=on(2), as_of=on(2))], acting=by(2))),
    (2, lambda b: take_packages(b, [package("P1", 9, as_of=on(2))], acting=by(2))),
    (3, lambda b: give(b, 3, "hs-a", package_id="P1")),
    (3, lambda b: give(b, 3, "hs-b")),
    (4, lambda b: approve(b, [1, 2], dated=on(4), acting=by(4, Role.APPROVER))),
    (4, lambda b: give(b, 4, "hs-a")),
    (5, lambda b: hand_over(b, [1, 2], dated=on(5), acting=by(5), record="BB-1")),
    (6, lambda b: confirm(b, [1], dated=on(6), acting=by(6))),
    (7, lambda b: take_lots(b, [lot("L1", 8, received_on=on(7), as_of=on(7))], acting=by(7))),
    (8, lambda b: take_back(b, 1, fit=True, dated=on(8), acting=by(8))),
    (9, lambda b: free_pupil(b, 1, dated=on(9), acting=by(9, Role.APPROVER))),
    (9, lambda b: lose(b, 2, dated=on(9), acting=by(9))),
    (10, lambda b: give(b, 10, "hs-a")),
    (10, lambda b: reverse(b, 3, dated=on(10), acting=by(10))),
    (11, lambda b: receive(b, "G1", Amount(vnd=900), dated=on(11), acting=by(11))),
    (
        12,
        lambda b: buy_lot(
            b,
            lot("L2", 2, received_on=on(12), as_of=on(12)),
            form="money",
            source_code="money:unstated",
            price_vnd=300,
            acting=by(12),
        ),
    ),
)
LAST = max(n for n, _ in STORY)
READ = (
    count_awards, list_contributions, list_lots, list_packages, list_stock, sum_devices,
    lambda b: sum_contributions(b, None),
    lambda b: list_awards(b).drop(columns="line"),
    lambda b: list_entries(b).drop(columns="line"),
    lambda b: list_refusals(b).drop(columns="number"),
    lambda b: pd.DataFrame({"freed": sorted(list_freed(b))}),
    lambda b: follow_pupil(b, "hs-a"), lambda b: follow_lot(b, "L1"), lambda b: follow_gift(b, "G1"),
)  # fmt: skip


def write(path, until):
    """Return a book in which nothing was written that is dated after a day."""
    ledger = create_ledger(path)
    for n, step in STORY:
        if n <= until:
            step(ledger)
    return ledger


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The whole story."""
    ledger = write(tmp_path_factory.mktemp("whole") / "book.ledger", LAST)
    yield ledger
    ledger.close()


@pytest.mark.parametrize("n", range(-1, LAST + 1))
def test_on_each_day_the_whole_book_shows_what_the_book_cut_off_after_it_shows(whole, tmp_path, n):
    cut = write(tmp_path / "book.ledger", n)
    seen = BookAsOf(whole, START + timedelta(days=n), with_journal=True)
    for read in READ:
        one, other = read(seen), read(cut)
        if "line" in one.columns:
            one, other = one.drop(columns="line"), other.drop(columns="line")
        pd.testing.assert_frame_equal(one, other, check_dtype=False)
    cut.close()


def test_before_the_first_entry_nothing_is_there(whole):
    seen = BookAsOf(whole, START - timedelta(days=1))
    assert count_awards(seen)["awards"].sum() == 0
    assert list_entries(seen).empty and list_stock(seen).empty and list_contributions(seen).empty
    assert find_newest_day(seen) is None
    assert find_newest_day(whole) == on(LAST)


def test_the_line_that_is_cited_is_the_whole_books_last(whole):
    assert BookAsOf(whole, START).head() == whole.head()


def test_nothing_is_written_into_the_past(whole):
    seen = BookAsOf(whole, START + timedelta(days=5))
    with pytest.raises(LedgerFault, match="nothing is written"):
        give(seen, 5, "hs-z")
    assert whole.head() == seen.head()


@pytest.mark.parametrize(("n", "states"), [(3, "proposed"), (4, "approved"), (5, "handed_over")])
def test_an_award_is_in_the_state_of_the_day(whole, n, states):
    seen = list_awards(BookAsOf(whole, START + timedelta(days=n)))
    assert set(seen["state"]) == {states}
    assert seen["record"].isna().all() == (n < 5)


def test_a_late_entry_of_an_earlier_day_counts_from_that_day(file_book):
    take_lots(file_book, [lot("L1", 5, received_on=on(0), as_of=on(0))], acting=by(0))
    give(file_book, 1, "hs-a")
    approve(file_book, [1], dated=on(2), acting=by(9, Role.APPROVER))
    hand_over(file_book, [1], dated=on(3), acting=by(9))
    seen = BookAsOf(file_book, START + timedelta(days=3))
    assert list_awards(seen)["state"].tolist() == ["handed_over"]


def test_what_bears_no_day_counts_from_the_day_of_its_register(file_book):
    described = gift("G1", as_of=on(4))
    described.pop("given_on")
    pledge(file_book, described, acting=by(9))
    for n, there in ((3, False), (4, True)):
        seen = BookAsOf(file_book, START + timedelta(days=n))
        assert len(list_contributions(seen)) == len(list_entries(seen)) == there


@settings(max_examples=12)
@given(st.lists(st.integers(-1, LAST + 2), min_size=2, max_size=2).map(sorted))
def test_a_view_of_a_view_is_the_earlier_one(whole, days):
    first, last = (START + timedelta(days=n) for n in days)
    twice = BookAsOf(BookAsOf(whole, last), first)
    pd.testing.assert_frame_equal(list_entries(twice), list_entries(BookAsOf(whole, first)))
    pd.testing.assert_frame_equal(list_awards(twice), list_awards(BookAsOf(whole, first)))
