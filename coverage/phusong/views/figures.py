"""Numbers and dates as an official writes them: 1.234,5 and 21/09/2021; in English 1,234.5."""

from __future__ import annotations

import math
from datetime import date
from typing import Any


def format_number(value: float, *, language: str, decimals: int = 0) -> str:
    """Return a number with the separators of the language.

    Parameters
    ----------
    value : any finite number.
    language : ``vi`` or ``en``.
    decimals : digits after the decimal sign.
    """
    text = f"{value:,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "vi" else text


def format_share(share: float | None, *, language: str) -> str:
    """Return a share in 0 to 1 as per cent with one decimal, or a dash where there is none."""
    if share is None or math.isnan(share):
        return "–"
    return format_number(100 * share, language=language, decimals=1) + "%"


def format_date(value: Any) -> str:
    """Return a date, or an ISO text of one, as dd/mm/yyyy; nothing where there is none.

    Raises
    ------
    ValueError
        If a text is no ISO date.
    """
    if value is None or value == "":
        return ""
    day = value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
    return day.strftime("%d/%m/%Y")
