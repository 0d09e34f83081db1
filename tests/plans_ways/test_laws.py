"""Laws of the ways: order is nothing, more is never dearer, scale is only scale; and real ground."""

from pathlib import Path

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plans_ways.worlds import (
    CRS,
    MONEY,
    build,
    change,
    make_hamlets,
    make_nodes,
    make_roads,
    make_routes,
    reach_costs,
)

from phusong.plans.steiner import connect_terminals
from phusong.plans.ways import build_ways, list_roots, to_network, ways_to_frames, ways_to_networkx
from phusong.reach.terrain import Terrain
from phusong.simulate.province import simulate_province
from phusong.vocabulary.terms import NetworkStatus

pytestmark = pytest.mark.long

REAL = Path(__file__).parents[2].parent / "shared" / "real"

square = st.tuples(st.integers(0, 30), st.integers(0, 30))
fine = st.tuples(st.floats(0, 30, width=32), st.floats(0, 30, width=32))
line = st.lists(st.one_of(square, fine), min_size=2, max_size=4, unique=True)
roads_of = st.lists(line, min_size=1, max_size=6)
routes_of = st.lists(st.tuples(st.sampled_from(["VNPT", "VIETTEL"]), line), max_size=3)
homes_of = st.lists(st.one_of(square, fine), min_size=1, max_size=4)
nodes_of = st.lists(
    st.tuples(st.sampled_from(["VNPT", "VIETTEL"]), st.integers(0, 30), st.integers(0, 30)),
    min_size=1,
    max_size=3,
)
HILLS = Terrain(
    200 * np.sin(np.add.outer(np.arange(80) / 5.0, np.arange(80) / 7.0)), 538_000, 2_356_000, 100.0
)


def build_world(roads, homes, nodes, routes):
    return build(
        make_roads(*roads), make_hamlets(*homes), make_nodes(*nodes), HILLS,
        routes=make_routes(*routes) if routes else None,
    )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(roads_of, homes_of, nodes_of, routes_of, st.randoms(use_true_random=False))
def test_the_order_of_rows_is_nothing(roads, homes, nodes, routes, chance):
    def _shuffle(table):
        rows = list(range(len(table)))
        chance.shuffle(rows)
        return table.iloc[rows]

    tables = make_roads(*roads), make_hamlets(*homes), make_nodes(*nodes)
    fibre = make_routes(*routes) if routes else None
    mixed = [_shuffle(table) for table in tables]
    one = build(*tables, HILLS, routes=fibre)
    other = build(*mixed, HILLS, routes=None if fibre is None else _shuffle(fibre))
    for name in (
        "xy",
        "tail",
        "head",
        "length_m",
        "basis",
        "medium",
        "operator",
        "cost_vnd",
        "points",
    ):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    seats = dict(zip(tables[1]["hamlet_id"], one.hamlet_vertex, strict=True))
    assert seats == dict(zip(mixed[1]["hamlet_id"], other.hamlet_vertex, strict=True))
    roots = dict(zip(one.node_id, one.node_vertex, strict=True))
    assert roots == dict(zip(other.node_id, other.node_vertex, strict=True))


@settings(max_examples=60, deadline=None)
@given(roads_of, homes_of, nodes_of, routes_of)
def test_every_hamlet_can_be_reached(roads, homes, nodes, routes):
    ways = build_world(roads, homes, nodes, routes)
    assert nx.is_connected(ways_to_networkx(ways))
    assert (ways.cost_vnd >= 0).all() and np.isfinite(reach_costs(ways)).all()


@settings(max_examples=60, deadline=None)
@given(
    roads_of, homes_of, nodes_of, routes_of, st.tuples(st.just("VNPT"), *[st.integers(0, 30)] * 2)
)
def test_another_node_never_makes_a_hamlet_dearer(roads, homes, nodes, routes, more):
    before = reach_costs(build_world(roads, homes, nodes, routes))
    after = reach_costs(build_world(roads, homes, [*nodes, more], routes))
    assert all(a <= b for a, b in zip(after, before, strict=True))


@settings(max_examples=100, deadline=None)
@given(roads_of, homes_of, nodes_of, routes_of, st.tuples(st.just("VNPT"), line))
def test_another_route_never_makes_a_hamlet_dearer(roads, homes, nodes, routes, more):
    before = reach_costs(build_world(roads, homes, nodes, routes))
    after = reach_costs(build_world(roads, homes, nodes, [*routes, more]))
    assert all(a <= b for a, b in zip(after, before, strict=True))


