"""Trees that join terminals: exact on small graphs, lawful on any, near the optimum on real ones."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phusong.intake.steiner_instances import read_steiner_instance, read_steiner_optima
from phusong.plans.steiner import build_network, connect_terminals

REAL = Path(__file__).parents[2].parent / "shared/real/steiner"
NOBODY = np.empty(0, np.int64)
FAR = 1e18


def connect(edges, vertices, *, roots, terminals, effort=6, seed=1):
    tail, head, cost = np.array(edges, float).reshape(-1, 3).T
    network = build_network(tail.astype(int), head.astype(int), cost, vertices=vertices)
    return connect_terminals(
        network, roots=np.array(roots), terminals=np.array(terminals), seed=seed, effort=effort
    )


def cheapest(edges, vertices, terminals):
    """Return the cost of a cheapest tree, by Dreyfus and Wagner's recursion over sets of terminals."""
    way = np.full((vertices, vertices), FAR)
    np.fill_diagonal(way, 0)
    for u, v, c in edges:
        way[u, v] = way[v, u] = min(way[u, v], c)
    for k in range(vertices):
        way = np.minimum(way, way[:, [k]] + way[[k]])
    ends = sorted(set(terminals))
    best = {1 << i: way[t] for i, t in enumerate(ends)}
    for some in range(1, 1 << len(ends)):
        if some not in best:
            split = np.full(vertices, FAR)
            part = (some - 1) & some
            while part:
                split = np.minimum(split, best[part] + best[some ^ part])
                part = (part - 1) & some
            best[some] = (split[:, None] + way).min(axis=0)
    return best[(1 << len(ends)) - 1][ends[0]] if ends else 0.0


def spans(edges, chosen, ends, roots):
    """Tell whether chosen edges, the roots being one, join all ends, and hold no cycle."""
    part = list(range(1 + max([0, *ends, *roots, *(max(e[:2]) for e in edges)])))

    def _find(v):
        while part[v] != v:
            v = part[v]
        return v

    for r in roots:
        part[_find(r)] = _find(roots[0])
    for e in chosen:
        u, v = _find(edges[e][0]), _find(edges[e][1])
        if u == v:
            return False
        part[u] = v
    return len({_find(v) for v in [*ends, *roots[:1]]}) <= 1


@st.composite
def questions(draw):
    n = draw(st.integers(2, 9))
    vertex = st.integers(0, n - 1)
    edges = draw(st.lists(st.tuples(vertex, vertex, st.integers(0, 9)), min_size=1, max_size=24))
    roots = draw(st.lists(vertex, max_size=2, unique=True))
    return n, edges, roots, draw(st.lists(vertex, min_size=1, max_size=6))


def test_a_junction_that_is_nobodys_home_is_dug():
    # three hamlets around a junction: 3 × 2 over the junction, 2 × 3 and more along the rim
    star = [(0, 3, 2), (1, 3, 2), (2, 3, 2), (0, 1, 3.5), (1, 2, 3.5), (0, 2, 3.5)]
    tree = connect(star, 4, roots=[], terminals=[0, 1, 2])
    assert tree.edges.tolist() == [0, 1, 2]
    assert (tree.cost, tree.gap) == (6.0, 0.0)


def test_parallel_edges_and_loops_cost_nothing_extra_and_rows_are_the_callers():
    edges = [(1, 1, 0), (0, 1, 5), (1, 0, 3), (0, 1, 4), (1, 2, 0)]
    tree = connect(edges, 3, roots=[2], terminals=[0])
    assert tree.edges.tolist() == [2, 4]
    assert (tree.cost, tree.lower_bound) == (3.0, 3.0)


def test_existing_fibre_is_joined_already():
    line = [(i, i + 1, 1) for i in range(9)]
    tree = connect(line, 10, roots=[0, 9], terminals=[2, 7])
    assert tree.edges.tolist() == [0, 1, 7, 8]


def test_terminals_out_of_reach_are_named_and_the_others_joined():
    islands = [(0, 1, 4), (2, 3, 1), (4, 5, 1)]
    tree = connect(islands, 7, roots=[0], terminals=[5, 1, 3, 6, 3])
    assert tree.unreached.tolist() == [3, 5, 6]
    assert (tree.edges.tolist(), tree.cost) == ([0], 4.0)


def test_without_roots_the_larger_company_is_joined():
    islands = [(0, 1, 4), (2, 3, 1), (3, 4, 1)]
    tree = connect(islands, 5, roots=[], terminals=[0, 1, 2, 3, 4])
    assert tree.unreached.tolist() == [0, 1]
    assert tree.cost == 2.0


@pytest.mark.parametrize(
    ("roots", "terminals"), [([], []), ([1], []), ([], [1]), ([1], [1]), ([0, 1, 2], [2, 0])]
)
def test_nothing_to_join_costs_nothing(roots, terminals):
    tree = connect([(0, 1, 5), (1, 2, 5)], 3, roots=roots, terminals=terminals)
    assert (tree.cost, tree.lower_bound, tree.gap, len(tree.edges)) == (0.0, 0.0, 0.0, 0)


def test_a_network_without_edges_reaches_only_its_roots():
    tree = connect([], 3, roots=[1], terminals=[0, 1])
    assert (tree.cost, tree.unreached.tolist()) == (0.0, [0])


@pytest.mark.parametrize(
    ("edges", "said"),
    [
        ([(0, 1, 1), (0, 5, 1)], "edge 1 ends at no vertex"),
        ([(0, 1, 1), (-1, 0, 1)], "edge 1 ends at no vertex"),
        ([(0, 1, -2)], "edge 0 has no cost"),
        ([(0, 1, np.inf)], "edge 0 has no cost"),
        ([(0, 1, np.nan)], "edge 0 has no cost"),
    ],
)
def test_wrong_edges_are_refused_by_row(edges, said):
    with pytest.raises(ValueError, match=said):
        connect(edges, 3, roots=[0], terminals=[1])


