"""The pupils' part of a run's summary, as lines that a person reads in a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from phusong.views.figures import format_number, format_share
from phusong.views.labels import Label, Line, PupilLine, tell
from phusong.vocabulary.pupils import MatchStatus, Tier

#: The national survey's counts first, then the programme's: label, count, denominator, what is not known.
FIGURES = (
    (PupilLine.ONLINE, "pupils_online", "pupils", ""),
    (PupilLine.DEVICE, "without_device", "pupils", "device_unknown"),
    (PupilLine.POOR, "without_device_poor", "without_device", ""),
    (PupilLine.NEAR_POOR, "without_device_near_poor", "without_device", ""),
    (PupilLine.HARDSHIP, "without_device_hardship", "without_device", ""),
    (PupilLine.SCHOOLS, "schools_without_internet", "schools", "schools_internet_unknown"),
    (PupilLine.CONNECTION, "without_connection", "pupils", "connection_unknown"),
    (PupilLine.BOTH, "with_both", "pupils", ""),
    (PupilLine.ELIGIBLE, "eligible", "pupils", "eligibility_unknown"),
)

Told = Mapping[str, Any]


def pupil_lines(told: Told | None, language: str) -> list[str]:
    """Return what the summary says of pupils as lines of text; nothing where none were delivered.

    Parameters
    ----------
    told : `pupils` of `summary.json`: what is published; a count that is hidden is None.
    language : ``vi`` or ``en``.
    """
    if not told:
        return []
    count = _counter(language)
    title = tell(PupilLine.TITLE, language, policy=told["policy"], k=told["k"])
    records = {
        "records": told["records"],
        "pupils": told["pupils"],
        "studying": told["counts"]["pupils"],
    }
    identity = {"merged": told["merged"], "pairs": told["pairs"]}
    devices = {
        "students": told["counts"]["devices_per_student"],
        "households": told["counts"]["devices_per_household"],
    }
    return [
        "",
        title,
        "  " + tell(PupilLine.RELEASE, language, release=told["release"], day=told["day"]),
        "  " + _tell(PupilLine.RECORDS, language, count, records),
        "  " + _tell(PupilLine.IDENTITY, language, count, identity),
        *_figures(told["counts"], language, count),
        "  " + _tell(PupilLine.DEVICES, language, count, devices),
        *_tiers(told["counts"], language, count),
        *_matches(told, language, count),
    ]


def _counter(language: str) -> Any:
    """Return what writes a count, or that it is hidden."""

    def _write(n: float | None) -> str:
        if n is None:
            return tell(Label.HIDDEN, language)
        return format_number(n, language=language)

    return _write


def _tell(line: PupilLine, language: str, count: Any, values: Told) -> str:
    """Return a line with its counts written as the language writes them."""
    return tell(line, language, **{name: count(n) for name, n in values.items()})


def _figures(counts: Told, language: str, count: Any) -> list[str]:
    """Return the figures in columns: name, numerator and denominator, share, what is not known."""
    rows = [
        (
            tell(label, language),
            f"{count(counts[part])}/{count(counts[whole])}",
            _share(counts[part], counts[whole], language),
            tell(Line.UNKNOWN, language, n=count(counts[unknown])) if unknown else "",
        )
        for label, part, whole, unknown in FIGURES
    ]
    wide, long = max(len(r[0]) for r in rows), max(len(r[1]) for r in rows)
    return [
        f"  {name:<{wide}}  {ratio:>{long}}  {share:>6}  {unknown}".rstrip()
        for name, ratio, share, unknown in rows
    ]


def _share(part: float | None, whole: float | None, language: str) -> str:
    """Return a share, or nothing where either count is hidden or there is none."""
    return format_share(part / whole, language=language) if part is not None and whole else ""


def _tiers(counts: Told, language: str, count: Any) -> list[str]:
    """Return how many eligible pupils each tier has."""
    rows = [(tier, counts[f"tier_{n}"]) for n, tier in enumerate(Tier, start=1)]
    lines = [f"  {count(n):>8}  {tier}: {tell(tier, language)}" for tier, n in rows if n != 0]
    return ["", tell(PupilLine.TIERS, language), *lines] if lines else []


def _matches(told: Told, language: str, count: Any) -> list[str]:
    """Return what became of the pupils' addresses, each outcome on its own line."""
    total = told["pupils"]
    lines = ["", tell(PupilLine.MATCHES, language, n=count(total))]
    for status in MatchStatus:
        n = told["matches"].get(str(status))
        share = _share(n, total, language)
        if n != 0:
            lines.append(f"  {count(n):>8}  {share:>6}  {tell(status, language)}")
    if told["decided"]:
        lines.append(f"  {count(told['decided']):>8}  {'':>6}  {tell(PupilLine.DECIDED, language)}")
    return lines
