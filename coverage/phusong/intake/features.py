"""Read the features of a layer one by one where the whole cannot be read: one bad shape costs one row.

An outline whose ring is not closed is closed and listed; a shape of an unknown type, or whose coordinates are
not those of its type, is nothing, and its row is told of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pyproj
import shapely

from phusong.intake.open_fibre import list_package

#: What a feature's row is turned away for.
UNKNOWN_TYPE, BROKEN = "shape_type_unknown", "shape_broken"
#: Largest GeoJSON that is taken apart in Python [bytes]: it then takes some ten times as much memory.
LARGEST = 30_000_000
#: How deep coordinates are nested, by type of shape.
DEPTHS = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
RINGED = ("Polygon", "MultiPolygon")
COLLECTION, GEOMETRIES = "GeometryCollection", "geometries"
FLAT, SPACE = 2, 3
FEWEST = {"LineString": 2, "MultiLineString": 2, "Polygon": 3, "MultiPolygon": 3}


class ShapeFault(Exception):
    """Say why a shape is none, by the rule that it breaks."""


@dataclass
class Features:
    """Hold features as they could be read, and what was wrong with some.

    Parameters
    ----------
    frame : attributes and shapes, None where there is none.
    broken : position of a row from 0 → rule, for shapes that are none.
    closed : positions of the rows of which a ring was closed.
    """

    frame: gpd.GeoDataFrame
    broken: dict[int, str] = field(default_factory=dict)
    closed: list[int] = field(default_factory=list)


def read_features(path: Path, kind: str, *, row_cap: int) -> Features | None:
    """Return the features of a GeoJSON file, each read by itself; None where the file is no such thing.

    Parameters
    ----------
    path : the file, of at most `LARGEST` bytes.
    kind : source kind, whose things a network package holds.
    row_cap : how many features are read at most; one more is, so that too many can be told.
    """
    whole = _load(path)
    listed = list_package(whole, kind) or _list_features(whole)
    if listed is None:
        return None
    features = listed[: row_cap + 1]
    rows = [_read_row(feature) for feature in features]
    shapes, broken, closed = _build_all(f.get("geometry") for f in features)
    index = pd.RangeIndex(len(rows))
    attributes = pd.DataFrame(rows, index=index, dtype="object")
    frame = gpd.GeoDataFrame(attributes, geometry=gpd.GeoSeries(shapes, index=index))
    return Features(frame.set_crs(_read_system(whole)), broken, closed)


def is_short(path: Path, frame: gpd.GeoDataFrame, *, row_cap: int) -> bool:
    """Return whether a layer as it was read lacks features of its GeoJSON file, or shapes of some.

    Parameters
    ----------
    path : the file.
    frame : what was read of it.
    row_cap : how many features were read at most, and one more.
    """
    listed = _list_features(_load(path))
    if listed is None:
        return False
    if not isinstance(frame, gpd.GeoDataFrame) or min(len(listed), row_cap + 1) != len(frame):
        return True
    shapes = frame.geometry.to_numpy()
    gathered = shapely.get_type_id(shapes) == shapely.GeometryType.GEOMETRYCOLLECTION
    return bool((shapely.is_missing(shapes) | shapely.is_empty(shapes) | gathered).any())


def _load(path: Path) -> Any:
    """Return what a file of JSON holds; None where it is too large for that, or no JSON."""
    if path.stat().st_size > LARGEST:
        return None
    try:
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None


def _list_features(whole: Any) -> list[dict[str, Any]] | None:
    """Return the features of a collection, of one feature or of a list; None where there are none."""
    if isinstance(whole, dict) and isinstance(whole.get("features"), list):
        whole = whole["features"]
    elif isinstance(whole, dict) and whole.get("type") == "Feature":
        whole = [whole]
    if not isinstance(whole, list):
        return None
    listed = [f if isinstance(f, dict) else {"geometry": {}} for f in whole]
    return listed if any(f.get("type") == "Feature" for f in listed) else None


def _read_row(feature: dict[str, Any]) -> dict[str, Any]:
    """Return the attributes of a feature, with its id where it has one beside them."""
    properties = feature.get("properties")
    row = dict(properties) if isinstance(properties, dict) else {}
    row.pop("geometry", None)
    return {"id": feature["id"], **row} if "id" in feature else row


def _read_system(whole: Any) -> pyproj.CRS:
    """Return the system that a file names in the old way, else that of every GeoJSON."""
    member = whole.get("crs") if isinstance(whole, dict) else None
    named = member.get("properties") if isinstance(member, dict) else None
    name = named.get("name") if isinstance(named, dict) else None
    try:
        return pyproj.CRS.from_user_input(str(name)) if name else pyproj.CRS.from_epsg(4326)
    except pyproj.exceptions.CRSError:
        return pyproj.CRS.from_epsg(4326)


def _build_all(
    geometries: Iterable[Any],
) -> tuple[list[shapely.Geometry | None], dict[int, str], list[int]]:
    """Return the shape of each feature, which are none and why, and of which a ring was closed."""
    shapes: list[shapely.Geometry | None] = []
    broken: dict[int, str] = {}
    closed: list[int] = []
    for at, geometry in enumerate(geometries):
        opened: list[int] = []
        try:
            shapes.append(None if geometry is None else build_shape(geometry, opened))
        except ShapeFault as fault:
            shapes.append(None)
            broken[at] = str(fault)
        if opened and at not in broken:
            closed.append(at)
    return shapes, broken, closed


def build_shape(geometry: Any, opened: list[int]) -> shapely.Geometry:
    """Return the shape that a geometry describes; each ring that was closed adds to a list.

    Raises
    ------
    ShapeFault
        If its type is unknown, or its coordinates are not those of its type.
    """
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind == COLLECTION and isinstance(geometry.get(GEOMETRIES), list):
        return shapely.GeometryCollection(
            [build_shape(part, opened) for part in geometry[GEOMETRIES]]
        )
    if kind not in DEPTHS:
        raise ShapeFault(UNKNOWN_TYPE)
    positions = _read_nested(geometry.get("coordinates"), DEPTHS[kind])
    if kind in RINGED:
        positions = _close(positions, DEPTHS[kind] - 1, opened)
    _check_lengths(positions, DEPTHS[kind], FEWEST.get(kind, 0))
    try:
        with np.errstate(invalid="ignore"):  # a coordinate that is NaN is told of with its row
            return shapely.geometry.shape({"type": kind, "coordinates": positions})
    except (ValueError, TypeError, IndexError, shapely.errors.GEOSException) as error:
        raise ShapeFault(BROKEN) from error


def _read_nested(value: Any, depth: int) -> Any:
    """Return coordinates as numbers, nested as deeply as they must be.

    Raises
    ------
    ShapeFault
        If they are nested otherwise, or hold what is no number.
    """
    if not isinstance(value, list):
        raise ShapeFault(BROKEN)
    if depth:
        return [_read_nested(part, depth - 1) for part in value]
    numbers = all(isinstance(n, int | float) and not isinstance(n, bool) for n in value)
    if value and (len(value) < FLAT or not numbers):
        raise ShapeFault(BROKEN)
    return tuple(float(number) for number in value[:SPACE])


def _close(positions: Any, depth: int, opened: list[int]) -> Any:
    """Return rings that end where they begin."""
    if depth:
        return [_close(part, depth - 1, opened) for part in positions]
    if len(positions) > 1 and positions[0] != positions[-1]:
        opened.append(1)
        return [*positions, positions[0]]
    return positions


def _check_lengths(positions: Any, depth: int, fewest: int) -> None:
    """Refuse lines and rings of too few positions; a shape without any is an empty one."""
    if depth == 0 or not positions:
        return
    if depth > 1:
        for part in positions:
            _check_lengths(part, depth - 1, fewest)
    elif fewest and len(positions) < fewest + (fewest == FEWEST["Polygon"]):
        raise ShapeFault(BROKEN)


def read_rows(source: str, *, layer: str | int, encoding: str | None, row_cap: int) -> Features:
    """Return the rows of a layer of which some shape is none, read shape by shape.

    Parameters
    ----------
    source : as GDAL opens it.
    layer : which layer.
    encoding : of its text, None where the format says.
    row_cap : how many rows are read at most; one more is.
    """
    options: dict[str, Any] = {"layer": layer, "max_features": row_cap + 1}
    frame = pyogrio.read_dataframe(source, encoding=encoding, on_invalid="ignore", **options)
    given = pyogrio.raw.read(source, columns=[], **options)[2]
    shapes, broken, closed = parse_binary(given)
    whole = gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs)
    return Features(frame.set_geometry(whole), broken, closed)


def parse_binary(
    given: Iterable[bytes | None],
) -> tuple[list[shapely.Geometry | None], dict[int, str], list[int]]:
    """Return shapes out of well-known binary, which are none and why, and of which a ring was closed."""
    shapes: list[shapely.Geometry | None] = []
    broken: dict[int, str] = {}
    closed: list[int] = []
    for at, value in enumerate(given):
        if value is None:
            shapes.append(None)
            continue
        with np.errstate(invalid="ignore"):
            shape = shapely.from_wkb(value, on_invalid="ignore")
        if shape is None:
            shape = _fix_binary(value)
            if shape is None:
                broken[at] = BROKEN
            else:
                closed.append(at)
        shapes.append(shape)
    return shapes, broken, closed


def _fix_binary(value: bytes) -> shapely.Geometry | None:
    """Return a shape with its rings closed; None where that does not help."""
    try:
        return shapely.from_wkb(value, on_invalid="fix")
    except (shapely.errors.GEOSException, ValueError, TypeError):
        return None
