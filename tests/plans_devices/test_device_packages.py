"""Data packages and lines: where something is on the air, by rank, the rest for the waves to come."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plans_devices.worlds import (
    LAPTOP,
    TABLET,
    make_lots,
    make_packages,
    make_pupils,
    plan,
    told,
    worlds,
)

MANY = make_lots(TABLET | {"quantity": 99})
LINE = {"gb_per_day": None, "install_waiver_vnd": 300_000}


def signals(*rows):
    """Return operators on the air."""
    return pd.DataFrame(rows, columns=["hamlet_id", "operator", "technology", "status"])


def test_packages_go_by_rank_to_those_whose_signal_carries_them():
    hamlets = ("dark", "fibre", "full", "3g", "part")
    made = plan(
        make_pupils(*[{"hamlet_id": h} for h in hamlets]), MANY, make_packages({"quantity": 2})
    )
    assert told(made, "package_id") == {"p1": None, "p2": None, "p3": "K1", "p4": "K1", "p5": None}
    assert told(made, "kit")["p4"] == "data_package" and told(made, "kit")["p5"] == "nothing"
    assert told(made, "would_change")["p5"] == "more_packages"


def test_a_home_with_its_own_connection_asks_for_nothing():
    pupils = make_pupils({"connection": "mobile_4g", "connection_adequate": True}, {})
    assert told(plan(pupils, MANY, make_packages({})), "package_id") == {"p1": None, "p2": "K1"}


def test_an_operator_who_is_not_on_the_air_there_carries_nothing():
    pupils = make_pupils(
        {"hamlet_id": "full"}, {"hamlet_id": "part"}, {"hamlet_id": "3g"}, {"hamlet_id": "fibre"}
    )
    packages = make_packages({"quantity": 9}, {"operator": "VIETTEL", "quantity": 9})
    there = signals(
        ("full", "VNPT", "4G", "FULL"), ("full", "VIETTEL", "4G", "UNKNOWN"),
        ("part", "VIETTEL", "4G", "PARTIAL"), ("3g", "MOBIFONE", "3G", "FULL"),
        ("fibre", "VIETTEL", "4G", "FULL"), ("fibre", "VNPT", "FIBRE", "FULL"),
    )  # fmt: skip
    made = plan(pupils, MANY, packages, signals=there)
    assert told(made, "package_id") == {"p1": "K1", "p2": "K2", "p3": None, "p4": "K2"}


def test_a_scarce_operator_is_left_to_whom_it_alone_reaches():
    pupils = make_pupils({"hamlet_id": "full"}, {"hamlet_id": "part"})
    packages = make_packages({"operator": "VNPT"}, {"operator": "VIETTEL"})
    there = signals(
        ("full", "VNPT", "4G", "FULL"),
        ("full", "VIETTEL", "4G", "FULL"),
        ("part", "VNPT", "4G", "FULL"),
    )
    assert told(plan(pupils, MANY, packages, signals=there), "package_id") == {
        "p1": "K2",
        "p2": "K1",
    }


def test_one_line_serves_a_household():
    pupils = make_pupils(
        {"household_key": "h1"}, {"household_key": "h1"}, {"household_key": "h2"}, hamlet_id="fibre"
    )
    made = plan(pupils, MANY, make_packages(LINE | {"quantity": 5}))
    assert told(made, "package_id") == {"p1": "K1", "p2": None, "p3": "K1"}
    assert set(told(made, "kit").values()) == {"fixed_line"}
    assert told(made, "would_change")["p2"] is None


def test_whoever_has_a_device_gets_a_package_alone():
    pupils = make_pupils(
        {"device_needed": False},
        {},
        {"device_needed": False},
        {"device_needed": False, "hamlet_id": "dark"},
    )
    made = plan(pupils, MANY, make_packages({"quantity": 2}))
    assert told(made, "outcome") == {
        "p1": "package_only", "p2": "awarded", "p3": "connection_waiting", "p4": "connection_waiting",
    }  # fmt: skip
    assert told(made, "kit")["p1"] == "data_package"
    assert told(made, "would_change") == {
        "p1": None,
        "p2": None,
        "p3": "more_packages",
        "p4": "signal",
    }


def test_those_who_wait_for_a_device_get_no_package():
    made = plan(make_pupils({}, {}), make_lots(TABLET), make_packages({"quantity": 2}))
    assert told(made, "package_id") == {"p1": "K1", "p2": None}
    assert made.packages[["given", "kept", "left"]].to_numpy().tolist() == [[1, 0, 1]]


def test_what_is_left_is_kept_for_the_waves_to_come_by_who_builds_there():
    pupils = make_pupils(
        {"hamlet_id": "dark-fibre"}, {"hamlet_id": "dark-mast"}, {"hamlet_id": "dark-mast"}, {"hamlet_id": "full"},
        {"hamlet_id": "dark"},
    )  # fmt: skip
    packages = make_packages(
        {"quantity": 2}, {"operator": "MOBIFONE", "quantity": 9}, LINE | {"operator": "VIETTEL"}
    )
    made = plan(pupils, MANY, packages)
    assert told(made, "package_id")["p4"] in ("K1", "K2")
    assert told(made, "package_then") == {"p1": "K3", "p2": "K1", "p3": None if told(made, "package_id")["p4"] == "K1" else "K1", "p4": None, "p5": None}  # fmt: skip
    assert told(made, "package_id")["p1"] is None and told(made, "kit")["p1"] == "offline"
    assert (made.packages["given"] + made.packages["kept"] + made.packages["left"]).tolist() == [
        2,
        9,
        1,
    ]


def test_the_package_that_comes_with_a_lot_goes_with_it():
    lots = make_lots(
        TABLET | {"package_id": "K2", "only_schools": "s1"}, TABLET | {"only_schools": "s2"}
    )
    pupils = make_pupils({"school_id": "s2"}, {"school_id": "s1"})
    made = plan(pupils, lots, make_packages({}, {}))
    assert told(made, "package_id") == {"p1": "K1", "p2": "K2"}


def test_packages_of_earlier_awards_are_out_of_stock_and_stay():
    awards = pd.DataFrame(
        {
            "student_key": ["p1", "p2"],
            "lot_id": "L1",
            "state": "confirmed",
            "package_id": ["K1", None],
        }
    )
    made = plan(make_pupils({}, {}, {}), MANY, make_packages({"quantity": 2}), awards=awards)
    assert told(made, "package_id") == {"p1": "K1", "p2": "K1", "p3": None}
    assert made.packages[["quantity", "held", "given", "left"]].to_numpy().tolist() == [
        [2, 1, 1, 0]
    ]


@settings(max_examples=12, deadline=None)
@given(worlds(most_pupils=10), st.integers(0, 4), st.integers(0, 4))
def test_packages_follow_the_order_and_the_air(world, one, other):
    students, lots = world
    packages = make_packages({"quantity": one}, {"operator": "VIETTEL", "quantity": other})
    made = plan(students, lots, packages)
    got, outcome = told(made, "package_id"), told(made, "outcome")
    rows = students.astype("object").set_index("student_key")
    asks = [
        p for p in rows.index
        if outcome[p] == "awarded" and not rows["connection_adequate"][p]
        and rows["hamlet_class"][p] in ("K2", "K3", "K4")
    ]  # fmt: skip
    assert [got[p] is not None for p in asks] == [n < one + other for n in range(len(asks))]
    assert not [p for p, k in got.items() if k and p not in asks]


def test_a_hotspot_makes_a_laptop_work_where_there_is_mobile_signal_alone():
    pupils = make_pupils({"level": "THPT", "grade": 11}, {})
    packages = make_packages({"hotspot": True})
    made = plan(pupils, make_lots(LAPTOP | {"quantity": 2}), packages)
    assert told(made, "outcome") == {"p1": "awarded", "p2": "no_fit"}
    assert told(made, "reason")["p2"] == "hotspot_short|needs_modem"
    assert told(made, "kit")["p1"] == "modem" and told(made, "package_id")["p1"] == "K1"
    assert told(made, "reason")["p1"] == "level_best|through_hotspot"
