"""What keeps a table from being changed: triggers that let rows in and nothing else."""

from __future__ import annotations

from pathlib import Path

from alembic import op

_WORDS = {
    "sqlite": {"int": "INTEGER", "real": "REAL", "strict": " STRICT"},
    "postgresql": {"int": "BIGINT", "real": "DOUBLE PRECISION", "strict": ""},
}
_SQLITE = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
)
_FUNCTION = (
    "CREATE FUNCTION phusong_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME; END $$"
)
_ROWS = (
    "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION phusong_append_only()"
)
_WHOLE = (
    "CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION phusong_append_only()"
)


def run_file(path: Path) -> None:
    """Run the statements of a file in the words of the database."""
    words = _WORDS[op.get_bind().dialect.name]
    for statement in path.read_text(encoding="utf-8").format(**words).split(";\n"):
        if statement.strip():
            op.execute(statement)


def make_guard_function() -> None:
    """Make what the triggers of PostgreSQL call."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_FUNCTION)


def guard_tables(tables: tuple[str, ...]) -> None:
    """Let the tables only grow."""
    for table in tables:
        if op.get_bind().dialect.name == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                op.execute(_SQLITE.format(table=table, verb=verb.lower()))
        else:
            op.execute(_ROWS.format(table=table))
            op.execute(_WHOLE.format(table=table))


def unguard_tables(tables: tuple[str, ...]) -> None:
    """Take the guards away, as only a migration may that fills a new column."""
    for table in tables:
        if op.get_bind().dialect.name == "sqlite":
            for verb in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_no_{verb}")
        else:
            for name in ("append_only", "no_truncate"):
                op.execute(f"DROP TRIGGER {table}_{name} ON {table}")
