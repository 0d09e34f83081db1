"""Ways for cable: roads, links off the mapped roads, existing fibre; a graph with three prices an edge."""

from phusong.plans.ways.building import build_ways
from phusong.plans.ways.graph import (
    Ways,
    draw_edges,
    list_roots,
    to_network,
    view_costs,
    ways_to_frames,
    ways_to_networkx,
)

__all__ = [
    "Ways",
    "build_ways",
    "draw_edges",
    "list_roots",
    "to_network",
    "view_costs",
    "ways_to_frames",
    "ways_to_networkx",
]
