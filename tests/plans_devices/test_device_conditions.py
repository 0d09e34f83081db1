"""Side conditions: a floor in every commune, and hotspots too few for every device that needs one."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plans_devices.worlds import (
    LAPTOP,
    TABLET,
    judge,
    make_lots,
    make_packages,
    make_pupils,
    plan,
    told,
    worlds,
)

from phusong.plans.devices import AllocationPolicy


def floor_of(share):
    """Return a policy with a floor."""
    return AllocationPolicy("vp242-1", "per_student", commune_floor=share)


def test_a_floor_reaches_the_commune_that_tiers_would_leave_out():
    pupils = make_pupils(
        {"tier": "T1"},
        {"tier": "T1"},
        {"tier": "T2", "commune_code": "c2"},
        {"tier": "T2", "commune_code": "c2"},
    )
    lots = make_lots(TABLET | {"quantity": 2})
    assert [p for p, n in told(plan(pupils, lots), "lot_id").items() if n] == ["p1", "p2"]
    made = plan(pupils, lots, policy=floor_of(0.5))
    assert [p for p, n in told(made, "lot_id").items() if n] == ["p1", "p3"]
    assert made.proof["aim"].tolist()[0] == "floor" and made.proof["found"].iloc[0] == 2
    assert made.gap == 0 and made.shadow.empty


@settings(max_examples=12, deadline=None)
@given(worlds(most_pupils=5, most_lots=3), st.sampled_from([0.3, 0.5, 1.0]))
def test_no_other_assignment_is_better_under_a_floor(world, share):
    made = plan(*world, policy=floor_of(share))
    found, best = judge(*world, made, floor=share)
    assert found == best and made.gap == 0


@settings(max_examples=12, deadline=None)
@given(worlds(most_pupils=5, most_lots=3), st.integers(1, 2))
def test_no_other_assignment_is_better_with_few_hotspots(world, count):
    students, lots = world
    packages = make_packages({"hotspot": True, "quantity": count})
    made = plan(students, lots, packages)
    # the programme adds up places instead of comparing them one by one
    adds_up = 0.0 if made.shadow.empty else None
    found, best = judge(*world, made, hotspots=count, floor=adds_up)
    assert found == best and made.gap == 0
    assert (made.devices["kit"] == "modem").sum() <= count


def test_hotspots_that_no_operator_carries_there_are_no_use():
    pupils = make_pupils({"hamlet_id": "full"}, {"hamlet_id": "part"})
    packages = make_packages({"hotspot": True, "quantity": 2})
    there = pd.DataFrame([("part", "VNPT", "4G", "FULL"), ("full", "VIETTEL", "4G", "FULL")],
                      columns=["hamlet_id", "operator", "technology", "status"])  # fmt: skip
    made = plan(pupils, make_lots(LAPTOP | {"quantity": 2}), packages, signals=there)
    assert told(made, "lot_id") == {"p1": None, "p2": "L1"}
    assert told(made, "package_id") == {"p1": None, "p2": "K1"}


@pytest.mark.parametrize("seed", range(3))
def test_a_floor_of_nothing_changes_nothing(seed):
    pupils = make_pupils(*[{"hamlet_id": h} for h in ("full", "fibre", "dark")] * (seed + 1))
    lots = make_lots(TABLET | {"quantity": seed + 1}, LAPTOP)
    assert plan(pupils, lots, policy=floor_of(0)).devices.equals(plan(pupils, lots).devices)
