"""Days in order: no step before the one it follows, nothing in the future, and old disorder is found."""

from datetime import UTC, datetime

import pytest
from tests.ledger.books import DAY, acting, award, gift, lot

from phusong.ledger import chronology
from phusong.ledger.award_steps import (
    approve,
    cancel,
    confirm,
    free_pupil,
    hand_over,
    lose,
    take_back,
)
from phusong.ledger.faults import LedgerFault
from phusong.ledger.giving import allocate, pledge, receive
from phusong.ledger.lots import take_lots
from phusong.ledger.money import Amount
from phusong.ledger.queries import list_entries
from phusong.ledger.verifying import verify_ledger
from phusong.vocabulary.book import Role

BEFORE, NEXT, TOMORROW = "2021-09-23", "2021-09-25", "2021-10-03"
#: Everything is written down late in the evening of 2 October in Việt Nam, when it is still day in UTC.
LATE = datetime(2021, 10, 2, 16, 59, tzinfo=UTC)
APPROVES, HANDS = acting(Role.APPROVER, at=LATE), acting(Role.SCHOOL, at=LATE)
FREES = acting(Role.EDUCATION, at=LATE)

STEPS = {
    "approve": lambda book, n, day: approve(book, [n], dated=day, acting=APPROVES),
    "hand_over": lambda book, n, day: hand_over(book, [n], dated=day, acting=HANDS, record="BB-1"),
    "confirm": lambda book, n, day: confirm(book, [n], dated=day, acting=HANDS),
    "return": lambda book, n, day: take_back(book, n, fit=True, dated=day, acting=HANDS),
    "lose": lambda book, n, day: lose(book, n, dated=day, acting=HANDS),
    "cancel": lambda book, n, day: cancel(book, n, dated=day, acting=FREES),
    "free": lambda book, n, day: free_pupil(book, n, dated=day, acting=FREES),
}
#: Each step with those that lead to it.
PATHS = {
    "approve": (),
    "cancel": ("approve",),
    "hand_over": ("approve",),
    "confirm": ("approve", "hand_over"),
    "return": ("approve", "hand_over", "confirm"),
    "lose": ("approve", "hand_over"),
    "free": ("approve", "hand_over", "return"),
}


def stock(book, *lots):
    """Take lots into store, at the end of the day on which everything is written down."""
    take_lots(book, lots or [lot()], acting=acting(at=LATE))


@pytest.mark.parametrize("step", PATHS)
def test_no_step_of_an_award_lies_before_the_one_it_follows_or_ahead(book, step):
    stock(book)
    (number,) = award(book, "hs-a")
    for earlier in PATHS[step]:
        STEPS[earlier](book, number, DAY)
    with pytest.raises(LedgerFault, match=f"{BEFORE}.*{DAY}"):
        STEPS[step](book, number, BEFORE)
    with pytest.raises(LedgerFault, match=f"{TOMORROW} lies in the future"):
        STEPS[step](book, number, TOMORROW)
    STEPS[step](book, number, NEXT)
    assert verify_ledger(book).disorder == []


def test_a_refused_day_changes_nothing(book):
    stock(book)
    (number,) = award(book, "hs-a")
    lines = verify_ledger(book).lines
    for day in (BEFORE, TOMORROW):
        with pytest.raises(LedgerFault):
            STEPS["approve"](book, number, day)
    assert verify_ledger(book).lines == lines


def test_nothing_is_handed_over_before_its_lot_came(book):
    stock(book, lot(received_on="2021-09-28"))
    (number,) = award(book, "hs-a", at=LATE)
    STEPS["approve"](book, number, DAY)
    with pytest.raises(LedgerFault, match=f"L1 is dated {NEXT}, before its receipt of 2021-09-28"):
        STEPS["hand_over"](book, number, NEXT)
    STEPS["hand_over"](book, number, "2021-09-28")


def test_a_lot_and_a_gift_are_not_taken_in_from_the_future(book):
    with pytest.raises(LedgerFault, match="future"):
        take_lots(book, [lot(received_on=TOMORROW)], acting=acting(at=LATE))
    with pytest.raises(LedgerFault, match="future"):
        pledge(book, gift(given_on=TOMORROW), acting=acting(at=LATE))
    assert verify_ledger(book).lines == 0


def test_money_is_received_after_it_was_promised_and_set_apart_after_it_came(book):
    pledge(book, gift(given_on="2021-09-22"), acting=acting(at=LATE))
    money = {"acting": acting(at=LATE)}
    with pytest.raises(LedgerFault, match="receipt is dated 2021-09-21, before the pledge"):
        receive(book, "G1", Amount(vnd=300), dated="2021-09-21", **money)
    receive(book, "G1", Amount(vnd=300), dated="2021-09-24", **money)
    source = list_entries(book).iloc[0]
    apart = {
        "form": source["form"],
        "source_code": source["source_code"],
        "purpose": "máy tính bảng",
    }
    with pytest.raises(LedgerFault, match="allocation is dated 2021-09-23, before the receipt"):
        allocate(book, Amount(vnd=100), dated="2021-09-23", **apart, **money)
    allocate(book, Amount(vnd=100), dated="2021-09-24", **apart, **money)


def test_a_book_from_before_these_rules_is_sound_and_its_disorder_is_listed(book, monkeypatch):
    stock(book)
    (number,) = award(book, "hs-a")
    monkeypatch.setattr("phusong.ledger.award_steps.check_follows", lambda *_: None)
    monkeypatch.setattr("phusong.ledger.writing.check_not_ahead", lambda *_: None)
    STEPS["approve"](book, number, "2020-01-01")
    STEPS["hand_over"](book, number, "2031-01-01")
    STEPS["confirm"](book, number, "2021-08-01")
    verdict = verify_ledger(book)
    assert verdict.sound
    assert [line.partition(",")[0].partition(":")[0] for line in verdict.disorder] == [
        "award_moves", f"award {number}", f"award {number}",
    ]  # fmt: skip
    assert "2031-01-01, written on 2021-10-02" in verdict.disorder[0]
    assert "approved on 2020-01-01, before proposed" in verdict.disorder[1]
    assert "confirmed on 2021-08-01, before handed_over on 2031-01-01" in verdict.disorder[2]


def test_the_day_is_that_of_viet_nam():
    assert chronology.day_of(datetime(2021, 10, 2, 16, 59, tzinfo=UTC)) == "2021-10-02"
    assert chronology.day_of(datetime(2021, 10, 2, 17, 0, tzinfo=UTC)) == "2021-10-03"
