"""Kill -9 in the middle of commands, a hundred times on each database: nothing acknowledged is lost."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from tests.ledger.books import acting, award, gift, lot, stock

from phusong.ledger.book import open_ledger
from phusong.ledger.giving import pledge
from phusong.ledger.queries import list_awards, list_entries, list_stock, sum_contributions
from phusong.ledger.verifying import verify_ledger

pytestmark = pytest.mark.long

KILLS = 100
#: After how many acknowledged commands a writer is killed at the most, and how long into the next one [s].
LINES, INTO = 4, 0.015
ORDER = ["proposed", "approved", "handed_over", "confirmed"]


@pytest.fixture
def nursery():
    command = [sys.executable, "-m", "tests.ledger.killed"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        yield running
        running.stdin.close()


def bear(nursery, place, turn):
    """Ask for a writer and return its number among the processes."""
    nursery.stdin.write(f"{place} {turn}\n")
    nursery.stdin.flush()
    word, pid = nursery.stdout.readline().split()
    assert word == "born"
    return int(pid)


def kill_one(nursery, place, turn, rng):
    """Let a writer be acknowledged a few commands, kill it within the next, and return what it said."""
    pid = bear(nursery, place, turn)
    said = [nursery.stdout.readline().split() for _ in range(rng.randint(0, LINES))]
    time.sleep(rng.uniform(0, INTO))
    os.kill(pid, signal.SIGKILL)
    while (line := nursery.stdout.readline().split()) != ["ended"]:
        said.append(line)
    return said


def fill(place):
    """Return a book with more devices and money than anybody can give away."""
    book = open_ledger(place)
    stock(book, lot(quantity=1_000_000))
    pledge(book, gift(pledged_vnd=1_000_000), acting=acting())
    return book


def check_kept(book, said):
    """Check that everything acknowledged stands in the book, and that the book agrees with itself."""
    verdict = verify_ledger(book)
    assert verdict.sound, verdict.faults
    awards = list_awards(book).set_index("award")["state"].map(ORDER.index)
    told = list_entries(book)
    for kind, *numbers in said:
        mine = [int(n) for n in numbers]
        if kind == "entry":
            assert set(mine) <= set(told["number"])
        else:
            assert (awards[mine] >= ORDER.index(kind)).all(), (kind, mine)
    assert list_stock(book).set_index("item").loc["lot:L1", "taken"] == len(awards)
    receipts = told[(told["stage"] == "receipt") & (told["form"] == "money")]
    money = sum_contributions(book, None).set_index("form").loc["money"]
    assert money["received"] == receipts["amount_vnd"].sum() == len(receipts)


def test_a_hundred_writers_killed_lose_nothing_that_was_acknowledged(place, nursery):
    book, rng = fill(place), random.Random(242)
    said = [line for turn in range(KILLS) for line in kill_one(nursery, place, turn, rng)]
    assert len(said) > KILLS, "the writers wrote"
    check_kept(book, said)
    assert len(award(book, "hs-after")) == 1, "the book can still be written"
    book.close()


def test_a_server_that_falls_keeps_what_was_acknowledged(server, template, nursery):
    place = server.make_database(template)
    fill(place).close()
    bear(nursery, place, 0)
    said = [nursery.stdout.readline().split() for _ in range(20)]
    server.stop("immediate")
    while (line := nursery.stdout.readline().split()) != ["ended"]:
        said.append(line)
    server.resume()
    book = open_ledger(place)
    check_kept(book, said)
    book.close()
