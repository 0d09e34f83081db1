"""What a stage of the flow declares: what it reads, what it makes, and what else it depends on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Stage:
    """Declare a stage. Its context hands out what is declared here and refuses everything else.

    Parameters
    ----------
    name : what it is called.
    vi, en : labels.
    work : does it; takes the `StageContext`.
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
    work: Callable[[Any], None]
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
