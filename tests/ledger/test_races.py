"""Many at once: sixteen writers for the last fifty devices, two approvers, a double click from two windows."""

import threading
from concurrent.futures import ThreadPoolExecutor

from tests.ledger.books import DAY, acting, award, lot, stock, wish

from phusong.ledger.award_steps import approve
from phusong.ledger.awards import propose
from phusong.ledger.book import open_ledger
from phusong.ledger.faults import AlreadyAwarded, LedgerFault, OutOfStock
from phusong.ledger.queries import list_awards, list_stock
from phusong.ledger.verifying import verify_ledger
from phusong.vocabulary.book import Role

WRITERS, EACH, DEVICES = 16, 5, 50


def run_together(place, work, count):
    """Let several windows, each with a connection of its own, do something at the same moment."""
    gate = threading.Barrier(count)

    def _one(number):
        ledger = open_ledger(place)
        gate.wait()
        try:
            return work(ledger, number)
        finally:
            ledger.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(_one, range(count)))


def test_sixteen_writers_share_out_exactly_the_last_fifty_devices(book, place):
    stock(book, lot(quantity=DEVICES))

    def _take(ledger, writer):
        given = 0
        for n in range(EACH):
            try:
                award(ledger, f"hs-{writer}-{n}")
                given += 1
            except OutOfStock:
                pass
        return given

    given = run_together(place, _take, WRITERS)
    assert sum(given) == DEVICES == len(list_awards(book))
    assert list_stock(book)["free"].tolist() == [0]
    assert list_awards(book)["award"].tolist() == list(range(1, DEVICES + 1))
    assert verify_ledger(book).sound


def test_one_pupil_wanted_by_all_at_once_is_given_one_device(book, place):
    stock(book)

    def _take(ledger, writer):
        try:
            return award(ledger, "hs-a")[0]
        except AlreadyAwarded as refusal:
            return -refusal.award

    told = run_together(place, _take, 8)
    assert sorted(told) == [-1] * 7 + [1]
    assert len(list_awards(book)) == 1
    assert verify_ledger(book).sound


def test_two_approvers_at_once_approve_once_and_one_is_told_so(book, place):
    stock(book)
    (number,) = award(book, "hs-a")

    def _approve(ledger, who):
        try:
            return approve(
                ledger, [number], dated=DAY, acting=acting(Role.APPROVER, account=f"c{who}")
            )
        except LedgerFault as fault:
            return str(fault)

    told = run_together(place, _approve, 2)
    assert sorted(map(str, told))[0] == "1"
    assert "approved, not proposed" in sorted(map(str, told))[1]
    assert list_awards(book)["state"].tolist() == ["approved"]
    assert verify_ledger(book).sound


def test_a_double_click_in_two_windows_is_one_command(book, place):
    stock(book)

    def _click(ledger, _):
        return propose(ledger, [wish()], dated=DAY, acting=acting(key="one form"))["awards"]

    assert run_together(place, _click, 4) == [{"hs-a": 1}] * 4
    assert len(list_awards(book)) == 1
    assert verify_ledger(book).sound


def test_whoever_reads_sees_one_moment_while_others_write(book, place):
    stock(book, lot(quantity=100))

    def _work(ledger, who):
        if who:
            for n in range(20):
                award(ledger, f"hs-{who}-{n}")
            return []
        return [verify_ledger(ledger).faults for _ in range(5)]

    assert run_together(place, _work, 3)[0] == [[]] * 5
