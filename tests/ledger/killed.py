"""A nursery of writers to be killed: forks one for each line it reads, and says what was acknowledged.

Run as ``python -m tests.ledger.killed``; a line is ``URL TURN``. It answers ``born PID``, then what the writer
says, and ``ended`` when the writer is no more.
"""

import os
import sys
from itertools import count

from tests.ledger.books import APPROVER, DAY, SCHOOL, acting, award

from phusong.ledger.award_steps import approve, confirm, hand_over
from phusong.ledger.book import open_ledger
from phusong.ledger.giving import receive
from phusong.ledger.money import Amount


def say(*words):
    """Say something at once, in one piece."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def write_on(place, turn):
    """Write in a book for ever; a line for each command that has been acknowledged."""
    ledger = open_ledger(place)
    for n in count():
        pupils = [f"hs-{turn}-{n}-{i}" for i in range(3)]
        numbers = award(ledger, *pupils)
        say("proposed", *numbers)
        entry = receive(ledger, "G1", Amount(vnd=1), dated=DAY, acting=acting())
        say("entry", entry)
        approve(ledger, numbers, dated=DAY, acting=APPROVER)
        say("approved", *numbers)
        hand_over(ledger, numbers, dated=DAY, acting=SCHOOL)
        confirm(ledger, numbers, dated=DAY, acting=SCHOOL)
        say("confirmed", *numbers)


def main():
    """Bear writers until nobody asks for more."""
    for line in sys.stdin:
        place, turn = line.split()
        pid = os.fork()
        if pid == 0:
            try:
                write_on(place, turn)
            finally:
                os._exit(1)
        say("born", pid)
        os.waitpid(pid, 0)
        say("ended")


if __name__ == "__main__":
    main()
