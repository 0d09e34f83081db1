"""What the map's scripts are told: shapes by name, and everything known about each row of them.

The stand-alone page and the map of the front end are drawn from the same telling.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd

from phusong.views import records
from phusong.views.area import label_area
from phusong.views.labels import Label, SourceKind
from phusong.views.layers import draw_areas, draw_lines, find_bounds, trace_communes
from phusong.views.page import ASSETS
from phusong.views.palette import describe_palette
from phusong.views.summary import Summary, own_indicators
from phusong.vocabulary import options, terms
from phusong.vocabulary.editions import label_editions
from phusong.vocabulary.packaged import read_packaged_toml
from phusong.vocabulary.schema import Table, empty_table
from phusong.vocabulary.tables import accepted, results
from phusong.vocabulary.terms import Operator

#: The closed lists whose labels the page shows, under the name the page's scripts use.
LISTS: dict[str, type[terms.Term]] = {
    "class": terms.GapClass,
    "status": terms.Status,
    "evidence": terms.Evidence,
    "cause": terms.Cause,
    "gap": terms.OfficialGap,
    "technology": terms.Technology,
    "kind": terms.HamletKind,
    "unit": terms.UnitKind,
    "quality": terms.LocationQuality,
    "ground": terms.GroundBasis,
    "basis": terms.FibreBasis,
    "measurement": terms.MeasurementSource,
    "network": terms.NetworkStatus,
    "indicator": terms.Indicator,
    "counted": terms.Counted,
    "source": SourceKind,
    "option": options.OptionKind,
    "plan_basis": options.ConnectionBasis,
    "medium": options.Medium,
    "plan": options.PlannedWave,
    "plan_scenario": options.ScenarioName,
}

#: The headline figures; the classes are counted in the legend.
HEADLINES = (
    terms.Indicator.SIGNAL_3G,
    terms.Indicator.SIGNAL_4G,
    terms.Indicator.FIBRE,
    terms.Indicator.WHITE_GAP,
    terms.Indicator.PARTIAL_GAP,
    terms.Indicator.COVERED,
)

TABLES: tuple[Table, ...] = (
    results.COMMUNES,
    results.HAMLETS,
    results.SITES,
    results.REACH,
    results.SIGNAL,
    results.MEASUREMENTS,
    results.GAPS,
    results.PUPIL_COUNTS_PUBLIC,
    accepted.FIBRE_NODES,
    accepted.FIBRE_ROUTES,
)

Communes = Mapping[str, gpd.GeoDataFrame]


@dataclass(frozen=True)
class Telling:
    """Hold what a map is drawn from.

    Parameters
    ----------
    data : words, colours, head and packed tables, as plain data.
    shapes : layer → GeoJSON whose features carry the number `i` of their row and nothing else: `hamlets`,
        `communes_0` and so on by edition, `routes`, `trenches`.
    """

    data: dict[str, Any]
    shapes: dict[str, dict[str, Any]]


def tell_map(
    tables: Mapping[str, Any],
    summary: Summary,
    *,
    plan: Mapping[str, Any] | None,
    language: str,
) -> Telling:
    """Return what a map is drawn from.

    Parameters
    ----------
    tables, summary, plan, language : as `render_map` takes them.
    """
    have = {table.name: _present(tables, table) for table in TABLES}
    have[results.TRENCHES.name] = _present(plan or {}, results.TRENCHES)
    editions = _order_editions(tables, have[results.COMMUNES.name], summary)
    drawing = {name: entry["value"] for name, entry in read_drawing().items()}
    data = {
        **_describe_page(summary, drawing, language, _list_operators(have)),
        **_describe_tables(have, drawing),
        **_describe_communes(editions, summary, have[results.PUPIL_COUNTS_PUBLIC.name]),
        "bounds": find_bounds(*editions.values(), have[results.HAMLETS.name]),
        "plan": _describe_plan(plan, have, drawing) if plan else None,
    }
    return Telling(data, _draw_shapes(have, editions, drawing))


def read_drawing() -> dict[str, Any]:
    """Return how finely the map is drawn, each number with unit, range and source."""
    return read_packaged_toml(*ASSETS, "drawing.toml")


def _draw_shapes(
    have: Mapping[str, Any], editions: Communes, drawing: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """Return the shapes of every layer."""
    fine = {
        "tolerance_m": drawing["simplify_tolerance_m"],
        "decimals": drawing["coordinate_decimals"],
    }
    communes = {
        name: draw_areas(frame, **fine)
        for name, frame in zip(_name_communes(editions), editions.values(), strict=True)
    }
    return {
        "hamlets": draw_areas(have[results.HAMLETS.name], **fine),
        **communes,
        "routes": draw_lines(have[accepted.FIBRE_ROUTES.name], **fine),
        "trenches": draw_lines(have[results.TRENCHES.name], **fine),
    }


def _name_communes(editions: Communes) -> list[str]:
    """Return the name of the layer of each edition's communes."""
    return [f"communes_{number}" for number in range(len(editions))]


