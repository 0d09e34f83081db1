"""Accept crowd-sourced cells: rows in the manner of OpenCelliD, whose positions are estimates."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.intake.coordinates import read_positions
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable
from phusong.intake.identities import make_unique
from phusong.intake.judge import Judge
from phusong.intake.numbers import read_numbers
from phusong.intake.operators import name_unknown
from phusong.intake.values import fill_date, read_column, read_terms
from phusong.intake.words import TECHNOLOGY_WORDS, list_networks
from phusong.vocabulary.tables.accepted import CELLS
from phusong.vocabulary.terms import NetworkStatus, Operator, Severity, Technology

RADIO_WORDS = {k: t for k, t in TECHNOLOGY_WORDS.items() if t != Technology.FIBRE}


def is_crowd_sourced(table: MatchedTable) -> bool:
    """Return whether the rows name a network by its codes and a cell by its number."""
    return table.has("mcc", "net", "cell") and table.has("radio")


def accept_crowd_cells(
    table: MatchedTable,
    findings: Findings,
    options: ReadOptions,
    judge: Judge,
) -> pd.DataFrame:
    """Return the cells of a crowd-sourced file, one a row; such a list is never complete by itself.

    Parameters
    ----------
    table : the raw table, matched.
    findings : notebook of this reading.
    options : completeness and date where the file does not say.
    judge : where the province lies, and which range no cell has.
    """
    codes = [
        table.cells(n).str.replace(r"\.0$", "", regex=True) for n in ("mcc", "net", "area", "cell")
    ]
    name = codes[0] + "-" + codes[1] + "-" + codes[2] + "-" + codes[3]
    radio = read_terms(table, "radio", findings, words=RADIO_WORDS, required=True)
    samples = read_column(table, CELLS.column("samples"), findings, severity=Severity.WARNING)
    range_m = read_column(table, CELLS.column("range_m"), findings, severity=Severity.WARNING)
    places = read_positions(table, findings, options, judge, countries=table.cells("mcc"))
    _warn_rows(table, findings, samples, range_m, judge.implausible_range_m)
    _warn_file(table, findings, places)
    cells = pd.DataFrame(
        {
            "cell_id": table.cells("radio") + "-" + name,
            "site_code": name,
            "operator": _read_networks(table, findings, codes[0] + "-" + codes[1].str.lstrip("0")),
            "technology": radio,
            "band_mhz": np.nan,
            "lon": places["lon"],
            "lat": places["lat"],
            "height_m": np.nan,
            "azimuth_deg": np.nan,
            "eirp_dbm": np.nan,
            "bandwidth_mhz": np.nan,
            "ports": None,
            "structure": None,
            "status": NetworkStatus.LIVE.value,
            "on_air": pd.NaT,
            # A list of what phones have heard is complete of nothing, unless somebody says so of all of it.
            "complete": options.complete is True,
            "samples": samples,
            "range_m": range_m,
            "as_of": _read_epochs(table, findings, options),
        }
    )
    return make_unique(cells, "cell_id", table.heading("cell"), findings)


def _read_networks(table: MatchedTable, findings: Findings, networks: pd.Series) -> pd.Series:
    """Return the operator behind each network code; unknown ones go by their code, and are warned of once."""
    known = list_networks()
    found = {n: known.get(n) or name_unknown(n) or Operator.OTHER for n in networks.unique()}
    for network in sorted(n for n in found if n not in known):
        row = networks.index[networks == network][0]
        findings.warn("unknown_operator", table.heading("net"), [row], [network])
    return networks.map(lambda n: found[n].value).astype("object")


def _read_epochs(table: MatchedTable, findings: Findings, options: ReadOptions) -> pd.Series:
    """Return the day on which each row was last updated, or else created."""
    seconds = read_numbers(table, "updated", findings, low=0, severity=Severity.WARNING)
    seconds = seconds.fillna(
        read_numbers(table, "created", findings, low=0, severity=Severity.WARNING)
    )
    days = (
        pd.to_datetime(seconds, unit="s", errors="coerce").dt.normalize().astype("datetime64[us]")
    )
    return fill_date(days, options.as_of)


def _warn_rows(
    table: MatchedTable,
    findings: Findings,
    samples: pd.Series,
    range_m: pd.Series,
    implausible_range_m: float,
) -> None:
    """Warn of rows that rest on one sample, or claim to reach too far."""
    one = (samples == 1).fillna(False).astype(bool)
    table.fault(findings, "one_sample", "samples", one, severity=Severity.WARNING)
    limit = f"{implausible_range_m / 1000:.0f} km"
    wide = range_m > implausible_range_m
    table.fault(
        findings, "implausible_range", "range_m", wide, severity=Severity.WARNING, limit=limit
    )


def _warn_file(table: MatchedTable, findings: Findings, places: pd.DataFrame) -> None:
    """Warn of positions that many cells share, and of a signal column that says nothing."""
    there = places.dropna()
    distinct = len(there.drop_duplicates())
    if distinct < len(there):
        details = {"cells": len(there), "places": distinct}
        findings.warn("shared_positions", table.heading("lon"), [0], [distinct], **details)
    if table.has("average_signal") and table.cells("average_signal").isin(["0", "0.0"]).all():
        findings.warn("no_signal", table.heading("average_signal"), [0], ["0"])
