"""Any order of commands against a model on paper: what the book says is what was done, and it verifies."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.strategies import integers, sampled_from
from tests.ledger.books import APPROVER, DAY, SCHOOL, award, lot, stock

from phusong.ledger.award_steps import (
    approve,
    cancel,
    confirm,
    free_pupil,
    hand_over,
    lose,
    take_back,
)
from phusong.ledger.book import create_ledger, open_ledger
from phusong.ledger.faults import AlreadyAwarded, LedgerFault, OutOfStock
from phusong.ledger.queries import list_awards, list_stock
from phusong.ledger.verifying import verify_ledger

pytestmark = pytest.mark.long

PUPILS, DEVICES = ("hs-a", "hs-b", "hs-c", "hs-d"), 3
NEXT = {"approve": ("proposed", "approved"), "hand": ("approved", "handed_over"),
        "confirm": ("handed_over", "confirmed")}  # fmt: skip
DO = {"approve": approve, "hand": hand_over, "confirm": confirm}
WHO = {"approve": APPROVER, "hand": SCHOOL, "confirm": SCHOOL}


class Campaign(RuleBasedStateMachine):
    """Play with three devices and four pupils."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(EMPTY["file"], self.folder / "book.ledger")
        self.book = open_ledger(self.folder / "book.ledger")
        stock(self.book, lot(quantity=DEVICES))
        self.awards, self.freed = {}, set()
        self.taken = self.aside = self.gone = 0

    def teardown(self):
        assert verify_ledger(self.book).sound
        self.book.close()
        shutil.rmtree(self.folder)

    def holds(self, pupil):
        return any(p == pupil and n not in self.freed for n, (p, _) in self.awards.items())

    @rule(pupil=sampled_from(PUPILS))
    def propose(self, pupil):
        free = DEVICES - self.taken - self.aside - self.gone
        try:
            (number,) = award(self.book, pupil)
        except AlreadyAwarded:
            assert self.holds(pupil)
        except OutOfStock:
            assert not self.holds(pupil)
            assert free == 0
        else:
            assert not self.holds(pupil)
            assert free > 0
            self.awards[number] = (pupil, "proposed")
            self.taken += 1

    @precondition(lambda self: self.awards)
    @rule(step=sampled_from(sorted(DO)), pick=integers(0, 20))
    def go_on(self, step, pick):
        number = sorted(self.awards)[pick % len(self.awards)]
        pupil, state = self.awards[number]
        was, becomes = NEXT[step]
        try:
            DO[step](self.book, [number], dated=DAY, acting=WHO[step])
        except LedgerFault:
            assert state != was
        else:
            assert state == was
            self.awards[number] = (pupil, becomes)

    @precondition(lambda self: self.awards)
    @rule(how=sampled_from(["fit", "unfit", "lost", "cancelled"]), pick=integers(0, 20))
    def undo(self, how, pick):
        number = sorted(self.awards)[pick % len(self.awards)]
        pupil, state = self.awards[number]
        early = state in ("proposed", "approved")
        late = state in ("handed_over", "confirmed")
        try:
            if how == "cancelled":
                cancel(self.book, number, dated=DAY, acting=APPROVER)
            elif how == "lost":
                lose(self.book, number, dated=DAY, acting=SCHOOL)
            else:
                take_back(self.book, number, fit=how == "fit", dated=DAY, acting=SCHOOL)
        except LedgerFault:
            assert not (early if how == "cancelled" else late)
            return
        assert early if how == "cancelled" else late
        self.taken -= 1
        self.aside += how == "unfit"
        self.gone += how == "lost"
        ended = {"cancelled": "cancelled", "lost": "lost"}.get(how, "returned")
        self.awards[number] = (pupil, ended)

    @precondition(lambda self: self.awards)
    @rule(pick=integers(0, 20))
    def free(self, pick):
        number = sorted(self.awards)[pick % len(self.awards)]
        _, state = self.awards[number]
        may = state in ("returned", "lost", "cancelled") and number not in self.freed
        try:
            free_pupil(self.book, number, dated=DAY, acting=APPROVER)
        except LedgerFault:
            assert not may
        else:
            assert may
            self.freed.add(number)

    @invariant()
    def the_book_says_what_was_done(self):
        row = list_stock(self.book).iloc[0]
        assert row[["taken", "set_aside", "gone"]].tolist() == [self.taken, self.aside, self.gone]
        told = list_awards(self.book)
        assert dict(zip(told["award"], told["state"], strict=True)) == {
            n: s for n, (_, s) in self.awards.items()
        }


EMPTY = {}


@pytest.fixture(autouse=True)
def empty(tmp_path):
    create_ledger(tmp_path / "empty.ledger").close()
    EMPTY["file"] = tmp_path / "empty.ledger"


def test_any_order_of_commands_agrees_with_the_model():
    from hypothesis.stateful import run_state_machine_as_test

    few = settings(
        max_examples=25,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Campaign, settings=few)
