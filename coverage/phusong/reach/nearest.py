"""The nearest sites of points given in degrees, settled by geodesics, never by degrees.

A tree over raw longitude and latitude names a wrong site for about 2 % of points in Việt Nam, because a
degree of longitude is shorter than one of latitude; putting every province in a zone of its own loses
pairs across 108° E. Here the points stand in space (Earth-centred coordinates of WGS 84), where a tree
finds neighbours by chord, and geodesics decide whenever two chords are too close to tell.

On the ellipsoid a chord c and its geodesic s obey c ≤ s ≤ 2R·asin(c/2R), where R is the smallest radius
of curvature, b²/a = 6,335 km (Schur's comparison theorem; do Carmo, Differential Geometry of Curves and
Surfaces, §5-7). So no site whose chord exceeds the upper bound of another can be nearer than that one.
"""

from __future__ import annotations

import numpy as np
import pyproj
from scipy.spatial import cKDTree

_ELLIPSOID = pyproj.Geod(ellps="WGS84")

#: The smallest radius of curvature of the ellipsoid, of the meridian at the equator [m].
SMALLEST_RADIUS_M = _ELLIPSOID.b**2 / _ELLIPSOID.a

#: Rounding of coordinates of 6·10⁶ m in double precision, with a wide margin [m].
ROUNDING_M = 1e-6


def _check_degrees(lonlat: np.ndarray, what: str) -> np.ndarray:
    """Return positions as a float array [n, 2], refusing what is no position."""
    degrees = np.asarray(lonlat, dtype=float).reshape(-1, 2)
    good = np.isfinite(degrees).all(axis=1)
    good &= (np.abs(degrees[:, 0]) <= 180.0) & (np.abs(degrees[:, 1]) <= 90.0)
    if not good.all():
        raise ValueError(f"{what} {int(np.argmin(good))} is no longitude and latitude in degrees")
    return degrees


def _stand_in_space(degrees: np.ndarray) -> np.ndarray:
    """Return Earth-centred coordinates of points on the ellipsoid [n, 3] [m]."""
    lon, lat = np.radians(degrees[:, 0]), np.radians(degrees[:, 1])
    prime = _ELLIPSOID.a / np.sqrt(1.0 - _ELLIPSOID.es * np.sin(lat) ** 2)
    along = prime * np.cos(lat)
    polar = prime * (1.0 - _ELLIPSOID.es) * np.sin(lat)
    return np.column_stack([along * np.cos(lon), along * np.sin(lon), polar])


def _longest_geodesic_m(chord_m: np.ndarray) -> np.ndarray:
    """Return the most that a geodesic over a chord can measure [m]."""
    double = 2.0 * SMALLEST_RADIUS_M
    return double * np.arcsin(np.minimum(chord_m / double, 1.0)) + ROUNDING_M


def _geodesic_m(points: np.ndarray, sites: np.ndarray) -> np.ndarray:
    """Return the geodesics between two columns of positions [n] [m]."""
    return _ELLIPSOID.inv(points[:, 0], points[:, 1], sites[:, 0], sites[:, 1])[2]


