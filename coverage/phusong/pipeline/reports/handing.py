"""Papers that are signed or sent: the record of a hand-over at a school, the letter to a donor."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from phusong.ledger.book import Ledger
from phusong.ledger.queries import list_contributions, list_entries
from phusong.views.documents.input_tables import KIND_FORMS
from phusong.views.documents.inputs import DonorFigures, HandOverFigures, SchoolFigures
from phusong.vocabulary.book import AwardState, DonorKind

#: States of the awards that stand on a record: approved, to be signed for; handed over, signed already.
ON_RECORD = (AwardState.APPROVED, AwardState.HANDED_OVER)
#: Who signs for each party, by role.
GIVES, TAKES = "Đại diện cơ quan tiếp nhận, phân bổ", "Hiệu trưởng"


def gather_hand_over(told: SchoolFigures, agency: str) -> HandOverFigures:
    """Return what the record of a hand-over at a school is made from.

    Parameters
    ----------
    told : the school and its awards.
    agency : the office that gives.
    """
    mine = told.awards[told.awards["state"].isin([str(s) for s in ON_RECORD])]
    return HandOverFigures(
        giver=agency,
        giver_role=GIVES,
        receiver=told.school,
        receiver_role=TAKES,
        where=told.commune or told.school,
        school=told.school,
        awards=mine.reset_index(drop=True),
    )


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
