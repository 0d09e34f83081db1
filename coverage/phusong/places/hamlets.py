"""Give every hamlet its ground: the outline delivered, else a share of its commune, else nothing."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from phusong.places.placement import find_communes
from phusong.places.voronoi import divide_ground
from phusong.vocabulary.metres import WGS84, to_degrees, to_metres, transform_xy
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.results import HAMLETS
from phusong.vocabulary.terms import GroundBasis, LocationQuality

KM2_M2 = 1e6
ARCMIN = 60.0
#: Less ground than a house stands on is a leftover of rounding, not a hamlet's land [m²].
SMALLEST_GROUND_M2 = 100.0


def flag_rounded_points(hamlets: gpd.GeoDataFrame, *, rounding_arcmin: float) -> gpd.GeoDataFrame:
    """Return the hamlets with gazetteer points on whole minutes of arc flagged as rounded.

    Parameters
    ----------
    hamlets : accepted_hamlets.
    rounding_arcmin : the step to which gazetteers round [arcmin]; one minute is about 1.8 km.
    """
    step = rounding_arcmin / ARCMIN
    off = [np.abs(hamlets[c] / step - np.round(hamlets[c] / step)) * step for c in ("lon", "lat")]
    whole = (off[0] < 1e-5) & (off[1] < 1e-5)
    gazetteer = hamlets["location_quality"] == LocationQuality.GAZETTEER_POINT
    quality = hamlets["location_quality"].mask(
        whole & gazetteer, str(LocationQuality.ROUNDED_POINT)
    )
    return hamlets.assign(location_quality=quality)


def ground_hamlets(
    hamlets: gpd.GeoDataFrame, communes: gpd.GeoDataFrame, *, crs: int
) -> gpd.GeoDataFrame:
    """Return table `hamlets`: every hamlet with its centre and, where anything is known, its ground.

    Outlines are kept as delivered. A hamlet with only a point gets its Voronoi cell within the commune it
    states, less the outlines delivered there, flagged `voronoi`. One with neither keeps its place in every
    count, and its reach stays unknown.

    Parameters
    ----------
    hamlets : accepted_hamlets, one row a hamlet.
    communes : table `communes`, a clean coverage of the same edition.
    crs : the province's metric system.
    """
    told = hamlets.sort_values("hamlet_id").reset_index(drop=True)
    outlines = to_metres(told, crs=crs).geometry.to_numpy()
    centres = _centres(told, outlines, crs)
    grounds, basis = _grounds(told, outlines, centres, to_metres(communes, crs=crs))
    area = shapely.area(grounds) / KM2_M2
    lon, lat = transform_xy(
        shapely.get_x(centres), shapely.get_y(centres), source=crs, target=WGS84
    )
    frame = gpd.GeoDataFrame(
        told.drop(columns=["geometry", "lon", "lat", "clusters"]).assign(
            ground_basis=basis,
            centre_lon=lon,
            centre_lat=lat,
            area_km2=np.where(basis == GroundBasis.ABSENT, np.nan, area),
            commune_found=find_communes(centres, communes, crs=crs),
        ),
        geometry=gpd.GeoSeries(grounds, crs=crs),
    )
    return conform_table(to_degrees(frame), HAMLETS)


def _centres(told: pd.DataFrame, outlines: np.ndarray, crs: int) -> np.ndarray:
    """Return each hamlet's centre [m]: the point delivered, else a point inside the outline, else None."""
    x, y = transform_xy(told["lon"], told["lat"], source=WGS84, target=crs)
    given = np.isfinite(x) & np.isfinite(y)
    inside = shapely.point_on_surface(outlines)
    centres = np.where(
        given, shapely.points(np.where(given, x, 0.0), np.where(given, y, 0.0)), inside
    )
    bare = ~given & (shapely.is_missing(outlines) | shapely.is_empty(outlines))
    return np.where(bare, np.array(None), centres)


def _grounds(
    told: pd.DataFrame, outlines: np.ndarray, centres: np.ndarray, communes: gpd.GeoDataFrame
) -> tuple[np.ndarray, np.ndarray]:
    """Return ground [m] and where it comes from, commune by commune."""
    delivered = ~(shapely.is_missing(outlines) | shapely.is_empty(outlines))
    basis = np.where(delivered, str(GroundBasis.DELIVERED), str(GroundBasis.ABSENT)).astype(object)
    valid = shapely.make_valid(outlines, method="structure", keep_collapsed=False)
    grounds = np.where(delivered, valid, np.array(None))
    shapes = communes.set_index("commune_code").geometry
    for code, rows in told.groupby("commune_code", sort=True):
        number = rows.index.to_numpy()
        lone = number[~delivered[number] & ~shapely.is_missing(centres[number])]
        if len(lone) == 0 or code not in shapes.index:
            continue
        free = shapes[code].difference(shapely.union_all(grounds[number[delivered[number]]]))
        cells = divide_ground(centres[lone], free)
        known = shapely.area(cells) >= SMALLEST_GROUND_M2
        grounds[lone[known]] = cells[known]
        basis[lone[known]] = str(GroundBasis.VORONOI)
    return grounds, basis
