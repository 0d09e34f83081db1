"""One command at work: the rows it adds, and the lines of the journal that carry them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update

from phusong.ledger.acting import DECISIONS, UNIDENTIFIED, Acting
from phusong.ledger.chain import Anchor, seal_line, write_canonical
from phusong.ledger.chronology import check_not_ahead, day_of
from phusong.ledger.tables import HEAD, JOURNAL, METADATA

Row = dict[str, Any]
#: The tables in the order in which rows may go into them.
_ORDER = list(METADATA.tables.values())


class Writing:
    """Add rows to the book inside one transaction.

    Parameters
    ----------
    connection : in a transaction that holds the lock of writers.
    acting : who does it, why and when.
    action : what is done.
    """

    def __init__(self, connection: Connection, acting: Acting, action: str) -> None:
        self.connection, self.acting, self.action = connection, acting, action
        self.today = day_of(acting.at)
        number, seal = connection.execute(
            select(HEAD.c.number, HEAD.c.hash).where(HEAD.c.id == 1).with_for_update()
        ).one()
        self._last, self._seal = int(number), str(seal)
        self._lines: list[Row] = []
        self._next: dict[Table, int] = {}
        self._waiting: dict[Table, list[Row]] = {}

    def record(
        self,
        kind: str,
        subject: str,
        rows: Mapping[Table, Iterable[Mapping[str, Any]]] | None = None,
        *,
        before: Any = None,
        after: Mapping[str, Any] | None = None,
        action: str = "",
    ) -> int:
        """Add a line to the journal, with the rows that it carries, and return its number.

        Parameters
        ----------
        kind, subject : what it is about.
        rows : table → rows, each with every column but `line`.
        before : how things stood.
        after : what else is true now.
        action : what is done, where one command does several things.

        Raises
        ------
        LedgerFault
            If a row says that something was done on a day that is yet to come.
        """
        self._last += 1
        number = self._last
        told: dict[str, list[Row]] = {}
        for table, added in (rows or {}).items():
            if not (full := [_full_row(table, row) for row in added]):
                continue
            for row in full:
                check_not_ahead(table, row, self.today)
            told[table.name] = full
            lined = [{**row, "line": number} for row in full]
            self._waiting.setdefault(table, []).extend(lined)
        done = action or self.action
        person = UNIDENTIFIED if done in DECISIONS and not self.acting.account else {}
        self._lines.append(
            {
                "number": number,
                "at": self.acting.moment,
                "role": self.acting.role,
                "organisation": self.acting.organisation,
                "account": self.acting.account,
                "action": done,
                "kind": kind,
                "subject": subject,
                "why": self.acting.why,
                "before": write_canonical(before),
                "after": write_canonical({**(after or {}), **person, "rows": told}),
                **dict.fromkeys(("command_key", "request", "result")),
            }
        )
        return number

    def flush(self) -> None:
        """Send what is recorded so far to the database, so that it can be asked for.

        The last line stays open: it will say what the command answered. Lines go before the rows that name
        them, since SQLite would otherwise look through every table for each of them.
        """
        self._send_lines(len(self._lines) - 1)
        for table in sorted(self._waiting, key=_ORDER.index):
            self.connection.execute(insert(table), self._waiting[table])
        self._waiting = {}

    def _send_lines(self, count: int) -> None:
        """Seal the first lines that are still open, and write them."""
        sent, self._lines = self._lines[: max(count, 0)], self._lines[max(count, 0) :]
        for line in sent:
            line["previous"] = self._seal
            line["hash"] = self._seal = seal_line(line)
        if sent:
            self.connection.execute(insert(JOURNAL), sent)

    def take_number(self, table: Table) -> int:
        """Return the next number of a table whose rows are numbered."""
        key = next(iter(table.primary_key.columns))
        if table not in self._next:
            top = self.connection.execute(select(func.max(key))).scalar_one()
            self._next[table] = int(top or 0)
        self._next[table] += 1
        return self._next[table]

    def close(self, request: str = "", result: Any = None) -> Anchor:
        """Seal the lines and write them, and return the last one; a command that changed nothing leaves none.

        Parameters
        ----------
        request : digest of what was asked; without one the command's key stays free.
        result : what is answered, now and when the same command comes again.
        """
        if not self._lines:
            return Anchor(self._last, self._seal)
        if self.acting.key and request:
            told = {"command_key": self.acting.key, "request": request}
            self._lines[-1].update(told, result=write_canonical(result))
        self._send_lines(len(self._lines))
        self.flush()
        self.connection.execute(update(HEAD).values(number=self._last, hash=self._seal))
        return Anchor(self._last, self._seal)


def _full_row(table: Table, row: Mapping[str, Any]) -> Row:
    """Return a row with every column of its table but the line, empty where nothing is said."""
    return {c.name: row.get(c.name) for c in table.columns if c.name != "line"}
