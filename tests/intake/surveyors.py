"""What surveyors would hand in: small layers on true ground, and the door that they go through."""

import json

import geopandas as gpd
import numpy as np
import pyogrio
import shapely

from phusong.vocabulary.metres import transform_xy

METRES = 5897
#: Đạo Trù in Tam Đảo and Tích Sơn in Vĩnh Yên: code, name, middle.
HOMES = (("08914", "Xã Đạo Trù", 105.562, 21.523), ("08707", "Phường Tích Sơn", 105.581, 21.312))


def metres(lon, lat):
    x, y = transform_xy(lon, lat, source=4326, target=METRES)
    return float(x), float(y)


def square(lon, lat, half_m=500.0):
    """A square around a spot, in the metres of Vĩnh Phúc."""
    x, y = metres(lon, lat)
    return shapely.box(x - half_m, y - half_m, x + half_m, y + half_m)


def homes(**columns):
    """Two communes as squares where they lie."""
    codes, names, lons, lats = zip(*HOMES, strict=True)
    shapes = [square(lon, lat) for lon, lat in zip(lons, lats, strict=True)]
    return gpd.GeoDataFrame(
        {"MA_XA": list(codes), "TEN_XA": list(names)} | columns, geometry=shapes, crs=METRES
    )


def turned(frame):
    """The same layer with its axes exchanged."""
    shapes = shapely.transform(frame.geometry.to_numpy(), lambda xy: xy[:, ::-1])
    return frame.set_geometry(shapes, crs=frame.crs)


def write_shapefile(path, frame, *, encoding="UTF-8", without=()):
    """A shapefile whose text is in an encoding, without some of its parts."""
    pyogrio.write_dataframe(frame, path, driver="ESRI Shapefile", encoding=encoding)
    for ending in without:
        path.with_suffix(ending).unlink()
    return path


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def write_json(path, features, **members):
    """A GeoJSON collection, word by word."""
    path.write_text(
        json.dumps({"type": "FeatureCollection", **members, "features": features}), "utf-8"
    )
    return path


def line(*spots):
    return {"type": "LineString", "coordinates": [list(s) for s in spots]}


def polygon(shape):
    return json.loads(shapely.to_geojson(shape))


def box_of(frame):
    return np.asarray(frame.total_bounds)
