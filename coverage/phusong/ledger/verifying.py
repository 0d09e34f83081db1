"""Prove the book against itself: every seal, each row against its line, each balance against the rows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, select, text

from phusong.ledger.award_steps import ENDED
from phusong.ledger.book import Ledger
from phusong.ledger.chain import GENESIS, Anchor, seal_line
from phusong.ledger.chronology import day_of, list_disorder
from phusong.ledger.faults import Damaged
from phusong.ledger.money import MEASURES, STAGES
from phusong.ledger.stock import COUNTS
from phusong.ledger.tables import (
    ADDED,
    BALANCES,
    HEAD,
    HOLDS,
    JOURNAL,
    STANDING,
    STOCK,
    SUBSIDY_HOLDS,
)
from phusong.vocabulary.book import AwardState

Rows = dict[str, list[dict[str, Any]]]
#: How many faults are told in full.
SHOWN = 20


@dataclass(frozen=True)
class Verdict:
    """Say whether a book agrees with itself.

    Parameters
    ----------
    lines : lines of the journal.
    anchor : its last line and seal.
    faults : what does not agree, one line each; none in a sound book.
    clock_steps_back : lines whose time lies before that of the line above: recorded, and no fault.
    disorder : days in the future or before the step that they follow, one line each: written before such days
        were refused, kept for ever, and no damage.
    """

    lines: int
    anchor: Anchor
    faults: list[str] = field(default_factory=list)
    clock_steps_back: int = 0
    disorder: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Return whether nothing is wrong."""
        return not self.faults


def verify_ledger(ledger: Ledger, anchor: Anchor | None = None) -> Verdict:
    """Return whether the book is whole and unchanged.

    Every seal is made again, every row is held against the line that carries it, and balances, stock,
    standing awards and holds are worked out anew. What only an outside witness can know, that the last
    lines were cut off and everything else made to fit, is found with an anchor from an older report.

    Parameters
    ----------
    ledger : the book.
    anchor : a line and its seal, as some report printed them.
    """
    with ledger.read() as connection:
        faults: list[str] = []
        days: dict[int, str] = {}
        rows, last, back = _walk_chain(connection, anchor, faults, days)
        faults += _compare_head(connection, last)
        faults += _compare_added(connection, rows)
        faults += _compare_derived(connection, rows)
        faults += _check_guards(connection)
    disorder = [] if faults else list_disorder(rows, days)
    return Verdict(last.number, last, faults, back, disorder)


def check_sound(ledger: Ledger) -> Verdict:
    """Return the verdict on a sound book.

    Raises
    ------
    Damaged
        With the first faults, if it is not.
    """
    verdict = verify_ledger(ledger)
    if not verdict.sound:
        told = "; ".join(verdict.faults[:SHOWN])
        raise Damaged(f"the ledger does not verify: {told}", cure="restore the last sound backup")
    return verdict


def _walk_chain(
    connection: Connection, anchor: Anchor | None, faults: list[str], days: dict[int, str]
) -> tuple[Rows, Anchor, int]:
    """Make every seal again; return the rows that the lines carry, the last line, and steps of the clock.

    Fills `days`: line → day on which it was written.
    """
    rows: Rows = defaultdict(list)
    last, moment, back = Anchor(0, GENESIS), "", 0
    met = anchor is None or anchor == last
    for line in connection.execute(select(JOURNAL).order_by(JOURNAL.c.number)).mappings():
        number = int(line["number"])
        if number != last.number + 1:
            faults.append(f"journal: lines {last.number + 1} to {number - 1} are missing")
        if line["previous"] != last.hash:
            faults.append(f"journal line {number}: does not follow the line before")
        if seal_line(dict(line)) != line["hash"]:
            faults.append(f"journal line {number}: has been changed")
        back += line["at"] < moment
        days[number] = day_of(datetime.fromisoformat(line["at"]))
        last, moment = Anchor(number, line["hash"]), line["at"]
        met = met or anchor == last
        for name, row in _carried(line, faults):
            rows[name].append(row)
    if not met:
        faults.append(f"journal: the anchor {anchor} is not in it; it was cut off or rewritten")
    return rows, last, back


