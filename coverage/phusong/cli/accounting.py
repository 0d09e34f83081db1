"""``accounts``: who may sign in, in which role, for which communes, schools or network."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from phusong.access.accounts import (
    Account,
    add_account,
    close_account,
    list_accounts,
    make_principal,
)
from phusong.access.log import log_access
from phusong.access.register import REGISTER_NAME, open_register

application = typer.Typer(
    name="accounts",
    help="Who may sign in to the front end: role and scope, by the subject of the identity provider.",
    no_args_is_help=True,
    add_completion=False,
)
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="output folder")]
RegisterFile = Annotated[
    Path | None, typer.Option("--register", help="file of accounts; in the folder by itself")
]


@application.command(name="open")
def open_one(
    folder: Folder,
    issuer: Annotated[str, typer.Option(help="address of the identity provider, claim iss")],
    subject: Annotated[str, typer.Option(help="who it is there, claim sub")],
    role: Annotated[str, typer.Option(help="planner, education, operator, school …")],
    organisation: Annotated[str, typer.Option(help="on whose behalf; never a person's name")],
    operator: Annotated[str, typer.Option(help="whose network an operator sees")] = "",
    commune: Annotated[
        list[str] | None, typer.Option(help="an official's commune; again for more")
    ] = None,
    school: Annotated[list[str] | None, typer.Option(help="a school's id; again for more")] = None,
    register_file: RegisterFile = None,
) -> None:
    """Open an account; its session begins when the provider names that subject."""
    register, now = open_register(register_file or folder / REGISTER_NAME), datetime.now(UTC)
    principal = make_principal(
        role=role,
        organisation=organisation,
        operator=operator,
        communes=commune or (),
        schools=school or (),
    )
    account = add_account(register, principal, issuer=issuer, subject=subject, when=now)
    log_access(
        register, principal, "open account by command", when=now, subject=principal.account_id
    )
    print(_tell(account))


@application.command(name="list")
def list_all(folder: Folder, register_file: RegisterFile = None) -> None:
    """List accounts: id, role, organisation, since when, until when."""
    for account in list_accounts(open_register(register_file or folder / REGISTER_NAME)):
        print(_tell(account))


@application.command()
def revoke(
    folder: Folder,
    account_id: Annotated[str, typer.Argument(metavar="ACCOUNT", help="its id")],
    register_file: RegisterFile = None,
) -> None:
    """Close an account and end its sessions, in open tabs too."""
    register, now = open_register(register_file or folder / REGISTER_NAME), datetime.now(UTC)
    known = {a.principal.account_id: a.principal for a in list_accounts(register)}
    close_account(register, account_id, when=now)
    log_access(
        register, known[account_id], "close account by command", when=now, subject=account_id
    )
    print(f"{account_id}: closed")


def _tell(account: Account) -> str:
    """Return an account in one line."""
    principal = account.principal
    scope = [str(principal.operator or ""), *sorted(principal.communes), *sorted(principal.schools)]
    until = account.closed_at or "open"
    words = [
        principal.account_id,
        str(principal.role),
        principal.organisation,
        *filter(None, scope),
    ]
    return " · ".join([*words, account.opened_at, until])