def k_nearest_sites(
    points_lonlat: np.ndarray, sites_lonlat: np.ndarray, *, k: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the k nearest sites of every point, by geodesics of WGS 84.

    Parameters
    ----------
    points_lonlat : longitude and latitude [n, 2] [°].
    sites_lonlat : longitude and latitude [m, 2] [°].
    k : how many sites are wanted.

    Returns
    -------
    index : rows of the sites, nearest first [n, k]; of sites equally far the lower row comes first.
        −1 where there are fewer than k sites.
    distance_m : geodesics [n, k] [m]; infinite where there is no site.

    Raises
    ------
    ValueError
        If a position is not finite or not in degrees, or k is below 1.
    """
    if k < 1:
        raise ValueError(f"at least one site must be asked for, not {k}")
    points = _check_degrees(points_lonlat, "point")
    sites = _check_degrees(sites_lonlat, "site")
    index = np.full((len(points), k), -1, dtype=np.int64)
    distance = np.full((len(points), k), np.inf)
    wanted = min(k, len(sites))
    if wanted == 0 or len(points) == 0:
        return index, distance
    if wanted == k == 1:
        # A mast listed often would make every point near it doubtful; its first row speaks for all.
        first = _first_rows(sites)
        found, far = _settle(points, sites[first], 1)
        return first[found], far
    index[:, :wanted], distance[:, :wanted] = _settle(points, sites, wanted)
    return index, distance


def _first_rows(sites: np.ndarray) -> np.ndarray:
    """Return the first row of each distinct position, in the order of the rows."""
    return np.sort(np.unique(sites, axis=0, return_index=True)[1])


def _settle(points: np.ndarray, sites: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Return index and distance of the k nearest of at least k sites."""
    tree, places = cKDTree(_stand_in_space(sites)), _stand_in_space(points)
    chord, found = tree.query(places, k=min(k + 1, len(sites)), workers=-1)
    chord, found = chord.reshape(len(points), -1), found.reshape(len(points), -1)
    limit = _longest_geodesic_m(chord[:, k - 1])
    certain = np.ones(len(points), dtype=bool)
    if len(sites) > k:
        certain = chord[:, k] > limit
    index, distance = _order(points, sites, found[:, :k])
    for row in np.flatnonzero(~certain):
        near = np.sort(tree.query_ball_point(places[row], limit[row] + ROUNDING_M))
        best = _order(points[row : row + 1], sites, near[None, :])
        index[row], distance[row] = best[0][0, :k], best[1][0, :k]
    return index, distance


def _order(
    points: np.ndarray, sites: np.ndarray, found: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the sites found for each point and their geodesics, nearest first, then by row."""
    count = found.shape[1]
    geodesic = _geodesic_m(np.repeat(points, count, axis=0), sites[found.ravel()])
    geodesic = geodesic.reshape(found.shape)
    if count == 1:
        return found, geodesic
    order = np.lexsort((found, geodesic), axis=1)
    return np.take_along_axis(found, order, axis=1), np.take_along_axis(geodesic, order, axis=1)


def nearest_sites(
    points_lonlat: np.ndarray, sites_lonlat: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the nearest site of every point, by geodesics of WGS 84.

    Parameters
    ----------
    points_lonlat : longitude and latitude [n, 2] [°].
    sites_lonlat : longitude and latitude [m, 2] [°].

    Returns
    -------
    index : row of the nearest site [n], the lowest of those equally far; −1 if there is no site.
    distance_m : geodesic to it [n] [m]; infinite if there is no site.

    Raises
    ------
    ValueError
        If a position is not finite or not in degrees.
    """
    index, distance = k_nearest_sites(points_lonlat, sites_lonlat, k=1)
    return index.reshape(-1), distance.reshape(-1)


def served_within(
    points_lonlat: np.ndarray, sites_lonlat: np.ndarray, radius_m: float
) -> np.ndarray:
    """Return whether a site stands within a radius of each point, by geodesics [n].

    Parameters
    ----------
    points_lonlat, sites_lonlat : longitude and latitude [n, 2] and [m, 2] [°].
    radius_m : the radius, itself included [m].

    Raises
    ------
    ValueError
        If a position is not finite or not in degrees.
    """
    points = _check_degrees(points_lonlat, "point")
    sites = _check_degrees(sites_lonlat, "site")
    if len(sites) == 0 or len(points) == 0:
        return np.zeros(len(points), dtype=bool)
    tree, places = cKDTree(_stand_in_space(sites)), _stand_in_space(points)
    chord, _ = tree.query(places, workers=-1)
    served = _longest_geodesic_m(chord) <= radius_m
    # Only points whose chord is within the radius, but whose geodesic might not be, are in doubt.
    doubtful = ~served & (chord <= radius_m + ROUNDING_M)
    if doubtful.any():
        served[doubtful] = nearest_sites(points[doubtful], sites)[1] <= radius_m
    return served
