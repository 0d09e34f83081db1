"""Read where a row is: degrees, angles, metres, one cell or two, and what may be wrong with them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyproj

from phusong.intake.aliases import accepted_headings
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable, ask_missing
from phusong.intake.judge import EARTH_RADIUS_M, Judge, distance_m
from phusong.intake.rules import refuse
from phusong.intake.spots import Spots, gather_spots, spell_places
from phusong.intake.swaps import (
    RIGHT_ANGLE,
    fix_commas,
    mend_metres,
    mend_order,
    order_metres,
    single_out_commas,
)
from phusong.intake.words import HOME_MCC
from phusong.intake.zones import ask_zone, fits_worse, weigh_zones
from phusong.vocabulary.metres import WGS84, transform_xy
from phusong.vocabulary.terms import Severity

#: Columns that say where a row is.
POSITION = ("lon", "lat", "position", "x", "y")
#: No angle is larger.
FULL_DEGREES = 180.0
#: No metric coordinate of a place in Việt Nam is smaller.
SMALLEST_METRES = 10_000.0
#: How many places must be coarse before it is told, and how near to a whole multiple each is.
LEAST_COARSE, SAME_COUNT = 2, 1e-6
#: How coarsely places are written: whole degrees, one decimal, whole minutes, two decimals [°].
COARSE_STEPS_DEG = (1.0, 1 / 10, 1 / 60, 1 / 100)
#: How a form says that it has no number: 999, 9999, 99999, ….
NINES = [10.0**digits - 1 for digits in range(3, 10)]


def read_positions(
    table: MatchedTable,
    findings: Findings,
    options: ReadOptions,
    judge: Judge,
    *,
    codes: pd.Series | None = None,
    countries: pd.Series | None = None,
    required: bool = True,
    areas: bool = False,
) -> pd.DataFrame:
    """Return where the rows are, as WGS 84 decimal degrees.

    Parameters
    ----------
    table : the raw table, matched; ``lon`` and ``lat``, or ``position``, or ``x`` and ``y``, or its shapes.
    findings : notebook of this reading.
    options : metric system, where the user states one.
    judge : where the province and its communes lie.
    codes : commune code of each row, to judge the metric system by.
    countries : mobile country code of each row, to say whose file it may be.
    required : whether a row without coordinates is a fault.
    areas : whether an area may stand for a point inside it.

    Returns
    -------
    lon, lat [°] on the index of the rows, NaN where absent or wrong.
    """
    spots = gather_spots(table, findings, areas=areas)
    blank = spots.frame["text"] == ""
    if required:
        spots.fault(findings, "required_empty", blank & ~blank.index.isin(spots.refused))
    spots.fault_unread(findings, "not_a_coordinate", ~blank & spots.numbers.isna().any(axis=1))
    usable = _drop_void(spots, findings)
    metric = usable & (spots.numbers.abs() > SMALLEST_METRES).all(axis=1)
    sizes = spots.numbers.abs()
    degrees = usable & (sizes <= FULL_DEGREES).all(axis=1) & (sizes <= RIGHT_ANGLE).any(axis=1)
    spots.fault(findings, "not_a_coordinate", usable & ~metric & ~degrees)
    if metric.sum() > degrees.sum():
        places = _read_metres(spots, metric, degrees, findings, options, judge, codes)
    else:
        places = _read_degrees(spots, degrees, metric, findings, judge)
        if table.raw.geometry is None:
            places = _convert_degrees(places, spots, findings, options.crs)
    return _judge_places(places, spots, findings, judge, codes, countries)


def require_position(table: MatchedTable, kind: str) -> None:
    """Refuse a file that has no columns for a position, nor shapes.

    Parameters
    ----------
    table : the raw table, matched.
    kind : source kind, whose headings are named.

    Raises
    ------
    SourceFault
        Naming the columns found and the headings that are accepted.
    """
    if table.raw.geometry is not None or table.has("position"):
        return
    if table.has("x", "y") or table.has("lon", "lat"):
        return
    halves = (("lat", "lon"), ("lon", "lat"), ("y", "x"), ("x", "y"))
    half = next((name for name, other in halves if table.has(other)), "")
    ask_missing(table.raw, kind, (half,) if half else POSITION)
    if not half:
        raise refuse(
            "missing_position", file=table.raw.file, column=accepted_headings(kind, "position")[0]
        )
    wanted, headings = accepted_headings(kind, half), map(str, table.raw.frame.columns)
    raise refuse(
        "missing_column",
        file=table.raw.file,
        column=wanted[0],
        found=", ".join(headings),
        wanted=", ".join(wanted[:4]),
    )


def _drop_void(spots: Spots, findings: Findings) -> pd.Series:
    """Return which rows hold a place at all: not 0, 0 and not a row of nines."""
    numbers = spots.numbers
    readable = numbers.notna().all(axis=1)
    null = readable & (numbers == 0).all(axis=1)
    nines = readable & numbers.abs().isin(NINES).any(axis=1)
    spots.fault(findings, "void_position", null | nines)
    return readable & ~null & ~nines


def _read_degrees(
    spots: Spots, degrees: pd.Series, metric: pd.Series, findings: Findings, judge: Judge
) -> pd.DataFrame:
    """Return places given in degrees; lone rows in metres are quarantined with their degrees."""
    places = mend_order(spots, degrees, findings, judge)
    alone = single_out_commas(spots, degrees)
    fix_commas(spots, degrees & ~alone, findings)
    if alone.any():
        spots.fault_each(findings, "lone_comma", alone, spell_places(places["lon"], places["lat"]))
    if metric.any():
        _quarantine_metres(spots, metric, findings, judge)
    return places.mask(alone)


def _convert_degrees(
    places: pd.DataFrame, spots: Spots, findings: Findings, crs: int | None
) -> pd.DataFrame:
    """Return places that are stated to be in degrees of another system, such as VN-2000, in WGS 84."""
    if crs in (None, WGS84) or not pyproj.CRS.from_epsg(crs).is_geographic:
        return places
    lon, lat = transform_xy(places["lon"], places["lat"], source=crs, target=WGS84)
    known = f"EPSG {crs} {pyproj.CRS.from_epsg(crs).name}"
    findings.fix_shapes("crs_read", spots.column, len(places), f"--crs {crs}", known)
    moved = pd.DataFrame({"lon": lon, "lat": lat}, index=places.index)
    return moved.where(np.isfinite(moved))


def _quarantine_metres(spots: Spots, metric: pd.Series, findings: Findings, judge: Judge) -> None:
    """Fault the rows that are no degrees: with their degrees where, as metres, they lie in the province."""
    own = judge.metric_crs or WGS84
    lon, lat = transform_xy(*order_metres(spots.numbers), source=own, target=WGS84)
    here = metric & np.isfinite(lon) & (judge.outside_m(lon, lat) <= judge.margin_m)
    corrected = spell_places(pd.Series(lon, metric.index), pd.Series(lat, metric.index))
    spots.fault_each(findings, "metres_among_degrees", here, corrected)
    spots.fault(findings, "not_a_coordinate", metric & ~here)


def _read_metres(
    spots: Spots,
    metric: pd.Series,
    degrees: pd.Series,
    findings: Findings,
    options: ReadOptions,
    judge: Judge,
    codes: pd.Series | None,
) -> pd.DataFrame:
    """Return places given in metres, once their system is stated and fits; asks otherwise."""
    metres = mend_metres(spots, metric, findings)
    places = pd.DataFrame({"lon": np.nan, "lat": np.nan}, index=spots.frame.index)
    stated = options.crs if options.crs not in (None, WGS84) else None
    metric = metric & metres.notna().all(axis=1)
    easting, northing = metres.loc[metric, "first"], metres.loc[metric, "second"]
    named = codes[metric] if codes is not None else None
    shares = weigh_zones(easting.to_numpy(), northing.to_numpy(), named, judge, stated=stated)
    if stated is None:
        ask_zone(findings, shares)
        return places
    if fits_worse(shares, stated=stated, margin=judge.wrong_zone_share):
        ask_zone(findings, shares, stated=stated)
    if degrees.any():
        x, y = transform_xy(
            spots.frame["first"], spots.frame["second"], source=WGS84, target=stated
        )
        corrected = spell_places(pd.Series(x, degrees.index), pd.Series(y, degrees.index))
        spots.fault_each(findings, "degrees_among_metres", degrees, corrected)
    places.loc[metric, "lon"], places.loc[metric, "lat"] = transform_xy(
        easting, northing, source=stated, target=WGS84
    )
    return places.where(np.isfinite(places))


def _judge_places(
    places: pd.DataFrame,
    spots: Spots,
    findings: Findings,
    judge: Judge,
    codes: pd.Series | None,
    countries: pd.Series | None,
) -> pd.DataFrame:
    """Return the places that can be right; those outside the province are faulted."""
    lon, lat = places["lon"].to_numpy(), places["lat"].to_numpy()
    there = pd.Series(np.isfinite(lon) & np.isfinite(lat), index=places.index)
    if not there.any():
        return places
    if judge.box is None:
        _warn_coarse(places[there], spots, findings)
        _warn_strays(places, spots, there, findings, judge)
        return places
    away = pd.Series(judge.outside_m(lon, lat), index=places.index)
    outside = there & (away > judge.margin_m)
    if outside.sum() == there.sum():
        _refuse_elsewhere(away[outside], findings, judge, countries)
        return places
    distance = (away / 1000).map("{:.0f} km".format)
    for row in places.index[outside]:
        text = [spots.frame.loc[row, "text"]]
        findings.fault("outside", spots.column, [row], text, distance=distance[row])
    _warn_other_commune(places, spots, there & ~outside, findings, judge, codes)
    _warn_coarse(places[there & ~outside], spots, findings)
    return places.mask(outside)


def _warn_coarse(places: pd.DataFrame, spots: Spots, findings: Findings) -> None:
    """Warn of a file whose places are all written so coarsely that they may be hundreds of metres off."""
    if len(places) < LEAST_COARSE:
        return
    step = next((step for step in COARSE_STEPS_DEG if _are_multiples(places, step)), None)
    if step is not None:
        limit = f"{step / 2 * np.pi / 180 * EARTH_RADIUS_M:.0f} m"
        example = spots.frame.loc[places.index[0], "text"]
        findings.warn("coarse_places", spots.column, [0], [example], limit=limit)


def _are_multiples(places: pd.DataFrame, step: float) -> bool:
    """Return whether all places are whole multiples of a step [°]."""
    counts = places / step
    return bool(((counts - counts.round()).abs() < SAME_COUNT).all(axis=None))


def _refuse_elsewhere(
    away: pd.Series, findings: Findings, judge: Judge, countries: pd.Series | None
) -> None:
    """Fault the whole file: no row of it lies anywhere near the province."""
    foreign = [] if countries is None else sorted(set(countries) - {HOME_MCC, ""})
    nearest, province = f"{away.min() / 1000:.0f} km", judge.province
    if countries is not None and foreign:
        heading, shown = str(countries.name), ", ".join(foreign)[:60]
        findings.fault("other_country", heading, [0], [shown], nearest=nearest, province=province)
    else:
        findings.fault("all_outside", "", [0], [len(away)], nearest=nearest, province=province)


def _warn_strays(
    places: pd.DataFrame, spots: Spots, there: pd.Series, findings: Findings, judge: Judge
) -> None:
    """Warn of places far from the middle of the file, where no province is there to judge by."""
    middle = places[there].median()
    away = distance_m(places["lon"], places["lat"], middle["lon"], middle["lat"])
    stray = there & (away > judge.stray_m)
    limit = f"{judge.stray_m / 1000:.0f} km"
    spots.fault(findings, "stray", stray, severity=Severity.WARNING, limit=limit)


def _warn_other_commune(
    places: pd.DataFrame,
    spots: Spots,
    there: pd.Series,
    findings: Findings,
    judge: Judge,
    codes: pd.Series | None,
) -> None:
    """Warn of places far from the commune that their row names."""
    if codes is None:
        return
    lon, lat = places["lon"].to_numpy(), places["lat"].to_numpy()
    far = judge.reaches_from_own(lon, lat, codes) > judge.far_reaches
    spots.fault(findings, "other_commune", there & far, severity=Severity.WARNING)
