"""``bench``: measured figures, side by side with a peer in one run."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from phusong.cli.output import SCREEN, write_json
from phusong.vocabulary.errors import ParameterFault

#: What can be measured; each is a file of the same name in `benchmarks/`.
NAMES = (
    *(
        "terrain",
        "nearest",
        "addresses",
        "steiner",
        "rollout",
        "allocation",
        "intake",
        "frontend",
        "frontend_sessions",
    ),
)


def bench(
    name: Annotated[str, typer.Argument(help=f"all, {', '.join(NAMES)}")],
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="folder of test data, where the name takes one"),
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="write the figures here; - for the screen")
    ] = None,
) -> None:
    """Measure: ours beside a peer, in one run on this machine."""
    if name != "all" and name not in NAMES:
        raise ParameterFault(f"“{name}” is no benchmark; there are: all, {', '.join(NAMES)}")
    if folder is not None and not folder.is_dir():
        raise ParameterFault(f"{folder}: there is no such folder")
    reports = [_measure(n, folder) for n in (NAMES if name == "all" else (name,))]
    write_json(json_file or Path(SCREEN), reports if name == "all" else reports[0])


def _measure(name: str, folder: Path | None) -> dict[str, Any]:
    """Run one benchmark of the source tree."""
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.append(here)  # a console script does not look where it is called
    try:
        module = importlib.import_module(f"benchmarks.{name}")
    except ModuleNotFoundError as error:
        raise ParameterFault(
            f"benchmark {name} cannot start: {error} → run it from the source tree, "
            "with the development extras"
        ) from error
    report: dict[str, Any] = module.run(folder)
    return report
