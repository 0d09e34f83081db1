"""What operators state, brought to the test points: polygons of coverage, and claims per hamlet."""

from __future__ import annotations

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from phusong.reach.layers import Layers
from phusong.vietnamese.keys import base_key
from phusong.vocabulary.metres import to_metres


def state_polygons(
    points_xy: np.ndarray, coverage: gpd.GeoDataFrame, layers: Layers, *, crs: int
) -> np.ndarray:
    """Return 1 where a point lies in the layer's polygons, 0 where outside, NaN where none were delivered.

    Parameters
    ----------
    points_xy : test points [n, 2] [m].
    coverage : accepted_coverage; polygons that hold indoors only do not speak for outdoors.
    crs : the province's metric system.

    Returns
    -------
    array [n, layers]
    """
    stated = np.full((len(points_xy), len(layers)), np.nan)
    if coverage.empty:
        return stated
    metres = to_metres(coverage, crs=crs)
    number = layers.find(metres["technology"], metres["operator"])
    points = shapely.points(points_xy)
    for layer in np.unique(number[number >= 0]):
        stated[:, layer] = 0.0
        tree = shapely.STRtree(metres.geometry[number == layer].to_numpy())
        inside, _ = tree.query(points, predicate="intersects")
        stated[inside, layer] = 1.0
    return stated


def identify_claims(claims: pd.DataFrame, hamlets: pd.DataFrame) -> pd.DataFrame:
    """Return the claims with the hamlet each speaks of, and those that name none we know.

    A claim names its hamlet by id, else by commune code and name; a name that fits several hamlets of
    the commune fits none.

    Returns
    -------
    accepted_claims with `hamlet_id` filled in where it could be; empty elsewhere.
    """
    known = claims["hamlet_id"].where(claims["hamlet_id"].isin(hamlets["hamlet_id"]))
    key = hamlets["commune_code"] + "/" + hamlets["name"].map(base_key)
    unique = hamlets.loc[~key.duplicated(keep=False), "hamlet_id"]
    by_name = pd.Series(unique.to_numpy(), index=key[unique.index])
    names = claims["commune_code"].fillna("") + "/" + claims["hamlet_name"].fillna("").map(base_key)
    return claims.assign(hamlet_id=known.fillna(names.map(by_name)))


def state_claims(hamlet_of_point: pd.Series, claims: pd.DataFrame, layers: Layers) -> np.ndarray:
    """Return 1 or 0 where an operator claims or denies a layer for the point's hamlet, else NaN.

    Where an operator spoke twice of a hamlet, the latest word stands.

    Parameters
    ----------
    hamlet_of_point : hamlet_id of each test point [n].
    claims : accepted_claims, identified.
    """
    stated = np.full((len(hamlet_of_point), len(layers)), np.nan)
    for layer, latest in _latest_by_layer(claims, layers):
        stated[:, layer] = hamlet_of_point.map(latest["ready"].astype(float)).to_numpy()
    return stated


def date_claims(hamlet_of_point: pd.Series, claims: pd.DataFrame, layers: Layers) -> np.ndarray:
    """Return the day on which a layer was last claimed or denied for the point's hamlet, else NaT.

    Parameters
    ----------
    hamlet_of_point, claims : see `state_claims`.

    Returns
    -------
    array [n, layers] of datetime64[us]
    """
    dates = np.full((len(hamlet_of_point), len(layers)), np.datetime64("NaT"), "datetime64[us]")
    for layer, latest in _latest_by_layer(claims, layers):
        dates[:, layer] = hamlet_of_point.map(latest["as_of"]).to_numpy("datetime64[us]")
    return dates


def _latest_by_layer(claims: pd.DataFrame, layers: Layers) -> Iterator[tuple[int, pd.DataFrame]]:
    """Yield layer and the latest claims about it, by hamlet."""
    latest = claims.dropna(subset=["hamlet_id"]).sort_values(["as_of", "claim_id"])
    latest = latest.drop_duplicates(["hamlet_id", "technology", "operator"], keep="last")
    if latest.empty:
        return
    number = layers.find(latest["technology"], latest["operator"])
    for layer in np.unique(number[number >= 0]):
        yield int(layer), latest[number == layer].set_index("hamlet_id")
