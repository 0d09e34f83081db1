"""Accept hamlets: an official list, a layer of outlines, a layer of points, a survey of clusters."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from phusong.intake.clusters import read_clusters
from phusong.intake.coordinates import read_positions
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.hamlet_names import parse_kind, parse_other_kind, split_name
from phusong.intake.headings import MatchedTable, match_headings
from phusong.intake.identities import make_unique
from phusong.intake.judge import Judge
from phusong.intake.localities import resolve_communes
from phusong.intake.reading import RawTable
from phusong.intake.shapes import mend_shapes, warn_overlaps
from phusong.intake.values import read_column, read_texts
from phusong.places.registers import UNASSIGNED
from phusong.vietnamese.collation import sort_key
from phusong.vocabulary.metres import WGS84
from phusong.vocabulary.tables.accepted import HAMLETS
from phusong.vocabulary.terms import HamletKind, LocationQuality, Severity

#: Columns that only a list of an office has; a layer with one of them is surveyed, not a gazetteer.
OFFICIAL_COLUMNS = ("hamlet_id", "households", "population", "kind")

#: What stands between two former names.
_BETWEEN_NAMES = re.compile(r"\s*[;,|]\s*")


def accept_hamlets(
    raw: RawTable, findings: Findings, options: ReadOptions, judge: Judge
) -> gpd.GeoDataFrame:
    """Return the hamlets of a file, with whatever place it gives them.

    Polygons are outlines, points are centres, several points are residential clusters. A hamlet without
    any of them is still a hamlet. Ids that the file lacks are made: ``VP-commune-number``, numbered inside
    the commune in Vietnamese order, so the same file makes the same ids.

    Parameters
    ----------
    raw : the file as text, or a layer.
    findings : notebook of this reading.
    options : edition of the commune codes.
    judge : where the province lies.

    Returns
    -------
    columns of accepted_hamlets for every row, wrong ones included; index = row number in the file.

    Raises
    ------
    SourceFault
        If the name or the commune has no column.
    """
    required: tuple[Any, ...] = ("name", ("commune_code", "commune_name"))
    if not options.is_checked:  # the ground has no communes, or none that anybody could check
        required = required[:1]
    table = match_headings(raw, "hamlets", findings, required=required)
    described = resolve_communes(table, findings, options, judge)
    codes, options, judge = described.codes, described.options, described.judge
    unplaced = (table.cells("commune_code") == "") & (table.cells("commune_name") == "")
    if options.is_checked:
        table.fault(findings, "required_empty", "commune_code", unplaced)
    else:
        codes = codes.mask(unplaced, UNASSIGNED)
    kinds, names = _read_names(table, findings)
    places = _read_places(table, raw, findings, options, judge, codes)
    frame = gpd.GeoDataFrame(
        {
            "kind": kinds,
            "name": names,
            "commune_code": codes,
            "edition": options.edition,
            **{
                n: _optional(table, n, findings)
                for n in ("households", "population", "grid_power", "special_difficulty")
            },
            "former_names": _read_former(table, findings),
            **{n: places[n] for n in ("lon", "lat", "location_quality", "clusters")},
            **read_clusters(table, places["clusters"], findings),
        },
        geometry=places["geometry"],
        crs=WGS84,
    )
    frame = frame.assign(hamlet_id=_read_ids(table, frame, findings))
    return make_unique(
        frame, "hamlet_id", table.heading("hamlet_id"), findings, same=("name", "commune_code")
    )


def _read_former(table: MatchedTable, findings: Findings) -> pd.Series:
    """Return the names a hamlet had before, apart by `|` however the list separates them."""
    listed = read_texts(table, "former_names", findings)
    return listed.where(
        listed.isna(), listed.astype("str").str.replace(_BETWEEN_NAMES, "|", regex=True)
    )


def _optional(table: MatchedTable, name: str, findings: Findings) -> pd.Series:
    """Return a column whose wrong cells do not cost the hamlet its row."""
    return read_column(table, HAMLETS.column(name), findings, severity=Severity.WARNING)


def _read_names(table: MatchedTable, findings: Findings) -> tuple[pd.Series, pd.Series]:
    """Return kind and name of each hamlet; a kind column outranks the kind in the name."""
    texts = read_texts(table, "name", findings, required=True)
    vietnamese = read_texts(
        table, "name_vi", findings
    )  # a gazetteer's plain name has lost its accents
    texts = vietnamese.where(vietnamese.notna(), texts)
    split = texts.map(lambda t: split_name(t) if isinstance(t, str) else (None, None))
    stated = table.cells("kind").map(parse_kind)
    inside = split.map(lambda s: s[0])
    kinds = stated.where(stated.notna(), inside)
    other = table.cells("kind").map(parse_other_kind).where(kinds.isna() & texts.notna())
    kinds = kinds.mask(other.notna(), HamletKind.OTHER)
    fits = stated.isna() | (stated == inside)
    names = split.map(lambda s: s[1]).where(fits, texts)
    # The word that no list has stays readable in the name.
    names = names.mask(other.notna(), other.astype("str") + " " + names.astype("str"))
    changed = texts.notna() & (names != texts)
    findings.fix(
        "kind_split",
        table.heading("name"),
        texts[changed],
        kinds[changed].map(str) + " + " + names[changed],
    )
    unknown = kinds.isna() & texts.notna()
    kinds = kinds.where(~kinds.isna(), HamletKind.UNSTATED)
    findings.fix("kind_unstated", table.heading("name"), texts[unknown], kinds[unknown].map(str))
    return kinds.map(str), names


def _read_places(
    table: MatchedTable,
    raw: RawTable,
    findings: Findings,
    options: ReadOptions,
    judge: Judge,
    codes: pd.Series,
) -> pd.DataFrame:
    """Return lon, lat, geometry, clusters and location_quality of each hamlet."""
    dimension = _dimension(raw)
    empty = gpd.GeoSeries([None] * len(raw.frame), index=raw.frame.index, crs=WGS84)
    nothing = pd.Series(None, index=raw.frame.index, dtype="object")
    if dimension == "clusters":
        points = mend_shapes(raw, "point", findings, judge)
        return _place(nothing, nothing, empty, points.to_wkt(), LocationQuality.COMMUNE_ONLY)
    pointed = _is_point(raw) if dimension == "polygon" else pd.Series(False, index=raw.frame.index)
    areas = _keep_rows(raw, ~pointed)
    outlines = mend_shapes(areas, "polygon", findings, judge) if dimension == "polygon" else empty
    outlines = outlines.reindex(raw.frame.index)
    warn_overlaps(outlines, findings, judge)
    if dimension == "polygon":
        if not pointed.any() and not _has_columns(table):
            return _place(nothing, nothing, outlines, nothing, LocationQuality.OFFICIAL_POLYGON)
        centres = raw.geometry.where(pointed) if raw.geometry is not None else None
        table = replace(table, raw=replace(raw, geometry=centres))
    spots = read_positions(table, findings, options, judge, codes=codes, required=False)
    official = raw.geometry is None or any(table.has(c) for c in OFFICIAL_COLUMNS)
    point = LocationQuality.SURVEYED_POINT if official else LocationQuality.GAZETTEER_POINT
    quality = np.where(spots["lon"].notna(), str(point), str(LocationQuality.COMMUNE_ONLY))
    quality = np.where(outlines.notna(), str(LocationQuality.OFFICIAL_POLYGON), quality)
    return _place(spots["lon"], spots["lat"], outlines, nothing, quality)


def _dimension(raw: RawTable) -> str:
    """Return what a layer's shapes stand for: polygon, point or clusters; a list has none."""
    if raw.geometry is None:
        return "list"
    there = raw.geometry[~shapely.is_missing(raw.geometry.to_numpy())].to_numpy()
    if len(there) and (shapely.get_dimensions(there) == 2).any():
        return "polygon"
    several = shapely.get_type_id(there) == shapely.GeometryType.MULTIPOINT
    return (
        "clusters" if several.any() and (shapely.get_num_geometries(there) > 1).any() else "point"
    )


