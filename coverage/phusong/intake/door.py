"""The door: one raw file in, a diagnosis out, with the rows accepted and the rows turned away."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pandas as pd

from phusong.intake.aliases import TABLES
from phusong.intake.columns import (
    find_strangers,
    list_columns,
    resolve_answers,
    review_columns,
)
from phusong.intake.diagnosis import (
    ACCEPTED,
    NEEDS_ANSWER,
    NO_PROVINCE,
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
from phusong.intake.refusals import close_source, refuse_reading, sort_faults
from phusong.intake.registry import KINDS, read_source
from phusong.intake.rules import describe_rule, refuse
from phusong.intake.sheets import check_sheets, list_sheets
from phusong.intake.source_file import SourceFile, check_size
from phusong.vocabulary.errors import (
    NeedsAnswer,
    ParameterFault,
    PhusongError,
    SourceFault,
    describe_os_error,
)
from phusong.vocabulary.operators import find_in_use, use_operators
from phusong.vocabulary.own_operators import open_operators
from phusong.vocabulary.parameters import Parameters
from phusong.vocabulary.schema import Table, conform_table
from phusong.vocabulary.tables.persons import PERSONAL
from phusong.vocabulary.terms import Operator, Severity


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
    options = replace(options, read=resolve_answers(kind, options.read))
    with (
        use_operators(open_operators(options.operators) if options.operators else find_in_use()),
        closing(SourceFile(kind, Path(path), parameters.intake, options.layer)) as source,
    ):
        return _check_file(source, options)


def _check_file(source: SourceFile, options: ReadOptions) -> Checked:
    """Return what is found in a file, or in each sheet of a list of persons."""
    kind = source.kind
    sheets, bare = list_sheets(source, options) if kind in PERSONAL else ([], [])
    if len(sheets) < 2:
        checked = _check_table(source, options)
    else:
        checked = check_sheets(lambda named: _check_table(source, named), sheets, bare, options)
    columns = checked.diagnosis.columns
    strangers = find_strangers(columns, options.read) if columns else []
    return _refuse_answers(checked, strangers) if strangers else checked


def _refuse_answers(checked: Checked, strangers: list[str]) -> Checked:
    """Return the refusal of a file of which columns are said that it does not have."""
    d = checked.diagnosis
    found = ", ".join(dict.fromkeys(c.heading for c in d.columns))
    text = describe_rule("no_such_heading", found=found)
    rows = (
        checked.quarantined
        if checked.raw is None
        else show_rows(checked.raw, dict.fromkeys(checked.raw.frame.index, [text]))
    )
    faults = [Fault(0, h, "no_such_heading", str(Severity.ERROR), h, text) for h in strangers]
    refused = replace(
        d, status=REFUSED, rows_accepted=0, rows_in=len(rows), rows_quarantined=len(rows),
        faults=[*faults, *d.faults], question=None,
    )  # fmt: skip
    return Checked(refused, None, rows, checked.raw)


def _check_table(source: SourceFile, options: ReadOptions) -> Checked:
    """Return the diagnosis of one table, in which no value names a person, with its rows."""
    checked = _diagnose(source, options)
    answers = checked.raw.answers if checked.raw else {}
    return replace(checked, diagnosis=mask_diagnosis(checked.diagnosis, answers))


def _diagnose(source: SourceFile, options: ReadOptions) -> Checked:
    """Return what is found in one table."""
    findings = Findings()
    reading = _Reading(source, options, findings)
    try:
        rows = reading.run()
    except SourceFault as error:
        return refuse_reading(source.kind, source.name, findings, error, reading.raw)
    except NeedsAnswer as error:
        findings.ask(error.about, error.choices, error.why)
        rows = None
    return _conclude(source.kind, source.name, findings, reading.raw, rows)


class _Reading:
    """Hold how far the reading of one file has come, so that a fault half-way loses no row."""

    def __init__(self, source: SourceFile, options: ReadOptions, findings: Findings) -> None:
        self.source, self.options, self.findings = source, options, findings
        self.raw: RawTable | None = None

    def run(self) -> pd.DataFrame | None:
        """Return the canonical columns of every row; None where a person must answer first."""
        check_size(self.source.path, self.source.intake)
        judge = make_judge(self._choose_judged(), self.source.intake)
        try:
            self.raw, accept = read_source(self.source, self.options, self.findings, judge)
        except (PhusongError, MemoryError):  # who reads within limits answers for what passes them
            raise
        except (
            Exception
        ) as error:  # a library that chokes on a file must not show its stack to a clerk
            if isinstance(error, OSError | MemoryError) and describe_os_error(error):
                raise  # the file is not at fault where the disk is full or may not be read
            raise refuse("unreadable", file=self.source.name, detail=self._name(error)) from error
        if self.raw is None or self.findings.question:
            return None
        try:
            rows = accept(self.raw, self.findings, self.options, judge)
            self.findings.is_read = True
            review_columns(self.raw, self.source.kind, self.findings, self.options)
            return rows
        except (PhusongError, OSError, MemoryError):
            raise
        except Exception as error:
            fault = f"{self.source.name}: the program is at fault here ({self._name(error)})"
            raise PhusongError(fault) from (None if self.source.kind in PERSONAL else error)

    def _choose_judged(self) -> ReadOptions:
        """Return what positions are judged by: a list of units has none, and may be of a new province."""
        if self.source.kind == "units":
            return replace(self.options, province=NO_PROVINCE)
        return self.options

    def _name(self, error: Exception) -> str:
        """Return an error as it may be told: what it says of a list of persons may name one."""
        name = type(error).__name__
        return name if self.source.kind in PERSONAL else f"{name}: {error}"[:200]


def _conclude(
    kind: str, file: str, findings: Findings, raw: RawTable | None, rows: pd.DataFrame | None
) -> Checked:
    """Return what follows from the findings: refused, in need of an answer, or accepted."""
    whole = [f.suggestion for f in findings.faults if f.row == 0 and f.severity == Severity.ERROR]
    if whole:
        return close_source(kind, file, REFUSED, findings, raw, whole)
    if findings.question:
        return close_source(
            kind, file, NEEDS_ANSWER, findings, raw, [_spell_question(findings.question)]
        )
    if raw is None or rows is None:
        raise PhusongError(f"{file}: nothing was read and nothing was asked")
    reasons = findings.quarantined_rows()
    kept = raw.frame.index.difference(list(reasons))
    if kept.empty:
        text = describe_rule("no_row_left")
        findings.faults.insert(0, Fault(0, "", "no_row_left", str(Severity.ERROR), "", text))
        return replace(
            close_source(kind, file, REFUSED, findings, raw, [text]),
            quarantined=show_rows(raw, reasons),
        )
    accepted = _conform(rows[rows.index.isin(kept)], TABLES[kind], findings)
    diagnosis = Diagnosis(
        kind,
        file,
        ACCEPTED,
        rows_in=len(raw.frame),
        rows_accepted=len(kept),
        rows_quarantined=len(raw.frame) - len(kept),
        columns=list_columns(raw, kind, findings),
        fixes=findings.fixes,
        faults=sort_faults(findings.faults),
    )
    return Checked(diagnosis, accepted, show_rows(raw, reasons), raw)


def _spell_question(question: Question) -> str:
    return f"{question.about}: {question.why}"


def _conform(rows: pd.DataFrame, table: Table, findings: Findings) -> pd.DataFrame:
    """Return the accepted rows as the canonical table, with its free text made harmless."""
    free = [
        c.name
        for c in table.columns
        if c.holds == "text" and (not c.terms or c.terms is Operator) and c.name in rows
    ]
    return conform_table(neutralise_table(rows, free, findings), table)
