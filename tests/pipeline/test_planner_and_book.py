"""Planner and book agree: whatever has happened, what is planned is accepted as it stands."""

import shutil
import tempfile
from contextlib import suppress

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.books import APPROVER, DAY, SCHOOL, acting, lot
from tests.plans_devices.worlds import TABLET, make_pupils, plan

from phusong.ledger import award_steps, pupil_steps
from phusong.ledger.awards import Wish, propose
from phusong.ledger.book import create_ledger, open_ledger
from phusong.ledger.faults import LedgerFault
from phusong.ledger.imports import list_wishes
from phusong.ledger.inventory import list_lots
from phusong.ledger.lots import judge_lots as keep_fit
from phusong.ledger.lots import move_aside, take_lots
from phusong.ledger.pupil_changes import Pupil
from phusong.ledger.queries import list_awards, list_refusals
from phusong.ledger.verifying import verify_ledger
from phusong.pipeline.book_standing import read_standing
from phusong.plans.devices import AllocationPolicy
from phusong.vocabulary.book import DeviceGoes

KEYS = ["hs-a", "hs-b", "hs-c", "hs-d", "hs-e"]
HOMES = ["ho-1", "ho-1", "ho-2", "ho-2", "ho-3"]
HOUSEHOLD = AllocationPolicy("tt9", "per_household")
WHO = acting()


def token(number):
    return f"dd-{'abcdefgh'[number]}" + "2" * 25


def pupil(number):
    return Pupil(KEYS[number], (token(number),))


