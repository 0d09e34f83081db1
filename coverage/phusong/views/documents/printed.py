"""A printed table: typed columns, shares worked out from columns beside them, totals only where asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from phusong.views.documents.values import (
    Cell,
    Gap,
    Kind,
    Number,
    Share,
    check_basis,
    check_cell,
    check_count,
)


@dataclass(frozen=True)
class Column:
    """Declare a column of a printed table.

    Parameters
    ----------
    name : how the table's author refers to it.
    label : heading.
    kind : what it holds.
    unit : stands under the heading.
    of : of a share: the columns of its numerator and its denominator, which stand in the same table.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    unit: str = ""
    of: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        if (self.kind == Kind.SHARE) != (self.of is not None):
            raise ValueError(f"column {self.name}: a share names its two columns, others name none")


@dataclass(frozen=True)
class Table:
    """Be a table that is printed.

    Parameters
    ----------
    name : short name; also of the sheet.
    title : what stands above it.
    columns : declared columns.
    rows : cells of every column but shares, which are worked out.
    total : cells of a last row, where one was asked for.
    as_of, edition : date of the data and edition of the map; shares need both.
    notes : what must be said below it.
    apart : whether its rows may never be summed, since they are of different kinds.
    numbered : whether a column counts the rows.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    as_of: date | None = None
    edition: str = ""
    notes: tuple[str, ...] = ()
    apart: bool = False
    numbered: bool = False

    def __post_init__(self) -> None:
        held = self.held
        names = [column.name for column in held]
        for column in self.columns:
            if column.of and not set(column.of) <= set(names):
                raise ValueError(f"share {column.name} needs the columns {column.of} beside it")
        if any(column.of for column in self.columns):
            check_basis(self.as_of, self.edition)
        if self.apart and self.total is not None:
            raise ValueError(f"rows of table {self.name} are of different kinds and have no total")
        for row in (*self.rows, *([self.total] if self.total is not None else [])):
            if len(row) != len(held):
                raise ValueError(f"table {self.name}: {len(row)} cells for {len(held)} columns")
            for cell, column in zip(row, held, strict=True):
                check_cell(cell, column.kind)
        self.shares()

    @property
    def held(self) -> tuple[Column, ...]:
        """Return the columns that hold cells of their own."""
        return tuple(column for column in self.columns if column.of is None)

    def shares(self) -> list[tuple[Cell | Share, ...]]:
        """Return every row, the total last, with its shares worked out.

        Raises
        ------
        ValueError
            If a part is more than its whole.
        """
        last = [self.total] if self.total is not None else []
        return [self._complete(row) for row in (*self.rows, *last)]

    def _complete(self, row: tuple[Cell, ...]) -> tuple[Cell | Share, ...]:
        known = {column.name: cell for column, cell in zip(self.held, row, strict=True)}
        return tuple(
            _divide(known[column.of[0]], known[column.of[1]]) if column.of else known[column.name]
            for column in self.columns
        )


def add_total(table: Table, *names: str, label: str) -> Table:
    """Return the table with a last row that sums the columns asked for; a gap makes a gap of the sum.

    Parameters
    ----------
    table : without a total.
    names : columns to be summed.
    label : what stands in the first column of the row.

    Raises
    ------
    ValueError
        If a column is neither a count nor an amount, or the table's rows are of different kinds.
    """
    summable = {c.name for c in table.held if c.kind in (Kind.INT, Kind.MONEY, Kind.VALUE)}
    if not set(names) <= summable:
        raise ValueError(f"only counts and amounts have totals, not {set(names) - summable}")
    sums = [
        _sum([row[at] for row in table.rows]) if column.name in names else None
        for at, column in enumerate(table.held)
    ]
    first = label if sums[0] is None else sums[0]
    return replace(table, total=(first, *sums[1:]))


def _sum(cells: list[Cell]) -> Number:
    """Return the sum of counts, or the first gap among them."""
    for cell in cells:
        if isinstance(cell, Gap):
            return cell
    return sum(cell for cell in cells if isinstance(cell, int))


def _divide(part: Cell, whole: Cell) -> Share | None:
    """Return a share, or nothing where the row has neither part nor whole."""
    if part is None and whole is None:
        return None
    for count in (part, whole):
        check_count(count)
    return Share(part, whole)  # type: ignore[arg-type]  # just checked
