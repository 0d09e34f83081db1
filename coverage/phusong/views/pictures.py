"""Pictures for a notebook: bars, a map, two curves; SVG that needs no drawing library to be seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from phusong.views.axes import INK, SOFT, Drawing, Scale, pick_ticks
from phusong.views.figures import format_number

ROW = 30
MARGIN = 24
DOT = 4.0


@dataclass(frozen=True)
class Picture:
    """Be a picture that a notebook shows and a file can hold.

    Parameters
    ----------
    svg : SVG 1.1.
    """

    svg: str

    def _repr_svg_(self) -> str:
        """Return what a notebook shows."""
        return self.svg

    def save(self, path: Path | str) -> Path:
        """Write the picture, and return where.

        Parameters
        ----------
        path : of the file, ending in ``.svg``.
        """
        place = Path(path)
        place.write_text(self.svg, encoding="utf-8")
        return place


@dataclass(frozen=True, eq=False)
class Layer:
    """Be one layer of a map: shapes of one colour under one line of the legend.

    Parameters
    ----------
    shapes : points, lines or polygons; all layers of a map in one metric system.
    colour : such as ``#3a94ab``.
    label : what the legend says; empty: nothing.
    filled : whether polygons are filled.
    """

    shapes: gpd.GeoSeries
    colour: str
    label: str = ""
    filled: bool = True


class Board(Drawing):
    """Draw shapes beside what every chart can."""

    def line(self, xy: np.ndarray, colour: str, *, wide: float = 1) -> None:
        """Draw a line through places [n, 2] [px]."""
        self._add("polyline", points=_say(xy), fill="none", stroke=colour, stroke_width=wide)

    def area(self, xy: np.ndarray, colour: str, *, filled: bool) -> None:
        """Draw a polygon [n, 2] [px]."""
        fill = colour if filled else "none"
        edge = SOFT if filled else colour
        self._add("polygon", points=_say(xy), fill=fill, stroke=edge, stroke_width=0.6)

    def spot(self, x: float, y: float, colour: str) -> None:
        """Draw a coloured dot."""
        self._add("circle", cx=x, cy=y, r=DOT, fill=colour, stroke=INK, stroke_width=0.6)


def _say(xy: np.ndarray) -> str:
    """Return places as SVG writes them."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in xy)


def draw_bars(
    table: pd.DataFrame, *, title: str, colours: Mapping[str, str], unit: str, language: str = "en"
) -> Picture:
    """Return stacked bars, one a row of a table.

    Parameters
    ----------
    table : the index names the bars; each column is a part of them, ≥ 0.
    title : above the picture.
    colours : of the columns.
    unit : of the numbers.
    language : whose separators the numbers have, ``vi`` or ``en``.
    """
    left = 40 + 8 * max(len(str(name)) for name in table.index)
    high = 120 + ROW * len(table) + 24 * len(table.columns)
    board = Board(860, high, left, 40, 60, high - 60 - ROW * len(table))
    board.write(MARGIN, 32, title, size=16, bold=True)
    most = float(table.sum(axis=1).max()) or 1.0
    across, up = Scale(0.0, most, board.left, board.right), Scale(0.0, 1.0, board.bottom, board.top)
    ticks = [
        format_number(t, language=language, decimals=_digits(most)) for t in pick_ticks(across)
    ]
    board.draw_grid(across, up, [], ticks)
    for at, (name, row) in enumerate(table.iterrows()):
        y, start = board.top + ROW * at + 6, 0.0
        board.write(board.left - 8, y + 13, str(name), size=12, anchor="end")
        for column, value in row.items():
            wide = across(start + value) - across(start)
            board.bar(across(start), y, wide, ROW - 12, colours[str(column)])
            start += value
    board.write((board.left + board.right) / 2, board.bottom + 38, unit, size=12, anchor="middle")
    for at, column in enumerate(table.columns):
        board.swatch(board.left, board.bottom + 50 + 22 * at, colours[str(column)], str(column))
    return Picture(board.text())


def _digits(most: float) -> int:
    """Return how many decimals the numbers of an axis need."""
    return 0 if most > 6 else 2


