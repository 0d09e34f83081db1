"""The surveyors and the road office: a tile of heights, and the roads."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import rasterio
from rasterio.transform import from_origin

from phusong.simulate.offices.sheets import WARNING_TITLE
from phusong.simulate.offices.writing import write_layers
from phusong.simulate.relief import STEP_DEG, Relief

ROADS_FILE = "mo_phong_duong.gpkg"
TERRAIN_FILE = "mo_phong_dia_hinh.tif"

#: What radar tiles write where they saw nothing.
NODATA = -32768


def write_terrain(relief: Relief, path: Path) -> Path:
    """Write the tile of heights, with its voids, as a GeoTIFF in EPSG:4326."""
    heights = np.where(relief.void, NODATA, relief.elevation).astype(np.int16)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=heights.shape[1],
        height=heights.shape[0],
        count=1,
        dtype="int16",
        crs="EPSG:4326",
        transform=from_origin(relief.west_deg, relief.north_deg, STEP_DEG, STEP_DEG),
        nodata=NODATA,
        compress="deflate",
        predictor=2,
    ) as tile:
        tile.write(heights, 1)
        tile.update_tags(DESCRIPTION=WARNING_TITLE, SOURCE="Dữ liệu mô phỏng")
    return path


def draw_roads(roads: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the roads under the headings of the road office."""
    columns = {"name": "ten", "road_class": "cap_duong", "surface": "mat_duong"}
    return roads.rename(columns=columns)[[*columns.values(), "geometry"]]


def deliver_works(roads: gpd.GeoDataFrame, relief: Relief, folder: Path, *, day: date) -> None:
    """Write the files of the two offices as of a day."""
    write_layers({"duong": draw_roads(roads)}, folder / ROADS_FILE, day=day)
    write_terrain(relief, folder / TERRAIN_FILE)
