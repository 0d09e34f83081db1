"""Who stands in line, what suits a home, and what the plan says of it, rule by rule."""

import pandas as pd
import pytest
from tests.plans_devices.worlds import (
    LAPTOP,
    NUMBERS,
    PHONE,
    POLICY,
    TABLET,
    make_awards,
    make_lots,
    make_packages,
    make_pupils,
    plan,
    told,
)

from phusong.plans.devices import AllocationPolicy, Known

HOUSEHOLD = AllocationPolicy("tt9-2022", "per_household")
BARE = LAPTOP  # a laptop without modem


@pytest.mark.parametrize(
    ("pupil", "lot", "outcome", "kit", "reason"),
    [
        ({"hamlet_id": "fibre"}, BARE, "awarded", "fixed_line", "level_accepted|signal_fits|package_short"),
        ({"hamlet_id": "full"}, TABLET, "awarded", "nothing", "level_best|signal_fits|package_short"),
        ({"hamlet_id": "full"}, BARE, "no_fit", None, "none_fits|needs_modem"),
        ({"hamlet_id": "part"}, PHONE, "awarded", "nothing", "level_last|signal_in_part|package_short"),
        ({"hamlet_id": "3g"}, TABLET, "awarded", "offline", "level_best|only_3g|package_short"),
        ({"hamlet_id": "3g"}, BARE, "no_fit", None, "none_fits|needs_modem"),
        ({"hamlet_id": "dark"}, BARE, "awarded_offline", "offline", "level_accepted|signal_never"),
        ({"hamlet_id": "dark-mast"}, TABLET, "awarded_offline", "offline", "level_best|signal_later"),
        ({"hamlet_id": None}, TABLET, "awarded_offline", "offline", "level_best|signal_never"),
        (
            {"hamlet_id": "dark", "connection": "fixed", "connection_adequate": True},
            BARE, "awarded", "fixed_line", "level_accepted|home_connected",
        ),
        (
            {"hamlet_id": "full", "connection": "mobile_4g", "connection_adequate": True},
            BARE, "awarded", "nothing", "level_accepted|home_connected",
        ),
    ],
)  # fmt: skip
def test_what_suits_a_home(pupil, lot, outcome, kit, reason):
    made = plan(make_pupils(pupil), make_lots(lot))
    assert [told(made, c)["p1"] for c in ("outcome", "kit", "reason")] == [outcome, kit, reason]


@pytest.mark.parametrize(
    ("hamlet", "lot", "wave", "then"),
    [
        ("full", TABLET, 0, None),
        ("3g", TABLET, 0, None),
        ("3g-fibre", TABLET, 1, "fixed_line"),
        ("dark-mast", TABLET, 1, "data_package"),
        ("dark-mast", BARE, 1, "modem"),
        ("dark-fibre", BARE, 2, "fixed_line"),
        ("dark-nothing", TABLET, None, None),
    ],
)
def test_the_wave_that_connects_a_hamlet_and_what_comes_then(hamlet, lot, wave, then):
    made = plan(make_pupils({"hamlet_id": hamlet}), make_lots(lot))
    assert (told(made, "wave")["p1"], told(made, "kit_then")["p1"]) == (wave, then)


def test_devices_wait_for_signal_where_a_policy_wants_it_so():
    online = AllocationPolicy("p", "per_student", offline=False)
    made = plan(make_pupils({"hamlet_id": "dark-mast"}, {}), make_lots(TABLET), policy=online)
    assert told(made, "outcome") == {"p1": "no_fit", "p2": "awarded"}
    assert told(made, "would_change")["p1"] == "signal"


def test_upper_secondary_gets_the_laptop_and_the_youngest_the_tablet():
    pupils = make_pupils(
        {"level": "THPT", "grade": 11, "hamlet_id": "fibre"},
        {"level": "TH", "grade": 1, "hamlet_id": "fibre"},
        {"level": "TH", "grade": 1, "hamlet_id": "fibre"},
    )
    made = plan(pupils, make_lots(TABLET, BARE, PHONE))
    assert told(made, "device_kind") == {"p1": "laptop", "p2": "tablet", "p3": "smartphone"}


