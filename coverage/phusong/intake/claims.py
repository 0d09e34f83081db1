"""Accept claims: what an operator states about each hamlet."""

from __future__ import annotations

import pandas as pd

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable, match_headings
from phusong.intake.identities import make_unique
from phusong.intake.judge import Judge
from phusong.intake.localities import resolve_communes
from phusong.intake.operators import read_operator
from phusong.intake.reading import RawTable
from phusong.intake.values import (
    fill_date,
    read_column,
    read_dates,
    read_flags,
    read_terms,
    read_texts,
)
from phusong.intake.words import TECHNOLOGY_WORDS
from phusong.vietnamese.keys import base_keys
from phusong.vocabulary.tables.accepted import CLAIMS
from phusong.vocabulary.terms import Severity, Technology


def accept_claims(
    raw: RawTable,
    findings: Findings,
    options: ReadOptions,
    judge: Judge,
) -> pd.DataFrame:
    """Return the statements of a file, one a row.

    Parameters
    ----------
    raw : the file as text.
    findings : notebook of this reading.
    options : operator, technology (fibre by default) and date where the file does not say; edition of the
        commune codes.
    judge : by how much another edition must fit better to be asked about.

    Returns
    -------
    columns of accepted_claims for every row, wrong ones included; index = row number in the file.

    Raises
    ------
    SourceFault
        If the statement itself or the hamlet has no column.
    """
    required = (("hamlet_id", "hamlet_name"), "ready")
    table = match_headings(raw, "claims", findings, required=required)
    hamlets = read_texts(table, "hamlet_id", findings)
    names = read_texts(table, "hamlet_name", findings)
    severity = Severity.WARNING if hamlets.notna().all() else Severity.ERROR
    communes = resolve_communes(table, findings, options, judge, severity=severity)
    silent = (table.cells("commune_code") == "") & (table.cells("commune_name") == "")
    unstated = hamlets.isna() & (names.isna() | silent)
    findings.fault(
        "place_unstated",
        table.heading("hamlet_name"),
        names.index[unstated],
        names[unstated].fillna(""),
    )
    claims = pd.DataFrame(
        {
            "hamlet_id": hamlets,
            "commune_code": communes.codes,
            "edition": communes.editions,
            "hamlet_name": names,
            "operator": read_operator(table, findings, options),
            "technology": _read_services(table, findings, options),
            "ready": _read_ready(table, findings),
            "households_passed": read_column(table, CLAIMS.column("households_passed"), findings),
            "as_of": fill_date(read_dates(table, "as_of", findings), options.as_of),
            "source_document": read_texts(table, "source_document", findings),
        }
    )
    named = claims.assign(claim_id=_make_ids(claims))
    stated = hamlets.fillna(names)
    return make_unique(
        named,
        "claim_id",
        table.heading("hamlet_id" if table.has("hamlet_id") else "hamlet_name"),
        findings,
        same=("ready",),
        torn_heading=table.heading("ready"),
        stated=stated,
    )


def _read_services(table: MatchedTable, findings: Findings, options: ReadOptions) -> pd.Series:
    """Return the technology of each statement: fibre where neither the row nor the file says."""
    default = TECHNOLOGY_WORDS.get((options.technology or "").lower(), Technology.FIBRE)
    return read_terms(table, "technology", findings, words=TECHNOLOGY_WORDS).fillna(default.value)


def _read_ready(table: MatchedTable, findings: Findings) -> pd.Series:
    """Return yes or no; a statement that says neither is faulted."""
    ready = read_flags(table, "ready", findings)
    table.fault(findings, "required_empty", "ready", ready.isna() & (table.cells("ready") == ""))
    return ready


def _make_ids(claims: pd.DataFrame) -> pd.Series:
    """Return an id from operator, technology, hamlet and date."""
    by_name = claims["commune_code"].fillna("") + "/" + base_keys(claims["hamlet_name"])
    hamlet = claims["hamlet_id"].fillna(by_name)
    date = claims["as_of"].dt.strftime("-%Y%m%d").fillna("")
    return claims["operator"] + "-" + claims["technology"] + "-" + hamlet + date
