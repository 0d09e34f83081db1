"""What operators have promised: which promise is met, open, late or unseen, and which a plan builds on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.vocabulary.book import CommitmentState
from phusong.vocabulary.options import ConnectionBasis, PromiseVerdict
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.plans import COMMITMENTS
from phusong.vocabulary.terms import GapClass, Status, Technology

#: States in which the operator says that it works.
_DONE = (CommitmentState.ON_AIR, CommitmentState.ACCEPTED)
#: What connects a hamlet without full 4G; fibre connects any.
_ON_AIR = (Technology.G4, Technology.G5)
_SEEN = (Status.FULL, Status.PARTIAL)
#: Promises that a plan relies on, so that nothing is built twice.
_RELIED = (PromiseVerdict.OPEN, PromiseVerdict.LATE, PromiseVerdict.UNSEEN)
#: What a connection without a price rests on.
BASIS = ["basis", "basis_id", "basis_on"]
_KEY = ["hamlet_id", "technology", "operator"]


def judge_commitments(
    commitments: pd.DataFrame, reach: pd.DataFrame, *, as_of: pd.Timestamp
) -> pd.DataFrame:
    """Return what became of each promise by a day.

    A promise is met when its operator reports it on air or it was accepted, and the evidence shows the signal
    or the fibre; without that evidence it is unseen, and to be measured. Days late count from the due date to
    the day it went on air, or to the day asked.

    Parameters
    ----------
    commitments : `accepted_commitments`.
    reach : table `reach`.
    as_of : the day asked.

    Returns
    -------
    Table `commitments`, in order of commitment_id.
    """
    found = reach.drop_duplicates(_KEY).set_index(_KEY)["status"]
    keys = pd.MultiIndex.from_frame(commitments[_KEY])
    seen = np.isin(found.reindex(keys).to_numpy(dtype=object), [str(s) for s in _SEEN])
    done = commitments["state"].isin([str(s) for s in _DONE]).to_numpy(dtype=bool)
    due = commitments["due_on"]
    ended = commitments["on_air_on"].where(done).fillna(pd.Timestamp(as_of))
    late = (ended - due).dt.days.clip(lower=0)
    withdrawn = (commitments["state"] == CommitmentState.WITHDRAWN).to_numpy(dtype=bool)
    conditions = {
        PromiseVerdict.WITHDRAWN: withdrawn,
        PromiseVerdict.MET: done & seen,
        PromiseVerdict.UNSEEN: done,
        PromiseVerdict.UNDATED: due.isna().to_numpy(),
        PromiseVerdict.LATE: (late > 0).to_numpy(dtype=bool),
    }
    verdict = np.select(
        list(conditions.values()), [str(v) for v in conditions], str(PromiseVerdict.OPEN)
    )
    told = commitments.assign(
        verdict=verdict, days_late=late.where(~withdrawn & due.notna()).astype("Int64")
    )
    ordered = told.sort_values("commitment_id", ignore_index=True)
    return conform_table(ordered[COMMITMENTS.names], COMMITMENTS)


def find_promised(judged: pd.DataFrame, hamlets: pd.DataFrame, *, year: int) -> pd.DataFrame:
    """Return the hamlets that a promise connects, each once, with the earliest one.

    Fibre connects any hamlet; 4G or 5G one without full 4G. What is late is still owed, in the first wave.

    Parameters
    ----------
    judged : table `commitments`.
    hamlets : hamlet_id, gap_class.
    year : of the first wave.

    Returns
    -------
    hamlet_id, operator, technology, wave (from 0), basis, basis_id, basis_on (the due date), in order of
    hamlet_id.
    """
    known = hamlets.set_index("hamlet_id")["gap_class"]
    owed = judged[judged["verdict"].isin([str(v) for v in _RELIED])]
    owed = owed[owed["hamlet_id"].isin(known.index)]
    fibre = owed["technology"] == Technology.FIBRE
    aired = owed["technology"].isin([str(t) for t in _ON_AIR])
    helped = fibre | (aired & (owed["hamlet_id"].map(known) != GapClass.K2))
    mine = owed[helped]
    years = mine["due_on"].dt.year.fillna(year).astype("int64")
    wave = (years - year).clip(lower=0).mask(mine["verdict"] != PromiseVerdict.OPEN, 0)
    ordered = mine.assign(wave=wave).sort_values(["hamlet_id", "wave", "operator", "technology"])
    first = ordered.drop_duplicates("hamlet_id")
    based = first.assign(
        basis=str(ConnectionBasis.COMMITTED),
        basis_id=first["commitment_id"],
        basis_on=first["due_on"],
    )
    return based[["hamlet_id", "operator", "technology", "wave", *BASIS]].reset_index(drop=True)
