"""Areas and lines of the map: simplified together in metres, rounded, and stripped to a row number.

Neighbours are simplified as one coverage, so that the edge they share stays one edge. A feature
carries nothing but the number of its row: what is known about a hamlet travels once, in `records`.
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from phusong.vocabulary.metres import to_degrees, to_metres


def draw_areas(frame: gpd.GeoDataFrame, *, tolerance_m: float, decimals: int) -> dict[str, Any]:
    """Return areas as a GeoJSON feature collection; rows without an area are left out.

    Parameters
    ----------
    frame : polygons in EPSG:4326, one row an area.
    tolerance_m : how far an edge may move [m]; shared edges move as one.
    decimals : decimals of a coordinate [°].
    """
    drawn = frame.reset_index(drop=True)
    drawn = drawn[~(drawn.geometry.isna() | drawn.geometry.is_empty)]
    return _collect(_simplify(drawn, shapely.coverage_simplify, tolerance_m), decimals=decimals)


def draw_lines(frame: gpd.GeoDataFrame, *, tolerance_m: float, decimals: int) -> dict[str, Any]:
    """Return lines as a GeoJSON feature collection; rows without a line are left out.

    Parameters
    ----------
    frame : lines in EPSG:4326, one row a line.
    tolerance_m : how far a line may move [m].
    decimals : decimals of a coordinate [°].
    """
    drawn = frame.reset_index(drop=True)
    drawn = drawn[~(drawn.geometry.isna() | drawn.geometry.is_empty)]
    return _collect(_simplify(drawn, shapely.simplify, tolerance_m), decimals=decimals)


def find_bounds(*frames: gpd.GeoDataFrame | pd.DataFrame) -> list[list[float]] | None:
    """Return [[south, west], [north, east]] of all that is drawn, or None if nothing is.

    Parameters
    ----------
    frames : frames with geometry in EPSG:4326, with columns centre_lon and centre_lat, or both.
    """
    boxes = [box for frame in frames for box in _boxes(frame) if np.isfinite(box).all()]
    if not boxes:
        return None
    west, south = np.min([b[:2] for b in boxes], axis=0)
    east, north = np.max([b[2:] for b in boxes], axis=0)
    return [[float(south), float(west)], [float(north), float(east)]]


def trace_communes(source: gpd.GeoDataFrame, target: gpd.GeoDataFrame) -> dict[str, str]:
    """Return the commune of another edition in which each commune's inside lies, by code.

    Parameters
    ----------
    source, target : communes of two editions, polygons in EPSG:4326.
    """
    inside = gpd.GeoDataFrame(
        {"from_code": source["commune_code"].astype(str)},
        geometry=source.geometry.representative_point(),
        crs=source.crs,
    )
    into = target[["commune_code", "geometry"]].rename(columns={"commune_code": "to_code"})
    pairs = inside.sjoin(into, predicate="within").drop_duplicates("from_code")
    return dict(zip(pairs["from_code"], pairs["to_code"].astype(str), strict=True))


def _simplify(frame: gpd.GeoDataFrame, simplify: Any, tolerance_m: float) -> gpd.GeoDataFrame:
    """Return the frame with its geometry simplified in a metric system that fits the place."""
    if frame.empty:
        return frame
    zone = _find_zone(frame)
    metres = to_metres(frame, crs=zone)
    shapes = simplify(shapely.force_2d(metres.geometry.to_numpy()), tolerance_m)
    return to_degrees(metres.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=zone)))


def _find_zone(frame: gpd.GeoDataFrame) -> int:
    """Return the EPSG code of the WGS 84 / UTM zone in whose 6° the frame's middle lies."""
    west, _, east, north = frame.total_bounds
    hemisphere = 32600 if north >= 0 else 32700
    return hemisphere + int((west + east) / 2 + 180) // 6 + 1


def _collect(frame: gpd.GeoDataFrame, *, decimals: int) -> dict[str, Any]:
    """Return a feature collection whose only property is the row number `i`."""
    features = []
    for row, shape in zip(frame.index, frame.geometry, strict=True):
        geometry = shapely.geometry.mapping(shape)
        coordinates = _round_nested(geometry["coordinates"], decimals)
        features.append(
            {
                "type": "Feature",
                "properties": {"i": int(row)},
                "geometry": {"type": geometry["type"], "coordinates": coordinates},
            }
        )
    return {"type": "FeatureCollection", "features": features}


def _round_nested(part: Any, decimals: int) -> Any:
    """Return nested coordinates rounded; a vertex that two neighbours share stays shared."""
    if isinstance(part[0], float | int):
        return [round(float(value), decimals) for value in part]
    return [_round_nested(inner, decimals) for inner in part]


def _boxes(frame: gpd.GeoDataFrame | pd.DataFrame) -> list[np.ndarray]:
    """Return the boxes (west, south, east, north) of a frame's geometry and of its centres."""
    boxes = []
    if isinstance(frame, gpd.GeoDataFrame) and len(frame):
        boxes.append(np.asarray(frame.total_bounds, dtype=float))
    if "centre_lon" in frame:
        centres = frame[["centre_lon", "centre_lat"]].dropna().to_numpy(dtype=float)
        boxes += [np.concatenate([c, c]) for c in centres]
    return boxes
