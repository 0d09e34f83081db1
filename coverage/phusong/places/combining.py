"""Combine several deliveries of the same hamlets: a list, an outline, a survey of clusters."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from phusong.vietnamese.keys import base_key
from phusong.vocabulary.schema import conform_table, empty_table
from phusong.vocabulary.tables.accepted import HAMLETS
from phusong.vocabulary.terms import HamletKind, LocationQuality

QUALITY_ORDER = [str(q) for q in LocationQuality]
#: Columns that say where a hamlet is: the better located delivery gives them all.
PLACE_COLUMNS = ["lon", "lat", "location_quality"]
CONFLICT_COLUMNS = ["hamlet_id", "column", "kept", "dropped"]


def combine_hamlets(tables: list[gpd.GeoDataFrame]) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Return several deliveries as one table, and what they contradict each other in.

    Rows speak of the same hamlet when they share its id, and its commune or its name; a row whose id no
    other delivery knows joins the one hamlet of the same commune and name whose kind does not differ.
    Of each column the first value that is not empty stands; place and outline come from the best located
    delivery.

    Parameters
    ----------
    tables : accepted_hamlets, in the order of the province file.

    Returns
    -------
    accepted_hamlets sorted by id; and conflicts: hamlet_id, column, kept, dropped.
    """
    if not tables:
        return empty_table(HAMLETS), pd.DataFrame(columns=CONFLICT_COLUMNS)
    told = pd.concat([t.assign(delivery=i) for i, t in enumerate(tables)], ignore_index=True)
    told = told.assign(hamlet_id=_share_ids(told))
    told = told.sort_values(["hamlet_id", "delivery"], kind="stable")
    hamlets = _first_values(told)
    return conform_table(hamlets, HAMLETS), _list_conflicts(told)


def _share_ids(told: pd.DataFrame) -> pd.Series:
    """Return ids in which rows of one hamlet agree, and rows of different hamlets do not.

    Lists that each number from 1 share ids by accident: rows of one id that agree in neither commune nor
    name are told apart. An id that only one delivery knows is matched by commune and name.
    """
    names = told["name"].map(base_key)
    ids = _part_ids(told, names)
    place = told["commune_code"] + "/" + names
    known_elsewhere = told.groupby(ids)["delivery"].transform("nunique") > 1
    once = ~told.assign(place=place).duplicated(["delivery", "place"], keep=False)
    stated = told["kind"].mask(told["kind"] == HamletKind.UNSTATED)
    agree = stated.groupby(place).transform("nunique") <= 1
    meets = once & agree
    leader = ids[meets].groupby(place[meets]).first()
    lone = ~known_elsewhere & meets
    return ids.mask(lone, place.map(leader))


def _part_ids(told: pd.DataFrame, names: pd.Series) -> pd.Series:
    """Return ids with a number behind those that mean another hamlet than the first delivery's."""
    first = told.groupby("hamlet_id")["commune_code"].transform("first")
    first_name = names.groupby(told["hamlet_id"]).transform("first")
    foreign = (told["commune_code"] != first) & (names != first_name)
    return told["hamlet_id"].mask(
        foreign, told["hamlet_id"] + "~" + (told["delivery"] + 1).astype(str)
    )


def _first_values(told: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return one row a hamlet: first values, with place and outline from the best located delivery."""
    plain = told.drop(columns=["delivery", "geometry"])
    plain = plain.assign(kind=plain["kind"].mask(plain["kind"] == HamletKind.UNSTATED))
    first = plain.groupby("hamlet_id", sort=True).first()
    first = first.assign(kind=first["kind"].fillna(str(HamletKind.UNSTATED)))
    rank = told["location_quality"].map(QUALITY_ORDER.index)
    best = told.assign(rank=rank).sort_values(["hamlet_id", "rank", "delivery"], kind="stable")
    place = best.groupby("hamlet_id", sort=True)
    points = best[best["lon"].notna()].groupby("hamlet_id").first()
    first = first.assign(location_quality=place["location_quality"].first())
    first = first.assign(
        lon=points["lon"].reindex(first.index), lat=points["lat"].reindex(first.index)
    )
    shaped = (
        best[best["geometry"].notna()]
        .drop_duplicates("hamlet_id")
        .set_index("hamlet_id")["geometry"]
    )
    shapes = shaped.reindex(first.index)
    return gpd.GeoDataFrame(
        first.reset_index(), geometry=gpd.GeoSeries(shapes.to_numpy(), crs=4326)
    )


def _list_conflicts(told: pd.DataFrame) -> pd.DataFrame:
    """Return where deliveries contradict each other in a fact: name, commune, households, population."""
    rows = []
    for column in ("name", "commune_code", "kind", "households", "population"):
        said = told.dropna(subset=[column])
        said = said[said[column].astype(str) != HamletKind.UNSTATED]
        key = said[column].map(lambda v: base_key(str(v)))
        differs = key.groupby(said["hamlet_id"]).transform("nunique") > 1
        for hamlet_id, group in said[differs].groupby("hamlet_id", sort=True):
            values = group[column].astype(str).drop_duplicates().tolist()
            rows += [(hamlet_id, column, values[0], v) for v in values[1:]]
    return pd.DataFrame(rows, columns=CONFLICT_COLUMNS)
