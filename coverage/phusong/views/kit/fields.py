"""What a template asks for: columns of the declared tables, with what a clerk must know to fill them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from phusong.views.labels import tell
from phusong.vocabulary.schema import Table
from phusong.vocabulary.units import TOLD, name_unit

Value = str | int | float | date | None
#: How a clerk says yes and no.
YES_NO = ("có", "không")
#: Units that a heading need not repeat, since its words say what is counted.
COUNTED = {name_unit(unit, "vi") for unit in TOLD}
HOW_TO = {
    "text": "chữ",
    "int": "số nguyên",
    "float": "số",
    "date": "ngày/tháng/năm",
    "bool": "có hoặc không",
}


@dataclass(frozen=True)
class Field:
    """Ask for one column.

    Parameters
    ----------
    name : the column as the door knows it.
    meaning : what it is for, in Vietnamese.
    example : made up, and fit to pass the door.
    column : the declared column that it becomes, where that has another name.
    vi : heading, where the declared label is not what an office writes.
    holds : what it holds, where no declared column says so.
    words : what may be written, where the declared list does not say it as an office does.
    open_list : whether other words than the listed ones may be written too.
    required : whether it must be filled in.
    """

    name: str
    meaning: str
    example: Value = None
    column: str = ""
    vi: str = ""
    holds: str = ""
    words: tuple[str, ...] = ()
    open_list: bool = False
    required: bool = False


@dataclass(frozen=True)
class Heading:
    """Be a column of the sheet: a field with what its declaration says of it.

    Parameters
    ----------
    field : what is asked.
    label : heading without unit.
    unit : Vietnamese; empty where there is none.
    holds : ``text``, ``int``, ``float``, ``bool`` or ``date``.
    words : what may be written; empty where anything may.
    low, high : bounds of a number, or None.
    """

    field: Field
    label: str
    unit: str
    holds: str
    words: tuple[str, ...]
    low: float | None
    high: float | None

    @property
    def text(self) -> str:
        """Return the heading as it stands in the sheet: label, unit, a star where it must be filled in."""
        unit = f" ({self.unit})" if self.unit not in COUNTED else ""
        return f"{self.label}{unit}{' *' if self.field.required else ''}"

    @property
    def how(self) -> str:
        """Return how a cell is to be filled in."""
        if not self.words:
            return HOW_TO[self.holds]
        choices = "; ".join(self.words)
        return f"{choices} (hoặc ghi khác)" if self.field.open_list else f"một trong: {choices}"


@dataclass(frozen=True)
class Template:
    """Be the form for one source kind.

    Parameters
    ----------
    kind : source kind.
    number : of the form.
    slug : what it is, as the name of its file says it.
    title : what the list is, in capitals.
    who : who fills it in.
    table : the declaration that its rows become.
    fields : what is asked, in order.
    advice : what a clerk must know about the whole list.
    """

    kind: str
    number: int
    slug: str
    title: str
    who: str
    table: Table
    fields: tuple[Field, ...]
    advice: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """Return the name of the file."""
        return f"mau_{self.number:02d}_{self.slug}.xlsx"

    @property
    def headings(self) -> list[Heading]:
        """Return the columns of the sheet."""
        return [head_field(field, self.table) for field in self.fields]

    @property
    def example(self) -> dict[str, Value]:
        """Return the made-up row, by field."""
        return {field.name: field.example for field in self.fields}

    def row(self, values: Mapping[str, Value]) -> Sequence[Value]:
        """Return values in the order of the columns; empty where nothing is given.

        Parameters
        ----------
        values : by field.

        Raises
        ------
        KeyError
            If the form has no such field.
        """
        strange = set(values) - {field.name for field in self.fields}
        if strange:
            raise KeyError(f"the form for {self.kind} asks for no {', '.join(sorted(strange))}")
        return [values.get(field.name) for field in self.fields]


def head_field(field: Field, table: Table) -> Heading:
    """Return a field with what the declared table says of it.

    Parameters
    ----------
    field : what is asked.
    table : the declaration that the rows become.

    Raises
    ------
    KeyError
        If the field neither has a declared column nor says itself what it is.
    """
    name = field.column or field.name
    declared = next((c for c in table.columns if c.name == name), None)
    if declared is None:
        if not (field.vi and field.holds):
            raise KeyError(f"{table.name} declares no column {name}")
        return Heading(field, field.vi, "", field.holds, field.words, None, None)
    holds = field.holds or declared.holds
    return Heading(
        field,
        field.vi or declared.vi,
        "" if holds == "text" else name_unit(declared.unit, "vi"),
        holds,
        list_words(field, table),
        declared.ge,
        declared.le,
    )


def list_words(field: Field, table: Table) -> tuple[str, ...]:
    """Return what may be written into a column; nothing where anything may.

    Parameters
    ----------
    field : what is asked.
    table : the declaration that the rows become.
    """
    declared = next((c for c in table.columns if c.name == (field.column or field.name)), None)
    if field.words or declared is None:
        return field.words
    if declared.holds == "bool":
        return YES_NO
    return tuple(tell(term, "vi") for term in declared.terms or ())
