"""Roads on squared paper: where they meet, what a metre costs, and how places are led to them."""

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from phusong.plans.ways import build_ways, view_costs, ways_to_frames, ways_to_networkx
from phusong.plans.ways.lines import node_lines
from phusong.plans.ways.linking import link_parts
from phusong.plans.ways.pricing import weigh_ground
from phusong.reach.terrain import Terrain
from phusong.vocabulary.parameters import load_parameters

MONEY = load_parameters().rollout
CRS = 5897
#: A corner of the province in metres.
X, Y = 560_000.0, 2_360_000.0


def line(*places):
    return shapely.LineString([(X + x, Y + y) for x, y in places])


def make_roads(*lines, road_class="Đường xã"):
    return gpd.GeoDataFrame(
        {"road_id": [f"r{n}" for n in range(len(lines))], "road_class": road_class},
        geometry=list(lines), crs=CRS,
    )  # fmt: skip


def make_routes(*lines, status="live", operator="VNPT"):
    return gpd.GeoDataFrame(
        {"route_id": [f"f{n}" for n in range(len(lines))], "status": status, "operator": operator},
        geometry=list(lines), crs=CRS,
    )  # fmt: skip


def make_hamlets(*places, urban=False):
    ids = [f"h{n}" for n in range(len(places))]
    xs, ys = ([X + x for x, _ in places], [Y + y for _, y in places])
    return pd.DataFrame({"hamlet_id": ids, "x_m": xs, "y_m": ys, "urban": urban})


def build(roads, hamlets, nodes=((0.0, 0.0),), routes=None, terrain=None):
    xy = np.array([(X + x, Y + y) for x, y in nodes], dtype=float).reshape(-1, 2)
    routes = make_routes() if routes is None else routes
    return build_ways(roads, routes, hamlets, xy, terrain, rollout=MONEY, crs=CRS)


def dig(ways, operator=None):
    """Return the least cost from the first node to the first hamlet."""
    graph = nx.Graph()
    for t, h, c in zip(ways.tail, ways.head, view_costs(ways, operator=operator), strict=True):
        if np.isfinite(c) and c < graph.get_edge_data(t, h, {"c": np.inf})["c"]:
            graph.add_edge(t, h, c=c)
    return nx.shortest_path_length(graph, ways.node_vertex[0], ways.hamlet_vertex[0], weight="c")


PRICE, POLES = MONEY.number("new_poles_price"), MONEY.number("poles_price")


def test_roads_that_cross_meet_and_a_kilometre_costs_what_it_costs():
    roads = make_roads(line((0, 0), (1_000, 0)), line((500, -500), (500, 500)))
    ways = build(roads, make_hamlets((500, 500)))
    assert dig(ways) == pytest.approx(1_000 * PRICE, rel=1e-6)


def test_poles_stand_along_larger_roads_and_cable_goes_under_towns():
    road = line((0, 0), (1_000, 0))
    assert dig(build(make_roads(road, road_class="Đường tỉnh"), make_hamlets((1_000, 0)))) == (
        pytest.approx(1_000 * POLES)
    )
    town = build(make_roads(road), make_hamlets((1_000, 0), urban=True))
    assert dig(town) == pytest.approx(1_000 * MONEY.number("buried_price"))


def test_existing_fibre_costs_nothing_to_its_owner_and_to_whoever_shares():
    roads = make_roads(line((0, 0), (1_000, 0)))
    ways = build(roads, make_hamlets((1_000, 0)), routes=make_routes(line((0, 0), (800, 0))))
    assert dig(ways) == pytest.approx(200 * PRICE)
    assert dig(ways, operator="VNPT") == pytest.approx(200 * PRICE)
    planned = make_routes(line((0, 0), (800, 0)), status="planned")
    assert dig(build(roads, make_hamlets((1_000, 0)), routes=planned)) == pytest.approx(
        1_000 * PRICE
    )


def test_roads_apart_are_linked_off_the_map_and_it_is_said():
    roads = make_roads(line((0, 0), (400, 0)), line((900, 0), (1_400, 0)))
    ways = build(roads, make_hamlets((1_400, 0)))
    edges = ways_to_frames(ways)[1]
    gap = edges[edges["basis"] == "off_road"]
    assert gap["length_m"].tolist() == [500.0]
    weight = weigh_ground(np.zeros(1), np.zeros(1), off_road=np.ones(1, bool))[0]
    extra = 500 * PRICE * (MONEY.number("off_road_detour") * weight - 1)
    assert dig(ways) == pytest.approx(1_400 * PRICE + extra, rel=1e-6)


