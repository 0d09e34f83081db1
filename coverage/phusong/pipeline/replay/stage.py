"""The stage on which the days are played: folders, world, book, and what was found to hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from phusong.ledger.acting import Acting
from phusong.ledger.book import Ledger
from phusong.pipeline.demonstration import act_on
from phusong.pipeline.pupils import read_tokens
from phusong.pipeline.replay.words import Day, Must, Published
from phusong.simulate.campaign import Survey
from phusong.store import read_table
from phusong.vocabulary.book import Role


@dataclass(frozen=True)
class Check:
    """Hold one thing that must hold, and what was found.

    Parameters
    ----------
    day, must : which one.
    held : whether it holds.
    found : what was found, in figures.
    """

    day: Day
    must: Must
    held: bool
    found: str


@dataclass(frozen=True)
class Comparison:
    """Hold one figure that was published, and what the rules as published come to.

    Parameters
    ----------
    day, figure : which one.
    published, found : both in figures.
    """

    day: Day
    figure: Published
    published: str
    found: str

    @property
    def same(self) -> bool:
        """Return whether the published figure comes out."""
        return self.published == self.found


@dataclass
class Stage:
    """Hold the stage; the days put on it what the next ones need.

    Parameters
    ----------
    raw, out : folders of the raw files and of the results.
    survey : the made-up world with its survey.
    ledger : the book.
    gaps : classes of the hamlets as frozen on the first day.
    checks : what was found so far.
    comparisons : published figures beside what the rules as published come to.
    """

    raw: Path
    out: Path
    survey: Survey
    ledger: Ledger
    gaps: pd.Series = field(default_factory=lambda: pd.Series(dtype="str"))
    checks: list[Check] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)

    def check(self, day: Day, must: Must, held: object, found: object) -> None:
        """Write down whether something holds.

        Parameters
        ----------
        day, must : which one.
        held : whether it holds.
        found : what was found.
        """
        self.checks.append(Check(day, must, bool(held), str(found)))

    def compare(self, day: Day, figure: Published, published: str, found: str) -> None:
        """Write down a published figure beside what the rules as published come to.

        Parameters
        ----------
        day, figure : which one.
        published, found : both in figures.
        """
        self.comparisons.append(Comparison(day, figure, published, found))

    @property
    def campaign(self) -> str:
        """Return the number under which the book holds the campaign."""
        return self.survey.world.demonstration.campaign_number

    def acting(self, day: Day, role: Role, why: str) -> Acting:
        """Return somebody who acts on a day.

        Parameters
        ----------
        day : of the campaign.
        role : of whoever acts; the approver sits in the committee, all others in the department.
        why : the reason.
        """
        return act_on(iso(day), role, why)

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of the run."""
        return read_table(self.out, name)

    def tokens(self) -> dict[str, tuple[str, ...]]:
        """Return the identities of every pupil as keyed hashes."""
        return read_tokens(self.out)


def iso(day: Day) -> str:
    """Return a day as the book writes it."""
    return "-".join(reversed(str(day).split("/")))


def tell_counts(counts: Iterable[int]) -> str:
    """Return counts with slashes between them."""
    return "/".join(f"{n:,}".replace(",", ".") for n in counts)
