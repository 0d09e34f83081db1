"""Help for households, operators' promises, the campaign's window, platforms where lessons are free.

The journal keeps every row ever added, so that going down loses nothing: going up again takes it from there.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from alembic import op
from sqlalchemy import column, insert, table, text

from phusong.ledger.migrations.guards import guard_tables, run_file

revision, down_revision = "0002", "0001"
branch_labels = depends_on = None

GUARDED = (
    *("subsidies", "subsidy_ends", "commitments", "commitment_moves", "windows", "platforms"),
    "zero_ratings",
)
#: Columns of revision 0004.
LATER = frozenset({"edition"})
TABLES = ("subsidy_holds", *reversed(GUARDED))


def upgrade() -> None:
    """Make the tables and their guards, and fill them with what the journal knows."""
    run_file(Path(__file__).with_suffix(".sql"))
    guard_tables(GUARDED)
    held: dict[tuple[str, str], int] = {}
    for name, row in _kept_rows():
        op.get_bind().execute(insert(table(name, *map(column, row))).values(row))
        if name == "subsidies" and not row["beside"]:
            held[row["household_key"], row["service"]] = row["subsidy"]
        if name == "subsidy_ends":
            held = {place: one for place, one in held.items() if one != row["subsidy"]}
    for (household, service), one in held.items():
        hold = {"household_key": household, "service": service, "subsidy": one}
        op.get_bind().execute(insert(table("subsidy_holds", *map(column, hold))).values(hold))


def _kept_rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rows of these tables that the journal carries, oldest first."""
    lines = op.get_bind().execute(text("SELECT number, after FROM journal ORDER BY number"))
    for number, after in lines.fetchall():
        for name, rows in json.loads(after).get("rows", {}).items():
            if name in GUARDED:
                yield from ((name, {**_drop_later(row), "line": number}) for row in rows)


def _drop_later(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without the columns that a later revision adds, and fills."""
    return {name: value for name, value in row.items() if name not in LATER}


def downgrade() -> None:
    """Take the tables away; what stood in them stays in the journal."""
    for name in TABLES:
        op.execute(f"DROP TABLE {name}")
