"""What stands in a document: counts and money that may be hidden or not known, shares, dates, texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from phusong.vocabulary.terms import Edition, Term

#: Tenths of a per cent in a whole: a percentage is written with one decimal.
TENTHS: Final = 1000


class Gap(Term):
    """Say why a number is not shown; neither is a zero."""

    HIDDEN = "hidden", "–", "–"
    UNKNOWN = "unknown", "chưa rõ", "not known"


class Kind(Term):
    """Say what a column holds; money received and value in kind are two kinds, never one."""

    TEXT = "text", "chữ", "text"
    INT = "int", "số", "count"
    SHARE = "share", "tỷ lệ", "share"
    MONEY = "money", "tiền", "money"
    VALUE = "value", "giá trị hiện vật ước tính", "estimated value in kind"
    DATE = "date", "ngày", "date"


Number = int | Gap
Cell = str | int | date | Gap | None


@dataclass(frozen=True)
class Share:
    """Be a part of a whole: the only way to a percentage.

    Parameters
    ----------
    numerator, denominator : counts of the same things; a gap where one is hidden or not known.

    Raises
    ------
    TypeError
        If either is missing or no whole number.
    ValueError
        If either is negative, or the part is more than the whole.
    """

    numerator: Number
    denominator: Number

    def __post_init__(self) -> None:
        for count in (self.numerator, self.denominator):
            check_count(count)
        if isinstance(self.numerator, Gap) or isinstance(self.denominator, Gap):
            return
        if self.numerator > self.denominator:
            raise ValueError(f"{self.numerator} of {self.denominator} is more than the whole")

    @property
    def tenths(self) -> int | None:
        """Return the share in tenths of a per cent, halves upwards; None where it cannot be told."""
        part, whole = self.numerator, self.denominator
        if isinstance(part, Gap) or isinstance(whole, Gap) or whole == 0:
            return None
        return (2 * TENTHS * part + whole) // (2 * whole)


def check_count(count: object) -> None:
    """Refuse what is no count and no gap."""
    if isinstance(count, Gap):
        return
    if isinstance(count, bool) or not isinstance(count, int):
        raise TypeError(f"{count!r} is no count")
    if count < 0:
        raise ValueError(f"{count} is less than nothing")


def check_basis(as_of: date | None, edition: str) -> None:
    """Refuse a figure without a date, or without an edition of the administrative map."""
    if not isinstance(as_of, date):
        raise TypeError("a figure needs the date of its data")
    Edition.of(edition)


def check_cell(cell: object, kind: Kind) -> None:
    """Refuse a cell that is not what its column holds."""
    if cell is None or isinstance(cell, Gap):
        return
    wanted = {Kind.TEXT: str, Kind.DATE: date}.get(kind, int)
    if isinstance(cell, bool) or not isinstance(cell, wanted):
        raise TypeError(f"{cell!r} is no {kind}")
