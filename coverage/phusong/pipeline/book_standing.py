"""Where a book's awards and changes leave the pupils of a run: the book is asked, and nothing is kept twice.

An award holds whatever it was given under: pseudonym, identities, household. A pupil of the run whom an award
holds under another pseudonym stands under their own here, so that a plan serves nobody whom the book refuses.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from phusong.ledger.book import Ledger
from phusong.ledger.holds import HOME, PUPIL, TOKEN, list_holds
from phusong.ledger.pupil_changes import list_change_tokens
from phusong.ledger.queries import list_awards, list_stock
from phusong.plans.devices import Known
from phusong.vocabulary.book import PupilChange

AWARDS = ("student_key", "lot_id", "package_id", "state", "holds")


@dataclass(frozen=True, eq=False)
class BookStanding:
    """Hold what a book says of the pupils and of the store.

    Parameters
    ----------
    awards : columns `AWARDS`: each award under every pupil of the run whom it holds; one that holds nobody of
        the run, or nobody any more, under the pseudonym that it was given to.
    stock : item, received, set_aside, taken, gone, free.
    known : who declines, who has left, which households hold an award.
    moved : student_key, school_id, dated: to which school a pupil has gone.
    """

    awards: pd.DataFrame
    stock: pd.DataFrame
    known: Known
    moved: pd.DataFrame


def read_standing(ledger: Ledger, tokens: pd.DataFrame) -> BookStanding:
    """Return where a book leaves the pupils of a run.

    Parameters
    ----------
    ledger : the book.
    tokens : student_key, token of every pupil of the run: keyed hashes of identities.
    """
    awards, holds = list_awards(ledger), list_holds(ledger)
    changes = list_change_tokens(ledger).drop(columns="student_key")
    whose = name_holders(pd.concat([holds["token"], changes["token"]]), tokens)
    barred = {
        kind: frozenset(_list_pupils(changes[changes["kind"] == kind], whose))
        for kind in (PupilChange.DECLINED, PupilChange.DEPARTED)
    }
    households = holds.loc[holds["token"].str.startswith(HOME), "token"].str.removeprefix(HOME)
    holding = awards["award"].isin(holds["award"])
    served = {*households, *awards.loc[holding, "household_key"].dropna()}
    known = Known(barred[PupilChange.DECLINED], barred[PupilChange.DEPARTED], frozenset(served))
    held = _join_holders(awards, holds, whose)
    return BookStanding(held, list_stock(ledger), known, _list_moves(changes, whose))


def list_served(awards: pd.DataFrame, students: pd.DataFrame) -> frozenset[str]:
    """Return the pupils of the run whom an award holds, or has given something that they have.

    Parameters
    ----------
    awards : of a `BookStanding`.
    students : table of the run.
    """
    holds = awards["holds"].fillna(value=False).astype(bool)
    return frozenset(awards.loc[holds, "student_key"]) & frozenset(students["student_key"])


def name_holders(held: pd.Series, tokens: pd.DataFrame) -> pd.DataFrame:
    """Return which pupils of the run are known by which token of the book: token, student_key.

    Parameters
    ----------
    held : tokens of the book.
    tokens : student_key, token of every pupil of the run.
    """
    mine = tokens.assign(token=TOKEN + tokens["token"].astype("str"))
    mine = mine[mine["token"].isin(set(held))]
    named = held[held.str.startswith(PUPIL)].drop_duplicates()
    own = pd.DataFrame({"token": named, "student_key": named.str.removeprefix(PUPIL)})
    return pd.concat([own, mine[["token", "student_key"]]], ignore_index=True).astype("str")


def _join_holders(awards: pd.DataFrame, holds: pd.DataFrame, whose: pd.DataFrame) -> pd.DataFrame:
    """Return each award under every pupil whom it holds, and the others as they were given."""
    pairs = holds.merge(whose, on="token")[["award", "student_key"]].drop_duplicates()
    plain = awards.drop(columns="student_key")
    under = plain.merge(pairs, on="award").assign(holds=True)
    other = awards[~awards["award"].isin(pairs["award"])].assign(holds=False)
    every = pd.concat([under, other], ignore_index=True)[list(AWARDS)]
    return every.astype({"holds": bool})


def _list_pupils(changes: pd.DataFrame, whose: pd.DataFrame) -> list[str]:
    """Return the pupils of the run whom some changes are about."""
    return sorted(set(changes.merge(whose, on="token")["student_key"]))


def _list_moves(changes: pd.DataFrame, whose: pd.DataFrame) -> pd.DataFrame:
    """Return to which school each pupil has gone, by the newest move that stands."""
    moves = changes[changes["kind"] == PupilChange.MOVED].merge(whose, on="token")
    newest = moves.sort_values("change").drop_duplicates("student_key", keep="last")
    return newest[["student_key", "school_id", "dated"]].reset_index(drop=True)
