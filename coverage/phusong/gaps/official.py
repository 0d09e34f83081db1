"""White and partial gaps as they are counted officially: at the culture house first, then cluster by cluster.

A hamlet is in a white gap (trắng sóng) where its culture house or centre has no mobile broadband. It is in a
partial gap (lõm sóng) where the centre has it and a residential cluster has not. The ground is not asked.
What is unknown at the centre is unknown. Read from provinces' published counts of 2025 and 2026, which agree
with one another, since the letter that gives the criteria (1603/BTTTT-CVT of 25/04/2024) was not seen; which
technologies count is therefore a parameter.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from phusong.vocabulary.parameters import Policy
from phusong.vocabulary.terms import (
    MOBILE_BROADBAND,
    Evidence,
    OfficialGap,
    PointKind,
    Technology,
)

#: Sets by which every hamlet is judged beside the official one, whatever is switched off, by the end of their
#: names.
SETS = {
    "3g4g5g": MOBILE_BROADBAND,
    "4g5g": (Technology.G4, Technology.G5),
}
#: Evidence, most trusted first.
TRUST = {str(e): i for i, e in enumerate(Evidence)}


def list_official(policy: Policy, as_of: pd.Timestamp) -> tuple[str, ...]:
    """Return which technologies count officially on a day, the oldest first; 3G until it is switched off.

    Parameters
    ----------
    policy : with `official_technologies` and `count_3g_until`.
    as_of : the day asked.
    """
    named = set(str(policy.official_technologies.value).split("|"))
    if as_of >= pd.Timestamp(str(policy.count_3g_until.value)):
        named -= {str(Technology.G3)}
    return tuple(str(t) for t in MOBILE_BROADBAND if t in named)


def find_official_gaps(
    residential: pd.DataFrame, index: pd.Index, *, policy: Policy, as_of: pd.Timestamp
) -> pd.DataFrame:
    """Return the official columns of table `hamlet_classes` for every hamlet of an index.

    Parameters
    ----------
    residential : table `residential_signal`.
    index : hamlet ids.
    policy : which technologies count.
    as_of : the day asked.
    """
    official = list_official(policy, as_of)
    points = assess_points(residential, official)
    gap = classify_gaps(points, index)
    found = _count_clusters(points, index).assign(
        official_gap=gap,
        official_technologies="|".join(official),
        official_evidence=_name_evidence(points, gap),
        dark_households=_sum_households(points, index),
    )
    for name, technologies in SETS.items():
        judged = assess_points(residential, technologies)
        counts = _count_clusters(judged, index)[["dark_clusters", "unknown_clusters"]]
        found = found.assign(**{f"gap_{name}": classify_gaps(judged, index)})
        found = found.join(counts.add_suffix(f"_{name}"))
    return found


def assess_points(residential: pd.DataFrame, technologies: Iterable[str]) -> pd.DataFrame:
    """Return each centre and cluster once, and whether any of some technologies serves it.

    Parameters
    ----------
    residential : table `residential_signal`.
    technologies : those that count; nobody is asked for a technology of which nobody has said anything.

    Returns
    -------
    point_id (index), hamlet_id, kind, name, households, cluster, lon, lat; served: true, false, or empty
    where it is unknown; evidence: of who serves it, or the least trusted of all that say no.
    """
    places = residential.drop_duplicates("point_id").set_index("point_id")
    places = places[["hamlet_id", "kind", "name", "households", "cluster", "lon", "lat"]]
    rows = residential[residential["technology"].isin(list(technologies))]
    rank = rows["evidence"].map(TRUST).astype("float64")
    yes = rows["served"].fillna(value=False).astype(bool)
    of_point = rows["point_id"]
    served = yes.groupby(of_point).any().reindex(places.index, fill_value=False)
    silent = rows["served"].isna().groupby(of_point).any().reindex(places.index, fill_value=True)
    best = rank.where(yes).groupby(of_point).min().reindex(places.index)
    worst = rank.groupby(of_point).max().reindex(places.index, fill_value=TRUST[Evidence.ABSENT])
    evidence = best.where(served, worst).astype(int).map(dict(enumerate(TRUST)))
    return places.assign(
        served=served.astype("boolean").mask(~served & silent), evidence=evidence.astype("str")
    )


def classify_gaps(points: pd.DataFrame, index: pd.Index) -> pd.Series:
    """Return white gap, partial gap, none or unknown for every hamlet of an index.

    Parameters
    ----------
    points : from `assess_points`.
    index : hamlet ids; one without a centre is unknown.
    """
    centre = points[points["kind"] == PointKind.CENTRE].set_index("hamlet_id")["served"]
    centre = centre.reindex(index)
    dark = _count(points, is_dark(points), index)
    gap = np.select(
        [centre.isna(), ~centre.fillna(value=True), dark > 0],
        [str(OfficialGap.UNKNOWN), str(OfficialGap.WHITE), str(OfficialGap.PARTIAL)],
        str(OfficialGap.NONE),
    )
    return pd.Series(gap, index=index, dtype="str")


def is_dark(points: pd.DataFrame) -> pd.Series:
    """Return which places are known to have no signal; what is unknown is not among them.

    Parameters
    ----------
    points : from `assess_points`.
    """
    return ~points["served"].fillna(value=True).astype(bool)


def _count_clusters(points: pd.DataFrame, index: pd.Index) -> pd.DataFrame:
    """Return how many clusters each hamlet has, and how many of them are dark, or unknown."""
    every = pd.Series(data=True, index=points.index)
    return pd.DataFrame(
        {
            "clusters": _count(points, every, index),
            "dark_clusters": _count(points, is_dark(points), index),
            "unknown_clusters": _count(points, points["served"].isna(), index),
        }
    )


def _sum_households(points: pd.DataFrame, index: pd.Index) -> pd.Series:
    """Return the households of each hamlet's dark clusters; empty where those of one are unknown."""
    dark = points[(points["kind"] == PointKind.CLUSTER) & is_dark(points)]
    households = dark["households"].astype("Int64").groupby(dark["hamlet_id"])
    known = households.count() == households.size()
    return households.sum().where(known).reindex(index).mask(~index.isin(dark["hamlet_id"]), 0)


def _count(points: pd.DataFrame, which: pd.Series, index: pd.Index) -> pd.Series:
    """Return how many clusters of each hamlet are among those meant."""
    chosen = points[(points["kind"] == PointKind.CLUSTER) & which]
    return chosen.groupby("hamlet_id").size().reindex(index, fill_value=0).astype("int64")


def _name_evidence(points: pd.DataFrame, gap: pd.Series) -> pd.Series:
    """Return what each gap rests on: the centre, or of a partial gap its dark clusters, the least trusted."""
    dark = is_dark(points)
    partial = points["hamlet_id"].map(gap == OfficialGap.PARTIAL).astype(bool)
    deciding = np.where(
        partial, dark & (points["kind"] == PointKind.CLUSTER), points["kind"] == PointKind.CENTRE
    )
    chosen = points[deciding.astype(bool)]
    rank = chosen["evidence"].map(TRUST).astype("float64")
    worst = rank.groupby(chosen["hamlet_id"]).max().reindex(gap.index)
    return (
        worst.fillna(TRUST[Evidence.ABSENT]).astype(int).map(dict(enumerate(TRUST))).astype("str")
    )
