"""What has changed with a pupil: declined, gone to another school, left the province.

The journal keeps every row ever added, so that going down loses nothing: going up again takes it from there.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from alembic import op
from sqlalchemy import column, insert, table, text

from phusong.ledger.migrations.guards import guard_tables, run_file

revision, down_revision = "0003", "0002"
branch_labels = depends_on = None

GUARDED = ("pupil_changes", "change_tokens", "change_ends")


def upgrade() -> None:
    """Make the tables and their guards, and fill them with what the journal knows."""
    run_file(Path(__file__).with_suffix(".sql"))
    guard_tables(GUARDED)
    for name, row in _kept_rows():
        op.get_bind().execute(insert(table(name, *map(column, row))).values(row))


def _kept_rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rows of these tables that the journal carries, oldest first."""
    lines = op.get_bind().execute(text("SELECT number, after FROM journal ORDER BY number"))
    for number, after in lines.fetchall():
        described = json.loads(after).get("rows", {})
        for name in GUARDED:
            yield from ((name, {**row, "line": number}) for row in described.get(name, []))


def downgrade() -> None:
    """Take the tables away; what stood in them stays in the journal."""
    for name in reversed(GUARDED):
        op.execute(f"DROP TABLE {name}")
