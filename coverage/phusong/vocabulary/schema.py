"""A table as data: its columns, units, labels and bounds, from which everything else is made.

The pandera schema that checks a table, the data dictionary, the headings that a clerk may use and
the labels on a page all come from the same declaration, so they cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import geopandas as gpd
import pandas as pd
import pandera.pandas as pa

from phusong.vocabulary.editions import EDITION_DAY
from phusong.vocabulary.errors import TableFault
from phusong.vocabulary.terms import Edition, Operator, Term

WGS84 = "EPSG:4326"

#: What a column may hold, and the pandas type that carries it (nullable first).
DTYPES = {
    "text": ("str", "str"),
    "int": ("Int64", "int64"),
    "float": ("float64", "float64"),
    "bool": ("boolean", "bool"),
    "date": ("datetime64[us]", "datetime64[us]"),
}


@dataclass(frozen=True)
class Column:
    """Declare a column: what it is called, holds, and may be.

    Parameters
    ----------
    name : snake case, with its unit as a suffix where it has one.
    holds : ``text``, ``int``, ``float``, ``bool`` or ``date``.
    vi, en : labels.
    unit : unit in square-bracket notation, such as ``m`` or ``dBm``.
    terms : the list that the text comes from; of operators it is open.
    nullable : whether it may be empty.
    ge, le : inclusive bounds.
    note : what the label cannot say, in English.
    """

    name: str
    holds: str
    vi: str
    en: str
    unit: str = ""
    terms: type[Term] | type[Edition] | type[Operator] | None = None
    nullable: bool = False
    ge: float | None = None
    le: float | None = None
    note: str = ""

    @property
    def dtype(self) -> str:
        """Return the pandas type that carries the column."""
        nullable, strict = DTYPES[self.holds]
        return nullable if self.nullable else strict


@dataclass(frozen=True)
class Table:
    """Declare a table: its key, its columns, its geometry if it has one.

    Parameters
    ----------
    name : name of the table and of its file.
    key : columns that together identify a row.
    vi, en : labels.
    columns : the declared columns, in order; others may stand beside them.
    geometry : ``point``, ``line``, ``polygon``, ``any`` or empty.
    geometry_nullable : whether a row may lack its geometry.
    """

    name: str
    key: tuple[str, ...]
    vi: str
    en: str
    columns: tuple[Column, ...]
    geometry: str = ""
    geometry_nullable: bool = False

    @property
    def names(self) -> list[str]:
        """Return the column names in order, geometry last."""
        return [c.name for c in self.columns] + (["geometry"] if self.geometry else [])

    def column(self, name: str) -> Column:
        """Return the declaration of one column.

        Raises
        ------
        KeyError
            If the table declares no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"table {self.name} declares no column {name}")


def empty_table(table: Table) -> pd.DataFrame:
    """Return the table with no rows and every column typed."""
    frame = pd.DataFrame({c.name: pd.Series(dtype=c.dtype) for c in table.columns})
    if table.geometry:
        return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries([], crs=WGS84))
    return frame


def conform_table(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return the frame with the declared columns first, typed as declared, and checked.

    Columns that the frame lacks are added empty where they may be empty. Geometry is never
    reprojected: it must arrive in EPSG:4326.

    Raises
    ------
    TableFault
        With every fault at once.
    """
    result = frame.copy()
    for column in table.columns:
        if column.name not in result and column.nullable:
            result[column.name] = pd.Series([None] * len(result), index=result.index)
    missing = [n for n in table.names if n not in result]
    if missing:
        raise TableFault(table.name, [f"column {n} is missing" for n in missing])
    for column in table.columns:
        result[column.name] = _typed(result[column.name], column, table)
    rest = [n for n in result.columns if n not in table.names]
    result = result[table.names + rest].reset_index(drop=True)
    check_table(result, table)
    return result


def _typed(values: pd.Series, column: Column, table: Table) -> pd.Series:
    """Return the values in the column's type."""
    try:
        if column.holds == "date":
            return pd.to_datetime(values).astype("datetime64[us]")
        if column.holds == "text":
            if values.dtype == "str":
                return values
            return values.astype("object").where(values.notna(), None).astype("str")
        return values.astype(column.dtype)
    except (TypeError, ValueError) as error:
        raise TableFault(table.name, [f"column {column.name}: {error}"]) from error


def check_table(frame: pd.DataFrame, table: Table) -> None:
    """Check a table against its declaration.

    Raises
    ------
    TableFault
        With every fault at once: column, rule, and the first rows that break it.
    """
    faults = _key_faults(frame, table) + _geometry_faults(frame, table)
    try:
        _pandera_schema(table).validate(pd.DataFrame(frame[list(_names(table))]), lazy=True)
    except pa.errors.SchemaErrors as error:
        faults += _failure_lines(error.failure_cases)
    if faults:
        raise TableFault(table.name, faults)


def _names(table: Table) -> tuple[str, ...]:
    return tuple(c.name for c in table.columns)


@cache
def _pandera_schema(table: Table) -> pa.DataFrameSchema:
    """Return the pandera schema of the plain columns."""
    return pa.DataFrameSchema({c.name: _pandera_column(c) for c in table.columns}, strict=False)


def _pandera_column(column: Column) -> pa.Column:
    checks: list[Any] = []
    if column.terms is Edition:  # a province may have lists of its own, of any day
        checks.append(pa.Check.str_matches(f"^{EDITION_DAY}$"))
    elif column.terms is not None and column.terms is not Operator:
        checks.append(pa.Check.isin(column.terms.list_values()))
    if column.ge is not None:
        checks.append(pa.Check.ge(column.ge))
    if column.le is not None:
        checks.append(pa.Check.le(column.le))
    return pa.Column(column.dtype, checks, nullable=column.nullable)


def _failure_lines(cases: pd.DataFrame) -> list[str]:
    """Return one line per column and rule, with the first rows that fail."""
    lines = []
    for (column, rule), group in cases.groupby(["column", "check"], sort=True, dropna=False):
        rows = ", ".join(str(i) for i in group["index"].head(5))
        values = ", ".join(str(v)[:60] for v in group["failure_case"].head(3))
        lines.append(f"column {column}: {rule} fails for {len(group)} (rows {rows}: {values})")
    return lines


def _key_faults(frame: pd.DataFrame, table: Table) -> list[str]:
    key = list(table.key)
    repeated = frame.duplicated(subset=key, keep=False)
    if not repeated.any():
        return []
    first = frame.loc[repeated, key].astype(str).agg("/".join, axis=1).head(3)
    return [f"key {'+'.join(key)} repeats in {int(repeated.sum())} rows ({', '.join(first)})"]


def _geometry_faults(frame: pd.DataFrame, table: Table) -> list[str]:
    """Return what is wrong with the geometry: its presence, reference system and type."""
    if not table.geometry:
        return []
    if not isinstance(frame, gpd.GeoDataFrame) or frame.geometry.name != "geometry":
        return ["the table has no geometry"]
    faults = [] if frame.crs == WGS84 else [f"geometry is in {frame.crs}, not {WGS84}"]
    shapes = frame.geometry
    empty = shapes.isna() | shapes.is_empty
    if empty.any() and not table.geometry_nullable:
        faults.append(f"{int(empty.sum())} rows have no geometry")
    types = (
        shapes[~empty].geom_type.str.lower().str.removeprefix("multi").str.removesuffix("string")
    )
    wrong = (types != table.geometry) & (table.geometry != "any")
    return (
        [*faults, f"{int(wrong.sum())} rows are not of type {table.geometry}"]
        if wrong.any()
        else faults
    )
