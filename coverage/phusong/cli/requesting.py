"""``kit``: the letters that ask for data, and the forms that operators, schools and communes fill in."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from phusong.pipeline.request_kit import write_kit


def kit(
    province: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PROVINCE.toml]", help="whose office writes; its sources may be absent"
        ),
    ] = None,
    code: Annotated[
        str,
        typer.Option(
            "--province",
            metavar="CODE",
            help="province of the register, where there is no file yet",
        ),
    ] = "",
    out: Annotated[Path, typer.Option(help="folder for letters and forms")] = Path("data/kit"),
    dated: Annotated[
        datetime | None,
        typer.Option(
            "--dated",
            "--as-of",
            formats=["%Y-%m-%d"],
            help="day of the letters, whose offices, map and law they follow; default today",
        ),
    ] = None,
    formats: Annotated[str, typer.Option("--format", help="docx, pdf")] = "docx",
    language: Annotated[str, typer.Option(help="vi or en: language of the letters")] = "vi",
) -> None:
    """Write the letters and spreadsheet forms with which a province asks for its data."""
    written = write_kit(
        out,
        province=province,
        code=code,
        dated=dated.date() if dated else date.today(),
        formats=tuple(part.strip() for part in formats.split(",") if part.strip()),
        language=language,
    )
    for path in written:
        print(path)
