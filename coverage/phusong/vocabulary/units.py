"""Units as people read them: how each language writes them, and when a heading needs them."""

from __future__ import annotations

from phusong.vocabulary.schema import Column

#: Unit → (Vietnamese, English); those not named are written alike in every language.
UNITS = {
    "VND": ("đồng", "VND"),
    "pupils": ("học sinh", "pupils"),
    "persons": ("người", "persons"),
    "households": ("hộ", "households"),
    "ports": ("cổng", "ports"),
    "devices": ("máy", "devices"),
    "packages": ("gói", "packages"),
    "pieces": ("chiếc", "pieces"),
    "schools": ("trường", "schools"),
    "records": ("hồ sơ", "records"),
    "months": ("tháng", "months"),
    "GB/day": ("GB/ngày", "GB a day"),
    "d": ("ngày", "days"),
    "in": ("inch", "inch"),
    "°": ("độ thập phân", "decimal degrees"),
}
#: Units that a heading need not repeat, since its words say what is counted; and of what is no amount.
TOLD = (
    "", "1", "as counted", "pupils", "persons", "households", "ports", "devices", "packages", "pieces",
    "schools", "records", "cells", "samples",
)  # fmt: skip


def name_unit(unit: str, language: str) -> str:
    """Return how a language writes a unit.

    Parameters
    ----------
    unit : as tables declare it.
    language : ``vi`` or ``en``.
    """
    vi, en = UNITS.get(unit, (unit, unit))
    return vi if language == "vi" else en


def write_heading(column: Column, language: str) -> str:
    """Return a column's label, with its unit where the label does not tell it.

    Parameters
    ----------
    column : of a declared table.
    language : ``vi`` or ``en``.
    """
    label = column.vi if language == "vi" else column.en
    return label if column.unit in TOLD else f"{label} ({name_unit(column.unit, language)})"
