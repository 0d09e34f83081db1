"""The tables of access: accounts, sessions, links, long work, and a log to which lines are only added."""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    event,
)

METADATA = MetaData()

ACCOUNTS = Table(
    "accounts",
    METADATA,
    Column("account_id", Text, primary_key=True),
    Column("issuer", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("operator", Text),
    Column("communes", Text, nullable=False),
    Column("schools", Text, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("closed_at", Text),
    UniqueConstraint("issuer", "subject"),
)

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("handle", Text, primary_key=True),
    Column("account_id", Text, ForeignKey("accounts.account_id"), nullable=False, index=True),
    Column("begun_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    Column("ended_at", Text),
    CheckConstraint("length(handle) = 64"),
)

LINKS = Table(
    "links",
    METADATA,
    Column("digest", Text, primary_key=True),
    Column("handle", Text, ForeignKey("sessions.handle"), nullable=False),
    Column("what", Text, nullable=False),
    Column("options", Text, nullable=False),
    Column("offered_at", Text, nullable=False),
    Column("used", Boolean, nullable=False),
)

TASKS = Table(
    "tasks",
    METADATA,
    Column("task_id", Text, primary_key=True),
    Column("account_id", Text, ForeignKey("accounts.account_id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("server", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("share", Float, nullable=False),
    Column("told", Text, nullable=False),
    Column("begun_at", Text, nullable=False),
    Column("ended_at", Text),
    CheckConstraint("share BETWEEN 0 AND 1"),
)

#: The process that does the work: its number, and what tells it from another one of that number.
WORKERS = Table(
    "workers",
    METADATA,
    Column("task_id", Text, ForeignKey("tasks.task_id"), primary_key=True),
    Column("process", Integer, nullable=False),
    Column("started", Text, nullable=False),
)

LOG = Table(
    "log",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("account_id", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("refused", Boolean, nullable=False),
)

for _deed in ("UPDATE", "DELETE"):
    event.listen(
        LOG,
        "after_create",
        DDL(
            f"CREATE TRIGGER log_no_{_deed.lower()} BEFORE {_deed} ON log "
            "BEGIN SELECT RAISE(ABORT, 'lines of the access log are only added'); END"
        ),
    )
