"""The summary of a run as lines that a person reads in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from phusong.views.area import name_area
from phusong.views.changed_lists import changed_lines
from phusong.views.figures import format_date, format_number, format_share
from phusong.views.labels import Label, Line, SourceKind, tell
from phusong.views.pupil_summary import pupil_lines
from phusong.views.register_words import RegisterLine
from phusong.vocabulary.editions import NO_PROVINCE
from phusong.vocabulary.terms import (
    Cause,
    Counted,
    Edition,
    FibreBasis,
    GapClass,
    Indicator,
    LocationQuality,
    Term,
)

Summary = Mapping[str, Any]
#: The indicators that rest on the technologies that count officially.
OFFICIAL = (Indicator.WHITE_GAP, Indicator.PARTIAL_GAP, Indicator.COVERED)


def summary_lines(summary: Summary, language: str) -> list[str]:
    """Return a run's summary as lines of text, headline figures first.

    Each share stands with its numerator, denominator and what is unknown, under the date and the
    edition of the map. What the summary lacks is left out.

    Parameters
    ----------
    summary : as `summary.json` holds it.
    language : ``vi`` or ``en``.
    """
    lines = head_lines(summary, language) + _scenario(summary, language)
    for counted in Counted:
        lines += _indicators(summary, counted, language)
    lines += _official(summary, language)
    rates = list_rate_lines(summary, language)
    lines += ["", *rates] if rates else []
    lines += _tally(Line.CLASSES, summary.get("classes"), GapClass, language)
    lines += _tally(Line.CAUSES, summary.get("causes"), Cause, language)
    lines += _qualify(summary.get("lines") or {}, language)
    lines += pupil_lines(summary.get("pupils"), language)
    lines += _sources(summary, language)
    return lines


def label_of(terms: type[Term], value: Any, language: str) -> str:
    """Return the label of a value of a closed list, or the value itself if the list lacks it."""
    term = {str(t): t for t in terms}.get(str(value))
    return tell(term, language) if term else str(value)


def label_edition(edition: Any, language: str, province: str = "") -> str:
    """Return the label of an edition of the administrative map, or the value itself if there is none such.

    Parameters
    ----------
    edition : day; an `Edition` knows its province, and what its register lists of it.
    language : ``vi`` or ``en``.
    province : code, of whose units the label tells.
    """
    own = getattr(edition, "listed", None) is not None
    if not own and str(edition) not in Edition.list_values():
        return str(edition)
    return tell(Edition.of(edition, province), language)


def own_indicators(summary: Summary, counted: Counted) -> list[dict[str, Any]]:
    """Return the province's own indicators in the edition of its sources, in the order of the list.

    Parameters
    ----------
    summary : as `summary.json` holds it.
    counted : hamlets or persons; an indicator that does not say counts hamlets.
    """
    order = {str(name): i for i, name in enumerate(Indicator)}
    rows = [
        row
        for row in summary.get("indicators") or []
        if row.get("counted", str(Counted.HAMLETS)) == counted
        and row.get("edition", summary.get("edition")) == summary.get("edition")
        and row.get("area", summary.get("province")) == summary.get("province")
        and row["indicator"] in order
    ]
    return sorted(rows, key=lambda row: order[row["indicator"]])


def head_lines(summary: Summary, language: str) -> list[str]:
    """Return who, when and by which edition, and whether it is all made up.

    Parameters
    ----------
    summary : province, as_of, edition, demonstration, note, as `summary.json` and `plan.json` hold them.
    language : ``vi`` or ``en``.
    """
    lines = [
        tell(
            Line.HEAD,
            language,
            area=name_area(summary, language),
            date=format_date(summary.get("as_of")),
            edition=_label_own_edition(summary, language),
        )
    ]
    if summary.get("code") == NO_PROVINCE:
        lines.append(tell(RegisterLine.NO_REGISTER, language))
    if not summary.get("addresses_searched", True):
        lines.append(tell(RegisterLine.NOT_SEARCHED, language))
    if summary.get("demonstration"):
        lines.append(f"{tell(Label.BANNER, language)}. {tell(Label.BANNER_NOTE, language)}")
    if summary.get("note"):
        lines.append(str(summary["note"]))
    return lines


def _label_own_edition(summary: Summary, language: str) -> str:
    """Return the label of the edition of a summary's sources, as its register has it, else as packaged."""
    edition = str(summary.get("edition", ""))
    known = (summary.get("editions") or {}).get(edition)
    return (
        known[language] if known else label_edition(edition, language, str(summary.get("code", "")))
    )


