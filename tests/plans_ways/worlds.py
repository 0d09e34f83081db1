"""Worlds of roads on squared paper, one square 100 m, in the metric system of the province."""

import geopandas as gpd
import networkx as nx
import pandas as pd
import shapely

from phusong.plans.ways import build_ways, list_roots, view_costs
from phusong.vocabulary.metres import WGS84, transform_xy
from phusong.vocabulary.options import Medium
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.terms import NetworkStatus

CRS = 5897
#: Where the squared paper lies: its lower left corner [m].
WEST, SOUTH = 540_000.0, 2_350_000.0
MONEY = load_parameters().rollout
POLES, NEW_POLES, BURIED = (
    int(MONEY.number(name)) for name in ("poles_price", "new_poles_price", "buried_price")
)


def draw(*squares):
    """Return a line through squares (x, y)."""
    return shapely.LineString([(WEST + 100 * x, SOUTH + 100 * y) for x, y in squares])


def make_roads(*lines, road_class="Đường xã"):
    """Return roads along lines of squares."""
    return gpd.GeoDataFrame(
        {"road_id": [f"d{n}" for n in range(len(lines))], "road_class": road_class},
        geometry=[draw(*line) for line in lines],
        crs=CRS,
    )


def make_routes(*rows, status=NetworkStatus.LIVE):
    """Return fibre routes from (operator, line of squares)."""
    return gpd.GeoDataFrame(
        {
            "route_id": [f"t{n}" for n in range(len(rows))],
            "operator": [operator for operator, _ in rows],
            "status": str(status),
        },
        geometry=[draw(*line) for _, line in rows],
        crs=CRS,
    )


def make_hamlets(*squares, **columns):
    """Return hamlets h0, h1, … at squares."""
    return pd.DataFrame(
        {
            "hamlet_id": [f"h{n}" for n in range(len(squares))],
            "x_m": [WEST + 100 * x for x, _ in squares],
            "y_m": [SOUTH + 100 * y for _, y in squares],
            **columns,
        }
    )


def make_nodes(*rows, ports_free=4):
    """Return live nodes n0, n1, … from (operator, x, y)."""
    x = [WEST + 100 * row[1] for row in rows]
    y = [SOUTH + 100 * row[2] for row in rows]
    lon, lat = transform_xy(x, y, source=CRS, target=WGS84)
    return pd.DataFrame(
        {
            "node_id": [f"n{n}" for n in range(len(rows))],
            "operator": [row[0] for row in rows],
            "status": str(NetworkStatus.LIVE),
            "access": True,
            "ports_free": pd.array([ports_free] * len(rows), dtype="Int64"),
            "lon": lon,
            "lat": lat,
        }
    )


def build(roads, hamlets, nodes, terrain=None, **more):
    """Return the ways of a world."""
    return build_ways(roads, hamlets, nodes, terrain, rollout=MONEY, crs=CRS, **more)


def change(name, **values):
    """Return the parameters with one of them changed."""
    return MONEY.model_copy(update={name: getattr(MONEY, name).model_copy(update=values)})


def reach_costs(ways, *, operator=None):
    """Return the least cost of joining each hamlet alone to the nearest root [h] [VND]."""
    cost = view_costs(ways, operator=operator)
    graph = nx.MultiGraph()
    graph.add_nodes_from(range(len(ways.xy)))
    graph.add_edges_from(
        (t, h, {"cost": c})
        for t, h, c in zip(ways.tail.tolist(), ways.head.tolist(), cost.tolist(), strict=True)
        if c < float("inf")
    )
    roots = set(list_roots(ways, operator=operator).tolist())
    found = nx.multi_source_dijkstra_path_length(graph, roots, weight="cost")
    return [found.get(int(v), float("inf")) for v in ways.hamlet_vertex]


def list_media(ways):
    """Return the words of the media, edge by edge."""
    return [list(Medium)[code] for code in ways.medium]
