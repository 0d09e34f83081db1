"""What a stage of the flow declares: what it reads, what it makes, and what else it depends on."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True)
class Work:
    """Name the function that does a stage: its module is loaded when it is called.

    Who only asks about stages (`status`, `explain`, a page) then loads neither solvers nor compiled kernels.

    Parameters
    ----------
    module : of `phusong.pipeline`.
    function : in it; takes the `StageContext`.
    kind : of source, for what is done alike for each.
    """

    module: str
    function: str
    kind: str = ""

    def __call__(self, context: Any) -> None:
        """Do it."""
        function = getattr(import_module(f"phusong.pipeline.{self.module}"), self.function)
        function(context, **({"kind": self.kind} if self.kind else {}))


@dataclass(frozen=True)
class Stage:
    """Declare a stage. Its context hands out what is declared here and refuses everything else.

    Parameters
    ----------
    name : what it is called.
    vi, en : labels.
    work : does it.
    reads : tables it looks at.
    files : other files of the output folder that it looks at.
    writes : tables it makes.
    extras : other files that it makes.
    sources : source kinds whose raw files it reads.
    parameters : groups it depends on.
    head : entries of the head of the province file, or facts derived from it, that it depends on.
    head_if_needed : entries of the head that stand in for what the data do not say. The stage depends on them
        only where its last run asked for them: with equal input it would not ask again.
    rooms : packages whose code it runs.
    beside : names of `BESIDE`: what else it depends on.
    """

    name: str
    vi: str
    en: str
    work: Work
    reads: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    head_if_needed: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    def follows(self, other: Stage) -> bool:
        """Return whether this stage looks at something that the other makes."""
        return bool({*other.writes, *other.extras} & {*self.reads, *self.files})
