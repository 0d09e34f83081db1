"""What the province of a summary is: a province or a city under the central government."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from phusong.places.registers import read_register
from phusong.views.labels import Label, tell
from phusong.vocabulary.terms import UnitKind


def label_area(summary: Mapping[str, Any]) -> Label:
    """Return the label of the kind of a province, by the packaged register; of an unknown one, a province.

    Parameters
    ----------
    summary : code and edition, as `summary.json` and `plan.json` hold them.
    """
    register, code = read_register(), str(summary.get("code", ""))
    if not register.holds(code):
        return Label.PROVINCE
    edition = str(summary.get("edition", ""))
    row = register.describe(code, edition if edition in register.days else None)
    return Label.CITY if row["kind"] == str(UnitKind.CITY) else Label.PROVINCE


def name_area(summary: Mapping[str, Any], language: str) -> str:
    """Return the province with its kind.

    Parameters
    ----------
    summary : province, code and edition.
    language : ``vi`` or ``en``.
    """
    return tell(label_area(summary), language, name=summary.get("province", ""))
