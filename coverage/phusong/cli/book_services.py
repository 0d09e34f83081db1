"""Households' fees, operators' promises, free platforms and organisations, from the command line."""

from __future__ import annotations

import re
from typing import Annotated, Any

import typer

from phusong.cli.book_money import read_vnd
from phusong.cli.book_options import in_book
from phusong.intake.operators import parse_operators
from phusong.ledger import services
from phusong.ledger.campaign import list_platform, rate_platform
from phusong.ledger.giving import register_organisation
from phusong.vocabulary.book import CommitmentState
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.terms import Operator, Technology, Term

#: What a pseudonym looks like; a name or a number is none.
PSEUDONYM = re.compile(r"[a-z]{2}-[0-9a-z]+")
Sum = Annotated[int, typer.Option(metavar="SUM", parser=read_vnd, help="[VND]")]
Platform = Annotated[str, typer.Argument(metavar="PLATFORM", help="its name")]


def add_services(application: typer.Typer) -> None:
    """Add the commands of this file to the book's.

    Parameters
    ----------
    application : of the book.
    """
    for name, step in (
        ("subsidise", subsidise), ("end-subsidy", end_subsidy), ("commit", commit),
        ("platform", platform), ("zero-rate", zero_rate), ("organisation", organisation),
    ):  # fmt: skip
        application.command(name=name)(step)


@in_book
def subsidise(
    ledger: Any,
    acting: Any,
    dated: str,
    household: Annotated[str, typer.Argument(metavar="HOUSEHOLD", help="its pseudonym")],
    payer: Annotated[str, typer.Option(help="organisation that bears it")],
    service: Annotated[str, typer.Option(help=", ".join(Technology))] = "FIBRE",
    waiver: Sum = 0,
    monthly: Sum = 0,
    months: Annotated[int, typer.Option(min=0, help="how long the charge is supported")] = 0,
    package: Annotated[str | None, typer.Option(help="package that it belongs to")] = None,
    beside: Annotated[
        bool, typer.Option("--beside", help="beside another one for the same service")
    ] = False,
) -> None:
    """Help a household with an installation fee or a monthly charge, from the day told."""
    check_word(service, Technology, "service")
    if not PSEUDONYM.fullmatch(household):
        raise ParameterFault(f"“{household}” is no pseudonym: households have no names in the book")
    if not waiver and not (monthly and months):
        raise ParameterFault("say what is borne: --waiver, or --monthly with --months")
    told = services.Subsidy(
        household, service, payer, starts_on=dated, waiver_vnd=waiver, vnd_month=monthly,
        months=months, package_id=package,
    )  # fmt: skip
    (number,) = services.subsidise(ledger, [told], acting=acting, beside=beside)
    print(f"subsidy {number}")


def read_operator(text: str) -> Operator:
    """Return the operator that a word on the command line names.

    Parameters
    ----------
    text : as typed: a name, an alias or a key.

    Raises
    ------
    ParameterFault
        If it names none, or several.
    """
    named = parse_operators(text)
    if len(named) != 1:
        raise ParameterFault(f"“{text}” is no operator's name → name one operator")
    return named[0]


def check_word(told: str, words: type[Term], what: str) -> None:
    """Check that a word is of a closed list.

    Parameters
    ----------
    told : as typed.
    words : the list.
    what : what it is called in the refusal.

    Raises
    ------
    ParameterFault
        If it is not.
    """
    if told not in list(words):
        raise ParameterFault(f"“{told}” is no {what}; there are: {', '.join(words)}")


@in_book
def end_subsidy(
    ledger: Any,
    acting: Any,
    dated: str,
    subsidy: Annotated[int, typer.Argument(metavar="SUBSIDY", help="number of the subsidy")],
) -> None:
    """End a household's help by decision, so that another may take its place."""
    services.end_subsidy(ledger, subsidy, dated=dated, acting=acting)
    print(f"subsidy {subsidy}: ended on {dated}")


@in_book
def commit(
    ledger: Any,
    acting: Any,
    dated: str,
    commitment: Annotated[str, typer.Argument(metavar="COMMITMENT", help="its number")],
    state: Annotated[str, typer.Argument(metavar="STATE", help=", ".join(CommitmentState))],
    record: Annotated[str, typer.Option(help="number of the acceptance record")] = "",
) -> None:
    """Write down how far an operator's promise has come; it never goes back."""
    check_word(state, CommitmentState, "state")
    services.move_commitment(ledger, commitment, state, dated=dated, acting=acting, record=record)
    print(f"{commitment}: {state}")


@in_book
def platform(
    ledger: Any,
    acting: Any,
    dated: str,  # noqa: ARG001
    name: Platform,
    owner: Annotated[str, typer.Option(help="organisation that runs it")],
    address: Annotated[str, typer.Option(help="where it is found")],
    listed: Annotated[
        bool, typer.Option("--listed/--off", help="on the list from now on, or off it")
    ] = True,
) -> None:
    """Put a free learning platform on the list, or take it off."""
    told = list_platform(ledger, name, owner=owner, address=address, listed=listed, acting=acting)
    print(f"{name}: {told}")


@in_book
def zero_rate(
    ledger: Any,
    acting: Any,
    dated: str,
    name: Platform,
    operator: Annotated[str, typer.Argument(metavar="OPERATOR", help=", ".join(Operator))],
    free: Annotated[
        bool, typer.Option("--free/--charged", help="whether its data cost nothing there")
    ] = True,
) -> None:
    """Say that an operator counts a platform's data as free from the day told, or no more."""
    told = rate_platform(
        ledger, name, str(read_operator(operator)), free=free, since=dated, acting=acting
    )
    print(f"{name} at {operator}: {told}")


@in_book
def organisation(
    ledger: Any,
    acting: Any,
    dated: str,  # noqa: ARG001
    name: Annotated[str, typer.Argument(metavar="NAME", help="of the organisation, not a person")],
    part: Annotated[str, typer.Option(help="its role in the programme")] = "",
    kind: Annotated[str, typer.Option(help="what kind it is")] = "",
) -> None:
    """Write down an organisation that takes part."""
    print(f"{name}: {register_organisation(ledger, name, acting=acting, role=part, kind=kind)}")
