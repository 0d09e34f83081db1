"""Each reason is an assertion about the allocation: replayed against it by brute force, pupil by pupil."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plans_devices.worlds import (
    LAPTOP,
    POLICY,
    TABLET,
    make_lots,
    make_packages,
    make_pupils,
    plan,
    suits,
    told,
    worlds,
)

pytestmark = pytest.mark.long

WAITING = ("out_of_stock", "restricted", "no_fit")
MOBILE = ("K2", "K3", "K4")
UNMARKED = dict.fromkeys(("only_levels", "only_schools", "only_communes", "only_district"))


def check_reasons(students, lots, made, *, floor=0.0, hotspots=False):
    """Assert what the plan says of every pupil who waits."""
    stock = lots.astype("object").where(lots.notna(), None).to_dict("records")
    pupils = students.astype("object").to_dict("records")
    got, reason, outcome = (told(made, name) for name in ("lot_id", "reason", "outcome"))
    held = [got[p["student_key"]] for p in pupils]
    for place, pupil in enumerate(pupils):
        if outcome[pupil["student_key"]] not in WAITING:
            continue
        words = set(reason[pupil["student_key"]].split("|"))
        fit = {lot["lot_id"]: suits(pupil, lot, hotspots=hotspots) for lot in stock}
        check_holders(words, fit, set(held[:place]), set(held[place + 1 :]), floor=floor)
        check_store(words, fit, pupil, stock, held, hotspots=hotspots)


def check_holders(words, fit, ahead, behind, *, floor):
    """Assert what is said of pupils ahead and behind, who hold what fits or do not."""
    plain = {n for n, f in fit.items() if f and not f[2]}
    anything = {n for n, f in fit.items() if f}
    assert words - {""}, "whoever waits is told why"
    if "earlier_served" in words:
        assert anything & ahead
    if plain & ahead:
        assert "earlier_served" in words
    assert ("floor" in words) == bool(floor and plain & behind)
    assert floor or not plain & behind, "nobody behind holds what serves who waits"
    if words & {"none_fits", "store_empty"}:
        assert not anything
    if "hotspot_short" in words:
        assert anything - plain


def check_store(words, fit, pupil, shelf, held, *, hotspots):
    """Assert what is said of devices in store: that they lack a modem, are earmarked, or are all given."""
    anything = {n for n, f in fit.items() if f}
    near = [lot for lot in shelf if suits(pupil, lot | {"modem": True})]
    if near and not anything and not hotspots:
        assert all(not lot["modem"] for lot in near)
        assert "needs_modem" in words, "every fitting lot lacks a modem"
    if "needs_modem" in words:
        assert pupil["hamlet_class"] in MOBILE
        assert any(not lot["modem"] for lot in near)
    if "earmarked" in words:
        assert any(suits(pupil, lot | UNMARKED) and not suits(pupil, lot) for lot in shelf)
    if "all_given" in words:
        left = {lot["lot_id"]: lot["quantity"] - held.count(lot["lot_id"]) for lot in shelf}
        assert anything and not any(left[n] for n in anything)


@settings(max_examples=60)
@given(worlds(most_pupils=9))
def test_every_reason_is_true_of_the_allocation(world):
    students, lots = world
    check_reasons(students, lots, plan(students, lots))


@settings(max_examples=40)
@given(worlds(most_pupils=8), st.integers(1, 2))
def test_every_reason_is_true_where_hotspots_are_scarce(world, spots):
    students, lots = world
    packages = make_packages({"hotspot": True, "quantity": spots})
    check_reasons(students, lots, plan(students, lots, packages), hotspots=True)


@settings(max_examples=30)
@given(worlds(most_pupils=8), st.sampled_from([0.25, 0.5, 1.0]))
def test_every_reason_is_true_under_a_floor_in_every_commune(world, floor):
    students, lots = world
    policy = replace(POLICY, commune_floor=floor)
    check_reasons(students, lots, plan(students, lots, policy=policy), floor=floor)


def test_a_laptop_that_goes_to_somebody_behind_is_not_stated_to_have_gone_ahead():
    pupils = make_pupils({"hamlet_id": "3g", "tier": "T2"}, {"hamlet_id": "fibre", "tier": "T4"})
    made = plan(pupils, make_lots(LAPTOP))
    assert told(made, "lot_id") == {"p1": None, "p2": "L1"}
    assert told(made, "reason")["p1"] == "none_fits|needs_modem"


def test_the_floor_of_another_commune_is_named():
    pupils = make_pupils(
        {"tier": "T2"}, {"tier": "T2"}, {"tier": "T2"}, {"tier": "T4", "commune_code": "c2"}
    )
    policy = replace(POLICY, commune_floor=0.5)
    made = plan(pupils, make_lots(TABLET | {"quantity": 3}), policy=policy)
    assert told(made, "lot_id") == {"p1": "L1", "p2": "L1", "p3": None, "p4": "L1"}
    assert told(made, "reason")["p3"] == "earlier_served|floor"


@pytest.mark.parametrize("hamlet", ["full", "part", "3g", "fibre", "dark", "dark-mast"])
def test_a_signal_that_fits_never_stands_beside_lessons_to_use_offline(hamlet):
    for packages in (make_packages(), make_packages({"quantity": 5})):
        made = plan(make_pupils({"hamlet_id": hamlet}), make_lots(TABLET), packages)
        words, kit = told(made, "reason")["p1"].split("|"), told(made, "kit")["p1"]
        assert not ("signal_fits" in words and kit == "offline")
        assert ("only_3g" in words) == (hamlet == "3g")


def test_an_empty_store_is_called_empty():
    made = plan(make_pupils({}), make_lots(TABLET | {"ram_gb": 1.0}))
    assert told(made, "reason")["p1"] == "store_empty"
