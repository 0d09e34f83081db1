"""Single lots and single awards: what comes, what is bought, what is given without a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from phusong.access.actions.lots import NewLot, Price, Taken, enter_bought, enter_lot
from phusong.access.actions.replacing import make_wish
from phusong.cli.book_money import Form, Source, read_vnd
from phusong.cli.book_options import in_book
from phusong.cli.options import ProvinceFile
from phusong.ledger.awards import propose
from phusong.pipeline.pupils import read_tokens
from phusong.pipeline.single_device import OUTSIDE, check_single
from phusong.store import read_table
from phusong.vocabulary.book import LotCondition
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.pupils import DeviceKind

Lot = Annotated[str, typer.Argument(metavar="LOT", help="number that the lot gets")]
Kind = Annotated[str, typer.Option(help=", ".join(DeviceKind))]
Count = Annotated[int, typer.Option("--pieces", min=1, help="how many devices")]
Has = Annotated[
    str, typer.Option("--has", help="what each has: “3GB/32GB, 10 inch, SIM 4G, pin 5000mAh”")
]
Model = Annotated[str, typer.Option(help="maker and model")]
Condition = Annotated[str, typer.Option(help=", ".join(LotCondition))]
KeptAt = Annotated[str, typer.Option(help="where they are kept")]


def add_lots(application: typer.Typer) -> None:
    """Add the commands of this file to the book's.

    Parameters
    ----------
    application : of the book.
    """
    for name, step in (("take-lot", take_lot), ("buy-lot", buy_lot), ("award-one", award_one)):
        application.command(name=name)(step)


@in_book
def take_lot(
    ledger: Any,
    acting: Any,
    dated: str,
    lot: Lot,
    kind: Kind,
    count: Count,
    specification: Has = "",
    model: Model = "",
    condition: Condition = "",
    kept_at: KeptAt = "",
    value: Annotated[
        int | None, typer.Option(metavar="SUM", parser=read_vnd, help="what one is worth [VND]")
    ] = None,
    gift: Annotated[str, typer.Option(help="number of the gift that they are")] = "",
) -> None:
    """Take one lot that was given into store; what is not fit for lessons is set aside."""
    acting.check_may("store")
    told = NewLot(lot, kind, count, specification, model, condition, value, kept_at, gift)
    devices = load_parameters().devices
    _tell(enter_lot(ledger, told, day=dated, acting=acting, devices=devices))


@in_book
def buy_lot(
    ledger: Any,
    acting: Any,
    dated: str,
    lot: Lot,
    kind: Kind,
    count: Count,
    source: Source,
    price: Annotated[
        int, typer.Option(metavar="SUM", parser=read_vnd, help="for the whole lot [VND]")
    ],
    form: Form = "money",
    specification: Has = "",
    model: Model = "",
    condition: Condition = str(LotCondition.NEW),
    kept_at: KeptAt = "",
) -> None:
    """Buy one lot: the money is set apart and paid, the devices come into store, all or nothing."""
    told = NewLot(lot, kind, count, specification, model, condition, kept_at=kept_at)
    cost, devices = Price(form, source, price), load_parameters().devices
    _tell(enter_bought(ledger, told, cost, day=dated, acting=acting, devices=devices))


def _tell(taken: Taken) -> None:
    """Print what has come."""
    print(f"{taken.lot_id}: {taken.received} in the book, {taken.fit} of them fit to be given")


@in_book
def award_one(
    ledger: Any,
    acting: Any,
    dated: str,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="output folder with the pupils")],
    pupil: Annotated[str, typer.Argument(metavar="PUPIL", help="pseudonym of the pupil")],
    lot: Annotated[str, typer.Option(help="lot of the device")] = "",
    package: Annotated[str, typer.Option(help="data package")] = "",
    per_household: Annotated[
        bool, typer.Option("--per-household", help="a household may have one award only")
    ] = False,
    outside: Annotated[
        bool,
        typer.Option(
            "--outside-policy", help="beyond what the policy gives, for the stated reason"
        ),
    ] = False,
    province: ProvinceFile = None,
) -> None:
    """Propose a device or package for one pupil without a plan; another person approves.

    Who may be the same as another pupil waits for a decision, see `phusong pairs`.
    """
    students = read_table(folder, "students")
    found = students[students["student_key"] == pupil]
    if found.empty:
        raise ParameterFault(f"{folder}: there is no pupil {pupil} → write the whole pseudonym")
    tokens = read_tokens(folder).get(pupil, ())
    stated = check_single(
        folder,
        ledger,
        pupil,
        with_device=bool(lot),
        outside_policy=outside,
        province_file=province,
    )
    wish = make_wish(
        found.iloc[0], tokens, lot_id=lot, package_id=package, beyond=stated in OUTSIDE
    )
    told = propose(ledger, [wish], dated=dated, acting=acting, per_household=per_household)
    print(f"award {told['awards'][pupil]} proposed")
