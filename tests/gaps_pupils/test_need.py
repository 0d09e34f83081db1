"""Every rule of need on pupils one can count on one's fingers."""

import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gaps_pupils.worlds import (
    CIRCULAR,
    GAPS,
    HAMLETS,
    LEARNING,
    POLICY,
    PUPILS,
    judge,
    pupils_of,
    students_of,
)

from phusong.gaps.pupils.need import judge_need
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.pupils import Reason

YES, NO, UNKNOWN = True, False, None


def one(**change):
    return judge(change).iloc[0]


def answer(value):
    return None if pd.isna(value) else bool(value)


#: (stated connection, hamlet) → (adequate, reason)
CONNECTIONS = {
    ("fixed", "K1"): (YES, None),
    ("fixed", "K2"): (YES, None),
    ("fixed", "K3"): (YES, None),
    ("fixed", "K4"): (UNKNOWN, "connection_disputed"),
    ("fixed", "K4p"): (YES, None),
    ("fixed", "K4u"): (UNKNOWN, "connection_unknown"),
    ("fixed", "K5"): (UNKNOWN, "connection_disputed"),
    ("fixed", "K5p"): (YES, None),
    ("fixed", "KU"): (UNKNOWN, "connection_unknown"),
    ("fixed", None): (YES, None),
    ("mobile_4g", "K1"): (YES, None),
    ("mobile_4g", "K2"): (YES, None),
    ("mobile_4g", "K3"): (YES, None),
    ("mobile_4g", "K4"): (UNKNOWN, "connection_disputed"),
    ("mobile_4g", "K5"): (UNKNOWN, "connection_disputed"),
    ("mobile_4g", "KU"): (UNKNOWN, "connection_unknown"),
    ("mobile_4g", None): (YES, None),
    ("mobile_3g", "K1"): (NO, "slow_connection"),
    ("mobile_3g", "K4"): (NO, "slow_connection"),
    ("mobile_3g", "K5"): (NO, "slow_connection"),
    ("mobile_3g", "KU"): (NO, "slow_connection"),
    ("mobile_3g", None): (NO, "slow_connection"),
    ("unspecified", "K1"): (YES, None),
    ("unspecified", "K3"): (YES, None),
    ("unspecified", "K4"): (UNKNOWN, "connection_unknown"),
    ("unspecified", "K5"): (UNKNOWN, "connection_disputed"),
    ("unspecified", "KU"): (UNKNOWN, "connection_unknown"),
    ("unspecified", None): (UNKNOWN, "connection_unknown"),
    ("none", "K1"): (NO, "no_connection"),
    ("none", "KU"): (NO, "no_connection"),
    ("none", "K4"): (NO, "no_connection|no_signal"),
    ("none", "K4p"): (NO, "no_connection"),
    ("none", "K5"): (NO, "no_connection|no_signal"),
    ("none", None): (NO, "no_connection"),
    (None, "K1"): (UNKNOWN, "connection_unknown"),
    (None, "K4"): (NO, "no_signal"),
    (None, "K4p"): (UNKNOWN, "connection_unknown"),
    (None, "K5"): (NO, "no_signal"),
    (None, "KU"): (UNKNOWN, "connection_unknown"),
    (None, None): (UNKNOWN, "connection_unknown"),
}


@pytest.mark.parametrize(("case", "wanted"), CONNECTIONS.items(), ids=str)
def test_a_connection_is_believed_as_far_as_the_hamlet_carries_it(case, wanted):
    connection, hamlet = case
    pupil = one(connection=connection, hamlet_id=hamlet)
    adequate, reason = wanted
    assert answer(pupil["connection_adequate"]) is adequate
    assert pupil["reasons"] == (reason or "equipped")
    assert answer(pupil["eligible"]) is {YES: False, NO: True, UNKNOWN: None}[adequate]


def test_fast_3g_would_count_wherever_there_is_a_signal():
    fast = load_parameters({"learning": {"assured_3g_mbps": 1.0}}).learning
    told = judge(
        *({"connection": "mobile_3g", "hamlet_id": h} for h in ("K1", "K4", "K5")), learning=fast
    )
    assert [answer(v) for v in told["connection_adequate"]] == [True, True, None]
    silent = judge({"connection": None, "hamlet_id": "K4"}, learning=fast).iloc[0]
    assert answer(silent["connection_adequate"]) is None


@pytest.mark.parametrize(
    ("device", "adequate", "reasons"),
    [
        ("own", YES, "equipped"),
        ("none", NO, "no_device"),
        ("shared", YES, "equipped"),
        (None, UNKNOWN, "device_unknown"),
    ],
)
def test_the_only_pupil_of_a_home(device, adequate, reasons):
    pupil = one(device=device)
    assert answer(pupil["device_adequate"]) is adequate and pupil["reasons"] == reasons