def _carried(line: Any, faults: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rows that a line carries, each with its table."""
    try:
        told = json.loads(line["after"])["rows"]
        for name, added in told.items():
            yield from ((name, {**row, "line": int(line["number"])}) for row in added)
    except (ValueError, KeyError, TypeError, AttributeError):
        faults.append(f"journal line {line['number']}: cannot be read")


def _compare_head(connection: Connection, last: Anchor) -> list[str]:
    """Return whether the journal ends where its head says."""
    head = connection.execute(select(HEAD.c.number, HEAD.c.hash)).one_or_none()
    if head is None or (int(head.number), head.hash) != (last.number, last.hash):
        return [f"journal: ends at line {last.number}, its head says {head and head.number}"]
    return []


def _compare_added(connection: Connection, rows: Rows) -> list[str]:
    """Return the rows that differ from what the journal carries, in either direction."""
    known = {t.name for t in ADDED}
    faults = [f"journal: speaks of a table {name}" for name in sorted(set(rows) - known)]
    for table in ADDED:
        faults += _compare(connection, table, rows.get(table.name, []), "the journal")
    return faults


def _compare(
    connection: Connection, table: Table, expected: list[dict[str, Any]], source: str
) -> list[str]:
    """Return how a table differs from the rows that should stand in it."""
    names = [c.name for c in table.primary_key.columns]
    wanted = {tuple(row.get(n) for n in names): row for row in expected}
    faults = [] if len(wanted) == len(expected) else [f"{table.name}: a row was added twice"]
    for found in connection.execute(select(table)).mappings():
        key = tuple(found[n] for n in names)
        row = wanted.pop(key, None)
        told = f"{table.name} {'/'.join(map(str, key))}"
        if row is None:
            faults.append(f"{told}: is not in {source}")
        elif wrong := [n for n in found if found[n] != row.get(n)]:
            faults.append(f"{told}: {', '.join(wrong)} differs from {source}")
    return faults + [
        f"{table.name} {'/'.join(map(str, key))}: is missing" for key in sorted(wanted, key=str)
    ]


def _compare_derived(connection: Connection, rows: Rows) -> list[str]:
    """Return where balances, stock, awards and holds differ from what the rows come to."""
    return [
        fault
        for table, wanted in derive_tables(rows).items()
        for fault in _compare(connection, table, wanted, "what the entries come to")
    ]


def derive_tables(rows: Rows) -> dict[Table, list[dict[str, Any]]]:
    """Return the tables that follow from the others: balances, stock, standing awards and holds.

    Parameters
    ----------
    rows : name of a table → its rows, each with its line, in the order in which they were written.
    """
    return {
        BALANCES: _sum_entries(rows["entries"]),
        STOCK: _sum_moves(rows["stock_moves"]),
        STANDING: _follow_awards(rows),
        HOLDS: _follow_holds(rows),
        SUBSIDY_HOLDS: _follow_subsidies(rows),
    }


def _sum_entries(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the balances that the entries come to."""
    sums: dict[tuple[str, str, str], dict[str, int]] = {}
    for entry in entries:
        for measure, name in MEASURES.items():
            if entry[name]:
                key = (entry["form"], entry["source_code"], measure)
                place = sums.setdefault(key, dict.fromkeys(STAGES.values(), 0))
                place[STAGES[entry["stage"]]] += entry[name]
    return [
        {"form": form, "source_code": code, "measure": measure, **place}
        for (form, code, measure), place in sums.items()
    ]


def _sum_moves(moves: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the stock that the moves come to."""
    sums: dict[str, dict[str, int]] = {}
    for move in moves:
        place = sums.setdefault(move["item"], dict.fromkeys(COUNTS, 0))
        for name in COUNTS:
            place[name] += move[name]
    return [{"item": item, **place} for item, place in sums.items()]


def _follow_awards(rows: Rows) -> list[dict[str, Any]]:
    """Return how the awards stand after all their moves."""
    actors = {a["award"]: a["proposed_by"] for a in rows["awards"]}
    stands: dict[int, dict[str, Any]] = {}
    for move in rows["award_moves"]:
        number = move["award"]
        new = {"award": number, "proposed_by": actors.get(number), "approved_by": None}
        place = stands.setdefault(number, {**new, "serial": None})
        place["state"] = move["state"]
        place["serial"] = None if move["state"] in ENDED else move["serial"] or place["serial"]
        if move["state"] == AwardState.APPROVED:
            place["approved_by"] = move["actor"]
    return list(stands.values())


def _follow_holds(rows: Rows) -> list[dict[str, Any]]:
    """Return what the awards hold: their tokens, until a decision or a replacement takes them away."""
    gone = {r["award"] for r in rows["releases"]}
    gone |= {a["replaces"] for a in rows["awards"] if a["replaces"] is not None}
    return [
        {"token": t["token"], "award": t["award"]}
        for t in rows["award_tokens"]
        if t["award"] not in gone
    ]


def _follow_subsidies(rows: Rows) -> list[dict[str, Any]]:
    """Return which subsidy holds which household's service."""
    held: dict[tuple[str, str], int] = {}
    ended = {e["subsidy"]: e["line"] for e in rows["subsidy_ends"]}
    steps: list[tuple[int, int, dict[str, Any] | None]] = [
        (s["line"], s["subsidy"], s) for s in rows["subsidies"] if not s["beside"]
    ]
    steps += [(line, number, None) for number, line in ended.items()]
    for _, number, told in sorted(steps, key=lambda s: s[:2]):
        if told is not None:
            held[told["household_key"], told["service"]] = number
        else:
            held = {place: one for place, one in held.items() if one != number}
    return [
        {"household_key": place[0], "service": place[1], "subsidy": number}
        for place, number in held.items()
    ]


def _check_guards(connection: Connection) -> list[str]:
    """Return the tables whose guards are gone: what lets rows be changed or taken away."""
    sqlite = connection.dialect.name == "sqlite"
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if sqlite
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    have = set(connection.execute(text(asked)).scalars())
    ends = ("no_update", "no_delete") if sqlite else ("append_only", "no_truncate")
    return [
        f"{table.name}: its guard {end} is gone"
        for table in (JOURNAL, *ADDED)
        for end in ends
        if f"{table.name}_{end}" not in have
    ]
