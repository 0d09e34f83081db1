"""Lay the test points of every hamlet: its centre, its residential clusters, a grid over its ground.

Centre and clusters are where people live, and decide. The grid says how much of the ground has signal.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from phusong.places.former_hamlets import find_former_hamlets
from phusong.vocabulary.metres import WGS84, to_metres, transform_xy
from phusong.vocabulary.schema import conform_table, empty_table
from phusong.vocabulary.tables.results import POINTS
from phusong.vocabulary.terms import PointKind


def place_points(
    hamlets: gpd.GeoDataFrame,
    accepted: pd.DataFrame,
    *,
    tile_m: float,
    centre_weight: float,
    cluster_weight: float,
    crs: int,
    traced: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return table `points`.

    The grid is anchored at whole multiples of `tile_m` in the province's metric system, so it never
    depends on the data. A hamlet smaller than a tile gets one point inside it. The weights of centre and
    clusters, of those that a hamlet has, are scaled to sum to 1; clusters weigh the same. The ground has no
    weight, so that no field or forest decides about people. A hamlet without a location has no points.

    Parameters
    ----------
    hamlets : table `hamlets`.
    accepted : accepted_hamlets, for the residential clusters.
    tile_m : spacing of the grid [m].
    centre_weight, cluster_weight : weight of the centre, and of all clusters together.
    crs : the province's metric system.
    traced : table `hamlet_lineage`: every point lay in the nearest of the hamlets that were merged.
    """
    parts = [_centres(hamlets, crs), _clusters(accepted, crs), _ground(hamlets, tile_m, crs)]
    points = (
        pd.concat([p for p in parts if len(p)], ignore_index=True)
        if any(map(len, parts))
        else parts[0]
    )
    if points.empty:
        return empty_table(POINTS)
    points = points[points["hamlet_id"].isin(hamlets["hamlet_id"])]
    points = points.sort_values(["hamlet_id", "kind", "y_m", "x_m"]).reset_index(drop=True)
    given = {
        str(PointKind.CENTRE): centre_weight,
        str(PointKind.CLUSTER): cluster_weight,
        str(PointKind.GROUND): 0.0,
    }
    points = points.assign(point_id=np.arange(len(points)), weight=_weigh(points, given))
    if traced is not None and len(traced):
        points = points.assign(former_hamlet_id=find_former_hamlets(points, traced, crs=crs))
    return conform_table(points, POINTS)


def _weigh(points: pd.DataFrame, given: dict[str, float]) -> pd.Series:
    """Return weights that sum to 1 within each hamlet that has a centre or a cluster."""
    alike = points.groupby(["hamlet_id", "kind"])["kind"].transform("size")
    raw = points["kind"].map(given) / alike
    total = raw.groupby(points["hamlet_id"]).transform("sum")
    return (raw / total).where(total > 0, 0.0)


def _centres(hamlets: pd.DataFrame, crs: int) -> pd.DataFrame:
    """Return the centres [m]."""
    located = hamlets[hamlets["centre_lon"].notna()]
    x, y = transform_xy(located["centre_lon"], located["centre_lat"], source=WGS84, target=crs)
    return _rows(located["hamlet_id"].to_numpy(), PointKind.CENTRE, np.column_stack([x, y]))


def _clusters(accepted: pd.DataFrame, crs: int) -> pd.DataFrame:
    """Return the residential clusters [m]."""
    told = accepted[accepted["clusters"].notna()]
    shapes = shapely.from_wkt(told["clusters"].to_numpy(dtype=object))
    spots, which = shapely.get_coordinates(shapes, return_index=True)
    x, y = transform_xy(spots[:, 0], spots[:, 1], source=WGS84, target=crs)
    rows = _rows(told["hamlet_id"].to_numpy()[which], PointKind.CLUSTER, np.column_stack([x, y]))
    each = shapely.get_num_geometries(shapes)
    return rows.assign(
        name=_part_texts(told["cluster_names"], each),
        households=pd.to_numeric(_part_texts(told["cluster_households"], each)).astype("Int64"),
    )


def _part_texts(texts: pd.Series, each: np.ndarray) -> pd.Series:
    """Return the texts of the single clusters from those of whole hamlets; empty where there are none.

    Parameters
    ----------
    texts : of a hamlet's clusters, separated by |.
    each : clusters of every hamlet.
    """
    parts: list[str | None] = []
    for text, count in zip(texts, each, strict=True):
        named = text.split("|") if isinstance(text, str) else []
        parts += [n or None for n in named] if len(named) == count else [None] * int(count)
    return pd.Series(parts, dtype="object")


def _ground(hamlets: gpd.GeoDataFrame, tile_m: float, crs: int) -> pd.DataFrame:
    """Return the centres of the tiles that lie in each hamlet's ground [m]."""
    shapes = to_metres(hamlets, crs=crs).geometry.to_numpy()
    has_ground = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    number, spots = _tiles_inside(shapes[has_ground], tile_m)
    ids = hamlets["hamlet_id"].to_numpy()[has_ground]
    small = np.setdiff1d(np.arange(len(ids)), number)
    inside = shapely.get_coordinates(shapely.point_on_surface(shapes[has_ground][small]))
    spots = np.vstack([spots, inside.reshape(-1, 2)])
    return _rows(ids[np.concatenate([number, small])], PointKind.GROUND, spots)


def _tiles_inside(shapes: np.ndarray, tile_m: float) -> tuple[np.ndarray, np.ndarray]:
    """Return, for every tile centre inside a shape, the shape's number and the centre [m].

    Shape by shape over its own box: no grid of the whole province is ever laid.
    """
    numbers, spots = [np.zeros(0, dtype=np.int64)], [np.zeros((0, 2))]
    for number, shape in enumerate(shapes):
        shapely.prepare(shape)
        west, south, east, north = shape.bounds
        x = (np.arange(np.floor(west / tile_m), np.ceil(east / tile_m)) + 0.5) * tile_m
        y = (np.arange(np.floor(south / tile_m), np.ceil(north / tile_m)) + 0.5) * tile_m
        grid = np.array(np.meshgrid(x, y)).reshape(2, -1).T
        inside = grid[shapely.contains_xy(shape, grid)]
        numbers.append(np.full(len(inside), number))
        spots.append(inside)
    return np.concatenate(numbers), np.vstack(spots)


def _rows(hamlet_id: np.ndarray, kind: PointKind, spots: np.ndarray) -> pd.DataFrame:
    """Return points of one kind as rows."""
    return pd.DataFrame(
        {"hamlet_id": hamlet_id, "kind": str(kind), "x_m": spots[:, 0], "y_m": spots[:, 1]}
    )
