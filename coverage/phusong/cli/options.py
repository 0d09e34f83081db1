"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ProvinceFile = Annotated[
    Path | None,
    typer.Option(
        "--province",
        metavar="FILE",
        help="where the province file is now, if it has been moved away",
    ),
]
