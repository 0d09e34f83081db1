"""``check``: one raw file, a diagnosis."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import geopandas as gpd
import pandas as pd
import typer

from phusong.cli.output import SCREEN, replace_whole, write_json
from phusong.intake.aliases import TABLES
from phusong.intake.diagnosis import Checked, Diagnosis, ReadOptions
from phusong.intake.quarantine import close_file, write_quarantine
from phusong.intake.reader_pool import check_in_child
from phusong.intake.repairs import describe_repair
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.tables.persons import PERSONAL


def check(
    kind: Annotated[str, typer.Argument(help=f"one of {', '.join(TABLES)}")],
    file: Annotated[Path, typer.Argument(help="the raw file")],
    crs: Annotated[int | None, typer.Option(help="EPSG code of the coordinates")] = None,
    sheet: Annotated[str | None, typer.Option(help="sheet of a workbook")] = None,
    layer: Annotated[str | None, typer.Option(help="layer of a container")] = None,
    encoding: Annotated[
        str | None, typer.Option(help="utf-8, utf-16, cp1258, tcvn3, vni or viscii")
    ] = None,
    province: Annotated[
        str, typer.Option(help="code of the province judged against, or none")
    ] = "26",
    edition: Annotated[str, typer.Option(help="edition of the commune codes")] = "2021-01-01",
    operator: Annotated[str | None, typer.Option(help="operator of the whole file")] = None,
    technology: Annotated[str | None, typer.Option(help="technology of the whole file")] = None,
    school: Annotated[
        str | None, typer.Option(help="school of the whole list, or none; where no column names it")
    ] = None,
    date_order: Annotated[
        str | None, typer.Option(help="day or month: which stands first in 03/04/2015")
    ] = None,
    fill_down: Annotated[
        list[str] | None,
        typer.Option(help="column whose empty cells mean what stands above, or none"),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="write the accepted rows here (.parquet or .csv)")
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="write the report here; - for the screen")
    ] = None,
) -> None:
    """Diagnose one raw file: what is accepted, what is quarantined, and why."""
    if kind not in TABLES:
        raise ParameterFault(f"“{kind}” is no source kind; there are: {', '.join(TABLES)}")
    options = ReadOptions(
        crs=crs,
        sheet=sheet,
        layer=layer,
        encoding=encoding,
        province=province,
        edition=edition,
        operator=operator,
        technology=technology,
        school=school,
        date_order=date_order,
        fill_down=tuple(fill_down) if fill_down else None,
    )
    rows = None if out else 0
    checked = check_in_child(kind, file, options, load_parameters(), rows=rows)
    if out and checked.accepted is not None:
        write_rows(checked, out)
    _report(checked.diagnosis, json_file)
    sys.exit(checked.diagnosis.exit_code)


def write_rows(checked: Checked, path: Path) -> None:
    """Write the accepted rows as the canonical table, and the quarantined rows beside them.

    What names persons is written so that its owner alone may read it.

    Parameters
    ----------
    checked : a diagnosis with its rows.
    path : ``.parquet``, or ``.csv`` with shapes as WKT.

    Raises
    ------
    ParameterFault
        If the ending is neither.
    """
    if path.suffix not in (".parquet", ".csv"):
        raise ParameterFault(f"--out {path}: end the name in .parquet or .csv")
    path.parent.mkdir(parents=True, exist_ok=True)
    with replace_whole(path) as draft:
        if checked.diagnosis.kind in PERSONAL:
            close_file(draft)
        _write_table(checked.accepted, draft)
    if len(checked.quarantined):
        with replace_whole(path.with_name(f"{path.stem}.quarantine.csv")) as draft:
            write_quarantine(checked, draft)


def _write_table(frame: pd.DataFrame, path: Path) -> None:
    """Write a canonical table, whose text the door has made harmless already."""
    if path.suffix == ".parquet":
        frame.to_parquet(path, index=False)
        return
    if isinstance(frame, gpd.GeoDataFrame):
        frame = pd.DataFrame(frame.assign(geometry=frame.geometry.to_wkt()))
    frame.to_csv(path, index=False, encoding="utf-8-sig")


def _report(diagnosis: Diagnosis, json_file: Path | None) -> None:
    """Print the diagnosis for a person, or write it for a machine."""
    write_json(json_file, diagnosis.as_dict())
    if json_file is not None and str(json_file) == SCREEN:
        return
    for line in report_lines(diagnosis):
        print(line)


def report_lines(diagnosis: Diagnosis) -> list[str]:
    """Return a diagnosis as a clerk reads it: the verdict, then each rule once with its first row."""
    d = diagnosis
    lines = [
        f"{d.file} ({d.kind}): {d.status}; {d.rows_in} rows in = {d.rows_accepted} accepted "
        f"+ {d.rows_quarantined} quarantined"
    ]
    if d.question:
        lines += [
            f"? {d.question.about}: {d.question.why}",
            *(f"    {c}" for c in d.question.choices),
        ]
    lines += [
        f"~ {f.rule} {f.column}: {f.rows} rows, “{f.example_before}” → “{f.example_after}”: "
        f"{describe_repair(f.rule)}"
        for f in d.fixes
    ]
    counts = Counter((f.severity, f.rule, f.column) for f in d.faults)
    first = {(f.severity, f.rule, f.column): f for f in reversed(d.faults)}
    for key, count in counts.most_common():
        fault = first[key]
        where = f"row {fault.row}" if fault.row else "whole file"
        mark = "!" if fault.severity == "error" else "·"
        lines.append(
            f"{mark} {fault.rule} {fault.column}: {count} rows, first {where} "
            f"“{fault.value}”: {fault.suggestion}"
        )
    return lines
