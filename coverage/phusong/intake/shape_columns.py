"""Read the shapes that a table holds in a column, as well-known text or binary: such a table is a layer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from phusong.intake.axes import GEOMETRY
from phusong.intake.definitions import Definition, describe_system
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.features import BROKEN, ShapeFault, build_shape, parse_binary
from phusong.intake.findings import Findings
from phusong.intake.judge import Judge
from phusong.intake.reading import RawTable
from phusong.intake.rules import refuse
from phusong.intake.systems import LARGEST_ANGLE, settle_system
from phusong.intake.words import word_key
from phusong.vocabulary.metres import WGS84, transform_shapes

#: What a column of shapes is called, as keys; which of several is told by what they hold.
SHAPE_KEYS = (
    "geometry", "wkt", "wkb", "ewkt", "ewkb", "geom", "thegeom", "wktgeom", "geomwkt", "geometrywkt", "shape",
    "location", "route", "hinh", "hinhhoc", "hinhdang",
)  # fmt: skip
_TEXT = re.compile(
    r"(?:SRID\s*=\s*(?P<srid>\d+)\s*;\s*)?(?P<wkt>(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\b.*|GEOMETRYCOLLECTION\b.*)",
    re.IGNORECASE | re.DOTALL,
)
#: Well-known binary as hex: the order of bytes, then a type of at most four digits.
_HEX = re.compile(r"(?:\\x|0x)?(?P<hex>0[01][0-9a-f]{16,})", re.IGNORECASE)
_JSON = re.compile(r"\{\s*\"")
#: A column holds shapes if at least this share of its filled cells do, 0..1.
MOSTLY = 0.5
#: Cells that are looked at to tell what a column holds.
ROWS_READ = 50


@dataclass(frozen=True)
class _Cell:
    """Hold the shape of one cell, and the number of the system that it states, 0 where it states none."""

    shape: shapely.Geometry | None
    srid: int = 0
    fault: str = ""
    closed: bool = False


def find_shape_column(raw: RawTable) -> str | None:
    """Return the heading of the column that holds shapes; None where none does.

    Parameters
    ----------
    raw : a table as text.
    """
    order = {key: rank for rank, key in enumerate(SHAPE_KEYS)}
    headings = sorted(raw.frame, key=lambda h: order.get(word_key(str(h)), len(order)))
    return next((str(h) for h in headings if _holds_shapes(raw.frame[h])), None)


def _holds_shapes(cells: pd.Series) -> bool:
    """Return whether most filled cells of a column are shapes."""
    filled = cells[cells != ""].head(ROWS_READ)
    shaped = filled.map(lambda text: _read_cell(text) is not None)
    return bool(len(filled)) and float(shaped.mean()) >= MOSTLY


def read_shape_column(
    raw: RawTable, kind: str, options: ReadOptions, findings: Findings, judge: Judge
) -> RawTable | None:
    """Return a table as the layer that it is by its column of shapes; None where it has no such column.

    A system that the cells state (SRID) counts. Where they state none, degrees are WGS 84 as they are in any
    table, and metres are asked about.

    Parameters
    ----------
    raw : a table as text.
    kind : source kind, whose headings tell the communes by which a system is judged.
    options : coordinate system, where the user states one.
    findings : notebook of this reading.
    judge : where the province lies.
    """
    column = find_shape_column(raw)
    if column is None:
        return None
    texts = raw.frame[column].str.strip()
    cells = [_parse_cell(text) for text in texts]
    for rule in sorted({cell.fault for cell in cells} - {""}):
        rows = [row for row, cell in zip(texts.index, cells, strict=True) if cell.fault == rule]
        findings.fault(rule, GEOMETRY, rows, texts[rows].str.slice(0, 60))
    closed = [row for row, cell in zip(texts.index, cells, strict=True) if cell.closed]
    if closed:
        findings.fix_shapes("ring_closed", GEOMETRY, len(closed), str(closed[0]), "")
    shapes = gpd.GeoSeries([cell.shape for cell in cells], index=texts.index)
    shapes, stated = _join_systems(shapes, np.array([cell.srid for cell in cells]), raw.file)
    layer = replace(raw, frame=raw.frame.drop(columns=[column]), geometry=shapes)
    crs = settle_system(layer, stated, kind, options, findings, judge)
    findings.fix_shapes("shape_column", column, len(texts), texts.iloc[0][:40], "")
    if crs is not None:
        shapes = shapes.set_crs(crs, allow_override=True)
    return replace(layer, geometry=shapes, crs=crs)


def _join_systems(
    shapes: gpd.GeoSeries, numbers: np.ndarray, file: str
) -> tuple[gpd.GeoSeries, Definition | None]:
    """Return shapes in one system: the first that any cell states; cells that state none are taken for it.

    Raises
    ------
    SourceFault
        If a cell states a system that does not exist.
    """
    listed = [int(number) for number in dict.fromkeys(numbers) if number]
    if not listed:
        return shapes, _assume_degrees(shapes)
    for number in listed:
        try:
            stated = pyproj.CRS.from_epsg(number)
        except pyproj.exceptions.CRSError as error:
            raise refuse("unknown_crs", file=file, value=str(number)) from error
        if number != listed[0]:
            own = numbers == number
            moved = transform_shapes(shapes[own].set_crs(stated), target=listed[0])
            shapes = shapes.copy()
            shapes[own] = moved.to_numpy()
    described = describe_system(pyproj.CRS.from_epsg(listed[0]))
    name = f"SRID {', '.join(map(str, listed))}"
    return shapes, None if described is None else replace(described, name=name)


def _assume_degrees(shapes: gpd.GeoSeries) -> Definition | None:
    """Return WGS 84 for coordinates that are degrees, as in any table; None for metres."""
    spots = np.abs(shapely.get_coordinates(shapes.to_numpy()))
    spots = spots[np.isfinite(spots).all(axis=1)]
    degrees = len(spots) and float(np.median(spots.max(axis=1))) <= LARGEST_ANGLE
    return Definition("lon, lat", WGS84) if degrees else None


def _read_cell(text: str) -> tuple[Callable[[str, int], _Cell], str, int] | None:
    """Return who reads a cell, the text to be read and the number of its system; None for any other text."""
    words = _TEXT.fullmatch(text.strip())
    if words:
        return _parse_text, words["wkt"], int(words["srid"] or 0)
    digits = _HEX.fullmatch(text.strip())
    if digits and len(digits["hex"]) % 2 == 0:
        return _parse_hex, digits["hex"], 0
    return (_parse_json, text, 0) if _JSON.match(text) and '"coordinates"' in text else None


def _parse_cell(text: str) -> _Cell:
    """Return the shape of a cell, or what is wrong with it; an empty cell has none."""
    found = _read_cell(text)
    if found is None:
        return _Cell(None, fault=BROKEN if text else "")
    parse, words, srid = found
    return parse(words, srid)


def _parse_text(words: str, srid: int) -> _Cell:
    """Return the shape of well-known text."""
    with np.errstate(invalid="ignore"):
        shape = shapely.from_wkt(words, on_invalid="ignore")
        if shape is not None:
            return _Cell(shape, srid)
        try:
            shape = shapely.from_wkt(words, on_invalid="fix")
        except (shapely.errors.GEOSException, ValueError, TypeError):
            shape = None
    return _Cell(shape, srid, "" if shape is not None else BROKEN, closed=shape is not None)


def _parse_hex(digits: str, _srid: int) -> _Cell:
    """Return the shape of well-known binary, plain or extended, written as hex."""
    (shape,), broken, closed = parse_binary([bytes.fromhex(digits)])
    if broken or shape is None:
        return _Cell(None, fault=BROKEN)
    return _Cell(shape, int(shapely.get_srid(shape)), closed=bool(closed))


def _parse_json(text: str, _srid: int) -> _Cell:
    """Return the shape of a GeoJSON geometry."""
    opened: list[int] = []
    try:
        return _Cell(build_shape(json.loads(text), opened), closed=bool(opened))
    except (ValueError, RecursionError):
        return _Cell(None, fault=BROKEN)
    except ShapeFault as fault:
        return _Cell(None, fault=str(fault))
