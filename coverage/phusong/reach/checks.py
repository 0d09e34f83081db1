"""What was tried or measured on the spot: the witness nearest to the truth.

A check speaks of a whole hamlet and one layer: who stood there had the signal, or had not. It stands before
what operators say and models compute, and is dated by the day it was reported.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.reach.evidence import believe_check
from phusong.vocabulary.terms import Evidence, FibreBasis, Status, Technology

#: Columns of checks: as `accepted_claims`, so that both are read alike; an empty operator means all of them.
CHECK_COLUMNS = ["claim_id", "hamlet_id", "technology", "operator", "ready", "as_of"]
LAYER = ["hamlet_id", "technology", "operator"]


def name_operators(checks: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the checks with an operator each: “nothing from anybody” speaks of every operator's layer.

    “There is signal” without an operator speaks of nobody's layer and is left out.

    Parameters
    ----------
    checks : with `CHECK_COLUMNS`.
    pairs : technology and operator of every layer that is asked of.
    """
    named = checks[checks["operator"] != ""]
    nobody = checks[(checks["operator"] == "") & ~checks["ready"]].drop(columns="operator")
    spread = nobody.merge(pairs.drop_duplicates(), on="technology")[list(checks.columns)]
    return pd.concat([named, spread], ignore_index=True)


def mark_checked(reach: pd.DataFrame, checks: pd.DataFrame, *, certainty: float) -> pd.DataFrame:
    """Return table `reach` with checks as its evidence, and the fibre rows as the checks have them.

    At the test points checks have entered the mobile rows already; fibre has no points.

    Parameters
    ----------
    reach : rows of table `reach`.
    checks : with an operator each; the latest word of a hamlet and layer stands.
    certainty : probability that a finding is right.
    """
    latest = checks.sort_values(["as_of", "claim_id"]).drop_duplicates(LAYER, keep="last")
    told = reach[LAYER].merge(latest, on=LAYER, how="left").set_index(reach.index)
    seen = told["ready"].notna()
    ready = told["ready"].eq(True)
    marked = reach.copy()
    marked.loc[seen, "evidence"] = str(Evidence.MEASURED)
    marked["as_of"] = told["as_of"].fillna(marked["as_of"])
    against = (ready & (marked["operator_share"] == 0)) | (~ready & (marked["operator_share"] > 0))
    marked["disagrees"] = marked["disagrees"] | (seen & against.fillna(False).astype(bool))
    fibre = seen & (marked["technology"] == Technology.FIBRE)
    return _change_fibre(marked, fibre, ready[fibre].to_numpy(dtype=float), certainty)


def _change_fibre(
    reach: pd.DataFrame, fibre: pd.Series, ready: np.ndarray, certainty: float
) -> pd.DataFrame:
    """Return the table with the checked fibre rows ready or not, as the checks say."""
    before = reach.loc[fibre, "probability"].to_numpy(dtype=float)
    status = np.where(ready == 1, str(Status.FULL), str(Status.NONE))
    reach.loc[fibre, "status"] = status
    reach.loc[fibre, "served_share"] = ready
    reach.loc[fibre, "probability"] = believe_check(before, ready, certainty=certainty)
    silent = fibre & (reach["fibre_basis"] == FibreBasis.ABSENT)
    reach.loc[silent, "fibre_basis"] = str(FibreBasis.NEITHER)
    return reach
