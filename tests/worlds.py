"""Named tiny provinces, each of which can be checked on squared paper.

All lie in VN-2000 / TM-3 105° (EPSG:5897) around the corner (ORIGIN_X, ORIGIN_Y); x runs east, y north,
in metres from there.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from phusong.reach.terrain import Terrain
from phusong.vocabulary.metres import to_degrees, transform_xy
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables import TABLES
from phusong.vocabulary.tables.results import HAMLETS, POINTS

CRS = 5897
ORIGIN_X, ORIGIN_Y = 560_000.0, 2_356_000.0
CELL = 90.0
DAY = pd.Timestamp("2021-09-21")


def degrees(x_m, y_m):
    """Longitude and latitude of a spot of the world."""
    lon, lat = transform_xy(
        np.atleast_1d(x_m) + ORIGIN_X, np.atleast_1d(y_m) + ORIGIN_Y, source=CRS, target=4326
    )
    return lon, lat


def plain(height_m=10.0, cells=240):
    """Flat ground, 21.6 km square, with the origin in its middle."""
    half = cells * CELL / 2
    ground = np.full((cells, cells), height_m, dtype=np.float32)
    return Terrain(ground, west_m=ORIGIN_X - half, north_m=ORIGIN_Y + half, cell_m=CELL)


def ridge(at_x_m=3_000.0, height_m=300.0, width_m=270.0):
    """Flat ground with a wall from south to north across it."""
    world = plain()
    columns = np.arange(world.elevation.shape[1])
    x = world.west_m + (columns + 0.5) * CELL - ORIGIN_X
    ground = world.elevation.copy()
    ground[:, np.abs(x - at_x_m) <= width_m / 2] = height_m
    return Terrain(ground, west_m=world.west_m, north_m=world.north_m, cell_m=CELL)


def hamlets(spots, *, side_m=400.0, population=500):
    """Square hamlets around spots: name → (x, y)."""
    rows = []
    for name, (x, y) in spots.items():
        lon, lat = degrees(x, y)
        square = shapely.box(
            *(
                np.array([x, y, x, y])
                + [ORIGIN_X, ORIGIN_Y] * 2
                + np.array([-1, -1, 1, 1]) * side_m / 2
            )
        )
        rows.append(
            {
                "hamlet_id": name,
                "kind": "thôn",
                "name": name,
                "commune_code": "08914",
                "edition": "2021-01-01",
                "households": population // 4,
                "population": population,
                "location_quality": "official_polygon",
                "ground_basis": "delivered",
                "centre_lon": lon[0],
                "centre_lat": lat[0],
                "area_km2": side_m**2 / 1e6,
                "commune_found": "08914",
                "geometry": square,
            }
        )
    frame = to_degrees(gpd.GeoDataFrame(rows, geometry="geometry", crs=CRS))
    return conform_table(frame, HAMLETS)


def points(spots, *, side_m=400.0, tile_m=100.0, clusters=()):
    """Centre, clusters (steps from the centre) and ground tiles of square hamlets, weighted as in a run."""
    steps = np.arange(-side_m / 2 + tile_m / 2, side_m / 2, tile_m)
    rows = []
    whole = 0.3 + (0.5 if clusters else 0.0)
    for name, (x, y) in sorted(spots.items()):
        rows.append((name, "centre", 0.3 / whole, x, y))
        each = 0.5 / whole / max(1, len(clusters))
        rows += [(name, "cluster", each, x + dx, y + dy) for dx, dy in clusters]
        rows += [(name, "ground", 0.0, x + dx, y + dy) for dy in steps for dx in steps]
    frame = pd.DataFrame(rows, columns=["hamlet_id", "kind", "weight", "x_m", "y_m"])
    frame = frame.assign(
        x_m=frame["x_m"] + ORIGIN_X, y_m=frame["y_m"] + ORIGIN_Y, point_id=range(len(frame))
    )
    return conform_table(frame, POINTS)


def cells(masts):
    """Cells: a list of (operator, technology, band, x, y), all listed, live and 42 m high."""
    rows = []
    for number, (operator, technology, band, x, y) in enumerate(masts):
        lon, lat = degrees(x, y)
        rows.append(
            {
                "cell_id": f"C{number}",
                "site_code": f"M{number}",
                "operator": operator,
                "technology": technology,
                "band_mhz": band,
                "lon": lon[0],
                "lat": lat[0],
                "height_m": 42.0,
                "status": "live",
                "complete": True,
                "as_of": DAY,
            }
        )
    table = TABLES["accepted_cells"]
    frame = (
        pd.DataFrame(rows, columns=[c.name for c in table.columns])
        if not rows
        else pd.DataFrame(rows)
    )
    return conform_table(frame, table)
