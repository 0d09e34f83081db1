"""Show progress: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from phusong.pipeline.run import Listener
from phusong.pipeline.stages import STAGES, Stage


@contextmanager
def show_progress() -> Iterator[Listener]:
    """Yield what to call before each stage."""
    if not sys.stderr.isatty():
        yield _print_line
        return
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, transient=True) as progress:
        task = progress.add_task("", total=len(STAGES), completed=-1)

        def _advance(stage: Stage, fresh: bool) -> None:
            progress.update(
                task, advance=1, description=f"{stage.vi} · {stage.en}{' ✓' if fresh else ''}"
            )

        yield _advance


def _print_line(stage: Stage, fresh: bool) -> None:
    """Print one line a stage that runs; what is fresh costs nothing and says nothing."""
    if not fresh:
        print(f"… {stage.vi} · {stage.en}", file=sys.stderr, flush=True)