#: (devices of siblings, sharers) → who is served, and how many devices are needed
HOMES = {
    "two share one": (("shared", "shared"), (None, None), (NO, NO), 1),
    "two share one, and say so": (("shared", "shared"), (2, 2), (NO, NO), 1),
    "two with a device each, shared with a parent": (("shared", "shared"), (1, 1), (YES, YES), 0),
    "three share two": (("shared",) * 3, (2, 2, 2), (NO, NO, NO), 1),
    "three share one": (("shared",) * 3, (3, 3, 3), (NO, NO, NO), 2),
    "one owns, one has none": (("own", "none"), (None, None), (YES, NO), 1),
    "one owns, one shares alone": (("own", "shared"), (None, None), (YES, YES), 0),
    "none and none": (("none", "none"), (None, None), (NO, NO), 2),
    "one shares, one has none": (("shared", "none"), (2, None), (YES, NO), 1),
}


@pytest.mark.parametrize("home", HOMES.values(), ids=HOMES)
def test_a_home_needs_as_many_devices_as_it_is_short_of(home):
    devices, sharers, served, needed = home
    told = judge(
        *(
            {"device": d, "device_sharers": s, "household_key": "ho-1"}
            for d, s in zip(devices, sharers, strict=True)
        )
    )
    assert [answer(v) for v in told["device_adequate"]] == list(served)
    assert told["device_needed"].sum() == needed
    assert told["device_needed_household"].sum() == min(needed, 1)


def test_siblings_who_do_not_learn_here_take_no_turn_at_the_device():
    shares = {"device": "shared", "household_key": "ho-1"}
    left, small = shares | {"status": "left"}, shares | {"level": "MN", "grade": None}
    assert answer(judge(shares, left, small)["device_adequate"].iloc[0]) is True


@pytest.mark.long
def test_a_pupil_without_a_device_is_eligible_whatever_the_connection_is():
    for connection, hamlet in CONNECTIONS:
        pupil = one(device="none", connection=connection, hamlet_id=hamlet)
        assert answer(pupil["eligible"]) is True and pupil["tier"] == "T6"
        assert pupil["reasons"].startswith("no_device")


@pytest.mark.parametrize(
    ("change", "eligible", "reasons"),
    [
        ({"level": "MN", "grade": None}, NO, "level_outside"),
        ({"level": "GDTX", "grade": None}, NO, "level_outside"),
        ({"status": "dropped_out"}, NO, "not_studying"),
        ({"level": "MN", "grade": None, "status": "left"}, NO, "level_outside|not_studying"),
        ({"status": "moved_in"}, YES, "no_device"),
        ({"status": None}, YES, "no_device"),
        ({"level": None, "grade": 7}, YES, "no_device"),
        ({"level": None, "grade": None}, UNKNOWN, "no_device|level_unknown"),
        ({"identity": "probable"}, YES, "no_device|identity_probable"),
    ],
)
def test_who_is_inside_the_policy(change, eligible, reasons):
    pupil = one(device="none", **change)
    assert answer(pupil["eligible"]) is eligible and pupil["reasons"] == reasons


def test_a_level_not_stated_follows_from_the_grade():
    told = judge(*({"level": None, "grade": g} for g in (1, 5, 6, 9, 10, 12)))
    assert list(told["level"]) == ["TH", "TH", "THCS", "THCS", "THPT", "THPT"]


def test_an_enrolment_not_stated_may_stay_unknown():
    strict = POLICY.model_copy(
        update={"unknown": POLICY.unknown.model_copy(update={"status": "unknown"})}
    )
    pupil = judge({"device": "none", "status": None}, policy=strict).iloc[0]
    assert answer(pupil["eligible"]) is None and pupil["reasons"] == "no_device|status_unknown"


@pytest.mark.parametrize(
    ("change", "tier", "hardship"),
    [
        ({"poverty": "poor", "hardships": "orphan_both"}, "T1", True),
        ({"poverty": "poor", "hardships": "covid_orphan|disability"}, "T1", True),
        ({"poverty": "poor", "hardships": "orphan_one"}, "T2", True),
        ({"poverty": "poor"}, "T2", False),
        ({"poverty": "near_poor", "hardships": "severe_disability"}, "T3", True),
        ({"poverty": "near_poor", "hardships": "meritorious"}, "T3", True),
        ({"poverty": "near_poor"}, "T4", False),
        ({"hardships": "income_loss"}, "T5", True),
        ({"hardships": "minority", "hamlet_id": "K5"}, "T5", True),
        ({"hardships": "minority", "hamlet_id": "K4"}, "T6", False),
        ({"hardships": "minority", "hamlet_id": "KU"}, "T6", False),
        ({"hardships": None}, "T6", None),
        ({}, "T6", False),
    ],
)
def test_the_first_tier_that_holds_is_the_pupils(change, tier, hardship):
    pupil = one(device="none", **change)
    assert pupil["tier"] == tier and answer(pupil["hardship"]) is hardship


