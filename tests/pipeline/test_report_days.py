"""A report of a day tells the book of that day: on every day what a book cut off after it would make."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
from tests.ledger.books import acting, gift, lot

from phusong.ledger.award_steps import approve, confirm, free_pupil, hand_over, take_back
from phusong.ledger.awards import Wish, propose
from phusong.ledger.book import create_ledger
from phusong.ledger.giving import pledge, receive
from phusong.ledger.lots import take_lots
from phusong.ledger.money import Amount
from phusong.pipeline.reports.figures import gather_figures
from phusong.pipeline.reports.pupil_support import STATUS_OF_OUTCOME, find_support
from phusong.store import read_table
from phusong.views.documents.inputs import PlanState
from phusong.vocabulary.book import AwardState, Outcome, Role
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.reporting import Audience, SupportStatus
from phusong.vocabulary.terms import Edition

START = date(2021, 9, 22)
WINDOW = (START, START + timedelta(days=3))
PARAMETERS = load_parameters()


def on(n):
    return (START + timedelta(days=n)).isoformat()


def by(n, role=Role.FOCAL_POINT):
    day = START + timedelta(days=n)
    return acting(role, at=datetime(day.year, day.month, day.day, 3, tzinfo=UTC))


def gather(folder, book, n, audience=Audience.INTERNAL):
    return gather_figures(
        folder,
        book,
        window=WINDOW,
        as_of=START + timedelta(days=n),
        edition=Edition("2021-01-01", "26"),
        parameters=PARAMETERS,
        audience=audience,
    )


@pytest.fixture(scope="module")
def pupils(office):
    """Pupils of the office without a device who need one, first in line first."""
    students = read_table(office, "students")
    plan = read_table(office, "devices").set_index("student_key")["outcome"]
    needy = students[(students["device"] == "none") & students["device_needed"].fillna(value=False)]
    held = needy["student_key"].map(plan) == Outcome.HELD
    return needy[~held].sort_values("rank")["student_key"].tolist()


def tell_story(pupils):
    """Return what happens on which day, in the order in which it is written down."""
    six = [Wish(key, lot_id="L1") for key in pupils[:6]]
    return (
        (0, lambda b: pledge(b, gift(given_on=on(0), as_of=on(0), pledged_vnd=900), acting=by(0))),
        (1, lambda b: take_lots(b, [lot("L1", 9, received_on=on(1), as_of=on(1))], acting=by(1))),
        (2, lambda b: propose(b, six, dated=on(2), acting=by(2))),
        (3, lambda b: approve(b, [1, 2, 3], dated=on(3), acting=by(3, Role.APPROVER))),
        (4, lambda b: hand_over(b, [1, 2], dated=on(4), acting=by(4), record="BB-1")),
        (5, lambda b: receive(b, "G1", Amount(vnd=400), dated=on(5), acting=by(5))),
        (6, lambda b: confirm(b, [1], dated=on(6), acting=by(6))),
        (7, lambda b: take_back(b, 1, fit=True, dated=on(7), acting=by(7))),
        (8, lambda b: free_pupil(b, 1, dated=on(8), acting=by(8, Role.APPROVER))),
    )


def write(path, pupils, until):
    ledger = create_ledger(path)
    for n, step in tell_story(pupils):
        if n <= until:
            step(ledger)
    return ledger


@pytest.fixture(scope="module")
def whole(pupils, tmp_path_factory):
    ledger = write(tmp_path_factory.mktemp("days") / "book.ledger", pupils, 8)
    yield ledger
    ledger.close()


def assert_same(one, other):
    """Check that two sets of figures are the same, figure by figure, also within what is said of the plan."""
    assert type(one) is type(other)
    for field in dataclasses.fields(one):
        left, right = getattr(one, field.name), getattr(other, field.name)
        if isinstance(left, pd.DataFrame):
            pd.testing.assert_frame_equal(left, right, obj=field.name)
        elif isinstance(left, PlanState):
            assert_same(left, right)
        elif field.name != "quality":
            assert left == right, field.name


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("n", [-1, 2, 4, 6, 7])
def test_the_report_of_a_day_is_that_of_the_book_cut_off_after_it(
    office, pupils, whole, tmp_path, n, audience
):
    cut = write(tmp_path / "book.ledger", pupils, n)
    assert_same(gather(office, whole, n, audience), gather(office, cut, n, audience))
    cut.close()


def test_each_state_is_counted_by_itself_and_a_plan_is_no_action(office, whole):
    plan = read_table(office, "devices")["outcome"].isin([Outcome.AWARDED, Outcome.KEPT])
    before = gather(office, whole, 1)
    assert plan.any() and before.states.empty and before.handed_over == 0
    figures = gather(office, whole, 4)
    states = figures.states.set_index("state")["devices"].to_dict()
    assert states == {"proposed": 3, "approved": 1, "handed_over": 2}
    parts = figures.reconciliation.parts
    assert [parts[s] for s in (SupportStatus.PROPOSED, SupportStatus.APPROVED)] == [3, 1]
    assert parts[SupportStatus.WAITING_DEVICE] == before.reconciliation.parts["waiting_device"] - 6


def test_without_a_device_falls_with_the_confirmation_and_rises_with_the_return(office, whole):
    left = {}
    for n in (5, 6, 7):
        equipment = gather(office, whole, n).equipment
        left[n] = equipment.without_device - equipment.equipped
    assert left[6] == left[5] - 1, "handed over is not confirmed"
    assert left[7] == left[5]


def test_a_returned_device_leaves_its_pupil_to_a_decision_and_then_in_line(office, whole):
    described = {n: gather(office, whole, n).reconciliation.parts for n in (6, 7, 8)}
    assert [described[n][SupportStatus.ENDED] for n in (6, 7, 8)] == [0, 1, 0]
    waits = [described[n][SupportStatus.WAITING_DEVICE] for n in (6, 7, 8)]
    assert waits == [waits[0], waits[0], waits[0] + 1]


def test_a_pledge_is_open_until_all_of_it_has_come(office, whole):
    for n, missing in ((0, 900), (5, 500)):
        pledges = gather(office, whole, n).pledges
        assert pledges[["form", "missing"]].to_numpy().tolist() == [["money", missing]]
    assert gather(office, whole, 5).spending[
        ["balance_vnd", "set_apart_vnd"]
    ].to_numpy().tolist() == [[400, 0]]


def test_the_week_is_stated_against_the_book_of_a_week_ago(office, whole):
    changes = gather(office, whole, 8).changes.set_index("measure")
    assert changes.loc["received"].tolist() == [9, 9], "the lot came on the first day of it"
    assert changes.loc["proposed"].tolist() == [0, 3]


def test_every_outcome_of_an_allocation_has_one_status_but_that_which_the_book_decides():
    assert {str(o) for o in Outcome} - set(STATUS_OF_OUTCOME) == {"kept"}


def make_pupil(key, **changes):
    described = {"student_key": key, "tier": "T2", "eligible": True, "device_needed": True}
    return described | {"connection_adequate": True, "outcome": "out_of_stock"} | changes


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        ("awarded", "waiting_device"),
        ("connection_waiting", "waiting_connection"),
        ("package_only", "waiting_connection"),
        ("held", "held"),
        ("declined", "declined"),
        ("not_needed", "not_needed"),
        ("kept", "waiting_device"),
    ],
)
def test_of_whom_the_book_states_nothing_waits_as_the_allocation_states(outcome, status):
    frame = pd.DataFrame([make_pupil("hs-a", outcome=outcome)])
    awards = pd.DataFrame(columns=["award", "student_key", "lot_id", "state"])
    assert find_support(frame, frame, awards, set())["status"].tolist() == [status]


def test_of_several_awards_the_one_that_stands_counts_and_a_package_is_no_device():
    frame = pd.DataFrame([make_pupil(f"hs-{n}") for n in "abcde"])
    rows = [
        (1, "hs-a", "L1", str(AwardState.RETURNED)),
        (2, "hs-a", "L1", str(AwardState.CONFIRMED)),
        (3, "hs-b", None, str(AwardState.CONFIRMED)),
        (4, "hs-c", "L1", str(AwardState.LOST)),
        (5, "hs-d", "L1", str(AwardState.LOST)),
        (6, "hs-e", "L1", str(AwardState.REPLACED)),
        (7, "hs-e", "L2", str(AwardState.PROPOSED)),
    ]
    awards = pd.DataFrame(rows, columns=["award", "student_key", "lot_id", "state"])
    described = find_support(frame, frame, awards, {4}).set_index("student_key")["status"]
    assert described.tolist() == [
        "confirmed",
        "package_only",
        "waiting_device",
        "ended",
        "proposed",
    ]


def test_what_the_book_states_of_a_family_goes_before_the_plan_and_after_a_device():
    frame = pd.DataFrame([make_pupil(f"hs-{n}") for n in "abcd"])
    rows = [(1, "hs-a", "L1", "confirmed"), (2, "hs-b", "L1", "cancelled")]
    awards = pd.DataFrame(rows, columns=["award", "student_key", "lot_id", "state"])
    changed = [("hs-a", "declined"), ("hs-b", "declined"), ("hs-c", "departed"), ("hs-d", "moved")]
    changes = pd.DataFrame(changed, columns=["student_key", "kind"])
    described = find_support(frame, frame, awards, set(), changes).set_index("student_key")[
        "status"
    ]
    assert described.tolist() == ["confirmed", "declined", "departed", "waiting_device"]


def test_before_a_family_declined_its_pupil_waits_though_the_plan_of_today_knows_better():
    frame = pd.DataFrame([make_pupil("hs-a", outcome="declined")])
    awards = pd.DataFrame(columns=["award", "student_key", "lot_id", "state"])
    nothing = pd.DataFrame(columns=["student_key", "kind"])
    described = find_support(frame, frame, awards, set(), nothing)
    assert described["status"].tolist() == ["waiting_device"]