def test_a_lot_for_a_school_larger_than_its_need_stays_there():
    lots = make_lots(TABLET | {"quantity": 5, "only_schools": "s1"})
    made = plan(make_pupils({}, {"school_id": "s2"}, {"school_id": "s2"}), lots)
    assert told(made, "outcome") == {"p1": "awarded", "p2": "restricted", "p3": "restricted"}
    assert told(made, "reason")["p2"] == "earmarked"
    line = made.surplus.iloc[0]
    assert (line["left"], line["why"], line["waiting"]) == (4, "earmarked", 2)


@pytest.mark.parametrize(
    "mark", [{"only_district": "d2"}, {"only_communes": "c2|c9"}, {"only_levels": "TH"}]
)
def test_earmarks_are_kept(mark):
    pupils = make_pupils({}, {"commune_code": "c2", "level": "TH", "grade": 3})
    assert told(plan(pupils, make_lots(TABLET | mark)), "lot_id") == {"p1": None, "p2": "L1"}


def test_a_district_that_nobody_can_look_up_serves_nobody():
    made = plan(make_pupils({}), make_lots(TABLET | {"only_district": "d1"}), communes=None)
    assert told(made, "outcome")["p1"] == "restricted"


def test_left_over_devices_without_modem_are_flagged_with_those_who_wait():
    made = plan(
        make_pupils({}, {"hamlet_id": "3g"}, {"hamlet_id": "dark-mast"}),
        make_lots(BARE | {"quantity": 3}),
    )
    rows = made.mismatches.to_numpy().tolist()
    assert rows == [
        ["no_modem", "L1", "laptop", "K2", 2, 1],
        ["no_modem", "L1", "laptop", "K4", 2, 1],
        ["modem_later", "L1", "laptop", "K5", 1, 1],
    ]
    assert made.surplus["why"].tolist() == ["misfit"]


@pytest.mark.parametrize("state", ["proposed", "approved", "handed_over", "confirmed", "replaced"])
def test_whoever_holds_an_award_keeps_it_and_gets_no_second(state):
    made = plan(
        make_pupils({}, {}),
        make_lots(TABLET | {"quantity": 2}),
        awards=make_awards(("p2", "L1", state)),
    )
    assert told(made, "outcome") == {"p1": "awarded", "p2": "kept"}
    assert told(made, "lot_id") == {"p1": "L1", "p2": "L1"}
    assert told(made, "reason")["p2"].split("|")[0] == state
    assert told(made, "rank") == {"p1": 1, "p2": None}
    assert made.surplus.loc[0, ["kept", "given", "left"]].tolist() == [1, 1, 0]


def test_a_cancelled_award_frees_pupil_and_device_one_that_came_back_or_was_lost_neither():
    lots, pupils = make_lots(TABLET), make_pupils({})
    assert (
        told(plan(pupils, lots, awards=make_awards(("p1", "L1", "cancelled"))), "lot_id")["p1"]
        == "L1"
    )
    for state in ("returned", "lost"):
        ended = plan(pupils, lots, awards=make_awards(("p1", "L1", state)))
        assert told(ended, "outcome")["p1"] == "awaiting_decision"
        assert told(ended, "reason")["p1"] == state and told(ended, "lot_id")["p1"] is None
        assert ended.surplus.loc[0, ["kept", "given", "left"]].tolist() == [1, 0, 0]


@pytest.mark.parametrize("state", ["returned", "lost", "cancelled"])
def test_an_ended_award_holds_its_pupil_until_a_decision_frees_them(state):
    lots, pupils = make_lots(TABLET | {"quantity": 9}), make_pupils({}, {})
    for holds, outcome in ((True, "awaiting_decision"), (False, "awarded")):
        awards = make_awards(("p1", "L1", state)).assign(holds=holds)
        made = plan(pupils, lots, awards=awards)
        assert told(made, "outcome") == {"p1": outcome, "p2": "awarded"}


def test_what_the_books_store_has_free_is_what_can_be_given():
    store = pd.DataFrame(
        {"item": ["lot:L1", "lot:L2"], "taken": [3, 1], "free": [1, 0]}
    )  # of five devices one was lost, one came back fit: the awards alone would not say so
    lots = make_lots(TABLET | {"quantity": 5}, TABLET | {"quantity": 1}, TABLET | {"ram_gb": 1.0})
    made = plan(make_pupils({}, {}), lots, book=store)
    assert told(made, "lot_id") == {"p1": "L1", "p2": None}
    columns = ["received", "allocable", "kept", "given", "left"]
    assert made.surplus[columns].to_numpy().tolist() == [
        [5, 4, 3, 1, 0], [1, 1, 1, 0, 0], [1, 0, 0, 0, 0],
    ]  # fmt: skip


