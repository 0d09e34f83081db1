"""``report``: documents for the committee, schools and operators."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from phusong.pipeline.reports.map_editions import choose_editions
from phusong.pipeline.reports.writing import write_reports
from phusong.pipeline.shelves import find_ledger


def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="output folder of a run")],
    form: Annotated[
        str, typer.Option(help="weekly, final, operator, school, hand-over or donor")
    ] = "weekly",
    edition: Annotated[
        str,
        typer.Option(
            help="year (or day) of the map, else that in force on the run's day; internal or public: "
            "for whom; both with a comma"
        ),
    ] = "",
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="the last day reported on; nothing later counts"),
    ] = None,
    formats: Annotated[str, typer.Option("--format", help="docx, xlsx, pdf")] = "docx,xlsx,pdf",
    ledger: Annotated[
        str | None,
        typer.Option(metavar="URL", help="the book; else phusong.ledger in DIR, if there"),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="folder of the documents; else reports/ in DIR")
    ] = None,
    language: Annotated[str, typer.Option(help="vi or en")] = "vi",
) -> None:
    """Write a report, an operator's annex or a school's list from the run and the book."""
    year, audience = choose_editions(edition)
    written = write_reports(
        folder,
        find_ledger(folder, ledger),
        form=form,
        edition=year,
        audience=audience,
        as_of=as_of.date() if as_of else None,
        formats=tuple(part.strip() for part in formats.split(",") if part.strip()),
        language=language,
        out=out,
    )
    for path in written:
        print(path)
