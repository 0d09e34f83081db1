"""Facts that are told again: a receipt, a lot or a promise has versions, and the last one counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Table, and_, func, select

from phusong.ledger.privacy import mask_numbers
from phusong.ledger.writing import Row

#: Columns that the book adds to what it is told.
OWN = frozenset({"version", "line", "counted", "doubt", "decided", "source_code", "bought_from"})
_CHUNK = 500


def read_latest(
    connection: Connection, table: Table, keys: Collection[str] | None = None
) -> dict[Any, Row]:
    """Return the last version of every fact of a table, by its key (several columns as a tuple).

    Parameters
    ----------
    connection : to read from.
    table : whose key ends in `version`.
    keys : only these; all without.
    """
    names = [c.name for c in table.primary_key.columns if c.name != "version"]
    grouped = [table.c[n] for n in names]
    tops = select(*grouped, func.max(table.c.version).label("top")).group_by(*grouped).subquery()
    joined = and_(*(table.c[n] == tops.c[n] for n in names), table.c.version == tops.c.top)
    asked = select(table).join(tops, joined)
    found: dict[Any, Row] = {}
    for part in _parts(keys):
        limited = asked if part is None else asked.where(grouped[0].in_(part))
        for row in connection.execute(limited).mappings():
            key = tuple(row[n] for n in names)
            found[key[0] if len(key) == 1 else key] = dict(row)
    return found


def _parts(keys: Collection[str] | None) -> list[list[str] | None]:
    """Return the keys in parts that a database takes at once."""
    if keys is None:
        return [None]
    listed = sorted(keys)
    return [listed[i : i + _CHUNK] for i in range(0, len(listed), _CHUNK)]


def is_told_again(told: Mapping[str, Any], known: Mapping[str, Any] | None, table: Table) -> bool:
    """Return whether a fact says what the book knows already."""
    names = [c.name for c in table.columns if c.name not in OWN]
    return known is not None and all(told.get(n) == known.get(n) for n in names)


def clean_row(told: Mapping[str, Any], table: Table) -> Row:
    """Return the columns of a table out of what is told, persons' numbers masked in its texts."""
    return {
        c.name: mask_numbers(value) if isinstance(value, str) else value
        for c in table.columns
        if c.name not in OWN and (value := told.get(c.name)) is not None
    }
