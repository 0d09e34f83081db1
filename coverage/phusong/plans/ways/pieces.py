"""Roads and existing fibre as straight pieces, in an order that rests on where they lie."""

from __future__ import annotations

from typing import NamedTuple

import geopandas as gpd
import numpy as np
import shapely

from phusong.plans.ways.graph import MEDIA
from phusong.vocabulary.metres import transform_shapes
from phusong.vocabulary.options import Medium
from phusong.vocabulary.parameters import Rollout
from phusong.vocabulary.terms import NetworkStatus

#: Decimals of a metre that places are told apart by: a millimetre, finer than any survey.
DECIMALS = 3


class Pieces(NamedTuple):
    """Hold straight pieces of way: those of roads first, then those of existing fibre.

    Parameters
    ----------
    start, stop : their ends [p, 2] [m].
    line : number of the line that each was cut from [p].
    loose : whether its start, its stop is an end of that line [p, 2].
    fibre : whether it is existing fibre [p].
    medium : code [p].
    operator : whose fibre it is, empty for a road [p].
    """

    start: np.ndarray
    stop: np.ndarray
    line: np.ndarray
    loose: np.ndarray
    fibre: np.ndarray
    medium: np.ndarray
    operator: np.ndarray


def cut_pieces(
    roads: gpd.GeoDataFrame, routes: gpd.GeoDataFrame | None, *, rollout: Rollout, crs: int
) -> Pieces:
    """Return roads and live routes as pieces no longer than `longest_edge_m`; the order of rows is lost.

    Parameters
    ----------
    roads : table `accepted_roads`; road_class tells where poles stand.
    routes : table `accepted_fibre_routes`, or None; only those in service count.
    rollout : parameters.
    crs : EPSG code of the province's metric system.
    """
    poles = (
        roads["road_class"]
        .astype("string")
        .fillna("")
        .str.contains(rollout.poles_classes.value, case=False)
    )
    media = np.where(poles, MEDIA.index(Medium.POLES), MEDIA.index(Medium.NEW_POLES))
    lines, row = _list_lines(roads, crs)
    medium, operator = media[row], np.full(len(row), "", dtype=object)
    if routes is not None:
        live = routes[routes["status"] == NetworkStatus.LIVE]
        more, at = _list_lines(live, crs)
        lines = np.concatenate([lines, more])
        medium = np.concatenate([medium, np.full(len(at), MEDIA.index(Medium.EXISTING))])
        operator = np.concatenate([operator, live["operator"].to_numpy(dtype=object)[at]])
    kept = _order_lines(lines, medium, operator)
    return _explode(
        lines[kept], medium[kept], operator[kept], longest_m=rollout.number("longest_edge_m")
    )


def _list_lines(layer: gpd.GeoDataFrame, crs: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the single lines of a layer in metres, and the row of each."""
    if layer.empty:
        return np.empty(0, dtype=object), np.empty(0, dtype=np.int64)
    shapes = transform_shapes(layer.geometry, target=crs).to_numpy()
    parts, row = shapely.get_parts(shapely.force_2d(shapes), return_index=True)
    parts = shapely.transform(parts, lambda xy: np.round(xy, DECIMALS))
    kept = (shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING) & (
        shapely.length(parts) > 0
    )
    return shapely.normalize(parts[kept]), row[kept]


def _order_lines(lines: np.ndarray, medium: np.ndarray, operator: np.ndarray) -> np.ndarray:
    """Return the rows of lines, each different one once, roads first, then by where they lie."""
    existing = MEDIA.index(Medium.EXISTING)
    shape = shapely.to_wkb(lines, byte_order=0)
    keys = [
        (m == existing, o, m, s)
        for m, o, s in zip(medium.tolist(), operator.tolist(), shape, strict=True)
    ]
    first = {key: row for row, key in reversed(list(enumerate(keys)))}
    return np.array([first[key] for key in sorted(first)], dtype=np.int64)


def _explode(
    lines: np.ndarray, medium: np.ndarray, operator: np.ndarray, *, longest_m: float
) -> Pieces:
    """Return the straight pieces of lines, long ones cut evenly."""
    xy, line = shapely.get_coordinates(shapely.segmentize(lines, longest_m), return_index=True)
    xy = np.round(xy, DECIMALS)
    inner = line[1:] == line[:-1]
    first = np.ones(len(xy), dtype=bool)
    first[1:] = ~inner
    last = np.roll(first, -1)
    moved = inner & (xy[1:] != xy[:-1]).any(axis=1)
    at = np.flatnonzero(moved)
    of = line[at]
    return Pieces(
        start=xy[at],
        stop=xy[at + 1],
        line=of,
        loose=np.column_stack([first[at], last[at + 1]]),
        fibre=medium[of] == MEDIA.index(Medium.EXISTING),
        medium=medium[of],
        operator=operator[of],
    )
