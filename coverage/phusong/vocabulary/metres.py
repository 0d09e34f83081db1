"""One metric system per province, chosen once; distances are metres; nothing reprojects silently.

Vietnamese provinces work in VN-2000 / TM-3 with a central meridian of their own. Reading the zone of
a neighbour moves points by 26 km, and forgetting the datum shift by about 224 m, so every change of
system goes through this module, and the datum shift is pinned: "VN-2000 to WGS 84 (2)" (EPSG:6960).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import geopandas as gpd
import numpy as np
import pyproj
import shapely

WGS84 = 4326

#: Helmert parameters of "VN-2000 to WGS 84 (2)", EPSG:6960, as pinned for every VN-2000 system.
PINNED_SHIFT = "VN-2000 to WGS 84 (2)"


@cache
def _transformer(source: int, target: int) -> pyproj.Transformer:
    """Return the pinned transformation between two systems."""
    group = pyproj.transformer.TransformerGroup(source, target, always_xy=True)
    pinned = [t for t in group.transformers if PINNED_SHIFT in t.description]
    return (pinned or group.transformers)[0]


def transform_xy(x: Any, y: Any, *, source: int, target: int) -> tuple[np.ndarray, np.ndarray]:
    """Return coordinates moved from one system to another.

    Parameters
    ----------
    x, y : arrays [n] of easting and northing [m], or longitude and latitude [°].
    source, target : EPSG codes.
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if source == target:
        return x, y
    moved = _transformer(source, target).transform(x, y)
    return np.asarray(moved[0], dtype=float), np.asarray(moved[1], dtype=float)


def transform_shapes(shapes: gpd.GeoSeries, *, target: int) -> gpd.GeoSeries:
    """Return geometries moved to another system by the pinned transformation.

    Raises
    ------
    ValueError
        If the geometries do not say which system they are in.
    """
    if shapes.crs is None:
        raise ValueError("geometries without a coordinate system cannot be moved")
    source = shapes.crs.to_epsg()
    if source == target:
        return shapes

    def _move(points: np.ndarray) -> np.ndarray:
        if source is None:
            mover = pyproj.Transformer.from_crs(shapes.crs, target, always_xy=True)
            return np.column_stack(mover.transform(points[:, 0], points[:, 1]))
        return np.column_stack(
            transform_xy(points[:, 0], points[:, 1], source=source, target=target)
        )

    values = shapely.transform(shapely.force_2d(shapes.to_numpy()), _move)
    return gpd.GeoSeries(values, index=shapes.index, crs=target, name=shapes.name)


def to_metres(frame: gpd.GeoDataFrame, *, crs: int) -> gpd.GeoDataFrame:
    """Return the frame with its geometry in the province's metric system [m]."""
    return frame.set_geometry(transform_shapes(frame.geometry, target=crs))


def to_degrees(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the frame with its geometry as WGS 84 longitude and latitude [°]."""
    return frame.set_geometry(transform_shapes(frame.geometry, target=WGS84))