def make_wish(number, lot_id):
    return Wish(KEYS[number], lot_id=lot_id, tokens=(token(number),), household_key=HOMES[number])


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A book with three lots: two that are fit, and one that is not and was set aside as it came."""
    place = tmp_path_factory.mktemp("law") / "book.ledger"
    ledger = create_ledger(place)
    fit = {k: v for k, v in TABLET.items() if k not in ("kind", "condition", "quantity")}
    fit = {k: int(v) if isinstance(v, bool) else v for k, v in fit.items()}
    lots = [lot("L1", 2, **fit), lot("L2", 2, **fit), lot("L3", 2, **(fit | {"ram_gb": 1.0}))]
    take_lots(ledger, lots, acting=WHO)
    keep_fit(ledger, {"L1": 2, "L2": 2, "L3": 0}, dated=DAY, acting=WHO)
    ledger.close()
    return place


DEEDS = {
    "propose": lambda book, n, flag: propose(
        book, [make_wish(n, "L1" if flag else "L2")], dated=DAY, acting=WHO
    ),
    "propose at home": lambda book, n, flag: propose(
        book, [make_wish(n, "L1" if flag else "L2")], dated=DAY, acting=WHO, per_household=True
    ),
    "approve": lambda book, n, _: award_steps.approve(book, [n + 1], dated=DAY, acting=APPROVER),
    "hand over": lambda book, n, _: award_steps.hand_over(book, [n + 1], dated=DAY, acting=SCHOOL),
    "confirm": lambda book, n, _: award_steps.confirm(book, [n + 1], dated=DAY, acting=SCHOOL),
    "return": lambda book, n, flag: award_steps.take_back(
        book, n + 1, fit=flag, dated=DAY, acting=SCHOOL
    ),
    "return, freed": lambda book, n, flag: award_steps.take_back(
        book, n + 1, fit=flag, dated=DAY, acting=acting("education"), frees=True
    ),
    "lose": lambda book, n, flag: award_steps.lose(
        book, n + 1, dated=DAY, acting=acting("education"), frees=flag
    ),
    "cancel": lambda book, n, flag: award_steps.cancel(
        book, n + 1, dated=DAY, acting=acting("education"), frees=flag
    ),
    "send back": lambda book, n, _: award_steps.send_back(
        book, [n + 1], dated=DAY, acting=APPROVER
    ),
    "free": lambda book, n, _: award_steps.free_pupil(book, n + 1, dated=DAY, acting=APPROVER),
    "replace": lambda book, n, flag: award_steps.replace(
        book, n + 1, "L2", fit=flag, dated=DAY, acting=SCHOOL
    ),
    "decline": lambda book, n, _: pupil_steps.decline(book, pupil(n), dated=DAY, acting=SCHOOL),
    "depart": lambda book, n, flag: pupil_steps.depart(
        book, pupil(n), device=DeviceGoes.BACK if flag else DeviceGoes.ALONG, dated=DAY, acting=SCHOOL
    ),
    "move": lambda book, n, flag: pupil_steps.move(
        book, pupil(n), "s2", device=DeviceGoes.BACK if flag else DeviceGoes.ALONG, dated=DAY,
        acting=SCHOOL,
    ),
    "withdraw": lambda book, n, _: pupil_steps.withdraw(book, n + 1, dated=DAY, acting=SCHOOL),
    "set aside": lambda book, n, flag: move_aside(
        book, f"lot:L{n % 3 + 1}", 1 if flag else -1, gone=False, dated=DAY, acting=WHO
    ),
}  # fmt: skip


def plan_over(book, renamed, policy):
    """Return the plan of a run in which some pupils bear another pseudonym than the book knows."""
    keys = [f"hs-new{n}" if n in renamed else key for n, key in enumerate(KEYS)]
    rows = [{"student_key": k, "household_key": h} for k, h in zip(keys, HOMES, strict=True)]
    tokens = pd.DataFrame({"student_key": keys, "token": [token(n) for n in range(len(keys))]})
    standing = read_standing(book, tokens)
    made = plan(
        make_pupils(*rows), list_lots(book), awards=standing.awards, policy=policy,
        known=standing.known, book=standing.stock,
    )  # fmt: skip
    return made, tokens.groupby("student_key")["token"].agg(tuple).to_dict(), standing


@pytest.mark.long
@settings(max_examples=30)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(list(DEEDS)), st.integers(0, 4), st.booleans()), max_size=16
    ),
    renamed=st.sets(st.integers(0, 4)),
    at_home=st.booleans(),
)
def test_what_is_planned_after_any_history_is_accepted_whole(empty, steps, renamed, at_home):
    with tempfile.TemporaryDirectory() as folder:
        book = open_ledger(shutil.copy(empty, folder))
        for step, number, flag in steps:
            with suppress(LedgerFault):
                DEEDS[step](book, number, flag)
        check_agreement(book, renamed, at_home=at_home)
        book.close()


def check_agreement(book, renamed, *, at_home):
    """Assert that plan and book have the same free stock, and that the book takes the whole plan."""
    policy = HOUSEHOLD if at_home else AllocationPolicy("vp", "per_student")
    made, tokens, standing = plan_over(book, renamed, policy)
    lots = made.surplus.set_index("lot_id")
    free = standing.stock.set_index("item")["free"]
    for lot_id in ("L1", "L2"):
        assert lots.loc[lot_id, "given"] + lots.loc[lot_id, "left"] == free[f"lot:{lot_id}"]
    assert lots.loc["L3", "given"] == 0
    households = dict(zip(made.devices["student_key"], HOMES, strict=True))
    requests = list_wishes(made.devices, tokens=tokens, households=households)
    before = len(list_awards(book))
    described = propose(book, requests, dated=DAY, acting=WHO, per_household=at_home)
    assert len(described["awards"]) == len(requests) == len(list_awards(book)) - before
    assert verify_ledger(book).sound


@pytest.fixture
def book(empty, tmp_path):
    shutil.copy(empty, tmp_path / "book.ledger")
    ledger = open_ledger(tmp_path / "book.ledger")
    yield ledger
    ledger.close()


def outcome_of(book, key):
    made, _, _ = plan_over(book, set(), AllocationPolicy("vp", "per_student"))
    return made.devices.set_index("student_key").loc[key, "outcome"]


def give(book, number, lot_id="L1"):
    """Put a device into a pupil's hands, and return the award's number."""
    (award,) = propose(book, [make_wish(number, lot_id)], dated=DAY, acting=WHO)["awards"].values()
    award_steps.approve(book, [award], dated=DAY, acting=APPROVER)
    award_steps.hand_over(book, [award], dated=DAY, acting=SCHOOL)
    return award


def free(book, lot_id="L1"):
    with book.read() as connection:
        from phusong.ledger.stock import count_free, read_stock

        return count_free(read_stock(connection)[f"lot:{lot_id}"])


def test_a_return_waits_for_a_decision_and_then_the_pupil_stands_in_line(book):
    number = give(book, 0)
    award_steps.take_back(book, number, fit=True, dated=DAY, acting=SCHOOL)
    assert outcome_of(book, "hs-a") == "awaiting_decision" and free(book) == 2
    award_steps.free_pupil(book, number, dated=DAY, acting=APPROVER)
    assert outcome_of(book, "hs-a") == "awarded"


def test_a_family_that_declines_costs_no_stock_and_is_not_proposed_until_it_is_withdrawn(book):
    propose(book, [make_wish(0, "L1")], dated=DAY, acting=WHO)
    assert free(book) == 1
    change = pupil_steps.decline(book, pupil(0), dated=DAY, acting=SCHOOL)
    assert free(book) == 2 and outcome_of(book, "hs-a") == "declined"
    for request in (make_wish(0, "L1"), Wish("hs-other", lot_id="L1", tokens=(token(0),))):
        with pytest.raises(LedgerFault, match="declined by the family"):
            propose(book, [request], dated=DAY, acting=WHO)
    with pytest.raises(LedgerFault, match="declined by the family"):
        pupil_steps.decline(book, pupil(0), dated=DAY, acting=SCHOOL)
    pupil_steps.withdraw(book, change, dated=DAY, acting=SCHOOL)
    assert outcome_of(book, "hs-a") == "awarded"
    with pytest.raises(LedgerFault, match="in force"):
        pupil_steps.withdraw(book, change, dated=DAY, acting=SCHOOL)


def test_who_has_the_device_in_hand_returns_it_before_declining(book):
    number = give(book, 0)
    with pytest.raises(LedgerFault, match="in hand"):
        pupil_steps.decline(book, pupil(0), dated=DAY, acting=SCHOOL)
    award_steps.take_back(book, number, fit=True, dated=DAY, acting=SCHOOL)
    pupil_steps.decline(book, pupil(0), dated=DAY, acting=SCHOOL)
    assert outcome_of(book, "hs-a") == "declined"


def test_the_device_of_who_leaves_comes_back_or_goes_along_by_decision(book):
    give(book, 0), give(book, 1)
    assert free(book) == 0
    with pytest.raises(LedgerFault, match="in hand"):
        pupil_steps.depart(book, pupil(0), dated=DAY, acting=SCHOOL)
    pupil_steps.depart(book, pupil(0), device=DeviceGoes.BACK, dated=DAY, acting=SCHOOL)
    pupil_steps.depart(book, pupil(1), device=DeviceGoes.ALONG, dated=DAY, acting=SCHOOL)
    states = list_awards(book)["state"].tolist()
    assert states == ["returned", "handed_over"] and free(book) == 1
    assert outcome_of(book, "hs-a") == outcome_of(book, "hs-b") == "departed"
    with pytest.raises(LedgerFault, match="already"):
        propose(book, [make_wish(1, "L2")], dated=DAY, acting=WHO)


def test_an_award_goes_along_to_another_school(book):
    number = give(book, 0)
    pupil_steps.move(book, pupil(0), "s2", dated=DAY, acting=SCHOOL)
    assert list_awards(book).set_index("award").loc[number, "state"] == "handed_over"
    assert outcome_of(book, "hs-a") == "kept"
    standing = read_standing(book, pd.DataFrame({"student_key": ["hs-a"], "token": [token(0)]}))
    assert standing.moved.iloc[0].tolist() == ["hs-a", "s2", DAY]
    pupil_steps.move(
        book, pupil(0), "s3", device=DeviceGoes.BACK, fit=False, dated=DAY, acting=SCHOOL
    )
    assert list_awards(book).set_index("award").loc[number, "state"] == "returned"
    assert free(book) == 1, "it came back unfit and was set aside"
    standing = read_standing(book, pd.DataFrame({"student_key": ["hs-a"], "token": [token(0)]}))
    assert standing.moved["school_id"].tolist() == ["s3"], "the newest move counts"


def test_the_same_attempt_counts_once_however_often_it_is_repeated(book):
    propose(book, [make_wish(0, "L1")], dated=DAY, acting=WHO)
    for _ in range(3):
        described = propose(book, [make_wish(0, "L2")], dated=DAY, acting=WHO, skip_awarded=True)
        assert list(described["refused"]) == ["hs-a"]
    with pytest.raises(LedgerFault):
        propose(book, [make_wish(0, "L2")], dated=DAY, acting=WHO)
    assert len(list_refusals(book)) == 1
    propose(book, [make_wish(0, "L2")], dated=DAY, acting=acting("education"), skip_awarded=True)
    assert len(list_refusals(book)) == 2, "somebody else has tried"
    award_steps.approve(book, [1], dated=DAY, acting=APPROVER)
    propose(book, [make_wish(0, "L2")], dated=DAY, acting=WHO, skip_awarded=True)
    assert len(list_refusals(book)) == 2, "the award has gone on; the attempt is the same"
    assert verify_ledger(book).sound


def test_whoever_cannot_be_served_is_named_and_the_rest_is_proposed(book):
    pupil_steps.decline(book, pupil(1), dated=DAY, acting=SCHOOL)
    requests = [make_wish(0, "L1"), make_wish(1, "L1"), make_wish(2, "L1"), make_wish(3, "L1")]
    described = propose(book, requests, dated=DAY, acting=WHO, skip_awarded=True)
    assert sorted(described["awards"]) == ["hs-a", "hs-c"]
    assert (
        "declined" in described["refused"]["hs-b"]
        and "left in store" in described["refused"]["hs-d"]
    )
    described = propose(book, [make_wish(4, "bought")], dated=DAY, acting=WHO, skip_awarded=True)
    assert not described["awards"] and "lot:bought" in described["refused"]["hs-e"]


def test_proposals_are_sent_back_all_or_none_and_their_pupils_stand_in_line(book):
    numbers = propose(book, [make_wish(0, "L1"), make_wish(1, "L1")], dated=DAY, acting=WHO)[
        "awards"
    ]
    first, second = sorted(numbers.values())
    award_steps.approve(book, [second], dated=DAY, acting=APPROVER)
    with pytest.raises(LedgerFault, match="not proposed"):
        award_steps.send_back(book, [first, second], dated=DAY, acting=APPROVER)
    assert free(book) == 0
    assert award_steps.send_back(book, [first], dated=DAY, acting=APPROVER) == 1
    assert free(book) == 1 and outcome_of(book, "hs-a") == "awarded"


def test_a_decision_without_an_account_is_marked_in_the_journal(book):
    from phusong.ledger.stories import follow_pupil
    from phusong.ledger.telling import tell_story

    propose(book, [make_wish(0, "L1"), make_wish(1, "L1")], dated=DAY, acting=WHO)
    award_steps.approve(book, [1], dated=DAY, acting=APPROVER)
    named = acting("approver", account="tk-7")
    award_steps.approve(book, [2], dated=DAY, acting=named)
    marked, plain = (tell_story(follow_pupil(book, k), "vi") for k in ("hs-a", "hs-b"))
    assert "chưa xác định người" in marked[-1] and "chưa xác định" not in marked[0]
    assert "chưa xác định" not in "".join(plain)
