"""Line of sight of a microwave hop: which mast sees a place with its first Fresnel zone free enough.

Recommendation ITU-R P.530-17, §2.2: the path must keep a share of the first Fresnel zone free at the
median effective Earth radius, and at the smallest one that a bad month brings. The radius of the zone is
F1 = √(λ·d1·d2/d), so with c the clearance of the worst point, ν = −√2·c/F1; the bend of `profile_bend` is
ν·√(λ/2), hence c/F1 ≥ f exactly where bend ≤ −f·√λ.
"""

from __future__ import annotations

import math

import numba
import numpy as np
from scipy.spatial import cKDTree

from phusong.reach.diffraction import profile_bend
from phusong.reach.spherical import WAVELENGTH_M_MHZ
from phusong.reach.terrain import Terrain, elevation_at, height_between


def find_visible_mast(
    terrain: Terrain | None,
    places_xy: np.ndarray,
    places_height_m: np.ndarray,
    masts_xy: np.ndarray,
    masts_height_m: np.ndarray,
    *,
    range_m: float,
    frequency_mhz: float,
    clearance_share: float,
    earth_radii_m: tuple[float, ...],
    step_m: float,
) -> np.ndarray:
    """Return for each place the nearest mast that it sees, −1 where it sees none [n].

    Parameters
    ----------
    terrain : elevation in the metric system of the places; None or unknown ground on a path shows no path
        to be free.
    places_xy, masts_xy : [n, 2], [m, 2] [m].
    places_height_m, masts_height_m : antennas above ground [n], [m] [m].
    range_m : longest hop [m].
    frequency_mhz : of the hop [MHz].
    clearance_share : share of the first Fresnel zone that must be free, 0..1.
    earth_radii_m : effective Earth radii under each of which the path must be free [m].
    step_m : spacing of the profile [m].

    References
    ----------
    Recommendation ITU-R P.530-17, §2.2.2.
    """
    seen = np.full(len(places_xy), -1, dtype=np.int64)
    if terrain is None or not len(places_xy) or not len(masts_xy):
        return seen
    first, order = _list_in_range(places_xy, masts_xy, range_m)
    widest_bend = -clearance_share * math.sqrt(WAVELENGTH_M_MHZ / frequency_mhz)
    _search_masts(
        terrain.elevation,
        _to_cells(terrain, places_xy),
        elevation_at(terrain, places_xy[:, 0], places_xy[:, 1]) + places_height_m,
        _to_cells(terrain, masts_xy),
        elevation_at(terrain, masts_xy[:, 0], masts_xy[:, 1]) + masts_height_m,
        first,
        order,
        np.array(earth_radii_m, dtype=float),
        (float(terrain.cell_m), float(step_m), widest_bend),
        seen,
    )
    return seen


def _to_cells(terrain: Terrain, xy: np.ndarray) -> np.ndarray:
    """Return places as row and column from the centre of the north-western cell, with fractions [n, 2]."""
    row = (terrain.north_m - xy[:, 1]) / terrain.cell_m - 0.5
    column = (xy[:, 0] - terrain.west_m) / terrain.cell_m - 0.5
    return np.column_stack([row, column])


def _list_in_range(
    places_xy: np.ndarray, masts_xy: np.ndarray, range_m: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the masts in range of each place, the nearest first, and where each place's begin [n + 1]."""
    near = cKDTree(masts_xy).query_ball_point(places_xy, range_m)
    counts = np.array([len(found) for found in near], dtype=np.int64)
    first = np.concatenate([[0], np.cumsum(counts)])
    masts = np.array([m for found in near for m in found], dtype=np.int64)
    place = np.repeat(np.arange(len(near)), counts)
    distance = np.hypot(*(masts_xy[masts] - places_xy[place]).T)
    return first, masts[np.lexsort((masts, distance, place))]


@numba.njit(cache=True, nogil=True)
def _search_masts(
    elevation: np.ndarray,
    places: np.ndarray,
    tops_m: np.ndarray,
    masts: np.ndarray,
    ends_m: np.ndarray,
    first: np.ndarray,
    order: np.ndarray,
    radii_m: np.ndarray,
    rule: tuple[float, float, float],
    seen: np.ndarray,
) -> None:
    """Write for each place the first of its masts to which the path is free.

    Places and masts are (row, column) of the grid; `rule` is the side of a cell [m], the spacing [m] and the
    widest bend that leaves the zone free [√m].
    """
    for i in range(len(places)):
        for k in range(first[i], first[i + 1]):
            m = order[k]
            if _is_free(elevation, places[i], masts[m], tops_m[i], ends_m[m], radii_m, rule):
                seen[i] = m
                break


@numba.njit(cache=True, nogil=True)
def _is_free(
    elevation: np.ndarray,
    start: np.ndarray,
    end: np.ndarray,
    top_m: float,
    end_m: float,
    radii_m: np.ndarray,
    rule: tuple[float, float, float],
) -> bool:
    """Return whether a path is known and free under every Earth radius; one spot sees itself."""
    cell_m, step_m, widest_bend = rule
    if math.isnan(top_m) or math.isnan(end_m):
        return False
    length = math.hypot(end[0] - start[0], end[1] - start[1]) * cell_m
    if length == 0.0:
        return True
    parts = max(2, math.ceil(length / step_m))
    distance, height = np.empty(parts + 1), np.empty(parts + 1)
    for p in range(parts + 1):
        share = p / parts
        distance[p] = share * length
        height[p] = height_between(
            elevation,
            start[0] + share * (end[0] - start[0]),
            start[1] + share * (end[1] - start[1]),
        )
        if math.isnan(height[p]):
            return False
    for radius in radii_m:  # noqa: SIM110 - compiled code knows no generators
        if not profile_bend(distance, height, top_m, end_m, radius) <= widest_bend:
            return False
    return True
