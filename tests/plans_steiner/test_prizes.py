"""Whom to join at all: what is worth its trench, and how far a budget goes."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phusong.plans.steiner import (
    build_network,
    collect_prizes,
    connect_terminals,
    spend_budget,
    trace_frontier,
)

pytestmark = pytest.mark.long

#: Fibre at 0; a hamlet of 10 pupils after 6 units, one of 3 after 2 more; a far one of 30 the other way.
VALLEY = [(0, 1, 6), (1, 2, 2), (0, 3, 20), (3, 4, 5)]
HAMLETS, PUPILS = [1, 2, 4], [10.0, 3.0, 30.0]
BUDGETS = (0, 1, 2, 4, 7, 11, 16, 25, 100)


def lay(edges, vertices):
    tail, head, cost = np.array(edges, float).reshape(-1, 3).T
    return build_network(tail.astype(int), head.astype(int), cost, vertices=vertices)


def ask(way, edges, vertices, roots, terminals, prizes, **more):
    how = {"roots": np.array(roots, int), "terminals": np.array(terminals)}
    how |= {"prizes": np.array(prizes, float), "seed": 1, "effort": 6}
    return way(lay(edges, vertices), **(how | more))


def choices(edges, vertices, roots, terminals, prizes):
    """Return what every set of terminals that can be joined costs, at the cheapest, and collects."""
    network = lay(edges, vertices)
    for size in range(len(terminals) + 1):
        for some in combinations(range(len(terminals)), size):
            ends = np.array([terminals[i] for i in some], int)
            tree = connect_terminals(
                network, roots=np.array(roots), terminals=ends, seed=1, effort=6
            )
            if not len(tree.unreached):
                assert tree.gap == 0
                yield tree.cost, sum(prizes[i] for i in some)


@st.composite
def markets(draw):
    n = draw(st.integers(2, 8))
    vertex = st.integers(0, n - 1)
    edges = draw(st.lists(st.tuples(vertex, vertex, st.integers(0, 9)), min_size=1, max_size=18))
    terminals = draw(st.lists(vertex, min_size=1, max_size=4, unique=True))
    prizes = [draw(st.integers(0, 14)) * draw(st.sampled_from([1, 0.7])) for _ in terminals]
    return edges, n, draw(st.lists(vertex, min_size=1, max_size=2, unique=True)), terminals, prizes


def test_a_hamlet_is_joined_when_it_is_worth_its_trench():
    found = ask(collect_prizes, VALLEY, 5, [0], HAMLETS, PUPILS)
    assert (found.joined.tolist(), found.edges.tolist()) == ([1, 2, 4], [0, 1, 2, 3])
    dearer = [(u, v, 2 * c) for u, v, c in VALLEY]
    found = ask(collect_prizes, dearer, 5, [0], HAMLETS, PUPILS)
    assert found.joined.tolist() == []
    assert (found.cost, found.bound, found.gap) == (0.0, 43.0, 0.0)


def test_hamlets_share_a_trench_that_none_is_worth_alone():
    shared = [(0, 1, 10), (1, 2, 1), (1, 3, 1), (1, 4, 1)]
    found = ask(collect_prizes, shared, 5, [0], [2, 3, 4], [5, 5, 5])
    assert (found.joined.tolist(), found.cost, found.gap) == ([2, 3, 4], 13.0, 0.0)


@pytest.mark.parametrize(
    ("budget", "joined"),
    [(0, []), (5.9, []), (6, [1]), (8, [1, 2]), (25, [4]), (31, [1, 4]), (33, [1, 2, 4])],
)
def test_a_budget_buys_what_it_can(budget, joined):
    found = ask(spend_budget, VALLEY, 5, [0], HAMLETS, PUPILS, budget=budget)
    assert found.joined.tolist() == joined
    assert found.cost <= budget
    assert found.prize <= found.bound <= 43


def test_what_lies_at_the_fibre_is_free_and_what_lies_beyond_the_sea_is_named():
    found = ask(spend_budget, [(0, 1, 4), (2, 3, 1)], 4, [0], [0, 1, 2], [2, 3, 9], budget=1)
    assert (found.joined.tolist(), found.prize, found.unreached.tolist()) == ([0], 2.0, [2])
    found = ask(collect_prizes, [(0, 1, 4), (2, 3, 1)], 4, [0], [0, 1, 2], [2, 3, 9])
    assert (found.prize, found.bound, found.unreached.tolist()) == (2.0, 3.0, [2])


def test_prizes_of_one_vertex_are_added_up():
    found = ask(collect_prizes, [(0, 1, 4)], 2, [0], [1, 1, 1], [2, 2, 2])
    assert (found.joined.tolist(), found.prize) == ([1], 6.0)


@pytest.mark.parametrize("way", [collect_prizes, trace_frontier])
@pytest.mark.parametrize(
    ("question", "said"),
    [
        (([], PUPILS, 1), "there is no root"),
        (([0], [1.0, -1.0, 2.0], 1), "one prize ≥ 0"),
        (([0], [1.0, np.nan, 2.0], 1), "one prize ≥ 0"),
        (([0], [1.0], 1), "one prize ≥ 0"),
        (([0], PUPILS, 0), "effort 0"),
    ],
)
def test_questions_without_sense_are_refused(way, question, said):
    roots, prizes, effort = question
    with pytest.raises(ValueError, match=said):
        ask(way, VALLEY, 5, roots, HAMLETS, prizes, effort=effort)


def test_a_negative_budget_is_refused():
    with pytest.raises(ValueError, match="a budget of -1 cannot be spent"):
        ask(spend_budget, VALLEY, 5, [0], HAMLETS, PUPILS, budget=-1)


@settings(deadline=None, max_examples=80)
@given(markets())
def test_no_choice_loses_less_than_the_bound_and_ours_is_within_the_gap(market):
    edges, n, roots, terminals, prizes = market
    found = ask(collect_prizes, *market)
    reached = [p for t, p in zip(terminals, prizes, strict=True) if t not in found.unreached]
    loss = found.cost + sum(reached) - found.prize
    least = min(c + sum(reached) - p for c, p in choices(*market))
    assert found.bound <= least + 1e-9
    assert least - 1e-9 <= loss
    assert loss * (1 - found.gap) == pytest.approx(found.bound)
    assert found.cost == pytest.approx(sum(edges[e][2] for e in found.edges))
    tree = connect_terminals(
        lay(edges, n), roots=np.array(roots), terminals=found.joined, seed=1, effort=6
    )
    assert tree.cost <= found.cost + 1e-9, "what is said to be joined is joined"


@settings(deadline=None, max_examples=60)
@given(markets())
def test_a_larger_budget_never_collects_less_and_no_tree_exceeds_the_bound(market):
    frontier = ask(trace_frontier, *market, effort=4)
    every = list(choices(*market))
    before = 0.0
    for budget in BUDGETS:
        found = frontier.spend(budget)
        best = max(p for c, p in every if c <= budget)
        assert found.cost <= budget
        assert before <= found.prize <= best + 1e-9
        assert best <= found.bound + 1e-9
        assert found.prize >= (1 - found.gap) * best - 1e-9
        before = found.prize
    assert before == pytest.approx(max(p for _, p in every))


@settings(deadline=None, max_examples=30)
@given(markets(), st.randoms())
def test_rows_may_come_in_any_order(market, random):
    edges, n, roots, terminals, prizes = market
    pairs = list(zip(terminals, prizes, strict=True))
    shuffled = [(v, u, c) for u, v, c in edges]
    random.shuffle(shuffled)
    random.shuffle(pairs)
    other = (shuffled, n, roots[::-1], [t for t, _ in pairs], [p for _, p in pairs])
    one, two = ask(collect_prizes, *market), ask(collect_prizes, *other)
    assert (one.cost, one.prize, one.bound) == (two.cost, two.prize, two.bound)
    one, two = (ask(spend_budget, *m, budget=9) for m in (market, other))
    assert (one.cost, one.prize, one.bound) == (two.cost, two.prize, two.bound)


def test_a_country_of_blocks_is_bought_within_a_few_hundredths_of_the_bound():
    rng = np.random.default_rng(3)
    at = np.arange(900).reshape(30, 30)
    tail = np.concatenate([at[:, :-1].ravel(), at[:-1].ravel()])
    head = np.concatenate([at[:, 1:].ravel(), at[1:].ravel()])
    edges = np.column_stack([tail, head, 100 + rng.integers(0, 60, len(tail))])
    hamlets, pupils = rng.permutation(900)[:80], rng.integers(20, 200, 80)
    frontier = ask(trace_frontier, edges, 900, [0], hamlets, pupils, effort=12)
    spent = [frontier.spend(b) for b in np.linspace(0, 30_000, 31)]
    prizes = [s.prize for s in spent]
    assert prizes == sorted(prizes)
    assert prizes[0] == pupils[hamlets == 0].sum()
    assert prizes[-1] == pupils.sum()
    assert np.mean([s.gap for s in spent[5:]]) < 0.05
    loss = ask(collect_prizes, edges, 900, [0], hamlets, pupils * 3)
    assert 0 <= loss.gap < 0.02
    assert 0 < len(loss.joined) < 80
