"""Read KML ourselves: placemarks with their attributes, and nothing that they point to."""

from __future__ import annotations

import math
import re
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

import geopandas as gpd
import pandas as pd
import shapely
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from shapely.geometry.base import BaseGeometry

from phusong.intake.description_tables import parse_description
from phusong.intake.rules import refuse
from phusong.vietnamese.keys import search_key
from phusong.vocabulary.metres import WGS84

#: KML parts longitude, latitude and height by commas, and spots by blanks (OGC 12-007r2 §16.9).
_AROUND_COMMAS = re.compile(r"\s*,\s*")
FLAT = 2
FOLDER, PLACEMARK, LINK = "Folder", "Placemark", "NetworkLink"


def read_kml(path: Path, *, file: str) -> tuple[gpd.GeoDataFrame, int]:
    """Return the placemarks of a KML file, one a row, and the number of links.

    A row holds name, description, folder, data and shape.

    Links to other files are counted, never fetched; styles, overlays and tours are left alone. Attributes are
    those of the extended data, and of a table in the description what they do not name.

    Parameters
    ----------
    path : the file.
    file : the file as the user named it.

    Raises
    ------
    SourceFault
        If it declares a document type, is damaged, or is XML of another kind.
    """
    try:
        rows, links = _read_placemarks(path, file)
    except DefusedXmlException as error:
        raise refuse("document_type", file=file, value=type(error).__name__) from error
    except ParseError as error:
        raise refuse("damaged_file", file=file, detail=error) from error
    if not rows and links:
        raise refuse("kml_links", file=file, value=str(links))
    shapes = [row.pop("geometry") for row in rows]
    frame = pd.DataFrame(rows, dtype="object") if rows else pd.DataFrame({"name": []})
    located = gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes, crs=WGS84), crs=WGS84)
    return located, links


def _read_placemarks(path: Path, file: str) -> tuple[list[dict[str, object]], int]:
    """Return each placemark as a row, forgotten as soon as it is read, and the number of links."""
    rows: list[dict[str, object]] = []
    folders: list[Element] = []
    root, links = True, 0
    for event, element in iterparse(str(path), events=("start", "end"), forbid_dtd=True):
        name = _local(element)
        if root and name.lower() != "kml":
            raise refuse("form_markup", file=file)
        root = False
        if name == FOLDER:
            folders = [*folders, element] if event == "start" else folders[:-1]
        if event == "end":
            links += name == LINK
        if name == PLACEMARK and event == "end":
            inside = folders[-1].find("{*}name") if folders else None
            row = {**_read_attributes(element), FOLDER: _text(inside), **_read_shape(element)}
            rows.append(row)
            element.clear()
    return rows, links


def choose_folder(frame: gpd.GeoDataFrame, folder: str, *, file: str) -> gpd.GeoDataFrame:
    """Return the placemarks of one folder.

    Parameters
    ----------
    frame : from `read_kml`.
    folder : its name.
    file : the file as the user named it.

    Raises
    ------
    SourceFault
        If the file has no such folder.
    """
    names = frame[FOLDER] if FOLDER in frame else pd.Series("", index=frame.index)
    chosen = names.map(search_key) == search_key(folder)
    if not chosen.any():
        choices = ", ".join(dict.fromkeys(name for name in names if name)) or "–"
        raise refuse("no_such_layer", file=file, value=folder, choices=choices)
    return frame[chosen].reset_index(drop=True)


def _local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _text(element: Element | None) -> str:
    """Return the text of an element."""
    return "".join(element.itertext()).strip() if element is not None else ""


def _read_attributes(placemark: Element) -> dict[str, object]:
    """Return name, description and extended data of a placemark."""
    row: dict[str, object] = {
        n: _text(placemark.find(f"{{*}}{n}")) for n in ("name", "description")
    }
    for data in placemark.iterfind(".//{*}ExtendedData//*"):
        if _local(data) in ("Data", "SimpleData"):
            value = data.find("{*}value") if _local(data) == "Data" else data
            row[data.get("name", "")] = _text(value)
    return {**parse_description(str(row["description"])), **row}


def _read_shape(placemark: Element) -> dict[str, BaseGeometry | None]:
    """Return the shape of a placemark; several shapes are collected, none is nothing."""
    shapes = [shape for child in placemark if (shape := _build(child)) is not None]
    return {"geometry": shapes[0] if len(shapes) == 1 else _collect(shapes)}


def _build(element: Element) -> BaseGeometry | None:
    """Return the shape that an element describes; None where it describes none."""
    kind = _local(element)
    if kind == "Point":
        spots = _spots(element)
        return shapely.Point(spots[0]) if spots else None
    if kind in ("LineString", "LinearRing"):
        spots = _spots(element)
        return shapely.LineString(spots) if len(spots) > 1 else None
    if kind == "Polygon":
        return _build_polygon(element)
    return _collect([_build(child) for child in element]) if kind == "MultiGeometry" else None


def _build_polygon(element: Element) -> BaseGeometry | None:
    """Return a polygon with its holes; None where its shell is none."""
    shell = _spots(element.find("{*}outerBoundaryIs"))
    holes = [_spots(inner) for inner in element.iterfind("{*}innerBoundaryIs")]
    if len(shell) < 3:
        return None
    return shapely.Polygon(shell, [hole for hole in holes if len(hole) > 2])


def _collect(shapes: list[BaseGeometry | None]) -> BaseGeometry | None:
    """Return shapes as one, of the simplest type that holds them."""
    there = [shape for shape in shapes if shape is not None]
    return (
        gpd.tools.collect(there)
        if _alike(there)
        else (shapely.GeometryCollection(there) if there else None)
    )


def _alike(shapes: list[BaseGeometry]) -> bool:
    """Return whether shapes are all of one simple type."""
    return len({s.geom_type for s in shapes}) == 1 and not shapes[0].geom_type.startswith("Multi")


def _spots(element: Element | None) -> list[tuple[float, ...]]:
    """Return the spots of a shape; heights are kept where any is not zero, and nothing if a spot is none."""
    text = _text(element.find(".//{*}coordinates")) if element is not None else ""
    try:
        spots = [_spot(piece) for piece in _AROUND_COMMAS.sub(",", text).split()]
    except ValueError:
        return []
    flat = not any(len(spot) > FLAT and spot[FLAT] for spot in spots)
    return [spot[:FLAT] if flat else (*spot, 0.0)[: FLAT + 1] for spot in spots]


def _spot(text: str) -> tuple[float, ...]:
    """Return one spot as numbers.

    Raises
    ------
    ValueError
        If it has no two numbers that are finite.
    """
    numbers = tuple(float(part) for part in text.split(",") if part)
    if len(numbers) < FLAT or not all(math.isfinite(number) for number in numbers):
        raise ValueError(text)
    return numbers
