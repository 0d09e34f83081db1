"""Read every sheet of a workbook that holds the same list: one for each level, one for each commune."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pandas as pd

from phusong.intake.diagnosis import (
    ACCEPTED,
    NEEDS_ANSWER,
    REFUSED,
    Checked,
    Diagnosis,
    Fault,
    Fix,
    ReadOptions,
)
from phusong.intake.findings import Findings
from phusong.intake.quarantine import show_rows
from phusong.intake.rules import describe_rule
from phusong.intake.sniffing import Form
from phusong.intake.source_file import SourceFile
from phusong.vocabulary.errors import SourceFault

#: A sheet holds the list if it names so much of what the best sheet names.
LIKE_SHARE = 0.5


def list_sheets(source: SourceFile, options: ReadOptions) -> tuple[list[str], list[str]]:
    """Return the sheets of a workbook that hold a list of its kind, and those with its headings alone.

    Parameters
    ----------
    source : the file.
    options : what the user says about the file.

    Returns
    -------
    Two empty lists where there is nothing to choose: the file is no workbook, cannot be opened, or the user
    names the sheet. The usual reading then says what there is to say.
    """
    try:
        if options.sheet or source.form != Form.WORKBOOK:
            return [], []
        names = source.book.list_sheets(ReadOptions(), Findings())
        grids = {name: source.book.read_sheet(name).grid for name in names}
    except SourceFault:
        return [], []
    headers = {name: grid.header for name, grid in grids.items() if grid.header}
    most = max((header.score for header in headers.values()), default=0)
    filled: list[str] = []
    bare: list[str] = []
    for name, header in headers.items():
        if header.score > LIKE_SHARE * most:
            start = header.position + header.height
            below = grids[name].frame.iloc[start:]
            has_rows = any((below[column] != "").any() for column in below)
            (filled if has_rows else bare).append(name)
    return filled, bare


def check_sheets(
    check: Callable[[ReadOptions], Checked],
    sheets: Iterable[str],
    bare: list[str],
    options: ReadOptions,
) -> Checked:
    """Return one diagnosis of several sheets; a single one that is refused or in doubt stops them all.

    Parameters
    ----------
    check : what checks the file with the sheet named.
    sheets : sheets that hold the list.
    bare : sheets with headings alone.
    options : what the user says about the file.
    """
    checked = {name: check(replace(options, sheet=name)) for name in sheets}
    states = {name: part.diagnosis.status for name, part in checked.items()}
    status = next((s for s in (REFUSED, NEEDS_ANSWER) if s in states.values()), ACCEPTED)
    stopping = [name for name, state in states.items() if state == status != ACCEPTED]
    parts = [_tell_sheet(name, part, stopping) for name, part in checked.items()]
    quarantined = pd.concat([part.quarantined for part in parts], ignore_index=True)
    accepted = [part.accepted for part in parts if part.accepted is not None]
    diagnoses = [part.diagnosis for part in parts]
    rows_in = sum(d.rows_in for d in diagnoses)
    kept = sum(d.rows_accepted for d in diagnoses) if status == ACCEPTED else 0
    joined = Diagnosis(
        diagnoses[0].kind,
        diagnoses[0].file,
        status,
        rows_in=rows_in,
        rows_accepted=kept,
        rows_quarantined=rows_in - kept,
        columns=[replace(c, sheet=n) for n, p in checked.items() for c in p.diagnosis.columns],
        fixes=[*_note_sheets(list(checked), bare), *_sum_fixes(diagnoses)],
        faults=[fault for d in diagnoses for fault in d.faults],
        question=next((d.question for d in diagnoses if d.question), None),
    )
    if status == ACCEPTED:
        return Checked(joined, pd.concat(accepted, ignore_index=True), quarantined)
    return Checked(joined, None, quarantined)


def _tell_sheet(name: str, part: Checked, stopping: list[str]) -> Checked:
    """Return what was found in a sheet, named before each column; nothing accepted where another stops it."""
    faults = [_name_sheet(fault, name) for fault in part.diagnosis.faults]
    rows = part.quarantined
    if stopping and name not in stopping and part.raw is not None:
        reason = describe_rule("sheet_refused", sheets=", ".join(stopping))
        rows = show_rows(part.raw, dict.fromkeys(part.raw.frame.index, [reason]))
    rows = rows.rename(columns={"sheet": "sheet (2)"})
    rows.insert(0, "sheet", name)
    return replace(part, diagnosis=replace(part.diagnosis, faults=faults), quarantined=rows)


def _name_sheet(fault: Fault, name: str) -> Fault:
    """Return a fault with the sheet's name before its column."""
    return replace(fault, column=f"{name}!{fault.column}")


def _note_sheets(sheets: list[str], bare: list[str]) -> list[Fix]:
    """Return what tells which sheets were read, and which hold nothing but headings."""
    notes = [Fix("sheets_read", "", len(sheets), ", ".join(sheets), "")]
    return [*notes, Fix("empty_sheet", "", len(bare), ", ".join(bare), "")] if bare else notes


def _sum_fixes(diagnoses: Iterable[Diagnosis]) -> list[Fix]:
    """Return the repairs of all sheets, one for each rule and column, with the first as its example."""
    summed: dict[tuple[str, str], Fix] = {}
    for fix in (fix for d in diagnoses for fix in d.fixes):
        known = summed.get((fix.rule, fix.column))
        rows = fix.rows + (known.rows if known else 0)
        summed[fix.rule, fix.column] = replace(known or fix, rows=rows)
    return list(summed.values())
