"""Declines, moves and departures in the book, on both databases: written once, in force until withdrawn."""

import pytest
from tests.ledger.books import DAY, SCHOOL, acting, award, stock

from phusong.ledger.award_steps import approve
from phusong.ledger.book import EDITION, migrate_ledger
from phusong.ledger.faults import LedgerFault, NotAllowed
from phusong.ledger.pupil_changes import Pupil, list_change_tokens, list_pupil_changes
from phusong.ledger.pupil_steps import decline, depart, move, withdraw
from phusong.ledger.queries import list_awards, list_stock
from phusong.ledger.verifying import verify_ledger
from phusong.vocabulary.book import Role

TOKEN = "dd-" + "a2" * 13


def free(book):
    return int(list_stock(book).set_index("item").loc["lot:L1", "free"])


def test_what_was_approved_is_in_store_again_and_the_change_is_found_under_every_name(book):
    stock(book)
    (number,) = award(book, "hs-a")
    approve(book, [number], dated=DAY, acting=acting(Role.APPROVER))
    assert free(book) == 9
    change = decline(book, Pupil("hs-a", (TOKEN,)), dated=DAY, acting=SCHOOL, record="BB-5")
    assert free(book) == 10 and list_awards(book)["state"].tolist() == ["cancelled"]
    described = list_change_tokens(book)
    assert sorted(described["token"]) == ["pupil:hs-a", f"token:{TOKEN}"]
    withdraw(book, change, dated=DAY, acting=SCHOOL)
    row = list_pupil_changes(book).iloc[0]
    assert (row["kind"], row["record"], row["ended_on"]) == ("declined", "BB-5", DAY)
    assert list_change_tokens(book).empty
    assert verify_ledger(book).sound


def test_a_newer_move_takes_the_place_of_the_last(book):
    for school in ("s2", "s3"):
        move(book, Pupil("hs-a"), school, dated=DAY, acting=SCHOOL)
    described = list_pupil_changes(book)
    assert described["school_id"].tolist() == ["s2", "s3"]
    assert described["ended_on"].isna().tolist() == [False, True]
    with pytest.raises(LedgerFault, match="needs the school"):
        move(book, Pupil("hs-a"), " ", dated=DAY, acting=SCHOOL)
    assert verify_ledger(book).sound


def test_days_ahead_and_before_what_they_withdraw_are_refused(book):
    with pytest.raises(LedgerFault, match="future"):
        decline(book, Pupil("hs-a"), dated="2031-01-01", acting=SCHOOL)
    change = depart(book, Pupil("hs-a"), dated=DAY, acting=SCHOOL)
    with pytest.raises(LedgerFault, match="before"):
        withdraw(book, change, dated="2021-09-01", acting=SCHOOL)
    with pytest.raises(LedgerFault, match="already"):
        depart(book, Pupil("hs-a"), dated=DAY, acting=SCHOOL)


def test_who_hands_nothing_out_writes_no_change_down(book):
    with pytest.raises(NotAllowed):
        decline(book, Pupil("hs-a"), dated=DAY, acting=acting(Role.APPROVER))


def test_an_older_edition_loses_nothing_that_the_journal_brings_back(book):
    decline(book, Pupil("hs-a", (TOKEN,)), dated=DAY, acting=SCHOOL)
    depart(book, Pupil("hs-b"), dated=DAY, acting=SCHOOL)
    withdraw(book, 1, dated=DAY, acting=SCHOOL)
    before = list_pupil_changes(book)
    migrate_ledger(book, "0002")
    migrate_ledger(book, EDITION)
    assert list_pupil_changes(book).equals(before)
    assert verify_ledger(book).sound
