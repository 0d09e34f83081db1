"""What the door says of a file: rows in, rows accepted, rows quarantined, and every fix and fault."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import pandas as pd

from phusong.intake.reading import RawTable
from phusong.places.own_units import open_register
from phusong.places.registers import Register
from phusong.vocabulary.editions import NO_PROVINCE as NO_PROVINCE  # noqa: PLC0414
from phusong.vocabulary.editions import default_edition, default_province

ACCEPTED, NEEDS_ANSWER, REFUSED = "accepted", "needs_answer", "refused"
#: Heading that stands, in answers about columns, for all that nothing else is said of.
OTHERS = "*"
EXIT_CODES = {ACCEPTED: 0, REFUSED: 2, NEEDS_ANSWER: 3}


@dataclass(frozen=True)
class ReadOptions:
    """Hold what the user says about a file that the file itself may not say.

    Parameters
    ----------
    crs : EPSG code of the coordinates.
    sheet, layer : which part of a workbook or container.
    encoding : ``utf-8``, ``utf-16``, ``cp1258``, ``tcvn3``, ``vni`` or ``viscii``.
    province : code whose register the coordinates are judged against; ``none`` judges against nothing.
    edition : edition of the commune codes in the file; empty: the one set for the province.
    operator : operator of the whole file, where no column names it.
    technology : technology of the whole file, where no column names it.
    complete : whether the list is complete, so that absence proves absence; or of which technologies.
    as_of : date of the data, ISO, where no column gives it.
    one_of_several : whether a tile of terrain is one of several that together must cover the province.
    read : heading → the column of the kind that it is; empty where it is to stay unread.
    read_before : the same, as it was said of an earlier file of this sender; a heading need not be there.
    school : school of the whole list, where no column names it; ``none`` where there is none to name.
    date_order : ``day`` or ``month``: which of the two stands first in dates such as 03/04/2015.
    fill_down : columns of which an empty cell means what stands above it; ``none`` where it means nothing.
    read_in : edition in which the code of the province is read, which after a merger is of more ground than
        before; empty: the newest that has it.
    units : the province's own list of units, as `places.own_units.write_units` writes it; empty: none.
    operators : the province's own operators, as `vocabulary.own_operators` writes them.
    """

    crs: int | None = None
    sheet: str | None = None
    layer: str | None = None
    encoding: str | None = None
    province: str = field(default_factory=default_province)
    edition: str = ""
    operator: str | None = None
    technology: str | None = None
    complete: bool | tuple[str, ...] | None = None
    as_of: str | None = None
    one_of_several: bool = False
    read: dict[str, str] = field(default_factory=dict)
    read_before: dict[str, str] = field(default_factory=dict)
    school: str | None = None
    date_order: str | None = None
    fill_down: tuple[str, ...] | None = None
    read_in: str = ""
    units: str = ""
    operators: str = ""

    def __post_init__(self) -> None:
        """Take the edition in which the province's codes are read where none is stated."""
        newest = "" if self.edition and self.read_in else self._choose_edition()
        object.__setattr__(self, "edition", self.edition or newest)
        object.__setattr__(self, "read_in", self.read_in or newest)

    def _choose_edition(self) -> str:
        """Return the newest edition of the province, or the one that is set for it."""
        if self.units:
            return self.register.editions(self.province)[-1]
        return default_edition(self.province)

    @property
    def is_checked(self) -> bool:
        """Return whether there is a register in which codes are looked up."""
        return self.province != NO_PROVINCE

    @property
    def register(self) -> Register:
        """Return the register in which the codes are looked up."""
        return open_register(self.units).read_as_of(self.read_in)


@dataclass(frozen=True)
class Fix:
    """Record one kind of repair, with an example, so that nothing is repaired silently."""

    rule: str
    column: str
    rows: int
    example_before: str
    example_after: str


@dataclass(frozen=True)
class Fault:
    """Record what is wrong with one value of one row, and what to do about it.

    ``row`` counts from 1 as a spreadsheet or a text editor shows the file; 0 means the whole file.
    ``severity`` is ``error`` (the row is quarantined) or ``warning`` (the row is accepted).
    ``suggestion`` is Vietnamese, a middle dot, English.
    """

    row: int
    column: str
    rule: str
    severity: str
    value: str
    suggestion: str


@dataclass(frozen=True)
class ColumnReading:
    """Say what became of one column of a file.

    Parameters
    ----------
    heading : as it stands in the file.
    read_as : canonical column as which it is read; None where it is not read.
    filled_share : share of rows in which it is filled, 0..1.
    sheet : the sheet in which it stands, where several are read.
    """

    heading: str
    read_as: str | None
    filled_share: float
    sheet: str = ""


@dataclass(frozen=True)
class Question:
    """Ask the person something that the file leaves open."""

    about: str
    choices: list[str]
    why: str


@dataclass(frozen=True)
class Diagnosis:
    """Say what became of a file; always rows_in = rows_accepted + rows_quarantined."""

    kind: str
    file: str
    status: str
    rows_in: int
    rows_accepted: int
    rows_quarantined: int
    columns: list[ColumnReading] = field(default_factory=list)
    fixes: list[Fix] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    question: Question | None = None

    @property
    def exit_code(self) -> int:
        """Return the exit code that follows from the status."""
        return EXIT_CODES[self.status]

    def as_dict(self) -> dict[str, Any]:
        """Return the report as ``--json`` writes it."""
        report = asdict(self)
        for column in report["columns"]:
            if not column["sheet"]:
                del column["sheet"]
        return report


@dataclass(frozen=True)
class Checked:
    """Hold a diagnosis with the rows behind it.

    Parameters
    ----------
    diagnosis : the report.
    accepted : the canonical table, or None where the file is refused or in doubt.
    quarantined : the refused rows as they came, with ``row`` and ``reasons`` in front.
    raw : the table as it was read; None where nothing was.
    """

    diagnosis: Diagnosis
    accepted: pd.DataFrame | None
    quarantined: pd.DataFrame
    raw: RawTable | None = None
