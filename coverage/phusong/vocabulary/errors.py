"""The fault tree: what can be wrong, in the words of whoever has to mend it.

- PhusongError
    - SourceFault (a raw file is refused; exit 2)
        - FolderFault (a results folder is busy, cannot be written, or misses what it was made with)
    - NeedsAnswer (a person must choose; exit 3)
    - TableFault (a table breaks its own schema; exit 1, a bug of ours)
    - ParameterFault (a parameter or scenario file is wrong; exit 2)
"""

from __future__ import annotations

from collections.abc import Sequence


class PhusongError(Exception):
    """Be the root of every fault that phusong raises on purpose."""

    exit_code = 1


class SourceFault(PhusongError, ValueError):
    """Refuse a raw file: say which file, row and column, what is wrong, and the cure.

    Parameters
    ----------
    message : what is wrong, in plain words.
    file : the file as the user named it.
    row : row number in the file, counted from 1 as a spreadsheet shows it.
    column : heading as it stands in the file.
    cure : what to do about it.
    """

    exit_code = 2

    def __init__(
        self,
        message: str,
        *,
        file: str = "",
        row: int | None = None,
        column: str = "",
        cure: str = "",
    ) -> None:
        self.message, self.file, self.row = message, file, row
        self.column, self.cure = column, cure
        place = [file] if file else []
        place += [f"row {row}"] if row is not None else []
        place += [f"column “{column}”"] if column else []
        text = f"{', '.join(place)}: {message}" if place else message
        super().__init__(f"{text} → {cure}" if cure else text)


class FolderFault(SourceFault):
    """Refuse work on a results folder: it is busy, cannot be written, or misses what it was made with."""


class NeedsAnswer(PhusongError, ValueError):
    """Ask a person: the input is ambiguous, and guessing would be a silent repair.

    Parameters
    ----------
    about : what is in doubt, such as ``crs`` or ``encoding``.
    choices : the answers that are possible, each as it would be typed.
    why : what speaks for each choice.
    file : the file as the user named it.
    """

    exit_code = 3

    def __init__(self, about: str, *, choices: Sequence[str], why: str, file: str = "") -> None:
        self.about, self.choices, self.why, self.file = about, list(choices), why, file
        place = f"{file}: " if file else ""
        super().__init__(f"{place}{about}? {why} Choices: {', '.join(self.choices)}")


class TableFault(PhusongError, ValueError):
    """Report every way in which a table breaks its schema, all at once.

    Parameters
    ----------
    table : name of the table.
    faults : one line per fault: column, rule, rows.
    """

    def __init__(self, table: str, faults: Sequence[str]) -> None:
        self.table, self.faults = table, list(faults)
        super().__init__(f"table {table}: " + "; ".join(self.faults))


class ParameterFault(PhusongError, ValueError):
    """Refuse a parameter, scenario or province file, naming the entry and the cure."""

    exit_code = 2
