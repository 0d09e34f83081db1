"""The figures of target B, each with numerator, denominator, date and edition; UNKNOWN apart."""

from __future__ import annotations

import pandas as pd

from phusong.places.editions import list_units, report_edition
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.results import INDICATORS
from phusong.vocabulary.terms import Counted, GapClass, Indicator, MobileGap, Status


def count_indicators(
    gaps: pd.DataFrame, hamlets: pd.DataFrame, *, editions: list[str], province: tuple[str, str]
) -> pd.DataFrame:
    """Return table `indicators` for every commune and the province, in every edition asked for.

    Totals are equal in every edition, since each hamlet is counted once in each.

    Parameters
    ----------
    gaps, hamlets : result tables.
    editions : editions of the administrative map to report in.
    province : code and name for the province's own rows.
    """
    facts = hamlets[["hamlet_id", "commune_code", "edition", "population"]].merge(
        gaps, on="hamlet_id"
    )
    parts = [_count_edition(facts, edition, province) for edition in editions]
    return conform_table(pd.concat(parts, ignore_index=True), INDICATORS)


def _count_edition(facts: pd.DataFrame, edition: str, province: tuple[str, str]) -> pd.DataFrame:
    """Return the indicators of one edition."""
    told = report_edition(facts, edition=edition)
    names = list_units(edition).set_index("code")
    labels = names["kind"] + " " + names["name"]
    yes, unknown = indicate(told)
    weights = {
        Counted.HAMLETS: pd.Series(1, index=told.index),
        Counted.PERSONS: told["population"].fillna(0).astype(int),
    }
    rows = []
    for counted, weight in weights.items():
        for name in yes:
            frame = pd.DataFrame(
                {
                    "area_code": told["commune_code"],
                    "numerator": weight * yes[name],
                    "denominator": weight,
                    "unknown": weight * unknown[name],
                }
            )
            rows.append(
                _sum_areas(frame, province, labels).assign(indicator=name, counted=str(counted))
            )
    result = pd.concat(rows, ignore_index=True)
    share = result["numerator"] / result["denominator"].where(result["denominator"] > 0)
    return result.assign(edition=edition, share=share, as_of=facts["as_of"].max())


def indicate(facts: pd.DataFrame) -> tuple[dict[str, pd.Series], dict[str, pd.Series]]:
    """Return, for each indicator, which hamlets count in it and which are unknown to it.

    A hamlet has 3G, 4G or fibre only when its status is FULL; PARTIAL is no yes, UNKNOWN is no yes.

    Parameters
    ----------
    facts : table `gaps`, possibly with more columns.
    """
    status = {
        Indicator.SIGNAL_3G: facts["mobile_3g"],
        Indicator.SIGNAL_4G: facts["mobile_4g"],
        Indicator.FIBRE: facts["fibre"],
    }
    yes = {str(n): s == Status.FULL for n, s in status.items()}
    unknown = {str(n): s == Status.UNKNOWN for n, s in status.items()}
    gap_unknown = facts["mobile_gap"] == MobileGap.UNKNOWN
    for name, kind in (
        (Indicator.WHITE_GAP, MobileGap.WHITE),
        (Indicator.PARTIAL_GAP, MobileGap.PARTIAL),
    ):
        yes[str(name)], unknown[str(name)] = facts["mobile_gap"] == kind, gap_unknown
    for grade in GapClass:
        yes[f"class_{grade}"] = facts["class"] == grade
        unknown[f"class_{grade}"] = facts["class"] == GapClass.KU
    return yes, unknown


def _sum_areas(frame: pd.DataFrame, province: tuple[str, str], labels: pd.Series) -> pd.DataFrame:
    """Return one row a commune and one for the province."""
    communes = frame.groupby("area_code", as_index=False).sum()
    communes["area"] = communes["area_code"].map(labels).fillna("")
    code, name = province
    total = frame[["numerator", "denominator", "unknown"]].sum().to_frame().T
    return pd.concat([communes, total.assign(area_code=code, area=name)], ignore_index=True)
