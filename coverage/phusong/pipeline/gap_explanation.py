"""Say why a hamlet is in a white or partial gap: which place has no signal, and by which evidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from phusong.gaps.official import SETS, assess_points
from phusong.vocabulary.terms import Evidence, OfficialGap, PointKind


def explain_gap(gap: pd.Series, residential: pd.DataFrame) -> list[str]:
    """Return what decided a hamlet's official gap, a line each.

    Parameters
    ----------
    gap : row of table `gaps`.
    residential : the hamlet's rows of table `residential_signal`.
    """
    named, technologies = OfficialGap.of(gap["official_gap"]), gap["official_technologies"]
    evidence = Evidence.of(gap["official_evidence"])
    counted = technologies.replace("|", ", ")
    lines = [
        f"official gap: {named.en} · {named.vi} (counting {counted} · tính {counted}), on "
        f"{gap['as_of']:%d/%m/%Y}; {evidence.en} · {evidence.vi}",
        f"clusters: {write_clusters(gap)}",
    ]
    others = {n: members for n, members in SETS.items() if "|".join(members) != technologies}
    lines += [_write_set(gap, name, members) for name, members in others.items()]
    points = assess_points(residential, technologies.split("|"))
    wide = points.merge(_find_details(residential, technologies), on="point_id", how="left")
    ordered = wide.sort_values("cluster")
    return [*lines, *(_write_place(row) for row in ordered.itertuples(index=False))]


def write_clusters(gap: pd.Series) -> str:
    """Return how many clusters have no signal, of how many, and their households, in both languages.

    Parameters
    ----------
    gap : row of table `gaps`.
    """
    all_, dark, unclear = (gap[n] for n in ("clusters", "dark_clusters", "unknown_clusters"))
    if all_ == 0:
        return "unknown, none was delivered · chưa có số liệu cụm dân cư"
    en, vi = f"{dark} of {all_} without signal", f"{dark}/{all_} cụm dân cư chưa có sóng"
    if dark:
        households = gap["dark_households"]
        known = pd.notna(households)
        en += f", {households} households" if known else ", households unknown"
        vi += f", {households} hộ" if known else ", chưa rõ số hộ"
    if unclear:
        en, vi = f"{en}, {unclear} unknown", f"{vi}, {unclear} cụm chưa rõ"
    return f"{en} · {vi}"


def _write_set(gap: pd.Series, name: str, technologies: Iterable[str]) -> str:
    """Return what the gap would be by another set of technologies."""
    named = OfficialGap.of(gap[f"gap_{name}"])
    counted = ", ".join(technologies)
    return f"counting {counted} · tính {counted}: {named.en} · {named.vi}"


def _find_details(residential: pd.DataFrame, technologies: str) -> pd.DataFrame:
    """Return, for each place, the likeliest technology's probability, who serves, indoors, and the date."""
    rows = residential[residential["technology"].isin(technologies.split("|"))]
    groups = rows.groupby("point_id")
    serving = rows[rows["served"].fillna(value=False)]
    by_whom = (serving["technology"] + " " + serving["operators"]).groupby(serving["point_id"])
    return pd.DataFrame(
        {
            "probability": groups["probability"].max(),
            "indoors": groups["indoors"].any(),
            "as_of": groups["as_of"].max(),
            "by_whom": by_whom.agg("; ".join),
        }
    ).reset_index()


def _write_place(row: Any) -> str:
    """Return one centre or cluster: where, how many households, signal or none, by which evidence."""
    kind, evidence = PointKind.of(row.kind), Evidence.of(row.evidence)
    who = f"{kind.en} · {kind.vi}"
    if row.kind == PointKind.CLUSTER:
        called = row.name if isinstance(row.name, str) else ""
        who = f"{kind.en} · {kind.vi} {row.cluster} {called}".rstrip()
        who += f", {row.households} households · hộ" if pd.notna(row.households) else ""
    date = f", {row.as_of:%d/%m/%Y}" if pd.notna(row.as_of) else ""
    chance = f", probability {100 * row.probability:.0f} %" if pd.notna(row.probability) else ""
    return (
        f"  {who} ({row.lat:.5f}° N {row.lon:.5f}° E): {_write_signal(row)}; "
        f"{evidence.en} · {evidence.vi}{date}{chance}"
    )


def _write_signal(row: Any) -> str:
    """Return whether a place has signal, from whom, and whether it reaches indoors."""
    if pd.isna(row.served):
        return "unknown · chưa rõ có sóng hay không"
    if not row.served:
        return "NO SIGNAL · CHƯA CÓ SÓNG"
    inside = "indoors too · cả trong nhà" if row.indoors else "outdoors only · chỉ ngoài trời"
    return f"signal · có sóng: {row.by_whom.replace('|', ', ')}, {inside}"