def _present(tables: Mapping[str, Any], table: Table) -> pd.DataFrame:
    """Return a table, empty where it was not given."""
    frame = tables.get(table.name)
    return empty_table(table) if frame is None else frame


def _order_editions(
    tables: Mapping[str, Any], communes: gpd.GeoDataFrame, summary: Summary
) -> dict[str, gpd.GeoDataFrame]:
    """Return the communes by edition, the edition of the sources first."""
    own = str(summary.get("edition", ""))
    given = {str(k): v for k, v in (tables.get("communes_by_edition") or {}).items()}
    mine = given.pop(own, communes)
    rest = {edition: given[edition] for edition in sorted(given) if len(given[edition])}
    return ({own: mine} if len(mine) else {}) | rest


def _list_operators(have: Mapping[str, Any]) -> list[Operator]:
    """Return the known operators, then those of the tables that no file knows."""
    columns = [
        frame[column].dropna().unique()
        for frame in have.values()
        for column in ("operator", "operators")
        if column in frame
    ]
    return Operator.list_with(name for names in columns for name in names)


def _describe_page(
    summary: Summary, drawing: Mapping[str, Any], language: str, operators: list[Operator]
) -> dict[str, Any]:
    """Return words, colours and head of the page."""
    return {
        "language": language,
        "labels": _labels_of(Label),
        "terms": {name: _labels_of(list_) for name, list_ in LISTS.items()}
        | {
            "operator": {str(o): {"vi": o.vi, "en": o.en} for o in operators},
            "edition": _label_editions(summary),
        },
        "palette": describe_palette(operators),
        "drawing": {name: drawing[name] for name in ("texture_zoom", "hamlet_zoom")},
        "head": _describe_head(summary),
    }


def _labels_of(list_: type[terms.Term]) -> dict[str, dict[str, str]]:
    return {str(term): {"vi": term.vi, "en": term.en} for term in list_}


def _label_editions(summary: Summary) -> dict[str, dict[str, str]]:
    """Return the labels of the editions that a province is told in."""
    known: dict[str, dict[str, str]] = summary.get("editions") or {}
    code, own = str(summary.get("code", "")), str(summary.get("edition", ""))
    described = [] if known else terms.Edition.list_of(code)
    if not known and own in terms.Edition.list_values() and own not in described:
        described = [*described, terms.Edition(own, code)]
    return known or label_editions(described)


def _describe_head(summary: Summary) -> dict[str, Any]:
    """Return who, when, from which sources, and the headline figures."""
    source_fields = ("kind", "publisher", "licence", "as_of", "file")
    return {
        "province": str(summary.get("province", "")),
        "area": str(label_area(summary)),
        "edition": str(summary.get("edition", "")),
        "as_of": str(summary.get("as_of", "")),
        "demonstration": bool(summary.get("demonstration")),
        "note": str(summary.get("note") or ""),
        "scenario": _describe_scenario(summary),
        "sources": [
            {field: str(source.get(field) or "") for field in source_fields}
            for source in summary.get("sources") or []
        ],
        "absent": [str(kind) for kind in summary.get("absent") or []],
        "figures": _headlines(summary, terms.Counted.HAMLETS),
        "persons": _headlines(summary, terms.Counted.PERSONS),
    }


