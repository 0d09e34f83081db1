"""Deeds about what operators have promised, and about fees that are borne for households."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from phusong.access.authorisation import authorise
from phusong.access.book import act, name_day, open_book
from phusong.access.desk import Desk
from phusong.access.own_pupils import find_own_pupil, read_own_subsidies
from phusong.access.principals import Principal
from phusong.access.questions.book import ask_promises
from phusong.access.scope import check_own
from phusong.ledger import services
from phusong.ledger.faults import LedgerFault
from phusong.ledger.services import Subsidy
from phusong.vocabulary.book import CommitmentState
from phusong.vocabulary.terms import Technology


@dataclass(frozen=True)
class Fees:
    """Say what is borne for a household.

    Parameters
    ----------
    service : a word of `Technology`.
    payer : organisation that bears it.
    starts_on : ISO date.
    waiver_vnd : installation fee [VND].
    vnd_month, months : charge supported [VND a month], for how long [months].
    package_id : package that it belongs to; empty where none.
    """

    service: str
    payer: str
    starts_on: str
    waiver_vnd: int = 0
    vnd_month: int = 0
    months: int = 0
    package_id: str = ""

    def check(self) -> None:
        """Refuse what bears nothing, or nobody bears.

        Raises
        ------
        LedgerFault
            If it does.
        """
        if self.service not in list(Technology):
            raise LedgerFault(f"“{self.service}” is no service", cure=", ".join(Technology))
        if not self.payer.strip():
            raise LedgerFault("nobody is named who bears the fees")
        if not self.waiver_vnd and not (self.vnd_month and self.months):
            raise LedgerFault("nothing is borne: neither a fee nor a charge for some months")


def list_promise_states(principal: Principal) -> list[CommitmentState]:
    """Return how far a role may say that a promise has come: nobody accepts what they built themselves.

    Parameters
    ----------
    principal : who acts.
    """
    own = principal.operator is not None
    return [s for s in CommitmentState if not (own and s == CommitmentState.ACCEPTED)]


@authorise
def move_promise(
    principal: Principal,
    desk: Desk,
    commitment_id: str,
    state: str,
    *,
    dated: str,
    why: str,
    key: str,
    record: str = "",
) -> None:
    """Write down how far an operator's promise has come; it never goes back.

    Parameters
    ----------
    principal, desk : who acts, and where; an operator moves its own promises alone.
    commitment_id : number of the promise.
    state : a word of `CommitmentState`.
    dated : day on which it came so far.
    why, key : see `phusong.access.book.act`; so in all deeds.
    record : number of the acceptance record.

    Raises
    ------
    NotAllowed
        If the role sees no promises, this one is not theirs, or an operator would accept its own.
    LedgerFault
        If the book refuses; so do all deeds.
    """
    own = ask_promises(principal, desk)["commitment_id"]
    check_own(principal, desk, "move_promise", {commitment_id}, own, subject="commitment")
    if state not in list(CommitmentState):
        raise LedgerFault(f"“{state}” is no state", cure=", ".join(CommitmentState))
    states = list_promise_states(principal)
    check_own(principal, desk, "move_promise", {state}, states, subject="acceptance")
    if dated > name_day(desk):
        raise LedgerFault(f"{dated} is yet to come", cure="write it down on that day")
    acting = act(principal, desk, why=why, key=key)
    book = open_book(desk)
    services.move_commitment(
        book, commitment_id, state, dated=dated, acting=acting, record=record.strip()
    )


@authorise
def subsidise_household(
    principal: Principal,
    desk: Desk,
    student: str,
    fees: Fees,
    *,
    why: str,
    key: str,
    beside: bool = False,
) -> int:
    """Bear fees for the household of a pupil, and return the subsidy's number.

    Parameters
    ----------
    principal, desk, why, key : see `move_promise`.
    student : pseudonym of a pupil of one's own communes or schools, whole or as lists show it.
    fees : what is borne.
    beside : beside another subsidy for the same service.

    Raises
    ------
    NotAllowed
        If the role sees no awards, or the pupil is not theirs or not there: the answer is the same.
    """
    household = _find_household(principal, desk, student)
    fees.check()
    told = Subsidy(
        household, fees.service, fees.payer.strip(), fees.starts_on, fees.waiver_vnd,
        fees.vnd_month if fees.months else 0, fees.months if fees.vnd_month else 0,
        fees.package_id.strip() or None,
    )  # fmt: skip
    acting = act(principal, desk, why=why, key=key)
    (number,) = services.subsidise(open_book(desk), [told], acting=acting, beside=beside)
    return number


def _find_household(principal: Principal, desk: Desk, student: str) -> str:
    """Return the pseudonym of the household of one's own pupil."""
    pupil = find_own_pupil(principal, desk, "subsidise_household", student, subject="subsidy")
    household = pupil["household_key"]
    if pd.isna(household):
        cure = "ask the school to complete the pupil's record"
        raise LedgerFault("the household of this pupil is not known", cure=cure)
    return str(household)


@authorise
def end_household_subsidy(
    principal: Principal, desk: Desk, number: int, *, why: str, key: str
) -> None:
    """End a subsidy of a household of one's own pupils by decision, so that another may take its place."""
    own = read_own_subsidies(principal, desk, "end_household_subsidy")["subsidy"]
    check_own(principal, desk, "end_household_subsidy", {number}, own, subject="subsidy")
    acting = act(principal, desk, why=why, key=key)
    services.end_subsidy(open_book(desk), number, dated=name_day(desk), acting=acting)