def draw_map(layers: Sequence[Layer], *, title: str) -> Picture:
    """Return layers on one map, the first at the bottom, with a legend and a scale bar.

    Parameters
    ----------
    layers : all in one metric system.
    title : above the picture.

    Raises
    ------
    ValueError
        If a layer is in degrees, or the layers are in several systems.
    """
    systems = {str(layer.shapes.crs) for layer in layers}
    if len(systems) != 1 or layers[0].shapes.crs is None or layers[0].shapes.crs.is_geographic:
        raise ValueError("a map is drawn in one metric system: bring every layer to it with to_crs")
    bounds = np.array([layer.shapes.total_bounds for layer in layers if len(layer.shapes)])
    west, south = np.nanmin(bounds[:, :2], axis=0)
    east, north = np.nanmax(bounds[:, 2:], axis=0)
    room = 600.0
    scale = room / max(east - west, north - south, 1.0)
    wide, high = (east - west) * scale, (north - south) * scale
    board = Board(int(wide + 320), int(max(high, 24.0 * len(layers)) + 120), 24, 296, 60, 60)
    board.write(MARGIN, 32, title, size=16, bold=True)
    for layer in layers:
        for shape in layer.shapes[layer.shapes.notna()].explode().to_numpy():
            xy = shapely.get_coordinates(shape)
            places = np.column_stack(
                [24 + (xy[:, 0] - west) * scale, 60 + (north - xy[:, 1]) * scale]
            )
            _draw_shape(board, shape, places, layer)
    named = [layer for layer in layers if layer.label]
    for at, layer in enumerate(named):
        board.swatch(wide + 48, 66 + 24 * at, layer.colour, layer.label)
    _draw_length(board, scale, 60 + high + 24)
    return Picture(board.text())


def _draw_shape(board: Board, shape: shapely.Geometry, xy: np.ndarray, layer: Layer) -> None:
    """Draw one shape by what it is; of a polygon its outer line."""
    if shape.geom_type == "Point":
        board.spot(float(xy[0, 0]), float(xy[0, 1]), layer.colour)
    elif shape.geom_type == "Polygon":
        outer = len(shape.exterior.coords)
        board.area(xy[:outer], layer.colour, filled=layer.filled)
    else:
        board.line(xy, layer.colour, wide=2)


def _draw_length(board: Board, scale: float, y: float) -> None:
    """Draw a bar of a round length in kilometres."""
    km = next(k for k in (50, 20, 10, 5, 2, 1, 0.5, 0.1) if k * 1000 * scale < 220 or k == 0.1)
    board.line(np.array([[24.0, y], [24.0 + km * 1000 * scale, y]]), INK, wide=3)
    board.write(24 + km * 1000 * scale + 8, y + 4, f"{km} km", size=12)


def draw_curves(
    curves: Mapping[str, pd.Series], *, title: str, across: str, up: str, colours: Mapping[str, str]
) -> Picture:
    """Return curves over one axis, with dots at their values.

    Parameters
    ----------
    curves : name → values, whose index is where they stand across.
    title, across, up : above the picture, and along its sides.
    colours : of the curves.
    """
    x = np.concatenate([np.asarray(c.index, float) for c in curves.values()])
    y = np.concatenate([c.to_numpy(float) for c in curves.values()])
    board = Board(860, 460 + 22 * len(curves), 80, 40, 80, 80 + 22 * len(curves))
    board.write(MARGIN, 32, title, size=16, bold=True)
    right = Scale(min(0.0, x.min()), x.max() or 1.0, board.left, board.right)
    high = Scale(min(0.0, y.min()), y.max() or 1.0, board.bottom, board.top)
    rows = [format_number(t, language="en", decimals=_digits(y.max())) for t in pick_ticks(high)]
    columns = [
        format_number(t, language="en", decimals=_digits(x.max())) for t in pick_ticks(right)
    ]
    board.draw_grid(right, high, rows, columns)
    for at, (name, values) in enumerate(curves.items()):
        places = [(right(float(p)), high(float(v))) for p, v in values.items()]
        board.line(np.array(places), colours[name], wide=2)
        for px, py in places:
            board.spot(px, py, colours[name])
        board.swatch(board.left, board.bottom + 56 + 22 * at, colours[name], name)
    board.write((board.left + board.right) / 2, board.bottom + 40, across, size=13, anchor="middle")
    board.write(board.left, board.top - 12, up, size=13)
    return Picture(board.text())
