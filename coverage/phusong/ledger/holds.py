"""Once per pupil: what an award holds, so that nobody can be given a second one under any of their names.

An award holds the pupil's pseudonym, every identity token handed in with it, and under the household policy
the household's. The database keeps each of them under one award at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd
from sqlalchemy import Connection, delete, func, insert, select

from phusong.ledger.book import Ledger
from phusong.ledger.faults import AlreadyAwarded
from phusong.ledger.privacy import check_hash
from phusong.ledger.tables import AWARDS, HOLDS, STANDING
from phusong.ledger.writing import Row, Writing

PUPIL, TOKEN, HOME = "pupil:", "token:", "home:"
_BECAUSE = {PUPIL: "pupil", TOKEN: "token", HOME: "household"}
_CHUNK = 500


def list_tokens(
    student_key: str, tokens: Iterable[str], household_key: str | None, per_household: bool
) -> list[str]:
    """Return what an award to a pupil holds, sorted, the pupil's pseudonym first.

    Parameters
    ----------
    student_key : pseudonym of the pupil.
    tokens : keyed hashes of the pupil's numbers and of name with date of birth.
    household_key : pseudonym of the household.
    per_household : whether a household may have one award only.
    """
    held = {f"{TOKEN}{check_hash(t, 'an identity token')}" for t in tokens}
    home = [HOME + household_key] if per_household and household_key else []
    return [PUPIL + student_key, *sorted(held), *home]


def find_held(connection: Connection, tokens: Collection[str]) -> dict[str, int]:
    """Return which of the tokens are held, and by which award."""
    listed, found = sorted(tokens), {}
    for start in range(0, len(listed), _CHUNK):
        part = listed[start : start + _CHUNK]
        asked = select(HOLDS.c.token, HOLDS.c.award).where(HOLDS.c.token.in_(part))
        found.update({token: int(award) for token, award in connection.execute(asked)})
    return found


def find_homes(connection: Connection, households: Collection[str]) -> dict[str, int]:
    """Return which households have an award that still holds its pupil, under whatever policy it was given.

    Parameters
    ----------
    connection : to read from.
    households : pseudonyms.

    Returns
    -------
    what a household's award holds under the household policy → the first such award.
    """
    listed, found = sorted(households), {}
    holding = select(HOLDS.c.award).where(HOLDS.c.token == PUPIL + AWARDS.c.student_key)
    for start in range(0, len(listed), _CHUNK):
        mine = AWARDS.c.household_key.in_(listed[start : start + _CHUNK])
        asked = select(AWARDS.c.household_key, func.min(AWARDS.c.award)).where(
            mine, AWARDS.c.award.in_(holding.correlate(AWARDS))
        )
        rows = connection.execute(asked.group_by(AWARDS.c.household_key))
        found.update({HOME + home: int(award) for home, award in rows})
    return found


def cite_award(connection: Connection, award: int, pupil: str, token: str) -> AlreadyAwarded:
    """Return the refusal that cites the award which stands."""
    asked = (
        select(AWARDS.c.proposed_on, AWARDS.c.lot_id, STANDING.c.state)
        .join(STANDING, STANDING.c.award == AWARDS.c.award)
        .where(AWARDS.c.award == award)
    )
    row = connection.execute(asked).one()
    return AlreadyAwarded(
        pupil,
        award=award,
        dated=row.proposed_on,
        lot_id=row.lot_id or "",
        state=row.state,
        because=_BECAUSE[token[: token.index(":") + 1]],
    )


def list_holds(ledger: Ledger) -> pd.DataFrame:
    """Return what every award holds that goes on holding its pupil: award, token.

    A token is ``pupil:`` and a pseudonym, ``token:`` and a keyed hash, or ``home:`` and a household.
    """
    with ledger.read() as connection:
        result = connection.execute(select(HOLDS.c.award, HOLDS.c.token).order_by(HOLDS.c.award))
        return pd.DataFrame([tuple(r) for r in result], columns=["award", "token"])


def hold(writing: Writing, rows: list[Row]) -> None:
    """Let awards hold their tokens; rows have `token` and `award`."""
    writing.connection.execute(insert(HOLDS), rows)


def let_go(writing: Writing, award: int) -> None:
    """Let an award hold nothing any more."""
    writing.connection.execute(delete(HOLDS).where(HOLDS.c.award == award))
