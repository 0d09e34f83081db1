"""The book: its journal, what is given, what lies in store, and what is awarded."""

from pathlib import Path

from alembic import op
from sqlalchemy import text

from phusong.ledger.migrations.guards import guard_tables, make_guard_function, run_file

revision, down_revision = "0001", None
branch_labels = depends_on = None

GUARDED = (
    *("journal", "organisations", "contributions", "entries", "lots", "lot_serials", "packages"),
    *("stock_moves", "awards", "award_tokens", "award_moves", "releases"),
)
TABLES = (
    *(
        "holds",
        "standing",
        "releases",
        "award_moves",
        "award_tokens",
        "awards",
        "stock",
        "stock_moves",
    ),
    *("packages", "lot_serials", "lots", "balances", "entries", "contributions", "organisations"),
    *("head", "journal"),
)


def upgrade() -> None:
    """Make the tables, their guards, and the head of an empty journal."""
    run_file(Path(__file__).with_suffix(".sql"))
    make_guard_function()
    guard_tables(GUARDED)
    op.execute(f"INSERT INTO head (id, number, hash) VALUES (1, 0, '{'0' * 64}')")


def downgrade() -> None:
    """Take the tables away, as long as nothing stands in them."""
    if op.get_bind().execute(text("SELECT count(*) FROM journal")).scalar_one():
        raise RuntimeError("the book is not empty")
    for table in TABLES:
        op.execute(f"DROP TABLE {table}")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION phusong_append_only()")
