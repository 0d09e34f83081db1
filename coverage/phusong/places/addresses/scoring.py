"""How right the answers are, where the truth is known."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from phusong.places.addresses.gazetteer import Gazetteer


class Score(NamedTuple):
    """Hold how right answers are.

    Attributes
    ----------
    matched, right : rows that are MATCHED, and those of them with the true hamlet.
    meant : rows that have a true hamlet.
    wrong_communes : rows that are MATCHED or COMMUNE_ONLY in another commune than the truth's.
    statuses_right : rows with the status expected; None where none is.
    """

    matched: int
    right: int
    meant: int
    wrong_communes: int
    statuses_right: int | None

    @property
    def precision(self) -> float | None:
        """Return the share of the matched that is right."""
        return self.right / self.matched if self.matched else None

    @property
    def recall(self) -> float | None:
        """Return the share of the rows with a true hamlet that found it."""
        return self.right / self.meant if self.meant else None


def _list_truth(addresses: pd.DataFrame) -> pd.Series:
    """Return the true hamlet of each row; empty where there is none, or several may be."""
    if "true_hamlet" in addresses:
        return addresses["true_hamlet"].fillna("").astype("str")
    given = addresses.get("expected_hamlet_id", pd.Series("", index=addresses.index))
    single = given.fillna("").astype("str")
    if "expected_status" in addresses:
        single = single.where(addresses["expected_status"] == "MATCHED", "")
    return single.where(~single.str.contains("|", regex=False), "")


def _list_true_communes(
    addresses: pd.DataFrame, truth: pd.Series, gazetteer: Gazetteer
) -> pd.Series:
    """Return the true commune of each row: stated, else that of the true hamlet; empty where unknown."""
    for name in ("true_commune", "expected_commune_code"):
        if name in addresses:
            return addresses[name].fillna("").astype("str")
    homes = {hamlet.hamlet_id: hamlet.commune[1] for hamlet in gazetteer.hamlets}
    return truth.map(lambda hamlet: homes.get(hamlet, ""))


def _count_right_statuses(addresses: pd.DataFrame, answers: pd.DataFrame) -> int | None:
    """Return how many rows have one of the statuses expected."""
    if "expected_status" not in addresses:
        return None
    pairs = zip(answers["status"], addresses["expected_status"].astype("str"), strict=True)
    return sum(status in expected.split("|") for status, expected in pairs)


def has_truth(addresses: pd.DataFrame) -> bool:
    """Return whether a table of addresses says what the answers should be."""
    return bool({"true_hamlet", "expected_status", "expected_hamlet_id"} & set(addresses.columns))


def score_answers(addresses: pd.DataFrame, answers: pd.DataFrame, *, gazetteer: Gazetteer) -> Score:
    """Return how right answers are.

    Parameters
    ----------
    addresses : with `true_hamlet` (and `true_commune`), or `expected_status`, `expected_hamlet_id` and
        `expected_commune_code`, each of which may name several with `|`.
    answers : from `match_addresses`, row by row.
    gazetteer : what the answers were found in.
    """
    truth = _list_truth(addresses)
    homes = _list_true_communes(addresses, truth, gazetteer)
    matched = answers["status"] == "MATCHED"
    stated = answers["commune_code"].where(answers["status"].isin(["MATCHED", "COMMUNE_ONLY"]), "")
    wrong = [
        bool(said and home) and said not in home.split("|")
        for said, home in zip(stated, homes, strict=True)
    ]
    return Score(
        matched=int(matched.sum()),
        right=int((matched & (answers["hamlet_id"] == truth)).sum()),
        meant=int((truth != "").sum()),
        wrong_communes=sum(wrong),
        statuses_right=_count_right_statuses(addresses, answers),
    )
