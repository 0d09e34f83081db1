"""Plans on squared paper, against every other plan there is, and laws that hold for all."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plans_rollout.worlds import (
    FLOOR,
    draw_world,
    list_values,
    make_hamlets,
    make_pieces,
    make_serves,
)

from phusong.plans.rollout import Facilities, plan_rollout

EXACT = {"commune_floor": FLOOR, "gap": 0.0}
#: One trench to h1, on to h2; a mast for both; a mast for h3 alone.
PIECES = make_pieces(
    ("trench-1", "fibre", "", 100), ("box-1", "fibre", "trench-1", 10), ("trench-2", "fibre", "trench-1", 50),
    ("box-2", "fibre", "trench-2", 10), ("mast-12", "new_site", "", 180), ("mast-3", "new_site", "", 90),
)  # fmt: skip
SERVES = make_serves(**{"box-1": "h1", "box-2": "h2", "mast-12": "h1 h2", "mast-3": "h3"})
HAMLETS = make_hamlets(
    h1=("K2", "c1", 100), h2=("K4", "c1", 40), h3=("K5", "c2", 10), h4=("K5", "c2", 9)
)
WORLD = Facilities(PIECES, SERVES)


def told(plan):
    """Return hamlet → (option, wave)."""
    return {h.hamlet_id: (h.option, h.wave) for h in plan.hamlets.itertuples()}


def test_without_a_budget_everybody_is_reached_at_the_least_cost_and_the_worst_off_first():
    plan = plan_rollout(HAMLETS, WORLD, waves=3, **EXACT)
    assert plan.whole_cost_vnd == 260 and plan.pieces["cost_vnd"].sum() == 260
    assert plan.unreachable == ["h4"] and told(plan)["h4"] == ("nothing", -1)
    assert plan.budget.tolist() == [87.0, 174.0, 260.0]
    assert told(plan) == {
        "h1": ("fibre", 2), "h2": ("fibre", 2), "h3": ("new_site", 1), "h4": ("nothing", -1),
    }  # fmt: skip


def test_a_trench_that_two_hamlets_share_is_paid_once_by_both():
    plan = plan_rollout(HAMLETS, WORLD, waves=1, **EXACT)
    paid = plan.hamlets.set_index("hamlet_id")["cost_vnd"].to_dict()
    assert paid == {"h1": 60, "h2": 110, "h3": 90, "h4": 0}
    assert plan.hamlets["cost_high_vnd"].sum() == 520


def test_with_little_money_the_worst_off_come_first():
    assert told(plan_rollout(HAMLETS, WORLD, waves=1, budget_vnd=100, **EXACT))["h3"] == (
        "new_site",
        0,
    )
    plan = plan_rollout(HAMLETS, WORLD, waves=1, budget_vnd=270, **EXACT)
    assert told(plan)["h2"][1] == 0 and told(plan)["h3"][1] == 0
    nothing = plan_rollout(HAMLETS, WORLD, waves=1, budget_vnd=0, **EXACT)
    assert nothing.pieces.empty and (nothing.hamlets["wave"] == -1).all()
    assert nothing.whole_cost_vnd == 260


def test_a_promise_is_kept_by_its_wave_or_refused():
    plan = plan_rollout(HAMLETS, WORLD, waves=2, budget_vnd=400, kept={"mast-12": 0}, **EXACT)
    assert plan.pieces.set_index("piece")["wave"]["mast-12"] == 0
    with pytest.raises(ValueError, match="promises"):
        plan_rollout(HAMLETS, WORLD, waves=2, budget_vnd=300, kept={"mast-12": 0}, **EXACT)


def test_an_operator_spends_no_more_than_its_own():
    pieces = PIECES.assign(operator=PIECES["kind"].map({"fibre": "VNPT", "new_site": "VIETTEL"}))
    plan = plan_rollout(
        HAMLETS, Facilities(pieces, SERVES), waves=1, budget_vnd=1_000,
        budgets_vnd={"VIETTEL": 95.0}, **EXACT,
    )  # fmt: skip
    assert set(plan.pieces.loc[plan.pieces["operator"] == "VIETTEL", "piece"]) == {"mast-3"}


def test_what_comes_later_is_not_built_earlier():
    pieces = PIECES.assign(from_wave=(PIECES["piece"] == "mast-3").astype(int))
    plan = plan_rollout(HAMLETS, Facilities(pieces, SERVES), waves=2, **EXACT)
    assert told(plan)["h3"] == ("new_site", 1)
    late = plan_rollout(HAMLETS, Facilities(pieces, SERVES), waves=1, **EXACT)
    assert late.unreachable == ["h3", "h4"]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"cost_low_vnd": -1}, "less than nothing"),
        ({"before": "trench-9"}, "not listed"),
        ({"piece": "same"}, "twice"),
    ],
)
def test_pieces_that_cannot_be_are_refused_by_name(change, word):
    with pytest.raises(ValueError, match=word):
        Facilities(PIECES.assign(**change), SERVES)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("money", [0.3, 0.6, 1.0])
def test_no_other_plan_is_better(seed, money):
    hamlets, world = draw_world(seed)
    budget = int(money * world.pieces["cost_vnd"].sum())
    plan = plan_rollout(hamlets, world, waves=1, budget_vnd=budget, **EXACT)
    best = max(list_values(hamlets, world, budget))
    found = tuple(round(proof.found, 6) for proof in plan.proofs[:5])
    assert found == pytest.approx(best)
    assert all(proof.gap <= 1e-6 for proof in plan.proofs)


@pytest.mark.long
@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 400), st.integers(0, 200))
def test_a_bigger_budget_never_connects_fewer(seed, budget, more):
    hamlets, world = draw_world(seed)
    less, rich = (
        plan_rollout(hamlets, world, waves=2, budget_vnd=b, **EXACT)
        for b in (budget, budget + more)
    )
    worth = [[round(p.found, 3) for p in plan.proofs[:4]] for plan in (less, rich)]
    assert worth[1] >= worth[0]


@pytest.mark.long
@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.randoms())
def test_the_order_of_rows_changes_nothing_and_shares_add_up(seed, random):
    hamlets, world = draw_world(seed)
    rows = list(range(len(world.pieces)))
    random.shuffle(rows)
    mixed = Facilities(
        world.pieces.iloc[rows].reset_index(drop=True), world.serves[::-1].reset_index(drop=True)
    )
    one = plan_rollout(hamlets, world, waves=2, budget_vnd=150, **EXACT)
    other = plan_rollout(hamlets[::-1], mixed, waves=2, budget_vnd=150, **EXACT)
    pd.testing.assert_frame_equal(one.hamlets, other.hamlets)
    hung = set(one.hamlets["piece"])
    before = world.pieces.set_index("piece")["before"]
    while more := {before[p] for p in hung if p} - hung:
        hung |= more
    used = one.pieces[one.pieces["piece"].isin(hung)]
    assert one.hamlets["cost_vnd"].sum() == used["cost_vnd"].sum()


@pytest.mark.long
@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 6))
def test_a_piece_that_stands_already_never_makes_it_dearer(seed, piece):
    hamlets, world = draw_world(seed)
    free = world.pieces["cost_vnd"].where(world.pieces["piece"] != f"p{piece}", 0)
    ready = Facilities(world.pieces.assign(cost_vnd=free, cost_low_vnd=0), world.serves)
    costs = [plan_rollout(hamlets, w, waves=1, **EXACT).whole_cost_vnd for w in (ready, world)]
    assert costs[0] <= costs[1]
