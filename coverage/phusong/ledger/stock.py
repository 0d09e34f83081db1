"""What lies in store: received, set aside, taken by awards, gone; the rest is free, never below nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, insert, select, update

from phusong.ledger.faults import LedgerFault, OutOfStock
from phusong.ledger.tables import STOCK, STOCK_MOVES
from phusong.ledger.writing import Row, Writing

COUNTS = ("received", "set_aside", "taken", "gone")
LOT, PACKAGE = "lot:", "package:"


def move_stock(
    writing: Writing,
    item: str,
    moves: Mapping[str, int],
    *,
    reason: str,
    dated: str | None,
    line: bool = True,
) -> Row | None:
    """Move devices or packages, and return the row that tells it; None where nothing moves.

    Parameters
    ----------
    writing : the command at work.
    item : ``lot:ID`` or ``package:ID``.
    moves : changes of `received`, `set_aside`, `taken`, `gone` [pieces].
    reason : why, in a word of the book.
    dated : day of the move.
    line : whether the move is a line of the journal by itself; otherwise the caller records the row.

    Raises
    ------
    OutOfStock
        If fewer than nothing would be left.
    """
    changes = {**dict.fromkeys(COUNTS, 0), **moves}
    if not any(changes.values()):
        return None
    before = read_stock(writing.connection, [item]).get(item)
    after = {n: (before or {}).get(n, 0) + changes[n] for n in COUNTS}
    _check_left(item, before, after)
    if before is None:
        writing.connection.execute(insert(STOCK), [{"item": item, **after}])
    else:
        # the change and not the result, so that the database adds it to what is really there
        added = {n: STOCK.c[n] + changes[n] for n in COUNTS if changes[n]}
        writing.connection.execute(update(STOCK).where(STOCK.c.item == item).values(added))
    number = writing.take_number(STOCK_MOVES)
    row: Row = {"number": number, "item": item, "reason": reason, "dated": dated, **changes}
    if line:
        writing.record("stock", item, {STOCK_MOVES: [row]}, before=before)
    return row


def _check_left(item: str, before: Row | None, after: Row) -> None:
    """Say in words what the database would refuse."""
    if min(after.values()) < 0 or count_free(after) < 0:
        free = count_free(before) if before else 0
        raise OutOfStock(f"{item}: {max(free, 0)} are free", cure="look: phusong ledger balance")


def count_free(row: Row) -> int:
    """Return how many pieces nobody has [pieces]."""
    return int(row["received"] - row["set_aside"] - row["taken"] - row["gone"])


def read_stock(connection: Connection, items: Collection[str] | None = None) -> dict[str, Row]:
    """Return what lies in store, by item; of these items only, or of all."""
    asked = select(STOCK) if items is None else select(STOCK).where(STOCK.c.item.in_(list(items)))
    return {r["item"]: dict(r) for r in connection.execute(asked).mappings()}


def find_stock(connection: Connection, item: str) -> Row:
    """Return what lies in store of one item.

    Raises
    ------
    LedgerFault
        If the book has never seen it.
    """
    known = read_stock(connection, [item]).get(item)
    if known is None:
        raise LedgerFault(f"there is no {item} in the book", cure="import its register first")
    return known
