"""Every rule of the database has a sentence, and nobody reads the database's own words."""

import re
import sqlite3

import pandas as pd
import pytest
from sqlalchemy import text
from tests.ledger.books import DAY, acting, gift, lot, package, stock

from phusong.ledger.book import open_ledger
from phusong.ledger.campaign import list_platform
from phusong.ledger.constraints import (
    NOTHING_LEFT,
    describe_check,
    describe_complaint,
    list_checks,
)
from phusong.ledger.faults import LedgerFault, OutOfStock
from phusong.ledger.giving import pledge, receive, register_organisation, reverse
from phusong.ledger.imports import import_lots
from phusong.ledger.lots import take_lots, take_packages
from phusong.ledger.money import Amount
from phusong.ledger.queries import list_contributions, list_entries, list_stock
from phusong.ledger.services import Subsidy, subsidise
from phusong.ledger.tables import METADATA
from phusong.ledger.troubles import tell_trouble
from phusong.vocabulary.tables.book import BOOK

RULES = [pytest.param(c.rule, id=c.name) for c in list_checks()]


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_has_a_sentence_and_a_cure(rule):
    what, cure = describe_check(rule)
    assert len(what.split()) > 2 and cure
    for stated in (what, cure):
        assert not re.search("constraint|CHECK|NULL|SQL", stated)


def test_the_rules_are_those_of_the_book_that_is_made(file_book):
    with file_book.read() as connection:
        made = connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'table'"))
        count = sum(sql.count("CHECK (") for (sql,) in made)
    assert len(list_checks()) == count > 100
    assert {c.table for c in list_checks()} <= set(METADATA.tables)


def test_postgresql_calls_the_rules_by_the_names_that_we_work_out(server, template):
    ledger = open_ledger(server.make_database(template))
    with ledger.read() as connection:
        asked = "SELECT conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace"
        names = set(connection.execute(text(asked)).scalars())
    ledger.close()
    assert {c.name for c in list_checks()} == names


@pytest.mark.parametrize(
    "said",
    [
        "UNIQUE constraint failed: lots.lot_id, lots.version",
        "NOT NULL constraint failed: entries.form",
        "FOREIGN KEY constraint failed",
        'duplicate key value violates unique constraint "holds_pkey"',
        'null value in column "form" of relation "entries" violates not-null constraint',
        'insert or update on table "awards" violates foreign key constraint "awards_replaces_fkey"',
        'new row for relation "entries" violates check constraint "entries_check3"',
        "CHECK constraint failed: something nobody has written",
    ],
)
def test_whatever_a_database_states_is_stated_in_words(said):
    described = str(tell_trouble(sqlite3.IntegrityError(said), "sqlite:///book.ledger"))
    assert "constraint" not in described and "→" in described
    assert describe_complaint(said)[0] in described


def test_what_is_not_in_store_is_reported_as_such():
    error = sqlite3.IntegrityError(f"CHECK constraint failed: {NOTHING_LEFT}")
    assert isinstance(tell_trouble(error, "sqlite:///book.ledger"), OutOfStock)


def break_lot_kind(book):
    take_lots(book, [lot(kind="abacus")], acting=acting())


def break_months(book):
    take_packages(book, [package(months=-1)], acting=acting())


def break_organisation(book):
    register_organisation(book, "Hội A", kind="guild", acting=acting())


def break_support(book):
    subsidise(book, [Subsidy("h-1", "FIBRE", "VNPT", "2021-09-24")], acting=acting())


def break_platform(book):
    list_platform(book, "", owner="", address="", listed=True, acting=acting())


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        (break_lot_kind, "“kind” is no word of the book → choose one of: desktop, laptop, tablet"),
        (break_months, "“months” is never below nothing"),
        (break_organisation, "“kind” is no word of the book"),
        (break_support, "a fee waived, or a sum a month"),
        (break_platform, "“platform” is empty"),
    ],
)
def test_a_command_that_breaks_a_rule_is_refused_in_words(book, deed, told):
    with pytest.raises(LedgerFault) as refused:
        deed(book)
    assert told in str(refused.value)
    assert "constraint" not in str(refused.value)


def test_a_lot_that_names_a_gift_of_money_is_left_out_and_the_others_go_in(file_book):
    pledge(file_book, gift("PT-001", pledged_vnd=500), acting=acting())
    rows = [lot("LO-1", contribution_id="PT-001"), lot("LO-2")]
    frame = pd.DataFrame(rows).reindex(columns=BOOK["lots"].names)
    done = import_lots(file_book, frame.where(frame.notna(), None), acting=acting())
    assert done.new == 1 and list(done.doubts) == ["LO-1"]
    assert "PT-001, which is a gift of money" in done.doubts["LO-1"]
    assert "buy-lot" in done.doubts["LO-1"]
    assert list_stock(file_book)["item"].tolist() == ["lot:LO-2"]
    with pytest.raises(LedgerFault, match="a gift of money"):
        take_lots(file_book, rows[:1], acting=acting(), action="store")


def test_more_than_was_promised_is_asked_about(book):
    pledge(book, gift(pledged_vnd=1_500), acting=acting())
    receive(book, "G1", Amount(vnd=1_000), dated=DAY, acting=acting())
    with pytest.raises(LedgerFault, match="1,600 VND would have come of 1,500 promised"):
        receive(book, "G1", Amount(vnd=600), dated=DAY, acting=acting())
    receive(book, "G1", Amount(vnd=600), dated=DAY, acting=acting(), beyond=True)
    came = list_entries(book).query("stage == 'receipt'")["amount_vnd"]
    assert came.tolist() == [1_000, 600]


def test_a_pledge_of_which_something_has_come_is_not_reversed(book):
    pledge(book, gift(pledged_vnd=1_500), acting=acting())
    number = receive(book, "G1", Amount(vnd=1_000), dated=DAY, acting=acting())
    with pytest.raises(LedgerFault, match=rf"receipts stand \({number}\)"):
        reverse(book, 1, dated=DAY, acting=acting())
    reverse(book, number, dated=DAY, acting=acting())
    reverse(book, 1, dated=DAY, acting=acting())
    assert list_entries(book)["amount_vnd"].sum() == 0
    assert len(list_contributions(book)) == 1


def test_a_pledge_of_devices_stands_while_their_lot_does(file_book):
    described = gift("G2", form="devices", quantity=10, in_kind="máy tính bảng", pledged_vnd=None)
    pledge(file_book, described, acting=acting())
    stock(file_book, lot(contribution_id="G2"))
    with pytest.raises(LedgerFault, match="receipts stand"):
        reverse(file_book, 1, dated=DAY, acting=acting())
