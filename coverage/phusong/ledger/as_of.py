"""The book as it stood on a day: what is dated later does not exist, and what follows is worked out anew.

Every document, balance and story that bears a day is made from this, so that a day is never printed which was
not applied. A row counts from the day that it bears, however late it was written down; one that bears none
from the day of the register or of what stands on the same line, and at last from the day of its own line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, insert, select
from sqlalchemy.pool import StaticPool

from phusong.ledger.acting import Acting
from phusong.ledger.book import Ledger, Work
from phusong.ledger.chain import Anchor
from phusong.ledger.chronology import DONE_ON, day_of
from phusong.ledger.faults import LedgerFault
from phusong.ledger.stock import LOT, PACKAGE
from phusong.ledger.tables import (
    ADDED,
    AWARD_MOVES,
    AWARD_TOKENS,
    AWARDS,
    COMMITMENT_MOVES,
    COMMITMENTS,
    CONTRIBUTIONS,
    ENTRIES,
    HEAD,
    JOURNAL,
    LOT_SERIALS,
    LOTS,
    METADATA,
    ORGANISATIONS,
    PACKAGES,
    PLATFORMS,
    RELEASES,
    STOCK_MOVES,
    SUBSIDIES,
    SUBSIDY_ENDS,
    WINDOWS,
    ZERO_RATINGS,
)
from phusong.ledger.verifying import derive_tables
from phusong.ledger.writing import Row

#: The column that says since when a row holds, beside those of `DONE_ON`.
_HOLDS_SINCE = {SUBSIDIES: "starts_on", SUBSIDY_ENDS: "dated", ZERO_RATINGS: "since"}
#: What is decided beforehand or has no day: a campaign's window, who takes part, which platforms are free.
_TIMELESS = (WINDOWS, ORGANISATIONS, PLATFORMS)
#: Rows that are there as long as the one that they belong to: table → its column, and where that one stands.
_BELONGS = {
    AWARD_TOKENS: ("award", AWARDS),
    AWARD_MOVES: ("award", AWARDS),
    RELEASES: ("award", AWARDS),
    LOT_SERIALS: ("lot_id", LOTS),
    SUBSIDY_ENDS: ("subsidy", SUBSIDIES),
}
_CHUNK = 500
Rows = dict[Table, list[Row]]


class BookAsOf(Ledger):
    """Read one book as it stood on a day; nothing is written in it.

    Parameters
    ----------
    ledger : the book.
    day : last day of which anything counts.
    with_journal : whether the lines of what counts are read too, for a story; refusals always are.
    """

    def __init__(self, ledger: Ledger, day: date, *, with_journal: bool = False) -> None:
        self.day = day
        self._head = ledger.head()
        engine = create_engine("sqlite://", poolclass=StaticPool)
        with ledger.read() as connection:
            rows = _read_rows(connection, day.isoformat())
            lines = {r["line"] for kept in rows.values() for r in kept} if with_journal else set()
            journal = _read_journal(connection, day.isoformat(), lines)
        _fill(engine, rows, journal, self._head)
        super().__init__(ledger.url, engine)

    def head(self) -> Anchor:
        """Return the last line of the whole book: a late entry of an earlier day counts too."""
        return self._head

    def run(self, action: str, acting: Acting, request: Mapping[str, Any], work: Work) -> Any:  # noqa: ARG002
        """Refuse to write: what is past is not changed.

        Raises
        ------
        LedgerFault
            Always.
        """
        raise LedgerFault(f"this is the book as of {self.day}, in which nothing is written")


def _read_rows(connection: Connection, day: str) -> Rows:
    """Return the rows of every table that count on a day [ISO], in the order in which they were written."""
    every: Rows = {}
    for table in ADDED:
        order = [table.c.line, *table.primary_key.columns]
        found = connection.execute(select(table).order_by(*order)).mappings()
        every[table] = [dict(row) for row in found]
    days = _Days(connection, every)
    kept = {
        table: [row for row in rows if table in _TIMELESS or days.of(table, row) <= day]
        for table, rows in every.items()
    }
    for table, (column, owner) in _BELONGS.items():
        there = {row[column] for row in kept[owner]}
        kept[table] = [row for row in kept[table] if row[column] in there]
    return kept


class _Days:
    """Know from which day each row counts.

    Parameters
    ----------
    connection : to the book, for the days of lines.
    every : table → all its rows.
    """

    def __init__(self, connection: Connection, every: Rows) -> None:
        self._connection, self._written = connection, dict[int, str]()
        self._entries = {row["number"]: row for row in every[ENTRIES]}
        self._beside = {
            row["line"]: str(row[DONE_ON[table]])
            for table, rows in every.items()
            for row in rows
            if table in DONE_ON and row.get(DONE_ON[table])
        }
        self._moved = {row["line"]: row["dated"] for row in every[COMMITMENT_MOVES]}
        self._first: dict[str, str] = {}
        self._note_first(every[CONTRIBUTIONS], lambda row: row["contribution_id"])
        self._note_first(every[LOTS], lambda row: LOT + row["lot_id"])
        self._note_first(every[PACKAGES], lambda row: PACKAGE + row["package_id"])

    def _note_first(self, rows: Iterable[Row], name: Callable[[Row], str]) -> None:
        """Keep the first day of each gift, lot or package, whichever version says it."""
        for row in rows:
            known = [row.get(n) for n in ("given_on", "received_on", "starts_on", "as_of")]
            if stated := min((d for d in known if d), default=None):
                self._first[name(row)] = min(stated, self._first.get(name(row), stated))

    def of(self, table: Table, row: Row) -> str:
        """Return the day from which a row counts, ISO."""
        if table is ENTRIES:
            return self._of_entry(row)
        if table is STOCK_MOVES:
            return self._of_move(row)
        if table is COMMITMENTS:
            return self._moved.get(row["line"]) or row["as_of"] or self._of_line(row)
        if table is PACKAGES:
            days = [d for d in (row["as_of"], row["starts_on"]) if d]
            return min(days, default="") or self._of_line(row)
        column = DONE_ON.get(table) or _HOLDS_SINCE.get(table)
        stated = row.get(column) if column else None
        if table in _BELONGS and column is None:
            return ""  # it is there as long as the one that it belongs to
        beside = self._beside.get(row["line"])
        return str(stated or row.get("as_of") or beside or self._of_line(row))

    def _of_entry(self, row: Row) -> str:
        """Return the day of an entry; one that takes another back is never there before that one."""
        own = row["dated"] or self._find_first(row["contribution_id"], row["item"])
        own = own or self._of_line(row)
        if row["reverses"] is None:
            return str(own)
        return max(own, self._of_entry(self._entries[row["reverses"]]))

    def _of_move(self, row: Row) -> str:
        """Return the day of a move of stock; what a register tells of a package is there with the offer."""
        first = self._find_first(row["item"])
        if row["dated"] and row["item"].startswith(PACKAGE) and row["received"] and first:
            return str(min(row["dated"], first))
        return str(row["dated"] or first or self._of_line(row))

    def _find_first(self, *names: str | None) -> str:
        """Return the first day of the first of some gifts, lots or packages that has one."""
        return next((self._first[n] for n in names if n in self._first), "")

    def _of_line(self, row: Row) -> str:
        """Return the day in Việt Nam on which a row was written down."""
        if not self._written:
            asked = select(JOURNAL.c.number, JOURNAL.c.at)
            lines = self._connection.execute(asked)
            self._written = {n: day_of(datetime.fromisoformat(at)) for n, at in lines}
        return self._written[row["line"]]


def _read_journal(connection: Connection, day: str, lines: set[int]) -> list[Row]:
    """Return the lines of what counts, and what was refused up to a day."""
    asked = select(JOURNAL).order_by(JOURNAL.c.number)
    if not lines:
        asked = asked.where(JOURNAL.c.kind == "refusal")
    described = (dict(line) for line in connection.execute(asked).mappings())
    return [
        line
        for line in described
        if line["number"] in lines
        or (line["kind"] == "refusal" and day_of(datetime.fromisoformat(line["at"])) <= day)
    ]


def _fill(engine: Engine, rows: Rows, journal: list[Row], head: Anchor) -> None:
    """Write the rows, and all that follows from them, into an empty database in memory."""
    METADATA.create_all(engine)
    by_name: dict[str, list[dict[str, Any]]] = defaultdict(list)
    by_name.update({table.name: kept for table, kept in rows.items()})
    derived = derive_tables(by_name)
    heads: Rows = {JOURNAL: journal, HEAD: [{"id": 1, "number": head.number, "hash": head.hash}]}
    with engine.begin() as connection:
        for table, added in (heads | rows | derived).items():
            for start in range(0, len(added), _CHUNK):
                connection.execute(insert(table), added[start : start + _CHUNK])
