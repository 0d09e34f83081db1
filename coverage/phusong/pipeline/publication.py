"""The end of the flow: the summary, and the map that anybody can open."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd

from phusong.pipeline.province import KINDS
from phusong.pipeline.pupil_figures import summarise_pupils
from phusong.pipeline.result_files import diagnoses_name
from phusong.pipeline.stage_context import StageContext
from phusong.pipeline.stages import MAP_TABLES
from phusong.places.boundaries import dissolve_communes
from phusong.places.editions import list_reported
from phusong.places.given_addresses import can_search
from phusong.places.registers import Register
from phusong.reach.path_counts import sum_paths
from phusong.views.map import render_map
from phusong.vocabulary.editions import label_editions
from phusong.vocabulary.operators import use_operators
from phusong.vocabulary.own_operators import open_operators
from phusong.vocabulary.pupils import CountedUnit
from phusong.vocabulary.terms import Cause, GapClass, LocationQuality, Status, Technology

MAP_NAME = "map.html"
#: The units whose counts of pupils anybody may see: as much as the strictest reader, an operator, is shown.
PUBLISHED_UNITS = frozenset(
    {str(CountedUnit.PROVINCE), str(CountedUnit.DISTRICT), str(CountedUnit.COMMUNE)}
)


def publish_summary(context: StageContext) -> None:
    """Write `summary.json`: the headline figures, and everything a reader must know beside them."""
    text = json.dumps(summarise(context), ensure_ascii=False, indent=1, default=str)
    context.save_text("summary.json", text + "\n")


def publish_map(context: StageContext) -> None:
    """Write `map.html`: what is; a plan draws itself on it later."""
    summary = json.loads(context.file("summary.json").read_text(encoding="utf-8"))
    with use_operators(open_operators(context.own_operators)):
        page = draw_province(context.table, summary, register=context.register)
    context.save_text(MAP_NAME, page)


def draw_province(
    read: Callable[[str], Any],
    summary: dict[str, Any],
    plan: dict[str, Any] | None = None,
    *,
    register: Register,
) -> str:
    """Return the map of a province as one page, with a plan on it where there is one.

    Parameters
    ----------
    read : returns a table of the run by name.
    summary : as `summary.json` holds it.
    plan : see `render_map`.
    register : of the run.
    """
    counts = keep_published(read("pupil_counts_public"))
    tables = gather_tables(read, summary, counts, register=register)
    return render_map(tables, summary, plan=plan)


def keep_published(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of pupils that anybody may see: of communes and up.

    Parameters
    ----------
    counts : table `pupil_counts_public`.
    """
    return counts[counts["unit"].isin(PUBLISHED_UNITS)].reset_index(drop=True)


def gather_tables(
    read: Callable[[str], Any],
    summary: dict[str, Any],
    counts: pd.DataFrame,
    *,
    register: Register,
) -> dict[str, Any]:
    """Return the tables that a map is drawn from, with the communes of every edition.

    Parameters
    ----------
    read, summary, register : see `draw_province`.
    counts : the counts of pupils that whoever looks may see, in the columns of `pupil_counts_public`.
    """
    tables: dict[str, Any] = {name: read(name) for name in MAP_TABLES}
    tables["pupil_counts_public"] = counts
    own, *later = list_reported(str(summary["edition"]), str(summary["code"]), register)
    communes = {str(own): tables["communes"]}
    for edition in map(str, later):
        communes[edition] = dissolve_communes(
            tables["communes"], edition=edition, register=register
        )
    tables["communes_by_edition"] = communes
    return tables


def summarise(context: StageContext) -> dict[str, Any]:
    """Return the summary of a run as plain data."""
    sources, code = context.listing(), context.head("code")
    reported = list_reported(context.head("edition"), code, context.register)
    return {
        "province": context.head("name"),
        "code": context.head("code"),
        "edition": str(context.head("edition")),
        "editions": label_editions(reported),
        "as_of": context.head("as_of").isoformat(),
        "demonstration": context.head("demonstration"),
        "addresses_searched": can_search(context.head("code")),
        "note": context.head("note"),
        "scenario": context.scenario,
        "version": context.version,
        "indicators": list_headlines(context.table("indicators"), context.head("code")),
        "changed_coverage": list_changed_rates(context.table("changed_coverage"), code),
        "classes": _count(context.table("gaps")["class"], [str(c) for c in GapClass]),
        "causes": _count(context.table("gaps")["cause"], [str(c) for c in Cause]),
        "lines": count_lines(context),
        "pupils": summarise_pupils(context),
        "sources": list_sources(context),
        "absent": [kind for kind in KINDS if kind not in {s.kind for s in sources}],
    }


def list_headlines(indicators: pd.DataFrame, code: str) -> list[dict[str, Any]]:
    """Return the province's own indicators, each with numerator, denominator, date and edition."""
    rows = indicators[indicators["area_code"] == code]
    rows = rows.assign(as_of=rows["as_of"].dt.strftime("%Y-%m-%d"))
    described: list[dict[str, Any]] = json.loads(rows.to_json(orient="records", force_ascii=False))
    return described


def list_changed_rates(changed: pd.DataFrame, code: str) -> list[dict[str, Any]]:
    """Return the province's rates of coverage among changed hamlets on the former and on the present list.

    Parameters
    ----------
    changed : table `changed_coverage`.
    code : of the province.

    Returns
    -------
    a row a list: listed, listed_on, numerator (covered), denominator (hamlets), unknown, white, share, as_of
    and edition; none where no hamlet changed.
    """
    rows = changed[changed["area_code"] == code].drop(columns="area_code")
    days = {name: rows[name].dt.strftime("%Y-%m-%d") for name in ("as_of", "listed_on")}
    named = rows.assign(**days).rename(columns={"covered": "numerator", "hamlets": "denominator"})
    ordered = named.sort_values("listed_on", kind="stable")
    rates: list[dict[str, Any]] = json.loads(ordered.to_json(orient="records", force_ascii=False))
    return rates