def test_a_hamlet_far_from_every_road_is_led_there_and_flagged():
    ways = build(make_roads(line((0, 0), (1_000, 0))), make_hamlets((1_000, 100), (500, 2_000)))
    edges = ways_to_frames(ways)[1].set_index("head")
    near, far = ways.hamlet_vertex
    assert edges.loc[[near], "basis"].tolist() == ["drop"]
    assert edges.loc[[far], "basis"].tolist() == ["off_road"]


def test_steep_ground_is_dearer_and_never_cheaper_than_level():
    slope = np.linspace(0, 60, 30)
    weight = weigh_ground(slope, np.zeros(30), off_road=np.zeros(30, bool))
    assert weight[0] == 1.0 and (np.diff(weight) >= 0).all() and weight[-1] > 1.01
    hill = np.tile(np.linspace(0, 800, 60), (60, 1))
    terrain = Terrain(hill, X - 1_000, Y + 1_000, 50.0)
    roads = make_roads(line((0, 0), (1_000, 0)))
    assert dig(build(roads, make_hamlets((1_000, 0)), terrain=terrain)) > 1_000 * PRICE


def test_nothing_to_go_along_and_a_hamlet_without_a_place_are_refused_by_name():
    with pytest.raises(ValueError, match="no road"):
        build(make_roads(), make_hamlets((0, 0)))
    with pytest.raises(ValueError, match="h1"):
        build(make_roads(line((0, 0), (9, 0))), make_hamlets((0, 0), (np.nan, 0)))


def test_analysts_are_handed_a_networkx_graph_with_units():
    ways = build(make_roads(line((0, 0), (300, 0))), make_hamlets((300, 0)))
    graph = ways_to_networkx(ways)
    assert isinstance(graph, nx.Graph) and graph.graph["crs"] == CRS and nx.is_connected(graph)
    assert {"x_m", "y_m", "elevation_m"} <= set(graph.nodes[0])
    facts = next(iter(graph.edges(data=True)))[2]
    assert {
        "length_m",
        "slope_deg",
        "basis",
        "medium",
        "cost_low_vnd",
        "cost_vnd",
        "cost_high_vnd",
    } <= set(facts)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 900)] * 4), min_size=1, max_size=8), st.randoms())
def test_the_order_and_direction_of_roads_change_nothing(pieces, random):
    lines = [line((a, b), (c + 1, d)) for a, b, c, d in pieces]
    mixed = [shapely.reverse(one) for one in lines]
    random.shuffle(mixed)
    told = [node_lines(np.array(some), snap_m=1.0, longest_m=200.0)[:2] for some in (lines, mixed)]
    assert np.array_equal(told[0][0], told[1][0]) and np.array_equal(told[0][1], told[1][1])


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=2, max_size=25, unique=True
    )
)
def test_links_make_one_network_at_the_least_length(places):
    xy = np.array(places, dtype=float)
    links = link_parts(xy, np.empty((0, 2), dtype=np.int64))
    graph = nx.Graph(map(tuple, links.tolist()))
    assert len(links) == len(xy) - 1 and nx.is_connected(graph)
    full = nx.Graph()
    for a in range(len(xy)):
        for b in range(a):
            full.add_edge(a, b, weight=np.hypot(*(xy[a] - xy[b])))
    least = sum(d["weight"] for _, _, d in nx.minimum_spanning_edges(full))
    assert np.hypot(*(xy[links[:, 0]] - xy[links[:, 1]]).T).sum() == pytest.approx(least)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1_000), st.integers(0, 1_000))
def test_another_route_of_fibre_never_makes_it_dearer(begin, length):
    roads, hamlets = make_roads(line((0, 0), (2_000, 0))), make_hamlets((2_000, 0))
    fibre = make_routes(line((begin, 0), (begin + length + 1, 0)))
    assert dig(build(roads, hamlets, routes=fibre)) <= dig(build(roads, hamlets)) + 1