def _describe_scenario(summary: Summary) -> dict[str, str] | None:
    """Return a scenario's name in both languages, or None for the plain run."""
    scenario = summary.get("scenario") or {}
    if not scenario:
        return None
    return {language: str(scenario.get(language) or scenario["name"]) for language in ("vi", "en")}


def _headlines(summary: Summary, counted: terms.Counted) -> list[dict[str, Any]]:
    """Return the headline figures, each with numerator, denominator and what is unknown."""
    fields = ("indicator", "numerator", "denominator", "unknown", "share", "technologies")
    rows = [r for r in own_indicators(summary, counted) if r["indicator"] in HEADLINES]
    return [{f: row.get(f) for f in fields} | {"counted": str(counted)} for row in rows]


def _describe_tables(have: Mapping[str, Any], drawing: Mapping[str, Any]) -> dict[str, Any]:
    """Return the packed tables of hamlets, statements, masts and fibre."""
    hamlets = have[results.HAMLETS.name]
    places, shares = drawing["coordinate_decimals"], drawing["share_decimals"]
    reach, signal = results.REACH.name, results.SIGNAL.name
    measured = have[results.MEASUREMENTS.name]
    most = int(drawing["measurements_drawn"])
    sites, nodes, routes = results.SITES.name, accepted.FIBRE_NODES.name, accepted.FIBRE_ROUTES.name
    return {
        "hamlets": records.record_hamlets(
            hamlets,
            have[results.GAPS.name],
            have[results.PUPIL_COUNTS_PUBLIC.name],
            decimals=places,
        ),
        "reach": records.record_statements(have[reach], hamlets, name=reach, decimals=shares),
        "signal": records.record_statements(have[signal], hamlets, name=signal, decimals=shares),
        "sites": records.record_points(have[sites], name=sites, decimals=places),
        "measurements": records.record_measurements(measured, most=most, decimals=places),
        "measured": records.record_measured(measured, hamlets),
        "nodes": records.record_points(have[nodes], name=nodes, decimals=places),
        "routes": records.record_rows(have[routes], name=routes),
    }


def _describe_plan(
    plan: Mapping[str, Any], have: Mapping[str, Any], drawing: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the packed tables of a plan, and its scenario, waves and money."""
    described = plan["told"]
    packed = records.record_plan(
        plan[results.ROLLOUT.name],
        plan[results.ANTENNAS.name],
        have[results.HAMLETS.name],
        decimals=drawing["coordinate_decimals"],
    )
    trenches = have[results.TRENCHES.name]
    return {
        **packed,
        results.TRENCHES.name: records.record_rows(trenches, name=results.TRENCHES.name),
        "scenario": str(described["scenario"]),
        "name": str(described.get("name", described["scenario"])),
        "as_of": str(described.get("as_of", "")),
        "outdated": bool(described.get("outdated", False)),
        "waves": int(described["waves"]),
        "spent_vnd": int(described["spent"]["cost_vnd"]) if "spent" in described else None,
        "part": bool(described.get("part", False)),
        "hamlets_promised": _count_promised(plan[results.ROLLOUT.name]),
        "hamlets": int(described["hamlets"]),
        "hamlets_reached": int(described["hamlets_reached"]),
    }


def _count_promised(rollout: pd.DataFrame) -> int:
    """Return how many hamlets a plan leaves to what operators have taken on or are building."""
    if "basis" not in rollout:  # a plan kept from before the two were told apart
        return 0
    reached = rollout["wave"].notna() & rollout["basis"].notna()
    return int((reached & (rollout["basis"] != options.ConnectionBasis.PLANNED)).sum())


def _describe_communes(
    editions: Communes, summary: Summary, counts: pd.DataFrame
) -> dict[str, Any]:
    """Return the communes of each edition, and into which of them each source commune went."""
    own = editions.get(str(summary.get("edition", "")))
    others = {e: frame for e, frame in editions.items() if own is not None and frame is not own}
    return {
        "communes": {
            edition: records.record_communes(frame, counts, edition)
            for edition, frame in editions.items()
        },
        "commune_layers": dict(zip(editions, _name_communes(editions), strict=True)),
        "lineage": {edition: trace_communes(own, frame) for edition, frame in others.items()},
    }
