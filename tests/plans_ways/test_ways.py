"""Ways for cable on squared paper: what meets, what it costs, what is refused."""

import geopandas
import networkx as nx
import numpy as np
import pandas as pd
import pytest
import shapely
from tests.plans_ways.worlds import (
    BURIED,
    CRS,
    MONEY,
    NEW_POLES,
    POLES,
    SOUTH,
    WEST,
    build,
    change,
    draw,
    list_media,
    make_hamlets,
    make_nodes,
    make_roads,
    make_routes,
    reach_costs,
)

from phusong.plans.steiner import connect_terminals
from phusong.plans.ways import build_ways, list_roots, to_network, ways_to_frames, ways_to_networkx
from phusong.plans.ways.graph import BASES
from phusong.plans.ways.pricing import weigh_ground
from phusong.reach.terrain import Terrain
from phusong.vocabulary.options import Medium, WayBasis

CROSS = [(0, 5), (10, 5)], [(5, 0), (5, 10)]
#: A place is known in degrees, and found again within this many đồng.
NEAR = {"abs": 200}
RIVER = int(MONEY.number("river_crossing_vnd"))


def rivers(*shapes):
    return geopandas.GeoDataFrame(geometry=list(shapes), crs=CRS)


def basis_of(ways, basis):
    return ways.basis == BASES.index(basis)


def test_roads_that_cross_meet_and_bends_stay_within_an_edge():
    bent = [(5, 5), (5, 10), (8, 10)]
    ways = build(
        make_roads(CROSS[0], bent),
        make_hamlets((0, 5), (10, 5), (8, 10)),
        make_nodes(("VNPT", 0, 5)),
    )
    graph = ways_to_networkx(ways)
    assert nx.is_connected(graph)
    _, edges = ways_to_frames(ways)
    roads = edges[edges["basis"] == "road"]
    assert sorted(roads["length_m"].round().tolist()) == [500, 500, 800]
    corner = shapely.Point(WEST + 500, SOUTH + 1000)
    assert roads.geometry.distance(corner).min() < 0.01
    assert np.allclose(roads.length, roads["length_m"])


def test_lines_that_cross_without_a_common_vertex_meet():
    ways = build(make_roads(*CROSS), make_hamlets((0, 5), (5, 10)), make_nodes(("VNPT", 10, 5)))
    assert reach_costs(ways) == pytest.approx([1000 * NEW_POLES, 1000 * NEW_POLES], **NEAR)


def test_a_line_that_ends_just_before_another_meets_it():
    short = [(5, 0), (5, 4.995)]
    ways = build(make_roads(CROSS[0], short), make_hamlets((5, 0)), make_nodes(("VNPT", 0, 5)))
    assert not basis_of(ways, WayBasis.OFF_ROAD).any()
    assert reach_costs(ways)[0] == pytest.approx(1000 * NEW_POLES, rel=1e-3)


def test_a_place_joins_the_middle_of_a_long_road_not_its_nearest_bend():
    ways = build(make_roads([(0, 0), (40, 0)]), make_hamlets((7.3, 1)), make_nodes(("VNPT", 0, 0)))
    assert ways.hamlet_link_m == pytest.approx([100])
    assert reach_costs(ways) == pytest.approx([830 * NEW_POLES], **NEAR)
    assert not ways.off_road.any()


def test_two_parts_are_joined_once_by_their_shortest_link():
    apart = [(0, 0), (4, 0)], [(10, 0), (14, 0)], [(10, 3), (10, 9)]
    ways = build(make_roads(*apart), make_hamlets((14, 0), (10, 9)), make_nodes(("VNPT", 0, 0)))
    links = basis_of(ways, WayBasis.OFF_ROAD)
    assert sorted(ways.length_m[links].round().tolist()) == [300, 600]
    detour = MONEY.number("off_road_detour")
    rough = weigh_ground(
        np.zeros(1), np.zeros(1), np.array([np.nan]), off_road=np.array([True]), rollout=MONEY
    )[0]
    whole = 800 * NEW_POLES + 600 * NEW_POLES * detour * rough
    assert reach_costs(ways)[0] == pytest.approx(whole, **NEAR)


