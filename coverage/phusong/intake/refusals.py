"""The refusal of a whole file: no row is accepted, and each is kept with the reason."""

from __future__ import annotations

from collections.abc import Iterable

from phusong.intake.columns import list_columns
from phusong.intake.diagnosis import NEEDS_ANSWER, REFUSED, Checked, Diagnosis, Fault
from phusong.intake.findings import Findings
from phusong.intake.quarantine import show_rows
from phusong.intake.reading import RawTable
from phusong.intake.rules import refuse
from phusong.vocabulary.errors import SourceFault
from phusong.vocabulary.terms import Severity


def refuse_source(kind: str, file: str, rule: str, **details: str) -> Checked:
    """Build the refusal of a file of which nothing could be read.

    Parameters
    ----------
    kind : source kind.
    file : the file as the user named it.
    rule : rule of the catalogue.
    details : what its sentence names.
    """
    return refuse_reading(
        kind, file, Findings(), refuse(rule, file=file, row=None, **details), None
    )


def refuse_reading(
    kind: str, file: str, findings: Findings, error: SourceFault, raw: RawTable | None
) -> Checked:
    """Build the refusal of a whole file, with what else was found in it.

    Parameters
    ----------
    kind, file : as for `refuse_source`.
    findings : notebook of the reading.
    error : why it is refused.
    raw : the table as it was read; None where nothing was.
    """
    rule, value = getattr(error, "rule", "refused"), getattr(error, "value", "")
    text = error.message + (f" → {error.cure}" if error.cure else "")
    fault = Fault(0, error.column, rule, str(Severity.ERROR), value, text)
    findings.faults.insert(0, fault)
    return close_source(kind, file, REFUSED, findings, raw, [text])


def close_source(
    kind: str, file: str, status: str, findings: Findings, raw: RawTable | None, reasons: list[str]
) -> Checked:
    """Build a diagnosis under which no row is accepted.

    Parameters
    ----------
    kind, file, findings, raw : as for `refuse_reading`.
    status : refused, or in need of an answer.
    reasons : why no row is accepted.
    """
    quarantined = show_rows(raw, {} if raw is None else dict.fromkeys(raw.frame.index, reasons))
    diagnosis = Diagnosis(
        kind,
        file,
        status,
        rows_in=len(quarantined),
        rows_accepted=0,
        rows_quarantined=len(quarantined),
        columns=list_columns(raw, kind, findings),
        fixes=findings.fixes,
        faults=sort_faults(findings.faults),
        question=findings.question if status == NEEDS_ANSWER else None,
    )
    return Checked(diagnosis, None, quarantined, raw)


def sort_faults(faults: Iterable[Fault]) -> list[Fault]:
    """List the faults of the whole file first, errors before warnings, then by row."""
    return sorted(
        faults, key=lambda f: (f.row > 0, f.row == 0 and f.severity != Severity.ERROR, f.row)
    )
