"""Write the data dictionary and the list of parameters from their declarations."""

from __future__ import annotations

from phusong.vocabulary.parameters import Parameters, list_scenarios, load_parameters, load_scenario
from phusong.vocabulary.schema import Column, Table
from phusong.vocabulary.tables import TABLES

NOTICE = (
    "<!-- Made by phusong.vocabulary.dictionary from the declarations; a test keeps it current. -->"
)


def describe_tables() -> str:
    """Return the data dictionary of every table as Markdown."""
    parts = [
        "# Data dictionary · Từ điển dữ liệu",
        NOTICE,
        "Every table lies in `tables/NAME.parquet` of an output folder; geometry is EPSG:4326. "
        "A share is 0…1. `?` marks a column that may be empty: unknown, never zero.",
        *(_describe_table(t) for t in TABLES.values()),
    ]
    return "\n\n".join(parts) + "\n"


def _describe_table(table: Table) -> str:
    """Return one table's section."""
    head = f"## {table.name}\n\n{table.vi} · {table.en}. Key: {', '.join(f'`{k}`' for k in table.key)}."
    rows = ["| column | holds | unit | tiếng Việt | English |", "| --- | --- | --- | --- | --- |"]
    rows += [_describe_column(c) for c in table.columns]
    if table.geometry:
        mark = "?" if table.geometry_nullable else ""
        rows.append(f"| `geometry`{mark} | {table.geometry} | ° | hình học | geometry |")
    return head + "\n\n" + "\n".join(rows)


def _describe_column(column: Column) -> str:
    """Return one column's row; a closed list is spelt out."""
    mark = "?" if column.nullable else ""
    terms = f": {', '.join(column.terms.list_values())}" if column.terms else ""
    english = f"{column.en} ({column.note})" if column.note else column.en
    unit = "" if column.unit == "1" else column.unit
    cells = (f"`{column.name}`{mark}", f"{column.holds}{terms}", unit, column.vi, english)
    return "| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |"


def describe_parameters() -> str:
    """Return every parameter with value, unit, range and source as Markdown."""
    parameters = load_parameters()
    parts = [
        "# Parameters · Tham số",
        NOTICE,
        "A province file may change any of them under `[parameters.GROUP]`, within the range; a scenario "
        "does the same under a name.",
    ]
    for group in Parameters.model_fields:
        values = getattr(parameters, group)
        rows = [
            f"## {group}.toml",
            "",
            "| parameter | value | unit | low | high | source |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        for name in type(values).model_fields:
            p = getattr(values, name)
            low, high = ("" if v is None else v for v in (p.low, p.high))
            value, source = (str(text).replace("|", "\\|") for text in (p.value, p.source))
            rows.append(f"| `{name}` | {value} | {p.unit} | {low} | {high} | {source} |")
        parts.append("\n".join(rows))
    parts.append(_describe_scenarios())
    return "\n\n".join(parts) + "\n"


def _describe_scenarios() -> str:
    """Return the packaged scenarios."""
    rows = [
        "## Scenarios · Kịch bản",
        "",
        "| name | tiếng Việt | English | why |",
        "| --- | --- | --- | --- |",
    ]
    for name in list_scenarios():
        described = load_scenario(name)["scenario"]
        rows.append(f"| `{name}` | {described['vi']} | {described['en']} | {described['why']} |")
    return "\n".join(rows)
