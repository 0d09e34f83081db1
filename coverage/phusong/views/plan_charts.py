"""Two pictures of a comparison as SVG: what each đồng connects, and what the cost hangs on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from phusong.views.axes import Drawing, Scale, pick_ticks
from phusong.views.figures import format_number
from phusong.views.labels import tell
from phusong.views.palette import GAP_CLASSES
from phusong.views.plan_labels import ChartLabel, Lever, PlanLine
from phusong.views.summary import head_lines
from phusong.vocabulary.terms import GapClass

BILLION = 1_000_000_000
#: Groups of pupils from the bottom up: what they lack, and the colour of their class.
GROUPS = {
    "nothing": (ChartLabel.NOTHING, GAP_CLASSES[GapClass.K5]),
    "dark": (ChartLabel.DARK, GAP_CLASSES[GapClass.K4]),
    "lit": (ChartLabel.LIT, GAP_CLASSES[GapClass.K2]),
}
CHEAPER, DEARER = "#3a94ab", "#b0334f"


@dataclass(frozen=True)
class Page:
    """Hold the measures of a picture [px].

    Parameters
    ----------
    wide, high : of the whole.
    left, right, top, bottom : margins around the plot.
    """

    wide: int
    high: int
    left: int
    right: int
    top: int
    bottom: int


PARETO = Page(wide=960, high=560, left=90, right=30, top=140, bottom=80)
TORNADO_ROW = 34


def draw_pareto(told: Mapping[str, Any], language: str = "vi") -> str:
    """Return what each budget connects: pupils by what they lack today, over the likely cost.

    Parameters
    ----------
    told : from `compare_plans`.
    language : ``vi`` or ``en``.
    """
    points: Sequence[Mapping[str, Any]] = told["pareto"]
    page, who = PARETO, tell(PlanLine.of(told["counted"]), language)
    drawing = _begin(page, told, tell(ChartLabel.PARETO, language, who=who), language)
    most_x = max(p["budget_vnd"] for p in points) / BILLION or 1.0
    most_y = sum(points[-1]["of"].values()) or 1
    across = Scale(0.0, most_x, page.left, page.wide - page.right)
    up = Scale(0.0, float(most_y), page.high - page.bottom, page.top)
    drawing.draw_grid(
        across,
        up,
        [format_number(t, language=language) for t in pick_ticks(up)],
        [format_number(t, language=language, decimals=1) for t in pick_ticks(across)],
    )
    spots = [across(p["budget_vnd"] / BILLION) for p in points]
    below = [0] * len(points)
    for group, (_, colour) in GROUPS.items():
        above = [b + p["connected"][group] for b, p in zip(below, points, strict=True)]
        drawing.fill_steps(spots, [up(b) for b in below], [up(a) for a in above], colour)
        below = above
    for spot, reached in zip(spots, below, strict=True):
        drawing.dot(spot, up(reached))
    _write_legend(drawing, page, points[-1], language, who)
    drawing.name_axes(
        tell(ChartLabel.BUDGET, language), tell(ChartLabel.CONNECTED, language, who=who)
    )
    return drawing.text()


def _begin(page: Page, told: Mapping[str, Any], title: str, language: str) -> Drawing:
    """Return a picture with its title, whose it is, and the warning that belongs on made-up data."""
    drawing = Drawing(page.wide, page.high, page.left, page.right, page.top, page.bottom)
    drawing.write(page.left, 30, title, size=18, bold=True)
    for line, text in enumerate(filter(None, head_lines(told, language))):
        drawing.write(page.left, 52 + 18 * line, text, size=12)
    return drawing


def _write_legend(
    drawing: Drawing, page: Page, last: Mapping[str, Any], language: str, who: str
) -> None:
    """Write what each colour is, with how many there are in all."""
    at = page.left + 16
    for row, (group, (label, colour)) in enumerate(reversed(GROUPS.items())):
        of = format_number(last["of"][group], language=language)
        drawing.swatch(
            at, page.top + 12 + 20 * row, colour, f"{tell(label, language)} ({of} {who})"
        )


def draw_sensitivity(told: Mapping[str, Any], language: str = "vi") -> str:
    """Return how much the cost of reaching everybody moves with each parameter, the strongest on top.

    Parameters
    ----------
    told : from `compare_plans`.
    language : ``vi`` or ``en``.
    """
    rows = sorted(told["sensitivity"], key=_spread, reverse=True)
    page = Page(
        wide=960, high=150 + TORNADO_ROW * len(rows) + 60, left=330, right=60, top=110, bottom=70
    )
    drawing = _begin(page, told, tell(ChartLabel.SENSITIVITY, language), language)
    costs = [cost / BILLION for row in rows for cost in row["cost_vnd"].values()] or [0.0, 1.0]
    room = (max(costs) - min(costs)) * 0.05 or 1.0
    across = Scale(min(costs) - room, max(costs) + room, page.left, page.wide - page.right)
    up = Scale(0.0, 1.0, page.high - page.bottom, page.top)
    drawing.draw_grid(
        across,
        up,
        [],
        [format_number(t, language=language, decimals=1) for t in pick_ticks(across)],
    )
    for row, lever in enumerate(rows):
        _draw_lever(drawing, across, page.top + 12 + TORNADO_ROW * row, lever, language)
    drawing.name_axes(tell(ChartLabel.WHOLE, language), "")
    return drawing.text()


def _spread(row: Mapping[str, Any]) -> tuple[int, str]:
    """Return by how much a parameter moves the cost."""
    cost = row["cost_vnd"].values()
    return max(cost) - min(cost), row["parameter"]


def _draw_lever(
    drawing: Drawing, across: Scale, top: float, lever: Mapping[str, Any], language: str
) -> None:
    """Draw one parameter's bar from the cost at its low to the cost at its high."""
    cost = {end: across(vnd / BILLION) for end, vnd in lever["cost_vnd"].items()}
    deep = TORNADO_ROW - 14
    for end, colour in (("low", CHEAPER), ("high", DEARER)):
        start, stop = sorted((cost["value"], cost[end]))
        drawing.bar(start, top, stop - start, deep, colour)
    name = tell(Lever.of(lever["parameter"]), language)
    reach = f"{_write(lever['low'], language)} – {_write(lever['high'], language)}"
    drawing.write(across.start - 12, top + 9, name, size=12, anchor="end")
    unit = "" if lever["unit"] == "1" else lever["unit"]
    money = unit.replace("VND", tell(PlanLine.VND, language))
    drawing.write(across.start - 12, top + 23, f"{reach} {money}", size=10, anchor="end")


def _write(value: float, language: str) -> str:
    """Return a parameter's value with as many decimals as it has, up to one."""
    return format_number(value, language=language, decimals=0 if float(value).is_integer() else 1)