def test_only_the_eligible_have_a_tier():
    assert judge({}, {"device": None}, {"device": "none"})["tier"].isna().tolist() == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("listed", "verdict", "stated", "settled", "probable"),
    [
        ("poor", "certain", None, "poor", False),
        ("poor", "probable", None, None, True),
        ("poor", "probable", "poor", "poor", False),
        ("poor", "probable", "near_poor", None, True),
        ("neither", None, "poor", "neither", True),
        ("neither", None, "neither", "neither", False),
        (None, None, "near_poor", "near_poor", False),
        (None, None, None, None, False),
    ],
)
def test_poverty_counts_as_far_as_it_is_proven(listed, verdict, stated, settled, probable):
    pupil = one(device="none", poverty=listed, poverty_verdict=verdict, poverty_stated=stated)
    assert (None if pd.isna(pupil["poverty"]) else pupil["poverty"]) == settled
    assert ("poverty_probable" in pupil["reasons"].split("|")) is probable
    assert pupil["tier"] == {"poor": "T2", "near_poor": "T4"}.get(settled, "T6")


def test_either_word_may_be_proof_where_the_policy_says_so():
    lenient = POLICY.model_copy(update={"poverty_proof": "either"})
    told = judge(
        {"device": "none", "poverty": "near_poor", "poverty_stated": "poor"},
        {"device": "none", "poverty": "poor", "poverty_stated": "neither"},
        policy=lenient,
    )
    assert list(told["poverty"]) == ["poor", "poor"] and list(told["tier"]) == ["T2", "T2"]


def test_the_circular_serves_listed_households_and_asks_for_a_tablet_or_computer():
    told = judge(
        {"poverty": "poor", "device_kind": "smartphone"},
        {"poverty": "poor", "device_kind": "tablet"},
        {"poverty": "near_poor", "device": "none", "hardships": "meritorious"},
        {"poverty": "near_poor", "device": "none", "hardships": "orphan_one"},
        {"poverty": "near_poor", "device": "none", "connection": None},
        {"device": "none"},
        {"poverty": "poor", "device_kind": None},
        policy=CIRCULAR,
    )
    assert [answer(v) for v in told["eligible"]] == [YES, NO, YES, YES, YES, NO, UNKNOWN]
    assert told["tier"].fillna("").tolist() == ["T3", "", "T1", "T2", "T4", "", ""]
    assert told["reasons"].tolist() == [
        "unsuitable_device",
        "equipped",
        "no_device",
        "no_device",
        "no_device",
        "no_device|not_beneficiary",
        "device_unknown",
    ]


@given(PUPILS, st.sampled_from([POLICY, CIRCULAR]))
@settings(max_examples=12, deadline=None)
def test_every_pupil_is_given_a_reason_in_the_order_of_the_list(changes, policy):
    told = judge(*changes, policy=policy)
    order = [str(r) for r in Reason]
    for reasons in told["reasons"]:
        words = reasons.split("|")
        assert words == sorted(words, key=order.index) and reasons


@pytest.mark.long
@given(PUPILS)
@settings(max_examples=12, deadline=None)
def test_a_better_device_never_makes_a_pupil_more_eligible(changes):
    weight = {True: 2, None: 1, False: 0}
    for better, worse in itertools.combinations(("own", "shared", "none"), 2):
        first = [{**changes[0], "device": better}, *changes[1:]]
        second = [{**changes[0], "device": worse}, *changes[1:]]
        a, b = judge(*first).iloc[0], judge(*second).iloc[0]
        assert weight[answer(a["eligible"])] <= weight[answer(b["eligible"])]


@given(PUPILS)
@settings(max_examples=12, deadline=None)
def test_a_device_given_to_one_takes_nothing_from_the_others(changes):
    before = judge(*changes)
    after = judge({**changes[0], "device": "own"}, *changes[1:])
    lost = (before["device_adequate"].eq(True) & after["device_adequate"].eq(False)).fillna(
        value=False
    )
    if changes[0]["device"] == "shared":
        assert not lost.any()
    assert not lost[1:].any()


@pytest.mark.long
@given(PUPILS)
@settings(max_examples=12, deadline=None)
def test_a_worse_hamlet_never_makes_an_eligible_pupil_ineligible(changes):
    for chain in (("K1", "K2", "K3", "K4", "K5"), ("K1", "K4p", "K5p", "K5")):
        told = [judge({**changes[0], "hamlet_id": h}, *changes[1:]).iloc[0] for h in chain]
        for better, worse in itertools.pairwise(told):
            if answer(better["eligible"]) is True:
                assert answer(worse["eligible"]) is True


@given(PUPILS)
@settings(max_examples=12, deadline=None)
def test_what_goes_in_is_left_alone(changes):
    pupils = pupils_of(*changes)
    before = pupils.copy()
    judge_need(pupils, HAMLETS, GAPS, policy=POLICY, learning=LEARNING)
    pd.testing.assert_frame_equal(pupils, before)


def test_the_result_is_table_students():
    assert (
        students_of({}, {"device": "none"}, {"level": "MN", "grade": None})["tier"].isna().sum()
        == 2
    )
