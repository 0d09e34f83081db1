"""What a survey says of each residential cluster of a hamlet: its name and its households."""

from __future__ import annotations

import re

import pandas as pd
import shapely

from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable
from phusong.intake.values import read_texts
from phusong.vocabulary.terms import Severity

#: What stands between two clusters.
_BETWEEN = re.compile(r"\s*[;|]\s*")


def read_clusters(
    table: MatchedTable, clusters: pd.Series, findings: Findings
) -> dict[str, pd.Series]:
    """Return names and households of the clusters, in the order of their points and apart by `|`.

    Without one entry a point it cannot be told whose is whose: a list that does not fit is warned of and left
    empty, and costs the hamlet nothing else.

    Parameters
    ----------
    table : the survey.
    clusters : WKT of each hamlet's points, empty where it has none.
    findings : notebook of this reading.

    Returns
    -------
    cluster_names, cluster_households.
    """
    points = clusters.map(_count_points).astype("int64")
    names = _read_list(table, "cluster_names", findings)
    households = _read_list(table, "cluster_households", findings)
    parts = households.map(lambda t: t.split("|") if isinstance(t, str) else [])
    whole = parts.map(lambda told: all(part.isdigit() or not part for part in told))
    return {
        "cluster_names": _keep_even(table, "cluster_names", names, points, findings),
        "cluster_households": _keep_even(
            table, "cluster_households", households, points.where(whole, 0), findings
        ),
    }


def _count_points(wkt: object) -> int:
    """Return how many points a text of a multipoint holds."""
    return int(shapely.get_num_geometries(shapely.from_wkt(wkt))) if isinstance(wkt, str) else 0


def _read_list(table: MatchedTable, name: str, findings: Findings) -> pd.Series:
    """Return a column of lists, apart by `|` however the survey separates them."""
    texts = read_texts(table, name, findings)
    return texts.map(lambda t: _BETWEEN.sub("|", t) if isinstance(t, str) else None)


def _keep_even(
    table: MatchedTable, name: str, texts: pd.Series, points: pd.Series, findings: Findings
) -> pd.Series:
    """Return the lists that have as many entries as there are points, and warn of the others."""
    entries = texts.map(lambda t: len(t.split("|")) if isinstance(t, str) else 0)
    wrong = texts.notna() & (entries != points)
    table.fault(findings, "clusters_uneven", name, wrong, severity=Severity.WARNING)
    return texts.mask(wrong)
