"""The map as a program of the front end: one module that a browser fetches once and keeps.

It holds Leaflet, the same scripts as the stand-alone page, its markup and its styles, and no data.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from phusong.views.page import (
    PARTS,
    join_scripts,
    read_asset,
    read_leaflet_script,
    read_leaflet_style,
    read_main,
)

INSIDE = ("app.js", *PARTS, "start.js", "app_end.js")
STYLES = ("common.css", "app.css")
CHART = '<div class="folium-map"></div>'


@lru_cache(maxsize=1)
def read_program() -> str:
    """Return the module; it exports `show` and `close`, which take what Streamlit hands a component."""
    style = "\n".join([read_leaflet_style(), *(read_asset("page", name) for name in STYLES)])
    return "\n".join(
        [
            read_leaflet_script(),
            read_asset("page", "ink.js"),
            f"const STYLE = {json.dumps(style)};",
            f"const MAIN = {json.dumps(read_main(CHART, 'div'))};",
            f'function drawMap(place) {{\n"use strict";\n{join_scripts(INSIDE)}}}',
            read_asset("page", "bridge.js"),
        ]
    )


def name_program() -> str:
    """Return the name under which the module is fetched, which changes whenever a letter of it does."""
    return f"map-{hashlib.sha256(read_program().encode()).hexdigest()[:16]}.js"
