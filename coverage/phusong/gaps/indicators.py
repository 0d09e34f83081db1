"""The figures of target B, each with numerator, denominator, date and edition; UNKNOWN apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from phusong.gaps.official import SETS
from phusong.places.editions import name_communes, report_edition
from phusong.places.registers import Register
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.results import INDICATORS
from phusong.vocabulary.terms import Counted, GapClass, Indicator, OfficialGap, Status

_OFFICIAL = (Indicator.WHITE_GAP, Indicator.PARTIAL_GAP, Indicator.COVERED)


def count_indicators(
    gaps: pd.DataFrame,
    hamlets: pd.DataFrame,
    *,
    editions: list[str],
    province: tuple[str, str],
    register: Register | None = None,
) -> pd.DataFrame:
    """Return table `indicators` for every commune and the province, in every edition asked for.

    Totals are equal in every edition, since each hamlet is counted once in each; a hamlet of a commune that
    went to several has a line of its own.

    Parameters
    ----------
    gaps, hamlets : result tables.
    editions : editions of the administrative map to report in.
    province : code and name for the province's own rows.
    register : of the run; None: the packaged one.
    """
    facts = hamlets[["hamlet_id", "commune_code", "edition", "population"]].merge(
        gaps, on="hamlet_id"
    )
    parts = [_count_edition(facts, edition, province, register) for edition in editions]
    return conform_table(pd.concat(parts, ignore_index=True), INDICATORS)


def _count_edition(
    facts: pd.DataFrame, edition: str, province: tuple[str, str], register: Register | None
) -> pd.DataFrame:
    """Return the indicators of one edition."""
    described = report_edition(facts, edition=edition, register=register)
    labels = name_communes(edition, register)
    weights = {
        Counted.HAMLETS: pd.Series(1, index=described.index),
        Counted.PERSONS: described["population"].fillna(0).astype(int),
    }
    rows = []
    for indicator in list_memberships(described):
        for counted, weight in weights.items():
            frame = pd.DataFrame(
                {
                    "area_code": described["commune_code"],
                    "numerator": weight * indicator.yes,
                    "denominator": weight * indicator.among,
                    "unknown": weight * indicator.unknown,
                }
            )
            areas = _sum_areas(frame, province, labels)
            rows.append(
                areas.assign(
                    indicator=str(indicator.name),
                    counted=str(counted),
                    technologies=indicator.technologies,
                )
            )
    result = pd.concat(rows, ignore_index=True)
    share = result["numerator"] / result["denominator"].where(result["denominator"] > 0)
    return result.assign(edition=edition, share=share, as_of=facts["as_of"].max())


@dataclass(frozen=True)
class Membership:
    """Hold which hamlets an indicator counts.

    Parameters
    ----------
    name : of the indicator.
    yes : those that have what it asks for [h].
    among : those of which it is a share [h].
    unknown : those among them of which it cannot be said [h].
    technologies : that count, separated by |; None where it does not rest on a set of them.
    """

    name: Indicator
    yes: pd.Series
    among: pd.Series
    unknown: pd.Series
    technologies: str | None = None


def list_memberships(facts: pd.DataFrame) -> list[Membership]:
    """Return, for each indicator, which hamlets count in it, among which, and which are unknown to it.

    A hamlet has 3G, 4G, 5G or fibre only when its status is FULL; PARTIAL is no yes, UNKNOWN is no yes.

    Parameters
    ----------
    facts : table `gaps`, possibly with more columns.
    """
    status = {
        Indicator.SIGNAL_3G: "mobile_3g",
        Indicator.SIGNAL_4G: "mobile_4g",
        Indicator.SIGNAL_5G: "mobile_5g",
        Indicator.FIBRE: "fibre",
    }
    everybody = pd.Series(data=True, index=facts.index)
    found = [
        Membership(name, facts[c] == Status.FULL, everybody, facts[c] == Status.UNKNOWN)
        for name, c in status.items()
    ]
    found += _list_official(facts)
    no_data = facts["class"] == GapClass.KU
    for grade in GapClass:
        name = Indicator.of(f"class_{grade}")
        found.append(Membership(name, facts["class"] == grade, everybody, no_data))
    return found


def _list_official(facts: pd.DataFrame) -> list[Membership]:
    """Return white gap, partial gap and coverage by the official technologies, and by each other set."""
    named = facts["official_technologies"].dropna().unique()
    found = _classify_gap(facts, "official_gap", "unknown_clusters", named[:1], _OFFICIAL)
    for name, members in SETS.items():
        own = tuple(Indicator.of(f"{indicator}_{name}") for indicator in _OFFICIAL)
        columns = f"gap_{name}", f"unknown_clusters_{name}"
        found += _classify_gap(facts, *columns, ["|".join(members)], own)
    return found


def _classify_gap(
    facts: pd.DataFrame,
    column: str,
    unclear: str,
    technologies: Sequence[str],
    names: tuple[Indicator, ...],
) -> list[Membership]:
    """Return white gap, partial gap and coverage, each among those that it is counted among officially.

    White: of all. Partial: of those that are not white. Covered: of all, white and unknown not being covered,
    so that with nothing unknown it is 1 − white/all. Whether a hamlet with signal at its centre is partial is
    unknown where no clusters were delivered, or nobody knows about one of them.
    """
    gap = facts[column]
    white = gap == OfficialGap.WHITE
    unknown = (gap == OfficialGap.UNKNOWN) | gap.isna()
    bare = (facts["clusters"] == 0) | (facts[unclear].fillna(0) > 0)
    undecided = unknown | ((gap == OfficialGap.NONE) & bare)
    everybody = pd.Series(data=True, index=gap.index)
    counted = next(iter(technologies), None)
    return [
        Membership(names[0], white, everybody, unknown, counted),
        Membership(names[1], gap == OfficialGap.PARTIAL, ~white, undecided, counted),
        Membership(names[2], ~white & ~unknown, everybody, unknown, counted),
    ]


def _sum_areas(frame: pd.DataFrame, province: tuple[str, str], labels: pd.Series) -> pd.DataFrame:
    """Return one row a commune and one for the province."""
    communes = frame.groupby("area_code", as_index=False).sum()
    communes["area"] = communes["area_code"].map(labels).fillna("")
    code, name = province
    total = frame[["numerator", "denominator", "unknown"]].sum().to_frame().T
    return pd.concat([communes, total.assign(area_code=code, area=name)], ignore_index=True)
