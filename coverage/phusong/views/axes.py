"""A small drawing board for charts: scales, ticks, steps, bars and text, written as SVG 1.1."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

INK, SOFT, GRID = "#14202b", "#4b5563", "#d5dae0"
FONT = "system-ui, 'Noto Sans', 'Segoe UI', sans-serif"
#: About how many ticks an axis has.
TICKS = 6


@dataclass(frozen=True)
class Scale:
    """Map a value to a place on the page.

    Parameters
    ----------
    low, high : values at the ends.
    start, stop : places of the ends [px].
    """

    low: float
    high: float
    start: float
    stop: float

    def __call__(self, value: float) -> float:
        """Return the place of a value [px]."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.stop - self.start)


def pick_ticks(scale: Scale) -> list[float]:
    """Return round values along a scale: steps of 1, 2 or 5 times a power of ten."""
    rough = (scale.high - scale.low) / TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(s * power for s in (1, 2, 5, 10) if s * power >= rough)
    first = math.ceil(scale.low / step)
    return [step * n for n in range(first, math.floor(scale.high / step + 1e-9) + 1)]


class Drawing:
    """Gather the parts of a picture.

    Parameters
    ----------
    wide, high : of the whole [px].
    left, right, top, bottom : margins around the plot [px].
    """

    def __init__(self, wide: int, high: int, left: int, right: int, top: int, bottom: int) -> None:
        self.left, self.right = left, wide - right
        self.top, self.bottom, self.high = top, high - bottom, high
        self.root = ElementTree.Element(
            "svg",
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {wide} {high}",
            width=str(wide),
            height=str(high),
        )
        style = {"font-family": FONT, "fill": INK}
        self.root.attrib.update(style)
        self._add("rect", width=wide, height=high, fill="#ffffff")

    def _add(self, tag: str, **attributes: float | str) -> ElementTree.Element:
        """Add an element; an underscore in a name stands for a hyphen."""
        plain = {
            k.replace("_", "-"): f"{v:.2f}".rstrip("0").rstrip(".")
            if isinstance(v, float)
            else str(v)
            for k, v in attributes.items()
        }
        return ElementTree.SubElement(self.root, tag, plain)

    def write(
        self, x: float, y: float, text: str, *, size: int, bold: bool = False, anchor: str = "start"
    ) -> None:
        """Write a line of text.

        Parameters
        ----------
        x, y : where its base line starts, or ends [px].
        text : what to write.
        size : of the letters [px].
        bold : whether it is a title.
        anchor : ``start``, ``middle`` or ``end``.
        """
        weight = "600" if bold else "400"
        at = self._add("text", x=x, y=y, font_size=size, font_weight=weight, text_anchor=anchor)
        at.text = text

    def draw_grid(
        self, across: Scale, up: Scale, rows: Sequence[str], columns: Sequence[str]
    ) -> None:
        """Draw the grid with what is written at each tick; a side without text has no lines.

        Parameters
        ----------
        across, up : scales.
        rows, columns : text of the ticks of `up` and `across`, as `pick_ticks` orders them.
        """
        for text, tick in zip(rows, pick_ticks(up), strict=False):
            y = up(tick)
            self._add("line", x1=self.left, x2=self.right, y1=y, y2=y, stroke=GRID)
            self.write(self.left - 8, y + 4, text, size=12, anchor="end")
        for text, tick in zip(columns, pick_ticks(across), strict=False):
            x = across(tick)
            self._add("line", x1=x, x2=x, y1=self.top, y2=self.bottom, stroke=GRID)
            self.write(x, self.bottom + 18, text, size=12, anchor="middle")

    def name_axes(self, across: str, up: str) -> None:
        """Write what the axes mean."""
        middle = (self.left + self.right) / 2
        self.write(middle, self.high - 24, across, size=13, anchor="middle")
        if up:
            self.write(self.left, self.top - 12, up, size=13)

    def fill_steps(
        self, x: Sequence[float], low: Sequence[float], high: Sequence[float], colour: str
    ) -> None:
        """Fill between two lines of steps: a value holds until the next one is reached."""
        upper = _step(x, high)
        lower = _step(x, low)[::-1]
        text = " ".join(f"{a:.1f},{b:.1f}" for a, b in upper + lower)
        self._add("polygon", points=text, fill=colour, stroke="#ffffff", stroke_width=0.5)

    def dot(self, x: float, y: float) -> None:
        """Draw a dot."""
        self._add("circle", cx=x, cy=y, r=3.5, fill=INK, stroke="#ffffff")

    def bar(self, x: float, y: float, wide: float, deep: float, colour: str) -> None:
        """Draw a bar."""
        self._add("rect", x=x, y=y, width=wide, height=deep, fill=colour)

    def swatch(self, x: float, y: float, colour: str, text: str) -> None:
        """Draw a line of a legend."""
        self._add("rect", x=x, y=y, width=14, height=14, fill=colour, stroke=SOFT)
        self.write(x + 22, y + 12, text, size=12)

    def text(self) -> str:
        """Return the picture as SVG."""
        return ElementTree.tostring(self.root, encoding="unicode") + "\n"


def _step(x: Sequence[float], y: Sequence[float]) -> list[tuple[float, float]]:
    """Return the corners of a line of steps."""
    corners = [(x[0], y[0])]
    for i in range(1, len(x)):
        corners += [(x[i], y[i - 1]), (x[i], y[i])]
    return corners
