"""The peer's page: the hamlets and sites of a run on a folium map, run by Streamlit."""

import sys
from pathlib import Path

import folium
import streamlit as st
from streamlit_folium import st_folium

from phusong.store import read_table
from phusong.views.layers import draw_areas

VENDOR = "/app/static/"
COLOURS = {"FULL": "#f4f2ec", "PARTIAL": "#3a95b0", "NONE": "#3a1a52", "UNKNOWN": "#8a8f96"}
CLASSES = {"K1": "#fbf3d9", "K2": "#85c690", "K3": "#3a95b0", "K4": "#2a5aa5", "K5": "#3a1a52"}

folium.Map.default_js = [("leaflet", VENDOR + "leaflet.js")]
folium.Map.default_css = [("leaflet_css", VENDOR + "leaflet.css")]


@st.cache_data
def read_shapes(folder):
    """Return hamlets as GeoJSON with name, class and 4G, and the places of sites."""
    hamlets, gaps = read_table(folder, "hamlets"), read_table(folder, "gaps")
    told = hamlets.merge(gaps[["hamlet_id", "class", "mobile_4g"]], on="hamlet_id")
    shapes = draw_areas(hamlets, tolerance_m=30.0, decimals=5)
    for feature in shapes["features"]:
        row = told.iloc[feature["properties"]["i"]]
        feature["properties"] = {
            n: str(row[n]) for n in ("hamlet_id", "name", "class", "mobile_4g")
        }
    sites = read_table(folder, "sites")[["lon", "lat"]].dropna()
    marks = [
        {
            "type": "Feature",
            "properties": {},
            "geometry": {"type": "Point", "coordinates": [round(x, 5), round(y, 5)]},
        }
        for x, y in sites.to_numpy()
    ]
    return shapes, {"type": "FeatureCollection", "features": marks}


shapes, marks = read_shapes(Path(sys.argv[1]))
theme = st.radio("colour", ["class", "4G"])
chart = folium.Map(location=[21.35, 105.55], zoom_start=11, tiles=None, prefer_canvas=True)
group = folium.FeatureGroup("hamlets")
name, colours = ("class", CLASSES) if theme == "class" else ("mobile_4g", COLOURS)
folium.GeoJson(
    shapes,
    style_function=lambda f: {
        "fillColor": colours.get(f["properties"][name], "#8a8f96"),
        "weight": 0.6,
        "fillOpacity": 1,
    },
    tooltip=folium.GeoJsonTooltip(["name", "class"]),
).add_to(group)
folium.GeoJson(marks, marker=folium.CircleMarker(radius=3, weight=1)).add_to(group)
answer = st_folium(
    chart,
    feature_group_to_add=group,
    returned_objects=["last_active_drawing"],
    height=640,
    width=900,
)
if answer["last_active_drawing"]:
    st.write("chosen:", answer["last_active_drawing"]["properties"])
st.write(f"shown: {theme}")
