"""Papers that are signed or sent: the record of a hand-over at a school, the letter to a donor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from phusong.ledger.book import Ledger
from phusong.ledger.queries import list_contributions, list_entries
from phusong.vietnamese.keys import base_key
from phusong.views.documents.input_tables import KIND_FORMS
from phusong.views.documents.inputs import DonorFigures, HandOverFigures, SchoolFigures
from phusong.vocabulary.book import AwardState, DonorKind

#: Who signs for each party, by role.
GIVES, TAKES = "Đại diện cơ quan tiếp nhận, phân bổ", "Hiệu trưởng"
_NO_RECORD = "khong-so"


def gather_hand_overs(told: SchoolFigures, agency: str) -> list[HandOverFigures]:
    """Return what the records of the hand-overs at a school are made from, one for each number of the book.

    What is approved and still to be handed over stands on a record of its own, whose day is left open. A
    hand-over that the book keeps without a number has a record for each of its days.

    Parameters
    ----------
    told : the school and its awards, those that have ended among them.
    agency : the office that gives.
    """
    awards = told.awards
    parties: dict[str, Any] = {
        "giver": agency,
        "giver_role": GIVES,
        "receiver": told.school,
        "receiver_role": TAKES,
        "where": told.commune or told.school,
        "school": told.school,
    }
    due = awards[awards["state"] == AwardState.APPROVED]
    minutes = [HandOverFigures(awards=due.reset_index(drop=True), **parties)] if len(due) else []
    done = awards[awards["handed_on"].notna()]
    number = done["record"].fillna("")
    day = done["handed_on"].where(
        number == ""
    )  # one record has one day, its last, whatever was typed when
    marks: set[str] = set()
    for (record, _), own in done.groupby([number, day], sort=True, dropna=False):
        minutes.append(
            HandOverFigures(
                awards=own.reset_index(drop=True),
                record=str(record),
                handed_on=own["handed_on"].max().date(),
                mark=_make_mark(str(record), marks),
                **parties,
            )
        )
    return minutes


def _make_mark(record: str, taken: set[str]) -> str:
    """Return a record's number as a part of a file's name, another for each, and keep it as taken."""
    plain = re.sub(r"[^a-z0-9]+", "-", base_key(record)).strip("-") or _NO_RECORD
    mark, count = plain, 1
    while mark in taken:
        count += 1
        mark = f"{plain}-{count}"
    taken.add(mark)
    return mark


def gather_donors(ledger: Ledger) -> Iterator[tuple[str, DonorFigures]]:
    """Yield for each donor of whom something has come the first receipt's number and the letter's figures.

    Parameters
    ----------
    ledger : the book.
    """
    gifts = list_contributions(ledger)
    gifts = gifts[gifts["counted"]].merge(_sum_receipts(ledger), on="contribution_id")
    anonymous = gifts["donor"].isna() | (gifts["donor_kind"] == DonorKind.ANONYMOUS)
    named = gifts["donor"].where(~anonymous, gifts["contribution_id"])
    for _, own in gifts.groupby(named, sort=True):
        donor = "" if anonymous[own.index[0]] else str(own["donor"].iloc[0])
        yield str(own["contribution_id"].iloc[0]), DonorFigures(donor, _tell_gifts(own))


def _sum_receipts(ledger: Ledger) -> pd.DataFrame:
    """Return what has come of each contribution, and when the last of it came."""
    entries = list_entries(ledger)
    came = entries[(entries["stage"] == "receipt") & entries["contribution_id"].notna()]
    sums = came.groupby("contribution_id").agg(
        money=("amount_vnd", "sum"), things=("pieces", "sum"), came_on=("dated", "max")
    )
    return sums[(sums["money"] > 0) | (sums["things"] > 0)].reset_index()


def _tell_gifts(own: pd.DataFrame) -> pd.DataFrame:
    """Return table `gifts_of_donor`."""
    kind = own["form"].isin([str(f) for f in KIND_FORMS])
    return pd.DataFrame(
        {
            "contribution_id": own["contribution_id"],
            "received_on": pd.to_datetime(own["came_on"]),
            "form": own["form"],
            "item": own["in_kind"].fillna("tiền").astype("str"),
            "quantity": own["things"].where(kind).astype("Int64"),
            "received_vnd": own["money"].where(~kind).astype("Int64"),
            "value_vnd": own["value_vnd"].where(kind).astype("Int64"),
        }
    ).reset_index(drop=True)