def _has_columns(table: MatchedTable) -> bool:
    """Return whether columns of a layer give positions, which then stand before points inside outlines."""
    return table.has("lon", "lat") and bool((table.cells("lon") != "").any())


def _is_point(raw: RawTable) -> pd.Series:
    """Return which rows of a layer have a single point, beside others with outlines."""
    shapes = raw.geometry.to_numpy() if raw.geometry is not None else np.array([])
    single = (shapely.get_dimensions(shapes) == 0) & (shapely.get_num_geometries(shapes) == 1)
    return pd.Series(single, index=raw.frame.index)


def _keep_rows(raw: RawTable, rows: pd.Series) -> RawTable:
    """Return some rows of a layer."""
    shapes = raw.geometry[rows] if raw.geometry is not None else None
    return replace(raw, frame=raw.frame[rows], geometry=shapes)


def _place(
    lon: pd.Series, lat: pd.Series, geometry: gpd.GeoSeries, clusters: pd.Series, quality: object
) -> pd.DataFrame:
    """Return the place columns side by side."""
    columns = {"lon": lon, "lat": lat, "clusters": clusters, "geometry": geometry}
    return (
        pd.DataFrame(columns, index=geometry.index)
        .assign(location_quality=quality)
        .astype({"location_quality": str})
    )


def _read_ids(table: MatchedTable, frame: pd.DataFrame, findings: Findings) -> pd.Series:
    """Return the id of each hamlet; one without gets the next free number of its commune."""
    ids = read_texts(table, "hamlet_id", findings)
    missing = ids.isna() & frame["commune_code"].notna() & frame["name"].notna()
    used = set(ids.dropna())
    order = sorted(frame.index[missing], key=lambda row: _order(frame, row))
    counters: dict[str, int] = {}
    for row in order:
        code = frame.at[row, "commune_code"]
        counters[code] = counters.get(code, 0) + 1
        while f"VP-{code}-{counters[code]:03d}" in used:
            counters[code] += 1
        ids.at[row] = f"VP-{code}-{counters[code]:03d}"
    findings.fix("id_made", table.heading("hamlet_id"), frame["name"][missing], ids[missing])
    return ids


def _order(frame: pd.DataFrame, row: int) -> tuple[object, ...]:
    """Return what hamlets without ids are numbered by: commune, kind, name, place."""
    lon, lat = frame.at[row, "lon"], frame.at[row, "lat"]
    place = (float(lon), float(lat)) if pd.notna(lon) and pd.notna(lat) else (0.0, 0.0)
    return (
        frame.at[row, "commune_code"],
        frame.at[row, "kind"],
        sort_key(frame.at[row, "name"]),
        place,
    )