def test_who_left_or_declines_stands_in_no_line_whatever_award_holds_them():
    known = Known(declined=["p1", "p3"], departed=["p2"])
    awards = make_awards(("p2", "L1", "confirmed"), ("p3", "L1", "returned")).assign(holds=True)
    made = plan(
        make_pupils({}, {}, {}, {}), make_lots(TABLET | {"quantity": 9}), awards=awards, known=known
    )
    outcome = told(made, "outcome")
    assert outcome == {"p1": "declined", "p2": "departed", "p3": "declined", "p4": "awarded"}
    assert told(made, "reason")["p2"] == "departed"


def test_a_household_whose_award_is_of_nobody_in_the_run_is_served():
    pupils = make_pupils({"household_key": "h1"}, {"household_key": "h2"})
    known = Known(served_households=["h1"])
    made = plan(pupils, make_lots(TABLET | {"quantity": 2}), policy=HOUSEHOLD, known=known)
    assert told(made, "outcome") == {"p1": "household_served", "p2": "awarded"}
    assert told(made, "reason")["p1"] == "sibling_served"


def test_planning_again_over_its_own_awards_keeps_every_one():
    pupils = make_pupils(*[{"hamlet_id": h} for h in ("full", "fibre", "3g", "dark")] * 2)
    lots = make_lots(TABLET | {"quantity": 3}, BARE | {"quantity": 2})
    first = plan(pupils, lots)
    got = first.devices.dropna(subset=["lot_id"])
    awards = got[["student_key", "lot_id"]].assign(state="proposed")
    again = plan(pupils, lots, awards=awards)
    assert told(again, "lot_id") == told(first, "lot_id")
    assert set(again.devices["outcome"]) == {"kept", "out_of_stock"}


def test_an_award_from_elsewhere_counts_though_its_lot_is_not_here():
    made = plan(
        make_pupils({}), make_lots(TABLET), awards=make_awards(("p1", "L-old", "confirmed"))
    )
    assert told(made, "lot_id")["p1"] == "L-old" and told(made, "device_kind")["p1"] is None


def test_two_living_awards_are_a_fault():
    twice = make_awards(("p1", "L1", "approved"), ("p1", "L2", "proposed"))
    with pytest.raises(ValueError, match="two awards"):
        plan(make_pupils({}), make_lots(TABLET, TABLET), awards=twice)


def test_ranks_must_be_there_differ_and_follow_the_tiers():
    for wrong in ([1, 1], [1, None]):
        pupils = make_pupils({}, {}).assign(rank=pd.array(wrong, dtype="Int64"))
        with pytest.raises(ValueError, match="ranks"):
            plan(pupils, make_lots(TABLET))
    with pytest.raises(ValueError, match="one tier after another"):
        plan(make_pupils({"tier": "T1"}, {"tier": "T2"}, {"tier": "T1"}), make_lots(TABLET))


def test_those_out_of_line_are_told_apart():
    pupils = make_pupils(
        {}, {"eligible": None, "reasons": "device_unknown"}, {"eligible": False, "reasons": "equipped"},
        {}, {"device_needed": False, "connection_adequate": False},
        {"device_needed": False, "connection_adequate": True, "reasons": "shared_device"},
        {"device_needed": None},
    )  # fmt: skip
    made = plan(pupils, make_lots(TABLET | {"quantity": 9}), declined=["p4"])
    assert told(made, "outcome") == {
        "p1": "awarded", "p2": "unjudged", "p3": "ineligible", "p4": "declined",
        "p5": "connection_waiting", "p6": "not_needed", "p7": "unjudged",
    }  # fmt: skip
    assert told(made, "reason")["p2"] == "device_unknown"
    assert told(made, "reason")["p4"] == "declined"
    assert told(made, "would_change")["p2"] == "answer"
    assert made.reconciliation["pupils"].sum() == 7


