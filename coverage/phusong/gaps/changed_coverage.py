"""The official coverage of changed hamlets on the former list and on the present one, side by side.

A hamlet without signal that is merged into one with signal leaves the rate of covered hamlets higher without
a mast: both rates stand beside each other, each with numerator and denominator.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.gaps.official import assess_points
from phusong.vocabulary.schema import conform_table, empty_table
from phusong.vocabulary.tables.findings import CHANGED_COVERAGE
from phusong.vocabulary.terms import ListedWhen, OfficialGap, PointKind

#: Digits behind the point to which two places [°] are the same: about a metre.
PLACE_DIGITS = 5


def compare_lists(
    gaps: pd.DataFrame,
    hamlets: pd.DataFrame,
    traced: pd.DataFrame,
    residential: pd.DataFrame,
    *,
    province: str,
) -> pd.DataFrame:
    """Return table `changed_coverage`: white and covered among changed hamlets, before and after.

    A former hamlet is judged by the signal of today at the place where its centre was. One of which nobody
    knows the place is unknown, and neither white nor covered.

    Parameters
    ----------
    gaps, hamlets : result tables.
    traced : table `hamlet_lineage`.
    residential : table `residential_signal`.
    province : code for the province's own rows.
    """
    if traced.empty or gaps.empty:
        return empty_table(CHANGED_COVERAGE)
    technologies = str(gaps["official_technologies"].iloc[0]).split("|")
    before = _assess_former(traced, gaps, assess_points(residential, technologies))
    communes = hamlets.set_index("hamlet_id")["commune_code"]
    present = gaps[gaps["hamlet_id"].isin(traced["to_hamlet_id"])]
    after = pd.DataFrame(
        {"area_code": present["hamlet_id"].map(communes), "gap": present["official_gap"]}
    )
    lists = {ListedWhen.BEFORE: before, ListedWhen.AFTER: after}
    rows = pd.concat([_count(f, province).assign(listed=str(n)) for n, f in lists.items()])
    day = gaps["as_of"].max()
    eve = traced["changed_on"].min() - pd.Timedelta(days=1)
    listed_on = np.where(rows["listed"] == ListedWhen.BEFORE, eve, day)
    edition = str(hamlets["edition"].iloc[0])
    dated = rows.assign(as_of=day, listed_on=pd.to_datetime(listed_on), edition=edition)
    return conform_table(dated, CHANGED_COVERAGE)


def _assess_former(traced: pd.DataFrame, gaps: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    """Return commune and gap of each former hamlet that a list or a change describes."""
    former = traced[traced["households"].notna() | traced["lon"].notna()]
    former = former if len(former) else traced
    parts = former.groupby(["from_hamlet_id", "changed_on"])["to_hamlet_id"].transform("size")
    origins = traced.groupby("to_hamlet_id")["from_hamlet_id"].nunique()
    alone = (former["to_hamlet_id"].map(origins) == 1) & (parts == 1)
    own = former["to_hamlet_id"].map(gaps.set_index("hamlet_id")["official_gap"])
    centre_served = _find_served(former, points)
    gap = pd.Series(str(OfficialGap.UNKNOWN), index=former.index)
    gap = gap.mask(centre_served.eq(other=True).fillna(value=False), str(OfficialGap.NONE))
    gap = gap.mask(centre_served.eq(other=False).fillna(value=False), str(OfficialGap.WHITE))
    gap = gap.mask(parts > 1, str(OfficialGap.UNKNOWN)).mask(alone, own)
    assessed = former.assign(gap=gap).drop_duplicates(["from_hamlet_id", "changed_on"])
    last = assessed.sort_values("changed_on").drop_duplicates("from_hamlet_id")
    area = last["from_commune_code"].fillna(last["to_commune_code"])
    return pd.DataFrame({"area_code": area.fillna(""), "gap": last["gap"]})


def _find_served(former: pd.DataFrame, points: pd.DataFrame) -> pd.Series:
    """Return whether each former hamlet's centre is served today; empty where nobody knows.

    Its centre is the cluster that it became, else the point of the present hamlet that lies there. Where
    neither is known, its own clusters tell, if they are all alike.

    Parameters
    ----------
    former : rows of table `hamlet_lineage`.
    points : from `assess_points`.
    """
    kind = former["from_kind"].fillna("")
    names = (kind + " " + former["from_hamlet"].fillna(former["from_hamlet_id"])).str.strip()
    clusters = points[points["kind"] == PointKind.CLUSTER]
    called, listed = clusters["name"].fillna(""), clusters["served"]
    found = (former["to_hamlet_id"] + "/" + names).map(
        _index(clusters["hamlet_id"] + "/" + called, listed)
    )
    there = _key_places(former["to_hamlet_id"], former).map(
        _index(_key_places(points["hamlet_id"], points), points["served"])
    )
    whole = clusters["hamlet_id"] + "/" + called.str.split(", ").str[0]
    groups = listed.groupby(whole)
    alike = groups.first().where(groups.nunique(dropna=False) == 1)
    parts = (former["to_hamlet_id"] + "/" + names).map(alike)
    served = (column.astype("boolean") for column in (found, there, parts))
    return next(served).fillna(next(served)).fillna(next(served))


def _index(keys: pd.Series, served: pd.Series) -> pd.Series:
    """Return whether points are served by key, the first of each key."""
    indexed = pd.Series(served.to_numpy(dtype=object), index=keys.to_numpy())
    return indexed[~indexed.index.duplicated()]


def _key_places(hamlets: pd.Series, places: pd.DataFrame) -> pd.Series:
    """Return hamlet and place, to a metre, as a text; without a place the hamlet alone, which none has."""
    where = [
        places[name].astype("float64").round(PLACE_DIGITS).astype("str") for name in ("lon", "lat")
    ]
    return (hamlets + "@" + where[0] + "/" + where[1]).where(places["lon"].notna(), hamlets)


def _count(assessed: pd.DataFrame, province: str) -> pd.DataFrame:
    """Return white, covered and unknown hamlets of each commune and of the province."""
    both = pd.concat([assessed, assessed.assign(area_code=province)])
    gap = both["gap"]
    unknown = (gap == OfficialGap.UNKNOWN) | gap.isna()
    white = gap == OfficialGap.WHITE
    columns = {"white": white, "covered": ~white & ~unknown, "unknown": unknown}
    counted = pd.DataFrame({"area_code": both["area_code"], **columns, "hamlets": True})
    summed = counted.groupby("area_code").sum().astype("int64").reset_index()
    return summed.assign(share=summed["covered"] / summed["hamlets"])
