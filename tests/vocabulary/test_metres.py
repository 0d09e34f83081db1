"""Metres: the datum shift, the zones, and going there and back."""

import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely

from phusong.vocabulary.metres import (
    to_degrees,
    to_metres,
    transform_xy,
)


def test_vinh_yen_lies_where_the_official_box_says():
    east, north = transform_xy([105.6], [21.3], source=4326, target=5897)
    assert 532_000 < east[0] < 581_600
    assert 2_338_000 < north[0] < 2_387_400


def test_forgetting_the_datum_shift_would_move_a_house_by_about_224_metres():
    east, north = transform_xy([105.6], [21.3], source=4326, target=5897)
    bare = pyproj.Proj("+proj=tmerc +lat_0=0 +lon_0=105 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84")
    naive = bare(105.6, 21.3)
    assert np.hypot(east[0] - naive[0], north[0] - naive[1]) == pytest.approx(224, abs=3)


def test_the_zone_next_door_moves_points_by_26_kilometres():
    east, north = transform_xy([105.6], [21.3], source=4326, target=5897)
    wrong_lon, wrong_lat = transform_xy(east, north, source=9208, target=4326)
    distance = pyproj.Geod(ellps="WGS84").inv(105.6, 21.3, wrong_lon[0], wrong_lat[0])[2]
    assert distance == pytest.approx(25_900, abs=200)


def test_shapes_move_as_points_do():
    frame = gpd.GeoDataFrame(geometry=[shapely.Point(105.6, 21.3)], crs=4326)
    metres = to_metres(frame, crs=5897)
    assert metres.crs.to_epsg() == 5897
    assert (metres.geometry.x[0], metres.geometry.y[0]) == tuple(
        v[0] for v in transform_xy([105.6], [21.3], source=4326, target=5897)
    )
    assert to_degrees(metres).geometry[0].distance(shapely.Point(105.6, 21.3)) < 1e-7