def test_a_hamlet_off_the_map_is_led_there_and_flagged():
    ways = build(
        make_roads([(0, 0), (10, 0)]), make_hamlets((5, 2), (5, 50)), make_nodes(("VNPT", 0, 0))
    )
    assert ways.off_road.tolist() == [False, True]
    assert ways.hamlet_link_m == pytest.approx([200, 5000])
    assert np.isfinite(reach_costs(ways)).all()
    ends = np.column_stack([ways.tail, ways.head])
    at = (ends == ways.hamlet_vertex[1]).any(axis=1)
    assert basis_of(ways, WayBasis.OFF_ROAD)[at].all() and at.any()


def test_a_hamlet_on_the_road_needs_no_trench_of_a_hand_and_one_beside_it_does():
    roads, node = make_roads([(0, 0), (10, 0)]), make_nodes(("VNPT", 0, 0))
    near, far = (
        build(roads, make_hamlets((5, 0.004)), node),
        build(roads, make_hamlets((5, 0.03)), node),
    )
    for ways, link in ((near, 0.4), (far, 3.0)):
        short = np.flatnonzero(ways.length_m < 10)
        assert ways.hamlet_link_m == pytest.approx([link], abs=0.05)
        assert (ways.cost_vnd[short] > 0).any() == (link > 1)


def test_villages_up_one_valley_share_the_way_out():
    ways = build(
        make_roads([(0, 0), (10, 0)]), make_hamlets((5, 50), (5, 54)), make_nodes(("VNPT", 5, 0))
    )
    tree = connect_terminals(
        to_network(ways), roots=list_roots(ways), terminals=ways.hamlet_vertex, effort=1, seed=1
    )
    one, both = reach_costs(ways)
    assert tree.cost == pytest.approx(one * 5400 / 5000, rel=1e-6) and both < tree.cost * 1.01


def test_existing_fibre_is_free_and_belongs_to_its_owner():
    roads, homes = make_roads([(0, 0), (20, 0)]), make_hamlets((20, 0))
    nodes = make_nodes(("VNPT", 0, 0), ("VIETTEL", 0, 0))
    ways = build(roads, homes, nodes, routes=make_routes(("VNPT", [(0, 0), (15, 0)])))
    assert reach_costs(ways, operator="VNPT") == pytest.approx([500 * NEW_POLES], **NEAR)
    assert reach_costs(ways, operator="VIETTEL") == pytest.approx([2000 * NEW_POLES], **NEAR)
    assert reach_costs(ways) == pytest.approx([500 * NEW_POLES], **NEAR)


def test_fibre_planned_or_out_of_service_is_no_way():
    planned = make_routes(("VNPT", [(0, 0), (15, 0)]), status="planned")
    ways = build(
        make_roads([(0, 0), (20, 0)]),
        make_hamlets((20, 0)),
        make_nodes(("VNPT", 0, 0)),
        routes=planned,
    )
    assert not basis_of(ways, WayBasis.FIBRE).any()


def test_a_route_beside_the_roads_is_tied_to_them():
    ways = build(
        make_roads([(0, 0), (20, 0)]), make_hamlets((20, 0)), make_nodes(("VNPT", 0, 8)),
        routes=make_routes(("VNPT", [(0, 8), (10, 8), (10, 2)])),
    )  # fmt: skip
    assert reach_costs(ways) == pytest.approx([1200 * NEW_POLES], **NEAR)


@pytest.mark.parametrize(
    ("water", "banks"),
    [
        (draw((5.5, -3), (5.5, 3)), 1),
        (draw((5, -3), (5, 3)), 1),
        (draw((4, -3), (6, -3), (6, 3), (4, 3), (4, -3)), 2),
        (shapely.Polygon(draw((4, -3), (9, -3), (9, 3), (4, 3)).coords), 1),
        (draw((5, 1), (5, 3)), 0),
    ],
)
def test_a_river_costs_once_for_each_crossing(water, banks):
    roads, homes, nodes = (
        make_roads([(0, 0), (20, 0)]),
        make_hamlets((20, 0)),
        make_nodes(("VNPT", 0, 0)),
    )
    ways = build(roads, homes, nodes, waters=rivers(water))
    assert ways.crossings.sum() == banks
    assert reach_costs(ways)[0] - reach_costs(build(roads, homes, nodes))[0] == banks * RIVER


def test_a_hamlet_before_the_bridge_pays_nothing_for_it():
    ways = build(
        make_roads([(0, 0), (2, 0)]), make_hamlets((0.9, 0), (1.1, 0)), make_nodes(("VNPT", 0, 0)),
        waters=rivers(draw((1, -3), (1, 3))),
    )  # fmt: skip
    assert reach_costs(ways) == pytest.approx([90 * NEW_POLES, 110 * NEW_POLES + RIVER], **NEAR)


