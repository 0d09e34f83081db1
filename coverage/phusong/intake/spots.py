"""Hold the coordinates of a file as numbers, before anything is judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from phusong.intake.angles import LAT, LON, parse_coordinates, parse_pairs
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable
from phusong.intake.numbers import show_number
from phusong.vocabulary.metres import WGS84, transform_shapes
from phusong.vocabulary.terms import Severity

GEOMETRY = "geometry"
#: What a kind of shape is called.
KINDS_VI = {"point": "điểm", "line": "đường", "polygon": "vùng"}
COLLECTION = "GeometryCollection"
#: Shapes that may hold several points.
SEVERAL = (shapely.GeometryType.MULTIPOINT, shapely.GeometryType.GEOMETRYCOLLECTION)


@dataclass(frozen=True)
class Spots:
    """Hold the coordinates of a file as numbers, before anything is judged.

    Parameters
    ----------
    frame : first (lon or easting), second (lat or northing), axis that a letter gives to the first (or
        empty), comma (whether decimals are marked by a comma), text (as in the file).
    columns : the headings behind first and second.
    paired : whether both stood in one cell, so that their order is read from the values.
    refused : rows of which the shape was turned away already.
    """

    frame: pd.DataFrame
    columns: tuple[str, str]
    paired: bool = False
    refused: frozenset[int] = frozenset()

    @property
    def column(self) -> str:
        """Return the heading under which a fault of the whole position is recorded."""
        return self.columns[0]

    @property
    def numbers(self) -> pd.DataFrame:
        """Return the two numbers of each row."""
        return self.frame[["first", "second"]]

    def fault(
        self,
        findings: Findings,
        rule: str,
        rows: pd.Series,
        *,
        severity: Severity = Severity.ERROR,
        **details: object,
    ) -> None:
        """Record a fault of the position of each of these rows."""
        if rows.any():
            bad = self.frame.loc[rows, "text"]
            findings.fault(rule, self.column, bad.index, bad, severity=severity, **details)

    def fault_unread(self, findings: Findings, rule: str, rows: pd.Series) -> None:
        """Record a fault of the coordinate of each row that is no number: the first if both are none."""
        first = rows & self.frame["first"].isna()
        for column, bad in zip(self.columns, (first, rows & ~first), strict=True):
            values = self.frame.loc[bad, "text"]
            findings.fault(rule, column, values.index, values)

    def fault_each(
        self, findings: Findings, rule: str, rows: pd.Series, corrected: pd.Series
    ) -> None:
        """Record a fault of each of these rows, with the value that would be right for it."""
        for row in self.frame.index[rows]:
            value = self.frame.loc[row, "text"]
            findings.fault(rule, self.column, [row], [value], corrected=corrected[row])


def spell_places(lon: pd.Series, lat: pd.Series) -> pd.Series:
    """Return places as text, longitude first, in decimal degrees."""
    return lon.map(show_number).astype("str") + ", " + lat.map(show_number).astype("str")


def gather_spots(table: MatchedTable, findings: Findings, *, areas: bool = False) -> Spots:
    """Return the coordinates from whichever columns hold them, else from the shapes.

    Parameters
    ----------
    table : the raw table, matched.
    findings : notebook of this reading.
    areas : whether an area may stand for the point inside it; a line never does.
    """
    for first, second in (("lon", "lat"), ("x", "y")):
        if table.has(first, second) and (table.cells(first) != "").any():
            return _gather_columns(table, first, second, findings)
    if table.has("position"):
        return _gather_cells(table, findings)
    if table.raw.geometry is not None:
        return _gather_shapes(table.raw.geometry, table.raw.crs, findings, areas=areas)
    empty = pd.DataFrame(index=table.raw.frame.index).assign(
        first=np.nan, second=np.nan, axis="", comma=False, text=""
    )
    return Spots(empty, (table.heading("lon"), table.heading("lat")))


def _gather_columns(table: MatchedTable, first: str, second: str, findings: Findings) -> Spots:
    """Return coordinates that stand in two columns."""
    cells = table.cells(first), table.cells(second)
    a, b = (parse_coordinates(c) for c in cells)
    comma = (a["rule"] == "decimal_comma") | (b["rule"] == "decimal_comma")
    for name, text, read in ((first, cells[0], a), (second, cells[1], b)):
        for rule in ("angle_to_degrees", "thousands_grouped"):
            rows = read["rule"] == rule
            findings.fix(
                rule, table.heading(name), text[rows], read["value"][rows].head(1).map(show_number)
            )
    axis = a["axis"].where(a["axis"] != "", b["axis"].map({LON: LAT, LAT: LON}).fillna(""))
    text = (cells[0] + ", " + cells[1]).where((cells[0] != "") | (cells[1] != ""), "")
    frame = pd.DataFrame(
        {"first": a["value"], "second": b["value"], "axis": axis, "comma": comma, "text": text}
    )
    return Spots(frame, (table.heading(first), table.heading(second)))


def _gather_cells(table: MatchedTable, findings: Findings) -> Spots:
    """Return coordinates of which both stand in one cell."""
    cells = table.cells("position")
    pairs = parse_pairs(cells).assign(text=cells)
    read = pairs["first"].notna()
    example = spell_places(pairs.loc[read, "first"].head(1), pairs.loc[read, "second"].head(1))
    findings.fix("position_split", table.heading("position"), cells[read], example)
    return Spots(pairs, (table.heading("position"), table.heading("position")), paired=True)


def _gather_shapes(
    shapes: gpd.GeoSeries, crs: int | None, findings: Findings, *, areas: bool
) -> Spots:
    """Return coordinates from the shapes of a file: of a point itself, of an area a point inside."""
    if shapes.crs is None:
        shapes = shapes.set_crs(crs or WGS84)
    values = shapes.to_numpy().copy()
    wild = find_wild(values)
    values[wild] = None
    singles = _single_out(values, findings)
    values[singles["missing"]] = None
    dimensions = shapely.get_dimensions(values)
    wrong = (dimensions > (2 if areas else 0)) | (dimensions == 1) | singles["several"]
    fault_kinds(findings, shapes.index[wrong], [v.geom_type for v in values[wrong]], "point")
    inside = ~wrong & (dimensions == 2)
    if inside.any():
        kinds = values[inside][0].geom_type
        findings.fix_shapes("area_to_point", GEOMETRY, int(inside.sum()), kinds, "Point")
    values[wrong] = None
    degrees = transform_shapes(gpd.GeoSeries(values, shapes.index, crs=shapes.crs), target=WGS84)
    points = degrees.representative_point()
    there = np.isfinite(points.x) & np.isfinite(points.y)
    frame = pd.DataFrame(
        {
            "first": points.x.where(there),
            "second": points.y.where(there),
            "axis": "",
            "comma": False,
        }
    )
    text = spell_places(frame["first"], frame["second"]).where(there, "")
    refused = frozenset(shapes.index[wrong]) | find_faulted(findings)
    return Spots(frame.assign(text=text.mask(wild, "NaN")), (GEOMETRY, GEOMETRY), refused=refused)


def _single_out(values: np.ndarray, findings: Findings) -> dict[str, np.ndarray]:
    """Put the one point of a collection or of several in its place; say which hold several points."""
    several = np.zeros(len(values), dtype=bool)
    parted = []
    for at in np.flatnonzero(np.isin(shapely.get_type_id(values), SEVERAL)):
        parts = [part for part in shapely.get_parts(values[at]) if not part.is_empty]
        points = list({part.wkb: part for part in parts if part.geom_type == "Point"}.values())
        if len(points) == 1:
            if values[at].geom_type == COLLECTION:
                parted.append(", ".join(part.geom_type for part in parts))
            values[at] = points[0]
        else:
            several[at] = len(points) > 1
    if parted:
        findings.fix_shapes("collection_parted", GEOMETRY, len(parted), parted[0], "Point")
    return {"several": several, "missing": shapely.is_empty(values)}


def find_wild(values: np.ndarray) -> np.ndarray:
    """Return which shapes hold a coordinate that is NaN or infinite."""
    spots, owners = shapely.get_coordinates(values, return_index=True)
    return np.isin(np.arange(len(values)), owners[~np.isfinite(spots).all(axis=1)])


def find_faulted(findings: Findings) -> set[int]:
    """Return the rows of which the shape has been turned away while it was read."""
    return {
        fault.row
        for fault in findings.faults
        if fault.column == GEOMETRY and fault.severity == Severity.ERROR
    }


def fault_kinds(findings: Findings, rows: Iterable[int], kinds: Iterable[str], wanted: str) -> None:
    """Fault rows of which the shape is not of the wanted kind.

    Parameters
    ----------
    findings : notebook of this reading.
    rows, kinds : row numbers, and what kind of shape each has.
    wanted : ``point``, ``line`` or ``polygon``.
    """
    findings.fault("wrong_shape", GEOMETRY, rows, kinds, wanted=wanted, wanted_vi=KINDS_VI[wanted])
