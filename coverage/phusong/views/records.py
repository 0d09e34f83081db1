"""What the page knows about each row: packed by column, short, and only what is allowed out.

A packed table is ``{"size": n, "columns": {name: values}}``. A column of text is
``{"words": […], "codes": […]}``: each distinct text once, then its number in every row. Nothing leaves
but the fields listed here.
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from phusong.vocabulary.pupils import CountedUnit
from phusong.vocabulary.tables.accepted import FIBRE_NODES as NODES
from phusong.vocabulary.tables.accepted import FIBRE_ROUTES as ROUTES
from phusong.vocabulary.tables.pupils import ALL_LEVELS
from phusong.vocabulary.tables.results import (
    ANTENNAS,
    COMMUNES,
    GAPS,
    HAMLETS,
    MEASUREMENTS,
    REACH,
    ROLLOUT,
    SIGNAL,
    SITES,
    TRENCHES,
)
from phusong.vocabulary.terms import (
    Evidence,
    GapClass,
    HamletKind,
    MeasurementSource,
    OfficialGap,
    Status,
)

#: The fields of each table that may stand in the page, and no others.
ALLOWED: dict[str, tuple[str, ...]] = {
    HAMLETS.name: (
        "hamlet_id",
        "kind",
        "name",
        "commune_code",
        "households",
        "population",
        "location_quality",
        "ground_basis",
        "centre_lon",
        "centre_lat",
        "grid_power",
        "special_difficulty",
        "former_names",
    ),
    GAPS.name: (
        "class",
        "mobile_3g",
        "mobile_4g",
        "mobile_5g",
        "fibre",
        "official_gap",
        "official_evidence",
        "clusters",
        "dark_clusters",
        "unknown_clusters",
        "dark_households",
        "gap_4g5g",
        "cause",
        "class_without_3g",
        "disagrees",
    ),
    REACH.name: (
        "technology",
        "operator",
        "status",
        "served_share",
        "indoor_share",
        "probability",
        "evidence",
        "as_of",
        "distance_m",
        "disagrees",
        "fibre_basis",
    ),
    SIGNAL.name: (
        "technology",
        "status",
        "served_share",
        "indoor_share",
        "probability",
        "site_distance_m",
    ),
    SITES.name: ("lon", "lat", "height_m", "operators", "technologies"),
    MEASUREMENTS.name: (
        "technology",
        "operator",
        "lon",
        "lat",
        "signal_dbm",
        "down_mbps",
        "served",
        "measured_at",
        "source",
    ),
    NODES.name: ("operator", "kind", "status", "ports_free", "access", "lon", "lat", "as_of"),
    ROUTES.name: ("operator", "status"),
    COMMUNES.name: ("commune_code", "name", "kind", "district", "population"),
    ROLLOUT.name: (
        "option",
        "operator",
        "wave",
        "basis",
        "basis_on",
        "basis_probability",
        "capex_low_vnd",
        "capex_vnd",
        "capex_high_vnd",
    ),
    TRENCHES.name: ("operator", "wave", "length_m", "medium", "off_road_m", "capex_vnd"),
    ANTENNAS.name: ("kind", "operator", "wave", "height_m", "capex_vnd"),
}

#: The counts of pupils that the page may show, as `disclosure` has let them through.
PUPIL_FIELDS = {
    "pupils": "pupils",
    "without_device": "pupils_without_device",
    "eligible": "pupils_eligible",
    "hidden": "pupils_hidden",
}

#: What of the measurements at a hamlet the page may show, by technology: column → of which, and how summed.
MEASURED_FIELDS = {
    "n": ("measurement_id", "size"),
    "latest": ("measured_at", "max"),
    "signal_dbm": ("signal_dbm", "median"),
}

#: What stands in for a hamlet about which the table of gaps says nothing.
SILENCE = {
    "class": str(GapClass.KU),
    "mobile_3g": str(Status.UNKNOWN),
    "mobile_4g": str(Status.UNKNOWN),
    "mobile_5g": str(Status.UNKNOWN),
    "fibre": str(Status.UNKNOWN),
    "official_gap": str(OfficialGap.UNKNOWN),
    "gap_4g5g": str(OfficialGap.UNKNOWN),
}


def record_hamlets(
    hamlets: pd.DataFrame, gaps: pd.DataFrame, counts: pd.DataFrame, *, decimals: int
) -> dict[str, Any]:
    """Return one packed row a hamlet: who it is, what was found, and how many pupils it has.

    Parameters
    ----------
    hamlets, gaps : result tables; a hamlet without finding counts as no data.
    counts : the counts of pupils that whoever looks may see; a hamlet that is not in them has none.
    decimals : decimals of a coordinate [°].
    """
    fields = ALLOWED[GAPS.name]
    found = hamlets[["hamlet_id"]].merge(
        gaps[["hamlet_id", *fields]], on="hamlet_id", how="left", validate="one_to_one"
    )
    found = found.fillna(SILENCE)
    plain = pd.DataFrame(hamlets[list(ALLOWED[HAMLETS.name])]).reset_index(drop=True)
    plain["kind"] = plain["kind"].where(plain["kind"] != HamletKind.UNSTATED, None)
    plain[["centre_lon", "centre_lat"]] = plain[["centre_lon", "centre_lat"]].round(decimals)
    own = counts[counts["edition"] == counts["edition"].min()]
    pupils = _line_up(own, CountedUnit.HAMLET, hamlets["hamlet_id"])
    return pack_table(plain.join(found[list(fields)]).join(pupils))


def record_communes(communes: pd.DataFrame, counts: pd.DataFrame, edition: str) -> dict[str, Any]:
    """Return one packed row a commune: its name, and how many pupils it has.

    Parameters
    ----------
    communes : of one edition, in the order in which they are drawn.
    counts : the counts of pupils that whoever looks may see; empty where no pupils were delivered.
    edition : of the communes.
    """
    plain = pd.DataFrame(communes).reindex(columns=list(ALLOWED[COMMUNES.name]))
    own = counts[counts["edition"] == edition]
    codes = plain["commune_code"].astype("str")
    return pack_table(plain.reset_index(drop=True).join(_line_up(own, CountedUnit.COMMUNE, codes)))


def _line_up(counts: pd.DataFrame, unit: CountedUnit, codes: pd.Series) -> pd.DataFrame:
    """Return the pupils of each unit in the order of their codes, empty where none may be seen."""
    own = counts[(counts["unit"] == unit) & (counts["level"] == ALL_LEVELS)]
    listed = own.drop_duplicates("unit_code").set_index("unit_code")[list(PUPIL_FIELDS)]
    lined = listed.reindex(codes).reset_index(drop=True)
    return lined.rename(columns=PUPIL_FIELDS)


def record_statements(
    statements: pd.DataFrame, hamlets: pd.DataFrame, *, name: str, decimals: int
) -> dict[str, Any]:
    """Return packed rows about hamlets, each with the number of its hamlet in column `hamlet`.

    Rows that say nothing (unknown, without evidence, date or distance) are left out: the page shows
    what is not there as no data.

    Parameters
    ----------
    statements : table `reach` or `signal`.
    hamlets : table `hamlets`, whose order numbers the hamlets.
    name : `reach` or `signal`.
    decimals : decimals of a share.
    """
    numbers = pd.Series(range(len(hamlets)), index=hamlets["hamlet_id"].astype(str))
    rows = pd.DataFrame(statements[["hamlet_id", *ALLOWED[name]]])
    rows = rows[rows["hamlet_id"].isin(numbers.index) & ~_says_nothing(rows)]
    rows = rows.assign(hamlet=rows["hamlet_id"].map(numbers).astype("int64"))
    rows = rows.sort_values("hamlet", kind="stable").reset_index(drop=True)
    for column in rows.columns.intersection(["served_share", "indoor_share", "probability"]):
        rows[column] = rows[column].round(decimals)
    for column in rows.columns.intersection(["distance_m", "site_distance_m"]):
        rows[column] = rows[column].round(0)
    return pack_table(rows[["hamlet", *ALLOWED[name]]])


def record_measurements(measurements: pd.DataFrame, *, most: int, decimals: int) -> dict[str, Any]:
    """Return the newest measurements that have a position, packed; where petitioners stand is not shown.

    Parameters
    ----------
    measurements : table `measurements`.
    most : how many at most.
    decimals : decimals of a coordinate [°].
    """
    shown = measurements["at_position"].astype(bool) & measurements["lon"].notna()
    shown &= measurements["source"].fillna("") != MeasurementSource.PETITION
    rows = measurements[shown].sort_values("measured_at", kind="stable", na_position="first")
    return record_points(rows.tail(most), name=MEASUREMENTS.name, decimals=decimals)


def record_measured(measurements: pd.DataFrame, hamlets: pd.DataFrame) -> dict[str, Any]:
    """Return packed rows about hamlets: by technology the count, the latest day and the median signal.

    Parameters
    ----------
    measurements : table `measurements`.
    hamlets : table `hamlets`, whose order numbers the hamlets.
    """
    numbers = pd.Series(range(len(hamlets)), index=hamlets["hamlet_id"].astype(str))
    rows = measurements[measurements["hamlet_id"].isin(numbers.index)]
    keys = [rows["hamlet_id"].map(numbers).astype("int64"), rows["technology"].fillna("")]
    groups = rows.groupby(
        [k.rename(n) for k, n in zip(keys, ("hamlet", "technology"), strict=True)]
    )
    described = groups.agg(**MEASURED_FIELDS)
    return pack_table(described.round({"signal_dbm": 1}).reset_index())


def record_plan(
    rollout: pd.DataFrame, antennas: gpd.GeoDataFrame, hamlets: pd.DataFrame, *, decimals: int
) -> dict[str, Any]:
    """Return what is planned: packed rows about hamlets, and the antennas to be hung.

    Parameters
    ----------
    rollout, antennas : tables of a plan; a field that a role does not see is empty.
    hamlets : table `hamlets`, whose order numbers the hamlets.
    decimals : decimals of a coordinate [°].
    """
    numbers = pd.Series(range(len(hamlets)), index=hamlets["hamlet_id"].astype(str))
    rows = rollout[rollout["hamlet_id"].isin(numbers.index)]
    rows = rows.assign(hamlet=rows["hamlet_id"].map(numbers).astype("int64"))
    described = pd.DataFrame(rows).reindex(columns=["hamlet", *ALLOWED[ROLLOUT.name]])
    places = pd.DataFrame(antennas.drop(columns="geometry")).assign(
        lon=antennas.geometry.x, lat=antennas.geometry.y
    )
    return {
        ROLLOUT.name: pack_table(described.reset_index(drop=True)),
        ANTENNAS.name: record_points(places, name=ANTENNAS.name, decimals=decimals),
    }


def record_points(frame: pd.DataFrame, *, name: str, decimals: int) -> dict[str, Any]:
    """Return packed masts, fibre nodes or antennas; a field that the frame lacks is empty.

    Parameters
    ----------
    frame : table `sites` or `accepted_fibre_nodes`, or antennas with lon and lat.
    name : its name.
    decimals : decimals of a coordinate [°].
    """
    fields = list(dict.fromkeys([*ALLOWED[name], "lon", "lat"]))
    rows = pd.DataFrame(frame).reindex(columns=fields).reset_index(drop=True)
    rows[["lon", "lat"]] = rows[["lon", "lat"]].round(decimals)
    return pack_table(rows)


def record_rows(frame: pd.DataFrame, *, name: str) -> dict[str, Any]:
    """Return the allowed fields of a table, packed; a field that the frame lacks is empty.

    Parameters
    ----------
    frame : table of areas or lines, in the order in which it is drawn.
    name : name under which its fields are allowed.
    """
    return pack_table(
        pd.DataFrame(frame).reindex(columns=list(ALLOWED[name])).reset_index(drop=True)
    )


def pack_table(frame: pd.DataFrame) -> dict[str, Any]:
    """Return a frame as plain data, column by column."""
    columns = {str(name): _pack_column(frame[name]) for name in frame.columns}
    return {"size": len(frame), "columns": columns}


def _pack_column(values: pd.Series) -> Any:
    """Return numbers as they are, flags as 0 and 1, dates and texts as numbered words."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return _pack_words(values.dt.strftime("%Y-%m-%d"))
    if pd.api.types.is_bool_dtype(values):
        values = values.astype("Int64")
    if pd.api.types.is_numeric_dtype(values):
        return [_plain_number(value) for value in values]
    return _pack_words(values)


def _pack_words(values: pd.Series) -> dict[str, Any]:
    """Return texts as distinct words and their numbers; an absent text is −1."""
    codes, words = pd.factorize(values.astype("object"))
    return {"words": [str(word) for word in words], "codes": [int(code) for code in codes]}


def _plain_number(value: Any) -> float | int | None:
    """Return a number without needless decimals, or None where there is none."""
    if pd.isna(value) or not np.isfinite(value):
        return None
    return int(value) if float(value).is_integer() else float(value)


def _says_nothing(rows: pd.DataFrame) -> pd.Series:
    """Return which rows are silent."""
    silent = rows["status"] == Status.UNKNOWN
    if "evidence" in rows:
        silent &= rows["evidence"] == Evidence.ABSENT
    for column in ("served_share", "probability", "as_of", "distance_m", "site_distance_m"):
        if column in rows:
            silent &= rows[column].isna()
    return silent
