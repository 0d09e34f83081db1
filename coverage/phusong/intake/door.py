"""The door: one raw file in, a diagnosis out, with the rows accepted and the rows turned away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pandas as pd

from phusong.intake.aliases import TABLES
from phusong.intake.diagnosis import (
    ACCEPTED,
    NEEDS_ANSWER,
    REFUSED,
    Checked,
    Diagnosis,
    Fault,
    Question,
    ReadOptions,
)
from phusong.intake.findings import Findings
from phusong.intake.judge import make_judge
from phusong.intake.masking import mask_diagnosis
from phusong.intake.neutral import neutralise_table
from phusong.intake.quarantine import show_rows
from phusong.intake.reading import RawTable
from phusong.intake.registry import KINDS, read_source
from phusong.intake.rules import describe_rule, refuse
from phusong.intake.sheets import check_sheets, list_sheets
from phusong.vocabulary.errors import (
    NeedsAnswer,
    ParameterFault,
    PhusongError,
    SourceFault,
    describe_os_error,
)
from phusong.vocabulary.parameters import Intake, Parameters
from phusong.vocabulary.schema import Table, conform_table
from phusong.vocabulary.tables.persons import PERSONAL
from phusong.vocabulary.terms import Severity

MEGABYTE = 1_000_000


def check_source(
    kind: str, path: Path | str, options: ReadOptions, parameters: Parameters
) -> Checked:
    """Return the diagnosis of one raw file, with its accepted and its quarantined rows.

    Whatever the file holds, it is answered with a diagnosis: accepted, in need of an answer, or refused.

    Parameters
    ----------
    kind : source kind.
    path : the file.
    options : what the user says about the file.
    parameters : caps and margins, group ``intake``.

    Raises
    ------
    ParameterFault
        If there is no such kind.
    PhusongError
        If the program itself is at fault.
    """
    if kind not in KINDS:
        raise ParameterFault(f"“{kind}” is no source kind; there are: {', '.join(KINDS)}")
    intake = parameters.intake
    sheets, bare = list_sheets(kind, Path(path), options, intake) if kind in PERSONAL else ([], [])
    if len(sheets) < 2:
        return _check_table(kind, Path(path), options, intake)
    return check_sheets(
        lambda named: _check_table(kind, Path(path), named, intake), sheets, bare, options
    )


def _check_table(kind: str, path: Path, options: ReadOptions, intake: Intake) -> Checked:
    """Return the diagnosis of one table, in which no value names a person, with its rows."""
    checked = _diagnose(kind, path, options, intake)
    return replace(checked, diagnosis=mask_diagnosis(checked.diagnosis))


def _diagnose(kind: str, path: Path, options: ReadOptions, intake: Intake) -> Checked:
    """Return what is found in one table."""
    findings = Findings()
    reading = _Reading(kind, path, options, findings, intake)
    try:
        rows = reading.run()
    except SourceFault as error:
        return _refuse(kind, str(path), findings, error, reading.raw)
    except NeedsAnswer as error:
        findings.ask(error.about, error.choices, error.why)
        rows = None
    return _conclude(kind, str(path), findings, reading.raw, rows)


class _Reading:
    """Hold how far the reading of one file has come, so that a fault half-way loses no row."""

    def __init__(
        self, kind: str, path: Path, options: ReadOptions, findings: Findings, intake: Intake
    ) -> None:
        self.kind, self.path, self.options = kind, path, options
        self.findings, self.intake = findings, intake
        self.raw: RawTable | None = None

    def run(self) -> pd.DataFrame | None:
        """Return the canonical columns of every row; None where a person must answer first."""
        check_size(self.path, self.intake)
        judge = make_judge(self.options, self.intake)
        try:
            self.raw, accept = read_source(
                self.kind, self.path, self.options, self.findings, self.intake, judge
            )
        except PhusongError:
            raise
        except (
            Exception
        ) as error:  # a library that chokes on a file must not show its stack to a clerk
            if isinstance(error, OSError | MemoryError) and describe_os_error(error):
                raise  # the file is not at fault where the disk is full or may not be read
            raise refuse("unreadable", file=str(self.path), detail=self._name(error)) from error
        if self.raw is None or self.findings.question:
            return None
        try:
            return accept(self.raw, self.findings, self.options, judge)
        except PhusongError:
            raise
        except (OSError, MemoryError):
            raise
        except Exception as error:
            told = f"{self.path}: the program is at fault here ({self._name(error)})"
            raise PhusongError(told) from (None if self.kind in PERSONAL else error)

    def _name(self, error: Exception) -> str:
        """Return an error as it may be told: what it says of a list of persons may name one."""
        name = type(error).__name__
        return name if self.kind in PERSONAL else f"{name}: {error}"[:200]


def check_size(path: Path, intake: Intake) -> None:
    """Refuse a file that is not there, is no file, or is too large to be read safely.

    Raises
    ------
    SourceFault
        Naming the file and the cap.
    """
    if not path.is_file():
        raise refuse("no_such_file", file=str(path))
    cap = intake.number("file_cap_mb")
    if path.stat().st_size > cap * MEGABYTE:
        raise refuse(
            "file_too_large",
            file=str(path),
            value=f"{path.stat().st_size / MEGABYTE:.0f}",
            cap=f"{cap:g}",
        )


def _refuse(
    kind: str, file: str, findings: Findings, error: SourceFault, raw: RawTable | None
) -> Checked:
    """Return the refusal of a whole file, with what else was found in it."""
    rule, value = getattr(error, "rule", "refused"), getattr(error, "value", "")
    text = error.message + (f" → {error.cure}" if error.cure else "")
    fault = Fault(0, error.column, rule, str(Severity.ERROR), value, text)
    findings.faults.insert(0, fault)
    return _close(kind, file, REFUSED, findings, raw, [text])


def _close(
    kind: str, file: str, status: str, findings: Findings, raw: RawTable | None, reasons: list[str]
) -> Checked:
    """Return a diagnosis under which no row is accepted."""
    quarantined = show_rows(raw, {} if raw is None else dict.fromkeys(raw.frame.index, reasons))
    diagnosis = Diagnosis(
        kind,
        file,
        status,
        rows_in=len(quarantined),
        rows_accepted=0,
        rows_quarantined=len(quarantined),
        fixes=findings.fixes,
        faults=_sorted_faults(findings.faults),
        question=findings.question if status == NEEDS_ANSWER else None,
    )
    return Checked(diagnosis, None, quarantined, raw)


def _sorted_faults(faults: Iterable[Fault]) -> list[Fault]:
    """Return the faults of the whole file first, errors before warnings, then by row."""
    return sorted(
        faults, key=lambda f: (f.row > 0, f.row == 0 and f.severity != Severity.ERROR, f.row)
    )


def _conclude(
    kind: str, file: str, findings: Findings, raw: RawTable | None, rows: pd.DataFrame | None
) -> Checked:
    """Return what follows from the findings: refused, in need of an answer, or accepted."""
    whole = [f.suggestion for f in findings.faults if f.row == 0 and f.severity == Severity.ERROR]
    if whole:
        return _close(kind, file, REFUSED, findings, raw, whole)
    if findings.question:
        return _close(kind, file, NEEDS_ANSWER, findings, raw, [_spell_question(findings.question)])
    if raw is None or rows is None:
        raise PhusongError(f"{file}: nothing was read and nothing was asked")
    reasons = findings.quarantined_rows()
    kept = raw.frame.index.difference(list(reasons))
    if kept.empty:
        text = describe_rule("no_row_left")
        findings.faults.insert(0, Fault(0, "", "no_row_left", str(Severity.ERROR), "", text))
        return replace(
            _close(kind, file, REFUSED, findings, raw, [text]), quarantined=show_rows(raw, reasons)
        )
    accepted = _conform(rows[rows.index.isin(kept)], TABLES[kind], findings)
    diagnosis = Diagnosis(
        kind,
        file,
        ACCEPTED,
        rows_in=len(raw.frame),
        rows_accepted=len(kept),
        rows_quarantined=len(raw.frame) - len(kept),
        fixes=findings.fixes,
        faults=_sorted_faults(findings.faults),
    )
    return Checked(diagnosis, accepted, show_rows(raw, reasons), raw)


def _spell_question(question: Question) -> str:
    return f"{question.about}: {question.why}"


def _conform(rows: pd.DataFrame, table: Table, findings: Findings) -> pd.DataFrame:
    """Return the accepted rows as the canonical table, with its free text made harmless."""
    free = [c.name for c in table.columns if c.holds == "text" and not c.terms and c.name in rows]
    return conform_table(neutralise_table(rows, free, findings), table)
