"""Which communes of a province a demonstration is of, and with how many people."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from phusong.simulate.demonstration import Demonstration
from phusong.simulate.seeds import seed_part
from phusong.vocabulary.metres import WGS84, transform_xy
from phusong.vocabulary.terms import UnitKind

#: Communes of the smallest size.
CORNER = 2
#: Persons of a hamlet where a corner's people are made up; how communes differ, as a logarithm's spread.
HAMLET_PERSONS = 950
PERSONS_SPREAD = 0.35


class Extent(NamedTuple):
    """Hold the communes of a demonstration.

    Parameters
    ----------
    units : of the register, with people in each: code, name, kind, district_code, district (both empty where
        the map has no districts), population, lon, lat.
    left_out : names of units that lie too far from all others.
    """

    units: pd.DataFrame
    left_out: tuple[str, ...]


def choose_units(demonstration: Demonstration, *, corner: bool, hamlets: int, seed: int) -> Extent:
    """Return the communes of the register to which the world is confined, with people in each.

    Parameters
    ----------
    demonstration : of which province.
    corner : whether two communes are enough.
    hamlets : of the world; in a corner made-up people are as many as these hold.
    seed : for people, where the register has none.
    """
    units = demonstration.list_units()
    near, left_out = _leave_out(units, demonstration)
    if corner:
        near, left_out = _choose_corner(near, demonstration), ()
    persons = _count_persons(near, demonstration, seed)
    if corner and near["population"].isna().any():
        persons = np.rint(persons / persons.sum() * hamlets * HAMLET_PERSONS)
    named = {
        c: near[c].astype(object).where(near[c].notna(), "") for c in ("district_code", "district")
    }
    return Extent(near.assign(population=persons.astype("int64"), **named), left_out)


def _place(units: pd.DataFrame, demonstration: Demonstration) -> np.ndarray:
    """Return the rough positions of units in metres [n, 2]."""
    lon, lat = units["lon"], units["lat"]
    return np.column_stack(transform_xy(lon, lat, source=WGS84, target=demonstration.crs))


def _leave_out(
    units: pd.DataFrame, demonstration: Demonstration
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the largest group of units that lie near to each other, and the names of the others."""
    reach_km = demonstration.country.apart_km
    if demonstration.has_own_file or not reach_km:
        return units, ()
    pairs = cKDTree(_place(units, demonstration)).query_pairs(
        reach_km * 1000, output_type="ndarray"
    )
    shape = (len(units), len(units))
    graph = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=shape)
    group = connected_components(graph, directed=False)[1]
    main = group == np.bincount(group).argmax()
    away = units[~main]
    return units[main].reset_index(drop=True), tuple(away["kind"] + " " + away["name"])


def _choose_corner(units: pd.DataFrame, demonstration: Demonstration) -> pd.DataFrame:
    """Return two communes next to each other, in one district: as the file says, or in the middle."""
    stated = demonstration.stated.corner
    if stated:
        return units[units["code"].isin(stated)].reset_index(drop=True)
    rural = units[units["kind"] == str(UnitKind.COMMUNE)]
    pool = rural if len(rural) >= CORNER else units
    if demonstration.has_districts:
        district = pool["district_code"]
        pool = pool[district == district.mode()[0]]
    xy = _place(pool, demonstration)
    first = np.linalg.norm(xy - np.median(xy, axis=0), axis=1).argmin()
    nearest = np.argsort(np.linalg.norm(xy - xy[first], axis=1), kind="stable")[:CORNER]
    return pool.iloc[np.sort(nearest)].reset_index(drop=True)


def _count_persons(units: pd.DataFrame, demonstration: Demonstration, seed: int) -> np.ndarray:
    """Return persons of each commune: the register's, else drawn about what the file assumes of its kind."""
    stated = units["population"].astype("float64")
    if demonstration.has_own_file:
        return stated.fillna(stated.median()).to_numpy()
    assumed = units["kind"].map(demonstration.persons_of()).astype("float64")
    luck = seed_part(seed, "persons").lognormal(
        -(PERSONS_SPREAD**2) / 2, PERSONS_SPREAD, len(units)
    )
    return stated.fillna(assumed * luck).to_numpy()
