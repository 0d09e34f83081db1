"""The map of a province: every hamlet, every technology, every operator, in one file for any browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import folium
from branca.element import Figure

from phusong.views.labels import Label, tell
from phusong.views.map_data import Telling, tell_map
from phusong.views.page import assemble_page
from phusong.views.summary import Summary


class OfflineMap(folium.Map):
    """Be a folium map that links to nothing: the page brings its own Leaflet."""

    default_js: list[tuple[str, str]] = []
    default_css: list[tuple[str, str]] = []


def render_map(
    tables: Mapping[str, Any],
    summary: Summary,
    *,
    plan: Mapping[str, Any] | None = None,
    language: str = "vi",
) -> str:
    """Return `map.html`: one page that opens from disk and asks the network for nothing.

    Parameters
    ----------
    tables : result tables by name (`communes`, `hamlets`, `sites`, `reach`, `signal`, `measurements`,
        `gaps`, `pupil_counts_public`, `accepted_fibre_nodes`, `accepted_fibre_routes`; an absent
        one is empty), and, under `communes_by_edition`, the communes of each edition that one may choose.
    summary : as `summary.json` holds it: province, edition, date, indicators, sources.
    plan : `rollout`, `trenches` and `antennas` of a plan, and `told`, as `plan.json` holds it; None: no plan.
    language : ``vi`` or ``en``; the reader can switch.
    """
    described = tell_map(tables, summary, plan=plan, language=language)
    figure = cast(Figure, draw_map(described).get_root())
    figure.render()
    return assemble_page(
        title=f"{tell(Label.TITLE, language)} · {summary.get('province', '')}",
        language=language,
        noscript=tell(Label.NO_SCRIPT, language),
        map_html=figure.html.render(),
        map_script=figure.script.render(),
        data=described.data,
    )


def draw_map(told: Telling) -> folium.Map:
    """Return the folium map with its layers, each under its own name.

    Parameters
    ----------
    told : what the map is drawn from.
    """
    south_west, north_east = told.data["bounds"] or ([0.0, 0.0], [0.0, 0.0])
    chart = OfflineMap(
        location=[(a + b) / 2 for a, b in zip(south_west, north_east, strict=True)],
        tiles=None,
        prefer_canvas=True,
        zoom_control=False,
        attribution_control=False,
        zoom_snap=0.25,
    )
    _name_element(chart, "map", "province")
    for name, shapes in told.shapes.items():
        layer = folium.GeoJson(shapes, smooth_factor=0, control=False)
        _name_element(layer, "geo_json", name)
        layer.add_to(chart)
    return chart


def _name_element(element: Any, kind: str, name: str) -> None:
    """Give an element a lasting name, so that the same tables make the same bytes."""
    element._name, element._id = kind, name
