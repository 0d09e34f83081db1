"""Pairs of pupils who may be one: list them, decide, take back. What is decided counts from the next run."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

import pandas as pd

from phusong.persons.vault import Vault
from phusong.pipeline.book_standing import list_served, read_standing
from phusong.pipeline.near_served import add_near_served
from phusong.pipeline.result_files import PERSONAL_FOLDER, TOKENS
from phusong.pipeline.settings import find_living, read_settings
from phusong.pipeline.shelves import find_ledger
from phusong.store import read_table
from phusong.store.decisions import (
    ONE,
    PAIRS,
    TWO,
    UNDO,
    Decision,
    add_decision,
    list_standing,
    read_decisions,
)
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.tables.results import PUPIL_LINKS, STUDENTS


def list_pairs(
    folder: Path, *, book: str | None = None, province_file: Path | None = None
) -> pd.DataFrame:
    """Return the pairs of a run that a person must look at, the likeliest first; columns of `pupil_links`.

    Those of a pupil who is near to one whom the book has served stand among them, before a plan is made.

    Parameters
    ----------
    folder : output folder.
    book : URL or file of the book; None: the one beside the results, where there is one.
    province_file : see `decide_pair`.
    """
    read_settings(folder)
    links = read_table(folder, PUPIL_LINKS.name)
    ledger = find_ledger(folder, book)
    if ledger is not None:
        with closing(ledger):
            standing = read_standing(ledger, Vault(folder / PERSONAL_FOLDER).read(TOKENS))
        served = list_served(standing.awards, read_table(folder, STUDENTS.name))
        links = add_near_served(folder, links, served, province_file)
    order = ["probability", "left_key", "right_key"]
    return links.sort_values(order, ascending=[False, True, True], ignore_index=True)


def decide_pair(
    folder: Path,
    left: str,
    right: str,
    *,
    is_one: bool,
    by: str,
    why: str,
    now: datetime,
    province_file: Path | None = None,
    book: str | None = None,
) -> Decision:
    """Say that a pair of pupils is one pupil, or two.

    Parameters
    ----------
    folder : output folder.
    left, right : pseudonyms, in whichever order.
    is_one : whether both are one pupil.
    by : role of whoever decides; never a name.
    why : the reason.
    now : time of the decision.
    province_file : where the province file is now, beside which decisions lie; None: where the run left it.
    book : see `list_pairs`.

    Raises
    ------
    ParameterFault
        If the two are on no list of pairs, or nothing but their place in a file tells them apart.
    """
    first, second = sorted((left, right))
    links = list_pairs(folder, book=book, province_file=province_file)
    if not ((links["left_key"] == first) & (links["right_key"] == second)).any():
        cure = f"list them with `phusong pairs {folder}`"
        raise ParameterFault(f"{first} and {second} are no pair that waits for a person → {cure}")
    tokens = Vault(folder / PERSONAL_FOLDER).read(TOKENS, of=[first, second])
    own = {
        key: sorted(tokens.loc[tokens["student_key"] == key, "token"]) for key in (first, second)
    }
    if not all(own.values()):
        cure = "let the school give each a number of their own, and deliver and run again"
        raise ParameterFault(
            f"{first} and {second} cannot be told apart by anything written → {cure}"
        )
    decision = Decision(
        number=0,
        at=now.isoformat(timespec="seconds"),
        by=by,
        action=ONE if is_one else TWO,
        why=why,
        left=first,
        right=second,
        left_tokens="|".join(own[first]),
        right_tokens="|".join(own[second]),
    )
    return add_decision(find_living(folder, "decisions", province_file), decision)


def undo_pair(
    folder: Path,
    number: int,
    *,
    by: str,
    why: str,
    now: datetime,
    province_file: Path | None = None,
) -> Decision:
    """Take a decision about a pair back by another one; both stay on record.

    Parameters
    ----------
    folder, by, why, now, province_file : see `decide_pair`.
    number : of the decision.

    Raises
    ------
    ParameterFault
        If no such decision about a pair stands.
    """
    if number not in {d.number for d in list_pair_decisions(folder, province_file)}:
        cure = f"list them with `phusong pairs {folder} --decisions`"
        raise ParameterFault(f"no decision {number} about a pair is in force → {cure}")
    undo = Decision(0, now.isoformat(timespec="seconds"), by, UNDO, undoes=number, why=why)
    return add_decision(find_living(folder, "decisions", province_file), undo)


def list_pair_decisions(folder: Path, province_file: Path | None = None) -> list[Decision]:
    """Return the decisions about pairs in force, oldest first."""
    known = read_decisions(find_living(folder, "decisions", province_file))
    return [d for d in list_standing(known) if d.action in PAIRS]
