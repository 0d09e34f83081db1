"""Tell of long work step by step: a bar on a terminal, plain lines elsewhere, each with what remains."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from phusong.cli.interrupts import raise_lost_interrupt

#: How long each step took on the demonstration province [s, 2 cores]; only the proportions count, and any
#: other step is short beside them. Where the folder has been run before, its own times stand in their place.
EFFORT = {
    "raw": 18.0, "intake_cells": 0.6, "intake_hamlets": 0.4, "places": 0.5, "reach": 9.0,
    "intake_students": 20.0, "intake_poverty": 0.7, "addresses": 5.0, "pupils": 18.0, "need": 1.5,
    "plan": 8.0, "devices": 9.0, "reports": 1.0,
}  # fmt: skip
SHORT_S = 0.2
#: What remains is told to the second under the first limit, and in fives above it [s].
EXACT_BELOW_S, COARSE_S = 10, 5


class Step(Protocol):
    """What is told of a step; the stages of a run are such."""

    @property
    def name(self) -> str:
        """Return what it is called in the manifest."""

    @property
    def vi(self) -> str:
        """Return its Vietnamese label."""

    @property
    def en(self) -> str:
        """Return its English label."""


@dataclass(frozen=True)
class Work:
    """Hold a step that is no stage of a run."""

    name: str
    vi: str
    en: str


class Progression:
    """Count steps, time each, and work out what remains from how long those before it took.

    Parameters
    ----------
    steps : all that may come, in order.
    known : seconds that steps took earlier, by name [s].
    language : vi or en.
    tell : called with each line, once its step is over.
    clock : seconds from any start [s].
    """

    def __init__(
        self,
        steps: Sequence[Step],
        known: Mapping[str, float],
        language: str,
        tell: Callable[[str], None],
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.steps = {step.name: (at, step) for at, step in enumerate(steps, 1)}
        self.efforts = [max(known.get(s.name, EFFORT.get(s.name, 0.0)), SHORT_S) for s in steps]
        self.language, self.tell, self.clock = language, tell, clock
        self.at, self.since, self.taken_s, self.effort = 0, 0.0, 0.0, 0.0

    def begin(self, step: Step, fresh: bool = False) -> None:
        """End the step before, and begin the next one; a fresh one costs nothing and says nothing."""
        raise_lost_interrupt()
        self.end()
        if step.name in self.steps and not fresh:
            self.at, self.since = self.steps[step.name][0], self.clock()

    def end(self) -> None:
        """End the step that is under way, if any, and tell of it."""
        if not self.at:
            return
        seconds = self.clock() - self.since
        self.taken_s += seconds
        self.effort += self.efforts[self.at - 1]
        step = list(self.steps.values())[self.at - 1][1]
        self.tell(self._write_line(step, seconds, self._expect_s()))
        self.at = 0

    def _expect_s(self) -> float:
        """Return how long the steps that remain will take, at the pace of those done [s]."""
        return self.taken_s / self.effort * sum(self.efforts[self.at :])

    def _write_line(self, step: Step, seconds: float, left_s: float) -> str:
        """Return the line of a step: number of all, label, its seconds, what remains."""
        vietnamese = self.language == "vi"
        words = [f"{self.at}/{len(self.steps)}", step.vi if vietnamese else step.en]
        words.append(f"{seconds:.0f} s")
        if self.at < len(self.steps):
            left = round_seconds(left_s)
            words.append(f"còn khoảng {left} s" if vietnamese else f"about {left} s left")
        return " · ".join(words)


def round_seconds(seconds: float) -> int:
    """Return seconds as an estimate is told: at least 1, in fives from ten on [s]."""
    if seconds < EXACT_BELOW_S:
        return max(1, round(seconds))
    return COARSE_S * round(seconds / COARSE_S)


@contextmanager
def show_progress(
    steps: Sequence[Step], *, known: Mapping[str, float], language: str
) -> Iterator[Callable[[Step, bool], None]]:
    """Yield what to call before each step, with whether it is fresh.

    Parameters
    ----------
    steps : all that may come, in order.
    known : seconds that steps took earlier, by name [s].
    language : vi or en.
    """
    if sys.stderr.isatty():
        with _draw_bar(steps, known, language) as begin:
            yield begin
        return
    described = Progression(
        steps, known, language, lambda line: print(line, file=sys.stderr, flush=True)
    )
    yield described.begin
    described.end()


@contextmanager
def _draw_bar(
    steps: Sequence[Step], known: Mapping[str, float], language: str
) -> Iterator[Callable[[Step, bool], None]]:
    """Draw a bar on the terminal, with the step under way and what remained after the one before."""
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("", total=len(steps))
        left = ""

        def _remember(line: str) -> None:
            nonlocal left
            left = line.rpartition(" · ")[2]

        described = Progression(steps, known, language, _remember)

        def _begin(step: Step, fresh: bool) -> None:
            described.begin(step, fresh)
            label = step.vi if language == "vi" else step.en
            done = described.at - 1 if described.at else None
            bar.update(
                task, completed=done, description=" · ".join([label, left] if left else [label])
            )

        yield _begin
