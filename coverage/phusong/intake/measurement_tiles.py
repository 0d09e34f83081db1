"""Give measurements that were summed up over a tile of the map the middle of it as their position."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import shapely

from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable
from phusong.intake.numbers import show_number

_QUADKEY = re.compile(r"[0-3]{1,23}")
#: Columns that are added for the middle of a tile, where the file has none for a position.
MIDDLE = {"lon": "lon (tile)", "lat": "lat (tile)"}

Middle = tuple[float, float] | None


def place_tiles(table: MatchedTable, findings: Findings) -> MatchedTable:
    """Return the table with a position for each tile; one that states positions is returned as it is.

    Parameters
    ----------
    table : the raw table, matched; ``tile`` holds outlines as WKT, ``quadkey`` the keys of tiles.
    findings : notebook of this reading.
    """
    name = next((n for n in ("tile", "quadkey") if table.has(n)), "")
    stated = table.has("lon", "lat") or table.has("position") or table.raw.geometry is not None
    if not name or stated:
        return table
    cells = table.cells(name)
    find = find_outline_middle if name == "tile" else find_tile_middle
    known = {text: find(text) for text in cells.unique()}
    shown = cells.map(lambda t: _write_middle(known[t]))
    read = shown != ""
    findings.fix("tile_to_point", table.heading(name), cells[read], shown[read])
    frame = table.raw.frame.copy()
    for at, column in enumerate(MIDDLE.values()):
        frame[column] = [_write_coordinate(known[text], at, text) for text in cells]
    return MatchedTable(replace(table.raw, frame=frame), table.headings | MIDDLE, table.used)


def find_outline_middle(text: str) -> Middle:
    """Return the middle of an outline [°], or None where the text is none.

    Parameters
    ----------
    text : WKT in longitude and latitude.
    """
    shape = shapely.from_wkt(text, on_invalid="ignore")
    if shape is None or shape.is_empty:
        return None
    middle = shape.centroid
    return (middle.x, middle.y) if math.isfinite(middle.x) and math.isfinite(middle.y) else None


def find_tile_middle(key: str) -> Middle:
    """Return the middle of a tile of the web's map [°], or None where the key is none.

    Each digit halves the tile before it: 1 and 3 lie east, 2 and 3 lie south.

    Parameters
    ----------
    key : quadkey, of digits 0 to 3.
    """
    if not _QUADKEY.fullmatch(key):
        return None
    x = int("".join(str(int(d) & 1) for d in key), 2)
    y = int("".join(str(int(d) >> 1) for d in key), 2)
    size = 2 ** len(key)
    lat = math.atan(math.sinh(math.pi * (1 - 2 * (y + 0.5) / size)))
    return (x + 0.5) / size * 360 - 180, math.degrees(lat)


def _write_middle(middle: Middle) -> str:
    """Return a middle as text, longitude first; nothing where there is none."""
    return f"{middle[0]:.5f}, {middle[1]:.5f}" if middle else ""


def _write_coordinate(middle: Middle, at: int, text: str) -> str:
    """Return one coordinate as text; what is no tile as it stands, so that it is told of."""
    return show_number(middle[at]) if middle else text
