"""``erase``: a pupil out of everything that was made, at somebody's request."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from phusong.cli.options import ProvinceFile
from phusong.pipeline.erasure import erase_pupil


def erase(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="output folder")],
    pupil: Annotated[str, typer.Argument(metavar="PUPIL", help="whole pseudonym, hs-…")],
    by: Annotated[str, typer.Option(help="role of whoever erases; never a name")],
    why: Annotated[str, typer.Option(help="the reason, such as the number of the request")],
    province: ProvinceFile = None,
) -> None:
    """Erase a pupil at somebody's request: out of all results, and out of every later run."""
    done = erase_pupil(
        folder, pupil, who=by, why=why, now=datetime.now(UTC), province_file=province
    )
    rows = ", ".join(f"{name} {count}" for name, count in sorted(done.rows.items()))
    print(f"erasure {done.number}: {rows}")
    for name in done.files:
        print(f"  gone until it is made anew: {name}")
    print("  counts change with the next run; the book keeps its lines, under the pseudonym alone")
    print("  still in files that the offices keep, which they must correct themselves:")
    for name in done.sources:
        print(f"    {name}")
