"""The steps of awards: propose what was planned, approve, hand over, confirm, and undo by a recorded step."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from phusong.cli.book_options import in_book
from phusong.ledger.award_steps import approve as approve_awards
from phusong.ledger.award_steps import cancel as cancel_award
from phusong.ledger.award_steps import confirm as confirm_awards
from phusong.ledger.award_steps import free_pupil, take_back
from phusong.ledger.award_steps import hand_over as hand_over_awards
from phusong.ledger.award_steps import lose as lose_award
from phusong.ledger.awards import propose
from phusong.ledger.imports import GIVEN, list_wishes
from phusong.pipeline.pupils import read_tokens
from phusong.store import read_table
from phusong.vocabulary.errors import ParameterFault

Awards = Annotated[list[int], typer.Argument(metavar="AWARD…", help="numbers of the awards")]
Award = Annotated[int, typer.Argument(metavar="AWARD", help="number of the award")]
Record = Annotated[str, typer.Option(help="number of the signed record")]
Frees = Annotated[bool, typer.Option("--frees", help="the same decision frees the pupil")]


def add_steps(application: typer.Typer) -> None:
    """Add the commands of this file to the book's.

    Parameters
    ----------
    application : of the book.
    """
    for name, step in (
        ("award", award), ("approve", approve), ("hand-over", hand_over), ("confirm", confirm),
        ("return", give_back), ("lose", lose), ("cancel", cancel), ("free", free),
    ):  # fmt: skip
        application.command(name=name)(step)


@in_book
def award(
    ledger: Any,
    acting: Any,
    dated: str,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="output folder with a plan of devices")
    ],
    first: Annotated[int | None, typer.Option(help="only so many, first served first")] = None,
    school: Annotated[str | None, typer.Option(help="only pupils of this school")] = None,
    per_household: Annotated[
        bool, typer.Option("--per-household", help="a household may have one award only")
    ] = False,
) -> None:
    """Propose what `plan devices` gives; a pupil who has an award already refuses the whole."""
    devices, students = read_table(folder, "devices"), read_table(folder, "students")
    mine = devices[devices["outcome"].isin([str(o) for o in GIVEN])].sort_values("rank")
    if school is not None:
        keys = students.loc[students["school_id"] == school, "student_key"]
        mine = mine[mine["student_key"].isin(keys)]
    mine = mine if first is None else mine.head(first)
    if mine.empty:
        raise ParameterFault(f"{folder}: there is nothing to award → phusong plan devices DIR")
    homes = students.dropna(subset="household_key").set_index("student_key")["household_key"]
    wishes = list_wishes(mine, tokens=read_tokens(folder), households=homes.to_dict())
    told = propose(ledger, wishes, dated=dated, acting=acting, per_household=per_household)
    numbers = sorted(told["awards"].values())
    print(f"{len(numbers)} awards proposed: {numbers[0]}–{numbers[-1]}")


@in_book
def approve(ledger: Any, acting: Any, dated: str, awards: Awards) -> None:
    """Approve what another person has proposed."""
    print(f"{approve_awards(ledger, awards, dated=dated, acting=acting)} approved")


@in_book
def hand_over(ledger: Any, acting: Any, dated: str, awards: Awards, record: Record = "") -> None:
    """Write down that what was approved has been handed over."""
    count = hand_over_awards(ledger, awards, dated=dated, acting=acting, record=record)
    print(f"{count} handed over")


@in_book
def confirm(ledger: Any, acting: Any, dated: str, awards: Awards, record: Record = "") -> None:
    """Confirm that pupils have what was handed over."""
    print(f"{confirm_awards(ledger, awards, dated=dated, acting=acting, record=record)} confirmed")


@in_book
def give_back(
    ledger: Any,
    acting: Any,
    dated: str,
    award_number: Award,
    unfit: Annotated[
        bool, typer.Option("--unfit", help="set it aside instead of into store")
    ] = False,
    record: Record = "",
    frees: Frees = False,
) -> None:
    """Write down that a device came back; the pupil stays served until a decision frees them."""
    about = {"dated": dated, "acting": acting, "record": record, "frees": frees}
    take_back(ledger, award_number, fit=not unfit, **about)
    print(f"award {award_number}: returned")


@in_book
def lose(
    ledger: Any,
    acting: Any,
    dated: str,
    award_number: Award,
    record: Record = "",
    frees: Frees = False,
) -> None:
    """Write down that a device is lost or sold."""
    lose_award(ledger, award_number, dated=dated, acting=acting, record=record, frees=frees)
    print(f"award {award_number}: lost")


@in_book
def cancel(ledger: Any, acting: Any, dated: str, award_number: Award, frees: Frees = False) -> None:
    """Cancel an award that was not handed over."""
    cancel_award(ledger, award_number, dated=dated, acting=acting, frees=frees)
    print(f"award {award_number}: cancelled")


@in_book
def free(ledger: Any, acting: Any, dated: str, award_number: Award) -> None:
    """Decide that the pupil of an ended award may be given another one."""
    free_pupil(ledger, award_number, dated=dated, acting=acting)
    print(f"award {award_number}: its pupil may be given another")
