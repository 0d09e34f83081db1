"""How a document writes text, numbers, money, shares and dates; in Vietnamese 1.234,5 and 21/09/2021."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from phusong.views.documents.model import TENTHS, Cell, Gap, Kind, Number, Share
from phusong.views.figures import format_date, format_number
from phusong.views.labels import tell

#: Stands for a character that no document may hold; our own font has it.
MARK: Final = "□"
#: Characters that turn the direction of writing: a name must not reorder the words behind it.
_TURNING: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_BLANKS: Final = re.compile(r"[\t\n\r\v\f\x85\u2028\u2029]+")
#: Categories that can stand in no file: control, unassigned, private, surrogate.
_FORBIDDEN: Final = frozenset(("Cc", "Cn", "Co", "Cs"))


def clean_text(text: str) -> str:
    """Return text as a document may hold it: composed, on one line, in one direction, visible.

    What would break a file or turn the line round is shown as □; what nobody can see is left out.

    Parameters
    ----------
    text : anything that anybody wrote.
    """
    line = _BLANKS.sub(" ", text)
    return unicodedata.normalize("NFC", "".join(map(_show, line)))


def _show(character: str) -> str:
    """Return a character, its mark, or nothing."""
    category = unicodedata.category(character)
    if character in _TURNING or category in _FORBIDDEN:
        return MARK
    return "" if category == "Cf" else character


def write_count(value: Number, *, language: str) -> str:
    """Return a count, or why it is not shown.

    Parameters
    ----------
    value : count or gap.
    language : ``vi`` or ``en``.
    """
    return (
        tell(value, language) if isinstance(value, Gap) else format_number(value, language=language)
    )


def write_money(value: Number, *, language: str) -> str:
    """Return an amount of đồng, or why it is not shown.

    Parameters
    ----------
    value : amount [VND] or gap.
    language : ``vi`` or ``en``.
    """
    text = write_count(value, language=language)
    return text if isinstance(value, Gap) else f"{text} {'đ' if language == 'vi' else 'VND'}"


def write_percentage(share: Share, *, language: str) -> str:
    """Return a share as per cent with one decimal, halves upwards; a dash where it cannot be told.

    Parameters
    ----------
    share : part and whole.
    language : ``vi`` or ``en``.
    """
    if share.tenths is None:
        return Gap.HIDDEN.vi
    whole, tenth = divmod(share.tenths, TENTHS // 100)
    return f"{whole}{',' if language == 'vi' else '.'}{tenth}%"


def write_ratio(share: Share, *, language: str) -> str:
    """Return numerator and denominator with a stroke between them.

    Parameters
    ----------
    share : part and whole.
    language : ``vi`` or ``en``.
    """
    part, whole = share.numerator, share.denominator
    return f"{write_count(part, language=language)}/{write_count(whole, language=language)}"


def write_cell(cell: Cell | Share, kind: Kind, *, language: str, unit: bool = False) -> str:
    """Return a cell as text.

    Parameters
    ----------
    cell : what the column holds; None is an empty cell.
    kind : of the column.
    language : ``vi`` or ``en``.
    unit : whether money says that it is money; in a table the heading does.
    """
    if cell is None:
        return ""
    if isinstance(cell, Share):
        return write_percentage(cell, language=language)
    if isinstance(cell, Gap):
        return tell(cell, language)
    if isinstance(cell, date):
        return format_date(cell)
    if isinstance(cell, str):
        return clean_text(cell)
    money = unit and kind in (Kind.MONEY, Kind.VALUE)
    return (write_money if money else write_count)(cell, language=language)


def write_day(day: date, *, language: str) -> str:
    """Return a date in words, as it stands in a heading: ngày 05 tháng 02 năm 2021.

    Decree 30/2020/NĐ-CP asks for two figures where a day is less than 10 or a month is 1 or 2.

    Parameters
    ----------
    day : any day.
    language : ``vi`` or ``en``.
    """
    if language == "vi":
        month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
        return f"ngày {day.day:02d} tháng {month} năm {day.year}"
    months = (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    )  # fmt: skip
    return f"{day.day} {months[day.month - 1]} {day.year}"
