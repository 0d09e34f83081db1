"""Check that hamlets lie where they are said to lie; list those that do not, and move none."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from phusong.vocabulary.metres import WGS84, to_metres, transform_xy
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.results import PLACEMENT

ELSEWHERE = "nằm ở xã khác · lies in another commune"
BORDER = "sát ranh giới xã đã ghi · just across the border of its commune"
NOWHERE = "không nằm trong xã nào · lies in no commune"
UNLOCATED = "không có vị trí · has no location"


def find_communes(points: np.ndarray, communes: gpd.GeoDataFrame, *, crs: int) -> np.ndarray:
    """Return the code of the commune in which each point lies; None where it lies in none.

    Parameters
    ----------
    points : shapely points or None [n] [m].
    communes : table `communes`, a clean coverage, so that no point lies inside two; a point exactly on a
        border belongs to the commune of the lower code.
    """
    metres = to_metres(communes.sort_values("commune_code"), crs=crs)
    tree = shapely.STRtree(metres.geometry.to_numpy())
    present = ~shapely.is_missing(points)
    point, commune = tree.query(points[present], predicate="intersects")
    found = np.full(len(points), None, dtype=object)
    rows = np.flatnonzero(present)[point]
    order = np.lexsort((-commune, rows))
    found[rows[order]] = metres["commune_code"].to_numpy()[commune[order]]
    return found


def check_placement(
    hamlets: gpd.GeoDataFrame, communes: gpd.GeoDataFrame, *, tolerance_m: float, crs: int
) -> pd.DataFrame:
    """Return table `placement`: the hamlets whose centre does not lie in the commune they state.

    Parameters
    ----------
    hamlets : table `hamlets`.
    communes : table `communes`.
    tolerance_m : a centre this near its own commune is called a border matter [m].
    crs : the province's metric system.
    """
    x, y = transform_xy(hamlets["centre_lon"], hamlets["centre_lat"], source=WGS84, target=crs)
    distance = _distance_to_own(hamlets, communes, x, y, crs)
    found = hamlets["commune_found"]
    located = np.isfinite(x)
    finding = np.select(
        [~located, distance <= tolerance_m, found.isna()], [UNLOCATED, BORDER, NOWHERE], ELSEWHERE
    )
    listed = ~located | (found != hamlets["commune_code"]).to_numpy()
    rows = hamlets[["hamlet_id", "commune_code", "commune_found"]].assign(
        distance_m=distance, finding=finding
    )
    return conform_table(pd.DataFrame(rows[listed]).sort_values("hamlet_id"), PLACEMENT)


def _distance_to_own(
    hamlets: pd.DataFrame, communes: gpd.GeoDataFrame, x: np.ndarray, y: np.ndarray, crs: int
) -> np.ndarray:
    """Return how far each centre lies from the commune it states [m]; NaN where either is unknown."""
    shapes = to_metres(communes, crs=crs).set_index("commune_code").geometry
    own = shapes.reindex(hamlets["commune_code"]).to_numpy()
    known = np.isfinite(x) & ~shapely.is_missing(own)
    distance = np.full(len(hamlets), np.nan)
    distance[known] = shapely.distance(shapely.points(x[known], y[known]), own[known])
    return distance
