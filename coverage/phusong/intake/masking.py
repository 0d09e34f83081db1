"""Keep what names a person out of reports: a value is shown by its shape alone.

A clerk sees that `00/00/00` is a date without a century or `xxxx` no telephone, and finds the row by its
number; nobody who is shown the report learns whose row it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from phusong.intake.diagnosis import Diagnosis
from phusong.intake.headings import match_heading
from phusong.vocabulary.tables.persons import PERSONAL

#: Columns whose values name nobody, whoever reads them.
HARMLESS = frozenset(
    (
        "school_id", "school_name", "level", "grade", "class_name", "status", "sex", "female",
        "poor", "near_poor", "poverty", "boarder", "device", "no_device", "device_shared",
        "device_kind", "device_sharers", "connection", "consent", "as_of", "list_year", "persons",
        "province", "district", "commune", "commune_code",
    )
)  # fmt: skip
#: What stands beside the rows of a list and is told of as it is.
HARMLESS_RULES = frozenset(
    (
        "title_row", "sheet_chosen", "hidden_sheet", "sheets_read", "empty_sheet", "heading_preferred",
        "column_answered", "headings_mended", "no_such_heading", "edition_told",
        "school_said", "school_from_title", "class_from_title", "class_from_sheet", "group_line",
    )
)  # fmt: skip
_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")


def show_shape(text: str) -> str:
    """Return a text with every letter as `x` and every digit as `0`."""
    return _DIGIT.sub("0", _LETTER.sub("x", text))


def show_heads(text: str, *, count: int) -> str:
    """Return the first word of the first lines of a text: a surname, or what kind of place it is.

    Parameters
    ----------
    text : a value a line.
    count : how many lines.
    """
    heads = dict.fromkeys(line.split()[0] for line in text.splitlines() if line.strip())
    return " … ".join(list(heads)[:count])


def mask_diagnosis(diagnosis: Diagnosis, answers: Mapping[str, str]) -> Diagnosis:
    """Return a diagnosis of a list of persons in which no value names one; others as they are.

    Parameters
    ----------
    diagnosis : from the door.
    answers : heading → canonical column as a person says it is.
    """
    kind = diagnosis.kind
    if kind not in PERSONAL:
        return diagnosis

    @cache
    def _may_show(rule: str, column: str) -> bool:
        return _is_harmless(kind, rule, column, answers)

    faults = [
        fault
        if _may_show(fault.rule, fault.column)
        else replace(fault, value=show_shape(fault.value))
        for fault in diagnosis.faults
    ]
    fixes = [
        fix
        if _may_show(fix.rule, fix.column)
        else replace(
            fix,
            example_before=show_shape(fix.example_before),
            example_after=show_shape(fix.example_after),
        )
        for fix in diagnosis.fixes
    ]
    return replace(diagnosis, faults=faults, fixes=fixes)


def _is_harmless(kind: str, rule: str, column: str, answers: Mapping[str, str]) -> bool:
    """Return whether the values of a column may be shown."""
    match = match_heading(column, kind, answers)
    return rule in HARMLESS_RULES or (match is not None and match[0] in HARMLESS)
