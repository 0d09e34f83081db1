"""Accept fibre nodes that come as a plain table: cabinets, splitters, exchanges."""

from __future__ import annotations

import pandas as pd

from phusong.intake.coordinates import read_positions, require_position
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable, match_headings
from phusong.intake.identities import make_unique
from phusong.intake.judge import Judge
from phusong.intake.localities import resolve_communes
from phusong.intake.numbers import read_numbers
from phusong.intake.operators import read_operator
from phusong.intake.reading import RawTable
from phusong.intake.values import (
    fill_date,
    read_column,
    read_dates,
    read_stated,
    read_terms,
    read_texts,
)
from phusong.intake.words import STATUS_WORDS, word_key
from phusong.vocabulary.tables.accepted import FIBRE_NODES
from phusong.vocabulary.terms import NetworkStatus, Severity

#: Parts of a kind's key that mark a point from which no household is fed, and those that mark one that does.
BACKBONE = ("olt", "backbone", "truc", "pop", "core", "tongdai", "metro", "aggregation")
ACCESS = ("s1", "s2", "tu", "hop", "splitter", "fdt", "fat", "access", "truynhap", "thuebao", "tap")


def accept_fibre_table(
    raw: RawTable, findings: Findings, options: ReadOptions, judge: Judge
) -> pd.DataFrame:
    """Return the fibre nodes of a file, one a row.

    Parameters
    ----------
    raw : the file as text, or with points.
    findings : notebook of this reading.
    options : operator and date where the file does not say.
    judge : where the province lies.

    Returns
    -------
    columns of accepted_fibre_nodes for every row, wrong ones included; index = row number in the file.

    Raises
    ------
    SourceFault
        If the columns for the position are missing.
    """
    table = match_headings(raw, "fibre_nodes", findings)
    require_position(table, "fibre_nodes")
    # where there is no register, there is nothing that a commune could be unknown to
    aside = findings if judge.province else Findings()
    described = resolve_communes(table, aside, options, judge, severity=Severity.WARNING)
    places = read_positions(
        table, findings, described.options, described.judge, codes=described.codes
    )
    kinds = read_texts(table, "kind", findings)
    status = read_terms(table, "status", findings, words=STATUS_WORDS)
    ports = read_column(table, FIBRE_NODES.column("ports"), findings, severity=Severity.WARNING)
    free = _read_free(table, findings, ports)
    excess = (free > ports).fillna(False).astype(bool)
    table.fault(findings, "more_free_than_ports", "ports_free", excess, severity=Severity.WARNING)
    feeds = kinds.map(feeds_households, na_action="ignore").fillna(True).astype(bool)
    complete = pd.Series(options.complete is not False, index=raw.frame.index)
    nodes = pd.DataFrame(
        {
            "operator": read_operator(table, findings, options),
            "kind": kinds,
            "status": assume_live(table, findings, status),
            "ports": ports,
            "ports_free": free,
            "access": read_stated(table, "access", findings, feeds),
            "lon": places["lon"],
            "lat": places["lat"],
            "complete": read_stated(table, "complete", findings, complete),
            "as_of": fill_date(
                read_dates(table, "as_of", findings, severity=Severity.WARNING), options.as_of
            ),
        }
    )
    named = nodes.assign(node_id=_read_ids(table, findings, nodes))
    return make_unique(
        named, "node_id", table.heading("node_id"), findings, same_m=judge.same_place_m
    )


def _read_free(table: MatchedTable, findings: Findings, ports: pd.Series) -> pd.Series:
    """Return the free ports of each row: as stated, else what is left of all without those in use."""
    free = read_column(table, FIBRE_NODES.column("ports_free"), findings, severity=Severity.WARNING)
    if not table.has("ports_used"):
        return free
    used = read_numbers(
        table, "ports_used", findings, low=0, whole=True, severity=Severity.WARNING
    ).astype("Int64")
    left = ports - used
    excess, differs = ((left < 0).fillna(value=False), (free != left).fillna(value=False))
    table.fault(
        findings,
        "more_used_than_ports",
        "ports_used",
        excess.astype(bool),
        severity=Severity.WARNING,
    )
    table.fault(
        findings, "ports_disagree", "ports_used", (differs & ~excess).astype(bool),
        severity=Severity.WARNING,
    )  # fmt: skip
    made = free.isna() & (left >= 0).fillna(value=False)
    shown = ports[made].astype("str") + " − " + used[made].astype("str")
    findings.fix("ports_subtracted", table.heading("ports_used"), shown, left[made])
    return free.where(~made, left)


def assume_live(table: MatchedTable, findings: Findings, status: pd.Series) -> pd.Series:
    """Return the status of each row: in service where it says nothing, which is listed.

    Parameters
    ----------
    table : the raw table, matched.
    findings : notebook of this reading.
    status : as far as the rows say.
    """
    blank = table.cells("status") == ""
    assumed = status.mask(blank, NetworkStatus.LIVE.value)
    if table.has("status"):
        findings.fix(
            "status_assumed", table.heading("status"), table.cells("status")[blank], assumed[blank]
        )
    return assumed


def feeds_households(kind: str) -> bool:
    """Return whether a node of this kind can feed a household: not a mere exchange or backbone point."""
    key = word_key(kind)
    return any(w in key for w in ACCESS) or not any(w in key for w in BACKBONE)


def _read_ids(table: MatchedTable, findings: Findings, nodes: pd.DataFrame) -> pd.Series:
    """Return the id of each node; one without is named after its operator and position."""
    ids = read_texts(table, "node_id", findings)
    blank = ids.isna()
    blank &= nodes["lon"].notna()  # a row without a place is turned away and needs no id
    place = nodes["lat"].map("{:.5f}".format) + "," + nodes["lon"].map("{:.5f}".format)
    made = nodes["operator"] + "-" + place
    findings.fix(
        "id_made", table.heading("node_id"), table.cells("node_id")[blank], made[blank].head(1)
    )
    return ids.where(~blank, made)
