"""Made-up roads: a connected network over hamlets, of four classes."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from phusong.reach.terrain import Terrain, elevation_at
from phusong.simulate.linking import find_tree, link_places, weigh_graph
from phusong.simulate.recipe import RoadRecipe

#: Road classes from the widest to the narrowest, and what they are paved with.
CLASSES = ("Quốc lộ", "Đường tỉnh", "Đường huyện", "Đường xã")
SURFACES = ("Bê tông nhựa", "Bê tông nhựa", "Láng nhựa", "Bê tông xi măng")
PREFIXES = ("QL.MP", "ĐT.MP", "ĐH.MP", "ĐX.MP")


def lay_roads(
    places: pd.DataFrame,
    terrain: Terrain | None,
    *,
    crs: int,
    recipe: RoadRecipe,
    rng: np.random.Generator,
) -> gpd.GeoDataFrame:
    """Return roads that link all places.

    Parameters
    ----------
    places : x_m, y_m, commune_code, district; commune seats and district seats are chosen among them.
    terrain : ground, to go around hills; None for a flat world.
    crs : metric system.
    recipe : which places a road links.
    rng : stream of random numbers.

    Returns
    -------
    roads : road_id, name, road_class, surface, start, end (row numbers of places), cost, geometry.
    """
    xy = places[["x_m", "y_m"]].to_numpy(float)
    pairs = link_places(xy)
    cost = _toil(xy, pairs, terrain, recipe)
    needed = find_tree(pairs, cost, places=len(xy))
    length = np.linalg.norm(xy[pairs[:, 0]] - xy[pairs[:, 1]], axis=1)
    spare = (rng.random(len(pairs)) < recipe.spare_share) & (length <= recipe.longest_spare_m)
    pairs, cost = pairs[needed | spare], cost[needed | spare]
    rank = _rank_roads(places, xy, pairs, cost, recipe)
    lines = bend_lines(xy, pairs, share=recipe.bend_share, rng=rng)
    return gpd.GeoDataFrame(
        {
            "road_id": [f"D{i + 1:05d}" for i in range(len(pairs))],
            "name": _number_roads(rank),
            "road_class": [CLASSES[r] for r in rank],
            "surface": [SURFACES[r] for r in rank],
            "start": pairs[:, 0],
            "end": pairs[:, 1],
            "cost": cost,
        },
        geometry=list(lines),
        crs=crs,
    )


def _toil(
    xy: np.ndarray, pairs: np.ndarray, terrain: Terrain | None, recipe: RoadRecipe
) -> np.ndarray:
    """Return what a road between two places costs: its length, and its climb many times over."""
    length = np.linalg.norm(xy[pairs[:, 0]] - xy[pairs[:, 1]], axis=1)
    if terrain is None:
        return length
    steps = np.linspace(0, 1, 9)
    line = xy[pairs[:, 0], None] * (1 - steps[:, None]) + xy[pairs[:, 1], None] * steps[:, None]
    height = elevation_at(terrain, line[..., 0].ravel(), line[..., 1].ravel())
    climb = np.abs(np.diff(np.nan_to_num(height).reshape(len(pairs), -1), axis=1)).sum(axis=1)
    return length + recipe.climb_factor * climb


def bend_lines(
    xy: np.ndarray, pairs: np.ndarray, *, share: float, rng: np.random.Generator
) -> np.ndarray:
    """Return winding lines between places [m]; lines that meet at a place share its vertex.

    Parameters
    ----------
    xy : places [n, 2] [m].
    pairs : row numbers [m, 2].
    share : how far a line leaves the straight, as a share of its length.
    rng : stream of random numbers.
    """
    steps = np.linspace(0, 1, 7)
    start, end = xy[pairs[:, 0]], xy[pairs[:, 1]]
    course = end - start
    aside = np.column_stack([-course[:, 1], course[:, 0]])
    swing = share * rng.normal(0, 1, (len(pairs), 1)) * np.sin(np.pi * steps)
    swing = swing + 0.5 * share * rng.normal(0, 1, (len(pairs), 1)) * np.sin(2 * np.pi * steps)
    points = start[:, None] + course[:, None] * steps[:, None] + aside[:, None] * swing[..., None]
    points[:, 0], points[:, -1] = start, end
    return shapely.linestrings(points)


def _rank_roads(
    places: pd.DataFrame, xy: np.ndarray, pairs: np.ndarray, cost: np.ndarray, recipe: RoadRecipe
) -> np.ndarray:
    """Return the class number of every road: the widest class of any journey that uses it."""
    graph = weigh_graph(pairs, cost, places=len(xy))
    number = {(int(a), int(b)): i for i, (a, b) in enumerate(pairs)}
    rank = np.full(len(pairs), len(CLASSES) - 1)
    seats = _seats(places, xy, "commune_code")
    capitals = _seats(places, xy, "district")
    low, high = xy.min(axis=0), xy.max(axis=0)
    ends = low + np.array(recipe.trunks) * (high - low)
    trunks = cKDTree(xy).query(ends)[1]
    for level, journeys in (
        (2, seats[link_places(xy[seats])]),
        (1, capitals[link_places(xy[capitals])]),
        (0, trunks),
    ):
        rank[_edges_on_the_way(graph, journeys, number)] = level
    return rank


def _seats(places: pd.DataFrame, xy: np.ndarray, column: str) -> np.ndarray:
    """Return the place in the middle of each unit, as row numbers."""
    seats = []
    for rows in places.groupby(column, sort=True).indices.values():
        middle = xy[rows].mean(axis=0)
        seats.append(rows[np.linalg.norm(xy[rows] - middle, axis=1).argmin()])
    return np.array(seats)


def _edges_on_the_way(
    graph: csr_array, journeys: np.ndarray, number: dict[tuple[int, int], int]
) -> list[int]:
    """Return the roads that cheapest journeys use."""
    if not len(journeys):
        return []
    starts = np.unique(journeys[:, 0])
    before = dijkstra(graph, indices=starts, return_predecessors=True)[1]
    used = []
    for start, end in journeys:
        came_from = before[np.searchsorted(starts, start)]
        place = end
        while place != start:
            previous = came_from[place]
            used.append(number[(int(min(place, previous)), int(max(place, previous)))])
            place = previous
    return used


def _number_roads(rank: np.ndarray) -> list[str | None]:
    """Return a made-up road number; roads within a commune have none."""
    order = np.zeros(len(PREFIXES), dtype=int)
    names: list[str | None] = []
    for r in rank:
        order[r] += 1
        names.append(f"{PREFIXES[r]}.{order[r]:03d}" if r < len(PREFIXES) - 1 else None)
    return names
