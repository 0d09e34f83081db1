"""The order is total, the same for any order of rows, and every tie is broken by a published rule."""

import hashlib

import numpy as np
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
)

from phusong.gaps.pupils.need import judge_need
from phusong.gaps.pupils.ranking import hash_ties, rank_pupils

NONE = {"device": "none"}


def in_order(*changes, policy=POLICY):
    """Numbers of the pupils in the order in which they are served."""
    told = judge(*changes, policy=policy)
    return told["rank"].dropna().sort_values().index.tolist()


def test_tier_goes_before_everything_else():
    assert in_order(
        NONE | {"grade": 12, "level": "THPT"},
        NONE | {"hardships": "orphan_one"},
        {"poverty": "poor", "connection": "none"},
    ) == [2, 1, 0]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (NONE, {"connection": "none"}),
        (NONE | {"grade": 12, "level": "THPT"}, NONE | {"grade": 9, "level": "THCS"}),
        (NONE | {"grade": 9, "level": "THCS"}, NONE | {"grade": 5}),
        (NONE | {"grade": 5}, NONE | {"grade": 4}),
        (NONE | {"hamlet_id": "K1"}, NONE | {"hamlet_id": "K3"}),
        (NONE | {"hamlet_id": "K5"}, NONE | {"hamlet_id": "KU"}),
    ],
)
def test_tie_breaks_in_their_order(first, second):
    assert in_order(first, second) == [0, 1] and in_order(second, first) == [1, 0]


def test_no_device_comes_before_a_shared_one():
    shared = {"device": "shared", "household_key": "ho-1"}
    assert in_order(shared, shared, NONE)[0] == 2


def test_more_siblings_for_each_device_come_first():
    crowd = [NONE | {"household_key": "ho-1"}] * 3 + [NONE | {"household_key": "ho-2"}] * 2
    assert set(in_order(*crowd)[:3]) == {0, 1, 2}
    helped = [*crowd[:2], {"household_key": "ho-1"}, *crowd[3:]]
    assert set(in_order(*helped)[:2]) == {3, 4}


def test_the_hamlets_may_be_turned_round():
    turned = POLICY.model_copy(update={"connectivity_first": "unreachable"})
    pupils = [NONE | {"hamlet_id": h} for h in ("K1", "K5", "KU")]
    assert in_order(*pupils) == [0, 1, 2] and in_order(*pupils, policy=turned) == [1, 0, 2]


def test_a_closed_school_or_commune_comes_first():
    closed = POLICY.closures.model_copy(update={"communes": ("08917",), "schools": ("S9",)})
    policy = POLICY.model_copy(update={"closures": closed})
    told = [NONE, NONE | {"commune_code": "08917"}, NONE | {"school_id": "S9"}]
    assert set(in_order(*told, policy=policy)[:2]) == {1, 2}


def test_whoever_applied_earlier_comes_first():
    days = pd.to_datetime(["2021-09-23", None, "2021-09-21"])
    judged = judge_need(
        pupils_of(NONE, NONE, NONE), HAMLETS, GAPS, policy=POLICY, learning=LEARNING
    )
    told = rank_pupils(judged.assign(applied_on=days), policy=POLICY)
    assert told["rank"].tolist() == [2, 3, 1]


def test_the_last_tie_is_a_hash_that_anybody_can_recompute():
    keys = pd.Series(["P0", "P1", "P2", "P3"])
    digests = [hashlib.sha256(f"242/KH-UBND:{k}".encode()).hexdigest() for k in keys]
    assert hash_ties(keys, seed="242/KH-UBND").tolist() == digests
    assert in_order(*[NONE] * 4) == [int(i) for i in np.argsort(digests)]
    other = POLICY.model_copy(update={"seed": "another"})
    assert in_order(*[NONE] * 4, policy=other) != in_order(*[NONE] * 4)


def test_of_those_who_share_the_first_by_rank_are_given_devices():
    home = {"device": "shared", "household_key": "ho-1"}
    told = judge(home | {"grade": 3}, home | {"grade": 5}, home | {"grade": 4})
    assert told["device_needed"].sum() == 2 and bool(told["device_needed"].iloc[1])
    assert told["device_needed_household"].tolist() == [False, True, False]


def test_the_circular_gives_one_a_household():
    told = judge(*[NONE | {"poverty": "poor", "household_key": "ho-1"}] * 3, policy=CIRCULAR)
    assert told["device_needed"].sum() == 3 and told["device_needed_household"].sum() == 1


def test_an_unknown_device_leaves_the_need_unknown():
    told = judge({"device": None}, {"device": None, "connection": "none"}, {})
    assert told["device_needed"].isna().tolist() == [True, False, False]


@given(PUPILS, st.randoms(use_true_random=False), st.sampled_from([POLICY, CIRCULAR]))
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_rows_changes_nothing(changes, random, policy):
    pupils = pupils_of(*changes)
    order = list(range(len(pupils)))
    random.shuffle(order)
    shuffled = pupils.iloc[order].reset_index(drop=True)
    first, second = (
        rank_pupils(
            judge_need(p, HAMLETS, GAPS, policy=policy, learning=LEARNING), policy=policy
        ).sort_values("student_key", ignore_index=True)
        for p in (pupils, shuffled)
    )
    pd.testing.assert_frame_equal(first, second)


@given(PUPILS, st.sampled_from([POLICY, CIRCULAR]))
@settings(max_examples=20, deadline=None)
def test_ranks_are_one_to_n_and_households_need_no_more_than_pupils(changes, policy):
    told = judge(*changes, policy=policy)
    eligible = told["eligible"].fillna(value=False).astype(bool)
    assert sorted(told["rank"].dropna()) == list(range(1, eligible.sum() + 1))
    assert told.loc[eligible, "rank"].notna().all()
    one, each = (
        told["device_needed_household"].fillna(value=False),
        told["device_needed"].fillna(value=False),
    )
    assert (each | ~one).all() and one.sum() <= each.sum()
    homes = told["household_key"].fillna(told["student_key"])
    assert one.groupby(homes).sum().le(1).all()