def _scenario(summary: Summary, language: str) -> list[str]:
    """Return under which scenario the run was made, if it was one."""
    scenario = summary.get("scenario") or {}
    name = scenario.get(language) or scenario.get("name")
    return [tell(Label.SCENARIO, language, name=name)] if name else []


def _indicators(summary: Summary, counted: Counted, language: str) -> list[str]:
    """Return the headline figures, in columns."""
    rows = _drop_repeated(own_indicators(summary, counted))
    if not rows:
        return []
    names = [name_indicator(row, language) for row in rows]
    ratios = [
        f"{_count(row['numerator'], language)}/{_count(row['denominator'], language)}"
        for row in rows
    ]
    wide, long = max(map(len, names)), max(map(len, ratios))
    lines = ["", tell(Line.INDICATORS, language, counted=tell(counted, language))]
    for row, name, ratio in zip(rows, names, ratios, strict=True):
        share = format_share(row.get("share"), language=language)
        unknown = tell(Line.UNKNOWN, language, n=_count(row.get("unknown", 0), language))
        lines.append(f"  {name:<{wide}}  {ratio:>{long}}  {share:>6}  {unknown}")
    return lines


def name_indicator(row: Mapping[str, Any], language: str) -> str:
    """Return an indicator's name, with the technologies that count officially where it rests on them.

    Parameters
    ----------
    row : of the indicators of a summary.
    language : ``vi`` or ``en``.
    """
    name = label_of(Indicator, row["indicator"], language)
    if row["indicator"] not in OFFICIAL or not row.get("technologies"):
        return name
    return f"{name} ({str(row['technologies']).replace('|', ', ')})"


