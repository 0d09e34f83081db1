"""In which edition the commune code of an operator's promise is told.

The journal keeps every row ever added, so that going down loses nothing: going up again takes it from there.
"""

import json

from alembic import op
from sqlalchemy import text

from phusong.ledger.migrations.guards import guard_tables, unguard_tables

revision, down_revision = "0004", "0003"
branch_labels = depends_on = None

TABLE = "commitments"
_FILL = text(
    f"UPDATE {TABLE} SET edition = :edition WHERE commitment_id = :commitment_id AND version = :version"
)


def upgrade() -> None:
    """Add the column, and fill it with what the journal knows."""
    if (
        op.get_bind().dialect.name == "postgresql"
    ):  # rows that 0002 has just filled in are checked first
        op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    op.execute(f"ALTER TABLE {TABLE} ADD COLUMN edition TEXT")
    lines = op.get_bind().execute(text("SELECT after FROM journal ORDER BY number")).fetchall()
    listed = [row for (after,) in lines for row in json.loads(after).get("rows", {}).get(TABLE, [])]
    stated = [row for row in listed if row.get("edition")]
    if stated:
        unguard_tables((TABLE,))
        op.get_bind().execute(_FILL, stated)
        guard_tables((TABLE,))


def downgrade() -> None:
    """Take the column away; what stood in it stays in the journal."""
    op.execute(f"ALTER TABLE {TABLE} DROP COLUMN edition")
