"""The steps of awards: propose what was planned, approve, hand over, confirm, and undo by a recorded step."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from phusong.cli.book_options import in_book, note_unidentified
from phusong.intake.veiling import SERIAL, seal_text
from phusong.ledger.award_steps import approve as approve_awards
from phusong.ledger.award_steps import cancel as cancel_award
from phusong.ledger.award_steps import confirm as confirm_awards
from phusong.ledger.award_steps import free_pupil, take_back
from phusong.ledger.award_steps import hand_over as hand_over_awards
from phusong.ledger.award_steps import lose as lose_award
from phusong.ledger.award_steps import replace as replace_award
from phusong.ledger.award_steps import send_back as send_back_awards
from phusong.ledger.awards import propose
from phusong.ledger.imports import GIVEN, list_wishes
from phusong.ledger.lots import move_aside
from phusong.persons.keys import open_key
from phusong.pipeline.province import key_path, read_province
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
        ("award", award), ("approve", approve), ("send-back", send_back),
        ("hand-over", hand_over), ("confirm", confirm), ("return", give_back), ("lose", lose),
        ("cancel", cancel), ("free", free), ("exchange", exchange), ("set-aside", set_aside),
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
    """Propose what `plan devices` gives; who cannot be served is left out and named."""
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
    told = propose(
        ledger, wishes, dated=dated, acting=acting, per_household=per_household, skip_awarded=True
    )
    for line in describe_proposed(told):
        print(line)


def describe_proposed(told: dict[str, Any]) -> list[str]:
    """Return what was proposed, and who was left out and why, as lines.

    Parameters
    ----------
    told : from `propose`: `awards`, pupil → number; `refused`, pupil → why not.
    """
    numbers, refused = sorted(told["awards"].values()), told["refused"]
    span = f": {numbers[0]}–{numbers[-1]}" if numbers else ""
    lines = [f"{len(numbers)} awards proposed{span}"]
    if refused:
        lines.append(f"{len(refused)} left out:")
    return lines + [f"  {why}" for _, why in sorted(refused.items())]


@in_book
def approve(ledger: Any, acting: Any, dated: str, awards: Awards) -> None:
    """Approve what another person has proposed."""
    print(f"{approve_awards(ledger, awards, dated=dated, acting=acting)} approved")
    note_unidentified(acting)


@in_book
def send_back(ledger: Any, acting: Any, dated: str, awards: Awards) -> None:
    """Send proposals back to whoever made them; --why tells them what is amiss."""
    print(f"{send_back_awards(ledger, awards, dated=dated, acting=acting)} sent back")
    note_unidentified(acting)


@in_book
def hand_over(
    ledger: Any,
    acting: Any,
    dated: str,
    awards: Awards,
    record: Record = "",
    serial: Annotated[
        list[str] | None,
        typer.Option(metavar="AWARD=SERIAL", help="serial on the device; repeatable"),
    ] = None,
    province: Annotated[
        Path | None,
        typer.Option(metavar="PROVINCE.toml", help="province file whose key hashes the serials"),
    ] = None,
) -> None:
    """Write down that what was approved has been handed over."""
    serials = hash_serials(serial or [], province)
    about = {"dated": dated, "acting": acting, "record": record}
    print(f"{hand_over_awards(ledger, awards, serials=serials, **about)} handed over")


def hash_serials(texts: list[str], province: Path | None) -> dict[int, str]:
    """Return the keyed hashes of devices' serials, by award.

    Parameters
    ----------
    texts : `AWARD=SERIAL` each, the serial as it stands on the device.
    province : province file beside which the key lies.

    Raises
    ------
    ParameterFault
        If there is no key, or a text says no award.
    """
    if not texts:
        return {}
    if province is None:
        raise ParameterFault("--serial needs --province: the book keeps keyed hashes only")
    key, hashes = open_key(key_path(province, read_province(province))), {}
    for text in texts:
        number, _, written = text.partition("=")
        if not number.strip().isdecimal() or not written.strip():
            raise ParameterFault(f"--serial {number}: write AWARD=SERIAL")
        hashes[int(number)] = seal_text(key, SERIAL, written)
    return hashes


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
    note_unidentified(acting)


@in_book
def exchange(
    ledger: Any,
    acting: Any,
    dated: str,
    award_number: Award,
    lot_id: Annotated[str, typer.Argument(metavar="LOT", help="lot of the other device")],
    unfit: Annotated[
        bool, typer.Option("--unfit", help="set the first one aside instead of into store")
    ] = False,
    record: Record = "",
) -> None:
    """Exchange a device for one of another lot: a new award, which another person approves."""
    about = {"dated": dated, "acting": acting, "record": record}
    number = replace_award(ledger, award_number, lot_id, fit=not unfit, **about)
    print(f"award {number} in the place of {award_number}: proposed")


@in_book
def set_aside(
    ledger: Any,
    acting: Any,
    dated: str,
    item: Annotated[str, typer.Argument(metavar="ITEM", help="lot:ID or package:ID")],
    pieces: Annotated[int, typer.Argument(metavar="PIECES", help="how many", min=1)],
    back: Annotated[bool, typer.Option("--back", help="bring them back, mended")] = False,
    gone: Annotated[bool, typer.Option("--gone", help="write off what was set aside")] = False,
) -> None:
    """Set aside what cannot be given, bring it back, or write it off."""
    if back and gone:
        raise ParameterFault("--back and --gone: choose one")
    moved = -pieces if back else pieces
    move_aside(ledger, item, moved, gone=gone, dated=dated, acting=acting)
    print(f"{item}: {pieces} {'gone' if gone else 'back' if back else 'set aside'}")
