"""Questions about access itself: who looked at what, and who has an account."""

from __future__ import annotations

import pandas as pd

from phusong.access.accounts import (
    Account,
    add_account,
    change_account,
    close_account,
    list_accounts,
)
from phusong.access.authorisation import authorise
from phusong.access.desk import Desk
from phusong.access.log import list_log, log_access
from phusong.access.principals import Principal
from phusong.persons.vault import Vault
from phusong.pipeline.result_files import PERSONAL_FOLDER


@authorise
def ask_log(principal: Principal, desk: Desk, last: int) -> pd.DataFrame:
    """Return the newest lines of the access log, newest first.

    Parameters
    ----------
    principal, desk : who asks, and where.
    last : how many lines [rows].

    Raises
    ------
    NotAllowed
        If the role does not audit.
    """
    return list_log(desk.register, last=last)


@authorise
def ask_looks(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the log of the personal store, newest first: at, who, why, table, rows.

    Raises
    ------
    NotAllowed
        If the role does not audit.
    """
    looks = [vars(look) for look in Vault(desk.folder / PERSONAL_FOLDER).list_looks()]
    names = ["at", "who", "why", "table", "rows"]
    return pd.DataFrame(looks[::-1], columns=names)


@authorise
def ask_accounts(principal: Principal, desk: Desk) -> list[Account]:
    """Return every account.

    Raises
    ------
    NotAllowed
        If the role keeps no accounts.
    """
    return list_accounts(desk.register)


@authorise
def open_account(
    principal: Principal, desk: Desk, opened: Principal, *, issuer: str, subject: str
) -> Account:
    """Open an account for somebody.

    Parameters
    ----------
    principal, desk : who asks, and where.
    opened : from `make_principal`.
    issuer, subject : who it is for, as the identity provider says it.

    Raises
    ------
    NotAllowed
        If the role keeps no accounts.
    AccountFault
        If that subject has one.
    """
    now = desk.clock()
    account = add_account(desk.register, opened, issuer=issuer, subject=subject, when=now)
    subject_id = account.principal.account_id
    log_access(desk.register, principal, "open account", when=now, subject=subject_id)
    return account


@authorise
def rescope_account(principal: Principal, desk: Desk, account_id: str, changed: Principal) -> None:
    """Give an open account another role or scope, which holds from its next click on.

    Parameters
    ----------
    principal, desk : who asks, and where.
    account_id : of the account.
    changed : from `make_principal`; its own account id does not matter.

    Raises
    ------
    NotAllowed
        If the role keeps no accounts.
    AccountFault
        If there is no such open account, or it is a sample account of the demonstration.
    """
    now = desk.clock()
    change_account(desk.register, account_id, changed)
    log_access(desk.register, principal, "change account", when=now, subject=account_id)


@authorise
def revoke_account(principal: Principal, desk: Desk, account_id: str) -> None:
    """Close an account and end its sessions.

    Raises
    ------
    NotAllowed
        If the role keeps no accounts.
    AccountFault
        If there is no such open account.
    """
    now = desk.clock()
    close_account(desk.register, account_id, when=now)
    log_access(desk.register, principal, "close account", when=now, subject=account_id)
