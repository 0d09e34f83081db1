"""Nearest site: 100,000 points against 1,000 sites, beside a tree over raw degrees and GeoPandas.

Run it from the source tree: `python -m benchmarks.nearest`. Every answer is checked against geodesics
to every site that could possibly be nearest; a wrong answer is one whose geodesic is longer than that
of the true nearest by more than a millimetre. GeoPandas works in UTM zone 48, reprojection included.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyproj
from benchmarks.terrain import describe_machine, print_table
from scipy.spatial import cKDTree

from phusong.reach.nearest import nearest_sites

POINTS, SITES, ROUNDS = 100_000, 1_000, 5
WEST, EAST, SOUTH, NORTH = 104.0, 106.0, 21.0, 22.8
UTM_48N = 32648
MILLIMETRE = 1e-3


def make_world() -> tuple[np.ndarray, np.ndarray]:
    """Return points and sites over the northern hills, longitude and latitude [°]."""
    rng = np.random.default_rng(20210921)
    low, high = (WEST, SOUTH), (EAST, NORTH)
    return rng.uniform(low, high, (POINTS, 2)), rng.uniform(low, high, (SITES, 2))


def ask_ours(points: np.ndarray, sites: np.ndarray) -> np.ndarray:
    """Return the nearest site by geodesic, its distance computed too."""
    return nearest_sites(points, sites)[0]


def ask_degrees(points: np.ndarray, sites: np.ndarray) -> np.ndarray:
    """Return the nearest site as a tree over degrees names it."""
    return np.asarray(cKDTree(sites).query(points, workers=-1)[1])


def ask_geopandas(points: np.ndarray, sites: np.ndarray) -> np.ndarray:
    """Return the nearest site as GeoPandas names it in metres of one UTM zone."""
    frames = [
        gpd.GeoDataFrame(geometry=gpd.points_from_xy(*xy.T), crs=4326).to_crs(UTM_48N)
        for xy in (points, sites)
    ]
    joined = gpd.sjoin_nearest(frames[0], frames[1], distance_col="distance_m")
    return joined.loc[~joined.index.duplicated(), "index_right"].to_numpy()


def true_distances(points: np.ndarray, sites: np.ndarray) -> np.ndarray:
    """Return the geodesic to the true nearest site of every point [m].

    In a band of 0.02° of latitude, a degree of longitude is known to 0.1 %: the ten nearest by that
    rule hold the true one, as the tenth is farther than the first by far more than that.
    """
    earth = pyproj.Geod(ellps="WGS84")
    nearest = np.full(len(points), np.inf)
    band = np.round(points[:, 1] / 0.02).astype(int)
    for number in np.unique(band):
        mine = np.flatnonzero(band == number)
        scale = np.array([np.cos(np.radians(number * 0.02)), 1.0])
        gap, found = cKDTree(sites * scale).query(points[mine] * scale, k=10)
        if not (gap[:, 9] > 1.05 * gap[:, 0]).all():
            raise RuntimeError("ten candidates do not settle every point")
        for k in range(10):
            site = sites[found[:, k]]
            geodesic = earth.inv(points[mine, 0], points[mine, 1], site[:, 0], site[:, 1])[2]
            nearest[mine] = np.minimum(nearest[mine], geodesic)
    return nearest


def count_wrong(
    answer: np.ndarray, truth: np.ndarray, points: np.ndarray, sites: np.ndarray
) -> tuple[int, float]:
    """Return how many answers are wrong, and by how much the worst is too far [m]."""
    site = sites[answer]
    geodesic = pyproj.Geod(ellps="WGS84").inv(*points.T, *site.T)[2]
    excess = geodesic - truth
    return int((excess > MILLIMETRE).sum()), float(excess.max())


def run(directory: Path | None = None) -> dict[str, Any]:  # noqa: ARG001
    """Return the report of `phusong bench nearest`; it takes no folder."""
    points, sites = make_world()
    truth = true_distances(points, sites)
    asked = {
        "scipy cKDTree on degrees": ask_degrees,
        "geopandas sjoin_nearest in UTM 48N": ask_geopandas,
    }
    names = ["phusong nearest_sites", *asked]
    ways = [ask_ours, *asked.values()]
    seconds: list[list[float]] = [[] for _ in ways]
    for _ in range(ROUNDS):
        for way, spent in zip(ways, seconds, strict=True):
            start = time.perf_counter()
            way(points, sites)
            spent.append(time.perf_counter() - start)
    wrong = [count_wrong(way(points, sites), truth, points, sites) for way in ways]
    if wrong[0][0]:
        raise RuntimeError(f"{wrong[0][0]} of our own answers are wrong")
    rows = []
    for name, spent, (count, worst) in zip(names[1:], seconds[1:], wrong[1:], strict=True):
        ratios = sorted(theirs / ours for theirs, ours in zip(spent, seconds[0], strict=True))
        rows.append(
            {
                "what": f"nearest of {SITES} sites for {POINTS} points, index built",
                "ours": round(statistics.median(seconds[0]), 4),
                "peer": round(statistics.median(spent), 4),
                "peer_name": name,
                "ratio": round(statistics.median(ratios), 2),
                "ratio_low": round(ratios[0], 2),
                "ratio_high": round(ratios[-1], 2),
                "wrong_ours": wrong[0][0],
                "wrong_peer": count,
                "worst_peer_m": round(worst, 1),
            }
        )
    return {"name": "nearest", "machine": describe_machine(), "rows": rows}


if __name__ == "__main__":
    print_table(run(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
