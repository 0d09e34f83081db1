"""The colours of the map: told apart by any eye, dark where a place is left out, grey where unknown.

Classes follow one ramp from pale (served) to dark (left out). No data is grey *and* hatched, so it
is never taken for a low class; modelled evidence is dotted, so it is never taken for a measurement.
A test holds every pair apart under simulated protanopia, deuteranopia and tritanopia.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from phusong.vocabulary.operators import list_further_marks, read_known
from phusong.vocabulary.options import PlannedWave
from phusong.vocabulary.terms import (
    Evidence,
    GapClass,
    OfficialGap,
    Status,
    Technology,
    Term,
)

UNKNOWN_GREY = "#b1b2b4"

GAP_CLASSES: dict[Term, str] = {
    GapClass.K1: "#faf6d7",
    GapClass.K2: "#87c590",
    GapClass.K3: "#3a94ab",
    GapClass.K4: "#275d9d",
    GapClass.K5: "#3a1c4d",
    GapClass.KU: UNKNOWN_GREY,
}

STATUSES: dict[Term, str] = {
    Status.FULL: "#e3efb4",
    Status.PARTIAL: "#3a94ab",
    Status.NONE: "#3a1c4d",
    Status.UNKNOWN: UNKNOWN_GREY,
}

OFFICIAL_GAPS: dict[Term, str] = {
    OfficialGap.WHITE: "#3a1c4d",
    OfficialGap.PARTIAL: "#3a94ab",
    OfficialGap.NONE: "#faf6d7",
    OfficialGap.UNKNOWN: UNKNOWN_GREY,
}

EVIDENCE: dict[Term, str] = {
    Evidence.MEASURED: "#4d1c00",
    Evidence.OPERATOR: "#a8480f",
    Evidence.MODELLED: "#e98f3a",
    Evidence.ASSUMED: "#fbedd0",
    Evidence.ABSENT: UNKNOWN_GREY,
}

#: When a plan connects a hamlet: the longer it waits, the darker.
WAVES: dict[Term, str] = {
    PlannedWave.NOW: "#f4f2ec",
    PlannedWave.FIRST: "#f6c667",
    PlannedWave.SECOND: "#e5793c",
    PlannedWave.THIRD: "#b0334f",
    PlannedWave.LATER: "#6d1f63",
    PlannedWave.NEVER: "#1d0f2e",
    PlannedWave.OTHERS: "#9ccbe8",
    PlannedWave.UNVERIFIED: UNKNOWN_GREY,
}


class Shape(StrEnum):
    """Name the shapes in which masts and fibre nodes are drawn, one an operator."""

    TRIANGLE = "triangle"
    SQUARE = "square"
    DIAMOND = "diamond"
    WEDGE = "wedge"
    PENTAGON = "pentagon"
    HEXAGON = "hexagon"
    OCTAGON = "octagon"
    CROSS = "cross"
    STAR = "star"


#: Colour of a measurement by technology; what is told of none of them is grey.
MEASURED: dict[Term, str] = {
    Technology.G5: "#7b3294",
    Technology.G4: "#0571b0",
    Technology.G3: "#b35806",
    Technology.G2: "#4d4d4d",
    Technology.FIBRE: "#1a7f37",
}

#: A mast that several operators share.
SHARED: tuple[str, Shape] = ("#1b1f24", Shape.STAR)

DARK_INK, LIGHT_INK = "#14202b", "#ffffff"


def ink_on(colour: str) -> str:
    """Return the ink, dark or light, that reads best on a colour.

    Parameters
    ----------
    colour : ``#rrggbb``.
    """
    dark, light = contrast_ratio(colour, DARK_INK), contrast_ratio(colour, LIGHT_INK)
    return DARK_INK if dark >= light else LIGHT_INK


def contrast_ratio(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, contrast ratio).

    Parameters
    ----------
    one, other : ``#rrggbb``.
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def read_marks() -> dict[str, tuple[str, Shape]]:
    """Return colour and shape of each known operator: the shape alone tells them apart, the colour helps."""
    known = read_known().items()
    return {key: (o.colour, Shape(o.shape)) for key, o in known if o.colour}


def mark_operators(operators: Iterable[str]) -> dict[str, tuple[str, Shape]]:
    """Return colour and shape of operators; one without stated ones takes a further mark, by its place.

    Parameters
    ----------
    operators : in their order, from `Operator.list_with`; the same list is always marked the same.
    """
    further = list_further_marks()
    marks = read_marks()
    unmarked = [str(key) for key in read_known() if str(key) not in marks]
    named = [str(name) for name in operators]
    strange = list(dict.fromkeys(n for n in (*unmarked, *named) if n not in marks))
    for place, name in enumerate(strange):
        mark = further[place % len(further)]
        marks[str(name)] = (mark.colour, Shape(mark.shape))
    return marks


def describe_palette(operators: Iterable[str] = ()) -> dict[str, Any]:
    """Return the palette as plain data for the page: per theme value, colour and ink, in order.

    Parameters
    ----------
    operators : that the page shows; the known ones are always there.
    """
    themes = {
        "class": GAP_CLASSES,
        "gap": OFFICIAL_GAPS,
        "status": STATUSES,
        "evidence": EVIDENCE,
        "plan": WAVES,
    }
    return {
        "themes": {
            name: [[str(term), colour, ink_on(colour)] for term, colour in colours.items()]
            for name, colours in themes.items()
        },
        "operators": {str(name): [c, str(s)] for name, (c, s) in mark_operators(operators).items()},
        "measured": {str(technology): colour for technology, colour in MEASURED.items()},
        "shared": [SHARED[0], str(SHARED[1])],
    }
