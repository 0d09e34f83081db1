"""Money of the book: set apart, paid, confirmed, corrected; doubts decided; the campaign's window."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer

from phusong.cli.book_options import in_book, note_unidentified
from phusong.intake.money_words import parse_money
from phusong.ledger import giving
from phusong.ledger.campaign import set_window
from phusong.ledger.money import Amount
from phusong.vocabulary.book import ContributionForm


def read_vnd(text: str | int) -> int:
    """Return a sum as people write it, `2.350.000` or `1,5 tỷ` [VND].

    Parameters
    ----------
    text : as typed.

    Raises
    ------
    typer.BadParameter
        If it says no sum, or may be read in two ways.
    """
    if str(text).isdecimal():  # figures alone are đồng, however few
        return int(text)
    told = parse_money(str(text), scale=1)
    if told.vnd is None or told.fault:
        raise typer.BadParameter(f"“{text}” is no sum of money → write it in đồng: 1500000000")
    return told.vnd


Vnd = Annotated[
    int | None,
    typer.Option(metavar="SUM", parser=read_vnd, help="sum of money: 2350000, “1,5 tỷ” [VND]"),
]
Pieces = Annotated[int | None, typer.Option(help="number of things")]
Value = Annotated[
    int | None,
    typer.Option(
        metavar="SUM", parser=read_vnd, help="what the things are estimated to be worth [VND]"
    ),
]
Form = Annotated[str, typer.Option(help=", ".join(ContributionForm))]
Source = Annotated[str, typer.Option(help="code of the source, as `balance` shows it")]
Purpose = Annotated[str, typer.Option(help="what for")]
Entry = Annotated[int, typer.Argument(metavar="ENTRY", help="number of the entry")]


def add_money(application: typer.Typer) -> None:
    """Add the commands of this file to the book's.

    Parameters
    ----------
    application : of the book.
    """
    for name, step in (
        ("allocate", allocate), ("pay", pay), ("confirm-payment", confirm_payment),
        ("reverse", reverse), ("decide", decide), ("window", window),
    ):  # fmt: skip
        application.command(name=name)(step)


@in_book
def allocate(
    ledger: Any,
    acting: Any,
    dated: str,
    source: Source,
    purpose: Purpose,
    form: Form = "money",
    vnd: Vnd = None,
    pieces: Pieces = None,
    value: Value = None,
) -> None:
    """Set money or things of one source apart for a purpose."""
    _spend(giving.allocate, ledger, acting, dated, source, purpose, form, vnd, pieces, value)


@in_book
def pay(
    ledger: Any,
    acting: Any,
    dated: str,
    source: Source,
    purpose: Purpose,
    form: Form = "money",
    vnd: Vnd = None,
    pieces: Pieces = None,
    value: Value = None,
) -> None:
    """Hand over what was set apart, which is then spent."""
    _spend(giving.pay, ledger, acting, dated, source, purpose, form, vnd, pieces, value)


@in_book
def confirm_payment(
    ledger: Any,
    acting: Any,
    dated: str,
    source: Source,
    purpose: Purpose,
    form: Form = "money",
    vnd: Vnd = None,
    pieces: Pieces = None,
    value: Value = None,
) -> None:
    """Write down that whoever was to get it has it."""
    _spend(giving.confirm_payment, ledger, acting, dated, source, purpose, form, vnd, pieces, value)


def _spend(
    step: Any,
    ledger: Any,
    acting: Any,
    dated: str,
    source: str,
    purpose: str,
    form: str,
    vnd: int | None,
    pieces: int | None,
    value: int | None,
) -> None:
    """Write down one entry out of a source."""
    amount = Amount(vnd=vnd, pieces=pieces, value_vnd=value)
    about = {"form": form, "source_code": source, "purpose": purpose, "dated": dated}
    print(f"entry {step(ledger, amount, **about, acting=acting)}")


@in_book
def reverse(ledger: Any, acting: Any, dated: str, entry: Entry) -> None:
    """Take a wrong entry back by another one that names it."""
    print(f"entry {giving.reverse(ledger, entry, dated=dated, acting=acting)} reverses {entry}")
    note_unidentified(acting)


@in_book
def decide(
    ledger: Any,
    acting: Any,
    dated: str,  # noqa: ARG001
    contribution_id: Annotated[
        str, typer.Argument(metavar="CONTRIBUTION", help="number of the gift")
    ],
    counts: Annotated[
        bool, typer.Option("--counts/--left-out", help="whether it is counted from now on")
    ],
) -> None:
    """Decide whether a gift in doubt counts; the decision outlasts every later delivery."""
    answer = giving.settle_doubt(ledger, contribution_id, counts=counts, acting=acting)
    print(f"{contribution_id}: {'counted' if answer['counted'] else 'left out'}")


@in_book
def window(
    ledger: Any,
    acting: Any,
    dated: str,  # noqa: ARG001
    campaign: Annotated[str, typer.Argument(metavar="CAMPAIGN", help="its name")],
    opens_on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="first day")],
    closes_on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="last day")],
    basis: Annotated[str, typer.Option(help="number of the document that says so")],
) -> None:
    """Say when a campaign opens and closes, both days counted."""
    days = {"opens_on": opens_on.date().isoformat(), "closes_on": closes_on.date().isoformat()}
    print(f"{campaign}: {set_window(ledger, campaign, **days, basis=basis, acting=acting)}")
