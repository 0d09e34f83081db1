"""Made-up fibre: exchanges, cabinets and splitter boxes, and the routes that feed them along roads."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from phusong.simulate.demonstration import Demonstration
from phusong.simulate.recipe import FibreRecipe
from phusong.simulate.routes import lay_routes
from phusong.vocabulary.metres import WGS84, transform_xy
from phusong.vocabulary.terms import NetworkStatus, Operator

EXCHANGE, CABINET, BOX, SPLICE = "OLT", "Tủ phối S1", "Hộp S2", "Măng xông cáp trục"
CODES = {Operator.VNPT: "VNPT-{area}-{number:05d}", Operator.VIETTEL: "VTL.{area}.{number:05d}"}
AS_OF = (8, 31)


def lay_fibre(
    centres_xy: np.ndarray,
    shelter: np.ndarray,
    roads: gpd.GeoDataFrame | None,
    *,
    crs: int,
    recipe: FibreRecipe,
    demonstration: Demonstration,
    rng: np.random.Generator,
) -> tuple[pd.DataFrame, gpd.GeoDataFrame]:
    """Return the fibre of VNPT and Viettel: nodes, and the routes between them.

    Parameters
    ----------
    centres_xy : hamlets [n, 2] [m].
    shelter : how walled-in each is [n].
    roads : start, end, cost and geometry [m]; None for straight lines between neighbours.
    crs : metric system.
    recipe : where fibre is.
    demonstration : for codes and the day of the lists.
    rng : stream of random numbers.

    Returns
    -------
    nodes : columns of accepted_fibre_nodes, then place, x_m, y_m.
    routes : columns of accepted_fibre_routes, then start_node, end_node; geometry in EPSG:4326.
    """
    dark = find_dark(centres_xy, shelter, recipe=recipe, rng=rng)
    hubs = spread_hubs(centres_xy, ~dark, each=recipe.exchanges)
    first = rng.random(len(dark)) < recipe.first_share
    second = rng.random(len(dark)) < recipe.second_share
    reached = {Operator.VNPT: ~dark & (first | ~second), Operator.VIETTEL: ~dark & second}
    parts = [
        _place_nodes(o, centres_xy, reached[o], dark, hubs, recipe, demonstration.site_prefix, rng)
        for o in reached
    ]
    nodes, day = pd.concat(parts, ignore_index=True), demonstration.stamp(*AS_OF)
    lon, lat = transform_xy(nodes["x_m"], nodes["y_m"], source=crs, target=WGS84)
    nodes = nodes.assign(lon=np.round(lon, 6), lat=np.round(lat, 6), as_of=day)
    return nodes, lay_routes(nodes, centres_xy, roads, hubs, crs=crs, as_of=day, rng=rng)


def find_dark(
    centres_xy: np.ndarray, shelter: np.ndarray, *, recipe: FibreRecipe, rng: np.random.Generator
) -> np.ndarray:
    """Return which hamlets have no fibre [n]: the most walled-in, and a few spots of the plain."""
    dark = shelter > np.quantile(shelter, 1.0 - recipe.dark_hills)
    hearts = rng.choice(len(centres_xy), min(recipe.dark_pockets, len(centres_xy)), replace=False)
    tree = cKDTree(centres_xy)
    for heart in hearts:
        dark[tree.query_ball_point(centres_xy[heart], recipe.pocket_reach_m)] = True
    return dark


def spread_hubs(centres_xy: np.ndarray, allowed: np.ndarray, *, each: int) -> np.ndarray:
    """Return row numbers of places spread over the land, each farthest from those before it.

    Parameters
    ----------
    centres_xy : places [n, 2] [m].
    allowed : which of them may be chosen [n].
    each : one is chosen for every so many places.
    """
    allowed = allowed if allowed.any() else np.ones(len(allowed), dtype=bool)
    middle = np.where(allowed, np.linalg.norm(centres_xy - centres_xy.mean(axis=0), axis=1), np.inf)
    hubs = [int(middle.argmin())]
    distance = np.linalg.norm(centres_xy - centres_xy[hubs[0]], axis=1)
    for _ in range(len(centres_xy) // each):
        hubs.append(int(np.where(allowed, distance, -1.0).argmax()))
        distance = np.minimum(distance, np.linalg.norm(centres_xy - centres_xy[hubs[-1]], axis=1))
    return np.unique(hubs)


def _place_nodes(
    operator: Operator,
    centres_xy: np.ndarray,
    reached: np.ndarray,
    dark: np.ndarray,
    hubs: np.ndarray,
    recipe: FibreRecipe,
    area: str,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return the nodes of one operator: the feeding one of each hamlet first, then its boxes."""
    hub = np.isin(np.arange(len(reached)), hubs) & ~dark
    feeding = np.flatnonzero(reached | hub)
    more = rng.integers(0, recipe.boxes + 1, len(feeding))
    boxes = np.repeat(feeding, np.where(hub[feeding], np.maximum(more, 1), more))
    later = np.flatnonzero(dark & (rng.random(len(dark)) < recipe.later_share))
    passing = np.flatnonzero(dark & (rng.random(len(dark)) < recipe.passing_share))
    place = np.concatenate([feeding, boxes, later, passing])
    kind = np.repeat(
        [CABINET, BOX, CABINET, SPLICE], [len(feeding), len(boxes), len(later), len(passing)]
    )
    kind[: len(feeding)][hub[feeding]] = EXCHANGE
    frame = pd.DataFrame(
        {
            "node_id": [CODES[operator].format(area=area, number=i + 1) for i in range(len(place))],
            "operator": str(operator),
            "kind": kind,
            "status": _draw_states(kind, len(feeding) + len(boxes), len(later), recipe, rng),
            "access": np.isin(kind, (CABINET, BOX)),
            "place": place,
            "main": np.arange(len(place)) < len(feeding),
        }
    )
    ports = np.where(kind == SPLICE, 0, rng.choice(recipe.ports, len(place)))
    free = np.rint(ports * rng.beta(1.2, 3.0, len(place))).astype(int)
    full = rng.random(len(place)) < recipe.full_share
    frame["ports"], frame["ports_free"] = (
        ports,
        np.where(full | (ports == 0), 0, np.maximum(free, 1)),
    )
    angle = rng.uniform(0, 2 * np.pi, len(place))
    reach = recipe.near_m * np.sqrt(rng.uniform(0.01, 1.0, len(place)))
    frame["x_m"] = centres_xy[place, 0] + reach * np.cos(angle)
    frame["y_m"] = centres_xy[place, 1] + reach * np.sin(angle)
    return frame


def _draw_states(
    kind: np.ndarray, built: int, later: int, recipe: FibreRecipe, rng: np.random.Generator
) -> np.ndarray:
    """Return whether each node is alive: nearly all that were built, none that are to come."""
    state = np.full(len(kind), str(NetworkStatus.LIVE), dtype=object)
    gone = (rng.random(built) < recipe.not_live) & (kind[:built] == BOX)
    state[:built][gone] = str(NetworkStatus.DEAD)
    soon = rng.random(later) < 0.5
    state[built : built + later] = np.where(
        soon, str(NetworkStatus.BUILDING), str(NetworkStatus.PLANNED)
    )
    return state
