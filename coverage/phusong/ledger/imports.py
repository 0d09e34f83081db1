"""Take in what the door has accepted: registers of contributions, lots, packages and commitments.

The same file again changes nothing; a later delivery changes what it says otherwise, and the book keeps both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from phusong.ledger.acting import Acting
from phusong.ledger.awards import Wish
from phusong.ledger.book import Ledger
from phusong.ledger.faults import LedgerFault
from phusong.ledger.giving import CHANGED, NEW, SAME, take_contributions
from phusong.ledger.lots import take_lots, take_packages
from phusong.ledger.services import take_commitments
from phusong.ledger.writing import Row
from phusong.vocabulary.book import Outcome

#: What an allocation gives somebody, in the words of table `devices`.
GIVEN = frozenset({Outcome.AWARDED, Outcome.AWARDED_OFFLINE, Outcome.PACKAGE_ONLY})


@dataclass(frozen=True)
class Imported:
    """Say what became of a register.

    Parameters
    ----------
    new, changed, same : rows of each kind [rows].
    doubts : id → why it is not counted, or not believed.
    """

    new: int
    changed: int
    same: int
    doubts: dict[str, str] = field(default_factory=dict)


def import_contributions(
    ledger: Ledger,
    frame: pd.DataFrame,
    *,
    acting: Acting,
    pseudonym: Callable[[str], str] | None = None,
) -> Imported:
    """Take in table `accepted_contributions`.

    Parameters
    ----------
    ledger : the book.
    frame : the table, and `source_code` where sources have codes of their own.
    acting : who, why, when.
    pseudonym : name of a person who gives → pseudonym under the province's key; without it the book leaves
        such names out.
    """
    rows = list_rows(frame)
    answers = take_contributions(ledger, rows, acting=acting, pseudonym=pseudonym)
    return _count(answers, "contribution_id")


def import_lots(ledger: Ledger, frame: pd.DataFrame, *, acting: Acting) -> Imported:
    """Take in table `accepted_lots`, and `bought_from` for lots bought with the programme's money."""
    return _count(take_lots(ledger, list_rows(frame), acting=acting), "lot_id")


def import_packages(ledger: Ledger, frame: pd.DataFrame, *, acting: Acting) -> Imported:
    """Take in table `accepted_packages`."""
    return _count(take_packages(ledger, list_rows(frame), acting=acting), "package_id")


def import_commitments(ledger: Ledger, frame: pd.DataFrame, *, acting: Acting) -> Imported:
    """Take in table `accepted_commitments`."""
    return _count(take_commitments(ledger, list_rows(frame), acting=acting), "commitment_id")


#: What takes in which source kind.
IMPORTS: dict[str, Callable[..., Imported]] = {
    "contributions": import_contributions,
    "lots": import_lots,
    "packages": import_packages,
    "commitments": import_commitments,
}


def _count(answers: list[Row], key: str) -> Imported:
    """Return how many rows were new, changed and the same, and which are in doubt."""
    counts = {s: sum(a["status"] == s for a in answers) for s in (NEW, CHANGED, SAME)}
    doubts = {a[key]: a["doubt"] for a in answers if a.get("doubt")}
    return Imported(**counts, doubts=doubts)


def list_rows(frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a table in plain words: no empty cells, dates as ISO text, flags as 0 and 1."""
    named = [str(c) for c in frame.columns]
    return [
        {n: plain for n, v in zip(named, row, strict=True) if (plain := _plain(v)) is not None}
        for row in frame.itertuples(index=False, name=None)
    ]


def _plain(value: Any) -> Any:
    """Return one value as the book keeps it."""
    if value is None or value is pd.NA or value is pd.NaT or value != value:  # noqa: PLR0124
        return None
    if isinstance(value, date):  # a time stamp of pandas is one too
        return value.isoformat()[:10]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool):
        return int(value)
    return str(value) if isinstance(value, str) else value


def list_wishes(
    devices: pd.DataFrame,
    *,
    tokens: Mapping[str, tuple[str, ...]],
    households: Mapping[str, str],
) -> list[Wish]:
    """Return what an allocation gives, as wishes to propose.

    Parameters
    ----------
    devices : table `devices`; rows that give nothing, or keep what was given before, are left out.
    tokens : pupil → keyed hashes of their numbers, and of name with date of birth.
    households : pupil → pseudonym of the household.

    Raises
    ------
    LedgerFault
        If the table is no allocation.
    """
    needed = {"student_key", "outcome", "lot_id", "package_id"}
    if missing := sorted(needed - set(devices.columns)):
        raise LedgerFault(f"this is no allocation of devices: it lacks {', '.join(missing)}")
    rows = list_rows(devices[devices["outcome"].isin([str(o) for o in GIVEN])])
    names = ("lot_id", "package_id", "tier", "level", "policy")
    return [
        Wish(
            row["student_key"],
            tokens=tuple(tokens.get(row["student_key"], ())),
            household_key=households.get(row["student_key"]),
            **{n: row.get(n) for n in names},
        )
        for row in rows
    ]
