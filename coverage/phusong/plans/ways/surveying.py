"""Straight lines walked over the ground, step by step: how long, how steep, at what price."""

from __future__ import annotations

import geopandas as gpd
import numpy as np

from phusong.plans.ways.edges import Lines
from phusong.plans.ways.pricing import price_pieces, read_land
from phusong.reach.terrain import Terrain, elevation_at
from phusong.vocabulary.parameters import Rollout


def survey_lines(
    start: np.ndarray,
    stop: np.ndarray,
    ends: np.ndarray,
    basis: np.ndarray,
    medium: np.ndarray,
    operator: np.ndarray,
    *,
    terrain: Terrain | None,
    land: gpd.GeoDataFrame | None,
    rollout: Rollout,
    crs: int,
) -> Lines:
    """Return lines with their lengths, slopes and prices, seen in steps no longer than `longest_edge_m`.

    Parameters
    ----------
    start, stop : ends [p, 2] [m].
    ends : vertices there [p, 2].
    basis, medium : codes [p].
    operator : whose fibre a line is, or empty [p].
    terrain : elevation, or None: a level world.
    land : polygons with land_class, or None.
    rollout : parameters.
    crs : EPSG code of the metric system.
    """
    flat = np.hypot(*(stop - start).T)
    # a thousandth more is no reason to look twice
    steps = np.maximum(np.ceil(flat / rollout.number("longest_edge_m") - 1e-3), 1).astype(np.int64)
    line = np.repeat(np.arange(len(flat)), steps)
    number = np.arange(len(line)) - np.repeat(np.cumsum(steps) - steps, steps)
    course = (stop - start)[line] / steps[line, None]
    left = start[line] + number[:, None] * course
    run = flat[line] / steps[line]
    low, high = (read_ground(terrain, xy) for xy in (left, left + course))
    rise = np.abs(np.nan_to_num(high - low))
    length = np.hypot(run, rise)
    slope = np.degrees(np.arctan2(rise, run))
    cost = price_pieces(
        length,
        slope,
        (low + high) / 2,
        basis[line],
        medium[line],
        read_land(left + course / 2, land, crs=crs),
        rollout=rollout,
    )
    whole = np.bincount(line, length, minlength=len(flat))
    climbed = np.bincount(line, slope * length, minlength=len(flat))
    mean = np.divide(climbed, whole, out=np.zeros(len(flat)), where=whole > 0)
    total = np.zeros((len(flat), 3), dtype=np.int64)
    np.add.at(total, line, cost)
    return Lines(start, stop, ends, whole, mean, basis, medium, operator, total)


def read_ground(terrain: Terrain | None, xy: np.ndarray) -> np.ndarray:
    """Return the height of the ground at places, NaN where unknown [n] [m]."""
    if terrain is None:
        return np.full(len(xy), np.nan)
    return np.asarray(elevation_at(terrain, xy[:, 0], xy[:, 1]), dtype=float)