def _drop_repeated(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the indicators without what says nothing more.

    That is another set of technologies where it is the official one, and 5G where nobody has told of it.
    """
    official = {
        row["technologies"]
        for row in rows
        if row["indicator"] in OFFICIAL and row.get("technologies")
    }

    def _adds_detail(row: Mapping[str, Any]) -> bool:
        silent = row["indicator"] == Indicator.SIGNAL_5G and row["unknown"] == row["denominator"]
        return not silent and row.get("technologies") not in official

    return [row for row in rows if row["indicator"] in OFFICIAL or _adds_detail(row)]


def _official(summary: Summary, language: str) -> list[str]:
    """Return what white gap, partial gap and coverage mean, and how many hamlets' clusters nobody knows."""
    rows = own_indicators(summary, Counted.HAMLETS)
    if not any(row["indicator"] in OFFICIAL for row in rows):
        return []
    lines = [tell(Line.OFFICIAL, language)]
    bare = (summary.get("lines") or {}).get("without_clusters")
    if bare:
        lines.append(_tell_counts(Line.NO_CLUSTERS, language, n=bare))
    return lines


def list_rate_lines(summary: Summary, language: str) -> list[str]:
    """Return the rates on the former and on the present list of hamlets; nothing where none changed.

    Parameters
    ----------
    summary : as `summary.json` holds it.
    language : ``vi`` or ``en``.
    """
    rates = summary.get("changed_coverage") or []
    return changed_lines(rates, _label_own_edition(summary, language), language)


def _tally(title: Term, counts: Any, terms: type[Term], language: str) -> list[str]:
    """Return counts by term under a title; nothing where there are none."""
    described = {key: n for key, n in (counts or {}).items() if n}
    if not described:
        return []
    numbers = [_count(n, language) for n in described.values()]
    long = max(map(len, numbers))
    labels = [label_of(terms, key, language) for key in described]
    rows = [f"  {n:>{long}}  {label}" for n, label in zip(numbers, labels, strict=True)]
    return ["", tell(title, language), *rows]


def _qualify(told: Mapping[str, Any], language: str) -> list[str]:
    """Return what qualifies the headlines: places, sites, disagreements, terrain, fibre."""
    lines = _places(told, language)
    if "cells" in told:
        counts = {"cells": "cells", "sites": "sites", "crowd": "cells_crowd_sourced"}
        known = {name: told.get(key, 0) for name, key in counts.items()}
        lines.append(_tell_counts(Line.SITES, language, **known))
    if (told.get("measurements") or {}).get("rows"):
        lines.append(_tell_counts(Line.MEASUREMENTS, language, **told["measurements"]))
    if "disagreements" in told:
        lines.append(_tell_counts(Line.DISAGREEMENTS, language, n=told["disagreements"]))
    lines += _terrain(told, language) + _path_lines(told, language) + port_lines(told, language)
    basis = _tally(Line.FIBRE_BASIS, told.get("fibre_by_basis"), FibreBasis, language)
    return (["", *lines] if lines else []) + basis


def _places(told: Mapping[str, Any], language: str) -> list[str]:
    """Return how well the places of the hamlets are known."""
    lines = []
    known = {q: n for q, n in (told.get("location_quality") or {}).items() if n}
    if known:
        labels = [
            f"{label_of(LocationQuality, q, language)} {_count(n, language)}"
            for q, n in known.items()
        ]
        title = _tell_counts(Line.PLACES, language, n=told.get("hamlets", 0))
        lines.append(f"{title}: {', '.join(labels)}")
    if "placement" in told:
        lines.append(_tell_counts(Line.PLACEMENT, language, n=told["placement"]))
    return lines


def _terrain(told: Mapping[str, Any], language: str) -> list[str]:
    """Return what terrain and the end of 3G change."""
    lines = []
    sunset, terrain = told.get("without_3g"), told.get("terrain")
    if sunset:
        lines.append(
            _tell_counts(Line.SUNSET, language, now=sunset["k5_now"], then=sunset["k5_then"])
        )
    if terrain:
        lines.append(
            _tell_counts(
                Line.DISC,
                language,
                radius=told.get("disc_radius_m", 0),
                n=terrain["compared"],
                disc=terrain["disc_yes_model_no"],
                model=terrain["disc_no_model_yes"],
                shadow=terrain["terrain_shadow"],
            )
        )
    return lines


def _path_lines(counts: Mapping[str, Any], language: str) -> list[str]:
    """Return how much hangs on ground without terrain; nothing where nothing does."""
    paths = counts.get("paths") or {}
    if not paths.get("unknown_paths"):
        return []
    numbers = {
        "unknown": paths["unknown_paths"],
        "paths": paths["paths"],
        "n": paths["hamlets_unknown_paths"],
        "hamlets": paths["hamlets"],
    }
    return [_tell_counts(Line.PATHS, language, **numbers)]


def port_lines(counts: Mapping[str, Any], language: str) -> list[str]:
    """Return how many K1 hamlets have too few free ports, as a line; none where there is no K1 hamlet.

    Parameters
    ----------
    counts : with `fibre_ports`, as the lines of `summary.json` and `plan.json` hold it.
    language : ``vi`` or ``en``.
    """
    ports = counts.get("fibre_ports") or {}
    if not ports.get("hamlets"):
        return []
    numbers = {name: _count(ports[name], language) for name in ("short", "hamlets", "unknown")}
    share = format_share(ports["ports_share"], language=language)
    return [tell(Line.PORTS, language, share=share, **numbers)]


def _sources(summary: Summary, language: str) -> list[str]:
    """Return the sources and what was not delivered."""
    lines = [f"  {_source(source, language)}" for source in summary.get("sources") or []]
    if summary.get("absent"):
        kinds = _name_kinds(summary["absent"], language)
        lines.append(f"  {tell(Line.ABSENT, language, kinds=kinds)}")
    return ["", tell(Line.SOURCES, language), *lines] if lines else []


def _source(source: Mapping[str, Any], language: str) -> str:
    """Return a source with its date and what became of its rows; publisher and licence stand on the map."""
    parts = [label_of(SourceKind, source["kind"], language), source.get("file") or ""]
    parts.append(format_date(source.get("as_of")))
    if "rows_in" in source:
        counts = {
            "accepted": "rows_accepted",
            "total": "rows_in",
            "quarantined": "rows_quarantined",
        }
        known = {name: source[key] for name, key in counts.items()}
        parts.append(_tell_counts(Line.SOURCE_ROWS, language, **known))
    return " · ".join(part for part in parts if part)


def _name_kinds(kinds: Iterable[str], language: str) -> str:
    """Return kinds of source as one text."""
    return ", ".join(label_of(SourceKind, kind, language) for kind in kinds)


def _tell_counts(line: Line, language: str, **counts: float) -> str:
    """Return a line with its counts written as the language writes them."""
    return tell(line, language, **{name: _count(n, language) for name, n in counts.items()})


def _count(value: float, language: str) -> str:
    return format_number(value, language=language)