def test_wrong_vertices_and_efforts_are_refused():
    with pytest.raises(ValueError, match="a terminal is no vertex: 7"):
        connect([(0, 1, 1)], 2, roots=[0], terminals=[7])
    with pytest.raises(ValueError, match="a root is no vertex: -1"):
        connect([(0, 1, 1)], 2, roots=[-1], terminals=[1])
    with pytest.raises(ValueError, match="effort 0"):
        connect([(0, 1, 1)], 2, roots=[0], terminals=[1], effort=0)


@settings(deadline=None, max_examples=120)
@given(questions(), st.sampled_from([1, 0.3, 1e-7, 1e9]))
def test_the_tree_spans_and_its_cost_lies_between_optimum_and_gap(question, unit):
    n, edges, roots, terminals = question
    edges = [(u, v, c * unit) for u, v, c in edges]
    tree = connect(edges, n, roots=roots, terminals=terminals)
    ends = [t for t in terminals if t not in tree.unreached]
    merged = [*edges, *((roots[0], r, 0) for r in roots)]
    optimum = cheapest(merged, n, [*ends, *roots[:1]])
    assert spans(edges, tree.edges, ends, roots)
    assert tree.cost == pytest.approx(sum(edges[e][2] for e in tree.edges))
    assert tree.lower_bound <= optimum * (1 + 1e-12)
    assert optimum * (1 - 1e-12) <= tree.cost
    assert tree.gap == pytest.approx((tree.cost - tree.lower_bound) / tree.cost if tree.cost else 0)
    assert tree.cost * (1 - tree.gap) <= optimum * (1 + 1e-12)
    assert tree.cost == pytest.approx(optimum), "a graph so small is searched to its optimum"


@settings(deadline=None, max_examples=60)
@given(questions(), st.integers(0, 8), st.randoms())
def test_rows_may_come_in_any_order_and_more_fibre_never_costs_more(question, more, random):
    n, edges, roots, terminals = question
    tree = connect(edges, n, roots=roots, terminals=terminals)
    shuffled = [e if random.random() < 0.5 else (e[1], e[0], e[2]) for e in edges]
    random.shuffle(shuffled)
    again = connect(shuffled, n, roots=roots[::-1], terminals=terminals[::-1])
    assert (again.cost, again.lower_bound) == (tree.cost, tree.lower_bound)
    if roots and not len(tree.unreached):
        assert connect(edges, n, roots=[*roots, more % n], terminals=terminals).cost <= tree.cost


@settings(deadline=None, max_examples=60)
@given(questions(), st.integers(0, 6))
def test_joining_all_at_once_costs_no_more_than_in_two_parts(question, cut):
    n, edges, roots, terminals = question
    roots = roots or [0]
    whole = connect(edges, n, roots=roots, terminals=terminals).cost
    parts = [
        connect(edges, n, roots=roots, terminals=t) for t in (terminals[:cut], terminals[cut:])
    ]
    assert whole <= sum(p.cost for p in parts)


def grid(side, rng, stretch):
    """Return a town of square blocks whose streets differ in length."""
    at = np.arange(side * side).reshape(side, side)
    tail = np.concatenate([at[:, :-1].ravel(), at[:-1].ravel()])
    head = np.concatenate([at[:, 1:].ravel(), at[1:].ravel()])
    return np.column_stack([tail, head, 100 + rng.integers(0, stretch, len(tail))])


def test_a_town_is_joined_within_a_fiftieth_and_the_same_however_its_rows_lie():
    rng = np.random.default_rng(5)
    edges = grid(40, rng, 60)
    terminals = rng.permutation(1600)[:120]
    tree = connect(edges, 1600, roots=[0, 1599], terminals=terminals)
    assert spans([tuple(map(int, e)) for e in edges], tree.edges, terminals.tolist(), [0, 1599])
    assert 0 < tree.gap < 0.02
    order = rng.permutation(len(edges))
    again = connect(edges[order], 1600, roots=[1599, 0], terminals=terminals[::-1])
    assert again.cost == tree.cost
    assert np.array_equal(np.sort(order[again.edges]), tree.edges)


def test_more_rounds_never_make_it_dearer_nor_lower_the_bound():
    rng = np.random.default_rng(8)
    edges = grid(25, rng, 40)
    terminals = rng.permutation(625)[:80]
    found = [connect(edges, 625, roots=[], terminals=terminals, effort=e) for e in (1, 2, 5, 12)]
    for less, more in zip(found, found[1:], strict=False):
        assert more.cost <= less.cost
        assert more.lower_bound >= less.lower_bound


@pytest.mark.real
@pytest.mark.parametrize(
    "name", ["instance071", "instance101", "instance121", "instance133", "instance139"]
)
def test_real_access_networks_are_joined_near_their_proven_optimum(name):
    if not REAL.exists():
        pytest.skip("the real Steiner instances are not beside the project")
    instance = read_steiner_instance(REAL / f"{name}.gr.gz")
    optimum = read_steiner_optima(REAL / "optimum.csv")[name]
    network = build_network(instance.tail, instance.head, instance.cost, vertices=instance.vertices)
    tree = connect_terminals(network, roots=NOBODY, terminals=instance.terminals, seed=1, effort=6)
    edges = list(zip(instance.tail.tolist(), instance.head.tolist(), instance.cost, strict=True))
    assert spans(edges, tree.edges, instance.terminals.tolist(), [])
    assert optimum <= tree.cost <= 1.015 * optimum
    assert 0.98 * optimum <= tree.lower_bound <= optimum