def test_a_line_in_the_middle_of_a_river_is_the_same_river():
    bed = shapely.Polygon(draw((4, -3), (9, -3), (9, 3), (4, 3)).coords)
    ways = build(
        make_roads([(0, 0), (20, 0)]), make_hamlets((20, 0)), make_nodes(("VNPT", 0, 0)),
        waters=rivers(bed, draw((6, -5), (6, 5))),
    )  # fmt: skip
    assert ways.crossings.sum() == 1


def test_poles_stand_along_greater_roads_and_towns_are_dug():
    homes = make_hamlets((0, 0), (40, 0), urban=[True, False])
    ways = build(
        make_roads([(0, 0), (40, 0)], road_class="Quốc lộ"), homes, make_nodes(("VNPT", 40, 0))
    )
    assert {Medium.POLES, Medium.BURIED} <= set(list_media(ways))
    dug = ways.length_m[np.array(list_media(ways)) == Medium.BURIED].sum()
    assert dug == pytest.approx(2000, abs=0.1)
    assert reach_costs(ways)[0] == pytest.approx(2000 * POLES + 2000 * BURIED, rel=1e-4)


def test_steep_high_and_hard_ground_is_dearer():
    def _weigh(slope=0.0, height=0.0, land=1.0):
        return weigh_ground(
            np.array([slope]), np.array([height]), np.array([land]),
            off_road=np.array([False]), rollout=MONEY,
        )[0]  # fmt: skip

    assert _weigh() == 1.0
    assert 1.0 < _weigh(slope=15) < _weigh(slope=25) < _weigh(slope=45)
    assert _weigh(slope=45) == pytest.approx(1 + (np.exp(0.85 * 0.30 * 4) - 1) / 100)
    assert _weigh(height=700) > 1.0 and _weigh(land=4) > _weigh(land=2) > 1.0


def test_land_under_a_road_is_felt_where_it_lies():
    swamp = geopandas.GeoDataFrame(
        {"land_class": [5]},
        geometry=[shapely.box(WEST, SOUTH - 50, WEST + 1000, SOUTH + 50)],
        crs=CRS,
    )
    roads, homes, nodes = (
        make_roads([(0, 0), (20, 0)]),
        make_hamlets((20, 0)),
        make_nodes(("VNPT", 0, 0)),
    )
    factor = 1 + (np.exp(0.85 * MONEY.number("weight_land") * 4) - 1) / 100
    assert reach_costs(build(roads, homes, nodes, land=swamp)) == pytest.approx(
        [1000 * NEW_POLES * (1 + factor)], **NEAR
    )
    with pytest.raises(ValueError, match="land class 9"):
        build(roads, homes, nodes, land=swamp.assign(land_class=9))


def test_a_slope_lengthens_the_way():
    ground = np.tile(np.arange(60)[::-1, None] * 50.0, (1, 60)).T[:, ::-1]
    hill = Terrain(ground, WEST - 1000, SOUTH + 3000, 100.0)
    ways = build(
        make_roads([(0, 0), (20, 0)]), make_hamlets((20, 0)), make_nodes(("VNPT", 0, 0)), hill
    )
    road = basis_of(ways, WayBasis.ROAD)
    assert ways.length_m[road].sum() == pytest.approx(2000 * np.hypot(1, 0.5), rel=1e-4)
    assert ways.slope_deg[road] == pytest.approx(np.degrees(np.arctan(0.5)), rel=1e-3)
    assert np.isfinite(ways.elevation_m).all()


def test_only_nodes_that_can_feed_a_line_are_roots():
    nodes = pd.concat([make_nodes(("VNPT", 0, 0)), make_nodes(("VNPT", 5, 0), ports_free=0)])
    ways = build(make_roads([(0, 0), (20, 0)]), make_hamlets((20, 0)), nodes)
    assert len(list_roots(ways)) == 1 and ways.ports_free.tolist() == [4]


