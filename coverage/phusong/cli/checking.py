"""``check``: one raw file, a diagnosis."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import geopandas as gpd
import pandas as pd
import typer

from phusong.cli.answering import answer_lines, choose_language
from phusong.cli.kinds import find_kind
from phusong.cli.output import SCREEN, replace_whole, write_json
from phusong.intake.aliases import TABLES
from phusong.intake.diagnosis import Checked, ReadOptions
from phusong.intake.quarantine import close_file, write_quarantine
from phusong.intake.reader_pool import check_in_child
from phusong.intake.rejected import render_rejected, write_rejected_csv
from phusong.pipeline.province import parse_province, read_head, read_text
from phusong.vocabulary.editions import default_province
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.tables.persons import PERSONAL


def check(
    kind: Annotated[
        str,
        typer.Argument(help=f"one of {', '.join(TABLES)}; or its Vietnamese name, such as tram"),
    ],
    file: Annotated[Path, typer.Argument(help="the raw file")],
    crs: Annotated[int | None, typer.Option(help="EPSG code of the coordinates")] = None,
    sheet: Annotated[str | None, typer.Option(help="sheet of a workbook")] = None,
    layer: Annotated[str | None, typer.Option(help="layer of a container")] = None,
    encoding: Annotated[
        str | None, typer.Option(help="utf-8, utf-16, cp1258, tcvn3, vni or viscii")
    ] = None,
    province: Annotated[
        str | None,
        typer.Option(
            help="code of the province judged against, its province file, or none; else the register's own"
        ),
    ] = None,
    edition: Annotated[
        str | None,
        typer.Option(help="edition of the commune codes; else the province's newest"),
    ] = None,
    operator: Annotated[str | None, typer.Option(help="operator of the whole file")] = None,
    technology: Annotated[str | None, typer.Option(help="technology of the whole file")] = None,
    read: Annotated[
        list[str] | None,
        typer.Option(
            help="which column a heading is, as HEADING=COLUMN; HEADING= leaves it unread"
        ),
    ] = None,
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
    rejected: Annotated[
        Path | None,
        typer.Option(help="write the rows set aside here, for the sender (.xlsx or .csv)"),
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="write the report here; - for the screen")
    ] = None,
    language: Annotated[
        str | None,
        typer.Option("--lang", "--language", help="vi or en; by default that of the machine"),
    ] = None,
) -> None:
    """Diagnose one raw file: what is accepted, what is quarantined, and why."""
    kind, answer_language = find_kind(kind), choose_language(language)
    _check_endings(out, rejected)
    judged = choose_register(province, edition)
    options = ReadOptions(
        crs=crs,
        sheet=sheet,
        layer=layer,
        encoding=encoding,
        **judged,
        operator=operator,
        technology=technology,
        read=parse_answers(read or []),
        school=school,
        date_order=date_order,
        fill_down=tuple(fill_down) if fill_down else None,
    )
    rows, parameters = None if out or rejected else 0, load_parameters()
    checked = check_in_child(kind, file, options, parameters, rows=rows)
    if out and checked.accepted is not None:
        write_rows(checked, out)
    if rejected:
        write_rejected(checked, rejected, answer_language)
    write_json(json_file, checked.diagnosis.as_dict())
    if json_file is None or str(json_file) != SCREEN:
        share = parameters.intake.number("confirm_share")
        written = str(rejected) if rejected and len(checked.quarantined) else ""
        lines = answer_lines(
            checked.diagnosis, answer_language, confirm_share=share, rejected=written
        )
        print("\n".join(lines))
    sys.exit(checked.diagnosis.exit_code)


def choose_register(province: str | None, edition: str | None) -> dict[str, Any]:
    """Return by which list of units a file is judged: province, edition, and the province's own list.

    Parameters
    ----------
    province : code, ``none``, or the path of a province file, whose code, edition and own list then count.
    edition : as stated; None: the province's.

    Raises
    ------
    ParameterFault, SourceFault
        If the province file, or the list that it names, is refused.
    """
    if province is None or not province.endswith(".toml"):
        return {"province": province or default_province(), "edition": edition or ""}
    head = read_head(Path(province))
    own = parse_province(read_text(Path(province)), Path(province)).own_operators
    judged = {"province": head.code, "edition": edition or str(head.edition)}
    return {**judged, "read_in": str(head.edition), "units": head.units, "operators": own}


def parse_answers(typed: Iterable[str]) -> dict[str, str]:
    """Return heading → column of what is said as HEADING=COLUMN; empty where it is to stay unread.

    Parameters
    ----------
    typed : as typed behind ``--read``.

    Raises
    ------
    ParameterFault
        If there is no = in it, or no heading.
    """
    answers = {}
    for text in typed:
        heading, equals, name = text.rpartition("=")
        if not equals or not heading.strip():
            raise ParameterFault(
                f"--read “{text}”: hãy ghi TIÊU ĐỀ=cột, hoặc TIÊU ĐỀ= nếu không đọc · "
                "write HEADING=COLUMN, or HEADING= to leave it unread"
            )
        answers[heading.strip()] = name.strip()
    return answers


def _check_endings(out: Path | None, rejected: Path | None) -> None:
    """Refuse before the work to write a form that is not known."""
    for name, path, endings in (
        ("--out", out, (".parquet", ".csv")),
        ("--rejected", rejected, (".xlsx", ".csv")),
    ):
        if path is not None and path.suffix not in endings:
            raise ParameterFault(f"{name} {path}: end the name in {' or '.join(endings)}")


def write_rejected(checked: Checked, path: Path, language: str) -> None:
    """Write the rows that were turned away for the sender: own columns, then row, reason and what to do.

    What names persons is written so that its owner alone may read it; where no row was turned away nothing
    is written.

    Parameters
    ----------
    checked : a diagnosis with its rows.
    path : ``.xlsx`` or ``.csv``.
    language : ``vi`` or ``en``.
    """
    if not len(checked.quarantined):
        return
    with replace_whole(path) as draft:
        if checked.diagnosis.kind in PERSONAL:
            close_file(draft)
        if path.suffix == ".xlsx":
            draft.write_bytes(render_rejected(checked, language))
        else:
            draft.write_text(write_rejected_csv(checked, language), encoding="utf-8", newline="")


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
    _check_endings(path, None)
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
        texts = frame.geometry.to_wkt(rounding_precision=9)  # a tenth of a millimetre
        frame = pd.DataFrame(frame).assign(geometry=texts)
    frame.to_csv(path, index=False, encoding="utf-8-sig")