def count_lines(context: StageContext) -> dict[str, Any]:
    """Return the counts that qualify the headlines."""
    hamlets, gaps, reach = context.table("hamlets"), context.table("gaps"), context.table("reach")
    cells, sites = context.table("accepted_cells"), context.table("sites")
    return {
        "hamlets": len(hamlets),
        "location_quality": _count(hamlets["location_quality"], [str(q) for q in LocationQuality]),
        "placement": len(context.table("placement")),
        "cells": len(cells),
        "cells_crowd_sourced": int((~cells["complete"].astype(bool)).sum()),
        "sites": len(sites),
        "measurements": count_measurements(context.table("measurements")),
        "disagreements": int(gaps["disagrees"].sum()),
        "without_clusters": int((gaps["clusters"] == 0).sum()),
        "fibre_by_basis": _count(
            reach.loc[
                (reach["technology"] == Technology.FIBRE) & (reach["status"] == Status.FULL),
                "fibre_basis",
            ]
        ),
        "fibre_ports": count_ports(gaps, context.parameters.fibre.number("ports_share")),
        "paths": sum_paths(reach),
        "without_3g": _count_sunset(gaps),
        "terrain": compare_disc(
            gaps, context.table("signal"), context.parameters.policy.number("full_share")
        ),
        "disc_radius_m": context.parameters.radio.number("disc_radius_m"),
        "edge_4g_dbm": context.parameters.radio.number("edge_4g_dbm"),
        "served_probability": context.parameters.radio.number("served_probability"),
    }


def count_measurements(measurements: pd.DataFrame) -> dict[str, int]:
    """Count the measurements, and the hamlets in which any was made.

    Parameters
    ----------
    measurements : table `measurements`.
    """
    hamlets = measurements["hamlet_id"].dropna()
    return {
        "rows": len(measurements),
        "hamlets": int(hamlets.nunique()),
        "unplaced": len(measurements) - len(hamlets),
    }


def compare_disc(gaps: pd.DataFrame, signal: pd.DataFrame, full_share: float) -> dict[str, int]:
    """Count where a plain radius and the link budget over terrain disagree about 4G, both ways.

    Returns
    -------
    disc_yes_model_no : hamlets that the radius calls covered and the finding does not.
    disc_no_model_yes : the other way round.
    terrain_shadow : hamlets covered in full if the world were flat, and not as it is.
    compared : hamlets for which both could be said.
    """
    known = gaps["disc_says_covered"].notna() & (gaps["mobile_4g"] != Status.UNKNOWN)
    disc = gaps["disc_says_covered"].fillna(value=False).astype(bool)
    full = gaps["mobile_4g"] == Status.FULL
    flat = signal[signal["technology"] == Technology.G4].set_index("hamlet_id")["flat_share"]
    flat_full = (gaps["hamlet_id"].map(flat) >= full_share).to_numpy()
    return {
        "disc_yes_model_no": int((known & disc & ~full).sum()),
        "disc_no_model_yes": int((known & ~disc & full).sum()),
        "terrain_shadow": int((known & flat_full & ~full).sum()),
        "compared": int(known.sum()),
    }


def count_ports(gaps: pd.DataFrame, share: float) -> dict[str, float]:
    """Count the K1 hamlets with too few free ports, with enough, and those of which nobody can say.

    Parameters
    ----------
    gaps : table `gaps`.
    share : of the households, below which free ports are too few, 0..1.
    """
    ready = gaps.loc[gaps["class"] == GapClass.K1, "fibre_ports_short"].astype("boolean")
    short = int(ready.sum())
    unknown = int(ready.isna().sum())
    return {
        "hamlets": len(ready),
        "short": short,
        "enough": len(ready) - short - unknown,
        "unknown": unknown,
        "ports_share": share,
    }


def list_sources(context: StageContext) -> list[dict[str, Any]]:
    """Return every source with its publisher, licence and what became of its rows."""
    described = []
    for kind in KINDS:
        sources = [s for s in context.listing() if s.kind == kind]
        path = context.file(diagnoses_name(kind))
        diagnoses = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
        for source, diagnosis in zip(sources, diagnoses, strict=True):
            counts = {k: diagnosis[k] for k in ("rows_in", "rows_accepted", "rows_quarantined")}
            warnings = sum(f["severity"] == "warning" for f in diagnosis["faults"])
            as_of = source.as_of or context.head("as_of")
            described.append(
                {
                    "kind": kind,
                    "file": source.file,
                    "publisher": source.publisher,
                    "licence": source.licence,
                    "as_of": as_of.isoformat(),
                    **counts,
                    "fixes": len(diagnosis["fixes"]),
                    "warnings": warnings,
                }
            )
    return described


def _count(values: pd.Series, keys: list[str] | None = None) -> dict[str, int]:
    """Return how often each value occurs, with zeros for the keys that do not."""
    counts = values.value_counts()
    return {str(k): int(counts.get(k, 0)) for k in (keys or sorted(counts.index))}


def _count_sunset(gaps: pd.DataFrame) -> dict[str, int]:
    """Return how many hamlets are in K5 today and would be once 3G is off."""
    return {
        "k5_now": int((gaps["class"] == GapClass.K5).sum()),
        "k5_then": int((gaps["class_without_3g"] == GapClass.K5).sum()),
    }
