"""What changes with a pupil: the family declines, the pupil goes to another school, leaves the province.

A change stands until it is withdrawn. Who has declined or left is proposed for nothing meanwhile, under
whatever pseudonym. What was proposed or approved for them and not handed over yet is cancelled by the same
command, its device and package back in store. A device in the hands of a pupil who moves or leaves goes along
or comes back: whoever writes it down says which. The award of one that came back goes on holding its pupil,
until a decision frees them, as after any return.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, select

from phusong.ledger.book import Ledger
from phusong.ledger.faults import LedgerFault
from phusong.ledger.holds import PUPIL
from phusong.ledger.tables import AWARD_MOVES, CHANGE_ENDS, CHANGE_TOKENS, PUPIL_CHANGES
from phusong.ledger.writing import Row
from phusong.vocabulary.book import PupilChange

#: Changes after which a pupil is proposed for nothing.
BARRING = (PupilChange.DECLINED, PupilChange.DEPARTED)
_CHUNK = 500


@dataclass(frozen=True)
class Pupil:
    """Say who a pupil is, under every name that the book may know.

    Parameters
    ----------
    student_key : pseudonym.
    tokens : keyed hashes of the pupil's numbers, and of name with date of birth.
    """

    student_key: str
    tokens: tuple[str, ...] = ()


def find_barring(connection: Connection, tokens: Collection[str]) -> dict[str, Row]:
    """Return the changes in force that bar pupils from awards, by what they are known by.

    Parameters
    ----------
    connection : to read from.
    tokens : as `holds.list_tokens` gives them.
    """
    return _find_standing(connection, tokens, [str(kind) for kind in BARRING])


def find_changes(connection: Connection, tokens: Collection[str], kind: PupilChange) -> list[int]:
    """Return the numbers of the changes of one kind that are in force for whoever is known by some tokens."""
    found = _find_standing(connection, tokens, [str(kind)])
    return sorted({int(row["change"]) for row in found.values()})


def _find_standing(
    connection: Connection, tokens: Collection[str], kinds: list[str]
) -> dict[str, Row]:
    """Return token → the change in force, of some kinds."""
    ended = select(CHANGE_ENDS.c.change)
    asked = (
        select(CHANGE_TOKENS.c.token, PUPIL_CHANGES)
        .join(PUPIL_CHANGES, PUPIL_CHANGES.c.change == CHANGE_TOKENS.c.change)
        .where(PUPIL_CHANGES.c.kind.in_(kinds), PUPIL_CHANGES.c.change.not_in(ended))
        .order_by(PUPIL_CHANGES.c.change)
    )
    listed, found = sorted(tokens), {}
    for start in range(0, len(listed), _CHUNK):
        part = asked.where(CHANGE_TOKENS.c.token.in_(listed[start : start + _CHUNK]))
        found.update({r["token"]: dict(r) for r in connection.execute(part).mappings()})
    return found


def refuse_changed(
    student_key: str, tokens: Iterable[str], barring: Mapping[str, Row]
) -> LedgerFault | None:
    """Return why a pupil is proposed for nothing; None where nothing speaks against it.

    Parameters
    ----------
    student_key : pseudonym, as the refusal calls the pupil.
    tokens : what the pupil is known by.
    barring : from `find_barring`.
    """
    found = next((barring[token] for token in tokens if token in barring), None)
    if found is None:
        return None
    kind, number = PupilChange.of(found["kind"]), found["change"]
    return LedgerFault(
        f"{student_key}: {kind.en}, written down on {found['dated']} (number {number})",
        cure=f"withdraw it first: phusong ledger withdraw {number}",
    )


def list_pupil_changes(ledger: Ledger) -> pd.DataFrame:
    """Return every change that was written down, oldest first.

    Returns
    -------
    change, student_key, kind (`PupilChange`), school_id, device (`DeviceGoes`), award, dated, record, and
    ended_on, empty as long as it is in force.
    """
    asked = (
        select(PUPIL_CHANGES, CHANGE_ENDS.c.dated.label("ended_on"))
        .join(CHANGE_ENDS, CHANGE_ENDS.c.change == PUPIL_CHANGES.c.change, isouter=True)
        .order_by(PUPIL_CHANGES.c.change)
    )
    with ledger.read() as connection:
        result = connection.execute(asked)
        rows, names = [tuple(r) for r in result], list(result.keys())
        frame = pd.DataFrame(rows, columns=names, dtype="object")
    return frame.drop(columns="line")


def list_change_tokens(ledger: Ledger) -> pd.DataFrame:
    """Return by what the pupils of the changes in force are known: change, student_key, kind, token.

    Returns
    -------
    also school_id and dated; a token is a keyed hash, or ``pupil:`` and a pseudonym, see `holds`.
    """
    ended = select(CHANGE_ENDS.c.change)
    names = ("change", "student_key", "kind", "school_id", "dated")
    asked = (
        select(*(PUPIL_CHANGES.c[n] for n in names), CHANGE_TOKENS.c.token)
        .join(CHANGE_TOKENS, CHANGE_TOKENS.c.change == PUPIL_CHANGES.c.change)
        .where(PUPIL_CHANGES.c.change.not_in(ended))
        .order_by(PUPIL_CHANGES.c.change)
    )
    with ledger.read() as connection:
        result = connection.execute(asked)
        return pd.DataFrame([tuple(r) for r in result], columns=[*names, "token"], dtype="object")


def name_token(student_key: str) -> str:
    """Return what stands for a pseudonym among the tokens."""
    return PUPIL + student_key


def list_recorded(ledger: Ledger, record: str) -> list[int]:
    """Return the awards that were handed over or confirmed under the number of a record.

    Parameters
    ----------
    ledger : the book.
    record : number of the signed record.
    """
    asked = select(AWARD_MOVES.c.award).where(AWARD_MOVES.c.record == record)
    with ledger.read() as connection:
        return sorted({int(award) for award in connection.execute(asked).scalars()})
