"""The layers of the map: for each, the question that answers it and the properties that leave with it.

The map fetches ``/geo/<layer>`` of `LAYERS`. Whatever a question hides from somebody is not in their layer;
what a question tells beyond the properties listed here is not either.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd

from phusong.access.desk import Desk
from phusong.access.principals import Principal
from phusong.access.questions.findings import ask_gaps, ask_network, ask_places
from phusong.access.questions.plans import ask_plan
from phusong.screens.state import recall
from phusong.views.layers import draw_areas, draw_lines
from phusong.views.map import read_drawing

Asked = Callable[[Principal, Desk], pd.DataFrame]


@dataclass(frozen=True)
class Layer:
    """Declare a layer.

    Parameters
    ----------
    ask : the question, which decides who sees what of it.
    shape : ``area``, ``line`` or ``point``; points stand in columns `lon` and `lat`.
    properties : columns that leave with it; one that the question hides is left out.
    """

    ask: Asked
    shape: str
    properties: tuple[str, ...]


def _ask_hamlets(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the hamlets' ground with their class."""
    ground = ask_places(principal, desk, "hamlets")[["hamlet_id", "geometry"]]
    return ground.merge(ask_gaps(principal, desk), on="hamlet_id")


def _ask_communes(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the communes' ground."""
    return ask_places(principal, desk, "communes")


def _ask_network(table: str) -> Asked:
    """Return the question for a table of networks."""
    return lambda principal, desk: ask_network(principal, desk, table)


def _ask_trenches(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the trenches of the plan."""
    return ask_plan(principal, desk, "trenches")


#: Name → layer.
LAYERS: dict[str, Layer] = {
    "communes": Layer(_ask_communes, "area", ("commune_code", "edition", "name", "kind")),
    "hamlets": Layer(
        _ask_hamlets,
        "area",
        ("hamlet_id", "name", "kind", "commune_code", "class", "cause", "location_quality"),
    ),
    "sites": Layer(
        _ask_network("sites"), "point", ("site_id", "operators", "technologies", "height_m")
    ),
    "fibre_nodes": Layer(
        _ask_network("accepted_fibre_nodes"), "point", ("node_id", "operator", "kind", "status")
    ),
    "fibre_routes": Layer(
        _ask_network("accepted_fibre_routes"), "line", ("route_id", "operator", "medium", "status")
    ),
    "trenches": Layer(
        _ask_trenches, "line", ("trench_id", "operator", "wave", "medium", "length_m")
    ),
}


def build_layer(principal: Principal, desk: Desk, name: str) -> bytes:
    """Return a layer as gzipped GeoJSON, as somebody may see it; drawn once for a scope and a run.

    Parameters
    ----------
    principal, desk : who asks, and where.
    name : a key of `LAYERS`.

    Raises
    ------
    KeyError
        If there is no such layer.
    NotAllowed
        If the role sees nothing of it.
    """
    if name not in LAYERS:
        raise KeyError(name)
    return recall(principal, desk, _draw, name)


def _draw(principal: Principal, desk: Desk, name: str) -> bytes:
    """Draw a layer."""
    layer = LAYERS[name]
    frame = layer.ask(principal, desk).reset_index(drop=True)
    shapes = _draw_shapes(layer.shape, frame)
    told = frame[[c for c in layer.properties if c in frame]]
    rows = json.loads(told.to_json(orient="records", force_ascii=False))
    for feature in shapes["features"]:
        feature["properties"] = rows[feature["properties"]["i"]]
    text = json.dumps(shapes, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)


def _draw_shapes(shape: str, frame: pd.DataFrame) -> dict[str, Any]:
    """Return the shapes of a table's rows as GeoJSON, each with its row's number."""
    drawing = read_drawing()
    decimals = drawing["coordinate_decimals"]["value"]
    if shape == "point":
        return _draw_points(frame, decimals)
    draw = draw_areas if shape == "area" else draw_lines
    ground = gpd.GeoDataFrame(frame, geometry="geometry", crs="EPSG:4326")
    return draw(ground, tolerance_m=drawing["simplify_tolerance_m"]["value"], decimals=decimals)


def _draw_points(frame: pd.DataFrame, decimals: int) -> dict[str, Any]:
    """Return points as GeoJSON; a row without a place is left out."""
    placed = frame[frame["lon"].notna() & frame["lat"].notna()]
    features = [
        {
            "type": "Feature",
            "properties": {"i": int(row)},
            "geometry": {
                "type": "Point",
                "coordinates": [round(float(lon), decimals), round(float(lat), decimals)],
            },
        }
        for row, lon, lat in zip(placed.index, placed["lon"], placed["lat"], strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}