@settings(max_examples=30, deadline=None)
@given(roads_of, homes_of, nodes_of, routes_of)
def test_an_operator_alone_never_pays_less_than_all_sharing(roads, homes, nodes, routes):
    ways = build_world(roads, homes, nodes, routes)
    alone = reach_costs(ways, operator=nodes[0][0])
    assert all(a >= b for a, b in zip(alone, reach_costs(ways), strict=True))
    assert np.isfinite(alone).all()


@settings(max_examples=20, deadline=None)
@given(roads_of, homes_of, nodes_of)
def test_dearer_prices_scale_the_costs(roads, homes, nodes):
    price = MONEY.number("new_poles_price")
    tripled = change("new_poles_price", value=3 * price, low=3 * price, high=3 * price)
    tables = make_roads(*roads), make_hamlets(*homes), make_nodes(*nodes)
    once, thrice = (
        build_ways(*tables, HILLS, rollout=rollout, crs=CRS) for rollout in (MONEY, tripled)
    )
    assert np.array_equal(once.tail, thrice.tail) and np.array_equal(once.head, thrice.head)
    steps = 3 * (len(once.points) + len(once.tail))
    assert np.abs(thrice.cost_vnd[:, 1] - 3 * once.cost_vnd[:, 1]).max() <= steps


def test_a_made_up_province_is_joined_along_its_roads():
    world = simulate_province(size="hamlet", seed=242)
    routes = gpd.GeoDataFrame(world.fibre_routes)
    homes = world.hamlets[["hamlet_id", "x_m", "y_m"]]
    tables = world.roads, homes, world.fibre_nodes
    ways = build_ways(*tables, None, routes=routes, rollout=MONEY, crs=world.crs)
    assert nx.is_connected(ways_to_networkx(ways)) and len(ways.hamlet_vertex) == len(homes)
    bare = build_ways(*tables, None, rollout=MONEY, crs=world.crs)
    trees = [
        connect_terminals(
            to_network(w), roots=list_roots(w), terminals=w.hamlet_vertex, effort=1, seed=1
        )
        for w in (ways, bare)
    ]
    assert 0 < trees[0].cost < trees[1].lower_bound and not len(trees[0].unreached)
    operator = str(ways.node_operator[0])
    alone = reach_costs(ways, operator=operator)
    assert np.isfinite(alone).all() and sum(alone) > sum(reach_costs(ways))


@pytest.mark.real
@pytest.mark.skipif(not REAL.exists(), reason="the real files are not beside the project")
def test_real_villages_off_the_mapped_roads_are_flagged():
    roads = gpd.read_file(REAL / "roads" / "osm_roads_2018_vinh_phuc.geojson")
    told = gpd.read_file(REAL / "settlements" / "wof_geonames_localities_vinh_phuc.geojson")
    homes = pd.DataFrame(
        {
            "hamlet_id": told["wof_id"].astype(str),
            "centre_lon": told["lon"],
            "centre_lat": told["lat"],
        }
    )
    seat = told.iloc[::60]
    nodes = pd.DataFrame(
        {
            "node_id": seat["wof_id"].astype(str), "operator": "VNPT", "access": True,
            "status": str(NetworkStatus.LIVE), "ports_free": pd.NA,
            "lon": seat["lon"], "lat": seat["lat"],
        }
    )  # fmt: skip
    ways = build_ways(roads.assign(road_class=None), homes, nodes, None, rollout=MONEY, crs=CRS)
    assert len(ways.hamlet_vertex) == 307 and nx.is_connected(ways_to_networkx(ways))
    drawn = roads.to_crs(CRS).union_all()
    centres = gpd.GeoSeries.from_xy(homes["centre_lon"], homes["centre_lat"], crs=4326).to_crs(CRS)
    assert np.abs(ways.hamlet_link_m - centres.distance(drawn)).max() < 1.0
    assert 0 < ways.off_road.sum() < 307
    assert (ways.off_road == (ways.hamlet_link_m > MONEY.number("off_road_m"))).all()
    _, edges = ways_to_frames(ways)
    mapped = edges[edges["basis"] == "road"]
    assert mapped["length_m"].sum() == pytest.approx(roads.to_crs(CRS).length.sum(), rel=0.005)
