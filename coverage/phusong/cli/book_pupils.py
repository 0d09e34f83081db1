"""What changes with a pupil: the family declines, the pupil moves or leaves; and taking that back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from phusong.cli.book_options import in_book, on_book
from phusong.ledger import pupil_steps
from phusong.ledger.pupil_changes import list_pupil_changes
from phusong.pipeline.pupil_identity import find_pupil, find_school
from phusong.vocabulary.book import DeviceGoes, PupilChange
from phusong.vocabulary.errors import ParameterFault

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="output folder with the pupils")]
Key = Annotated[str, typer.Argument(metavar="PUPIL", help="pseudonym of the pupil")]
Record = Annotated[str, typer.Option(help="number of the signed record")]
Device = Annotated[
    str,
    typer.Option(help="of a device in the pupil's hands: along (goes along), back (comes back)"),
]
Unfit = Annotated[
    bool, typer.Option("--unfit", help="a device that comes back is set aside, not into store")
]


def add_pupils(application: typer.Typer) -> None:
    """Add the commands of this file to the book's.

    Parameters
    ----------
    application : of the book.
    """
    for name, step in (
        ("decline", decline), ("move", move), ("depart", depart), ("withdraw", withdraw),
        ("changes", changes),
    ):  # fmt: skip
        application.command(name=name)(step)


@in_book
def decline(
    ledger: Any, acting: Any, dated: str, folder: Folder, pupil: Key, record: Record = ""
) -> None:
    """Write down that a family declines: what was proposed is cancelled, nothing is proposed again."""
    who = find_pupil(folder, ledger, pupil)
    number = pupil_steps.decline(ledger, who, dated=dated, acting=acting, record=record)
    print(f"{pupil}: declined, number {number}")


@in_book
def move(
    ledger: Any,
    acting: Any,
    dated: str,
    folder: Folder,
    pupil: Key,
    school: Annotated[str, typer.Option("--to", metavar="SCHOOL", help="school id")],
    device: Device = str(DeviceGoes.ALONG),
    unfit: Unfit = False,
    record: Record = "",
) -> None:
    """Write down that a pupil goes to another school: the award goes along, the device too or comes back."""
    about = {"dated": dated, "acting": acting, "record": record, "fit": not unfit}
    who, place, goes = find_pupil(folder, ledger, pupil), find_school(folder, school), _read(device)
    number = pupil_steps.move(ledger, who, place, device=goes or DeviceGoes.ALONG, **about)
    print(f"{pupil}: moved to {place}, number {number}")


@in_book
def depart(
    ledger: Any,
    acting: Any,
    dated: str,
    folder: Folder,
    pupil: Key,
    device: Device = "",
    unfit: Unfit = False,
    record: Record = "",
) -> None:
    """Write down that a pupil leaves the province: the device comes back or goes along, as is decided."""
    about = {"dated": dated, "acting": acting, "record": record, "fit": not unfit}
    who = find_pupil(folder, ledger, pupil)
    number = pupil_steps.depart(ledger, who, device=_read(device), **about)
    print(f"{pupil}: left the province, number {number}")


@in_book
def withdraw(
    ledger: Any,
    acting: Any,
    dated: str,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="of what was written down")],
) -> None:
    """Withdraw a decline, a move or a departure: from now on the pupil stands in line again."""
    pupil_steps.withdraw(ledger, number, dated=dated, acting=acting)
    print(f"number {number}: withdrawn")


@on_book
def changes(ledger: Any) -> None:
    """List the declines, moves and departures that were written down, and which of them were withdrawn."""
    found = list_pupil_changes(ledger)
    for row in found.itertuples(index=False):
        kind, until = (
            PupilChange.of(row.kind),
            f", withdrawn {row.ended_on}" if row.ended_on else "",
        )
        school = f" → {row.school_id}" if row.school_id else ""
        goes = f", {DeviceGoes.of(row.device).vi}" if row.device else ""
        print(f"{row.change:>4}  {row.dated}  {row.student_key}  {kind.vi}{school}{goes}{until}")
    if found.empty:
        print("(chưa có · nothing yet)")


def _read(device: str) -> DeviceGoes | None:
    """Return what becomes of the device; None where nothing is said."""
    if device and device not in list(DeviceGoes):
        raise ParameterFault(f"--device {device}: choose one of {', '.join(DeviceGoes)}")
    return DeviceGoes.of(device) if device else None
