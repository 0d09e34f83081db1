"""What was stated of hamlets that were merged since: true of their ground, not of the present hamlet."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.reach.layers import Layers
from phusong.reach.statements import date_claims, state_claims
from phusong.vocabulary.terms import Technology

LAYER = ["hamlet_id", "technology", "operator"]


def split_former(claims: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the statements about present hamlets, and those about former ones.

    Parameters
    ----------
    claims : identified; with former_hamlet_id where some were carried over.
    """
    if "former_hamlet_id" not in claims:
        return claims, claims.iloc[:0].assign(former_hamlet_id=pd.Series(dtype="str"))
    former = claims["former_hamlet_id"].notna()
    return claims[~former], claims[former]


def state_points(points: pd.DataFrame, claims: pd.DataFrame, layers: Layers) -> np.ndarray:
    """Return 1 or 0 where a layer is claimed or denied for a point's hamlet, or its former one, else NaN.

    Parameters
    ----------
    points : table `points`.
    claims : identified.
    layers : asked of.

    Returns
    -------
    array [n, layers]
    """
    present, former = split_former(claims)
    stated = state_claims(points["hamlet_id"], present, layers)
    if former.empty:
        return stated
    of_former = former.assign(hamlet_id=former["former_hamlet_id"])
    of_former = of_former.drop_duplicates(["claim_id", "hamlet_id"])
    before = state_claims(points["former_hamlet_id"], of_former, layers)
    return np.where(np.isnan(stated), before, stated)


def date_points(points: pd.DataFrame, claims: pd.DataFrame, layers: Layers) -> np.ndarray:
    """Return the day of what `state_points` has at each point and layer, else NaT.

    Parameters
    ----------
    points, claims, layers : see `state_points`.

    Returns
    -------
    array [n, layers] of datetime64[us]
    """
    present, former = split_former(claims)
    dates = date_claims(points["hamlet_id"], present, layers)
    if former.empty:
        return dates
    of_former = former.assign(hamlet_id=former["former_hamlet_id"])
    before = date_claims(points["former_hamlet_id"], of_former, layers)
    return np.where(np.isnat(dates), before, dates)


def unite_former(claims: pd.DataFrame, traced: pd.DataFrame, households: pd.Series) -> pd.DataFrame:
    """Return statements about present hamlets, and those about former ones in which all of a hamlet agree.

    Of fibre they need not: then as many households are passed as in the former hamlets that have it, where
    these are counted.

    Parameters
    ----------
    claims : identified.
    traced : table `hamlet_lineage`.
    households : of present hamlets, by hamlet_id.
    """
    present, former = split_former(claims)
    if former.empty:
        return present
    latest = former.sort_values(["as_of", "claim_id"])
    latest = latest.drop_duplicates([*LAYER, "former_hamlet_id"], keep="last")
    latest = latest[latest["hamlet_id"].notna()]
    origins = traced.groupby("to_hamlet_id")["from_hamlet_id"].nunique()
    counted = traced.drop_duplicates("from_hamlet_id").set_index("from_hamlet_id")["households"]
    united = [
        row
        for _, group in latest.groupby(LAYER)
        if len(group) >= origins.get(group["hamlet_id"].iloc[0], 1)
        and (row := _unite(group, counted, households)) is not None
    ]
    return pd.concat([present, pd.DataFrame(united, columns=claims.columns)]) if united else present


def _unite(group: pd.DataFrame, counted: pd.Series, households: pd.Series) -> pd.Series | None:
    """Return what statements about all parts of a hamlet say of the whole; None where they do not agree."""
    row, ready = group.iloc[-1].copy(), group["ready"].astype(bool)
    fibre = row["technology"] == Technology.FIBRE and "households_passed" in group
    if fibre and ready.any():
        own = group["former_hamlet_id"].map(counted)
        passed = group["households_passed"].astype("Float64").fillna(own.astype("Float64"))
        total = passed[ready].sum() if passed[ready].notna().all() else None
        known = total is not None and pd.notna(households.get(row["hamlet_id"]))
        if not known and not ready.all():
            return None
        row["ready"], row["households_passed"] = (
            True,
            int(total) if known and total is not None else None,
        )
        return row
    return row if ready.nunique() == 1 else None