def test_what_cannot_be_is_refused_by_name():
    roads, homes, nodes = (
        make_roads([(0, 0), (20, 0)]),
        make_hamlets((20, 0)),
        make_nodes(("VNPT", 0, 0)),
    )
    with pytest.raises(ValueError, match="h0"):
        build(roads, homes.assign(x_m=np.nan), nodes)
    with pytest.raises(ValueError, match="MOBIFONE"):
        list_roots(build(roads, homes, nodes), operator="MOBIFONE")
    with pytest.raises(ValueError, match="poles_price"):
        build_ways(roads, homes, nodes, None, rollout=change("poles_price", low=-1), crs=CRS)
    with pytest.raises(ValueError, match="no road"):
        build(roads.iloc[:0], homes, nodes)


def test_hamlets_are_found_by_their_centres_too():
    homes, nodes = make_hamlets((20, 0)), make_nodes(("VNPT", 20, 0))
    told = homes.drop(columns=["x_m", "y_m"]).assign(
        centre_lon=nodes["lon"], centre_lat=nodes["lat"]
    )
    ways = build(make_roads([(0, 0), (20, 0)]), told, nodes)
    assert ways.xy[ways.hamlet_vertex[0]] == pytest.approx([WEST + 2000, SOUTH], abs=0.01)
    with pytest.raises(ValueError, match="h0"):
        build(make_roads([(0, 0), (20, 0)]), told.assign(centre_lon=np.nan), nodes)


def test_a_world_of_fibre_alone_has_ways():
    roads = geopandas.GeoDataFrame({"road_class": []}, geometry=[])
    routes = make_routes(("VNPT", [(0, 0), (10, 0)]), ("VNPT", [(12, 0), (20, 0)]))
    ways = build(roads, make_hamlets((20, 0)), make_nodes(("VNPT", 0, 0)), routes=routes)
    link = basis_of(ways, WayBasis.OFF_ROAD)
    assert ways.length_m[link] == pytest.approx([200]) and np.isfinite(reach_costs(ways)).all()


def test_low_likely_and_high_prices_keep_their_order():
    ways = build(make_roads(*CROSS), make_hamlets((0, 5), (9, 9)), make_nodes(("VNPT", 5, 0)))
    assert (ways.cost_vnd >= 0).all() and ways.cost_vnd.dtype == np.int64
    assert (np.diff(ways.cost_vnd, axis=1) >= 0).all()


def test_the_network_for_the_search_names_rows_of_the_ways():
    ways = build(
        make_roads(*CROSS), make_hamlets((0, 5)), make_nodes(("VIETTEL", 10, 5)),
        routes=make_routes(("VNPT", CROSS[0])),
    )  # fmt: skip
    for operator in ("VIETTEL", None):
        network = to_network(ways, operator=operator, end="high")
        assert (network.cost == ways.cost_vnd[network.row, 2]).all()
        assert (network.tail == ways.tail[network.row]).all()
        assert not (ways.operator[network.row] == "VNPT").any() or operator is None


def test_cable_that_exists_has_crossed_its_rivers():
    ways = build(
        make_roads([(20, 0), (30, 0)]),
        make_hamlets((30, 0)),
        make_nodes(("VNPT", 0, 0)),
        routes=make_routes(("VNPT", [(0, 0), (20, 0)])),
        waters=rivers(draw((7.7, -3), (7.7, 3))),
    )
    assert ways.crossings[basis_of(ways, WayBasis.FIBRE)].sum() == 0
    assert reach_costs(ways) == pytest.approx([1000 * NEW_POLES], **NEAR)


def test_ties_are_settled_by_place_and_name_not_by_rows():
    star = [(0, 1), (9, 8)], [(0, 8), (9, 1)], [(0, 4.5), (9, 4.5)], [(4.5, 0), (4.5, 9)]
    roads = make_roads(*star)
    homes = make_hamlets((2, 2), (2, 2), (6.5, 4.5), (2, 2), (4.5, 2.5))
    nodes = make_nodes(("VNPT", 0, 1), ("VIETTEL", 0, 1), ("VNPT", 9, 1))
    one = build(roads, homes, nodes)
    for seed in range(6):
        rows = [np.random.default_rng(seed).permutation(len(t)) for t in (roads, homes, nodes)]
        tables = [t.iloc[r] for t, r in zip((roads, homes, nodes), rows, strict=True)]
        other = build(*tables)
        assert np.array_equal(one.xy, other.xy) and np.array_equal(one.points, other.points)
        assert np.array_equal(one.cost_vnd, other.cost_vnd)
        assert np.array_equal(one.hamlet_vertex[rows[1]], other.hamlet_vertex)
        assert np.array_equal(one.node_vertex[rows[2]], other.node_vertex)
