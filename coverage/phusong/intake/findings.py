"""Collect fixes and faults while a file is read, then split its rows by them."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from phusong.intake.diagnosis import Fault, Fix, Question
from phusong.intake.rules import describe_rule
from phusong.vocabulary.terms import Severity


class Findings:
    """Hold what was found in one file: the mutable notebook of a single reading."""

    def __init__(self) -> None:
        self.fixes: list[Fix] = []
        self.faults: list[Fault] = []
        self.question: Question | None = None
        #: Canonical column → heading, and which of them have been read.
        self.headings: dict[str, str] = {}
        self.used: set[str] = set()
        #: Heading → what is read out of what it nests.
        self.nested: dict[str, str] = {}
        #: Whether the rows were read to the end, so that what was not read is known.
        self.is_read = False

    def fix(self, rule: str, column: str, before: pd.Series, after: pd.Series) -> None:
        """Record that values were changed, with the first as an example.

        Parameters
        ----------
        rule : the rule that changed them.
        column : canonical column.
        before, after : the changed values only, on the same index.
        """
        if len(before):
            example = str(before.iloc[0]), str(after.iloc[0])
            self.fixes.append(Fix(rule, column, len(before), *example))

    def fix_shapes(self, rule: str, column: str, rows: int, before: str, after: str) -> None:
        """Record a repair that no series of text shows, such as one of shapes."""
        self.fixes.append(Fix(rule, column, rows, before, after))

    def skip(self, rule: str, rows: int, example: str) -> None:
        """Record rows that are no data at all, such as titles, units and totals."""
        if rows:
            self.fixes.append(Fix(rule, "", rows, example, ""))

    def fault(
        self,
        rule: str,
        column: str,
        rows: Iterable[int],
        values: Iterable[object],
        *,
        severity: Severity = Severity.ERROR,
        **details: object,
    ) -> None:
        """Record a fault for each row, with a suggestion made from the rule and the details."""
        suggestion = describe_rule(rule, **details)
        self.faults += [
            Fault(int(row), column, rule, str(severity), str(value), suggestion)
            for row, value in zip(rows, values, strict=True)
        ]

    def warn(
        self,
        rule: str,
        column: str,
        rows: Iterable[int],
        values: Iterable[object],
        **details: object,
    ) -> None:
        """Record a fault that leaves its row accepted."""
        self.fault(rule, column, rows, values, severity=Severity.WARNING, **details)

    def ask(self, about: str, choices: list[str], why: str) -> None:
        """Record a question; the first one asked stands."""
        self.question = self.question or Question(about, choices, why)

    def name_columns(self) -> dict[str, str]:
        """Return heading → canonical column of what was read."""
        read = {heading: name for name, heading in self.headings.items() if name in self.used}
        return {**self.nested, **read}

    def quarantined_rows(self) -> dict[int, list[str]]:
        """Return row number → reasons, for the rows with an error."""
        reasons: dict[int, list[str]] = {}
        for fault in self.faults:
            if fault.severity == Severity.ERROR and fault.row > 0:
                text = f"{fault.column}: {fault.suggestion}" if fault.column else fault.suggestion
                reasons.setdefault(fault.row, []).append(text)
        return reasons