def test_of_those_who_may_be_one_pupil_the_first_stands_in_line():
    links = pd.DataFrame(
        {"left_key": ["p1", "p4", "p2"], "right_key": ["p3", "p5", "p5"],
         "verdict": ["probable", "probable", "different"]}
    )  # fmt: skip
    pupils = make_pupils({}, {}, {}, {}, {})
    made = plan(
        pupils,
        make_lots(TABLET | {"quantity": 9}),
        links=links,
        awards=make_awards(("p5", "L1", "confirmed")),
    )
    assert told(made, "outcome") == {
        "p1": "awarded", "p2": "awarded", "p3": "held", "p4": "held", "p5": "kept",
    }  # fmt: skip
    assert told(made, "reason")["p3"] == "identity_probable"


def test_one_device_a_household():
    pupils = make_pupils(
        {"household_key": "h1"},
        {"household_key": "h1"},
        {"household_key": "h2"},
        {},
        {"household_key": "h2"},
    )
    made = plan(pupils, make_lots(TABLET | {"quantity": 2}), policy=HOUSEHOLD)
    assert told(made, "outcome") == {
        "p1": "awarded", "p2": "household_served", "p3": "awarded", "p4": "out_of_stock",
        "p5": "household_served",
    }  # fmt: skip
    poor = plan(pupils, make_lots(TABLET), policy=HOUSEHOLD)
    assert told(poor, "outcome")["p5"] == "household_waiting"
    assert told(poor, "policy")["p1"] == "tt9-2022, per_household"
    kept = plan(
        pupils, make_lots(TABLET), policy=HOUSEHOLD, awards=make_awards(("p2", "L9", "confirmed"))
    )
    assert told(kept, "outcome")["p1"] == "household_served" and told(kept, "lot_id")["p3"] == "L1"
    each = plan(pupils, make_lots(TABLET | {"quantity": 5}), policy=POLICY)
    assert set(told(each, "outcome").values()) == {"awarded"}


def test_the_sibling_comes_forward_where_the_first_declines():
    pupils = make_pupils({"household_key": "h1"}, {"household_key": "h1"})
    made = plan(pupils, make_lots(TABLET), policy=HOUSEHOLD, declined={"p1"})
    assert told(made, "outcome") == {"p1": "declined", "p2": "awarded"}


def test_money_buys_devices_without_earmark():
    lots = make_lots(TABLET | {"only_schools": "s2"})
    made = plan(make_pupils({}, {"school_id": "s2"}, {}), lots, cash_vnd=5_000_000)
    assert told(made, "lot_id") == {"p1": "bought", "p2": "L1", "p3": "bought"}
    assert plan(make_pupils({}), lots, cash_vnd=2_399_999).surplus["lot_id"].tolist() == ["L1"]
    laptop = AllocationPolicy("p", "per_student", purchase="laptop")
    made = plan(make_pupils({"hamlet_id": "fibre"}), lots, cash_vnd=10_900_000, policy=laptop)
    assert told(made, "device_kind")["p1"] == "laptop"


def test_november_of_the_campaign():
    """545 poor, 734 near-poor, 2,099 others; 3 billion VND buys 1,250 tablets at 2.4 million."""
    tiers = ["T2"] * 545 + ["T4"] * 734 + ["T6"] * 2099
    pupils = make_pupils(*[{"tier": t} for t in tiers])
    made = plan(pupils, make_lots(), make_packages({"quantity": 1_248}), cash_vnd=3_000_000_000)
    count = made.reconciliation.set_index(["outcome", "tier"])["pupils"].to_dict()
    assert count == {
        ("awarded", "T2"): 545, ("awarded", "T4"): 705, ("out_of_stock", "T4"): 29, ("out_of_stock", "T6"): 2099,
    }  # fmt: skip
    assert made.packages["given"].tolist() == [1_248]
    assert (made.devices["kit"] == "data_package").sum() == 1_248
    assert told(made, "would_change")["p1251"] == "more_devices:tablet:1"


def test_parameters_can_forbid_a_kind():
    never = NUMBERS.secondary_smartphone.model_copy(update={"value": 4})
    strict = NUMBERS.model_copy(update={"secondary_smartphone": never})
    made = plan(make_pupils({}), make_lots(PHONE), devices=strict)
    assert told(made, "outcome")["p1"] == "no_fit"
    assert made.gap == 0
