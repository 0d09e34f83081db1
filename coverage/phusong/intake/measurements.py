"""Accept measurements: what telephones, drive tests, speed tests and people found at a place and time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from phusong.intake.aliases import accepted_headings
from phusong.intake.coordinates import read_positions
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable, match_headings
from phusong.intake.identities import make_unique
from phusong.intake.judge import Judge
from phusong.intake.localities import resolve_communes
from phusong.intake.measurement_tiles import place_tiles
from phusong.intake.measurement_words import (
    INDOOR_WORDS,
    MAKERS,
    NOT_MEASURED,
    RADIO_WORDS,
    SERVED_WORDS,
    SOURCE_WORDS,
)
from phusong.intake.moments import read_moments
from phusong.intake.numbers import read_numbers, show_number
from phusong.intake.operators import read_operator
from phusong.intake.reading import RawTable
from phusong.intake.rules import refuse
from phusong.intake.values import parse_flag, read_column, read_terms, read_texts
from phusong.intake.words import word_key
from phusong.vocabulary.tables.accepted import MEASUREMENTS
from phusong.vocabulary.terms import Severity, Technology

#: Technology → what its signal is called, and between what a telephone can report it [dBm].
QUANTITIES: dict[str, tuple[str, float, float]] = {
    Technology.G2: ("RxLev", -113, -40),
    Technology.G3: ("RSCP", -125, -20),
    Technology.G4: ("RSRP", -160, -30),
    Technology.G5: ("SS-RSRP", -160, -30),
}
#: Where no technology is known: what any of them can be.
ANY_QUANTITY = ("dBm", -160.0, -20.0)
#: Column of one quantity → technology whose signal it is.
OWN_COLUMNS = {
    "ss_rsrp": Technology.G5,
    "rsrp": Technology.G4,
    "rscp": Technology.G3,
    "rxlev": Technology.G2,
}
SPEEDS = {"down_mbps": "down_kbps", "up_mbps": "up_kbps"}
NUMERIC = (
    "signal_dbm",
    *OWN_COLUMNS,
    *SPEEDS,
    *SPEEDS.values(),
    "delay_ms",
    "accuracy_m",
    "samples",
)
RESULTS = ("signal_dbm", *OWN_COLUMNS, *SPEEDS, *SPEEDS.values(), "delay_ms", "served")
#: Unit of a speed, as a cell or heading may state it → Mbit/s.
SPEED_UNITS = {"kb": 0.001, "gb": 1000.0}
_PLACED = ("lon", "lat", "position", "x", "y")
#: Minus signs that are no hyphen.
_MINUS = r"^[\u2212\u2013\u2014](?=\s*\d)"


def accept_measurements(
    raw: RawTable, findings: Findings, options: ReadOptions, judge: Judge
) -> pd.DataFrame:
    """Return the measurements of a file, one a row; each has a position or names its hamlet.

    Parameters
    ----------
    raw : the file as text, or with points or tiles.
    findings : notebook of this reading.
    options : operator, technology and day where the file does not say; edition of the commune codes.
    judge : where the province lies.

    Returns
    -------
    columns of accepted_measurements for every row, wrong ones included; index = row number in the file.

    Raises
    ------
    SourceFault
        If neither place nor result has a column.
    """
    table = match_headings(raw, "measurements", findings)
    table = _blank_unmeasured(place_tiles(table, findings), findings)
    _require_columns(table)
    described = resolve_communes(table, findings, options, judge, severity=Severity.WARNING)
    options, judge, communes = described.options, described.judge, described.codes
    positions = read_positions(table, findings, options, judge, codes=communes, required=False)
    hamlets, names = (read_texts(table, n, findings) for n in ("hamlet_id", "hamlet_name"))
    technology, signal = _read_signals(
        table, findings, _read_technologies(table, findings, options)
    )
    found = pd.DataFrame(
        {
            "measurement_id": _make_ids(table, findings),
            "lon": positions["lon"],
            "lat": positions["lat"],
            "hamlet_id": hamlets,
            "commune_code": communes,
            "edition": described.editions,
            "hamlet_name": names,
            "place": read_texts(table, "place", findings),
            "operator": _read_operators(table, findings, options),
            "technology": technology,
            "signal_dbm": signal,
            **{name: _read_speeds(table, name, findings) for name in SPEEDS},
            "delay_ms": read_column(table, MEASUREMENTS.column("delay_ms"), findings),
            "served": _read_words(table, "served", findings, SERVED_WORDS, Severity.ERROR),
            "measured_at": read_moments(table, findings, options.as_of),
            "accuracy_m": _read_aside(table, "accuracy_m", findings),
            "indoors": _read_words(table, "indoors", findings, INDOOR_WORDS, Severity.WARNING),
            "samples": _read_aside(table, "samples", findings),
            "source": _read_sources(table, findings),
        }
    )
    _fault_silent(table, findings, found)
    heading = table.heading("measurement_id")
    return make_unique(found, "measurement_id", heading, findings)


def _require_columns(table: MatchedTable) -> None:
    """Refuse a file that does not say where, or does not say what was found."""
    placed = table.raw.geometry is not None or any(table.has(n) for n in _PLACED)
    wanted = [] if placed or table.has("hamlet_id") or table.has("hamlet_name") else ["lon"]
    wanted += [] if any(table.has(n) for n in RESULTS) else ["signal_dbm"]
    for name in wanted:
        options = (
            ("lon", "lat", "hamlet_id") if name == "lon" else ("signal_dbm", "down_mbps", "served")
        )
        heads = " / ".join(", ".join(accepted_headings("measurements", o)[:4]) for o in options)
        found = ", ".join(str(c) for c in table.raw.frame.columns)
        label = accepted_headings("measurements", name)[0]
        file = table.raw.file
        raise refuse("missing_column", file=file, column=label, found=found, wanted=heads)


def _blank_unmeasured(table: MatchedTable, findings: Findings) -> MatchedTable:
    """Return the table with empty cells for what a device could not measure, and plain minus signs."""
    frame = table.raw.frame.copy()
    for name in (n for n in (*NUMERIC, "technology") if table.has(n)):
        cells = table.cells(name)
        keys = {text: word_key(text) for text in cells.unique()}
        unmeasured = cells.map(lambda t, known=keys: known[t] in NOT_MEASURED) & (cells != "")
        shown = cells[unmeasured]
        findings.fix("not_measured_blank", table.heading(name), shown, shown.map(lambda _: ""))
        plain = cells.str.replace(_MINUS, "-", regex=True)
        frame[table.heading(name)] = plain.mask(unmeasured, "")
    return MatchedTable(replace(table.raw, frame=frame), table.headings, table.used)


def _read_technologies(table: MatchedTable, findings: Findings, options: ReadOptions) -> pd.Series:
    """Return the technology of each row; one that is not known is warned of and left empty."""
    plain = _write_plus(table)
    found = read_terms(plain, "technology", findings, words=RADIO_WORDS, severity=Severity.WARNING)
    whole = RADIO_WORDS.get(word_key(options.technology or ""))
    return found if whole is None else found.fillna(whole.value)


def _write_plus(table: MatchedTable) -> MatchedTable:
    """Return the table with `+` of a technology as a word: HSPA+ and LTE+ are known by it."""
    if not table.has("technology"):
        return table
    heading = table.heading("technology")
    frame = table.raw.frame.assign(**{heading: table.cells("technology").str.replace("+", "plus")})
    return MatchedTable(replace(table.raw, frame=frame), table.headings, table.used)


def _read_signals(
    table: MatchedTable, findings: Findings, technology: pd.Series
) -> tuple[pd.Series, pd.Series]:
    """Return technology and signal [dBm] of each row; a quantity with a column of its own tells both."""
    signal = _read_signal(table, "signal_dbm", findings, technology)
    for name, own in OWN_COLUMNS.items():
        if not table.has(name):
            continue
        fits = technology.isna() | (technology == own)
        fits |= (name == "rsrp") & (technology == Technology.G5) & (not table.has("ss_rsrp"))
        numbers = _read_signal(table, name, findings, technology.fillna(own.value), among=fits)
        described = fits & technology.isna() & signal.isna() & numbers.notna()
        cells = table.cells(name)[described]
        findings.fix(
            "technology_told", table.heading(name), cells, cells.map(lambda _, t=own: t.value)
        )
        technology = technology.mask(described, own.value)
        signal = signal.fillna(numbers.where(fits))
    return technology, signal


def _read_signal(
    table: MatchedTable,
    name: str,
    findings: Findings,
    technology: pd.Series,
    *,
    among: pd.Series | None = None,
) -> pd.Series:
    """Return one column of signals within what its quantity can be; what is beyond is faulted."""
    numbers = read_numbers(table, name, findings)
    if among is not None:
        numbers = numbers.where(among)
    numbers = _restore_sign(table, name, findings, numbers)
    cable = numbers.notna() & (technology == Technology.FIBRE)
    table.fault(findings, "signal_of_cable", name, cable, severity=Severity.WARNING)
    numbers = numbers.mask(cable)
    for key in [*QUANTITIES, None]:
        quantity, low, high = QUANTITIES.get(key, ANY_QUANTITY) if key else ANY_QUANTITY
        rows = numbers.notna() & (technology.isna() if key is None else technology == key)
        wrong = rows & ~numbers.between(low, high)
        between = {"low": show_number(low), "high": show_number(high), "quantity": quantity}
        table.fault(findings, "signal_impossible", name, wrong, severity=Severity.ERROR, **between)
        numbers = numbers.mask(wrong)
    return numbers


def _restore_sign(
    table: MatchedTable, name: str, findings: Findings, numbers: pd.Series
) -> pd.Series:
    """Return signals with their minus: put back where no row has one, faulted where only some lack it."""
    _, low, high = ANY_QUANTITY
    unsigned = numbers.between(-high, -low)
    if not unsigned.any():
        return numbers
    cells = table.cells(name)
    if unsigned.sum() == numbers.notna().sum():
        findings.fix("sign_restored", table.heading(name), cells[unsigned], "-" + cells[unsigned])
        return numbers.mask(unsigned, -numbers)
    for row in numbers.index[unsigned]:
        corrected = show_number(-numbers[row])
        findings.fault(
            "signal_unsigned", table.heading(name), [row], [cells[row]], corrected=corrected
        )
    return numbers.mask(unsigned)


def _read_speeds(table: MatchedTable, name: str, findings: Findings) -> pd.Series:
    """Return a speed [Mbit/s] from whichever column states it, in whichever unit."""
    speeds = pd.Series(float("nan"), index=table.raw.frame.index)
    for column in (name, SPEEDS[name]):
        if not table.has(column):
            continue
        numbers = read_numbers(table, column, findings, low=0)
        cells, heading = table.cells(column), table.heading(column)
        own = cells.str.lower().str.extract(r"\d\s*(kb|gb)")[0].map(SPEED_UNITS)
        whole = 0.001 if column.endswith("_kbps") else _read_unit(heading)
        factors = own.fillna(whole)
        turned = numbers.notna() & (factors != 1)
        megabits = numbers * factors
        findings.fix(
            "speed_converted", heading, cells[turned], megabits[turned].head(1).map(show_number)
        )
        high = MEASUREMENTS.column(name).le or 0
        wrong = megabits > high
        table.fault(findings, "out_of_bounds", column, wrong, low=0, high=f"{high:g} Mbit/s")
        speeds = speeds.fillna(megabits.mask(wrong))
    return speeds


def _read_unit(heading: str) -> float:
    """Return what makes Mbit/s of the unit in a heading; 1 where it states none."""
    return next((f for unit, f in SPEED_UNITS.items() if f"{unit}" in heading.lower()), 1.0)


def _read_aside(table: MatchedTable, name: str, findings: Findings) -> pd.Series:
    """Return a column that says how good a measurement is; a wrong cell costs no row."""
    return read_column(table, MEASUREMENTS.column(name), findings, severity=Severity.WARNING)


def _read_words(
    table: MatchedTable,
    name: str,
    findings: Findings,
    words: Mapping[str, bool],
    severity: Severity,
) -> pd.Series:
    """Return a column as yes or no, which may be said in words of its own."""
    cells = table.cells(name)
    known = {text: words.get(word_key(text), parse_flag(text)) for text in cells.unique()}
    flags = cells.map(lambda t: known[t]).astype("boolean")
    table.fault(findings, f"{name}_unread", name, flags.isna() & (cells != ""), severity=severity)
    return flags


def _read_operators(table: MatchedTable, findings: Findings, options: ReadOptions) -> pd.Series:
    """Return the operator of each row; nobody where neither the row nor the file names one."""
    named = read_operator(table, findings, options, warn_unstated=False)
    return named.where((table.cells("operator") != "") | bool(options.operator), None)


def _read_sources(table: MatchedTable, findings: Findings) -> pd.Series:
    """Return how each row was measured, as it says, or as the program tells that wrote the file."""
    severity = Severity.WARNING
    found = read_terms(table, "source", findings, words=SOURCE_WORDS, severity=severity)
    keys = {word_key(str(c)): str(c) for c in table.raw.frame.columns}
    made = next(((h, MAKERS[k]) for k, h in keys.items() if k in MAKERS), None)
    silent = found.isna() & (table.cells("source") == "")
    if made is None or not silent.any():
        return found
    heading, source = made
    shown = table.cells("source")[silent]
    findings.fix("source_told", heading, shown, shown.map(lambda _: source.vi))
    return found.mask(silent, source.value)


def _make_ids(table: MatchedTable, findings: Findings) -> pd.Series:
    """Return the id of each row, made of its number where it has none."""
    ids = read_texts(table, "measurement_id", findings)
    made = pd.Series(ids.index, index=ids.index).map("do-{}".format).astype("object")
    lacking = ids.isna()
    cells = table.cells("measurement_id")
    findings.fix("id_made", table.heading("measurement_id"), cells[lacking], made[lacking])
    return ids.where(~lacking, made)


def _fault_silent(table: MatchedTable, findings: Findings, found: pd.DataFrame) -> None:
    """Fault the rows that do not say where, and those that do not say what was found."""
    empty = pd.Series(True, index=found.index)
    for name in (n for n in RESULTS if table.has(n)):
        empty &= table.cells(name) == ""
    shown = next(n for n in RESULTS if table.has(n))
    table.fault(findings, "nothing_measured", shown, empty)
    unplaced = found["lon"].isna() & found["hamlet_id"].isna()
    unplaced &= found["hamlet_name"].isna() | found["commune_code"].isna()
    described = {f.row for f in findings.faults if f.severity == Severity.ERROR}
    rows = [row for row in found.index[unplaced] if row not in described]
    heading = next((table.heading(n) for n in ("hamlet_name", *_PLACED) if table.has(n)), "")
    findings.fault("measurement_nowhere", heading, rows, [""] * len(rows))
