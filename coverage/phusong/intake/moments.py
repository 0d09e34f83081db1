"""Read moments: a day with the time of it, as people, telephones and databases write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pandas as pd

from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable
from phusong.intake.values import fill_date, parse_date

#: Việt Nam is seven hours ahead of UTC all the year.
LOCAL = pd.Timedelta(hours=7)
#: Before, no telephone of the kind wrote down what it heard.
FIRST_YEAR = 2000
#: Clocks go wrong, and days begin earlier elsewhere: so far ahead is not yet the future.
LENIENCE = pd.Timedelta(days=1)
_DAY = r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})"
_DAY_ISO = r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
_TIME = r"(?P<hour>\d{1,2})[:.hg](?P<minute>\d{2})?(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
_ZONE = r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_DAY_ISO}[T_\s]+{_TIME}{_ZONE}",
        rf"{_DAY}[T_,\s]+{_TIME}{_ZONE}",
        rf"{_TIME}[\s,]+(?:ngày\s+)?{_DAY}",
    )
)
_EPOCH = re.compile(r"(1\d{9})(\d{3})?(?:\.0+)?")
_SERIAL = re.compile(r"[2-6]\d{4}(\.\d+)")


def read_moments(table: MatchedTable, findings: Findings, as_of: str | None) -> pd.Series:
    """Return when each row was measured; a moment in the future, or long ago, is faulted.

    Parameters
    ----------
    table : the raw table, matched; ``measured_at``, and ``measured_time`` where the time stands apart.
    findings : notebook of this reading.
    as_of : ISO date of the whole file, or None.

    Returns
    -------
    datetime64 in the time of Việt Nam on the index of the rows, NaT where empty or wrong.
    """
    apart = table.cells("measured_time")
    cells = table.cells("measured_at") if table.has("measured_at") else apart
    text = (cells + " " + apart).str.strip()
    text = text.where((cells != "") & (apart != "") & (cells != apart), cells)
    parsed = {t: parse_moment(t) for t in text.unique()}
    moments = pd.to_datetime(text.map(lambda t: parsed[t][0])).astype("datetime64[us]")
    rules = text.map(lambda t: parsed[t][1]).astype("object")
    for rule in sorted(set(rules.dropna())):
        changed = rules == rule
        shown = moments[changed].dt.strftime("%Y-%m-%d %H:%M")
        findings.fix(rule, table.heading("measured_at"), cells[changed], shown)
    table.fault(findings, "not_a_date", "measured_at", moments.isna() & (cells != ""))
    late = moments > read_clock() + LENIENCE
    table.fault(findings, "moment_in_future", "measured_at", late)
    early = moments.dt.year < FIRST_YEAR
    table.fault(findings, "moment_too_early", "measured_at", early, year=FIRST_YEAR)
    return fill_date(moments.mask(late | early), as_of)


def read_clock() -> pd.Timestamp:
    """Return this moment in the time of Việt Nam."""
    return pd.Timestamp(datetime.now(UTC).replace(tzinfo=None)) + LOCAL


def parse_moment(text: str) -> tuple[pd.Timestamp, str | None]:
    """Return one cell as a moment (NaT where it is none) and the rule that had to turn it.

    Parameters
    ----------
    text : such as `2021.09.25_10.11.12`, `25/09/2021 10:11`, `8h30 ngày 25/9/2021`, seconds since 1970, or
        a day alone as `phusong.intake.values.parse_date` reads it.
    """
    epoch = _EPOCH.fullmatch(text)
    if epoch:
        return pd.Timestamp(int(epoch[1]), unit="s") + LOCAL, "moment_local"
    for form in _FORMS:
        found = form.fullmatch(text)
        if found:
            return _build_moment(found.groupdict())
    day, rule = parse_date(text)
    serial = _SERIAL.fullmatch(text)
    if serial and day is not pd.NaT:
        day += pd.Timedelta(days=float(serial[1])).round("s")
    return day, rule


def _build_moment(part: dict[str, str | None]) -> tuple[pd.Timestamp, str | None]:
    """Return the moment that the parts of a text name; NaT where there is no such day or time."""
    names = ("year", "month", "day", "hour", "minute", "second")
    try:
        moment = pd.Timestamp(*(int(part[name] or 0) for name in names))
    except ValueError:
        return pd.NaT, None
    zone = part.get("zone")
    if not zone:
        return moment, None
    ahead = pd.Timedelta(0)
    if zone.upper() != "Z":
        sign = -1 if zone[0] == "-" else 1
        ahead = sign * pd.Timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return moment - ahead + LOCAL, None if ahead == LOCAL else "moment_local"
