"""Bring measurements to the hamlets in which they were made."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from phusong.reach.statements import identify_claims
from phusong.vietnamese.keys import base_key
from phusong.vocabulary.metres import transform_xy
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.networks import MEASUREMENTS
from phusong.vocabulary.terms import PointKind

WGS84 = 4326


def place_measurements(
    accepted: pd.DataFrame, hamlets: gpd.GeoDataFrame, points: pd.DataFrame, *, crs: int
) -> pd.DataFrame:
    """Return the measurements with the hamlet of each, and a place for those that only name it.

    A row belongs to the hamlet that it names, else to the one on whose ground it was made. One without a
    position stands at the residential cluster that it names, else at the hamlet's centre.

    Parameters
    ----------
    accepted : accepted_measurements.
    hamlets, points : result tables.
    crs : EPSG code of the metric system of the points.

    Returns
    -------
    table `measurements`.
    """
    rows = accepted.reset_index(drop=True)
    named = identify_claims(rows, hamlets)["hamlet_id"]
    placed = rows.assign(hamlet_id=named.fillna(_find_hamlets(rows, hamlets)))
    measured = placed["lon"].notna() & placed["lat"].notna()
    stated = _find_stated_places(placed, hamlets, points, crs)
    for name in ("lon", "lat"):
        placed[name] = placed[name].where(measured, stated[name])
    return conform_table(placed.assign(at_position=measured)[MEASUREMENTS.names], MEASUREMENTS)


def _find_hamlets(rows: pd.DataFrame, hamlets: gpd.GeoDataFrame) -> pd.Series:
    """Return the hamlet on whose ground each row was made; missing where there is none."""
    there = rows[["lon", "lat"]].dropna()
    spots = gpd.GeoDataFrame(
        index=there.index, geometry=gpd.points_from_xy(there["lon"], there["lat"]), crs=WGS84
    )
    areas = hamlets.loc[hamlets.geometry.notna(), ["hamlet_id", "geometry"]]
    found = spots.sjoin(areas, predicate="within")["hamlet_id"]
    return found[~found.index.duplicated()].reindex(rows.index)


def _find_stated_places(
    rows: pd.DataFrame, hamlets: pd.DataFrame, points: pd.DataFrame, crs: int
) -> pd.DataFrame:
    """Return lon and lat [°] of the cluster that each row names, else of its hamlet's centre."""
    centres = hamlets.set_index("hamlet_id")[["centre_lon", "centre_lat"]]
    places = (
        centres.reindex(rows["hamlet_id"]).set_axis(rows.index).set_axis(["lon", "lat"], axis=1)
    )
    clusters = points[(points["kind"] == PointKind.CLUSTER) & points["name"].notna()]
    if clusters.empty or rows["place"].isna().all():
        return places
    lon, lat = transform_xy(clusters["x_m"], clusters["y_m"], source=crs, target=WGS84)
    keys = clusters["hamlet_id"] + "/" + clusters["name"].map(base_key)
    known = pd.DataFrame({"lon": lon, "lat": lat}, index=keys.to_numpy())
    known = known[~known.index.duplicated()]
    stated = rows["hamlet_id"].fillna("") + "/" + rows["place"].fillna("").map(base_key)
    return known.reindex(stated).set_axis(rows.index).fillna(places)
